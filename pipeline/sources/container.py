"""What a work is part of: journal, proceedings or book, and where in it.

in -> out: ISSNs, ISBNs, pages and names as sources write them -> canonical forms, and what they prove about the type.
"""

import re
from collections.abc import Iterable

from stdnum import isbn as isbn_number
from stdnum import issn as issn_number

from pipeline.sources import body
from pipeline.text import venue

_ISSN = re.compile(r"(\d{4})[-\u2010-\u2015]?(\d{3}[\dXx])")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]+")
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


def clean_issns(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the ISSNs with their hyphen, each once; one whose check digit is wrong is a slip of whoever typed it.

    >>> clean_issns(["03029743", "1611-3349", "1611-3349", "1611-3348", "none"])
    ('0302-9743', '1611-3349')
    """
    matches = (_ISSN.fullmatch(value.strip()) for value in values if value)
    found = (f"{match[1]}-{match[2].upper()}" for match in matches if match)
    return tuple(dict.fromkeys(issn for issn in found if issn_number.is_valid(issn)))


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
    """
    pieces = _DASH.split(f"{body.text(first) or ''}-{body.text(last) or ''}")
    parts = [part for piece in pieces if (part := piece.strip())]
    if any(map(_STOPGAP.fullmatch, parts)):
        return None, None
    if len(set(parts)) == 1:
        return (None, parts[0]) if _ARTICLE.fullmatch(parts[0]) else (parts[0], None)
    return "-".join(parts) or None, None


def is_proceedings(issns: Iterable[str], names: Iterable[str]) -> bool:
    """Tell whether a chapter is a conference paper, by the series or by the name of what it stands in.

    >>> is_proceedings(["0302-9743"], []), is_proceedings([], ["Purpose in Life"])
    (True, False)
    """
    return venue.series(issns) in _PROCEEDINGS_SERIES or any(
        name in _PROCEEDINGS_SERIES or _PROCEEDINGS_NAME.search(name) for name in names
    )
