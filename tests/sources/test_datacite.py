import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pipeline.model import Affiliation, Author, OpenAccess, Record, Version
from pipeline.sources import UnreadableBody, datacite
from tests.sources.invented import ask, load


def read(changes: dict[str, Any] | None = None) -> Record:
    return datacite.read(load("datacite", changes))


def test_a_hundred_dois_go_into_one_call_with_a_page_for_all() -> None:
    requests = datacite.ask(ask("datacite", "doi", *[f"10.48550/arxiv.2101.{n:05d}" for n in range(110)]))
    asked = [parse_qs(urlsplit(request.path).query) for request in requests]
    assert [len(parameters["ids"][0].split(",")) for parameters in asked] == [100, 10]
    assert [parameters["page[size]"] for parameters in asked] == [["100"], ["10"]]
    assert [request.full for request in requests] == [True, False]


def test_a_doi_with_a_comma_is_asked_singly_and_whole() -> None:
    (request,) = datacite.ask(ask("datacite", "doi", "10.5281/a,b"))
    assert request.pool == "single"
    assert unquote(urlsplit(request.path).path) == "/dois/10.5281/a,b"


def test_what_the_list_does_not_return_is_not_asked_again() -> None:
    assert datacite.follow_up(ask("datacite", "doi", "10.5281/zenodo.1")[0]) is None


def test_a_record_goes_to_its_question_whatever_its_place() -> None:
    other, record = b'{"id": "10.5281/other", "attributes": {}}', load("datacite")
    (request,) = datacite.ask(ask("datacite", "doi", "10.5281/absent", "10.48550/arxiv.2101.00001"))
    absent, found = request.queries
    assert datacite.split(request, b'{"data": [%s]}' % record) == {found: (record,)}
    assert datacite.split(request, b'{"data": [%s, %s]}' % (other, record)) == {found: (record,), absent: ()}
    with pytest.raises(UnreadableBody, match="nobody asked for"):
        datacite.split(request, b'{"data": [%s]}' % other)
    assert datacite.aliases(record) == (("doi", "10.48550/arxiv.2101.00001"),)


def test_a_record_that_speaks_of_another_doi_is_not_believed() -> None:
    (request,) = datacite.ask(ask("datacite", "doi", "10.48550/arxiv.2101.00001"))
    with pytest.raises(UnreadableBody, match="nobody asked for"):
        datacite.split(request, b'{"data": [%s]}' % load("datacite", {"doi": "10.5281/other"}))


def test_a_list_that_was_cut_is_unreadable() -> None:
    (request,) = datacite.ask(ask("datacite", "doi", "10.48550/arxiv.2101.00001", "10.5281/b"))
    with pytest.raises(UnreadableBody, match="1 of 2"):
        datacite.split(request, b'{"data": [%s], "meta": {"total": 2}}' % load("datacite"))


def test_a_single_record_answers_its_question() -> None:
    (request,) = datacite.ask(ask("datacite", "doi", "10.5281/a,b"))
    record = b'{"id": "10.5281/a,b", "attributes": {"doi": "10.5281/a,b"}}'
    assert datacite.split(request, b'{"data": %s}' % record) == {request.queries[0]: (record,)}


@pytest.mark.parametrize("sent", [b"", b'{"errors": []}', b'{"data": {}}', b'{"data": [{"attributes": {}}]}'])
def test_a_list_that_is_not_what_was_promised_is_unreadable(sent: bytes) -> None:
    (request,) = datacite.ask(ask("datacite", "doi", "10.5281/a"))
    with pytest.raises(UnreadableBody):
        datacite.split(request, sent)


def test_every_field_of_a_record_is_read() -> None:
    record = read()
    assert (record.title, record.other_titles) == ("Learning Nothing from Few Labels", ("Nichts lernen",))
    assert record.authors == (
        Author(
            given="Jane",
            family="Doe",
            orcid="0000-0002-1825-0097",
            affiliations=(Affiliation(name="University of Nowhere"),),
        ),
        Author(literal="The Test Consortium"),
    )
    assert (record.type, record.raw_type, record.publisher, record.venue) == ("preprint", "Preprint", "arXiv", "arXiv")
    assert (record.year, record.month, record.date, record.years) == (2021, 1, "2021-01-13", (2021,))
    assert (record.ids.doi, record.ids.arxiv) == ("10.48550/arxiv.2101.00001", "2101.00001")
    assert record.versions == (Version(kind="published", doi="10.5555/ijt.2021.7"),)
    assert (record.abstract, record.open_access) == ("We like learning.", OpenAccess(license="cc-by"))
    assert record.issues == ()


def test_arxivs_classes_are_keywords_the_primary_one_first() -> None:
    assert read().keywords == ("Computer Vision and Pattern Recognition (cs.CV)", "Machine Learning (cs.LG)")


def test_a_version_of_an_upload_is_no_published_version() -> None:
    related = [{"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.1", "relatedIdentifierType": "DOI"}]
    record = read(
        {"doi": "10.5281/zenodo.2", "types": {"resourceTypeGeneral": "Preprint"}, "relatedIdentifiers": related}
    )
    assert record.versions == ()


@pytest.mark.parametrize(
    ("general", "expected"),
    [("JournalArticle", "article"), ("Dataset", "dataset"), ("Dissertation", "thesis"), ("Text", None)],
)
def test_types_are_translated_by_a_table(general: str, expected: str | None) -> None:
    assert read({"doi": "10.5281/a", "types": {"resourceTypeGeneral": general}}).type == expected


def test_a_type_that_is_not_in_the_table_is_reported_never_guessed() -> None:
    record = read({"doi": "10.5281/a", "types": {"resourceTypeGeneral": "Hologram"}})
    assert record.type == "misc"
    assert "`Hologram`" in record.issues[0]


DAGSTUHL = "LIPIcs, Volume 107, 45th Colloquium on Invented Automata (CIA 2018), pages 1:1-1:24"
ITEM = {
    "relationType": "IsPublishedIn", "relatedItemType": "ConferenceProceeding", "volume": "3", "firstPage": "1:1",
    "lastPage": "1:9", "titles": [{"title": "4th Conference on Invented Tests"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"types": {"resourceTypeGeneral": "JournalArticle"},
          "container": {"type": "Journal", "title": "Journal of Tests", "volume": "3", "firstPage": "1",
                        "lastPage": "9"}},
         ("article", "Journal of Tests", None, "3", "1-9")),
        ({"types": {"resourceTypeGeneral": "Text"}, "container": {"type": "Journal", "title": "Journal of Tests"}},
         ("article", "Journal of Tests", None, None, None)),
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "ConferencePaper"},
          "container": {"type": "Series", "title": "LIPIcs", "volume": "107", "identifier": "1868-8969",
                        "identifierType": "ISSN", "firstPage": "45th Colloquium on Invented Automata (CIA 2018)"},
          "descriptions": [{"description": DAGSTUHL, "descriptionType": "SeriesInformation"}]},
         ("inproceedings", "45th Colloquium on Invented Automata (CIA 2018)",
          "Leibniz International Proceedings in Informatics (LIPIcs)", "107", "1:1-1:24")),
        ({"types": {"resourceTypeGeneral": "ConferencePaper"}, "relatedItems": [ITEM]},
         ("inproceedings", "4th Conference on Invented Tests", None, "3", "1:1-1:9")),
        ({"types": {"resourceTypeGeneral": "ConferencePaper"}, "container": {"type": "Series", "title": "A Series"}},
         ("inproceedings", "A Series", None, None, None)),
        ({"types": {"resourceTypeGeneral": "BookChapter"}, "container": {"type": "Book", "title": "A Book"}},
         ("incollection", "A Book", None, None, None)),
        ({"types": {"resourceTypeGeneral": "Book"}, "container": {"type": "Series", "title": "A Series"}},
         ("book", None, "A Series", None, None)),
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "Preprint"}, "publisher": "HAL"},
         ("preprint", "HAL", None, None, None)),
        ({"types": {"resourceTypeGeneral": "Software"}}, ("software", None, None, None, None)),
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "Doctoral Thesis"}},
         ("thesis", None, None, None, None)),
    ],
    ids=["journal", "journal under Text", "Dagstuhl", "related item", "series alone", "chapter", "book in a series",
         "preprint under Text", "software", "thesis under Text"],
)  # fmt: skip
def test_the_container_is_what_its_type_says(changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    record = read({"doi": "10.5555/d.1", "container": ..., "descriptions": ..., **changes})
    assert (record.type, record.venue, record.series, record.volume, record.pages) == expected


def test_a_thesis_names_its_degree_and_a_book_its_editors() -> None:
    types = {"resourceTypeGeneral": "Dissertation", "resourceType": "Master's thesis"}
    assert read({"doi": "10.5555/d.1", "types": types}).degree == "master"
    people = [
        {"name": "Doe, Ann", "nameType": "Personal", "contributorType": "Editor"},
        {"name": "Roe, Bo", "nameType": "Personal", "contributorType": "DataManager"},
    ]
    book = {"doi": "10.5555/d.1", "types": {"resourceTypeGeneral": "Book"}, "contributors": people}
    assert [editor.family for editor in read(book).editors] == ["Doe"]


def test_names_without_parts_and_organisations_given_as_objects_are_read() -> None:
    creators = [{"name": "Roe, John", "affiliation": [{"name": "Institute"}]}]
    record = read({"creators": creators, "publisher": {"name": "Zenodo"}})
    assert record.authors == (Author(given="John", family="Roe", affiliations=(Affiliation(name="Institute"),)),)
    assert record.publisher == "Zenodo"


def test_a_record_of_nothing_but_nulls_is_read() -> None:
    names = json.loads(load("datacite"))["attributes"]
    record = read({**dict.fromkeys(names), "doi": "10.5281/a"})
    assert (record.ids.doi, record.title, record.issues) == ("10.5281/a", None, ())


@pytest.mark.parametrize("sent", [b"", b"{}", b'{"attributes": {}}', b'{"attributes": {"doi": "x"}}'])
def test_what_is_no_record_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        datacite.read(sent)
