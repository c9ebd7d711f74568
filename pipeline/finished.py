"""The last finished run: where nothing has changed since, another one has nothing to do.

in -> out: `Options` -> a `Run` as the cache remembers it, or None. Outputs are a function of the list, the answers, the
human knowledge, the old catalog, the settings and the day. A run whose questions were all answered leaves behind what
it was made of: a digest of the program, the settings, the day and every input, and one of each file that it wrote.
Where all of them are found unchanged, the files are what a new run would write. The answers guard themselves: whoever
changes one in the cache makes it forget the finished runs (`edge/database.py`). Nothing but digests and the run's own
last words is kept, so that no paper can come from here.
"""

import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import msgspec

from pipeline.edge import files
from pipeline.edge.cache import Cache
from pipeline.edge.report import Report
from pipeline.model import Catalog
from pipeline.options import Options, knowledge_files
from pipeline.rules import asks_in_every_run

PROGRAM = "awesome-enrich"
_NAME = re.compile(r"[\w.-]+")
"""Of a library, at the beginning of a requirement."""
LEAST_AGE_DAYS = 1.0
"""Who wants answers to be younger may want them anew on the same day."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished run was made of, and what it left."""

    inputs: str
    outputs: dict[str, str]
    """File below the output folder -> digest of its bytes."""
    text: str
    """What a run says that finds nothing to do."""


def digest_inputs(options: Options) -> str | None:
    """Return a digest of all that decides what a run writes, but for the cache and the old outputs.

    None where the run wants more than its files: something asked anew, a summary, lines explained.
    """
    config = options.config
    ages = (config.age_bibliographic_days, config.age_volatile_days, config.age_missing_days, config.search_pause_days)
    wants_more = (
        options.offline, options.refresh, options.dry_run, options.explain_skips, options.summary, options.snapshot,
        min(ages if options.max_age is None else (options.max_age,)) * (1 - config.age_jitter) < LEAST_AGE_DAYS,
    )  # fmt: skip
    if any(wants_more) or not all(path.is_file() for path in options.lists):
        return None
    total = sha256()
    for part in _parts(options):
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.hexdigest()


def find(options: Options, inputs: str | None) -> Run | None:
    """Return the finished run of this output folder, if it had the same inputs; its files are still to be looked at."""
    if inputs is None or not options.cache.is_file():
        return None
    store = Cache(options.cache, read_only=True)
    try:
        kept = store.find_finished(_name(options))
    finally:
        store.close()
    try:
        run = msgspec.json.decode(kept, type=Run) if kept else None
    except msgspec.DecodeError:
        return None
    return run if run is not None and run.inputs == inputs else None


def stands(run: Run, options: Options) -> bool:
    """Return whether every file is as the run left it."""
    paths = {options.out / name: digest for name, digest in run.outputs.items()}
    if any(files.has_promise(folder) for folder in {path.parent for path in paths}):
        return False
    return bool(paths) and all(files.digest(path) == digest for path, digest in paths.items())


def keep(options: Options, inputs: str | None, *, written: Iterable[Path], text: str) -> None:
    """Remember a run that has just finished, unless an input was changed while it ran."""
    if inputs is None or not options.cache.is_file() or inputs != digest_inputs(options):
        return
    digests = {os.path.relpath(path, options.out): files.digest(path) for path in written}
    outputs = {name: digest for name, digest in digests.items() if digest is not None}
    run = Run(inputs=inputs, outputs=outputs, text=text)
    store = Cache(options.cache)
    try:
        store.save_finished(_name(options), msgspec.json.encode(run).decode())
    finally:
        store.close()


def is_settled(report: Report, catalogs: Iterable[Catalog]) -> bool:
    """Return whether another run on the same day would find nothing to ask: every question had its answer."""
    if not report.is_complete:
        return False
    papers = (paper for catalog in catalogs for paper in catalog.papers)
    return not any(
        paper.stale_since is not None or any(asks_in_every_run(issue.rule) for issue in paper.issues)
        for paper in papers
    )


def _name(options: Options) -> str:
    return str(options.out.resolve())


def _parts(options: Options) -> Iterator[bytes]:
    said = (options.ascii_only, options.overwrite, options.quiet, options.max_age, options.require_fresh)
    yield msgspec.json.encode((_program(), options.today, options.config, said))
    for path in options.lists:
        read = [one for one in (path, *knowledge_files(path, options)) if one is not None]
        yield msgspec.json.encode((os.path.relpath(path, options.out), files.shown(options.out)))
        yield msgspec.json.encode([(files.shown(one), files.digest(one)) for one in read])


@cache
def _program() -> Mapping[str, str]:
    """What decides: our own code, byte by byte, Python, and the libraries."""
    home = Path(__file__).parent
    code = sha256()
    for path in sorted(path for path in home.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        code.update(f"{path.relative_to(home)}\n{files.digest(path)}\n".encode())
    needed = [line for line in metadata.requires(PROGRAM) or () if "extra ==" not in line]
    names = sorted({found[0] for line in needed if (found := _NAME.match(line))})
    return {"code": code.hexdigest(), "python": platform.python_version()} | {n: metadata.version(n) for n in names}
