"""Half answers are told from whole ones, whichever field is left out, null, or of a value that cannot be."""

import json
from typing import Any

import pytest

from pipeline.sources import Source, crossref, datacite, openalex
from tests.services import StandIn
from tests.services.invent import records

SOURCES: dict[str, Source] = {"openalex": openalex, "crossref": crossref, "datacite": datacite}
KINDS = [(name, kind) for name in SOURCES for kind in ("doi", "volatile") if (name, kind) != ("datacite", "volatile")]


@pytest.fixture(scope="module")
def works() -> dict[str, list[dict[str, Any]]]:
    """What the services hold of forty invented papers."""
    held = StandIn(records(40)).records
    return {name: [json.loads(raw) for raw in getattr(held, name).raws] for name in SOURCES}


def gaps(source: str, kind: str, work: dict[str, Any], **changes: Any) -> tuple[str, ...]:
    """Change fields of a work (of its attributes, at DataCite); an ellipsis leaves one out."""
    inner = work["attributes"] if source == "datacite" else work
    changed = {name: value for name, value in (inner | changes).items() if value is not ...}
    whole = {**work, "attributes": changed} if source == "datacite" else changed
    return SOURCES[source].find_gaps(kind, json.dumps(whole).encode())


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_whole_works_have_no_gaps(works: dict[str, list[dict[str, Any]]], source: str, kind: str) -> None:
    assert {gaps(source, kind, work) for work in works[source]} == {()}


OPENALEX = [
    "title", "publication_year", "type", "ids", "locations", "open_access", "authorships", "biblio", "is_retracted",
    "cited_by_count", "counts_by_year", "topics", "keywords",
]  # fmt: skip
LEFT_OUT = [
    *(("openalex", "doi", name, ...) for name in OPENALEX),
    *(("openalex", "doi", name, None) for name in OPENALEX if name not in ("title", "publication_year")),
    *(("openalex", "volatile", n, v) for n in ("cited_by_count", "counts_by_year", "open_access") for v in (..., None)),
    *(("crossref", "doi", name, ...) for name in ("type", "title", "issued")),
    *(("crossref", "doi", name, None) for name in ("author", "volume", "container-title", "is-referenced-by-count")),
    *(("crossref", "volatile", "is-referenced-by-count", value) for value in (..., None)),
    *(("datacite", "doi", n, v) for n in ("titles", "creators", "publicationYear", "types") for v in (..., None)),
]
CANNOT_BE = [
    ("openalex", "doi", "cited_by_count", -1),
    ("openalex", "volatile", "cited_by_count", 10**25),
    ("openalex", "doi", "publication_year", 9999),
    ("openalex", "doi", "publication_date", "9999-01-01"),
    ("openalex", "doi", "counts_by_year", [{"year": -1, "cited_by_count": 2}]),
    ("openalex", "volatile", "counts_by_year", [{"year": 2025, "cited_by_count": -2}]),
    ("openalex", "volatile", "open_access", {"oa_status": "perhaps"}),
    ("openalex", "volatile", "open_access", {}),
    ("openalex", "doi", "authorships", [{}, {}]),
    ("openalex", "doi", "authorships", "Nobody"),
    ("crossref", "doi", "is-referenced-by-count", -1),
    ("crossref", "volatile", "is-referenced-by-count", 10**25),
    ("crossref", "doi", "issued", {"date-parts": [[9999, 1, 1]]}),
    ("crossref", "doi", "author", []),
    ("crossref", "doi", "author", [{"given": None}]),
    ("datacite", "doi", "titles", []),
    ("datacite", "doi", "creators", [{}]),
    ("datacite", "doi", "publicationYear", 9999),
    ("datacite", "doi", "citationCount", -5),
]


@pytest.mark.parametrize(("source", "kind", "field", "value"), [*LEFT_OUT, *CANNOT_BE])
def test_a_gap_is_named(
    works: dict[str, list[dict[str, Any]]], source: str, kind: str, field: str, value: object
) -> None:
    assert gaps(source, kind, works[source][0], **{field: value}) == (field,)


NO_GAPS = [
    ("openalex", "doi", {"title": None, "publication_year": None, "primary_location": None, "doi": None}),
    ("openalex", "doi", {"authorships": [], "counts_by_year": []}),
    ("openalex", "doi", {"abstract_inverted_index": ..., "referenced_works": ...}),
    ("crossref", "doi", {"title": [], "author": ..., "container-title": []}),
    ("crossref", "doi", {"is-referenced-by-count": ..., "publisher": ..., "member": None}),
    ("crossref", "doi", {"issued": {"date-parts": [[None]]}}),
    ("datacite", "doi", {"citationCount": None, "dates": None, "publisher": None}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "changes"), NO_GAPS)
def test_what_records_truly_lack_is_no_gap(
    works: dict[str, list[dict[str, Any]]], source: str, kind: str, changes: dict[str, Any]
) -> None:
    assert gaps(source, kind, works[source][0], **changes) == ()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("sent", [b"", b"null", b"[]", b"{" * 100_000, b"\xff", b"1"])
def test_what_is_no_work_is_one_gap(source: str, sent: bytes) -> None:
    assert SOURCES[source].find_gaps("doi", sent)
