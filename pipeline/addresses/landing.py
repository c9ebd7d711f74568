"""Landing pages that a record names, as witnesses.

in -> out: addresses -> the identifiers that stand in them. Only what a publisher's own address states; links of the
list, which come in many more forms, are the business of `stages/identify.py`.
"""

import re
from collections.abc import Iterable

from pipeline.text import arxiv

_IEEE = re.compile(r"https?://(?:[\w-]+\.)*ieee\.org/\S*?(?:document/|arnumber=)0*(\d{4,9})(?!\d)", re.IGNORECASE)
_PII_URL = re.compile(
    r"https?://(?:linkinghub\.elsevier\.com/retrieve|www\.sciencedirect\.com/science/\S*?|api\.elsevier\.com/content/article)"
    r"/pii[:/]([SB][\dX()-]{16,26})(?![\dX])",
    re.IGNORECASE,
)
_PII = re.compile(r"S\d{7}[\dX]\d{7}[\dX]|B\d{9,12}[\dX]\d{5}[\dX]")
_NOT_PII = re.compile(r"[^0-9A-Z]")
_OPENREVIEW = re.compile(r"https?://openreview\.net/(?:forum|pdf)\?id=([\w-]{6,20})(?=$|&)", re.IGNORECASE)
_ACL = re.compile(
    r"https?://(?:www\.)?acl(?:anthology\.org|web\.org/anthology)/([A-Z]\d\d-\d{4}|\d{4}\.[\w.-]+?-?\w+\.\d+)(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)


def find_ieee(urls: Iterable[str]) -> str | None:
    """Return the document number of IEEE Xplore.

    >>> find_ieee(["https://ieeexplore.ieee.org/document/9343323/"])
    '9343323'
    >>> find_ieee(["http://xplorestaging.ieee.org/ielx7/42/9566/09343323.pdf?arnumber=9343323"])
    '9343323'
    """
    return _first(_IEEE.match(url) for url in urls)


def clean_pii(value: str) -> str | None:
    """Return a PII without its punctuation; other members' item numbers are none.

    >>> clean_pii("S0006-8993(22)00262-1"), clean_pii("675234")
    ('S0006899322002621', None)
    """
    plain = _NOT_PII.sub("", value.upper())
    return plain if _PII.fullmatch(plain) else None


def find_pii(urls: Iterable[str]) -> str | None:
    """Return the PII in an address of Elsevier.

    >>> find_pii(["https://linkinghub.elsevier.com/retrieve/pii/S0006899322002621"])
    'S0006899322002621'
    """
    found = (clean_pii(match[1]) for url in urls if (match := _PII_URL.match(url)))
    return next((pii for pii in found if pii), None)


def find_openreview(urls: Iterable[str]) -> str | None:
    """Return the forum id of OpenReview.

    >>> find_openreview(["https://openreview.net/forum?id=YicbFdNTTy"])
    'YicbFdNTTy'
    """
    return _first(_OPENREVIEW.match(url) for url in urls)


def find_acl(urls: Iterable[str]) -> str | None:
    """Return the id in the ACL Anthology.

    >>> find_acl(["https://aclanthology.org/2020.acl-main.747/"]), find_acl(["https://www.aclweb.org/anthology/P19-1001.pdf"])
    ('2020.acl-main.747', 'P19-1001')
    """
    return _first(_ACL.fullmatch(url) for url in urls)


def find_arxiv(urls: Iterable[str]) -> tuple[str, ...]:
    """Return every arXiv id of the addresses, each once.

    >>> find_arxiv(["http://arxiv.org/abs/2101.05224v2", "https://doi.org/10.48550/arxiv.2101.05224"])
    ('2101.05224',)
    """
    return tuple(dict.fromkeys(arxiv_id for url in urls for arxiv_id in arxiv.find(url)))


def _first(matches: Iterable[re.Match[str] | None]) -> str | None:
    return next((match[1] for match in matches if match), None)
