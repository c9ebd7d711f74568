"""An identifier as a human types it.

in -> out: a DOI, an arXiv id, an OpenAlex id or an address -> `Identifier`s, the surest first.
"""

import re

from pipeline.addresses.identifiers import from_url
from pipeline.model import Identifier

_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W\d+)", re.IGNORECASE)


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
