"""Blocking keys: what two titles share that the matcher takes for titles of one work.

in -> out: a title with its year, or an identifier -> `Key`s, 64-bit numbers that a database can join. Pure, and the
only place that says which records are looked at for a row when millions are at hand. Whatever `text/title.py` accepts
must share a key; each kind of key below says which rule of `text/difference.py` and `text/spelling.py` it survives.
The property test over damaged titles is tests/text/test_blocking.py.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

from pipeline.text import difference
from pipeline.text.folding import fold, plain
from pipeline.text.spelling import STOP_WORDS, canonical
from pipeline.text.title import strip_notice, strip_stray

VERSION = 1
"""Rises with every change of the keys or of the folding below them: an index of other keys is built again."""

IDENTIFIER, WHOLE, SECTION, PART = 0, 1, 2, 3
"""Kinds of keys, the surest first: an identifier, the whole title, title or subtitle alone, some of the words."""

_VOWELS = frozenset("aeiouy")
_UNSTEADY = _VOWELS | frozenset("sz")
"""Letters that spelling and slips add, drop or change: vowels, and the s of plurals and of organise/organize."""
_STEADY = dict.fromkeys(map(ord, _UNSTEADY))
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
    years = (year,) if year else ()
    return _numbered(named for title in titles for named in _name_keys(title, years))


def row_keys(title: str, year: int | None) -> tuple[Key, ...]:
    """Return the keys by which a row's title is looked for; its year may be one off.

    >>> bool({*row_keys("Deep Learnign of X-rays", 2020)} & {*record_keys(["Deep learning of X-rays"], 2021)})
    True
    """
    return _numbered(_name_keys(title, tuple(year + beside for beside in _YEARS_BESIDE) if year else ()))


def _name_keys(title: str, years: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """Yield text and kind of each key."""
    words, breaks = _take_apart(title)
    if not words:
        return
    forms = [canonical(word) for word in words]
    codes = [None if word in STOP_WORDS else _code(word) for word in words]
    # Order-free and without stop words: survives articles, small words, spelling, plurals, slips and swapped words.
    content = _content(words, codes)
    yield from _bag(content, WHOLE, years)
    # Joined letters: survives words that are written in one or in two (`data set`, `X-ray`, `three-dimensional`).
    yield "joined:" + _skeleton(forms), SECTION
    # The parts at the first and last break: survive a dropped subtitle, a coined name before the colon, a series.
    for cut in {breaks[0], breaks[-1]} if breaks else ():
        for part in (slice(cut), slice(cut, None)):
            yield from _bag(_content(words[part], codes[part]), SECTION, years)
            yield "joined:" + _skeleton(forms[part]), PART
    # A word too many, too few or quite another one (one letter off, a family of words, a number written otherwise).
    if len(content) <= _FEW_WORDS:
        for left_out in range(len(content) if len(content) > 1 else 0):
            yield from _bag(content[:left_out] + content[left_out + 1 :], PART, years)
    else:
        most = 4 if len(content) >= _MANY_WORDS else 3
        for edge in (content[:most], content[-most:]):
            yield from _bag(edge, PART, years)


def _take_apart(title: str) -> tuple[list[str], list[int]]:
    """Return the words, and where inside them a part ends: what `difference.parse` says of them, and no more."""
    words: list[str] = []
    breaks: set[int] = set()
    for piece in difference.split_at_breaks(plain(strip_stray(strip_notice(title)[0]))):
        breaks.add(len(words))
        words += fold(piece).split()
    words = words[:_MOST_WORDS]
    return words, sorted(cut for cut in breaks if 0 < cut < len(words))


def _content(words: list[str], codes: list[str | None]) -> list[str]:
    """Codes of the content words, of all words where there are no others."""
    return [code for code in codes if code is not None] or [_code(word) for word in words]


def _bag(codes: list[str], kind: int, years: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """Keys of some words in any order; of one or two words with each of the years."""
    if not codes:
        return
    text, is_lone = " ".join(sorted(codes)), len(codes) <= _LONE_WORDS
    # Also without the year, for the few words that few works bear: a crowded key is not followed.
    yield text, PART if is_lone and years else kind
    for year in years if is_lone else ():
        yield f"{text} {year}", kind


@lru_cache(maxsize=65_536)
def _code(word: str) -> str:
    """First letter and set of the other consonants: no slip that `spelling.is_slip` forgives changes it."""
    form = canonical(word)
    if not (form.isascii() and form.isalpha()):
        return form
    return form[0] + "".join(sorted({*form[1:]} - _UNSTEADY))


def _skeleton(forms: list[str]) -> str:
    """All letters in one, without those that spelling changes; doubled ones once."""
    whole = "".join(forms).replace("dimensional", "d")  # 3D, three-dimensional
    letters = (whole if whole.isascii() else fold(whole)).translate(_STEADY)
    return "".join([letter for letter, _ in groupby(letters)])


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _numbered(named: Iterable[tuple[str, int]]) -> tuple[Key, ...]:
    """Each key once, under the surest of its kinds."""
    surest: dict[str, int] = {}
    for text, kind in named:
        if kind < surest.get(text, PART + 1):
            surest[text] = kind
    return tuple([Key(_number(text), kind) for text, kind in surest.items()])
