"""`python -m tests.bench.unpaced LIST FOLDER`: a whole run that waits for nothing, to see our own cost alone.

in -> out: a list, a folder -> the outputs there; with `--profile` the share of each part of the program, as JSON.
"""

import asyncio
import cProfile
import gc
import os
import pstats
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import msgspec

from pipeline.cli import GARBAGE_AFTER
from pipeline.edge.open import open_desk
from pipeline.options import read
from pipeline.progress import Talk
from pipeline.run import run

PARTS = ("lists", "stages", "text", "sources", "outputs", "edge")
LIBRARIES = {"httpx": "HTTP", "httpcore": "HTTP", "h11": "HTTP", "anyio": "HTTP", "asyncio": "event loop",
             "markdown_it": "Markdown", "bibtexparser": "BibTeX", "sqlite_utils": "SQLite"}  # fmt: skip


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


def enrich(list_path: Path, folder: Path) -> None:
    """Run the whole job without its pauses."""
    options = read(os.environ, lists=(list_path,), out=folder / "out", cache=folder / "cache.db", quiet=True)
    options = msgspec.structs.replace(options, known=None, corrections=None)
    gc.set_threshold(GARBAGE_AFTER)
    run(options, Talk(quiet=True, stream=sys.stderr), opening=partial(open_desk, sleep=_no_wait))


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """Return the share of each part of the program in the time it was busy; what C code took counts to its caller."""
    seconds: Counter[str] = Counter()
    for (path, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if path != "~":
            seconds[_part(path)] += own
        elif "select.epoll" not in name:
            for (caller, _, _), (_, _, spent, _) in callers.items():
                seconds[_part(caller)] += spent
    return {part: spent / seconds.total() for part, spent in seconds.most_common()}


def _part(path: str) -> str:
    folders = Path(path).parts
    if "pipeline" in folders:
        inner = folders[len(folders) - 1 - folders[::-1].index("pipeline") + 1 :]
        return inner[0] if inner[0] in PARTS else "run"
    found = next((LIBRARIES[folder] for folder in folders if folder in LIBRARIES), None)
    return found or "other libraries"


def main(list_path: str, folder: str, *flags: str) -> None:
    """Run, and print the shares if asked."""
    profile = cProfile.Profile()
    if "--profile" in flags:
        profile.runcall(enrich, Path(list_path), Path(folder))
        sys.stdout.write(msgspec.json.encode(shares(profile)).decode())
    else:
        enrich(Path(list_path), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
