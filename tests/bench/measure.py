"""One program, measured from outside.

in -> out: a command line -> wall time, CPU time and peak memory of its whole process, and what it printed.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

MIB = 2**20
BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024
"""`ru_maxrss` counts kibibytes, on macOS bytes."""
# A child's peak begins at its parent's size, so that the parent must be small: an interpreter with nothing in it.
_LAUNCHER = """
import os, sys, time
begin = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
wall_s = time.perf_counter() - begin
figures = wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as out:
    print(*figures, file=out)
"""


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What a program took."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    """Largest resident size of the whole process."""
    stdout: str


def run(command: Sequence[str], *, environment: Mapping[str, str], folder: Path) -> Usage:
    """Run a program to its end. Raises RuntimeError, with what it said, if it fails."""
    with (
        tempfile.NamedTemporaryFile("r") as figures,
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
    ):
        launch = (sys.executable, "-I", "-S", "-c", _LAUNCHER, figures.name, *command)
        subprocess.run(launch, cwd=folder, env={**_plain(), **environment}, stdout=out, stderr=err, check=True)
        wall_s, cpu_s, peak, status = map(float, figures.read().split())
        for file in (out, err):
            file.seek(0)
        if status:
            raise RuntimeError(f"{' '.join(command)} ended with {status:.0f}:\n{err.read()[-2000:]}")
        return Usage(wall_s=wall_s, cpu_s=cpu_s, peak_mib=peak * BYTES_A_UNIT / MIB, stdout=out.read())


def best(times: int, command: Sequence[str], *, environment: Mapping[str, str], folder: Path) -> Usage:
    """Run a program several times and return its fastest run, the one that was disturbed least."""
    usages = [run(command, environment=environment, folder=folder) for _ in range(times)]
    return min(usages, key=lambda usage: usage.wall_s)


def _plain() -> dict[str, str]:
    """The environment without anything that identifies or redirects us, or sends us through a proxy."""
    unset = ("OPENALEX_", "CROSSREF_", "DATACITE_", "DOI_URL", "ENRICH_")
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(unset) and not name.lower().endswith("_proxy")
    }
