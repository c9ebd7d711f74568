"""Reading answers: a body that its adapter cannot read costs itself, not the whole answer."""

import pytest

from pipeline.conversation import read
from pipeline.model import Answer, Query

SEARCH = Query(source="crossref", kind="search", value="lamps")
GOOD, ODD = b'{"DOI": "10.5555/lamps", "title": ["Lamps"]}', b'{"DOI": 7}'


@pytest.mark.parametrize(
    ("bodies", "status", "dois"),
    [
        ((GOOD,), "found", ["10.5555/lamps"]),
        ((ODD, GOOD), "found", ["10.5555/lamps"]),
        ((ODD, ODD), "failed", []),
    ],
    ids=["all readable", "one of them", "none of them"],
)
def test_what_can_be_read_of_a_search_counts(bodies: tuple[bytes, ...], status: str, dois: list[str]) -> None:
    reply = read(Answer(query=SEARCH, status="found", bodies=bodies, at="2026-11-22T03:00:00Z"))
    assert (reply.status, [record.ids.doi for record in reply.records]) == (status, dois)


def test_an_agency_that_cannot_be_read_is_a_failure() -> None:
    query = Query(source="doira", kind="doi", value="10.5555/lamps")
    assert read(Answer(query=query, status="found", bodies=(b"<html>",))).status == "failed"


@pytest.mark.parametrize("source", ["openalex", "crossref", "datacite"])
def test_a_body_that_cannot_be_read_is_a_failure_of_its_source_and_no_absence(source: str) -> None:
    query = Query(source=source, kind="doi", value="10.5555/a")  # type: ignore[arg-type]
    found = read(Answer(query=query, status="found", bodies=(b"<html>",), at="2026-11-22T03:00:00Z", fresh=True))
    assert (found.status, found.records, found.at, found.fresh) == ("failed", (), "2026-11-22T03:00:00Z", True)
    assert (found.reason or "").startswith("unreadable: ")


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        (b'{"DOI": "10.5555/a", "RA": "JaLC"}', "JaLC"),
        (b'{"DOI": "10.5555/a", "status": "DOI does not exist"}', None),
    ],
)
def test_the_registrar_names_the_agency_or_says_that_there_is_none(body: bytes, agency: str | None) -> None:
    query = Query(source="doira", kind="doi", value="10.5555/a")
    found = read(Answer(query=query, status="found", bodies=(body,), at="2026-11-22T03:00:00Z"))
    assert (found.status, found.agency) == ("found", agency)
