"""Whether the listed authors are those of a record: a set with an order.

in -> out: names as a list writes them, and a work's records -> an `Authorship`, or None where that cannot be told. What
the reader of the list took for names may be an affiliation, a nickname of the method, or a note in another script: only
what surely is a person's name can say that somebody else wrote the work.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from pipeline.model import Author, Record
from pipeline.text import person
from pipeline.text.ascii_key import fold

MOST_NAMES = 60
"""Of longer lists of authors the first ones tell enough."""
HALF = 0.5
"""Share of the shorter list from which the authors are the same: one reader in two drops or misreads some."""
_ET_AL = re.compile(r"\b(?:et\s+al|and\s+others|u\.\s?a)\b.*$", re.IGNORECASE)
_BETWEEN = re.compile(r";|&|\b(?:and|und|et)\b")
_LONGEST = 200
"""Letters of a name; what is longer is none."""
_NO_NAME = re.compile(r"[\d@/\\:|<>{}=_]")
_LONGEST_NAME = 5
"""Words; more are a sentence."""
_LEAST_LETTERS = 2
_SHORTEST_MISSPELT = 5
"""Letters of a family name in which one may be wrong: `Priestly` for `Priestley`, but not `Lin` for `Liu`."""
_INSTITUTIONS_TEXT = (
    "academy center centre college corporation department dept division faculty group hospital inc institut institute "
    "lab laboratories laboratory labs limited ltd school team universidad universita universitat universite university "
    "alibaba amazon apple baidu berkeley caltech cmu deepmind eth facebook google harvard huawei ibm inria kaist meta "
    "microsoft mit nvidia openai oxford princeton stanford tencent tsinghua uc yale workshop project page paper code "
    "survey award best"
)
_INSTITUTIONS = frozenset(_INSTITUTIONS_TEXT.split())
"""Words of affiliations and notes, which no person's name has."""


class Authorship(msgspec.Struct, frozen=True, gc=False):
    """How many of the listed authors wrote a work."""

    agreeing: float
    """A name that is one letter off, or has another given name, counts half."""
    listed: int
    """Names that can be compared."""
    written: int
    """Authors of the record."""
    is_in_order: bool
    is_excluded: bool = False
    """Whether surely none of them wrote it."""
    first: str = ""
    """The first listed name that agrees."""

    @property
    def share(self) -> float:
        """0 to 1: of the shorter of both lists, those that agree."""
        return self.agreeing / min(self.listed, self.written)

    @property
    def is_shared(self) -> bool:
        """Whether half of the shorter list is in the other: one name only where one side names no more."""
        return self.share >= HALF and (self.agreeing > 1 or min(self.listed, self.written) == 1)

    @property
    def is_same(self) -> bool:
        """Whether they wrote it: shared, and the one author of a record is not one of many that are listed."""
        return self.is_shared and (self.agreeing > 1 or self.agreeing >= HALF * self.listed)


class _Name(msgspec.Struct, frozen=True, gc=False):
    """A listed name, read."""

    text: str
    author: Author
    keys: frozenset[str]
    """What the family name may be: a bare one of several words ("De Vita") would be read as given and family name."""
    is_person: bool
    """Whether it surely is a person's: a given name or initial, and a family name."""


def compare(listed: Sequence[str], records: Iterable[Record]) -> Authorship | None:
    """Compare the listed authors with those of each record, and return the best agreement; None if none can be told."""
    if not listed:
        return None
    names = _names(tuple(listed[:MOST_NAMES]))
    best: Authorship | None = None
    seen: set[tuple[str, ...]] = set()
    is_complete = True
    for record in records:
        is_complete = is_complete and record.authors_complete
        authors = record.authors[:MOST_NAMES]
        keys = tuple(map(person.family_key, authors))
        if not authors or keys in seen:
            continue
        seen.add(keys)
        found = _count(names, authors, keys)
        if found is not None and (best is None or found.agreeing > best.agreeing):
            best = found
    if best is None or best.agreeing:
        return best
    is_person = any(name.is_person for name in names)
    return msgspec.structs.replace(best, is_excluded=is_person) if is_complete else None


def read(listed: Sequence[str]) -> tuple[Author, ...]:
    """Return the listed names as authors; what is no name is left out."""
    return tuple(name.author for name in _names(tuple(listed[:MOST_NAMES])))


def _count(names: tuple[_Name, ...], authors: tuple[Author, ...], keys: tuple[str, ...]) -> Authorship | None:
    is_latin = any(key.isascii() and key.isalpha() for key in keys)
    comparable = [name for name in names if not is_latin or name.text.isascii() or any(k.isalpha() for k in name.keys)]
    if not comparable:
        return None
    free = list(range(len(authors)))
    places: list[int] = []
    agreeing, first = 0.0, ""
    for name in comparable:
        place, weight = _find(name, authors, keys, free)
        if place is not None:
            free.remove(place)
            places.append(place)
            agreeing += weight
            first = first or name.text
    is_in_order = len(places) > 1 and places == sorted(places)
    return Authorship(agreeing, len(comparable), len(authors), is_in_order, first=first)


def _find(name: _Name, authors: tuple[Author, ...], keys: tuple[str, ...], free: list[int]) -> tuple[int | None, float]:
    """Find a listed name among the authors that are left: the person, else that family, else one a letter off."""
    kin = [place for place in free if keys[place] in name.keys]
    for place in kin:
        if keys[place] == fold(name.text) or person.is_same(name.author, authors[place]):
            return place, 1.0
    for place in free:
        if place not in kin and person.is_same(name.author, authors[place]):
            return place, 1.0
    if kin:
        return kin[0], 0.5
    return next(((place, 0.5) for place in free if _is_misspelt(name, keys[place])), (None, 0.0))


def _is_misspelt(name: _Name, key: str) -> bool:
    if len(key) < _SHORTEST_MISSPELT:
        return False
    return any(
        len(own) >= _SHORTEST_MISSPELT and own[0] == key[0] and OSA.distance(own, key, score_cutoff=1) <= 1
        for own in name.keys
    )


@lru_cache(maxsize=4096)
def _names(listed: tuple[str, ...]) -> tuple[_Name, ...]:
    """Remembered: a row's names are held against every candidate."""
    parts = [part for text in listed for part in _BETWEEN.split(_ET_AL.sub("", text))]
    return tuple(name for name in map(_read, parts) if name is not None)


def _read(text: str) -> _Name | None:
    words = text.strip(" ,.*†‡\t\n").split()
    text = " ".join(words)
    if len(text) > _LONGEST or _NO_NAME.search(text) or not any(map(_has_letters, words)):
        return None
    author = person.parse(text)
    keys = frozenset((fold(text), person.family_key(author)))
    is_name = len(words) <= _LONGEST_NAME and _INSTITUTIONS.isdisjoint(map(fold, words))
    is_person = is_name and bool(author.given and author.family) and text[0].isupper()
    return _Name(text, author, keys, is_person)


def _has_letters(word: str) -> bool:
    return sum(map(str.isalpha, word)) >= _LEAST_LETTERS
