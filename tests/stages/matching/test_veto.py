"""What rules a work out."""

import pytest

from pipeline.model import Entry, Identifier, Ids, Record
from pipeline.stages.matching import authorship, veto
from pipeline.text.title import agree
from tests.stages.invented_records import TITLE, arxiv, crossref, entry, openalex


def find(row: Entry, *records: Record, **more: object) -> str | None:
    agreement = agree(row.title, records[0].title or "")
    return veto.find(row, records, agreement, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (crossref(f"Erratum: {TITLE}"), "notice about a paper on one side only: nothing / erratum"),
        (crossref(raw_type="component"), "the record is of type component"),
        (crossref(raw_type="peer-review"), "the record is of type peer-review"),
        (openalex(raw_type="paratext"), "the record is of type paratext"),
        (openalex(raw_type="editorial"), "the record is of type editorial"),
        (crossref(notice_of=("10.1000/x",)), "the record is a notice about 10.1000/x"),
        (crossref(ids=Ids(doi="10.7717/peerj.1/supp-1")), "10.7717/peerj.1/supp-1 is a supplement or part of a work"),
        (crossref(ids=Ids(doi="10.65215/abc")), "10.65215/abc is of a registrant that copies papers"),
        (crossref(year=2016), "3 years away from the listed 2019"),
    ],
)
def test_a_veto_says_why(record: Record, reason: str) -> None:
    assert find(entry(year=2019), record) == reason


@pytest.mark.parametrize(
    ("title", "raw_type"),
    [
        (f"Erratum: {TITLE}", "erratum"),
        (f"Corrigendum to {TITLE}", "erratum"),
        (f"Retraction: {TITLE}", "retraction"),
        ("Editorial: feathers", "editorial"),
        ("Book review: feathers", "book-review"),
    ],
)
def test_what_the_list_says_itself_is_no_veto(title: str, raw_type: str) -> None:
    assert find(entry(title), crossref(title, raw_type=raw_type)) is None


def test_a_guess_of_one_source_does_not_overrule_the_other() -> None:
    assert find(entry(), crossref(), openalex(raw_type="editorial")) is None
    assert find(entry(), crossref(), openalex(raw_type="erratum")) is not None


@pytest.mark.parametrize(
    ("year", "is_vetoed"), [(2017, False), (2018, False), (2021, False), (2022, True), (2016, True)]
)
def test_a_preprint_may_be_three_years_older_than_listed(year: int, is_vetoed: bool) -> None:
    assert (find(entry(year=year), arxiv()) is not None) is is_vetoed


@pytest.mark.parametrize("name", ["10.1000/right", "W1"])
def test_any_identifier_of_the_work_may_be_denied(name: str) -> None:
    assert find(entry(), openalex(), denied={name}) == f"corrections.toml says that it is not {name}"


def test_another_document_number_than_the_links_is_another_paper() -> None:
    identifier = Identifier(scheme="ieee", value="9343323", evidence="link")
    record = crossref(ids=Ids(doi="10.1000/right", ieee="1111111"))
    assert find(entry(), record, identifiers=(identifier,)) == "its ieee is 1111111, the link's is 9343323"
    assert find(entry(), crossref(), identifiers=(identifier,)) is None


def test_strangers_did_not_write_it() -> None:
    people = authorship.compare(("Zoe Stranger",), [crossref()])
    assert find(entry(), crossref(), people=people) == "none of the listed authors wrote it"
