"""Names of people.

in -> out: a name as a source or a list writes it -> `Author`; two `Author`s -> whether they can be one person.
Rules: BibTeX's particles and suffixes; Chinese, Japanese and Korean order; what agencies deposit (families in capitals,
"Jr." inside the family, a native name behind the romanised one, U+2010 hyphens). What cannot be known stays as written.
"""

import re

import msgspec

from pipeline.model import Author
from pipeline.text import markup
from pipeline.text.ascii_key import fold
from pipeline.text.same_person import PARTICLES, family_key, is_same

__all__ = ["clean", "family_key", "fold", "is_same", "parse"]

_SUFFIX_WORD = r"(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd|4th)\.?"
_SUFFIX = re.compile(rf"(?:,\s?|\s)({_SUFFIX_WORD})$", re.IGNORECASE)
_LONGEST_SUFFIX = 6
_MAX_SUFFIXES = 8
"""More are hostile input."""
_SUFFIXES = {"jr": "Jr.", "jnr": "Jr.", "sr": "Sr.", "snr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_TITLES = re.compile(r"^(?:(?:dr|prof|professor)\.?\s)+|,\s?(?:ph\.?\s?d|m\.?d|m\.?sc|dr)\b\.?", re.IGNORECASE)
# Spelled with a capital they are particles too, unless one of the families below follows: "Thi Van Nguyen".
_CAPITAL_PARTICLES = frozenset(
    ["Al", "Da", "De", "Del", "Della", "Den", "Der", "Di", "Dos", "Du", "El", "La", "Le", "Ten", "Ter", "Van", "Von"]
)
_VIETNAMESE = frozenset(
    ["anh", "bui", "chau", "dang", "dao", "dinh", "do", "duong", "ha", "ho", "hoang", "huynh", "lam", "le", "luong",
     "ly", "mai", "minh", "nam", "ngo", "nguyen", "pham", "phan", "quang", "ta", "tran", "trinh", "truong", "vo", "vu"]
)  # fmt: skip
# Two capitals are initials, these are families.
_SHORT_FAMILIES = frozenset(
    ["AI", "AN", "AO", "BA", "BI", "BO", "DI", "DO", "DU", "FU", "GE", "GU", "HA", "HE", "HO", "HU", "JI", "JU", "KE",
     "KO", "LE", "LI", "LU", "LY", "MA", "MI", "MO", "MU", "NG", "NI", "OH", "OU", "PU", "QI", "QU", "SU", "TU", "VO",
     "VU", "WU", "XI", "XU", "YE", "YI", "YU", "ZU"]
)  # fmt: skip
_LONGEST_SYLLABLE = 4
"""After "LI", a given name that is longer without a hyphen makes it initials ("GE Hinton"); a guess."""
_COMPOUND_FAMILIES = frozenset(
    ["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "尉迟", "令狐", "皇甫", "慕容",
     "남궁", "황보", "제갈", "선우", "독고"]
)  # fmt: skip
_CJK = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_NATIVE_NAME = re.compile(rf"\s?[(（\[]?[{_CJK}][{_CJK}\s·・]*[)）\]]?")
_ALL_CJK = re.compile(rf"[{_CJK}\s·・]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_FOOTNOTE_MARKS = " 0123456789*†‡§¶#,;"
_SPELLING = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "`": "'", "\u00b4": "'"}
)
_TIDY = re.compile(r"[A-Za-z'.-]++(?: [A-Za-z'.-]++)*+")
_NO_GIVEN = r"(?!(?:Al|And|Anon|Anonymous|Dr|Et|For|From|Na|Nil|None|Null|On|Prof|Professor|Representing|Un[a-z]+)\b)"
"""Words in front of a name, and for want of one."""
_GIVEN = rf"(?:{_NO_GIVEN}[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?: [A-Z]\.)?|[A-Z]\.(?: [A-Z]\.){{0,2}})"
_FAMILY = r"[A-Z][a-z]{3,}(?:-[A-Z][a-z]{3,})?"
_PLAIN_NAME, _PLAIN_GIVEN, _PLAIN_FAMILY = map(re.compile, (f"({_GIVEN}) ({_FAMILY})", _GIVEN, _FAMILY))
"""`Ada B. Lovelace`, `A. B. Lovelace`: most names, which no rule below changes; too long for suffixes and initials."""
_MISSING_SPACE = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_NOBODY = re.compile(
    r"&?n\.?/?a\.?;?|none|null|nil|unknown|unknown author|unbekannt|not available|anon\.?|anonymous"
    r"|et|al\.?|et\.? al\.?|-+|\.+|\?+",
    re.IGNORECASE,
)
"""Words that members deposit where nobody is named (Lippincott, OSTI, the American Chemical Society)."""
_ON_BEHALF = re.compile(r"^(?:and )?(?:(?:for|on behalf of|from|representing)(?: the)?|and the) (?=\S)", re.IGNORECASE)
"""What stands before a group that the others wrote for."""
_GROUP_WORD = re.compile(
    r"\b(?:group|consortium|collaborat(?:ion|ors|ive)|committee|council|network|investigators|team|association|society"
    r"|university|institut(?:e|ion)|department|ministry|agency|organi[sz]ation|commission|foundation|company|centre|center"
    r"|office|bureau|board|initiative|program(?:me)?|project|study|trial|survey|library|museum|inc|ltd|llc|gmbh)\b",
    re.IGNORECASE,
)
_WHOLE_NAME = re.compile(r"[A-Z][^\W\d_]+(?: [A-Z](?:\.|[^\W\d_]+)){1,3}")
"""A given and a family name, each beginning with a capital."""
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_MC = re.compile(r"\bMc([a-z])(?=[a-z]{2})")


def parse(name: str) -> Author:
    """Read one person's name in either order; organisations are the caller's to recognise.

    >>> parse("Bengio, Yoshua") == parse("Yoshua Bengio")
    True
    >>> [(author.given, author.family) for author in map(parse, ["Luc Van Gool", "KIM Min-Jun", "Smith JA", "张三"])]
    [('Luc', 'Van Gool'), ('Min-Jun', 'Kim'), ('J. A.', 'Smith'), ('三', '张')]
    >>> parse("William R. Pendleton Jr.").suffix
    'Jr.'
    """
    if plain := _PLAIN_NAME.fullmatch(name):
        return Author(given=plain[1], family=plain[2])
    text, suffix = _split_suffix(_TITLES.sub("", _tidy(name) or ""))
    if _ALL_CJK.fullmatch(text):
        return _parse_native(text)
    if "," in text:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if len(parts) > 2 and re.fullmatch(_SUFFIX_WORD, parts[1], re.IGNORECASE):
            suffix = parts.pop(1)
        given, family = " ".join(parts[1:]), parts[0] if parts else ""
    else:
        given, family = _split(text.split())
    return clean(Author(given=given or None, family=family or None, suffix=suffix))


def clean(author: Author) -> Author:
    """Return the name as one would print it; ORCID and affiliations are kept.

    >>> clean(Author(given="W.R.", family="PENDLETON Jr."))
    Author(given='W. R.', family='Pendleton', suffix='Jr.', literal=None, orcid=None, affiliations=())
    >>> clean(Author(given="Wei (伟)", family="Zhang 张")).given
    'Wei'
    """
    if author.literal and not author.family:
        literal = _ON_BEHALF.sub("", markup.clean(author.literal) or "")
        return msgspec.structs.replace(author, literal=None if is_nobody(literal) else literal or None)
    is_plain = _PLAIN_FAMILY.fullmatch(author.family or "") and _PLAIN_GIVEN.fullmatch(author.given or "")
    if is_plain and not author.suffix:
        return author
    given, family, suffix = _tidy(author.given), _tidy(author.family), _tidy(author.suffix)
    if given and not family:
        given, family = None, given
    if is_nobody(family) and (not given or is_nobody(given)):
        return Author()
    if _GROUP_WORD.search(family or "") and (given is None or _ON_BEHALF.match(f"{given} x")):
        literal = _ON_BEHALF.sub("", f"{given or ''} {family}".strip())
        return msgspec.structs.replace(author, given=None, family=None, suffix=None, literal=literal)
    if family and not given and "," in family:
        family, given = (part.strip() or None for part in family.split(",", 1))
    elif family and not given and _WHOLE_NAME.fullmatch(family) and not _is_particle(family.split(), 0):
        whole = _split(family.split())  # "family" holds the whole name
        given, family = whole[0] or None, whole[1]
    family, family_suffix = _split_suffix(family)
    given, given_suffix = _split_suffix(_MISSING_SPACE.sub(" ", given or ""))
    if given and _is_family_in_capitals(family):
        given = _calm_given(given)
        family = _calm(family)
    if given and family and len(given) > 1 and _is_packed_initials(given) and given.lower() not in _SUFFIXES:
        given = " ".join(f"{letter}." for letter in given)
    suffix = suffix or family_suffix or given_suffix
    return msgspec.structs.replace(
        author,
        given=given or None,
        family=family or None,
        suffix=_SUFFIXES.get(suffix.lower().strip(" ."), suffix) if suffix else None,
    )


def is_nobody(name: str | None) -> bool:
    """Tell a word that stands for the lack of a name.

    >>> is_nobody("&NA;"), is_nobody("Unknown"), is_nobody("al."), is_nobody("Na Li")
    (True, True, True, False)
    """
    return name is not None and _NOBODY.fullmatch(name.strip()) is not None


def _calm_given(given: str) -> str:
    """Calm "JOHN" and "CAROLYN S.", as the family shouts too; three capitals may be initials."""
    if _is_capitals(given) and len(given) > 3:
        return _calm(given)
    words = [_calm(word) if len(word) > 3 and _is_family_in_capitals(word) else word for word in given.split()]
    return " ".join(words)


def _tidy(text: str | None) -> str | None:
    """Drop markup, footnote marks and the native name behind a romanised one; spell hyphens plainly."""
    if text and _TIDY.fullmatch(text):
        return text
    plain = (markup.clean(text) or "").translate(_SPELLING)
    if not plain.isascii() and _LATIN.search(plain):
        plain = _NATIVE_NAME.sub(" ", plain)
    return " ".join(plain.strip(_FOOTNOTE_MARKS).split()) or None


def _split_suffix(text: str | None) -> tuple[str, str | None]:
    """Take all suffixes from the end, and return the first of them."""
    rest, suffix = text or "", None
    if rest.isalpha():  # a single word has none
        return rest, None
    for _ in range(_MAX_SUFFIXES):
        match = _SUFFIX.search(rest, max(0, len(rest) - _LONGEST_SUFFIX))
        if not match:
            break
        rest, suffix = rest[: match.start()].strip(_FOOTNOTE_MARKS), match[1]
    return rest, suffix


def _parse_native(text: str) -> Author:
    """Family first; without a space only Chinese and Korean names of the usual length can be split."""
    words = text.replace("·", " ").replace("・", " ").split()
    if len(words) == 2:
        return Author(family=words[0], given=words[1])
    length = 2 if text[:2] in _COMPOUND_FAMILIES else 1
    if len(words) == 1 and not _KANA.search(text) and 1 <= len(text) - length <= 2:
        return Author(family=text[:length], given=text[length:])
    return Author(literal=text)


def _split(words: list[str]) -> tuple[str, str]:
    """Split a name without comma into (given, family)."""
    if len(words) < 2:
        return "", "".join(words)
    family_first = _count_leading_family(words)
    if family_first:
        given = words[family_first:]
        packed = len(given) == 1 and given[0].isalpha() and given[0].isupper() and len(given[0]) <= 3
        return " ".join(f"{letter}." for letter in given[0]) if packed else " ".join(given), " ".join(
            words[:family_first]
        )
    start = len(words) - 1
    all_capitals = all(_is_capitals(word) for word in words if len(word) > 2)
    while not all_capitals and start > 1 and _is_family_in_capitals(words[start]) and _is_capitals(words[start - 1]):
        start -= 1
    while start > 0 and _is_particle(words, start - 1):
        start -= 1
    if start > 2 and words[start - 1] == "y":
        start -= 2
    return " ".join(words[:start]), " ".join(words[start:])


def _count_leading_family(words: list[str]) -> int:
    """Return how many words at the beginning are the family name: "KIM Min-Jun", "Smith JA", "van Dam J. P."."""
    capitals = [_is_family_in_capitals(word) for word in words]
    first_given = capitals.index(False) if False in capitals else 0
    if first_given and not any(capitals[first_given:]):
        is_sure = len(words[0]) > 2 or "-" in words[1] or len(words[1]) <= _LONGEST_SYLLABLE
        return first_given if is_sure else 0
    if _is_initials(words[0]):
        return 0
    start = len(words)
    while start > 1 and words[start - 1].endswith(".") and _is_initials(words[start - 1]):
        start -= 1
    if start == len(words) and _is_packed_initials(words[-1]) and not any(map(_is_initials, words[:-1])):
        start -= 1
    return start if start < len(words) else 0


def _is_particle(words: list[str], index: int) -> bool:
    """Tell whether the word belongs to the family behind it; with a capital only in the middle of a name."""
    word = words[index]
    if word in _CAPITAL_PARTICLES:
        return index > 0 and fold(words[-1]) not in _VIETNAMESE
    return word in PARTICLES or (word.isupper() and index > 0 and word.lower() in PARTICLES)


def _is_initials(word: str) -> bool:
    return word.isupper() and bool(_INITIAL.fullmatch(word)) and word not in _SHORT_FAMILIES


def _is_packed_initials(word: str) -> bool:
    """`J`, `JA` or `JMR` behind a family name, as PubMed writes; not the families LI, WU or KIM in capitals."""
    return word.isascii() and word.isalpha() and _is_initials(word) and (len(word) < 3 or not set(word) & set("AEIOUY"))


def _is_capitals(text: str) -> bool:
    return text.isupper() and "." not in text and sum(map(str.isalpha, text)) > 1


def _is_family_in_capitals(text: str) -> bool:
    """Tell a shouted family from initials: initials rarely have three letters with a vowel among them."""
    if not _is_capitals(text):
        return False
    return text in _SHORT_FAMILIES or (len(text) > 2 and any(letter in "AEIOUY" or letter > "\x7f" for letter in text))


def _calm(name: str) -> str:
    """Lower a name in capitals; `MC`, apostrophes and hyphens keep a second capital, leading particles get none."""
    words = name.split()
    calmed = [_LETTER_RUN.sub(lambda run: run[0].capitalize(), word) for word in words]
    for index, word in enumerate(words[:-1]):
        if word.lower() in PARTICLES:
            calmed[index] = word.lower()
    return _MC.sub(lambda match: "Mc" + match[1].upper(), " ".join(calmed))
