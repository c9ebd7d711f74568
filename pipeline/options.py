"""What a command was asked to do: its arguments and the environment, read once.

in -> out: the environment and the arguments -> `Options`. A file named by a default may be missing (it is then `None`),
one named by hand may not (design.md, "Command line").
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path

import msgspec

from pipeline.edge.access import Access, parse_access
from pipeline.errors import UsageError

RAW = Path("data/raw")
ENRICHED = Path("data/enriched")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the user can say; paths as given."""

    lists: tuple[Path, ...]
    out: Path = ENRICHED
    cache: Path = RAW / "cache.db"
    known: Path | None = None
    corrections: Path | None = None
    new_corrections: Path = RAW / "corrections.toml"
    """Where a decision is written, whether or not the file is there yet."""
    refresh: bool = False
    max_age: float | None = None
    now: datetime
    offline: bool = False
    budget_usd: float | None = None
    require_fresh: bool = False
    dry_run: bool = False
    summary: Path | None = None
    ascii_only: bool = False
    explain_skips: bool = False
    quiet: bool = False
    access: Access
    """Who we are and where the sources live; its repr shows neither key nor address."""

    @property
    def today(self) -> str:
        """The day of the run, ISO."""
        return self.now.date().isoformat()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a command gives back: text for stdout, complaints for stderr, the exit status."""

    text: str = ""
    complaints: tuple[str, ...] = ()
    status: int = 0


def read(
    environment: Mapping[str, str],
    *,
    lists: tuple[Path, ...] = (),
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
    for name in ("max_age", "budget_usd"):
        if not given.get(name, 0) >= 0:  # type: ignore[operator] # also false for NaN
            raise UsageError(f"--{name.replace('_', '-')} {given[name]}: must be a number from 0 upwards.")
    return Options(
        lists=lists or tuple(sorted(path for path in RAW.glob("*.md") if path.name != "README.md")),
        known=known or _if_there(RAW / "known.bib"),
        corrections=corrections or _if_there(RAW / "corrections.toml"),
        new_corrections=corrections or RAW / "corrections.toml",
        now=_now(today),
        summary=summary,
        access=parse_access(environment, version("awesome-enrich")),
        **given,  # type: ignore[arg-type]
    )


def _if_there(path: Path) -> Path | None:
    return path if path.exists() else None


def _now(today: str | None) -> datetime:
    if today is None:
        return datetime.now(UTC)
    try:
        return datetime.combine(date.fromisoformat(today), time(12), UTC)
    except ValueError as error:
        raise UsageError(f"--today {today}: not an ISO date such as 2026-11-22.") from error
