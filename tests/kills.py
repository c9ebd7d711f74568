"""Runs of the real command line, broken off by real signals at random moments, and the run after each of them.

in -> out: a seed and a number -> what broke, by moment. `python -m tests.kills` (`make kills`) runs the full figures of
docs/reliability.md, the tests a few. A series is about kills, so nothing else may go wrong in it: the services stand in
processes of their own, ahead of the runs in the queue for the processor, and answer however busy the machine is.
"""

import argparse
import os
import queue
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.edge import files
from pipeline.edge.cache import Cache
from tests.services import StandIn
from tests.services.library import Case, from_cases
from tests.services.port import InAProcess, environment, in_a_process
from tests.weeks import ENVIRONMENT, KEY, World

SIGNALS = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGKILL: -9}
TODAY = "2026-02-01"
PAPERS = 12
LATENCY_S = 0.05
LANES = 2
"""Runs side by side: each waits for the services half of its time."""
BEHIND = ("nice", "-n", "5")
"""The runs let the services go first: an answer that is late by seconds is another matter than a kill."""
IN_FLIGHT = 16 + 3 + 2
"""Requests that the sources' limits allow at once: OpenAlex, Crossref, DataCite."""
QUESTION = re.compile(r"10\.\d+(?:/|%2F)[\w.]+|\bW\d+|bibliographic=[^&]+")

Outputs = dict[str, bytes]
Question = tuple[str, str]
"""Source and value."""


START_UP, END = 0.25, 0.8
"""The first quarter of the moments falls into the start-up, the last fifth behind the last request."""


class Moment(NamedTuple):
    """When a run is broken off, and how."""

    number: signal.Signals
    share: float
    """How far the run has come: by time before its first request and behind its last, by requests in between."""

    def __str__(self) -> str:
        return f"{self.number.name} at {self.share:.1%} of a run"

    def wait(self, on: "Ground", services: InAProcess, process: "subprocess.Popen[bytes]") -> None:
        """Return when the moment has come, or the run has ended."""
        if self.share < START_UP:
            time.sleep(self.share / START_UP * on.start_up_s)
            return
        way = min(1.0, (self.share - START_UP) / (END - START_UP)) * on.requests
        while len(services.seen()) < min(int(way) + 1, on.requests) and process.poll() is None:
            time.sleep(0.01)
        time.sleep(LATENCY_S * (way % 1) if self.share < END else (self.share - END) / (1 - END) * on.end_s)


@dataclass(frozen=True)
class Ground:
    """A folder before the run, and what an undisturbed run makes of it."""

    world: World
    old: Outputs
    new: Outputs
    requests: int
    start_up_s: float
    """Until the first of them."""
    end_s: float
    """From the last of them on."""


@dataclass(frozen=True)
class Attempt:
    """A run that was broken off, and the one after it."""

    moment: Moment
    status: int
    requests: int
    """That the services saw before the end."""
    is_old: bool
    """The outputs were still the old ones."""
    broken: tuple[str, ...]


def ground(folder: Path) -> Ground:
    """Half of the list was resolved weeks ago; meanwhile the list grew and the counts moved."""
    world = World.of(_new(folder, "last-week"), PAPERS)
    rows = world.list_path.read_text().splitlines(keepends=True)
    world.list_path.write_text("".join(rows[: 4 + PAPERS // 2]))
    world.week()
    world.list_path.write_text("".join(rows))
    world.move_counts(share=1)
    with in_a_process(partial(stand_in, world.cases)) as services:
        for _ in range(2):  # once to read every module from the disk
            undisturbed = world.copy(_new(folder, "undisturbed"))
            began = time.monotonic()
            assert finish(start(undisturbed, services)) == (0, "")
            ended, seen = time.monotonic(), services.seen(forget=True)
    start_up_s, end_s = seen[0].at - began, ended - seen[-1].at
    return Ground(world, world.outputs(), undisturbed.outputs(), len(seen), start_up_s, end_s)


def moments(kills: int, seed: int) -> list[Moment]:
    """Return so many moments for each signal, spread over the whole run."""
    chance = random.Random(seed)
    return [Moment(number, (nth + chance.random()) / kills) for nth in range(kills) for number in SIGNALS]


def series(folder: Path, on: Ground, planned: Sequence[Moment]) -> Iterator[Attempt]:
    """Yield an attempt for each moment, in order."""
    with ExitStack() as stack:
        free: queue.Queue[InAProcess] = queue.Queue()
        for _ in range(LANES):
            free.put(stack.enter_context(in_a_process(partial(stand_in, on.world.cases))))

        def attempt(moment: Moment) -> Attempt:
            services = free.get()
            try:
                return break_off_and_go_on(on.world.copy(_new(folder, "killed")), on, moment, services)
            finally:
                free.put(services)

        yield from stack.enter_context(ThreadPoolExecutor(LANES)).map(attempt, planned)


def break_off_and_go_on(world: World, on: Ground, moment: Moment, services: InAProcess) -> Attempt:
    """Let one run be broken off, and the next one end."""
    process = start(world, services)
    moment.wait(on, services, process)
    process.send_signal(moment.number)
    ended = finish(process)
    first = [(seen.source, seen.target) for seen in services.seen(forget=True)]
    cache, stored = _look_at(world.cache)
    files.recover(world.out)  # as the next run begins
    left = world.outputs()
    again = finish(start(world, services))
    later = [(seen.source, seen.target) for seen in services.seen(forget=True)]
    broken = [
        *_said(moment, *ended),
        *(["the outputs it left: " + _difference(left, on.old)] if left not in (on.old, on.new) else []),
        *cache,
        *([f"the next run ended with {again}"] if again != (0, "") else []),
        *(["the next run's outputs: " + _difference(world.outputs(), on.new)] if world.outputs() != on.new else []),
        *_asked_again(first, later, stored),
    ]
    return Attempt(moment, ended[0], len(first), left == on.old, tuple(broken))


def stand_in(cases: Sequence[Case]) -> StandIn:
    return StandIn(from_cases(cases), keys={KEY}, limits=False, latency_s=LATENCY_S)


def start(world: World, services: InAProcess) -> "subprocess.Popen[bytes]":
    options = ("--out", world.out, "--cache", world.cache, "--today", TODAY, "--quiet", "--require-fresh")
    command = [*BEHIND, sys.executable, "-m", "pipeline", "run", str(world.list_path), *map(str, options)]
    env = {**os.environ, **ENVIRONMENT, **environment(services.bases)}
    return subprocess.Popen(command, env=env, cwd=world.folder, stderr=subprocess.PIPE)


def finish(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Wait for the end, and return the status and what was said."""
    said = process.communicate()[1].decode()
    return process.returncode, said


def _new(folder: Path, name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder))


def _said(moment: Moment, status: int, said: str) -> Iterator[str]:
    """One sentence, and none after our last line."""
    if moment.number == signal.SIGINT and status in (1, -signal.SIGINT) and "in main\n" not in said:
        return  # before our first line Python itself is interrupted, and says so in its own words
    sentences = 1 if status == SIGNALS[moment.number] > 0 else 0
    if status not in (0, SIGNALS[moment.number], -moment.number) or said.count("\n") != sentences:
        yield f"ended with {status} and said {said!r}"


def _difference(found: Outputs, expected: Outputs) -> str:
    """Name the files that differ, and the first lines at which they do."""
    told = []
    for name in sorted(set(found) | set(expected)):
        ours, theirs = found.get(name), expected.get(name)
        if ours is None or theirs is None:
            told.append(f"{name} is {'missing' if ours is None else 'new'}")
        elif ours != theirs:
            lines = zip(ours.splitlines(), theirs.splitlines(), strict=False)
            first = next(((one[:200], other[:200]) for one, other in lines if one != other), "length")
            told.append(f"{name}: {first}")
    return "; ".join(told)


def _look_at(cache: Path) -> tuple[list[str], set[Question]]:
    """Return what is wrong with a cache, and the questions whose answers of this day it holds."""
    if not cache.exists():
        return ["the cache is gone"], set()
    broken: list[str] = []
    Cache(cache, say=broken.append).close()
    connection = sqlite3.connect(cache)
    try:
        verdict = str(connection.execute("pragma integrity_check").fetchone()[0])
        query = "select source, value from answers where at >= ?"
        stored = {(str(source), str(value)) for source, value in connection.execute(query, (TODAY,))}
    finally:
        connection.close()
    return [*(f"the cache: {text}" for text in broken), *([verdict] if verdict != "ok" else [])], stored


def _asked_again(first: list[tuple[str, str]], later: list[tuple[str, str]], stored: set[Question]) -> Iterator[str]:
    """What the cache holds is not asked again, and of the rest only what can have been in flight."""
    asked_first = {part for seen in first for part in _questions(*seen)}
    asked_later = [_questions(*seen) for seen in later]
    lost = stored & asked_first & set().union(*asked_later)
    if lost:
        yield f"asked again although the cache has it: {sorted(lost)}"
    repeated = sum(bool(parts & asked_first) for parts in asked_later)
    if repeated > IN_FLIGHT:
        yield f"{repeated} requests were sent again"


def _questions(source: str, target: str) -> set[Question]:
    return {(source, part.replace("%2F", "/")) for part in QUESTION.findall(target)}


def report(attempts: Sequence[Attempt]) -> str:
    """Return the figures of a series in words."""
    lines = []
    for number in SIGNALS:
        some = [one for one in attempts if one.moment.number == number]
        where = Counter(_where(one) for one in some)
        told = ", ".join(f"{count} {place}" for place, count in where.items())
        lines.append(f"{number.name}: {len(some)}, with a broken promise {sum(bool(x.broken) for x in some)}; {told}")
    return "\n".join(lines)


def _where(attempt: Attempt) -> str:
    if attempt.status == 0:
        return "after the end"
    if not attempt.requests:
        return "before the first request"
    return "between requests" if attempt.is_old else "after the outputs were written"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a series, print what broke and the figures; 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="with each signal")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args(argv)
    began, attempts = time.monotonic(), []
    with tempfile.TemporaryDirectory() as name:
        on = ground(Path(name))
        for attempt in series(Path(name), on, moments(given.kills, given.seed)):
            attempts.append(attempt)
            for text in attempt.broken:
                print(f"seed {given.seed}, {attempt.moment}: {text}", flush=True)  # noqa: T201 - a program for people
    print(report(attempts))  # noqa: T201
    print(f"The series took {time.monotonic() - began:.0f} s.")  # noqa: T201
    return int(any(attempt.broken for attempt in attempts))


if __name__ == "__main__":
    sys.exit(main())
