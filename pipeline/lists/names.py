"""Rows of personal names as reference lists print them: `Doe, J. B., van der Roe, C. & Poe, D.`, `Doe JB, Roe C`.

in -> out: a text -> the names as written, or nothing when some part of it is no name. In contrast to `people.py`, which
reads what stands around a linked title, a single name may count here: where it stands says that it is one.
"""

import re
from functools import lru_cache

from pipeline.lists.words import COMMON_WORDS, KOREAN_SURNAMES, SURNAME_SIGNS, split_words

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚṢẒḌḤṬẀẂẄỲΆΈΉΊΌΎΏΑ-ΩА-ЯЁЂЄІЇЈЉЊЋЎЏҐ"
_LETTER = r"[^\W\d_]"
_WORD = rf"[{_UP}]{_LETTER}*+(?:['’ʼ‘.-]{_LETTER}++)*+"
_PARTICLE = (
    r"(?:v[ao]n|v[ao]n (?:de[rn]?|het)|de[rnl]?|de (?:la|las|los|le)|d[aiou]|d[aeo]s|della|la|le|el|al|bin|ibn|ten|ter"
    r"|zu[rm]?|a[fv]|y|e)"
)
_FAMILY = rf"(?:{_PARTICLE} |[dlDL]['’]|[Aa]l-|[Ee]l-)?{_WORD}(?:(?: {_PARTICLE})? {_WORD}){{0,2}}?"
# `J. B.`, `J.B.M`, `J.-B.`, `Yu.`, or `JB`, `J B`: a title that begins with `A` goes on behind a dotted initial.
_INITIALS = (
    rf"(?:[{_UP}][a-z]?\.(?:[\s-]?[{_UP}][a-z]?\.){{0,3}}(?:[{_UP}](?![{_UP}.]))?"
    rf"|[{_UP}]{{1,3}}(?!{_LETTER})(?:[\s-][{_UP}](?![{_UP}.])){{0,2}})(?!{_LETTER})"
)
_SUFFIX = r"(?:,? (?:Jr|Sr|I{2,3}|IV)\b\.?)?"
_ROLE = r"(?:\s?\((?:\d|eds?\.?|Ed\.)\))?[*†‡§¶\d]{0,3}"

_INVERTED = re.compile(rf"{_FAMILY}{_SUFFIX}, ?{_INITIALS}(?: (?:d[aeo]s?|de la|v[ao]n)(?=[,;. ]))?{_SUFFIX}{_ROLE}")
_VANCOUVER = re.compile(rf"{_FAMILY} {_INITIALS}{_SUFFIX}{_ROLE}")
_INITIALS_FIRST = re.compile(rf"{_INITIALS} ?{_FAMILY}{_SUFFIX}{_ROLE}(?!{_LETTER})")
_FULL = re.compile(rf"{_WORD}(?: (?:[{_UP}]\.|{_WORD}|{_PARTICLE})){{1,4}}{_SUFFIX}{_ROLE}")
_INVERTED_FULL = re.compile(rf"{_FAMILY}{_SUFFIX}, {_WORD}(?: (?:[{_UP}]\.|{_WORD})){{0,2}}{_ROLE}")
_FAMILY_ALONE = re.compile(rf"{_FAMILY}{_ROLE}")
_IDEOGRAPHIC = re.compile(
    r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,5}(?: [\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{1,4})?"
)
_JOINT = re.compile(
    r"\s*[,;、，；]\s*(?:and|&|y|e|et|und|en|och|og|i|con)?(?=[\s\u3040-\uffff]|(?<=[,;、，；])\S)\s*"
    r"|\s+(?:and|&|y|e|et|und|en|och|og)\s+|\s?&\s?|\s*[·・]\s*|\s+\|\s+|\s(?=and\s)"
)
_TAIL = re.compile(r"[\s,.;:]*")
_ORGANISATION_WORDS = split_words("""
    academy administration agency alliance assembly association authority board bureau center centre chamber coalition
    college collaboration commission committee community company consortium convention corporation council court
    department federation forum foundation fund government group inc institute institution international laboratory
    league ministry nations network office organisation organization panel parliament program programme project
    registry roundtable secretariat service society survey taskforce team trust union university world
""")
_MAX_NAMES = 2000


@lru_cache(maxsize=8192)
def split_names(text: str, *, bare: bool = False, sure: bool = True) -> tuple[str, ...]:
    """Read a text that is nothing but names; `bare` where family names alone may stand, as in front of a year.

    >>> split_names("Chen, Dave Zhenyu, Angel X. Chang, and Matthias Roe")
    ('Chen, Dave Zhenyu', 'Angel X. Chang', 'Matthias Roe')
    >>> split_names("Hofmann, Whiteson, de Rijke", bare=True), split_names("Sheep, goats and cows", bare=True)
    (('Hofmann', 'Whiteson', 'de Rijke'), ())
    """
    text = " ".join(text.split()).strip(" ,;:")
    if not text or len(text) > 10_000 or _has_common_word(text):
        return ()
    initials = (_INVERTED, _VANCOUVER, _INITIALS_FIRST)
    patterns: list[tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]] = [
        (initials, initials),
        ((*initials, _FULL, _IDEOGRAPHIC), (*initials, _FULL, _IDEOGRAPHIC)),
        ((_INVERTED_FULL,), (*initials, _FULL)),
        ((_INVERTED_FULL,), (_INVERTED_FULL,)),
    ]
    if bare:
        patterns.append(((_FAMILY_ALONE,), (_FAMILY_ALONE,)))
    for first, others in patterns:
        names = _split(text, first, others)
        if names and (sure or len(names) > 1):
            return names if all(map(_is_plausible, names)) else ()
    return ()


def scan_names(text: str, start: int, last: int) -> tuple[tuple[str, ...], int, bool]:
    """Read names with initials from `start` on: the names, where they end, and whether their form leaves no doubt."""
    names: list[str] = []
    at = end = start
    clear = False
    while len(names) < _MAX_NAMES:
        found = next((m for p in (_INVERTED, _VANCOUVER, _INITIALS_FIRST) if (m := p.match(text, at, last))), None)
        if found is None or _has_common_word(found[0]):
            break
        names.append(found[0].strip())
        clear = clear or bool(re.search(rf"[\s,][{_UP}]{{1,3}}$|[{_UP}]\.", found[0]))
        end = found.end()
        joint = _JOINT.match(text, end, last)
        if joint is None:
            break
        at = joint.end()
    # `Doe J, Roe B. Title`: the last full stop ends the row of names.
    if names and re.search(rf" [{_UP}]{{1,3}}\.$", names[-1]) and not any("." in name for name in names[:-1]):
        names[-1] = names[-1][:-1]
    return tuple(names), end, clear


@lru_cache(maxsize=2048)
def is_organisation(text: str) -> bool:
    """Tell whether a text names an organisation: `World Health Organization`."""
    words = text.strip(" .,").split()
    capital = sum(1 for word in words if word[0].isupper() or len(word) <= 3)
    return (
        0 < len(words) <= 10
        and capital == len(words)
        and not _ORGANISATION_WORDS.isdisjoint(word.lower().strip(".,()") for word in words)
    )


def _split(text: str, first: tuple[re.Pattern[str], ...], others: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    names: list[str] = []
    at = 0
    while len(names) < _MAX_NAMES:
        found = _match(text, at, others if names else first)
        if found is None:
            return ()
        names.append(found[0].strip())
        tail = _TAIL.match(text, found.end())
        if tail and tail.end() == len(text):
            return tuple(names)
        joint = _JOINT.match(text, found.end())
        if joint is None or joint.end() == found.end():
            return ()
        at = joint.end()
    return ()


def _match(text: str, at: int, patterns: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    """Return the first pattern's match behind which a name can end."""
    for pattern in patterns:
        match = pattern.match(text, at)
        if match and (_JOINT.match(text, match.end()) or not text[match.end() :].strip(" ,.;:")):
            return match
    return None


def _has_common_word(text: str) -> bool:
    return any(word.lower().strip(".,;:()*") in COMMON_WORDS for word in re.split(r"[\s-]+", text) if len(word) > 2)


def _is_plausible(name: str) -> bool:
    if name[0] >= "\u3040" and _IDEOGRAPHIC.fullmatch(name):
        signs = KOREAN_SURNAMES if "\uac00" <= name[0] <= "\ud7af" else SURNAME_SIGNS
        return name[0] in signs
    return len(name.split()) <= 7
