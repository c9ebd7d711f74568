"""The whole job, really broken off at random moments: its outputs are old or new, and the next run goes on from there.

`make kills` does it fifty times with each signal, the suite four times.
"""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.edge import files
from pipeline.edge.cache import Cache
from pipeline.run import NOT_FRESH
from tests.services import StandIn
from tests.services.library import from_cases
from tests.services.port import environment, on_port
from tests.weeks import ENVIRONMENT, KEY, World

KILLS = int(os.environ.get("KILLS", "4"))
SIGNALS = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGKILL: -9}
TODAY = "2026-02-01"
COUNT = 12
LATENCY_S = 0.1
SLACK_S = 0.3
"""What was answered so long before the kill has been stored, however busy the machine is."""
IN_FLIGHT = 16 + 3 + 2
"""Requests that the sources' limits allow at once: OpenAlex, Crossref, DataCite."""
QUESTION = re.compile(r"10\.\d+(?:/|%2F)[\w.]+|\bW\d+|bibliographic=[^&]+")

BUSY_TRIES = 5

Outputs = dict[str, bytes]


class Attempt(NamedTuple):
    """One run that was broken off, and the one after it."""

    status: int
    said: str
    left: Outputs
    """What stood in the folder once the next run had looked at it."""
    cache: tuple[str, list[str]]
    """SQLite's verdict on the cache, and what we said on opening it."""
    lost: set[str]
    """Questions asked twice although their answers had come well before the kill."""
    repeated: int
    """Requests of the next run that hold a question asked before."""
    final: Outputs


@pytest.fixture(scope="module")
def last_week(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Half of the list was resolved weeks ago; meanwhile the list grew and the counts moved."""
    world = World.of(tmp_path_factory.mktemp("last_week"), COUNT)
    rows = world.list_path.read_text().splitlines(keepends=True)
    world.list_path.write_text("".join(rows[: 4 + COUNT // 2]))
    world.week()
    world.list_path.write_text("".join(rows))
    world.move_counts(share=1)
    return world


@pytest.fixture(scope="module")
def new(last_week: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outputs, float]:
    """What an undisturbed run writes, and how long it takes."""
    world = last_week.copy(tmp_path_factory.mktemp("undisturbed"))
    with on_port(serve(world)) as bases:
        began = time.monotonic()
        assert finish(start(world, environment(bases))) == (0, "")
        return world.outputs(), time.monotonic() - began


@pytest.fixture(scope="module")
def attempts(
    last_week: World, new: tuple[Outputs, float], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[signal.Signals, Attempt]]:
    """Break off at moments of the whole run, from its start-up to its writing; the last may come too late to hit."""
    chance = random.Random(2026)
    plan = [(number, new[1] * (nth + chance.random()) / KILLS) for nth in range(KILLS) for number in SIGNALS]
    worlds = [last_week.copy(tmp_path_factory.mktemp(f"killed{nth}")) for nth in range(len(plan))]
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(lambda world, way: break_off_and_go_on(world, *way), worlds, plan)
        return [(number, attempt) for (number, _), attempt in zip(plan, made, strict=True)]


def serve(world: World) -> StandIn:
    return StandIn(from_cases(world.cases), keys={KEY}, limits=False, latency_s=LATENCY_S)


def start(world: World, variables: dict[str, str]) -> "subprocess.Popen[bytes]":
    arguments = [
        "run",
        world.list_path,
        "--out",
        world.out,
        "--cache",
        world.cache,
        "--today",
        TODAY,
        "--quiet",
        "--require-fresh",
    ]
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    env = {**os.environ, **ENVIRONMENT, **variables}
    return subprocess.Popen(command, env=env, cwd=world.folder, stderr=subprocess.PIPE)


def finish(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Wait for the end, and return the status and what was said."""
    said = process.communicate()[1].decode()
    return process.returncode, said


def break_off_and_go_on(world: World, number: signal.Signals, after_s: float) -> Attempt:
    """Do it; again, where the machine was so busy that a run took a source for silent, which is no matter of kills."""
    for nth in range(BUSY_TRIES):
        attempt = try_to_break_off(world.copy(world.folder.with_name(f"{world.folder.name}-{nth}")), number, after_s)
        if attempt is not None:
            return attempt
    pytest.skip("the machine is too busy")


def try_to_break_off(world: World, number: signal.Signals, after_s: float) -> Attempt | None:
    stand_in = serve(world)
    with on_port(stand_in) as bases:
        process = start(world, environment(bases))
        time.sleep(after_s)
        process.send_signal(number)
        killed_at = time.monotonic()
        status, said = finish(process)
        if status == NOT_FRESH:
            return None
        files.recover(world.out)
        left, cache, first = world.outputs(), open_cache(world.cache), [*stand_in.seen]
        again = finish(start(world, environment(bases)))
    if again[0] == NOT_FRESH:
        return None
    assert again == (0, "")
    stored = {part for seen in first if seen.at < killed_at - LATENCY_S - SLACK_S for part in asked(seen.target)}
    all_of_them = {part for seen in first for part in asked(seen.target)}
    later = [asked(seen.target) for seen in stand_in.seen[len(first) :]]
    repeated = sum(bool(parts & all_of_them) for parts in later)
    return Attempt(status, said, left, cache, stored & set().union(*later), repeated, world.outputs())


def asked(target: str) -> set[str]:
    return set(QUESTION.findall(target))


def open_cache(path: Path) -> tuple[str, list[str]]:
    said: list[str] = []
    Cache(path, say=said.append).close()
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("pragma integrity_check").fetchone()[0]), said
    finally:
        connection.close()


@pytest.fixture(params=range(KILLS * len(SIGNALS)))
def attempt(attempts: list[tuple[signal.Signals, Attempt]], request: pytest.FixtureRequest) -> Attempt:
    index: int = request.param
    return attempts[index][1]


def test_who_is_broken_off_says_one_sentence_or_was_done(attempts: list[tuple[signal.Signals, Attempt]]) -> None:
    for number, attempt in attempts:
        # Before our first line Python itself is interrupted, and after our last there is nobody to say anything.
        assert attempt.status in (0, SIGNALS[number], -number)
        sentence = attempt.said if attempt.status == SIGNALS[number] and number != signal.SIGKILL else ""
        assert attempt.said == sentence
        assert sentence.strip().count("\n") == 0


def test_the_outputs_of_a_broken_run_are_the_old_or_the_new_ones(
    last_week: World, new: tuple[Outputs, float], attempt: Attempt
) -> None:
    assert attempt.left in (last_week.outputs(), new[0])


def test_the_next_run_writes_what_an_undisturbed_one_writes(new: tuple[Outputs, float], attempt: Attempt) -> None:
    assert attempt.final == new[0]


def test_the_cache_of_a_killed_run_opens(attempt: Attempt) -> None:
    assert attempt.cache == ("ok", [])


def test_the_next_run_asks_at_most_what_was_in_flight(attempt: Attempt) -> None:
    assert attempt.lost == set()
    assert attempt.repeated <= IN_FLIGHT
