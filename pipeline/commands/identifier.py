"""An identifier as a human types it.

in -> out: a DOI, an arXiv id, an OpenAlex id or an address -> `Identifier`s, the surest first.
"""

import re

from pipeline.addresses.identifiers import from_url
from pipeline.addresses.kind import find_kind
from pipeline.model import Entry, Identifier

_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W\d+)", re.IGNORECASE)
_CVF = re.compile(r"/([A-Z][\w-]*?)_([\w-]+)_([A-Z]{3,5})_((?:19|20)\d\d)_paper\b")


def is_paper_address(text: str) -> bool:
    """Tell whether a web address leads to a paper, although it may state no identifier.

    >>> is_paper_address("https://proceedings.mlr.press/v126/hu20a.html"), is_paper_address("https://www.example.org/")
    (True, False)
    """
    return text.startswith(("http://", "https://")) and find_kind(text) in ("paper", "pdf")


def describe(url: str) -> Entry | None:
    """Return what an address itself spells out about its paper.

    >>> entry = describe("https://openaccess.thecvf.com/content/CVPR2029/html/Doe_Deep_Moss_CVPR_2029_paper.html")
    >>> entry.title, entry.authors, entry.venue, entry.year
    ('Deep Moss', ('Doe',), 'CVPR', 2029)
    """
    match = _CVF.search(url) if "thecvf.com/" in url else None
    if match is None:
        return None
    author, title, venue, year = match.groups()
    return Entry(line=1, title=title.replace("_", " "), authors=(author,), venue=venue, year=int(year), url=url)


def read(text: str) -> tuple[Identifier, ...]:
    """Return what the text identifies; empty when it is no identifier and no address of a known form.

    >>> [f"{one.scheme} {one.value}" for one in read(" 10.5555/ABC ") + read("2101.05224v2") + read("w123")]
    ['doi 10.5555/abc', 'arxiv 2101.05224', 'openalex W123']
    >>> read("https://www.example.org/"), read("Deep Sets")
    ((), ())
    """
    typed = text.strip()
    if named := _OPENALEX.fullmatch(typed):
        return (Identifier(scheme="openalex", value=named[1].upper(), evidence=typed),)
    found = from_url(typed) or from_url(f"doi:{typed}") or from_url(f"arxiv:{typed}")
    return tuple(sorted(found, key=lambda identifier: identifier.is_derived))
