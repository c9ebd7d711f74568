"""The whole job, really broken off at random moments: its outputs are old or new, and the next run goes on from there.

A few moments of what `make kills` does fifty times with each signal; `KILLS=20` does more here.
"""

import os

import pytest

from tests import kills
from tests.kills import Attempt, Ground, Moment

PLANNED = kills.moments(int(os.environ.get("KILLS", "4")), seed=2026)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return kills.ground(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="module")
def attempts(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> dict[Moment, Attempt]:
    return {one.moment: one for one in kills.series(tmp_path_factory.mktemp("series"), ground, PLANNED)}


@pytest.mark.parametrize("moment", PLANNED, ids=str)
def test_a_run_that_is_broken_off_breaks_no_promise(attempts: dict[Moment, Attempt], moment: Moment) -> None:
    assert attempts[moment].broken == ()


def test_what_differs_is_named(ground: Ground) -> None:
    """The look at what a kill leaves is no formality."""
    spoiled = {**ground.new, "catalog.csv": ground.new["catalog.csv"] + b"x", "more.txt": b""}
    del spoiled["feed.xml"]
    told = kills._difference(spoiled, ground.new)
    assert "catalog.csv: " in told
    assert "feed.xml is missing; more.txt is new" in told.replace("index.html", "")
    first = [("crossref", "/works?filter=doi:10.5555/a")]
    assert list(kills._asked_again(first, first, {("crossref", "10.5555/a")})) != []
    assert list(kills._asked_again(first, first * 22, set())) == ["22 requests were sent again"]
    assert list(kills._said(Moment(PLANNED[0].number, 0.5), 1, "Traceback")) != []
