"""Blocking keys: what two titles share that the matcher takes for titles of one work.

in -> out: a title with its year, or an identifier -> `Key`s, 64-bit numbers that a database can join. Pure, and the
only place that says which records are looked at for a row when millions are at hand. Whatever `text/title.py` accepts
must share a key; each kind of key below says which rule of `text/difference.py` and `text/spelling.py` it survives.
The property test over damaged titles is tests/text/test_blocking.py.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pipeline.text import difference
from pipeline.text.folding import fold
from pipeline.text.spelling import STOP_WORDS, canonical
from pipeline.text.title import strip_notice, strip_stray

VERSION = 1
"""Rises with every change of the keys or of the folding below them: an index of other keys is built again."""

IDENTIFIER, WHOLE, SECTION, PART = 0, 1, 2, 3
"""Kinds of keys, the surest first: an identifier, the whole title, title or subtitle alone, some of the words."""

_VOWELS = frozenset("aeiouy")
_UNSTEADY = _VOWELS | frozenset("sz")
"""Letters that spelling and slips add, drop or change: vowels, and the s of plurals and of organise/organize."""
_FEW_WORDS = 5
"""Up to so many content words every word is left out once; longer titles are held by their beginning and end."""
_MANY_WORDS = 8
_MOST_WORDS = 60
"""Longer titles are compared for equality only, so that their first words are enough."""
_LONE_WORDS = 2
"""So few words are shared by too many works: they count together with the year."""
_YEARS_BESIDE = (-1, 0, 1)
"""A row's year may be one off (`Year` of the matcher), an index knows its own year only."""


class Key(NamedTuple):
    """A number that a row and a record may share."""

    value: int
    """Signed, 64 bits."""
    kind: int


def identifier_key(scheme: str, value: str) -> Key:
    """Return the key of an identifier in its canonical form.

    >>> identifier_key("doi", "10.1000/a") == identifier_key("doi", "10.1000/a") != identifier_key("pmid", "10")
    True
    """
    return Key(_number(f"{scheme}:{value}"), IDENTIFIER)


def record_keys(titles: Iterable[str], year: int | None) -> tuple[Key, ...]:
    """Return the keys under which a record's titles are found; `year` is the record's own."""
    return _unique(key for title in titles for key in _title_keys(title, (year,) if year else ()))


def row_keys(title: str, year: int | None) -> tuple[Key, ...]:
    """Return the keys by which a row's title is looked for; its year may be one off.

    >>> bool({*row_keys("Deep Learnign of X-rays", 2020)} & {*record_keys(["Deep learning of X-rays"], 2021)})
    True
    """
    return _unique(_title_keys(title, tuple(year + beside for beside in _YEARS_BESIDE) if year else ()))


def _title_keys(title: str, years: tuple[int, ...]) -> Iterator[Key]:
    parsed = difference.parse(strip_stray(strip_notice(title)[0]))
    words = parsed.words[:_MOST_WORDS]
    if not words:
        return
    # Order-free and without stop words: survives articles, small words, spelling, plurals, slips and swapped words.
    content = _codes(words)
    yield from _bag(content, WHOLE, years)
    # Joined letters: survives words that are written in one or in two (`data set`, `X-ray`, `three-dimensional`).
    yield Key(_number("joined:" + _skeleton(words)), SECTION)
    # The parts at the first and last break: survive a dropped subtitle, a coined name before the colon, a series.
    breaks = sorted(cut for cut in parsed.breaks if 0 < cut < len(words))
    for cut in {breaks[0], breaks[-1]} if breaks else ():
        for part in (words[:cut], words[cut:]):
            yield from _bag(_codes(part), SECTION, years)
            yield Key(_number("joined:" + _skeleton(part)), PART)
    # A word too many, too few or quite another one (one letter off, a family of words, a number written otherwise).
    if len(content) <= _FEW_WORDS:
        for left_out in range(len(content) if len(content) > 1 else 0):
            yield from _bag(content[:left_out] + content[left_out + 1 :], PART, years)
    else:
        most = 4 if len(content) >= _MANY_WORDS else 3
        for edge in (content[:most], content[-most:]):
            yield from _bag(edge, PART, years)


def _bag(codes: tuple[str, ...], kind: int, years: tuple[int, ...]) -> Iterator[Key]:
    """Keys of some words in any order; of one or two words with each of the years."""
    if not codes:
        return
    text, is_lone = " ".join(sorted(codes)), len(codes) <= _LONE_WORDS
    # Also without the year, for the few words that few works bear: a crowded key is not followed.
    yield Key(_number(text), PART if is_lone and years else kind)
    for year in years if is_lone else ():
        yield Key(_number(f"{text} {year}"), kind)


def _codes(words: Iterable[str]) -> tuple[str, ...]:
    content = tuple(_code(word) for word in words if word not in STOP_WORDS)
    return content or tuple(_code(word) for word in words)


@lru_cache(maxsize=65_536)
def _code(word: str) -> str:
    """First letter and set of the other consonants: no slip that `spelling.is_slip` forgives changes it."""
    form = canonical(word)
    if not (form.isascii() and form.isalpha()):
        return form
    return form[0] + "".join(sorted({*form[1:]} - _UNSTEADY))


def _skeleton(words: Iterable[str]) -> str:
    """All letters in one, without those that spelling changes; doubled ones once."""
    whole = "".join(canonical(word) for word in words).replace("dimensional", "d")  # 3D, three-dimensional
    letters = [letter for letter in fold(whole) if letter not in _UNSTEADY]
    return "".join(one for one, before in zip(letters, ["", *letters], strict=False) if one != before)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _unique(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Each value once, under the surest of its kinds."""
    surest: dict[int, int] = {}
    for key in keys:
        surest[key.value] = min(key.kind, surest.get(key.value, key.kind))
    return tuple(Key(value, kind) for value, kind in surest.items())
