"""The whole job, really killed at random moments: its outputs are old or new, and the next run goes on from there.

`KILLS=20 make test T=tests/test_kill.py` kills more often than the suite does.
"""

import os
import random
import re
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
from tests.services import StandIn
from tests.services.library import from_cases
from tests.services.port import environment, on_port
from tests.weeks import ENVIRONMENT, KEY, World

KILLS = int(os.environ.get("KILLS", "5"))
TODAY = "2026-02-01"
COUNT = 12
LATENCY_S = 0.1
SLACK_S = 0.3
"""What was answered so long before the kill has been stored, however busy the machine is."""
IN_FLIGHT = 16 + 3 + 2
"""Requests that the sources' limits allow at once: OpenAlex, Crossref, DataCite."""
QUESTION = re.compile(r"10\.\d+(?:/|%2F)[\w.]+|\bW\d+|bibliographic=[^&]+")

Outputs = dict[str, bytes]


class Attempt(NamedTuple):
    """One run that was killed, and the one after it."""

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
        assert start(world, environment(bases)).wait() == 0
        return world.outputs(), time.monotonic() - began


@pytest.fixture(scope="module")
def attempts(last_week: World, new: tuple[Outputs, float], tmp_path_factory: pytest.TempPathFactory) -> list[Attempt]:
    """Kill at moments of the whole run, the last of which may come too late to hit."""
    chance, worlds = random.Random(2026), [last_week.copy(tmp_path_factory.mktemp(f"killed{n}")) for n in range(KILLS)]
    moments = [new[1] * (number + chance.random()) / KILLS for number in range(KILLS)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(kill_and_go_on, worlds, moments))


def serve(world: World) -> StandIn:
    return StandIn(from_cases(world.cases), keys={KEY}, limits=False, latency_s=LATENCY_S)


def start(world: World, variables: dict[str, str]) -> "subprocess.Popen[bytes]":
    arguments = ["run", world.list_path, "--out", world.out, "--cache", world.cache, "--today", TODAY, "--quiet"]
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.Popen(command, env={**os.environ, **ENVIRONMENT, **variables}, cwd=world.folder)


def kill_and_go_on(world: World, after_s: float) -> Attempt:
    stand_in = serve(world)
    with on_port(stand_in) as bases:
        process = start(world, environment(bases))
        time.sleep(after_s)
        process.kill()
        killed_at = time.monotonic()
        process.wait()
        files.recover(world.out)
        left, cache, first = world.outputs(), open_cache(world.cache), [*stand_in.seen]
        assert start(world, environment(bases)).wait() == 0
    stored = {part for seen in first if seen.at < killed_at - LATENCY_S - SLACK_S for part in asked(seen.target)}
    all_of_them = {part for seen in first for part in asked(seen.target)}
    again = [asked(seen.target) for seen in stand_in.seen[len(first) :]]
    repeated = sum(bool(parts & all_of_them) for parts in again)
    return Attempt(left, cache, stored & set().union(*again), repeated, world.outputs())


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


@pytest.fixture(params=range(KILLS), ids=lambda number: f"moment {number + 1} of {KILLS}")
def attempt(attempts: list[Attempt], request: pytest.FixtureRequest) -> Attempt:
    index: int = request.param
    return attempts[index]


def test_the_outputs_of_a_killed_run_are_the_old_or_the_new_ones(
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
