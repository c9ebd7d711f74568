"""The runs: each one a fresh folder, the real command line, and what must hold of it.

in -> out: sizes -> `Run`s with their figures and `Check`s. The bound of a run is the time that Crossref's limit alone
asks for: its requests at three a second with a contact address, at one without.
"""

import hashlib
import re
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from math import ceil
from pathlib import Path
from typing import Any

import msgspec

from pipeline.model import Paper
from pipeline.outputs import catalog
from tests.bench import measure
from tests.bench.typing import Waits
from tests.bench.typing import measure as measure_typing
from tests.bench.world import KEY, ROOT, Services, World, services, write_list

ENRICH = (sys.executable, "-m", "pipeline")
KNOWN = {"OPENALEX_API_KEY": KEY, "ENRICH_MAILTO": "bench@example.org"}
FIRST_DAY, NEXT_WEEK = "2026-11-01", "2026-11-08"
LISTS_A_PAPER = 0.033
SLACK, SLACK_S, LONG = 1.15, 2.0, 10_000
"""Share above the bound, and seconds more for starting, reading and writing, which so many papers make up for."""
WARM_S, HELP_S, OFFLINE_S, PARSE_S, WRITE_S = 4.0, 0.060, 1.0, 2.0, 2.0
CPU_MS_A_PAPER = 0.9
PEAK_MIB = 300.0
REQUESTS_A_TITLE = 0.35
UNKNOWN_USD = 0.10
UNKNOWN_KNOWN = 100
"""Papers that the services have beside those of which they know none."""
CREDIT = 0.0001
"""Dollars; the plan states no smaller part."""
WHOLE = "every paper identified"
"""On a busy machine a source may be given up for the run; what is left is quick, small, and says nothing."""
NOISE = 1.1
"""Time per paper that is so much longer is still level: what two runs of the same differ by."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must hold."""

    what: str
    holds: bool


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run, measured."""

    name: str
    papers: int
    usage: measure.Usage
    lists: dict[str, int] = {}
    """Source -> requests for several papers, or searches."""
    singles: dict[str, int] = {}
    """Source -> requests for one paper."""
    dollars: float = 0.0
    bound_s: float | None = None
    database_mib: float = 0.0
    body_kb: dict[str, float] = {}
    """Source -> mean size of a record."""
    checks: tuple[Check, ...] = ()

    @property
    def list_count(self) -> int:
        """All lists and searches."""
        return sum(self.lists.values())

    @property
    def request_count(self) -> int:
        """All requests."""
        return self.list_count + sum(self.singles.values())

    @property
    def most_s(self) -> float | None:
        """Wall time that the bound allows."""
        return None if self.bound_s is None else SLACK * self.bound_s + (SLACK_S if self.papers < LONG else 0.0)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What `enrich plan` said of one source."""

    requests: int
    most_requests: int
    dollars: float
    most_dollars: float


def count_answered(papers: Iterable[Paper]) -> int:
    """Return how many papers a service has identified."""
    return sum(paper.status in ("exact", "matched") for paper in papers)


class Place:
    """A folder with a list, its outputs and its cache."""

    def __init__(self, folder: Path, world: World) -> None:
        folder.mkdir()
        self.folder, self.world = folder, world
        self.out, self.cache = folder / "out", folder / "cache.db"

    def enrich(self, command: str, environment: Mapping[str, str], day: str) -> measure.Usage:
        """Run a command of the program here."""
        paths = ("--out", str(self.out), "--cache", str(self.cache), "--today", day, "--quiet")
        return measure.run(
            (*ENRICH, command, str(self.world.list_path), *paths),
            environment={"PYTHONPATH": str(ROOT), **environment},
            folder=self.folder,
        )

    def answered(self) -> int:
        """Return how many papers a service has identified; the others hold what the list says and are cheap."""
        return count_answered(
            catalog.read((self.out / "catalog.json").read_text(encoding="utf-8"), "catalog.json").papers
        )

    def body_kb(self) -> dict[str, float]:
        """Return the mean size of a stored record by source, in kB: as it was sent, before it was compressed."""
        with closing(sqlite3.connect(self.cache)) as db:
            sizes: dict[str, list[int]] = {}
            for source, data in db.execute("select source, data from bodies"):
                sizes.setdefault(source, []).append(len(zlib.decompress(data)))
        return {source: sum(found) / len(found) / 1000 for source, found in sorted(sizes.items())}

    def digest(self) -> str:
        """Return a hash of all outputs."""
        files = sorted(path for path in self.out.rglob("*") if path.is_file())
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def with_dois(folder: Path, papers: int, *, is_known: bool = True) -> Run:
    """Enrich papers with DOIs from an empty cache, limits on."""
    place = Place(folder, write_list(folder.with_suffix(".md"), papers, with_dois=True))
    with services("--heavy", "--generate", str(place.world.last), limits=True) as asked:
        return _first_run(place, asked, is_known=is_known)


def week_later(folder: Path, papers: int) -> tuple[Run, ...]:
    """Enrich papers with DOIs; once more the same day; with one row changed; a week later, when the counts are due."""
    place = Place(folder, write_list(folder.with_suffix(".md"), papers, with_dois=True))
    with services("--heavy", "--generate", str(place.world.last), limits=True) as asked:
        first = _first_run(place, asked, is_known=True)
        before = place.digest()
        warm = _limited(f"{papers:,} with a warm cache", place, asked, KNOWN, FIRST_DAY)
        warm_checks = (
            Check(what="no request", holds=not warm.request_count),
            Check(what=f"at most {WARM_S:.0f} s", holds=warm.usage.wall_s <= WARM_S),
            Check(what="the same bytes", holds=place.digest() == before),
        )
        text = place.world.list_path.read_text(encoding="utf-8")
        place.world.list_path.write_text(text.replace("| ", "|  ", 1), encoding="utf-8")
        changed = _limited(f"{papers:,} with a warm cache, the list touched", place, asked, KNOWN, FIRST_DAY)
        changed_checks = (
            Check(what="no request", holds=not changed.request_count),
            Check(what="the same bytes", holds=place.digest() == before),
        )
        planned = plan(place, asked, KNOWN, NEXT_WEEK)
        week = _limited(f"{papers:,}, a week's refresh", place, asked, KNOWN, NEXT_WEEK)
        least = ceil(papers / 50) + ceil((papers - place.world.absent) / 100)
        week_checks = (Check(what="counts only, in full lists", holds=week.list_count <= least and not week.singles),)
    return (
        first,
        msgspec.structs.replace(warm, bound_s=None, checks=warm_checks),
        msgspec.structs.replace(changed, bound_s=None, checks=changed_checks),
        msgspec.structs.replace(week, checks=(*week_checks, *_within(week), *_as_planned(planned, week))),
    )


def with_titles(folder: Path, papers: int, *, has_filter: bool = True) -> Run:
    """Find papers of which the list states title, venue and year only; every fourth title has a slip.

    Without the filter for exact titles each one is searched.
    """
    place = Place(folder, write_list(folder.with_suffix(".md"), papers, with_dois=False))
    name = f"{papers:,} titles" if has_filter else f"{papers:,} titles, the filter refused"
    switch = f"openalex_display_name={'exact' if has_filter else 'refused'}"
    with services("--heavy", "--generate", str(place.world.last), "--switch", switch, limits=True) as asked:
        planned = plan(place, asked, KNOWN, FIRST_DAY)
        run = _limited(name, place, asked, KNOWN, FIRST_DAY)
    if not has_filter:
        return msgspec.structs.replace(run, checks=_within(run))
    few = Check(
        what=f"at most {REQUESTS_A_TITLE} requests a title",
        holds=run.request_count <= REQUESTS_A_TITLE * papers,
    )
    # What the first lists find decides what is asked next, so that the plan's first round says little here.
    return msgspec.structs.replace(run, checks=(few, *_within(run), *_as_planned(planned, run)[1:]))


def unknown_titles(folder: Path, papers: int) -> Run:
    """Look for titles of which no service knows one; nothing is waited for, since only requests and money are told."""
    world = write_list(folder.with_suffix(".md"), papers, with_dois=False, after=UNKNOWN_KNOWN)
    place = Place(folder, world)
    with services("--generate", str(UNKNOWN_KNOWN), limits=False) as asked:
        usage = measure.run(_unpaced(place), environment=KNOWN | asked.environment, folder=ROOT)
        run = _run(f"{papers:,} titles that no service knows", place, asked, usage)
    cheap = Check(what=f"at most ${UNKNOWN_USD:.2f}", holds=run.dollars <= UNKNOWN_USD)
    return msgspec.structs.replace(run, checks=(cheap,))


def _unpaced(place: Place) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.bench.unpaced", str(place.world.list_path), str(place.folder))


def unpaced(folder: Path, papers: int) -> Run:
    """Enrich papers with DOIs without limits, latency or waiting: what is left is our own work."""
    place = Place(folder, write_list(folder.with_suffix(".md"), papers, with_dois=True))
    with services("--heavy", "--generate", str(place.world.last), limits=False) as asked:
        usage = measure.run(_unpaced(place), environment=KNOWN | asked.environment, folder=ROOT)
        run = _run(f"{papers:,}, nothing waited for", place, asked, usage)
    own = Check(what=f"at most {CPU_MS_A_PAPER} ms CPU a paper", holds=1000 * usage.cpu_s <= CPU_MS_A_PAPER * papers)
    whole = Check(what=WHOLE, holds=place.answered() == papers)
    return msgspec.structs.replace(run, checks=(own, whole))  # the stand-in counts what it was told to let pass


def profile(folder: Path, papers: int) -> dict[str, float]:
    """Return the share of each part of the program in such a run."""
    place = Place(folder, write_list(folder.with_suffix(".md"), papers, with_dois=True))
    with services("--heavy", "--generate", str(place.world.last), limits=False) as asked:
        usage = measure.run((*_unpaced(place), "--profile"), environment=KNOWN | asked.environment, folder=ROOT)
    return msgspec.json.decode(usage.stdout, type=dict[str, float])


def start_up(folder: Path) -> tuple[Run, Run]:
    """Measure `--help`, and a warm offline run over the repository's own list."""
    own = World(ROOT / "data" / "raw" / "ssl-medical-imaging.md", 43, 0, 0, 0)
    place = Place(folder, own)
    with services(limits=False) as asked:
        place.enrich("run", KNOWN | asked.environment, FIRST_DAY)
    helped = measure.best(5, (*ENRICH, "--help"), environment={}, folder=ROOT)
    offline = (*ENRICH, "run", str(own.list_path), "--offline", "--out", str(place.out), "--cache", str(place.cache))
    usage = measure.best(5, (*offline, "--today", FIRST_DAY), environment={}, folder=ROOT)
    return (
        Run(name="`enrich --help`", papers=0, usage=helped,
            checks=(Check(what=f"at most {1000 * HELP_S:.0f} ms CPU", holds=helped.cpu_s <= HELP_S),)),
        Run(name="the repository's 43, offline, warm", papers=43, usage=usage,
            checks=(Check(what=f"at most {OFFLINE_S:.0f} s", holds=usage.wall_s <= OFFLINE_S),)),
    )  # fmt: skip


def typing(folder: Path, papers: int) -> Waits:
    """Open the page that a run of so many papers left in its folder in a browser, and type into it."""
    found = catalog.read((folder / "out" / "catalog.json").read_text(encoding="utf-8"), "catalog.json").papers
    waits = measure_typing(folder / "out" / "index.html", papers)
    return msgspec.structs.replace(waits, answered=count_answered(found))


def steps(folder: Path) -> dict[str, float]:
    """Measure each step in memory, on the list and the catalog that a run left in its folder."""
    command = (sys.executable, "-m", "tests.bench.stages", str(folder.with_suffix(".md")))
    usage = measure.run((*command, str(folder / "out" / "catalog.json")), environment={}, folder=ROOT)
    return msgspec.json.decode(usage.stdout, type=dict[str, float])


def plan(place: Place, asked: Services, who: Mapping[str, str], day: str) -> dict[str, Plan]:
    """Return what `enrich plan` says, by source."""
    text = place.enrich("plan", {**who, **asked.environment}, day).stdout
    rows = re.findall(r"^(\w+) +\d+ +(\d+) +([\d.]+) +[\d.]+ +(\d+) +([\d.]+)", text, re.MULTILINE)
    return {
        source: Plan(requests=int(least), dollars=float(low), most_requests=int(most), most_dollars=float(high))
        for source, least, low, most, high in rows
    }


def _first_run(place: Place, asked: Services, *, is_known: bool) -> Run:
    who, papers = KNOWN if is_known else {}, place.world.papers
    planned = plan(place, asked, who, FIRST_DAY)
    name = f"{papers:,} with DOIs" if is_known else f"{papers:,} with DOIs, no key and no contact"
    run = _limited(name, place, asked, who, FIRST_DAY)
    few = Check(what=f"at most {LISTS_A_PAPER} lists a paper", holds=run.list_count <= LISTS_A_PAPER * papers)
    one = Check(
        what="a singleton for what lists do not return", holds=sum(run.singles.values()) <= place.world.unlisted
    )
    small = Check(what=f"below {PEAK_MIB:.0f} MiB", holds=run.usage.peak_mib < PEAK_MIB)
    whole = Check(what=WHOLE, holds=place.answered() == papers)
    run = msgspec.structs.replace(run, body_kb=place.body_kb())
    checks = (*([few] if papers >= 1000 else []), one, whole, *_within(run), *_as_planned(planned, run), small)
    return msgspec.structs.replace(run, checks=checks)


def _limited(name: str, place: Place, asked: Services, who: Mapping[str, str], day: str) -> Run:
    asked.reset()
    usage = place.enrich("run", {**who, **asked.environment}, day)
    run = _run(name, place, asked, usage)
    return msgspec.structs.replace(run, bound_s=run.lists.get("crossref", 0) / (3 if who else 1))


def _run(name: str, place: Place, asked: Services, usage: measure.Usage) -> Run:
    report = asked.report()
    polite = Check(what="no 429", holds=not sum(report["throttled"].values()))
    return Run(
        name=name,
        papers=place.world.papers,
        usage=usage,
        lists=_count(report, is_single=False),
        singles=_count(report, is_single=True),
        dollars=sum(report["dollars"].values()),
        database_mib=place.cache.stat().st_size / measure.MIB,
        checks=(polite, *_violations(report)),
    )


def _count(report: Mapping[str, Any], *, is_single: bool) -> dict[str, int]:
    counts = {
        source: sum(count for pool, count in pools.items() if ("single" in pool) is is_single)
        for source, pools in report["requests"].items()
    }
    return {source: count for source, count in counts.items() if count}


def _violations(report: Mapping[str, Any]) -> Iterator[Check]:
    counted = [
        count for kinds in report["violations"].values() for kind, count in kinds.items() if kind != "no-contact"
    ]
    yield Check(what="no limit exceeded", holds=not sum(counted))


def _within(run: Run) -> tuple[Check, ...]:
    in_time = run.most_s is not None and run.usage.wall_s <= run.most_s
    more = f" + {SLACK_S:.0f} s" if run.papers < LONG else ""
    return *run.checks, Check(what=f"at most {SLACK} x bound{more}", holds=in_time)


def _as_planned(planned: Mapping[str, Plan], run: Run) -> tuple[Check, ...]:
    """The lists of a source that the first round asks all belong to it here; the whole lies within the range."""
    asked = Counter(run.lists) + Counter(run.singles)
    least, most = (sum(getattr(row, name) for row in planned.values()) for name in ("dollars", "most_dollars"))
    in_range = all(
        planned[source].requests <= count <= planned[source].most_requests for source, count in asked.items()
    )
    return (
        Check(
            what="first round as planned",
            holds=all(run.lists.get(source) == row.requests for source, row in planned.items() if row.requests),
        ),
        Check(what="the whole within the plan", holds=in_range and least - CREDIT <= run.dollars <= most + CREDIT),
    )
