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

from pipeline.model import Record
from pipeline.sources import UnreadableBody, body, crossref, crossref_shape, openalex, openalex_shape
from pipeline.text.blocking import Key, identifier_key, record_keys
from pipeline.text.title import with_subtitle

SnapshotSource = Literal["openalex", "crossref"]
READERS: Mapping[SnapshotSource, Callable[[bytes], Record]] = {"openalex": openalex.read, "crossref": crossref.read}

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
    shaped = _SHAPES[source](work)
    slim = msgspec.json.encode(shaped)
    record = READERS[source](slim)
    year = record.year if record.year in _YEARS else None
    doi, arxiv_id = record.ids.doi, record.ids.arxiv
    return Slim(
        number=_number(record),
        year=year,
        doi_key=identifier_key("doi", doi).value if doi else None,
        arxiv_key=identifier_key("arxiv", arxiv_id).value if arxiv_id else None,
        body=slim,
        keys=(*identifier_keys(record), *record_keys(_titles(record), year)),
        has_title=record.title is not None,
    )


def identifier_keys(record: Record) -> tuple[Key, ...]:
    """Return the keys of every identifier that answers an exact question about the record's work."""
    ids = record.ids
    named = [(scheme, getattr(ids, scheme)) for scheme in ("doi", "arxiv", "openalex", "pmid", "pmcid", "pii")]
    return tuple(identifier_key(scheme, value) for scheme, value in named if value)


def _openalex(work: bytes | Mapping[str, Any]) -> msgspec.Struct:
    shaped = _convert(work, openalex_shape.Work)
    return msgspec.structs.replace(shaped, referenced_works=None)


def _crossref(work: bytes | Mapping[str, Any]) -> msgspec.Struct:
    shaped = _convert(work, crossref_shape.Work)
    return msgspec.structs.replace(shaped, reference=None, abstract=None)


_SHAPES: Mapping[SnapshotSource, Callable[[bytes | Mapping[str, Any]], msgspec.Struct]] = {
    "openalex": _openalex,
    "crossref": _crossref,
}


def _convert(work: bytes | Mapping[str, Any], shape: type[body.Shape]) -> body.Shape:
    """Read a work; a field of another shape costs that field alone."""
    shaped, _ = body.decode(work, shape) if isinstance(work, bytes) else body.convert(work, shape)
    return shaped


def _number(record: Record) -> int:
    if record.source == "openalex":
        assert record.ids.openalex is not None  # or the adapter had refused it
        return int(record.ids.openalex[1:])
    if record.ids.doi is None:
        raise UnreadableBody("a record of Crossref without a DOI")
    return int.from_bytes(blake2b(record.ids.doi.encode(), digest_size=8).digest(), "big") >> 1


def _titles(record: Record) -> Iterator[str]:
    if record.title:
        yield record.title
        if record.subtitle:
            yield with_subtitle(record.title, record.subtitle) or record.title
    yield from record.other_titles
