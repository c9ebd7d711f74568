"""Weeks of the scheduled job against the stand-in: a list, the services behind it, and a calendar.

in -> out: papers with oddities -> a folder in which `run` works as it does for a user, week after week. The clock is
`--today`; the network is in process and nothing waits. What changes in the world between two weeks, a test changes in
`cases`. Everything here is invented (`services/invent.py`).
"""

import asyncio
import io
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from pipeline.edge.open import open_desk
from pipeline.model import Catalog
from pipeline.options import Result, read
from pipeline.outputs import catalog
from pipeline.progress import Talk
from pipeline.run import run
from tests.services import StandIn
from tests.services.invent import papers, render_list
from tests.services.library import Case, from_cases
from tests.services.shapes.facts import Facts
from tests.services.virtual_time import VirtualTimeLoop

FIRST_DAY = date(2026, 1, 4)
KEY = "sesame"
ENVIRONMENT = {"OPENALEX_API_KEY": KEY, "ENRICH_MAILTO": "refresh@example.org"}
MOVING_SHARE = 0.3
"""How many counts move in a week; the issue's figure."""

Break = Callable[[StandIn], None]


@dataclass(frozen=True)
class Week:
    """What one week's run did."""

    day: str
    result: Result
    catalog: Catalog
    stand_in: StandIn
    summary: str
    said: str
    """What the run told the user meanwhile."""
    seconds: float
    """How long it would have taken; 0 where nothing waits."""

    def count(self, source: str, pool: str = "") -> int:
        """Return how many requests a source got, of the pools whose names hold `pool`."""
        requests = self.stand_in.meter.requests.items()
        return sum(n for (asked, which), n in requests if asked == source and pool in which)

    @property
    def dollars(self) -> float:
        return sum(self.stand_in.meter.credits.values()) / 10_000

    @property
    def stale(self) -> set[str | None]:
        """Every value of `stale_since`."""
        return {paper.stale_since for paper in self.catalog.papers}


@dataclass
class World:
    """A list in a folder, the services, and the day."""

    folder: Path
    cases: list[Case]
    beside: tuple[Case, ...] = ()
    """What the services know besides the listed papers."""
    day: date = FIRST_DAY
    chance: random.Random = field(default_factory=lambda: random.Random(2026))

    def __post_init__(self) -> None:
        self.list_path.write_text(render_list(case.facts for case in self.cases))

    @classmethod
    def of(cls, folder: Path, count: int) -> "World":
        """Return a world of so many invented papers."""
        return cls(folder, [Case(facts=facts) for facts in papers(count)])

    def copy(self, folder: Path) -> "World":
        """Return the same world, to go another way from here."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return World(folder, [*self.cases], self.beside, self.day)

    @property
    def list_path(self) -> Path:
        return self.folder / "list.md"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def cache(self) -> Path:
        return self.folder / "cache.db"

    def week(
        self, break_it: Break = lambda _: None, *, days: int = 7, seed: int = 0, in_time: bool = False, **options: Any
    ) -> Week:
        """Let so many days pass and run the job; `in_time` waits as a real run does, in virtual seconds."""
        self.day += timedelta(days=days)
        now, today = datetime.combine(self.day, time(12), UTC), self.day.isoformat()
        stand_in = StandIn(
            from_cases([*self.cases, *self.beside]), keys={KEY}, limits=False, now=lambda: now, seed=seed
        )
        break_it(stand_in)
        opening = partial(open_desk, transport=stand_in.transport(), sleep=asyncio.sleep if in_time else _no_wait)
        loops: list[VirtualTimeLoop] = []
        summary = self.folder / "summary.md"
        given = {"out": self.out, "cache": self.cache, "summary": summary, **options}
        said = io.StringIO()

        def new_loop() -> VirtualTimeLoop:
            loops.append(VirtualTimeLoop())
            return loops[0]

        result = run(
            read(ENVIRONMENT, lists=(self.list_path,), today=today, **given),
            Talk(quiet=False, stream=said),
            opening=opening,
            new_loop=new_loop if in_time else None,
        )
        new = catalog.read((self.out / "catalog.json").read_text(), "catalog.json")
        seconds = loops[0].time() if loops else 0.0
        return Week(today, result, new, stand_in, summary.read_text(), said.getvalue(), seconds)

    def change(self, place: int, **fields: Any) -> None:
        """Let the services say something else about one paper: fields of `Case`."""
        self.cases[place] = msgspec.structs.replace(self.cases[place], **fields)

    def move_counts(self, share: float = MOVING_SHARE, step: int = 1) -> None:
        """Let a share of the papers be cited more often, or with a negative step less."""
        for place, case in enumerate(self.cases):
            if self.chance.random() < share:
                cited, referenced = case.facts.cited + step, case.facts.referenced + step
                facts = msgspec.structs.replace(case.facts, cited=max(0, cited), referenced=max(0, referenced))
                self.change(place, facts=facts)

    def outputs(self) -> dict[str, bytes]:
        """Return every output file by its path below the output folder."""
        files = (path for path in self.out.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in sorted(files)}


def as_preprint(facts: Facts) -> Facts:
    """Return the paper as it was before it was published."""
    gone = dict.fromkeys(("container", "doi", "volume", "pages", "publisher"))
    return msgspec.structs.replace(facts, type="preprint", shape="preprint", year=2025, **gone)


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)
