"""The settings: one frozen `Config`, read once and handed down.

in -> out: the text of `enrich.toml` (or `[tool.enrich]` of pyproject.toml) -> `Config`. Secrets and the contact address
come from the environment and are not part of it. Every field's docstring is its documentation.
"""

import re
from typing import Annotated, Any, Literal

import msgspec

from pipeline import toml
from pipeline.errors import UsageError

Role = Literal["title", "venue", "year", "category", "url", "code", "authors", "ignore"]
Days = Annotated[float, msgspec.Meta(ge=0)]


class ListSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What cannot be guessed about one list: the table `[list."PATH"]`."""

    columns: dict[str, Role] = {}
    """Header text of a table column -> its role: title, venue, year, category, url, code, authors or ignore."""
    ignore_sections: tuple[str, ...] = ()
    """Headings whose sections hold no papers, compared without case, markup and white space."""
    ignore_rules: tuple[str, ...] = ()
    """Rules of `enrich check` that are not reported for this list; a comment in the list silences a single line."""
    oldest_year: int | None = None
    """The first year that the list takes; without it what the list's own criteria say."""
    min_entries: int = 0
    """Expectation: fewer entries than this end the run with status 1, after writing."""
    min_resolved_percent: Annotated[float, msgspec.Meta(ge=0, le=100)] = 0.0
    """Expectation: a lower share of resolved papers ends the run with status 1; not judged without an answer."""
    write_back: bool = False
    """Write the enriched rows between the list's two markers; every other byte of it stays (docs/lists.md)."""


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a run; ages are in days."""

    age_bibliographic_days: Days = 180.0
    """How long titles, authors, venues and pages of a settled paper are taken from the cache."""
    age_volatile_days: Days = 7.0
    """How long counts, retraction state and open access are."""
    age_missing_days: Days = 30.0
    """How long "not found" is believed."""
    search_pause_days: Days = 30.0
    """Pause after the first fruitless title search; it doubles with every further one, up to a year."""
    age_jitter: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.25
    """Ages are shortened by up to this share, by a hash of the question: a list does not expire in one night."""
    lists: tuple[str, ...] = ()
    """The lists that every command takes when none is named, as paths from this file's folder."""
    out: str | None = None
    """The folder of the outputs of these lists, as a path from this file's folder; `data/enriched` without it."""
    lock_wait_s: Annotated[float, msgspec.Meta(ge=0)] = 30.0
    """How long a second run waits for the first one on the same output folder."""
    list: dict[str, ListSettings] = {}
    """List path as given on the command line -> what holds for that list only."""

    def for_list(self, path: str) -> ListSettings:
        """Return what holds for one list, named by its path or by its file name."""
        return self.list.get(path) or self.list.get(path.rpartition("/")[2]) or ListSettings()


def read(text: str, name: str, *, table: tuple[str, ...] = ()) -> Config:
    """Read settings from TOML.

    Args:
        text: the file's content.
        name: the file's name, for messages.
        table: where in the file the settings are, e.g. `("tool", "enrich")`; absent means all defaults.

    Raises:
        UsageError: the TOML is broken, or a setting is unknown or of the wrong type.
    """
    settings: Any = toml.loads(text, name)
    for key in table:
        settings = settings.get(key, {}) if isinstance(settings, dict) else {}
    try:
        return msgspec.convert(settings, Config)
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}:{_find_line(text, str(error))}: {str(error).replace(' - at ', ' at ')}.") from None


def _find_line(text: str, message: str) -> int:
    """Return the 1-based line of the setting that a message names, 1 where it cannot be told."""
    named = re.search(r"unknown field `(\w+)`", message) or re.search(r"`\$[^`]*\.(\w+)", message)
    lines = text.splitlines()
    pattern = re.compile(rf"\s*{named[1]}\s*[.=]") if named else None
    return next((number for number, line in enumerate(lines, 1) if pattern and pattern.match(line)), 1)
