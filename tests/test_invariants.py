"""Whatever the services do, every promise holds after every run: a bounded slice of `python -m tests.sweep`.

`SWEEP=50 make test T=tests/test_invariants.py` runs more seeds than the suite does; `make sweep` runs 200.
"""

import os
from pathlib import Path

import msgspec
import pytest

from pipeline.model import Author
from tests import invariants, sweep
from tests.services.faults import KINDS
from tests.sweep import Ground

SEEDS = int(os.environ.get("SWEEP", "6"))
PAPERS = 12


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return sweep.ground(tmp_path_factory.mktemp("ground"), PAPERS)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_promise_holds_however_requests_are_disturbed(ground: Ground, tmp_path: Path, seed: int) -> None:
    (outcome,) = sweep.sweep(tmp_path, ground, [seed])
    assert outcome.broken == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_of_every_request_loses_nothing_and_the_next_run_heals(
    ground: Ground, tmp_path: Path, kind: str
) -> None:
    outcome = sweep.trial(tmp_path, ground, sweep.fail_all(kind))
    assert outcome.broken == ()
    assert outcome.after_rerun == 1


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"not-found", "no-records"}))
def test_a_fault_that_happens_once_costs_a_first_run_nothing_that_lasts(
    ground: Ground, tmp_path: Path, kind: str
) -> None:
    outcome = sweep.trial(tmp_path, ground, sweep.fail_all(kind, times=1), is_first=True)
    assert outcome.broken == ()
    assert outcome.after_rerun > 0.99


def test_a_planted_fault_of_ours_is_seen(ground: Ground, tmp_path: Path) -> None:
    """The invariants are no formality: what was changed behind their back turns them red."""
    world = ground.settled.copy(tmp_path)
    week = world.week(in_time=True)
    papers = list(week.catalog.papers)
    papers[0] = msgspec.structs.replace(papers[0], authors=(), year=1999)
    papers[1] = msgspec.structs.replace(papers[1], authors=(Author(family="Nobody"),))
    (world.out / "catalog.csv").write_text("key\n")
    spoiled = msgspec.structs.replace(week.catalog, papers=tuple(papers[:-1]))
    week = type(week)(**{**week.__dict__, "catalog": spoiled, "said": "sesame", "seconds": 301.0})
    found = invariants.broken(world, week, before=ground.before, truths=ground.truths[len(sweep.SILENT) :])
    assert {text.partition(":")[0] for text in found} == {"lost", "wrong", "rows", "catalog.csv", "bounds", "secret"}
