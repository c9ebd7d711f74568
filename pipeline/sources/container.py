"""What a work is part of: journal, proceedings or book, and where in it.

in -> out: ISSNs, ISBNs, pages and names as sources write them -> canonical forms, and what they prove about the type.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from stdnum import isbn as isbn_number
from stdnum import issn as issn_number

from pipeline.sources import body
from pipeline.text import title, venue

_ISSN = re.compile(r"(\d{4})[-\u2010-\u2015]?(\d{3}[\dXx])")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]+")
_THOUSANDS = re.compile(r"(?<![\d,])(\d{1,3}),(\d{3})(?![\d,])")
"""`12,953-12,976`: the Journal of Neuroscience and others."""
_PAGE_WORD = re.compile(r"^\s*pp?\.\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"[eE]\d{3,}|\d{6,9}")
"""A single "page" of this form is an article number: no volume has 100,000 pages."""
_STOPGAP = re.compile(r"\d{10,}")
"""What the American Chemical Society deposits until the pages are known: a time stamp."""
_PROCEEDINGS_SERIES = frozenset(
    {
        "Lecture Notes in Computer Science",
        "Communications in Computer and Information Science",
        "IFIP Advances in Information and Communication Technology",
        "Leibniz International Proceedings in Informatics",
        "CEUR Workshop Proceedings",
        "Proceedings of Machine Learning Research",
        "Proceedings of SPIE",
    }
)
"""Series whose volumes are proceedings; the other series of `text/venue.py` hold monographs and edited books too."""
_PROCEEDINGS_NAME = re.compile(r"\b(?:proceedings|conference|symposium|workshops?|congress)\b", re.IGNORECASE)
_PROCEEDINGS_OF_SERIES = re.compile(
    r"\b(?:conference|workshop) (?:proceedings|series)\b|\bproceedings\b", re.IGNORECASE
)
"""A series that says so holds proceedings; the `ACS Symposium Series` holds books."""
_SERIES_NAME = re.compile(
    r"\b(?:series|library|monographs?|texts in|studies in|topics in|advances in|progress in|methods in|lectures? in"
    r"|contributions to|perspectives in|frontiers in|research in|springerbriefs|reihe|schriften(?:reihe)?"
    r"|bibliothek"
    r"|collection|conference proceedings|encyclopedia of|undergraduate texts|graduate texts)\b",
    re.IGNORECASE,
)
"""Words of series that no table names."""
_SUBTITLE = re.compile(
    r"(?:an? |the |eine? |une? |una? |das |der |die )?(?:\w+ )?(?:introduction|einführung|study|guide|approach"
    r"|overview|primer"
    r"|handbook for|essays|theory and|principles and|concepts|scientific and|from \w+ to)\b",
    re.IGNORECASE,
)
"""How a subtitle begins, where the order of the two does not tell it."""


def clean_issns(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the ISSNs with their hyphen, each once; one whose check digit is wrong is a slip of whoever typed it.

    >>> clean_issns(["03029743", "1611-3349", "1611-3349", "1611-3348", "none"])
    ('0302-9743', '1611-3349')
    """
    found = (_clean_issn(value) for value in values if value)
    return tuple(dict.fromkeys(issn for issn in found if issn))


@lru_cache(maxsize=4096)
def _clean_issn(value: str) -> str | None:
    """Remembered: the works of a field stand in few journals."""
    match = _ISSN.fullmatch(value.strip())
    issn = f"{match[1]}-{match[2].upper()}" if match else ""
    return issn if issn_number.is_valid(issn) else None


def clean_isbns(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the ISBNs without hyphens, each once and with a right check digit; old records give them as addresses.

    >>> clean_isbns(["http://id.crossref.org/isbn/978-94-007-7490-2", "9789400774902", "9789400774903", "n/a"])
    ('9789400774902',)
    """
    plain = ("".join(_DASH.sub("", value.rsplit("/", 1)[-1]).split()).upper() for value in values if value)
    return tuple(dict.fromkeys(isbn for isbn in plain if isbn_number.is_valid(isbn)))


def clean_pages(first: body.Text, last: body.Text = None) -> tuple[str | None, str | None]:
    """Return (pages, article number) of a page field, of which at most one is there.

    >>> clean_pages("637–641"), clean_pages("918-918"), clean_pages("148038"), clean_pages("1212", "1217")
    (('637-641', None), ('918', None), (None, '148038'), ('1212-1217', None))
    >>> clean_pages("12,953-12,976"), clean_pages("8-1-8-41"), clean_pages("n/a-n/a")
    (('12953-12976', None), ('8-1-8-41', None), (None, None))
    """
    stated = [_THOUSANDS.sub(r"\1\2", _PAGE_WORD.sub("", body.stated(end) or "")) for end in (first, last)]
    parts = [part.strip() for part in _DASH.split("-".join(stated)) if body.stated(part)]
    if any(map(_STOPGAP.fullmatch, parts)):
        return None, None
    if len(set(parts)) == 1:
        return (None, parts[0]) if _ARTICLE.fullmatch(parts[0]) else (parts[0], None)
    return "-".join(parts) or None, None


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a chapter or a conference paper stands in."""

    volume: str | None = None
    """Title and subtitle of the book or the proceedings."""
    series: str | None = None


def read_part(
    names: Sequence[str], *, issns: Iterable[str] = (), is_old: bool = False, has_series: bool = False
) -> Part:
    """Tell the volume from its series and its subtitle.

    Crossref lists a series before its volume and the volume's subtitle after it; records of before 2017 (`is_old`) have
    them the other way round. A name that sounds like a series is one wherever it stands. Without an ISSN, and where
    nothing sounds so, there is no series: the two names are title and subtitle.

    >>> read_part(["Methods in Molecular Biology", "Biomolecular Simulations"], issns=["1064-3745"])
    Part(volume='Biomolecular Simulations', series='Methods in Molecular Biology')
    >>> read_part(["ACS Symposium Series", "Drugs in the Environment", "Scientific Issues"], issns=["0097-6156"])
    Part(volume='Drugs in the Environment: Scientific Issues', series='ACS Symposium Series')
    >>> read_part(["Eine Einführung", "Datenbanksysteme"], is_old=True)
    Part(volume='Datenbanksysteme: Eine Einführung', series=None)
    """
    issns = tuple(issns)
    known = venue.series(issns)
    series = next((name for name in names if venue.is_series(name) or name == known), None)
    if series is None and len(names) > 1:
        series = next((name for name in names if _SERIES_NAME.search(name)), None)
        if series is None and (issns or has_series):
            series = names[-1] if is_old else names[0]
    titles = [name for name in names if name != series]
    if is_old and len(titles) > 1:
        titles.reverse()
    if len(titles) > 1 and _SUBTITLE.match(titles[0]) and not _SUBTITLE.match(titles[1]):
        titles[:2] = titles[1::-1]
    volume = title.with_subtitle(titles[0], titles[1]) if len(titles) > 1 else next(iter(titles), None)
    return Part(volume=volume, series=series or known)


def is_proceedings(issns: Iterable[str], names: Iterable[str]) -> bool:
    """Tell whether a chapter is a conference paper, by the series or by the name of what it stands in.

    >>> is_proceedings(["0302-9743"], []), is_proceedings([], ["Purpose in Life"])
    (True, False)
    """
    return venue.series(issns) in _PROCEEDINGS_SERIES or any(
        name in _PROCEEDINGS_SERIES or _is_of_proceedings(name) for name in names
    )


def _is_of_proceedings(name: str) -> bool:
    pattern = _PROCEEDINGS_OF_SERIES if re.search(r"\bseries\b", name, re.IGNORECASE) else _PROCEEDINGS_NAME
    return pattern.search(name) is not None
