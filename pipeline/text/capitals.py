"""Which capitals of a title no bibliography style may take away.

title -> LaTeX with braces around single words. BibTeX styles that write titles in sentence case lower every letter but
the first one and the one after a colon, unless it is in braces (btxdoc.pdf, section 4). Braces around everything would
take the style's choice away, so only words that are wrong in lower case get them: inner capitals, letters with digits,
proper nouns, and in a title that is itself in sentence case every capital that its author wrote.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from pipeline.text.proper_nouns import EPONYMS, PAIRS, PLACES, PRODUCTS

_LETTERS = "(?:[^\\W_]|[\u0300-\u036f])+"
_PART = re.compile(f"{_LETTERS}(?:['’]{_LETTERS})*")
_CAPITAL, _CAPITAL_OR_DIGIT = re.compile("[A-Z]"), re.compile("[A-Z0-9]")
"""In ASCII, as most words are; quicker than asking each letter."""
_POSSESSIVE = re.compile(r"['’]s?$")
_STARTS_SUBTITLE = (":", "?", "!", ".", "–", "—", "--")
_SHORTEST_EPITHET = 5
_LONG_LITTLE = frozenset(
    ["about", "above", "across", "after", "against", "along", "among", "around", "before", "behind", "below",
    "beneath", "beside", "between", "beyond", "during", "inside", "outside", "through", "throughout", "toward",
    "towards", "under", "underneath", "until", "versus", "within", "without", "using", "their", "where", "which",
    "while", "based"]
)  # fmt: skip
"""Words that Title Case leaves in lower case though they are as long as the name of a species."""
_SHORTEST_WITNESS = 4
"""Letters; shorter words are mostly articles and prepositions, which Title Case leaves in lower case too."""
_MAX_CAPITALS_IN_SENTENCE = 0.34
"""Share of capitalised witnesses up to which a title counts as sentence case; a guess, read on the 43 of our list."""
_SHOUTED_WORDS = 4
"""A title of this many words in capitals only is shouting, and its capitals say nothing."""
_MODEL_ENDS = frozenset(["Net", "Nets"])
"""Of U-Net and its many relatives."""
_PROPER_NOUNS = EPONYMS | PLACES | PRODUCTS


def protect(title: str, escape: Callable[[str], str], *, keeps_capitals: bool = False) -> str:
    """Title -> LaTeX with the words in braces that must keep their capitals; `escape` makes text LaTeX.

    `keeps_capitals`: the title is in a language whose capitals mean something, so all behind the first word stay.

    >>> protect("Self-supervised learning for 3D MRI by playing a Rubik's cube", str)
    "Self-supervised learning for {3D} {MRI} by playing a {Rubik's} cube"
    >>> protect("A Bayesian U-Net for COVID-19 and Chest X-ray Images", str)
    'A {Bayesian} {U-Net} for {COVID-19} and Chest {X}-ray Images'
    >>> protect("Do We Need MoCo? A Study in Python", str)
    'Do We Need {MoCo}? {A} Study in {Python}'
    >>> protect("Self-Path: Self-Supervision for Pathology", str)
    '{Self-Path}: Self-Supervision for Pathology'
    """
    words = unicodedata.normalize("NFC", title).split()
    is_shouted = len(words) >= _SHOUTED_WORDS and title.upper() == title
    firm = [False] * len(words) if is_shouted else _firm(words, keeps_capitals=keeps_capitals)
    pieces = []
    for word, is_firm in zip(words, firm, strict=True):
        parts = () if word.islower() else _PART.findall(word)
        kept = [
            (is_firm and part[0].isupper())
            or (not is_shouted and (_is_special(part) or (at > 0 and part in _MODEL_ENDS)))
            for at, part in enumerate(parts)
        ]
        pieces.append(_brace(word, kept, escape) if any(kept) else escape(word))
    return " ".join(pieces)


def _firm(words: list[str], *, keeps_capitals: bool) -> list[bool]:
    """Tell of each word whether a capital at its start is part of its spelling."""
    starts = [True, *(word.endswith(_STARTS_SUBTITLE) for word in words[:-1])] if words else []
    is_sentence = keeps_capitals or _is_sentence_case(words, starts)
    genus = _genera(words, starts) if not is_sentence else set()
    bare = [word.strip('()[]:;,.?!+*"“”').replace("’", "'") for word in words]
    in_pair = {at for first, pair in enumerate(pairwise(bare)) if pair in PAIRS for at in (first, first + 1)}
    after_question = {at for at, word in enumerate(words, start=1) if word.endswith(("?", "!"))}
    lead_name = {0} if words and words[0].endswith(":") and "-" in words[0] else set()
    firm = in_pair | genus | after_question | lead_name
    return [(is_sentence and not is_start) or at in firm for at, is_start in enumerate(starts)]


def _genera(words: list[str], starts: list[bool]) -> set[int]:
    """Tell names of genera in Title Case: a capital word before one in lower case that is long enough for a species."""
    found = set()
    for index, (word, following) in enumerate(pairwise(words)):
        epithet = following.strip('()[]:;,.?!"“”')
        is_species = len(epithet) >= _SHORTEST_EPITHET and epithet.islower() and epithet.isalpha()
        if is_species and epithet not in _LONG_LITTLE and word[:1].isupper() and word[1:].islower() and word.isalpha():
            found.add(index)
    return {index for index in found if not starts[index]}


def _is_special(part: str) -> bool:
    """Whether a run of letters and digits is wrong in lower case wherever it stands."""
    if not _CAPITAL.search(part) if part.isascii() else not any(letter.isupper() for letter in part):
        return False
    if len(part) == 1:
        return part != "A"
    if part[1:].isascii():
        has_more = _CAPITAL_OR_DIGIT.search(part, 1) is not None
    else:
        has_more = any(letter.isupper() or letter.isdigit() for letter in part[1:])
    return has_more or _POSSESSIVE.sub("", part) in _PROPER_NOUNS


def _is_sentence_case(words: list[str], starts: list[bool]) -> bool:
    witnesses = [
        word
        for word, is_start in zip(words, starts, strict=True)
        if not is_start and len(word) >= _SHORTEST_WITNESS and word[0].isalpha() and word[1:] == word[1:].lower()
    ]
    capitalised = sum(word[0].isupper() for word in witnesses)
    return bool(witnesses) and capitalised <= _MAX_CAPITALS_IN_SENTENCE * len(witnesses)


def _brace(word: str, kept: list[bool], escape: Callable[[str], str]) -> str:
    """One word with its parts, those that are kept in braces; a compound that is kept throughout in one pair."""
    spans = [match.span() for match in _PART.finditer(word)]
    is_letters = [any(letter.isalpha() for letter in word[first:last]) for first, last in spans]
    if all(keep for keep, letters in zip(kept, is_letters, strict=True) if letters):
        spans, kept = [(spans[0][0], spans[-1][1])], [True]
    pieces, end = [], 0
    for (first, last), keep in zip(spans, kept, strict=True):
        piece = escape(word[first:last])
        pieces += [escape(word[end:first]), f"{{{piece}}}" if keep else piece]
        end = last
    return "".join((*pieces, escape(word[end:])))
