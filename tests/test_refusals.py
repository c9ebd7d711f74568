"""A source that refuses or hangs, in whichever way: the run ends within five minutes, and asks it hardly anything more.

Time is virtual. `REFUSED=1000 make test T=tests/test_refusals.py` plays it with a thousand papers.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.sweep import SOURCES
from tests.weeks import Week, World

PAPERS = int(os.environ.get("REFUSED", "150"))
MOST_SECONDS = 300
MOST_REQUESTS = 40
"""To all sources together, when nothing useful comes."""
MOST_OF_ONE = 10

STATUSES = (
    204, 206, 300, 304, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 414, 415, 418, 421, 422, 425, 426, 428,
    429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 599, 999,
)  # fmt: skip
WAYS: Mapping[str, tuple[str, dict[str, Any]]] = {
    **{f"status {status}": ("status", {"status": status}) for status in STATUSES},
    "429, wait a minute": ("throttled", {"retry_after": "60"}),
    "429, wait a day": ("throttled", {"retry_after": "86400"}),
    "a login page with 200": ("garbage", {}),
    "nothing with 200": ("empty", {}),
    "nothing with 204": ("no-content", {}),
    "an error nested in 200": ("json", {"value": {"error": {"error": {"message": "Invalid query parameters error."}}}}),
    "an error in a list": ("json", {"value": [{"errors": [{"status": "400"}]}]}),
    "brackets nested 200,000 deep": ("nested", {}),
    "halves of answers": ("truncated", {}),
    "not packed as it says": ("not-packed", {}),
    "a packed bomb": ("bomb", {}),
    "every field null": ("nulls", {}),
    "redirected elsewhere": ("redirect", {}),
    "redirected in a circle": ("redirect-loop", {}),
    "no connection": ("refused", {}),
    "connections broken off": ("dropped", {}),
    "silence": ("black-hole", {}),
    "headers, then silence": ("headers-only", {}),
    "half a body, then silence": ("half-body", {}),
    "an answer after 31 seconds": ("slow", {"seconds": 31.0}),
}
"""What never brings anything useful. Works that are not there are an answer, however many, and so is their absence."""
FIRST_WELL = {
    "then silence": ("black-hole", {}),
    "then headers and silence": ("headers-only", {}),
    "then status 400": ("status", {"status": 400}),
    "then status 403": ("status", {"status": 403}),
    "then status 429": ("throttled", {}),
    "then a login page": ("garbage", {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.of(tmp_path_factory.mktemp("fresh"), PAPERS)


def hold(fresh: World, folder: Path, kind: str, details: Mapping[str, Any], *sources: str) -> Week:
    def break_it(stand_in: Any) -> None:
        for source in sources:
            stand_in.fail(source, kind, **details)

    return fresh.copy(folder).week(break_it, in_time=True)


@pytest.mark.parametrize("way", WAYS)
def test_when_nothing_useful_comes_a_run_ends_soon_and_asks_little(fresh: World, tmp_path: Path, way: str) -> None:
    week = hold(fresh, tmp_path, *WAYS[way], *SOURCES)
    assert len(week.stand_in.seen) <= MOST_REQUESTS
    assert week.seconds <= MOST_SECONDS
    assert week.result.status == 0
    assert {paper.status for paper in week.catalog.papers} <= {"linked", "open"}


@pytest.mark.parametrize("way", FIRST_WELL)
def test_nor_does_it_when_the_first_four_answers_were_good(fresh: World, tmp_path: Path, way: str) -> None:
    kind, details = FIRST_WELL[way]
    week = hold(fresh, tmp_path, kind, {**details, "after": 4}, *SOURCES)
    assert len(week.stand_in.seen) <= MOST_REQUESTS
    assert week.seconds <= MOST_SECONDS


@pytest.mark.parametrize("way", ["status 400", "status 418", "a login page with 200", "headers, then silence"])
@pytest.mark.parametrize("source", ["openalex", "crossref", "datacite"])
def test_one_source_of_several_costs_no_more_than_its_share(
    fresh: World, tmp_path: Path, source: str, way: str
) -> None:
    week = hold(fresh, tmp_path, *WAYS[way], source)
    assert week.count(source) <= MOST_OF_ONE
    heard = {"openalex", "crossref"} - {source}
    assert all(getattr(paper.citations, name) for paper in week.catalog.papers[:5] for name in heard if paper.ids.doi)


@pytest.mark.parametrize("every", [2, 3])
def test_where_some_requests_are_refused_the_run_goes_on_at_a_slower_pace(
    fresh: World, tmp_path: Path, every: int
) -> None:
    week = hold(fresh, tmp_path, "throttled", {"every": every}, *SOURCES)
    settled = sum(paper.status in ("exact", "matched") for paper in week.catalog.papers)
    assert settled > 0.95 * PAPERS
    assert week.seconds <= 2 * PAPERS
