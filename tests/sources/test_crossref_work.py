import json
from typing import Any

import pytest

from pipeline.model import Affiliation, Author, Notice, OpenAccess, Record, Version
from pipeline.sources import UnreadableBody, crossref
from tests.sources.invented import load


def read(changes: dict[str, Any] | None = None) -> Record:
    return crossref.read(load("crossref", changes))


def dated(**dates: list[int | None]) -> Record:
    kinds = ("issued", "published", "published-print", "published-online", "posted")
    given = {name.replace("_", "-"): {"date-parts": [parts]} for name, parts in dates.items()}
    return read({**dict.fromkeys(kinds, ...), **given})


def test_every_field_of_a_work_is_read() -> None:
    record = read()
    assert (record.title, record.subtitle) == ("Learning Nothing from Few Labels", "An invented study")
    assert (record.type, record.raw_type) == ("article", "journal-article")
    assert (record.venue, record.short_venue, record.publisher) == (
        "Invented Journal of Tests", "Inv. J. Tests", "Invented Press",
    )  # fmt: skip
    assert (record.volume, record.issue, record.pages, record.issn) == (
        "7", "2", "637-641", ("1234-5679", "9876-5434"),
    )  # fmt: skip
    assert (record.ids.doi, record.ids.pii) == ("10.5555/ijt.2021.7", "S0001234521000077")
    assert record.landing_urls == (
        "https://linkinghub.elsevier.com/retrieve/pii/S0001234521000077", "https://api.example.org/7.pdf?a=1&b=2",
    )  # fmt: skip
    assert record.versions == (Version(kind="preprint", doi="10.5555/preprint.7"),)
    assert record.notices == (Notice(kind="correction", doi="10.5555/erratum.7", date="2022-01-02"),)
    assert (record.retracted, record.notice_of) == (False, ())
    assert record.citation_count == 3
    assert record.open_access == OpenAccess(license="cc-by-nc")
    assert (record.abstract, record.language) == ("We like learning.", "en")
    assert record.references == ("10.5555/old.1",)
    assert record.issues == ()


def test_authors_are_people_and_organisations_and_never_editors() -> None:
    assert read().authors == (
        Author(
            given="Jane",
            family="Doe",
            orcid="0000-0002-1825-0097",
            affiliations=(Affiliation(name="University of Nowhere", ror="https://ror.org/012345678"),),
        ),
        Author(given="John", family="Roe", suffix="Jr."),
        Author(literal="The Test Consortium"),
    )
    assert read({"author": ...}).authors == ()


def test_an_author_called_et_al_is_a_list_that_was_cut() -> None:
    record = read({"author": [{"given": "Jane", "family": "Doe"}, {"family": "et al."}, {"given": None}]})
    assert [author.family for author in record.authors] == ["Doe"]
    assert not record.authors_complete


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"issued": [2020, 12, 30], "published_print": [2021, 6]}, (2021, 6, "2021-06", (2020, 2021))),
        ({"issued": [1961, 4], "published_print": [1961, 4], "published_online": [2002, 5, 1]},
         (1961, 4, "1961-04", (1961, 2002))),
        ({"issued": [2021, 6, 14], "published_print": [2021]}, (2021, 6, "2021-06-14", (2021,))),
        ({"issued": [2020, 11, 2], "published_online": [2020, 11, 2]}, (2020, 11, "2020-11-02", (2020,))),
        ({"posted": [2020, 2, 6]}, (2020, 2, "2020-02-06", (2020,))),
        ({"issued": [None]}, (None, None, None, ())),
    ],
    ids=["early access", "back file", "print without month", "online only", "preprint", "no date"],
)  # fmt: skip
def test_the_year_is_the_printed_volumes_else_the_earliest(dates: dict[str, Any], expected: tuple[Any, ...]) -> None:
    record = dated(**dates)
    assert (record.year, record.month, record.date, record.years) == expected


@pytest.mark.parametrize(
    ("titles", "changes", "venue", "other"),
    [
        (["Lecture Notes in Computer Science", "Tests 2021"], {"ISSN": ["0302-9743"], "ISBN": ["9783030781910"]},
         "Tests 2021", "Lecture Notes in Computer Science"),
        (["Tests 2021", "Lecture Notes in Computer Science"], {"ISSN": ["0302-9743"]},
         "Tests 2021", "Lecture Notes in Computer Science"),
        (["Lecture Notes in Computer Science"], {"ISSN": ["0302-9743"]}, None, "Lecture Notes in Computer Science"),
        (["An Unheard-of Series", "Tests 2021"], {"ISSN": ["1234-5679"]}, "Tests 2021", "An Unheard-of Series"),
        (["Environmental Tests", "Theory and Practice"], {"ISSN": []}, "Environmental Tests: Theory and Practice",
         "Theory and Practice"),
        (["A Series", "Tests 2021"], {"ISSN": [], "event": {"name": "Tests"}}, "Tests 2021", "A Series"),
    ],
    ids=["series first", "series last", "series alone", "unknown series", "title and subtitle", "series without ISSN"],
)  # fmt: skip
def test_the_venue_of_a_chapter_is_its_volume(
    titles: list[str], changes: dict[str, Any], venue: str | None, other: str
) -> None:
    record = read({"type": "book-chapter", "container-title": titles, **changes})
    assert record.venue == venue
    assert other in record.other_venues


@pytest.mark.parametrize(
    ("titles", "venue", "short"),
    [
        (["Phys. Rev. C", "Physical Review C"], "Physical Review C", "Phys. Rev. C"),
        (
            ["Cybernetics and Systems Analysis", "Cybern Syst Anal"],
            "Cybernetics and Systems Analysis",
            "Cybern Syst Anal",
        ),
        (["pcar", "Pharmaceutical Care and Research"], "Pharmaceutical Care and Research", None),
        ([], None, None),
    ],
)
def test_the_venue_of_an_article_is_the_journals_full_name(
    titles: list[str], venue: str | None, short: str | None
) -> None:
    record = read({"container-title": titles, "short-container-title": []})
    assert (record.venue, record.short_venue) == (venue, short)


@pytest.mark.parametrize(
    "changes",
    [
        {"ISSN": ["1611-3349"]},
        {"container-title": ["Proceedings of the Tests"]},
        {"event": {"name": "Tests", "acronym": "TEST '21"}},
        {"assertion": [{"name": "conference_acronym", "value": "TEST"}]},
    ],
    ids=["series of proceedings", "name", "event", "Springer's assertion"],
)
def test_a_chapter_of_proceedings_is_a_conference_paper(changes: dict[str, Any]) -> None:
    fields = {"type": "book-chapter", "container-title": ["Tests"], "ISSN": []}
    assert read(fields).type == "incollection"
    assert read({**fields, **changes}).type == "inproceedings"


def test_a_journal_in_capitals_is_calmed() -> None:
    assert read({"container-title": ["ANNALS OF INVENTED MEDICINE"]}).venue == "Annals of Invented Medicine"


def test_the_conference_is_a_witness_for_the_venue() -> None:
    record = read({"event": {"name": "Conference on Tests", "acronym": "TEST '21", "start": {"date-parts": [[2021]]}}})
    assert {"Conference on Tests", "TEST '21"} <= set(record.other_venues)


def test_types_are_translated_by_a_table_and_unknown_ones_reported() -> None:
    kinds = {
        "proceedings-article": "inproceedings",
        "posted-content": "preprint",
        "monograph": "book",
        "component": "misc",
    }
    assert {kind: read({"type": kind}).type for kind in kinds} == kinds
    record = read({"type": "hologram"})
    assert record.type == "misc"
    assert "`hologram`" in record.issues[0]


@pytest.mark.parametrize(
    ("page", "number", "expected"),
    [
        ("148038", "148038", (None, "148038")),
        ("107826", None, (None, "107826")),
        ("1-11", "7", ("1-11", "7")),
        ("1256", None, ("1256", None)),
    ],
)
def test_an_article_number_is_no_page(page: str, number: str | None, expected: tuple[str | None, str | None]) -> None:
    record = read({"page": page, "article-number": number})
    assert (record.pages, record.article_number) == expected


@pytest.mark.parametrize(
    ("kind", "notice", "retracted"),
    [
        ("retraction", "retraction", True),
        ("withdrawal", "retraction", True),
        ("removal", "retraction", True),
        ("partial_retraction", "correction", False),
        ("expression_of_concern", "concern", False),
        ("Expression-of-Concern", "concern", False),
        ("corrigendum", "correction", False),
        ("new_version", None, False),
    ],
)
def test_only_retraction_removal_and_withdrawal_retract(kind: str, notice: str | None, retracted: bool) -> None:
    record = read({"updated-by": [{"DOI": "10.5555/N", "type": kind, "source": "retraction-watch"}]})
    assert [(found.kind, found.doi) for found in record.notices] == ([(notice, "10.5555/n")] if notice else [])
    assert record.retracted is retracted


def test_a_notice_of_an_unknown_type_is_reported() -> None:
    record = read({"updated-by": [{"DOI": "10.5555/n", "type": "applause"}]})
    assert record.notices == ()
    assert "`applause`" in record.issues[0]


def test_a_record_that_updates_another_is_a_notice() -> None:
    record = read(
        {"update-to": [{"DOI": "10.5555/PAPER", "type": "correction"}, {"DOI": "10.5555/v1", "type": "new_version"}]}
    )
    assert record.notice_of == ("10.5555/paper",)


def test_a_record_that_updates_itself_is_the_paper_with_a_notice() -> None:
    record = read({"update-to": [{"DOI": "10.5555/ijt.2021.7", "type": "retraction"}], "updated-by": ...})
    assert (record.notice_of, record.retracted) == ((), True)


def test_reviews_and_comments_are_notices_of_what_they_are_about() -> None:
    record = read({"relation": {"is-review-of": [{"id-type": "doi", "id": "10.5555/PAPER"}]}})
    assert record.notice_of == ("10.5555/paper",)


def test_a_preprint_names_its_publication() -> None:
    related = [
        {"id-type": "doi", "id": "https://doi.org/10.5555/Paper"},
        {"id-type": "uri", "id": "https://example.org"},
    ]
    record = read({"type": "posted-content", "relation": {"is-preprint-of": related}})
    assert record.versions == (Version(kind="published", doi="10.5555/paper"),)


def test_the_document_number_of_ieee_is_read_from_the_landing_page() -> None:
    record = read({"resource": {"primary": {"URL": "https://ieeexplore.ieee.org/document/9343323/"}}})
    assert record.ids.ieee == "9343323"


def test_a_title_in_capitals_is_calmed_and_one_with_lost_letters_reported() -> None:
    assert read({"title": ["THE DIELECTRIC CONSTANTS OF ETHANE"]}).title == "The Dielectric Constants of Ethane"
    assert "lost" in read({"title": ["Information technology � Registries"]}).issues[0]


def test_old_records_give_isbns_as_addresses() -> None:
    record = read({"ISBN": ["http://id.crossref.org/isbn/978-94-007-7490-2"]})
    assert record.isbn == ("9789400774902",)


def test_a_work_of_nothing_but_nulls_is_read() -> None:
    fields = json.loads(load("crossref"))
    record = crossref.read(json.dumps({**dict.fromkeys(fields), "DOI": "10.5555/a"}).encode())
    assert (record.ids.doi, record.title, record.authors, record.issues) == ("10.5555/a", None, (), ())


def test_a_component_without_title_and_date_is_read() -> None:
    sent = {"DOI": "10.5555/a.b", "type": "component", "issued": {"date-parts": [[None]]}, "title": []}
    record = crossref.read(json.dumps(sent).encode())
    assert (record.title, record.year, record.type) == (None, None, "misc")


@pytest.mark.parametrize(
    ("field", "value"), [("author", "Jane Doe"), ("title", "A string"), ("relation", []), ("issued", "2021")]
)
def test_a_broken_field_is_an_issue_and_the_rest_is_read(field: str, value: Any) -> None:
    record = read({field: value})
    assert record.volume == "7"
    assert f"`{field}`" in record.issues[0]


@pytest.mark.parametrize("sent", [b"", b"Resource not found.", b"[]", b'{"title": ["x"]}', b'{"DOI": "x"}'])
def test_what_is_no_work_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        crossref.read(sent)
