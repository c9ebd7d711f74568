"""Names of journals, conferences and series.

in -> out: a venue as a list writes it, and the names in a record -> whether they mean the same; facts about series.
Rules: ISO 4 abbreviations word by word (shortened words in order, articles and prepositions dropped), initials, the
table of `text/acronyms.py`, subtitles and sections of journals. Names that are neither the same nor both readable are
`unknown`: only two venues that are known and differ speak against each other.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from pipeline.text import markup
from pipeline.text.acronyms import ACRONYMS, PREPRINT_SERVERS, SERIES_BY_ISSN
from pipeline.text.ascii_key import fold as fold_word
from pipeline.text.venue_words import CONFERENCE, JOURNAL, TRACK, WORD, core, fold, satellites

__all__ = ["SERIES_BY_ISSN", "fold", "is_preprint_server", "is_same", "is_series", "relate", "series", "split_year"]

Relation = Literal["same", "unknown", "other"]

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
_BEFORE_BRACKET = re.compile(r"\s+(?=[)\]])")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_SECTION = re.compile(r"\s[-–—]+\s|[–—]|[:;/]\s|\.\s(?=[A-Z][a-z]{3})|\s(?=The (?:International |Official )?Journal\b)")
"""What a subtitle or a section of a journal begins with; Crossref's titles often lose the dash itself."""
_ABBREVIATED = re.compile(r"\b[^\W\d_]{1,12}\.(?=\s|$|\W)")
_CUT_WORD = 4
"""A word of so many letters at most (`Phys`, `J`) may be an abbreviation that has lost its full stop; a guess."""
_COUNTRIES = frozenset(["usa", "us", "uk"])
"""`Proc. Natl. Acad. Sci. USA`: NLM adds the country that the full name says in words, or not at all."""
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
    rest = _strip(_BEFORE_BRACKET.sub("", rest)).strip(" ,;:-–—'’")
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
    return relate(listed, names, aliases) == "same"


def relate(listed: str, names: Iterable[str], aliases: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> Relation:
    """Return whether a venue as listed is a record's, another one, or whether that cannot be told.

    >>> relate("VLDB J.", ["The VLDB Journal The International Journal on Very Large Data Bases"])
    'same'
    >>> relate("XYZ Conference", ["Symposium on Feathers"]), relate("Annals of Anchors", ["Symposium on Feathers"])
    ('unknown', 'other')
    """
    return _relate(listed, tuple(names), tuple(dict(aliases).items()))


@lru_cache(maxsize=16384)
def _relate(listed: str, names: tuple[str, ...], legend: tuple[tuple[str, str], ...]) -> Relation:
    """Remembered: the rows of a list and the works of a field name few venues."""
    text = _AWARD.sub(" ", split_year(listed)[0])
    others = tuple(name for name in map(_strip, names) if name)
    if not fold(text) or not others or text.upper() in _NO_VENUE:
        return "unknown"
    forms = _forms(text, legend)
    if any(_is_one(form, name) for form in forms for name in others):
        return "same"
    # A series holds the volumes of many conferences: that a row does not name it says nothing.
    telling = [name for name in others if not is_series(name)]
    return "other" if telling and all(_is_other(forms, name) for name in telling) else "unknown"


@lru_cache(maxsize=16384)
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


def is_periodical(venue: str) -> bool:
    """Tell whether the venue surely is a journal or a conference, and no publisher, school or archive.

    >>> is_periodical("J. Chem. Phys."), is_periodical("SIGMOD Conference"), is_periodical("CVPR 2021")
    (True, True, True)
    >>> is_periodical("Springer"), is_periodical("PhD thesis, MIT"), is_periodical("Zenodo")
    (False, False, False)
    """
    text = split_year(venue)[0]
    words = fold(text)
    return bool(set(words) & (JOURNAL | CONFERENCE | _SHORT_JOURNAL)) or text in ACRONYMS


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
    inside = [part for part in _PARENTHESIS.findall(text) if _is_acronym(part)]
    outside = _PARENTHESIS.sub(" ", text).strip()
    texts = tuple(dict.fromkeys(form for form in (text, outside, *inside) if form))
    keys = {key for form in texts for key in _keys(form)}
    own = tuple(long for short, long in legend if fold_word(short) in keys)
    acronyms = [acronym for acronym in ACRONYMS if fold_word(acronym) in keys]
    for form in (*texts, *own):
        acronyms += _ACRONYMS_BY_CORE.get(core(fold(form)), [])
    ours = tuple(form for acronym in acronyms for form in (acronym, *ACRONYMS[acronym]))
    own_words = {word for form in own for word in core(fold(form))}
    is_other = own and ours and all(len(own_words & set(fold(form))) < _MIN_CORE for form in ours)
    return own if is_other else tuple(dict.fromkeys((*texts, *own, *ours, *_spelled_out(text))))


def _keys(text: str) -> set[str]:
    key = fold_word(text)
    return {key, key.removeprefix("ieee"), key.removeprefix("acm")}


def _spelled_out(text: str) -> tuple[str, ...]:
    """`CVPR Workshops`, `SIGMOD Conference`: the acronym's names with the words around it."""
    found = text.split()
    known = [word for word in found if word.isupper() and word in ACRONYMS] if len(found) > 1 else []
    return tuple(text.replace(word, name) for word in known[:1] for name in ACRONYMS[word])


def _is_one(listed: str, name: str) -> bool:
    a, b = fold(listed), fold(name)
    if not a or not b:
        return False
    if "".join(a) == "".join(b):
        return True
    beside, own = satellites(b), satellites(a)
    if beside != own and (beside or not own <= {"workshop"}):
        return False
    acronym = _bare_acronym(listed)
    if acronym is not None:
        return _names_acronym(name, acronym, is_beside=bool(own)) or _is_initials(acronym, name)
    bare = fold(_PARENTHESIS.sub(" ", name))
    if a == bare or any(_is_same_conference(a, form) for form in (b, bare)):
        return True
    heads = _heads(listed, name)
    return any(_is_abbreviation(one, two) for one, two in ((a, bare), *heads))


def _heads(listed: str, name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Both names without subtitle, section and country, where only one of them has it."""
    one, two = _undivided(listed), _undivided(name)
    if _without_country(one) != one or _without_country(two) != two:
        one, two = _without_country(one), _without_country(two)
    pairs = [(one, two)]
    head = _undivided(_SECTION.split(_PARENTHESIS.sub(" ", name), maxsplit=1)[0])
    own_head = _undivided(_SECTION.split(listed, maxsplit=1)[0]) if ":" in listed or "—" in listed else one
    pairs += [(one, head)] if head != two and _says_more(head) else []
    pairs += [(own_head, two)] if own_head != one and _says_more(own_head) else []
    return pairs


def _says_more(head: tuple[str, ...]) -> bool:
    """Whether a name without its section names a journal: `Computer Vision` of `Computer Vision – ECCV` does not."""
    return len(head) > _MIN_CORE or bool(set(head) & JOURNAL)


def _undivided(name: str) -> tuple[str, ...]:
    """The words without a publisher in front, where two are left."""
    words = fold(_PARENTHESIS.sub(" ", name))
    return words[1:] if words[:1] and words[0] in _IS_PUBLISHER and len(words) > _MIN_CORE else words


def _without_country(words: tuple[str, ...]) -> tuple[str, ...]:
    for end in (("united", "states", "america"), ("united", "kingdom")):
        if words[-len(end) :] == end:
            return words[: -len(end)]
    return words[:-1] if words and words[-1] in _COUNTRIES and len(words) > _MIN_CORE else words


def _bare_acronym(text: str) -> str | None:
    """`TMI`, and the acronym of `SIGMOD Conference`, `Proc. KDD`, `Findings of EMNLP`: all else is dress."""
    if _is_acronym(text):
        return fold_word(text)
    words = [word for word in WORD.findall(text) if fold_word(word) not in _AROUND_ACRONYM]
    if len(words) == 1 and _is_acronym(words[0]) and words[0].isupper():
        return fold_word(words[0])
    return None


def _is_other(forms: tuple[str, ...], name: str) -> bool:
    """Whether two names that are not the same can both be read, or are of two kinds: then they name two venues."""
    words = fold(name)
    own = fold(forms[0])
    if satellites(words) - set(own):
        return True
    if len(own) == 1 and any(word.startswith(own[0]) for word in words[:1]):
        # `Nature Methods` is not `Nature`, but `Hepat.` may be `Hepatology`.
        return len(words) > 1 and words[0] == own[0]
    if any(_is_readable(form) for form in forms) and _is_readable(name):
        return True
    return any(_is_foreign(form, name) or _is_other_kind(fold(form), words) for form in forms[:1])


def _is_other_kind(listed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`VLDB J.` is no conference, `SIGMOD Conference` no journal."""
    journal = [word for word in listed if word in JOURNAL or word in _SHORT_JOURNAL]
    if journal and len(listed) > 1:
        return len(name) > 1 and not any(_is_shortening(word, full) for word in journal for full in name)
    return bool(set(listed) & CONFERENCE and set(name) & JOURNAL)


def _is_readable(name: str) -> bool:
    """Whether the name is spelled in full: no acronym that our table lacks, no abbreviated word.

    What our table has can be read whatever its words: `Very Large Data Bases`, also as that of a certain year.
    """
    if core(fold(_PARENTHESIS.sub(" ", name))) in _ACRONYMS_BY_CORE:
        return True
    words = WORD.findall(_PARENTHESIS.sub(" ", name))
    if len(words) == 1 and _is_acronym(words[0]):
        return words[0] in ACRONYMS
    if _ABBREVIATED.search(name):
        return False
    if len(words) > 1 and len(words[-1]) == 1:  # the section of `Physical Review E`
        words = words[:-1]
    telling = [word for word in words if word not in ACRONYMS and fold_word(word) not in _IS_PUBLISHER]
    return not any(
        (word.isupper() and len(word) > 1) or (len(word) <= _CUT_WORD and fold_word(word) not in _SHORT_WORDS)
        for word in telling
    )


def _is_foreign(abbreviation: str, name: str) -> bool:
    """Whether an abbreviation begins as no word of the name does, so that it cannot stand for it."""
    if not _ABBREVIATED.search(abbreviation):
        return False
    own = [word for word in core(fold(abbreviation)) if word not in _KINDS]
    return bool(own) and not any(_is_shortening(word, full) for word in own for full in fold(name))


def _is_acronym(text: str) -> bool:
    """`TMI`, `NeurIPS`, `MedIA`: one word, mostly capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return " " not in text and len(letters) > 1 and sum(map(str.isupper, letters)) * 2 > len(letters)


def _names_acronym(name: str, acronym: str, *, is_beside: bool) -> bool:
    """Tell whether the name gives the acronym as its own: "... (CVPR)", "..., MICCAI 2021", "Proceedings of ISBI"."""
    if acronym in _IS_PUBLISHER:
        return False
    words = set(fold(name))
    # "Proceedings of the 2001 ACM SIGMOD international conference": proceedings name no conference but their own.
    is_own = len(acronym) > _MIN_CORE and (is_beside or bool(words & CONFERENCE and not words & JOURNAL))
    if is_own and any(fold_word(word) == acronym for word in WORD.findall(name) if word.isupper()):
        return True
    own = [fold(text) for text in _PARENTHESIS.findall(name)]
    parts = [fold(part) for part in re.split(r" [-–—] |[–—:,]|\b(?i:proceedings of)(?: the)?\b", name)]
    return (acronym,) in own or (acronym,) in parts


def _is_initials(acronym: str, name: str) -> bool:
    """Compare with the initials of all, the capitalised and the content words, hyphens read both ways."""
    for text in {name, name.replace("-", " ")}:
        words = [word for word in WORD.findall(text) if not word[0].isdigit()]
        content = fold(text)
        bare = [word for word in content if word not in _NOT_IN_ACRONYMS]
        undressed = core(content) if set(content) & CONFERENCE else ()
        own = words[1:] if words and fold_word(words[0]) in _IS_PUBLISHER else words  # ACM's TODS
        for some in (words, own, [word for word in words if word[0].isupper()], content, bare, undressed):
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
    """Compare word by word: each is a shortening of its partner, either way; one at least has two letters."""
    return (
        1 < len(short) == len(long)
        and all(_is_shortening(one, two) or _is_shortening(two, one) for one, two in zip(short, long, strict=True))
        and max(map(len, short)) > 1
    )


def _is_shortening(short: str, long: str) -> bool:
    """`geophys` of geophysical, `natl` of national, `j` of journal; not `informatics` of information."""
    if long.startswith(short):
        return True
    if not 3 <= len(short) < len(long) or short[:2] != long[:2] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


_SHORT_JOURNAL = frozenset(["ann", "arch", "bull", "j", "lett", "mag", "rec", "trans"])
_KINDS = JOURNAL | CONFERENCE | _SHORT_JOURNAL | frozenset(["acta", "adv", "rev"])
"""Words that say what a venue is and not what it is about, in full and as ISO 4 shortens them."""
_AROUND_ACRONYM = CONFERENCE | frozenset(
    ["acm", "annual", "companion", "conferences", "findings", "ieee", "in", "int", "international", "of", "on", "symp",
     "the", "workshops"]
)  # fmt: skip
_SHORT_WORDS_TEXT = (
    "a an and at by de del der des di die du e et for in la le les of on the to und with y art arts asia bone cell "
    "data deep drug ear ecology education eye fire food for gene gut hand head iron ice law life lung mind nano "
    "new north open pain plos pure risk sea self skin soft soil star text time user vein video web work world zoo "
    "very east west south earth ocean water year one two rock sky sun body brain child crop fish heart hip home japan "
    "joint knee land mass math media mood nose oil oral ore past peer play port race rare rural sex sleep solar "
    "space spine sport stem tax test toxin trade tree tumor urban war wood young acta annals vision age aging "
    "aids air area bird blood city clay code cold diet edge film fuel game gait gas heat java lake lens lipid "
    "logic metal mine model moon nerve net node optic palm peat plan plant poem quality rail road root salt sand "
    "seed ship site size snow song stone street tale teeth tool town vine virus voice wave weed wind wine zinc"
)
_SHORT_WORDS = frozenset(_SHORT_WORDS_TEXT.split())
"""Short words that are whole words in names of venues, and no abbreviations."""
_SERIES = frozenset(fold(title) for title in SERIES_BY_ISSN.values())
_ACRONYM_KEYS = frozenset(fold_word(acronym) for acronym in ACRONYMS)
_ACRONYMS_BY_CORE = {
    core(fold(name)): [acronym for acronym, names in ACRONYMS.items() if name in names]
    for same_names in ACRONYMS.values()
    for name in same_names
}
