"""A program and all processes below it, measured from outside.

in -> out: a command line -> CPU seconds of each phase, wall seconds, and the most memory that the whole tree of
processes held at one time. Memory is the proportional share (PSS) of each process, so that a page that several share
counts once. Linux only: the figures are read from /proc, several times a second.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import msgspec

ROOT = Path(__file__).parents[2]
EVERY_S = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")
_PHASES = (
    (re.compile(r"[\d,]+ rows against"), "gather"), (re.compile(r"deciding"), "decide"),
    (re.compile(r"gathering and deciding"), "decide"), (re.compile(r"looking further"), "second_round"),
    (re.compile(r"writing"), "write"),
)  # fmt: skip
"""What the program says when a phase begins; before the first it prepares."""


class Usage(msgspec.Struct, kw_only=True):
    """What a program took."""

    cpu_s: float = 0.0
    wall_s: float = 0.0
    tree_mb: int = 0
    """The most that all processes together held."""
    largest_mb: int = 0
    """The most that one of them held."""
    disk_mb: int = 0
    """The most that the folder of results held, spilled files included."""
    phases: dict[str, float] = {}
    """CPU seconds by phase."""


class Tree:
    """Processes and those that they started."""

    def __init__(self, roots: Iterable[int]) -> None:
        """Watch these processes and all below them."""
        self._roots = tuple(roots)

    def cpu_s(self) -> float:
        """CPU seconds so far, those of ended processes included."""
        return sum(sum(map(int, fields[11:15])) for fields in self._stats().values()) / _TICKS

    def memory_kb(self) -> list[int]:
        """Proportional share of each process."""
        found = []
        for process in self._stats():
            try:
                text = Path(f"/proc/{process}/smaps_rollup").read_text()
            except OSError:
                continue
            found.append(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]))  # type: ignore[index]
        return found

    def _stats(self) -> dict[int, list[str]]:
        """Process -> fields of its `stat` behind the name."""
        stats: dict[int, list[str]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                stats[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
        below = {*self._roots} & stats.keys()
        while more := {one for one, fields in stats.items() if int(fields[1]) in below} - below:
            below |= more
        return {one: stats[one] for one in below}


def enrich(*arguments: str, beside: Sequence[int] = (), results: Sequence[Path] = ()) -> Usage:
    """Run a command of the program, measured together with the processes `beside` it; its disk is that of `results`.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, "-m", "pipeline", *arguments]
    usage, ended = Usage(), Event()
    began, said = time.monotonic(), [""]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"},
    ) as process:  # fmt: skip
        tree = Tree((process.pid, *beside))
        before = tree.cpu_s()
        marks = [("prepare", before)]

        def watch() -> None:
            while not ended.wait(EVERY_S):
                held = tree.memory_kb()
                usage.tree_mb = max(usage.tree_mb, sum(held) // 1024)
                usage.largest_mb = max(usage.largest_mb, max(held, default=0) // 1024)
                usage.disk_mb = max(usage.disk_mb, sum(map(_size, results)) // 10**6)
                usage.cpu_s = max(usage.cpu_s, tree.cpu_s() - before)

        watcher = Thread(target=watch)
        watcher.start()
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            phase = next((name for form, name in _PHASES if form.match(line.removeprefix("enrich: "))), None)
            if phase and phase != marks[-1][0] and not (phase == "gather" and len(marks) > 1):
                marks.append((phase, tree.cpu_s()))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{''.join(said[-5:])}")
    # The program's own account is exact; processes beside it are known by what was seen of them last.
    usage.cpu_s = round(usage.cpu_s if beside else used.ru_utime + used.ru_stime, 1)
    usage.wall_s = round(time.monotonic() - began, 1)
    ends = [at for _, at in marks[1:]] + [before + usage.cpu_s]
    for (phase, start), end in zip(marks, ends, strict=True):
        usage.phases[phase] = round(usage.phases.get(phase, 0.0) + max(end - start, 0.0), 1)
    return usage


def _size(folder: Path) -> int:
    total = 0
    # Files and folders come and go meanwhile; `walk` passes over a folder that is gone.
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(parent) / name).lstat().st_size
    return total
