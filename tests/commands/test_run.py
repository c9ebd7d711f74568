"""`enrich run`: how old an answer may be."""

from pathlib import Path

import pytest

from pipeline import options
from pipeline.run import freshness
from tests.commandline import CommandLine, write_list
from tests.services import StandIn


@pytest.mark.parametrize(("max_age", "days"), [(None, (180, 7, 30, 30)), (3.0, (3, 3, 3, 3)), (0.0, (0, 0, 0, 0))])
def test_max_age_replaces_every_age_of_the_settings(
    max_age: float | None, days: tuple[float, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ages = freshness(options.read({}, lists=(write_list(),), today="2026-11-22", max_age=max_age))
    assert (ages.bibliographic_days, ages.volatile_days, ages.missing_days, ages.search_pause_days) == days


def test_max_age_0_asks_for_everything_again(served: CommandLine, seen: StandIn) -> None:
    assert served("run", "--today", "2026-11-22").status == 0
    seen.reset()
    assert served("run", "--today", "2026-11-23").status == 0
    assert not seen.seen
    assert served("run", "--today", "2026-11-23", "--max-age", "0").status == 0
    assert seen.seen
