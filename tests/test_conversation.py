"""What an answer says, once it is read."""

import pytest

from pipeline.conversation import read
from pipeline.model import Answer, Query

AT = "2026-11-22T03:00:00Z"


@pytest.mark.parametrize("source", ["openalex", "crossref", "datacite"])
def test_a_body_that_cannot_be_read_is_a_failure_of_its_source_and_no_absence(source: str) -> None:
    query = Query(source=source, kind="doi", value="10.5555/a")  # type: ignore[arg-type]
    found = read(Answer(query=query, status="found", bodies=(b"<html>",), at=AT, fresh=True))
    assert (found.status, found.records, found.at, found.fresh) == ("failed", (), AT, True)
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
    found = read(Answer(query=query, status="found", bodies=(body,), at=AT))
    assert (found.status, found.agency) == ("found", agency)
