"""Names of journals, conferences and series.

in -> out: a venue as a list writes it, and the names in a record -> whether they mean the same; facts about series.
Rules: ISO 4 abbreviations word by word (shortened words in order, articles and prepositions dropped), initials, and the
table of `text/acronyms.py`. A venue is a witness, so in doubt two venues differ.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.text import markup
from pipeline.text.acronyms import ACRONYMS, PREPRINT_SERVERS, SERIES_BY_ISSN
from pipeline.text.ascii_key import fold as fold_word
from pipeline.text.venue_words import CONFERENCE, JOURNAL, TRACK, WORD, core, fold, satellites

__all__ = ["SERIES_BY_ISSN", "fold", "is_preprint_server", "is_same", "is_series", "series", "split_year"]

_IS_PUBLISHER = frozenset(["acm", "ieee", "siam", "spie", "springer"])
_NO_VENUE = frozenset(["N/A", "NA", "TBA", "TBD"])
_NOT_IN_ACRONYMS = frozenset(["acm", "ieee", "proceedings"])
_CONF = frozenset(["conf", "conference"])
_MIN_CORE = 2
"""Fewer words ("Computer Vision") are not enough to call a name without "conference" a conference; a guess."""
_MIN_PREFIX = 5
"""A conference's name of so many words may go on in its proceedings ("... and Multimodal Learning ..."); a guess."""
_LONGEST = 500
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|['’](\d\d)(?!\w)|(?<=[A-Z])-?(\d\d)$")
_AWARD = re.compile(
    r"\b(?:oral|spotlight|poster|highlight|best (?:student )?paper(?: award)?|accepted)\b", re.IGNORECASE
)
_EMPTY_BRACKETS = re.compile(r"\(\s?\)|\[\s?\]")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", '"': '"', "“": "”"}


def split_year(venue: str) -> tuple[str, int | None]:
    """Separate the year from a venue as lists write it.

    >>> split_year("CVPR 2021"), split_year("NeurIPS'20"), split_year("[ICCV2019]"), split_year("TMI")
    (('CVPR', 2021), ('NeurIPS', 2020), ('ICCV', 2019), ('TMI', None))
    """
    text = _strip(venue)
    match = _YEAR.search(text)
    if not match:
        return text, None
    short = int(match[2] or match[3] or 0)
    year = int(match[1]) if match[1] else 1900 + short if short > 50 else 2000 + short
    rest = _EMPTY_BRACKETS.sub(" ", f"{text[: match.start()]} {text[match.end() :]}")
    rest = _strip(rest).strip(" ,;:-–—'’")
    return rest, year


def is_same(listed: str, names: Iterable[str], aliases: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> bool:
    """Tell whether a venue as listed is one of the names that a record gives for its venue.

    `aliases` is the list's own legend, short form -> long form; our table of acronyms comes after it.

    >>> is_same("TMI", ["IEEE Transactions on Medical Imaging"]), is_same("PRT", ["Pain Research and Treatment"])
    (True, True)
    >>> is_same("CVPR'21", ["2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"])
    True
    >>> is_same("J. Geophys. Res. Oceans", ["Journal of Geophysical Research: Oceans"])
    True
    >>> is_same("Pattern Recognition", ["Pattern Recognition Letters"]), is_same("CVPR", ["CVPR Workshops"])
    (False, False)
    """
    text = _AWARD.sub(" ", split_year(listed)[0])
    others = tuple(_strip(name) for name in names)
    forms = _forms(text, tuple(dict(aliases).items()))
    return any(_is_one(form, name) for form in forms for name in others if name)


def is_preprint_server(venue: str) -> bool:
    """Tell whether the venue is a preprint server, or just says "preprint".

    >>> is_preprint_server("ArXiv"), is_preprint_server("arXiv preprint arXiv:2101.05224"), is_preprint_server("TMI")
    (True, True, False)
    """
    text = split_year(venue)[0]
    words = fold(text)
    return (
        text.startswith("CoRR")
        or (bool(words) and (words[0] in PREPRINT_SERVERS or "preprint" in words))
        or ("".join(words[:2]) in PREPRINT_SERVERS)
    )


def series(issns: Iterable[str]) -> str | None:
    """Return the title of the book series that one of the ISSNs stands for.

    >>> series(["0302-9743", "1611-3349"]), series(["0031-3203"])
    ('Lecture Notes in Computer Science', None)
    """
    return next((SERIES_BY_ISSN[issn.upper()] for issn in issns if issn.upper() in SERIES_BY_ISSN), None)


def is_series(name: str) -> bool:
    """Tell whether the name is that of a book series, which holds the volumes of many conferences.

    >>> is_series("Lecture Notes in Computer Science"), is_series("Medical Image Analysis")
    (True, False)
    """
    words = fold(name)
    return words[:2] == ("lecture", "notes") or words in _SERIES


def _strip(venue: str) -> str:
    """Take brackets, quotes and emphasis from around a venue."""
    text = (markup.clean(venue[:_LONGEST]) or "").strip(" *_`'.,;:")
    while len(text) > 1 and _PAIRS.get(text[0]) == text[-1]:
        text = text[1:-1].strip(" *_`'.,;:")
    return text


@lru_cache(maxsize=4096)
def _forms(text: str, legend: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return what the venue is called: as listed, in the legend and, unless that means another one, in our table."""
    key = fold_word(text)
    keys = {key, key.removeprefix("ieee"), key.removeprefix("acm")}
    own = tuple(long for short, long in legend if fold_word(short) in keys)
    acronyms = [acronym for acronym in ACRONYMS if fold_word(acronym) in keys]
    for form in (text, *own):
        acronyms += _ACRONYMS_BY_CORE.get(core(fold(form)), [])
    ours = tuple(form for acronym in acronyms for form in (acronym, *ACRONYMS[acronym]))
    own_words = {word for form in own for word in core(fold(form))}
    is_other = own and ours and all(len(own_words & set(fold(form))) < _MIN_CORE for form in ours)
    return own if is_other else (text, *own, *ours)


def _is_one(listed: str, name: str) -> bool:
    a, b = fold(listed), fold(name)
    if not a or not b or listed.upper() in _NO_VENUE:
        return False
    if "".join(a) == "".join(b):
        return True
    if satellites(b) - set(a):
        return False
    if _is_acronym(listed):
        return _names_acronym(name, fold_word(listed)) or _is_initials(fold_word(listed), name)
    bare = fold(_PARENTHESIS.sub(" ", name))
    if a == bare or any(_is_same_conference(a, form) for form in (b, bare)):
        return True
    return _is_abbreviation(a, bare) or _is_abbreviation(bare, a)


def _is_acronym(text: str) -> bool:
    """`TMI`, `NeurIPS`, `MedIA`: one word, mostly capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return " " not in text and len(letters) > 1 and sum(map(str.isupper, letters)) * 2 > len(letters)


def _names_acronym(name: str, acronym: str) -> bool:
    """Tell whether the name gives the acronym as its own: "... (CVPR)", "..., MICCAI 2021", "Proceedings of ISBI"."""
    if acronym in _IS_PUBLISHER:
        return False
    own = [fold(text) for text in _PARENTHESIS.findall(name)]
    parts = [fold(part) for part in re.split(r" [-–—] |[–—:,]|\b(?i:proceedings of)(?: the)?\b", name)]
    return (acronym,) in own or (acronym,) in parts


def _is_initials(acronym: str, name: str) -> bool:
    """Compare with the initials of all, the capitalised and the content words, hyphens read both ways."""
    for text in {name, name.replace("-", " ")}:
        words = [word for word in WORD.findall(text) if not word[0].isdigit()]
        content = fold(text)
        bare = [word for word in content if word not in _NOT_IN_ACRONYMS]
        for some in (words, [word for word in words if word[0].isupper()], content, bare):
            if acronym == "".join(fold_word(word)[:1] for word in some):
                return True
    return False


def _is_same_conference(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Compare without what conferences are dressed in; for journals every word counts."""
    words = set(a) | set(b)
    if words & JOURNAL or not words & (CONFERENCE | _ACRONYM_KEYS | TRACK):
        return False
    if _is_abbreviated_conference(a, b) or _is_abbreviated_conference(b, a):
        return True
    shorter, longer = sorted((core(a), core(b)), key=len)
    behind = [word for word in longer[len(shorter) :] if word not in TRACK]
    is_ending = not behind or "".join(behind) in _ACRONYM_KEYS or len(shorter) >= _MIN_PREFIX
    return longer[: len(shorter)] == shorter and len(shorter) >= _MIN_CORE + bool(behind) and is_ending


def _is_abbreviated_conference(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Compare `Int. Conf. Mach. Learn.`, or `Robotics Conf.`, without the dress of the full name."""
    if not all(_CONF & set(words) for words in (short, long)):
        return False
    one, two = core(short), core(long)
    return 0 < len(one) == len(two) and all(map(_is_shortening, one, two))


def _is_abbreviation(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Compare word by word: every word a shortening of its partner, one of them at least with two letters."""
    return 1 < len(short) == len(long) and all(map(_is_shortening, short, long)) and max(map(len, short)) > 1


def _is_shortening(short: str, long: str) -> bool:
    """`geophys` of geophysical, `natl` of national, `j` of journal; not `informatics` of information."""
    if long.startswith(short):
        return True
    if not 3 <= len(short) < len(long) or short[:2] != long[:2] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


_SERIES = frozenset(fold(title) for title in SERIES_BY_ISSN.values())
_ACRONYM_KEYS = frozenset(fold_word(acronym) for acronym in ACRONYMS)
_ACRONYMS_BY_CORE = {
    core(fold(name)): [acronym for acronym, names in ACRONYMS.items() if name in names]
    for same_names in ACRONYMS.values()
    for name in same_names
}
