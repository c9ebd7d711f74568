"""A real process, really killed: what it left is whole, and the next one goes on from there."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.edge.cache import Cache
from pipeline.edge.files import recover, save_all
from pipeline.edge.lock import lock
from pipeline.model import Query

SAVE_FILES = """
import sys, itertools
from pathlib import Path
from pipeline.edge.files import save_all
print("ready", flush=True)
for number in itertools.count():
    save_all(Path(sys.argv[1]), {f"{name}.txt": str(number) * 1000 for name in "abcdefgh"})
"""
SAVE_ANSWERS = """
import sys, itertools
from pathlib import Path
from pipeline.edge.cache import Cache
from pipeline.model import Answer, Query
cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
for number in itertools.count():
    queries = [Query(source="crossref", kind="doi", value=f"{number}/{part}") for part in range(5)]
    told = [Answer(query=q, status="found", bodies=(q.value.encode(),), at="2026-01-01T00:00:00Z") for q in queries]
    cache.save(told, "https://api.test")
"""
HOLD_LOCK = """
import sys, time
from pathlib import Path
from pipeline.edge.lock import lock
with lock(Path(sys.argv[1]), wait_s=0):
    print("ready", flush=True)
    time.sleep(60)
"""


def kill_while_running(program: str, argument: Path, after_s: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", program, str(argument)], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()


@pytest.mark.parametrize("after_s", [0.001, 0.013, 0.029, 0.05])
def test_outputs_of_a_killed_run_are_of_one_moment(tmp_path: Path, after_s: float) -> None:
    save_all(tmp_path, {f"{name}.txt": "begin" for name in "abcdefgh"})
    kill_while_running(SAVE_FILES, tmp_path, after_s)
    recover(tmp_path)
    assert len({(tmp_path / f"{name}.txt").read_text() for name in "abcdefgh"}) == 1
    save_all(tmp_path, {"a.txt": "end"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.txt" for name in "abcdefgh"]


def test_the_cache_of_a_killed_run_holds_whole_answers(tmp_path: Path) -> None:
    path, said = tmp_path / "cache.db", list[str]()
    kill_while_running(SAVE_ANSWERS, path, 0.05)
    cache = Cache(path, say=said.append)
    first = Query(source="crossref", kind="doi", value="0/0")
    assert cache.find([first])[first].bodies == (b"0/0",)
    cache.close()
    with sqlite3.connect(path) as connection:
        per_request = connection.execute("select count(*) from answers group by substr(value, 1, instr(value, '/'))")
        assert {row[0] for row in per_request} == {5}
    connection.close()
    assert not said


def test_a_killed_run_holds_no_lock(tmp_path: Path) -> None:
    kill_while_running(HOLD_LOCK, tmp_path, 0.001)
    with lock(tmp_path, wait_s=0):
        pass
