"""What a row alone leaves open, decided by its neighbours: a list repeats its own grammar.

in -> out: the drafts of a list -> the same drafts, some with a venue or authors more. `Oikos 2019` behind a title may
be a journal or a person: where most rows of the list name a venue there, it is one, where most name authors, it is one
of them. What a row says without doubt is never touched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.lists.draft import Draft
from pipeline.lists.imprint import find_year, names_venue
from pipeline.lists.label import is_label
from pipeline.lists.names import has_common_word, split_names
from pipeline.lists.people import read_authors
from pipeline.lists.row import Row
from pipeline.lists.span import count_words

# `Deep sets for cows (JImaging)`: one word, as long as abbreviations of journals are.
_IN_BRACKETS = re.compile(r"(?:^|(?<=\S)\s+)[(\[（]([A-Z][A-Za-z]{2,15})[)\]）]\.?$")
_DATED = re.compile(r"[(\[（]?(?P<words>[^\d()\[\]（）]{2,60}?),?\s[(\[（]?(?:19|20)\d\d[a-z]?[)\]）]{0,2}\.?")
_NAME_AHEAD = re.compile(r"(?P<name>[^\W\d_][^,()\d]{2,60}?)(?:,?\s\(?(?P<year>(?:19|20)\d\d)\)?)?[.,:]\s+")
_MIN_TITLE_WORDS = 3
# `Oikos`, `Sheep Letters`: a venue that stands there alone has no more words.
_MAX_WORDS = 3
# Fewer rows than this show no habit.
_MIN_ROWS = 2


class _Habit(msgspec.Struct, frozen=True, gc=False):
    """What more than half of a list's clear rows say beside the title."""

    venues: bool = False
    undated: bool = False
    """A venue without a year."""
    authors: bool = False
    families: bool = False
    """Authors by family names alone."""


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Settle what single rows leave open, each by the rows of its own list or table."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for draft in drafts:
        groups[draft.group].append(draft.row)
    habits = {group: _find_habit(rows) for group, rows in groups.items()}
    return [_settle_draft(draft, habits[draft.group]) for draft in drafts]


def _find_habit(rows: Iterable[Row]) -> _Habit:
    clear = [row for row in rows if not row.marked and (row.venue or row.authors)]
    signed = [row.authors for row in clear if row.authors]
    # `Doe et al.` tells nothing about how several names are written.
    several = [names for names in signed if len(names) > 1 or "," in names[0]]
    venues = [row for row in clear if row.venue and not row.authors]

    def prevails(count: int, total: int) -> bool:
        return count >= _MIN_ROWS and count * 2 > total

    return _Habit(
        venues=prevails(len(venues), len(clear)),
        undated=prevails(sum(1 for row in venues if not row.year), len(clear)),
        authors=prevails(len(signed), len(clear)),
        families=prevails(sum(1 for names in several if _are_families(names)), len(several)),
    )


def _are_families(names: Sequence[str]) -> bool:
    # `de Rijke` is one, `Jane Doe` is none.
    return all("," not in name and sum(word[0].isupper() for word in name.split()) == 1 for name in names)


def _settle_draft(draft: Draft, habit: _Habit) -> Draft:
    row = _settle_row(draft.row, habit)
    return draft if row is draft.row else msgspec.structs.replace(draft, row=row)


def _settle_row(row: Row, habit: _Habit) -> Row:
    if row.marked and habit.venues and not row.venue:
        return msgspec.structs.replace(row, venue=row.authors[0], authors=(), marked=False)
    if row.title is None or (row.cited and not habit.families):
        return row
    if habit.families and len(row.authors) == 1 and (names := _part_families(row.authors[0])):
        return msgspec.structs.replace(row, authors=names)
    if habit.authors and not row.authors and (names := _read_names(row.rest, habit) or _read_names(row.before, habit)):
        return msgspec.structs.replace(row, authors=names)
    if habit.authors and row.style == "plain" and not row.authors and (parted := _part_title(row)):
        return parted
    return _settle_venue(row, habit) if habit.venues and not (row.venue or row.authors) else row


def _part_families(name: str) -> tuple[str, ...]:
    """Part `Doe, Roe`, which is one name in other lists."""
    parts = tuple(part.strip() for part in name.split(","))
    return parts if len(parts) == 2 and all(part.isalpha() and len(part) > 2 for part in parts) else ()


def _read_names(text: str, habit: _Habit) -> tuple[str, ...]:
    """Read `Jane Doe`, `Jane Doe (2011)`; and `Doe`, `Doe, Roe 2018` where the others have family names alone, too."""
    dated = _DATED.fullmatch(text)
    words = (dated["words"] if dated else text).strip(" ,.;:-–—")
    if not words or is_label(words) or has_common_word(words):
        return ()
    names = split_names(words, bare=habit.families)
    if not names or not read_authors(words, sure=True, bare=habit.families):
        return ()
    return _part_families(names[0]) or names if habit.families and len(names) == 1 else names


def _part_title(row: Row) -> Row | None:
    """Part the one author from the title in `Jane Doe, Deep Sets for Goats` and `Deep Sets for Goats, Jane Doe`."""
    title = row.title or ""
    year = row.year
    if row.venue and (names := split_names(title.rstrip("."))) and not names_venue(row.venue):
        # `Jane Doe. Deep Sets for Goats, 2011` alone is a title and a venue.
        title = row.venue
    elif (ahead := _NAME_AHEAD.match(title)) and (names := split_names(ahead["name"])):
        title, year = title[ahead.end() :], int(ahead["year"]) if ahead["year"] else year
    else:
        title, comma, name = title.rpartition(", ")
        names = split_names(name) if comma else ()
    if not names or count_words(title) < _MIN_TITLE_WORDS or has_common_word(names[0]):
        return None
    venue = None if title == row.venue else row.venue
    return msgspec.structs.replace(row, title=title, authors=names, year=year, venue=venue)


def _settle_venue(row: Row, habit: _Habit) -> Row:
    title = row.title or ""
    if (dated := _DATED.fullmatch(row.rest)) and _is_venue(dated["words"]):
        return msgspec.structs.replace(row, venue=dated["words"], year=row.year or find_year(row.rest), rest="")
    if not habit.undated:
        return row
    if (behind := _IN_BRACKETS.fullmatch(row.rest)) and _is_venue(behind[1]):
        return msgspec.structs.replace(row, venue=behind[1], rest="")
    if row.style == "plain" and (inside := _IN_BRACKETS.search(title)) and _is_venue(inside[1]):
        return msgspec.structs.replace(row, title=title[: inside.start()].rstrip(), venue=inside[1])
    return row


def _is_venue(words: str) -> bool:
    parts = words.split()
    capital = all(part[0].isupper() for part in parts)
    return 0 < len(parts) <= _MAX_WORDS and capital and not is_label(words) and not has_common_word(words)
