"""Rows of personal names as reference lists print them: `Doe, J. B., van der Roe, C. & Poe, D.`, `Doe JB, Roe C`.

in -> out: a text -> the names as written, or nothing when some part of it is no name. A grammar: every name must have
one of the forms below. In contrast to `people.py`, which reads what stands around a linked title, a single name may
count here: where it stands says that it is one.
"""

import re
from functools import lru_cache

from pipeline.lists.words import COMMON_ENDINGS, COMMON_WORDS, KOREAN_SURNAMES, SURNAME_SIGNS, VENUES, split_words

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
_FULL = re.compile(rf"{_WORD}(?: (?:[{_UP}]\.|{_WORD}|{_PARTICLE}(?!{_LETTER}))){{1,4}}{_SUFFIX}{_ROLE}")
_INVERTED_FULL = re.compile(
    rf"(?:{_PARTICLE} |[dlDL]['’])?{_WORD}{_SUFFIX}, {_WORD}(?: (?:[{_UP}]\.|{_WORD})){{0,2}}{_ROLE}"
)
_FAMILY_ALONE = re.compile(rf"{_FAMILY}{_ROLE}")
_IDEOGRAPHIC = re.compile(
    r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,5}(?: [\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{1,4})?"
)
_JOINT = re.compile(
    r"\s*[,;、，；]\s*(?:and|&|y|e|et|und|en|och|og|i|con)?(?=[\s\u3040-\uffff]|(?<=[,;、，；])\S)\s*"
    r"|\s+(?:and|&|y|e|et|und|en|och|og)\s+|\s?&\s?|\s*[·・]\s*|\s+\|\s+|\s(?=and\s)"
)
# All capitals are an abbreviation, not a name.
_MARK_NAME = r"(?:[\u3400-\u9fff\uac00-\ud7af]{2,4}|"
_MARK_NAME += rf"(?:{_PARTICLE} )?(?:Ma?c|De|La|Le|Di|Van|O['’])?[{_UP}][a-zß-ÿœ'’]+(?:-[{_UP}][a-zß-ÿœ'’]+)?)"
_MARK = re.compile(
    rf"[\[(（]{{0,2}}(?P<names>{_MARK_NAME}(?:(?:, (?:and |& )?| and | & | y | et | und |、){_MARK_NAME}){{0,8}})"
    r"(?: et al\.?)?,?\s?[\[(（]?(?P<year>1[6-9]\d\d|20[0-4]\d)[a-z]?[)\]）]{0,2}[.:]?"
)
# Fields and journals are named so, people are not: Ecology, Genetics, Chemistry, Econometrica, Oceanography.
_FIELD_ENDINGS = ("ology", "ics", "istry", "graphy", "onomy", "metrica", "ution", "ment", "ness", "sphere", "ing")
_AND = re.compile(r"(?:\s|,)(?:and|&|y|e|et|und|en|och|og)\s")
# `Moving, Shoving and Standing Still`
_GERUNDS = re.compile(r"(?:\w+ing, )*\w+ing,? (?:and|or|&) \w+ing\b")
_PARTS = re.compile(r"[,;&、，；]|\band\b")
_SMALL_WORDS = split_words(
    "about against at between beyond by can does for from get in into is not on our the to via with your"
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
    if not text or len(text) > 10_000 or has_common_word(text):
        return ()
    initials = (_INVERTED, _VANCOUVER, _INITIALS_FIRST)
    patterns: list[tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]] = [
        (initials, initials),
        ((*initials, _FULL, _IDEOGRAPHIC), (*initials, _FULL, _IDEOGRAPHIC)),
        ((_INVERTED_FULL,), (_INVERTED_FULL,)),
    ]
    # `Chen, Dave Zhenyu, Angel X. Chang, and ...`; without `and` the first is a person of one name.
    if _AND.search(text) or text.count(",") == 1:
        patterns.insert(2, ((_INVERTED_FULL,), (*initials, _FULL)))
    if bare:
        patterns.append(((_FAMILY_ALONE,), (_FAMILY_ALONE,)))
    for first, others in patterns:
        names = _split(text, first, others)
        if names and (sure or len(names) > 1):
            return names if all(map(_is_plausible, names)) else ()
    return ()


@lru_cache(maxsize=4096)
def read_mark(text: str) -> tuple[tuple[str, ...], int] | None:
    """Read a mark that names authors and year alone, as in `Doe and Roe, 2022`: the family names and the year.

    >>> read_mark("[Chan 2008]"), read_mark("(Doe and Roe, 2022a)"), read_mark("[CVPR 2021]"), read_mark("Ecology 2019")
    ((('Chan',), 2008), (('Doe', 'Roe'), 2022), None, None)
    """
    match = _MARK.fullmatch(text.strip())
    if match is None:
        return None
    names = tuple(name for name in _JOINT.split(match["names"]) if name and name.strip())
    words = [word.lower() for name in names for word in name.split()]
    if any(word in VENUES or word in COMMON_WORDS or word.endswith(_FIELD_ENDINGS) for word in words):
        return None
    # One name without brackets may be that of a journal.
    sure = len(names) > 1 or re.search(r"[\[(（]|et al", text) is not None
    return (names, int(match["year"])) if names and sure and all(map(_is_plausible, names)) else None


def scan_names(text: str, start: int, last: int) -> tuple[tuple[str, ...], int, bool]:
    """Read names with initials from `start` on: the names, where they end, and whether their form leaves no doubt."""
    names: list[str] = []
    at = end = start
    clear = False
    while len(names) < _MAX_NAMES:
        found = next((m for p in (_INVERTED, _VANCOUVER, _INITIALS_FIRST) if (m := p.match(text, at, last))), None)
        if found is None or has_common_word(found[0]):
            break
        names.append(found[0].strip())
        clear = clear or bool(re.search(rf"[\s,][{_UP}]{{1,3}}$|[{_UP}]\.", found[0]))
        end = found.end()
        joint = _JOINT.match(text, end, last)
        if joint is None:
            break
        at = joint.end()
    # `Doe J, Roe B. Title`: the last full stop ends the row of names.
    bare = names and re.fullmatch(rf"[^,.]* [{_UP}]{{1,3}}\.", names[-1])
    if bare and not any("." in name for name in names[:-1]):
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
        dot = re.search(r" [JS]r$", found[0]) is not None and text[found.end() : found.end() + 1] == "."
        names.append(found[0].strip() + "." * dot)
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


def has_common_word(text: str) -> bool:
    """Tell whether one of the words is nobody's name."""
    words = [word.strip(".,;:()*") for word in re.split(r"[\s-]+", text) if len(word) > 2]
    common = sum(map(_is_common, words))
    if _GERUNDS.match(text):
        return True
    # A row of many people may hold one who is called so.
    return common * 3 > len(_PARTS.findall(text)) + 1


@lru_cache(maxsize=65_536)
def _is_common(word: str) -> bool:
    folded = word.lower()
    known = folded in COMMON_WORDS or (len(folded) > 6 and folded.endswith(COMMON_ENDINGS))
    # `Dac` and `Tog` are people, `DAC` and `ToG` are none.
    return known or (folded in VENUES and word != word.capitalize()) or (folded == word and folded in _SMALL_WORDS)


def _is_plausible(name: str) -> bool:
    if name[0] >= "\u3040" and _IDEOGRAPHIC.fullmatch(name):
        signs = KOREAN_SURNAMES if "\uac00" <= name[0] <= "\ud7af" else SURNAME_SIGNS
        return name[0] in signs
    return len(name.split()) <= 7
