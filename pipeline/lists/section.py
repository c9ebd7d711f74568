"""Where a row stands: the headings above it, and what they say about what is listed below them.

in -> out: headings in order -> `Section` at every point of the list. The kinds of sections are told by the words of the
innermost heading that says something.
"""

import re
from typing import Literal

import msgspec

from pipeline.lists.imprint import Imprint, find_imprint, find_year, read_imprint
from pipeline.lists.title import clean_title
from pipeline.lists.words import (
    CONTENTS_HEADINGS,
    META_HEADINGS,
    NEWS_HEADINGS,
    OTHER_HEADINGS,
    PAPER_HEADINGS,
    VENUE_HEADINGS,
)

SectionKind = Literal["papers", "other", "news", "meta", "contents", "ignored", ""]

_SPLIT = re.compile(r"[^\w-]+")
# A year in a heading of more words may belong to a title or to a sentence.
_MAX_WORDS = 4
# `Contents` and `News` are whole headings; longer ones speak of something else.
_MAX_WORDS_ALONE = 3


class Section(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The headings above a row, and what they mean for it."""

    path: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    kind: SectionKind = ""
    venues: bool = False
    """The heading announces journals, conferences or abbreviations."""
    imprint: Imprint = Imprint()
    """Year and venue that the headings state."""
    origin: Imprint = Imprint()
    """Venue and year in the list's own title, which hold where no heading says otherwise."""

    def enter(self, heading: str, level: int, ignored: frozenset[str] = frozenset()) -> "Section":
        """Return the section that `heading` opens."""
        kept = [(name, at) for name, at in zip(self.path, self.levels, strict=True) if at < level]
        path = (*(name for name, _ in kept), clean_title(heading))
        levels = (*(at for _, at in kept), level)
        return Section(
            path=path,
            levels=levels,
            kind=_find_kind(path, ignored),
            venues=bool(_words(path[-1]) & VENUE_HEADINGS),
            imprint=_read_path(path, self.origin),
            origin=self.origin,
        )

    def leave(self) -> "Section":
        """Return the section around this one."""
        return msgspec.structs.replace(self, path=self.path[:-1], levels=self.levels[:-1])

    def enter_part(self, summary: str) -> "Section":
        """Return the section inside `<details>`: its summary may state the year or venue of what it folds away."""
        imprint = read_imprint(summary)
        return msgspec.structs.replace(self, imprint=imprint) if imprint.known else self


def fold_heading(text: str) -> str:
    """Fold a heading for comparison: letters and digits in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def _find_kind(path: tuple[str, ...], ignored: frozenset[str]) -> SectionKind:
    if any(fold_heading(name) in ignored for name in path):
        return "ignored"
    for name in reversed(path):
        words = _words(name)
        kinds: tuple[tuple[frozenset[str], SectionKind], ...] = (
            (CONTENTS_HEADINGS, "contents"),
            (NEWS_HEADINGS, "news"),
            (PAPER_HEADINGS, "papers"),
            (META_HEADINGS, "meta"),
            (OTHER_HEADINGS, "other"),
        )
        for vocabulary, kind in kinds:
            if words & vocabulary and (kind not in ("contents", "news") or len(words) <= _MAX_WORDS_ALONE):
                return kind
    return ""


def _words(name: str) -> set[str]:
    return {word for word in _SPLIT.split(name.lower()) if word}


def _read_path(path: tuple[str, ...], origin: Imprint) -> Imprint:
    venue: str | None = None
    year: int | None = None
    for name in reversed(path):
        imprint = read_imprint(name)
        if not imprint.known:
            imprint = find_imprint(name)
        venue, year = venue or imprint.venue, year or imprint.year
        if not year and len(_words(name)) <= _MAX_WORDS:
            year = find_year(name)
    return Imprint(venue=venue, year=year) if venue or year else origin
