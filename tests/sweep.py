"""Seeded runs of the whole job against services that fail in every way, one request or all of them.

in -> out: a seed -> what broke, told by `invariants.broken`. `python -m tests.sweep` runs the full figures of
docs/reliability.md (`make sweep`); the tests run a bounded slice. Time is virtual: a minute of waiting costs nothing.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Catalog
from tests import invariants
from tests.services import StandIn
from tests.weeks import Break, World

SHARE = 0.3
PAPERS = 43
SOURCES = ("openalex", "crossref", "datacite", "doi")
SILENT: tuple[tuple[str, ...], ...] = (
    (), ("openalex",), ("crossref",), ("datacite",), ("openalex", "crossref"), ("openalex", "datacite"),
    ("crossref", "datacite"),
)  # fmt: skip
"""Whose silence gives a run that is right with fewer sources."""


@dataclass(frozen=True)
class Ground:
    """A world before its first run and after it, and all that is true in it."""

    fresh: World
    settled: World
    before: Catalog
    truths: tuple[Catalog, ...]
    """Of undisturbed runs, first ones and then refreshes; the first of each heard all sources."""


@dataclass(frozen=True)
class Outcome:
    """What became of one disturbed run and of the undisturbed one after it."""

    seed: int
    is_first: bool
    broken: tuple[str, ...]
    at_once: float
    after_rerun: float
    seconds: float
    requests: int
    faults: int


def ground(folder: Path, count: int = PAPERS) -> Ground:
    """Prepare a world: once never run, once settled in one week and refreshed in the next."""
    fresh = World.of(_new(folder, "fresh"), count)
    settled = fresh.copy(_new(folder, "settled"))
    settled.week()
    settled.move_counts(share=1)
    before = settled.week().catalog
    settled.move_counts(share=1)
    truths = [world.copy(_new(folder, "true")).week(_silence(*who), days=days).catalog
              for world, days in ((fresh, 7), (settled, 7)) for who in SILENT]  # fmt: skip
    return Ground(fresh, settled, before, tuple(truths))


def _new(folder: Path, name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder))


def _silence(*sources: str) -> Break:
    def break_it(stand_in: StandIn) -> None:
        for source in sources:
            stand_in.fail(source, "status", status=500)

    return break_it


def disturb(share: float = SHARE) -> Break:
    """Let a share of all requests meet any fault."""
    return lambda stand_in: stand_in.fail("all", "mixed", share=share)


def fail_all(kind: str, **details: Any) -> Break:
    """Let all sources fail in one way, where it is a way that they know."""

    def break_it(stand_in: StandIn) -> None:
        of_money = kind in ("budget", "budget-everywhere", "plan")
        for source in SOURCES[:1] if of_money else SOURCES:
            stand_in.fail(source, kind, **details)  # type: ignore[arg-type] # one of KINDS

    return break_it


def trial(folder: Path, on: Ground, break_it: Break, *, seed: int = 0, is_first: bool = False) -> Outcome:
    """Let one run meet faults and the next one none; both must hold every promise."""
    world = (on.fresh if is_first else on.settled).copy(_new(folder, "run"))
    before = None if is_first else on.before
    truths = on.truths if is_first else (*on.truths[len(SILENT) :], *on.truths[: len(SILENT)])
    week = world.week(break_it, seed=seed, in_time=True)
    found = invariants.broken(world, week, before=before, truths=truths)
    again = world.week(days=0)
    found += [f"rerun: {text}" for text in invariants.broken(world, again, before=week.catalog, truths=truths)]
    return Outcome(
        seed=seed,
        is_first=is_first,
        broken=tuple(found),
        at_once=invariants.share_known(week.catalog, truths[0]),
        after_rerun=invariants.share_known(again.catalog, truths[0]),
        seconds=week.seconds,
        requests=sum(week.stand_in.meter.requests.values()),
        faults=week.stand_in.faults.struck,
    )


def sweep(folder: Path, on: Ground, seeds: Sequence[int], share: float = SHARE) -> Iterator[Outcome]:
    """Yield a trial for each seed; every second one is a first run."""
    for seed in seeds:
        yield trial(folder, on, disturb(share), seed=seed, is_first=seed % 2 == 1)


def report(outcomes: Sequence[Outcome]) -> str:
    """Return the figures of a sweep in words."""
    lines = []
    for name, some in (("first runs", [o for o in outcomes if o.is_first]),
                       ("refreshes", [o for o in outcomes if not o.is_first])):  # fmt: skip
        if some:
            lines.append(
                f"{name}: {len(some)}, faults {sum(o.faults for o in some)}, requests {sum(o.requests for o in some)}, "
                f"with a broken promise {sum(bool(o.broken) for o in some)}, "
                f"values at once {_shares([o.at_once for o in some])}, "
                f"after one rerun {_shares([o.after_rerun for o in some])}, "
                f"longest {max(o.seconds for o in some):.0f} s"
            )
    return "\n".join(lines)


def _shares(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.2%} (least {min(values):.1%})"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sweep and print what broke and the figures; 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--share", type=float, default=SHARE)
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        on = ground(folder)
        outcomes = []
        for outcome in sweep(folder, on, range(given.first, given.first + given.runs), given.share):
            outcomes.append(outcome)
            for text in outcome.broken[:8]:
                print(f"seed {outcome.seed}: {text}")  # noqa: T201 - a program for people
        print(report(outcomes))  # noqa: T201
    return int(any(outcome.broken for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
