"""Whether two names can be one person's.

in -> out: two `Author`s -> bool; an `Author` -> the key by which lists of authors are aligned.
Rules: what differs between sources for the same person: accents, hyphens, initials, particles, a second family name,
order. Names alone prove little, so callers ask only about authors of one work.
"""

import re
from functools import lru_cache

from pipeline.model import Author
from pipeline.text.ascii_key import fold

PARTICLES = frozenset(
    ["af", "al", "av", "bin", "d'", "da", "das", "de", "degli", "dei", "del", "della", "delle", "den", "der", "des",
     "di", "do", "dos", "du", "el", "ibn", "la", "le", "lo", "st.", "t'", "'t", "ten", "ter", "van", "vander", "vom",
     "von", "zu", "zum", "zur"]
)  # fmt: skip
"""Words that belong to the family name behind them."""
# How Germans and Scandinavians write their letters in ASCII: `Müller`, `Mueller`.
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_PARTS = re.compile(r"[\s.-]+")
_MIN_PART = 3
"""Shorter parts of a family name ("Li" of "Li-Smith") prove nothing; a guess."""


def family_key(author: Author) -> str:
    """Return the folded family name (or organisation) by which lists of authors are aligned.

    >>> family_key(Author(family="García-López")), family_key(Author(literal="ATLAS Collaboration"))
    ('garcialopez', 'atlascollaboration')
    """
    return fold(author.family or author.literal or author.given or "")


def is_same(a: Author, b: Author) -> bool:
    """Tell whether two names can be the same person's.

    >>> is_same(Author(given="Jürgen", family="Müller"), Author(given="J.", family="Mueller"))
    True
    >>> is_same(Author(given="Lu", family="Wang"), Author(given="Wang", family="Lu"))
    True
    >>> is_same(Author(given="John A.", family="Smith"), Author(given="John B.", family="Smith"))
    False
    """
    if a.literal or b.literal:
        return family_key(a) != "" and family_key(a) == family_key(b)
    if a.family and (a.given, a.family) == (b.given, b.family):
        return True
    families, givens = _spellings(a.family, b.family), _spellings(a.given, b.given)
    if any(_is_same_family(*pair) for pair in families) and any(_is_same_given(*pair) for pair in givens):
        return True
    if _begins_other(*sorted((_words(a.given, a.family), _words(b.given, b.family)), key=len)):
        return True
    given, family = fold(a.given or ""), fold(a.family or "")
    # Initials in swapped order would fit half the world.
    return min(len(given), len(family)) > 1 and (given, family) == (fold(b.family or ""), fold(b.given or ""))


def _begins_other(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether one name begins the other, taken apart as its last word's: `Ana García` and `Ana García | López`."""
    at = len(short) - 1
    is_telling = 0 < at < len(long) - 1 and len(short[at]) >= _MIN_PART
    return is_telling and short[at] == long[at] and all(map(_is_initial_or_same, short[:at], long))


def _is_initial_or_same(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


@lru_cache(maxsize=16_384)
def _words(given: str | None, family: str | None) -> tuple[str, ...]:
    return tuple([fold(word) for word in f"{given or ''} {family or ''}".split() if fold(word)])


def _spellings(a: str | None, b: str | None) -> tuple[tuple[str, str], ...]:
    """Return the pair to compare, and the pair with one or the other in ASCII digraphs where that changes it."""
    x, y = a or "", b or ""
    if x.isascii() and y.isascii():
        return ((x, y),)
    return (x, y), (x.translate(_DIGRAPHS), y), (x, y.translate(_DIGRAPHS))


def _is_same_family(a: str, b: str) -> bool:
    first, second = fold(a), fold(b)
    if not first or not second:
        return False
    if first == second or not (_PARTS.search(a) or _PARTS.search(b)):
        return first == second
    return _core(a) == _core(b) or _is_part_of(a, b) or _is_part_of(b, a)


def _core(family: str) -> str:
    words = family.split()
    return fold(" ".join(word for word in words if word.lower() not in PARTICLES) or family)


def _is_part_of(shorter: str, longer: str) -> bool:
    """Tell whether a family is the first or last of a double one: García of García López."""
    parts = [fold(part) for part in _PARTS.split(longer)]
    return len(parts) > 1 and len(fold(shorter)) >= _MIN_PART and fold(shorter) in (parts[0], parts[-1])


def _is_same_given(a: str, b: str) -> bool:
    """Compare part by part; a missing name, an initial or a missing middle name is forgiven."""
    first, second = _given_parts(a), _given_parts(b)
    joined = "".join(first), "".join(second)
    if not all(joined) or joined[0] == joined[1]:
        return True
    # "Xiao-Ming" and "Xiaoming Y.", "Alex" and "Alexander"
    if min(len(first[0]), len(second[0])) > 1 and (joined[0].startswith(joined[1]) or joined[1].startswith(joined[0])):
        return True
    return all(map(_is_initial_or_same, first, second))


@lru_cache(maxsize=16_384)
def _given_parts(given: str) -> tuple[str, ...]:
    """Folded parts; packed initials (`JA`) are taken apart."""
    parts: list[str] = []
    for part in _PARTS.split(given):
        is_packed = part.isascii() and part.isupper() and len(part) <= 3
        parts += list(fold(part)) if is_packed else [fold(part)]
    return tuple([part for part in parts if part])
