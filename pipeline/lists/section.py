"""Where a row stands: the headings above it, and what they say about what is listed below them.

in -> out: headings in order -> `Section` at every point of the list. The kinds of sections are told by the words of the
innermost heading that says something; a heading of a year holds until another one, or one above it, ends it.
"""

import re
from typing import Literal

import msgspec

from pipeline.lists.imprint import Imprint, find_imprint, find_year, read_imprint
from pipeline.lists.title import clean_title
from pipeline.lists.words import (
    CONTENTS_HEADINGS,
    META_FILLERS,
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
    years: tuple[tuple[int, int], ...] = ()
    """Level and year of the headings that state one, outermost first; a year ends with a heading of its level."""
    origin: Imprint = Imprint()
    """Venue and year in the list's own title, which hold where no heading says otherwise."""

    def enter(self, heading: str, level: int, ignored: frozenset[str] = frozenset()) -> "Section":
        """Return the section that `heading` opens."""
        kept = [(name, at) for name, at in zip(self.path, self.levels, strict=True) if at < level]
        path = (*(name for name, _ in kept), clean_title(heading))
        levels = (*(at for _, at in kept), level)
        years = self._enter_year(path[-1], level)
        year = years[-1][1] if years else None
        venue = next((found for name in reversed(path) if (found := _read_heading(name).venue)), None)
        return Section(
            path=path,
            levels=levels,
            kind=_find_kind(path, ignored),
            venues=bool(_words(path[-1]) & VENUE_HEADINGS),
            imprint=Imprint(venue=venue, year=year) if venue or year else self.origin,
            years=years,
            origin=self.origin,
        )

    def _enter_year(self, heading: str, level: int) -> tuple[tuple[int, int], ...]:
        kept = tuple((at, year) for at, year in self.years if at < level)
        year = _read_heading(heading).year
        if year is None:
            return kept
        # A heading of a year ends every other year, since lists put later ones at another level than the first.
        if len(_words(heading)) <= _MAX_WORDS:
            return ((min([level, *(at for at, _ in kept)]), year),)
        return (*kept, (level, year))

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
    innermost = _words(path[-1])
    # Deeper headings below `Contents` are the list's sections: the table of contents has ended.
    if innermost & CONTENTS_HEADINGS and len(innermost) <= _MAX_WORDS_ALONE:
        return "contents"
    for name in reversed(path):
        words = _words(name)
        if words & NEWS_HEADINGS and len(words) <= _MAX_WORDS_ALONE:
            return "news"
        if words & PAPER_HEADINGS:
            return "papers"
        # `Star history` is about the list, `Star formation` is a field: every word must be one of these.
        if words & META_HEADINGS and words <= META_HEADINGS | META_FILLERS:
            return "meta"
        if words & OTHER_HEADINGS:
            return "other"
    return ""


def _words(name: str) -> set[str]:
    return {word for word in _SPLIT.split(name.lower()) if word}


def _read_heading(name: str) -> Imprint:
    imprint = read_imprint(name)
    if not imprint.known:
        imprint = find_imprint(name)
    if not imprint.year and len(_words(name)) <= _MAX_WORDS:
        return Imprint(venue=imprint.venue, year=find_year(name))
    return imprint
