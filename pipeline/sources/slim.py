"""One work of a published snapshot, cut down to what is read of it.

in -> out: a work's JSON as OpenAlex's snapshot or Crossref's public data file has it -> `Slim`: a body that the
source's own adapter reads, and the names under which the work is found. The adapters' shapes decide what is kept;
abstracts and reference lists are left out, they are the longest parts of a work and no decision looks at them. Layouts:
OpenAlex's snapshot documentation as of August 2026 (a line has every field of the API, and more), Crossref's public
data file.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Literal

import msgspec

from pipeline.model import Ids, Record
from pipeline.sources import body, crossref, crossref_shape, crossref_work, openalex, openalex_shape, openalex_work
from pipeline.sources.names import Names
from pipeline.text.blocking import Key, identifier_key, record_keys
from pipeline.text.title import with_subtitle

SnapshotSource = Literal["openalex", "crossref"]
READERS: Mapping[SnapshotSource, Callable[[bytes], Record]] = {"openalex": openalex.read, "crossref": crossref.read}

_EXACT = ("doi", "arxiv", "openalex", "pmid", "pmcid", "pii")
"""Schemes of identifiers that exact questions go by."""
_YEARS = range(1400, 2101)
"""A year outside is a slip of the pen: it would be found under no row's year."""


class Slim(msgspec.Struct, frozen=True, gc=False):
    """A work, ready for an index."""

    number: int
    """Positive, 63 bits: of OpenAlex the W-id's number, of Crossref a hash of the DOI."""
    year: int | None
    doi_key: int | None
    """Key of the DOI, by which the other source's record of the work is met."""
    arxiv_key: int | None
    body: bytes
    keys: tuple[Key, ...]
    has_title: bool


def cut(source: SnapshotSource, work: bytes | Mapping[str, Any]) -> Slim:
    """Cut one work down. Raises `UnreadableBody` for what is no work of the source.

    >>> cut("openalex", b'{"id": "https://openalex.org/W12", "title": "Deep nets", "mesh": []}').number
    12
    """
    shaped, names = _SHAPES[source](work)
    year = names.year if names.year in _YEARS else None
    identified = {
        scheme: identifier_key(scheme, value) for scheme in _EXACT if (value := getattr(names.ids, scheme)) is not None
    }
    doi, arxiv_id = identified.get("doi"), identified.get("arxiv")
    return Slim(
        number=_number(source, names.ids),
        year=year,
        doi_key=doi.value if doi else None,
        arxiv_key=arxiv_id.value if arxiv_id else None,
        body=msgspec.json.encode(shaped),
        keys=(*identified.values(), *record_keys(_titles(names), year)),
        has_title=names.title is not None,
    )


def _openalex(work: bytes | Mapping[str, Any]) -> tuple[msgspec.Struct, Names]:
    shaped = _convert(work, openalex_shape.Work)
    shaped.referenced_works = None
    return shaped, openalex_work.read_names(shaped)


def _crossref(work: bytes | Mapping[str, Any]) -> tuple[msgspec.Struct, Names]:
    shaped = _convert(work, crossref_shape.Work)
    shaped.reference = shaped.abstract = None
    return shaped, crossref_work.read_names(shaped)


_SHAPES: Mapping[SnapshotSource, Callable[[bytes | Mapping[str, Any]], tuple[msgspec.Struct, Names]]] = {
    "openalex": _openalex,
    "crossref": _crossref,
}


def _convert(work: bytes | Mapping[str, Any], shape: type[body.Shape]) -> body.Shape:
    """Read a work; a field of another shape costs that field alone."""
    shaped, _ = body.decode(work, shape) if isinstance(work, bytes) else body.convert(work, shape)
    return shaped


def _number(source: SnapshotSource, ids: Ids) -> int:
    if source == "openalex":
        assert ids.openalex is not None  # or the adapter had refused it
        return int(ids.openalex[1:])
    assert ids.doi is not None
    return int.from_bytes(blake2b(ids.doi.encode(), digest_size=8).digest(), "big") >> 1


def _titles(names: Names) -> Iterator[str]:
    if names.title:
        yield names.title
        if names.subtitle:
            yield with_subtitle(names.title, names.subtitle) or names.title
    yield from names.other_titles
