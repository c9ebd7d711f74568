"""Where and when a paper appeared, as a list says it in a few words: `[CVPR 2021 (oral)]`, `2023 Nature Methods`.

in -> out: a short text -> `Imprint`. `pure` tells whether the text says nothing else, which is how such a text is told
from a title.
"""

import re
from functools import lru_cache

import msgspec

from pipeline.lists.words import VENUES, split_words

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20[0-4]\d)(?!\d)")
_VENUE_YEAR = re.compile(r"(?<![A-Za-z])([A-Za-z]++)[\s'’-]{0,2}((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])[ -]?['’‘`] ?(\d\d)(?!\d)|(?<=[A-Z]{3})(\d\d)(?!\d)")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_DATE = re.compile(
    rf"(?<![\w.])(?:{_DAY}\s?(?:of\s)?)?{_MONTH}(?:\s?{_DAY})?,?"
    r"|(?<=\d{4})[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?(?!\d)[月日]?|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?=\d{4})|(?<=\d)年",
    re.IGNORECASE,
)
_PAGES = (
    r"\d{1,4}(?:\.\d{1,6})?\s?(?:\(\d{1,4}\)\s?)?:\s?\d{1,6}(?:[-–]{1,2}\d{1,6})?|pp?\.? ?\d{1,6}[-–]{1,2}\d{1,6}"
    r"|vol(?:\.|ume)? ?\d{1,4}"
)
_NOTES = re.compile(
    rf"\(?\b(?:{_PAGES}|oral|spotlight|poster|highlights?|best (?:student )?paper(?: award| candidate| finalist)?|award"
    r"|accepted(?: (?:to|by|at|in))?|to appear(?: in)?|under review|in press|published (?:in|at|by)|presented at"
    r"|submitted to|\d[\d,]{0,9} citations?|cited by \d+|extended abstract|long paper|short paper|new|preprint)\b!?\)?",
    re.IGNORECASE,
)
_EDGE = " \t\n.,;:，；。、|/·•–—-_()[]{}<>【】（）「」'\"’‘“”`*!＊~"
_CONNECTORS = split_words("of on in at the and for & to de et by + / @ -")
_PROCEEDINGS = split_words("""
    journal proceedings proc proc. transactions trans. trans conference conf. conf symposium workshop workshops annals
    letters magazine bulletin
""")
_OUTER = _CONNECTORS | {""}
_OUTER_LEFT = _OUTER - {"the"}
_TELLING = _CONNECTORS | _PROCEEDINGS | split_words("ieee acm springer elsevier press university dissertation")
_NAMING = _TELLING - _CONNECTORS
# Journals, societies and proceedings in Chinese, Japanese and Korean.
_VENUE_ENDINGS = (
    "学报",
    "學報",
    "杂志",
    "期刊",
    "学刊",
    "论丛",
    "学会",
    "学会誌",
    "論文誌",
    "論集",
    "紀要",
    "학회",
    "학회지",
    "논문지",
    "저널",
)
_MAX_SIGNS = 16
_NO_VENUE = set("?[]")
# Names of proceedings have up to 14 words in the lists measured; other text with a year is a venue only when short.
_MAX_WORDS_TOLD, _MAX_WORDS, _MIN_ACRONYM, _MAX_LENGTH = 18, 7, 3, 300


class Imprint(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was understood of a text."""

    venue: str | None = None
    """Also where it is not `pure` but could be one: beside a year, in brackets, it is."""
    year: int | None = None
    pure: bool = False
    """The text names a venue or a date and nothing else."""
    known: bool = False
    """Pure, and without a guess: a date alone, or a venue that everybody knows."""


_NOTHING = Imprint()


@lru_cache(maxsize=4096)
def read_imprint(text: str) -> Imprint:
    """Read a short text as venue and year.

    >>> read_imprint("[CVPR 2021 (oral)].")
    Imprint(venue='CVPR', year=2021, pure=True, known=True)
    >>> read_imprint("07th Aug., 2025")
    Imprint(venue=None, year=2025, pure=True, known=True)
    >>> read_imprint("Attention is all you need").pure
    False
    """
    text = " ".join(text.split())
    if not text or len(text) > _MAX_LENGTH:
        return _NOTHING
    year = find_year(text)
    if len({match[1] for match in _YEAR.finditer(text)}) > 1:
        return Imprint(year=year)
    rest, dates = _DATE.subn(" ", text)
    rest, notes = _NOTES.subn(" ", rest)
    rest = _YEAR.sub(" ", rest)
    if year is None and (short := _SHORT_YEAR.search(rest)):
        year = _expand(int(short[1] or short[2]))
        rest = f"{rest[: short.start()]} {rest[short.end() :]}"
    venue = _trim(rest)
    if venue:
        return _judge(venue, year)
    pure = year is not None or dates > 0 or notes > 0
    return Imprint(year=year, pure=pure, known=pure)


def names_venue(text: str) -> bool:
    """Tell whether one of the words names a venue, or a kind of venue such as a journal."""
    return any(_is_known(word) or word.lower() in _NAMING for word in text.split())


def is_titled_venue(text: str) -> bool:
    """Tell whether emphasised text is a journal's name: its words have capitals, and one is a venue's.

    >>> is_titled_venue("ACM Computing Surveys"), is_titled_venue("IEEE Trans. Sheep"), is_titled_venue("Great paper")
    (True, True, False)
    """
    words = text.split()
    return 1 < len(words) <= _MAX_WORDS and all(_is_name_like(word) for word in words) and names_venue(text)


def find_imprint(text: str) -> Imprint:
    """Find a known venue with its year in a longer text.

    >>> find_imprint("MICCAI 2021 Open-Source Papers")
    Imprint(venue='MICCAI', year=2021, pure=False, known=False)
    """
    match = next((match for match in _VENUE_YEAR.finditer(text) if match[1].lower() in VENUES), None)
    return Imprint(venue=match[1], year=int(match[2])) if match else _NOTHING


def find_year(text: str) -> int | None:
    """Return the first year that `text` names.

    >>> find_year("NeurIPS 2020 (Dec 2019)"), find_year("10.1109/12021")
    (2020, None)
    """
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _judge(venue: str, year: int | None) -> Imprint:
    words = venue.split()
    if _NO_VENUE & set(venue) or len(words) > _MAX_WORDS_TOLD:
        return Imprint(year=year)
    known = [_is_known(word) for word in words]
    if venue.lower() in VENUES or all(known) or (any(known) and all(_is_telling(word) for word in words)):
        return Imprint(venue=venue, year=year, pure=True, known=True)
    short = len(words) <= _MAX_WORDS
    likely = short and ": " not in venue and all(_is_name_like(word) for word in words)
    told = (short and known[0]) or any(word.lower() in _PROCEEDINGS for word in words)
    if year is not None and (likely or told):
        return Imprint(venue=venue, year=year, pure=True, known=likely and known[0])
    acronym = len(words) == 1 and venue.isupper() and venue.isalpha() and _MIN_ACRONYM <= len(venue) <= _MAX_WORDS
    if acronym:
        return Imprint(venue=venue, pure=True)
    return Imprint(venue=venue if year and short and ": " not in venue and venue[0].isupper() else None, year=year)


@lru_cache(maxsize=65_536)
def _is_known(word: str) -> bool:
    bare = word.strip(_EDGE).lower()
    return bare in VENUES or (3 < len(bare) <= _MAX_SIGNS and bare.isalpha() and bare.endswith(_VENUE_ENDINGS))


def _is_telling(word: str) -> bool:
    return _is_known(word) or word.lower() in _TELLING


def _is_name_like(word: str) -> bool:
    return word.lower() in _CONNECTORS or word[0].isupper() or word[1:] != word[1:].lower() or _is_known(word)


def _expand(two_digits: int) -> int:
    return 1900 + two_digits if two_digits >= 50 else 2000 + two_digits  # no list reaches back to 1950 or on to 2050


def _trim(text: str) -> str:
    words = " ".join(text.split()).strip(_EDGE).split()
    while words and words[-1].strip(_EDGE).lower() in _OUTER:
        words.pop()
    while words and words[0].strip(_EDGE).lower() in _OUTER_LEFT:
        words.pop(0)
    trimmed = " ".join(words).strip(_EDGE)
    # A bracket that belongs to the name, "Symposium on Imaging (ISBI)", is no edge.
    is_cut = trimmed.count("(") - 1 == trimmed.count(")") and text.count("(") == text.count(")")
    return f"{trimmed})" if is_cut else trimmed
