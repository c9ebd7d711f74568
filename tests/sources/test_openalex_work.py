import json
from typing import Any

import pytest

from pipeline.model import Affiliation, Author, OpenAccess, Record, Version
from pipeline.sources import UnreadableBody, openalex
from tests.sources.invented import DATA, load

JOURNAL = json.loads((DATA / "openalex.json").read_text(encoding="utf-8"))["primary_location"]


def read(changes: dict[str, Any] | None = None) -> Record:
    return openalex.read(load("openalex", changes))


def at(place: dict[str, Any], **fields: Any) -> Record:
    """Read the work with only one location."""
    location = {**JOURNAL, **place}
    return read({"primary_location": location, "locations": [location], **fields})


def test_every_field_of_a_work_is_read() -> None:
    record = read()
    assert record.title == "Learning Nothing from Few Labels"
    assert (record.type, record.raw_type) == ("article", "article")
    assert (record.year, record.month, record.date, record.years) == (2021, 6, "2021-06-14", (2021,))
    assert (record.venue, record.publisher, record.issn) == (
        "Invented Journal of Tests", "Invented Press", ("1234-5679", "9876-5434"),
    )  # fmt: skip
    assert (record.volume, record.issue, record.pages, record.article_number) == ("7", "2", "1-9", None)
    assert (record.ids.doi, record.ids.openalex, record.ids.arxiv, record.ids.pmid, record.ids.pmcid) == (
        "10.5555/ijt.2021.7", "W100", "2101.00001", "11127840", "PMC7654321",
    )  # fmt: skip
    assert (record.citation_count, record.citations_by_year) == (12, (("2022", 7), ("2023", 5)))
    assert record.open_access == OpenAccess(status="green", url="https://arxiv.org/pdf/2101.00001", license="cc-by")
    assert (record.topics, record.keywords) == (("Testing of Software",), ("Test",))
    assert (record.abstract, record.language, record.references) == (
        "We learn nothing and nothing more.",
        "en",
        ("W7", "W8"),
    )
    assert record.url == "https://openalex.org/W100"
    assert record.issues == ()


def test_names_are_those_of_the_paper_not_of_the_profile() -> None:
    assert read().authors == (
        Author(
            given="Jane",
            family="Doe",
            orcid="0000-0002-1825-0097",
            affiliations=(Affiliation(name="University of Nowhere", ror="https://ror.org/012345678"),),
        ),
        Author(given="John", family="Roe", affiliations=(Affiliation(name="Institute of Examples"),)),
    )


def test_a_list_cut_at_a_hundred_authors_is_not_complete() -> None:
    hundred = [{"raw_author_name": f"Jane Doe{number}"} for number in range(100)]
    assert read({"authorships": hundred[:99]}).authors_complete
    assert not read({"authorships": hundred}).authors_complete
    assert not read({"is_authors_truncated": True}).authors_complete


def test_authors_that_stand_there_twice_are_read_once_and_reported() -> None:
    record = read({"authorships": [{"raw_author_name": name} for name in ("Doe, Jane", "Roe, John") * 2]})
    assert [author.family for author in record.authors] == ["Doe", "Roe"]
    assert "twice" in record.issues[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-06-14", ("2021-06-14", 6)),
        ("2021-06-01", ("2021-06", 6)),
        ("2021-01-01", ("2021", None)),
        (None, (None, None)),
        ("soon", (None, None)),
    ],
)
def test_the_first_of_a_month_is_what_openalex_fills_in(day: str | None, expected: tuple[str, int]) -> None:
    record = read({"publication_date": day})
    assert ((record.date, record.month), record.year) == (expected, 2021)


@pytest.mark.parametrize(
    ("work_type", "raw_type", "expected"),
    [
        ("article", "journal-article", "article"),
        ("article", "proceedings-article", "inproceedings"),
        ("review", "journal-article", "article"),
        ("conference-paper", "proceedings-article", "inproceedings"),
        ("book-chapter", "book-chapter", "incollection"),
        ("dissertation", "dissertation", "thesis"),
        ("preprint", None, "preprint"),
        ("erratum", "journal-article", "article"),
    ],
)
def test_types_are_translated_by_a_table(work_type: str, raw_type: str | None, expected: str) -> None:
    record = at({"raw_type": raw_type}, type=work_type)
    assert (record.type, record.raw_type, record.issues) == (expected, work_type, ())


def test_a_type_that_is_not_in_the_table_is_reported_never_guessed() -> None:
    record = read({"type": "hologram"})
    assert record.type == "misc"
    assert "`hologram`" in record.issues[0]


def test_the_doi_of_arxiv_makes_a_preprint_whose_venue_is_the_server() -> None:
    arxiv = {"id": "doi:10.48550/arxiv.2101.00001", "landing_page_url": "https://doi.org/10.48550/arxiv.2101.00001",
             "source": {"display_name": "arXiv (Cornell University)", "type": "repository"}}  # fmt: skip
    record = at(arxiv, doi="https://doi.org/10.48550/arxiv.2101.00001", type="article")
    assert (record.type, record.venue, record.publisher, record.issn) == ("preprint", "arXiv", None, ())
    assert (record.ids.arxiv, record.versions) == ("2101.00001", ())


def test_a_null_source_is_replaced_by_the_deposited_name() -> None:
    record = at({"source": None, "raw_source_name": "2021 Conference on Tests (TEST)"})
    assert record.venue == "2021 Conference on Tests (TEST)"


@pytest.mark.parametrize(
    ("source", "raw", "venue"),
    [
        ({"display_name": "Lecture notes in computer science", "type": "book series"}, "Tests 2021", "Tests 2021"),
        ({"display_name": "Lecture notes in computer science", "type": "book series"}, None, None),
        ({"display_name": "Invented eBooks", "type": "ebook platform"}, "Invented eBooks", None),
        ({"display_name": "A Repository", "type": "repository"}, "Doe, J. 2021, 'Title', Journal", None),
        (None, "https://repository.example/1", None),
    ],
    ids=["series with volume", "series alone", "platform", "repository", "address"],
)
def test_series_platforms_and_repositories_are_no_venues(source: Any, raw: str | None, venue: str | None) -> None:
    assert at({"source": source, "raw_source_name": raw}).venue == venue


def test_a_chapter_in_a_series_of_proceedings_is_a_conference_paper() -> None:
    series = {"display_name": "Lecture notes in computer science", "issn": ["0302-9743"], "type": "book series"}
    record = at({"source": series, "raw_source_name": None}, type="book-chapter")
    assert (record.type, record.issn) == ("inproceedings", ("0302-9743",))
    assert "Lecture notes in computer science" in record.other_venues


def test_other_versions_come_from_locations_but_never_from_fake_dois_or_repositories() -> None:
    assert read().versions == (
        Version(kind="preprint", doi="10.48550/arxiv.2101.00001", url="https://arxiv.org/abs/2101.00001"),
    )


def test_a_preprint_names_the_journal_that_one_of_its_locations_is() -> None:
    record = read({"doi": "https://doi.org/10.48550/arxiv.2101.00001"})
    published = [version for version in record.versions if version.kind == "published"]
    assert [version.doi for version in published] == ["10.5555/ijt.2021.7"]
    assert record.venue == "arXiv"


def test_two_arxiv_ids_in_one_work_are_reported_and_none_is_taken() -> None:
    pages = [{"landing_page_url": f"http://arxiv.org/abs/2101.0000{number}"} for number in (1, 2)]
    record = read({"locations": pages})
    assert record.ids.arxiv is None
    assert "2101.00001, 2101.00002" in record.issues[0]


def test_a_work_of_nothing_but_nulls_is_read() -> None:
    fields = json.loads(load("openalex"))
    record = openalex.read(json.dumps({**dict.fromkeys(fields), "id": "https://openalex.org/W1"}).encode())
    assert record == Record(source="openalex", url="https://openalex.org/W1", ids=record.ids)
    assert record.ids.openalex == "W1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authorships", [None]),
        ("locations", {}),
        ("biblio", []),
        ("counts_by_year", [{"year": None}]),
        ("abstract_inverted_index", {"a": ["x", 1], "b": [None]}),
    ],
)
def test_a_broken_field_is_an_issue_and_the_rest_is_read(field: str, value: Any) -> None:
    record = read({field: value})
    assert record.title == "Learning Nothing from Few Labels"
    assert f"`{field}`" in record.issues[0]


@pytest.mark.parametrize("sent", [b"", b"[]", b'{"title": "x"}', b'{"id": "https://openalex.org/A5"}'])
def test_what_is_no_work_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        openalex.read(sent)
