"""What a command was asked to do: its arguments and the environment, read once.

in -> out: the environment and the arguments -> `Options`. A file named by a default may be missing (it is then `None`),
one named by hand may not (design.md, "Command line").
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import msgspec

from pipeline import config as settings
from pipeline.config import Config
from pipeline.edge import files
from pipeline.edge.access import Access, parse_access
from pipeline.errors import UsageError

RAW = Path("data/raw")
ENRICHED = Path("data/enriched")
SETTINGS = "enrich.toml"
KNOWN = "known.bib"
CORRECTIONS = "corrections.toml"
CACHE = "cache.db"
EngineName = Literal["duckdb", "spark"]
NO_LIST = "no list: there is no data/raw/*.md here, and none was named; `enrich init` sets one up."


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the user can say; paths as given."""

    lists: tuple[Path, ...]
    config: Config = Config()
    out: Path = ENRICHED
    cache: Path = RAW / CACHE
    known: Path | None = None
    """Named by hand; without it each list has the file beside it."""
    corrections: Path | None = None
    """Named by hand; without it each list has the file beside it."""
    refresh: bool = False
    max_age: float | None = None
    now: datetime
    offline: bool = False
    budget_usd: float | None = None
    deadline: float | None = None
    """Minutes after which nothing more is asked."""
    require_fresh: bool = False
    dry_run: bool = False
    snapshot: Path | None = None
    """Folder of an index of a published snapshot, which is asked before the services."""
    summary: Path | None = None
    ascii_only: bool = False
    explain_skips: bool = False
    overwrite: bool = False
    """Whether the sources overrule what a human wrote into a `.bib` or a table."""
    quiet: bool = False
    engine: EngineName = "duckdb"
    """What matches rows against an index."""
    master: str | None = None
    """Address of the cluster, for Spark."""
    memory: str = "4GB"
    """What may be used at most; of each executor on a cluster."""
    partitions: int | None = None
    jobs: int = 1
    """Processes."""
    access: Access
    """Who we are and where the sources live; its repr shows neither key nor address."""

    @property
    def today(self) -> str:
        """The day of the run, ISO."""
        return self.now.date().isoformat()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a command gives back: text for stdout, complaints for stderr, the exit status."""

    text: str = ""
    is_for_programs: bool = False
    """Whether the text is JSON or holds commands for GitHub on purpose; all other text is made inert when shown."""
    complaints: tuple[str, ...] = ()
    status: int = 0


def read(
    environment: Mapping[str, str],
    *,
    lists: tuple[Path, ...] = (),
    out: Path | None = None,
    cache: Path | None = None,
    known: Path | None = None,
    corrections: Path | None = None,
    today: str | None = None,
    summary: Path | None = None,
    **rest: object,
) -> Options:
    """Return the options, with defaults filled in.

    Raises:
        UsageError: a file named by hand is missing, the summary's folder is, or a number or the date is none.
    """
    given = {name: value for name, value in rest.items() if value is not None}
    for path in (known, corrections):
        if path is not None and not path.exists():
            raise UsageError(f"{path}: no such file.")
    if summary is not None and (summary.is_dir() or not summary.parent.is_dir()):
        raise UsageError(f"{summary}: cannot be written, which is better known before anything is asked.")
    for path in (*lists, *filter(None, (out, cache, known, corrections, summary))):
        _check_path(path, is_ours=path in (out, cache))
    for name in ("max_age", "budget_usd", "deadline"):
        if not given.get(name, 0) >= 0:  # type: ignore[operator] # also false for NaN
            raise UsageError(f"--{name.replace('_', '-')} {given[name]}: must be a number from 0 upwards.")
    config, folder = _find_settings(lists)
    own = tuple(folder / name for name in config.lists)
    lists = lists or own or tuple(sorted(path for path in RAW.glob("*.md") if path.name != "README.md"))
    is_own = not own or {*map(files.shown, lists)} <= {*map(files.shown, own)}
    return Options(
        lists=lists,
        config=config,
        out=out or (folder / config.out if config.out and is_own else ENRICHED),
        # The cache lies beside the list like all that is known about it.
        cache=cache or (lists[0].parent if lists else RAW) / CACHE,
        known=known,
        corrections=corrections,
        now=_now(today),
        summary=summary,
        access=parse_access(environment, version("awesome-enrich")),
        **given,  # type: ignore[arg-type]
    )


def _check_path(path: Path, *, is_ours: bool) -> None:
    """Refuse what is no file, before anything is read or asked; `is_ours`: it may be moved. Raises `UsageError`."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode(errors="surrogateescape").decode(errors="replace")
        raise UsageError(f"{shown}: the name is not UTF-8, so that no output could say it.") from None
    try:
        is_pipe = path.is_fifo() or path.is_socket() or path.is_block_device()
        is_pipe = is_pipe or (is_ours and path.is_char_device())
    except OSError as error:
        raise UsageError(f"{path}: cannot be used ({error.strerror}).") from None
    if is_pipe:
        raise UsageError(f"{path}: is a pipe or a device, a file or folder is needed.")


def if_there(path: Path) -> Path | None:
    """Return the path of a file that exists, else None."""
    return path if path.exists() else None


def knowledge_files(path: Path, options: Options) -> tuple[Path | None, Path | None]:
    """Return known.bib and corrections.toml of a list: named by hand, else beside it, where they are about no other."""
    return options.known or if_there(path.parent / KNOWN), options.corrections or if_there(path.parent / CORRECTIONS)


def _find_settings(lists: tuple[Path, ...]) -> tuple[Config, Path]:
    """Read the settings, and say which folder their paths start from.

    They stand in `enrich.toml` beside the first list, else in that of the working directory, else in pyproject.toml.
    """
    here = Path()
    for folder in (lists[0].parent, here) if lists else (here, RAW):
        path = folder / SETTINGS
        if path.is_file():
            return settings.read(files.load_text(path), files.shown(path)), folder
    project = Path("pyproject.toml")
    if project.is_file():
        return settings.read(files.load_text(project), project.name, table=("tool", "enrich")), here
    return Config(), here


def _now(today: str | None) -> datetime:
    if today is None:
        return datetime.now(UTC)
    try:
        return datetime.combine(date.fromisoformat(today), time(12), UTC)
    except ValueError as error:
        raise UsageError(f"--today {today}: not an ISO date such as 2026-11-22.") from error
