"""What speaks for a work besides its title."""

import pytest

from pipeline.model import Entry, Identifier, Ids, Record, WorkType
from pipeline.stages.matching import authorship, evidence
from tests.stages.invented_records import arxiv, crossref, entry, openalex


def weights(row: Entry, *records: Record, **more: object) -> list[float]:
    people = authorship.compare(row.authors, records)
    return [one.weight for one in evidence.find(row, records, people=people, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "row", "record", "heard"),
    [
        ("no year listed", entry(), crossref(), []),
        ("the year", entry(year=2019), crossref(), [evidence.YEAR]),
        ("the online year", entry(year=2017), crossref(years=(2017, 2019)), [evidence.YEAR]),
        ("a year off", entry(year=2020), crossref(), [evidence.NEAR_YEAR]),
        ("two years off", entry(year=2021), crossref(), []),
        ("preprint three years before", entry(year=2021), arxiv(), [evidence.NEAR_YEAR]),
        ("preprint four years before", entry(year=2022), arxiv(), []),
        (
            "published three years after the listed preprint",
            entry(year=2016, venue="arXiv"),
            crossref(),
            [evidence.NEAR_YEAR],
        ),
        ("record without a year", entry(year=2019), crossref(year=None), []),
    ],
)
def test_years(case: str, row: Entry, record: Record, heard: list[float]) -> None:
    assert weights(row, record) == heard


@pytest.mark.parametrize(
    ("listed", "heard"),
    [
        ("Journal of Feather Research", evidence.VENUE),
        ("J. Feather Res.", evidence.VENUE),
        ("JOFR", evidence.VENUE),
        ("JFR", evidence.VENUE),
        ("XYZQ", evidence.UNKNOWN_VENUE),
        ("Annals of Anchors", evidence.OTHER_VENUE),
        ("CVPR", evidence.OTHER_VENUE),
        ("arXiv", None),
    ],
)
def test_venues(listed: str, heard: float | None) -> None:
    legend = (("JOFR", "Journal of Feather Research"),)
    assert weights(entry(venue=listed), crossref(), aliases=legend) == ([] if heard is None else [heard])


def test_two_initials_are_half_a_witness() -> None:
    assert weights(entry(venue="AA"), crossref(venue="Annals of Anchors")) == [evidence.LIKELY_VENUE]


def test_a_name_that_is_spelled_alike_is_the_venue() -> None:
    name = "Proceedings of the Fifth Plumage Meeting - PLUME '15"
    assert weights(entry(venue=name), crossref(venue=name)) == [evidence.VENUE]


def test_a_copy_on_a_preprint_server_says_nothing_about_the_venue() -> None:
    copied = openalex(venue=None, other_venues=("arXiv (Cornell University)",))
    assert weights(entry(venue="Journal of Feather Research"), copied) == []
    elsewhere = openalex(venue="Annals of Made-up Medicine", other_venues=("arXiv (Cornell University)",))
    assert weights(entry(venue="Journal of Feather Research"), elsewhere) == [evidence.OTHER_VENUE]


def test_a_preprint_as_listed_is_half_a_witness() -> None:
    assert weights(entry(venue="Preprint"), arxiv(venue="arXiv")) == [evidence.LIKELY_VENUE]


@pytest.mark.parametrize(
    ("case", "listed", "written", "heard"),
    [
        ("one of one", ("Ada Quill",), "Ada Quill", [evidence.AUTHOR]),
        ("all, in order", ("A. Quill", "B. Down"), "Ada Quill, Ben Down", [evidence.AUTHORS, evidence.ORDER]),
        ("all, in another order", ("Ben Down", "Ada Quill"), "Ada Quill, Ben Down", [evidence.AUTHORS]),
        ("a letter off", ("Ada Priestly",), "Ada Priestley", [evidence.SOME_AUTHORS]),
        ("another given name", ("Bob Quill",), "Ada Quill", [evidence.SOME_AUTHORS]),
        ("one of many", ("Wei Li", "Cy Other", "Di Other", "Eve Other"), "Wei Li, Ada Quill, Ben Down", [0.0]),
        ("perhaps a nickname", ("FeatherNet",), "Ada Quill, Ben Down", [evidence.NO_AUTHOR]),
    ],
)
def test_authors(case: str, listed: tuple[str, ...], written: str, heard: list[float]) -> None:
    assert weights(entry(authors=listed), crossref(authors=written)) == heard


def test_both_sources_count_only_for_distinctive_titles_and_no_other_venue() -> None:
    both = (crossref(), openalex())
    assert weights(entry(), *both) == [evidence.SOURCES]
    assert weights(entry(), *both, is_distinctive=False) == []
    assert weights(entry(venue="XYZQ"), *both) == [evidence.UNKNOWN_VENUE, evidence.SOURCES]
    assert weights(entry(venue="Annals of Anchors"), *both) == [evidence.OTHER_VENUE]


def test_both_sources_make_no_publication_of_a_listed_preprint_unless_a_year_fits() -> None:
    assert weights(entry(venue="arXiv"), crossref(), openalex()) == []
    assert weights(entry(venue="arXiv", year=2018), crossref(), openalex()) == [evidence.NEAR_YEAR, evidence.SOURCES]


@pytest.mark.parametrize(
    ("case", "venue", "year", "heard"),
    [
        ("another venue", "Annals of Anchors", None, [evidence.OTHER_VENUE]),
        ("another venue, a year off", "Annals of Anchors", 2018, [evidence.NEAR_YEAR, evidence.OTHER_VENUE]),
        ("a venue that nobody explains, a year off", "XYZQ", 2018, [evidence.NEAR_YEAR, evidence.UNKNOWN_VENUE]),
        ("another venue, the exact year", "Annals of Anchors", 2019, [evidence.YEAR, evidence.OTHER_VENUE]),
        ("a venue that nobody explains, the exact year", "XYZQ", 2019,
         [evidence.YEAR, evidence.UNKNOWN_VENUE, evidence.AUTHOR]),
        ("a venue that nobody explains", "XYZQ", None, [evidence.UNKNOWN_VENUE, evidence.AUTHOR]),
    ],
)  # fmt: skip
def test_authors_do_not_tell_versions_apart(case: str, venue: str, year: int | None, heard: list[float]) -> None:
    assert weights(entry(venue=venue, year=year, authors=("Ada Quill",)), crossref()) == heard


@pytest.mark.parametrize(
    ("case", "listed", "kind", "heard"),
    [
        ("a thesis for an article", "J. Feather Res.", "thesis", [evidence.OTHER_VENUE]),
        ("a book for a paper", "CVPR 2019", "book", [evidence.OTHER_VENUE]),
        ("data for an article", "Journal of Feather Research", "dataset", [evidence.OTHER_VENUE]),
        ("a book, by its publisher", "Feather Press", "book", []),
        ("a thesis, by its school", "University of Down", "thesis", []),
        ("a thesis, by another school or an unknown journal", "Feathers", "thesis", [evidence.UNKNOWN_VENUE]),
        ("an article without a venue", "Journal of Feather Research", "article", []),
    ],
)
def test_what_stands_alone_is_not_what_stands_in_a_venue(
    case: str, listed: str, kind: WorkType, heard: list[float]
) -> None:
    record = crossref(venue=None, kind=kind, publisher="Feather Press", institution="University of Down")
    assert weights(entry(venue=listed), record) == heard


@pytest.mark.parametrize(
    ("scheme", "value", "record"),
    [
        ("ieee", "9343323", crossref(ids=Ids(ieee="9343323"))),
        ("ieee", "9343323", crossref(landing_urls=("http://ieeexplore.ieee.org/document/9343323",))),
        (
            "pii",
            "S0031320321000133",
            crossref(landing_urls=("https://linkinghub.elsevier.com/retrieve/pii/S0031320321000133",)),
        ),
        ("arxiv", "1812.01234", arxiv()),
        ("openreview", "rJgBuTNt", crossref(landing_urls=("https://openreview.net/forum?id=rJgBuTNt",))),
    ],
)
def test_a_number_of_the_link_in_the_record_is_proof(scheme: str, value: str, record: Record) -> None:
    identifier = Identifier(scheme=scheme, value=value, evidence="link")  # type: ignore[arg-type]
    assert weights(entry(), record, identifiers=(identifier,)) == [evidence.NUMBER]


def test_part_of_a_number_is_no_proof() -> None:
    identifier = Identifier(scheme="ieee", value="934332", evidence="link")
    assert weights(entry(), crossref(landing_urls=("https://x.org/9343323",)), identifiers=(identifier,)) == []


@pytest.mark.parametrize(("value", "proof"), [("2019", []), ("93432", []), ("934332", [2.0])])
def test_a_short_number_in_an_address_is_no_proof(value: str, proof: list[float]) -> None:
    identifier = Identifier(scheme="ieee", value=value, evidence="link")
    found = crossref(landing_urls=(f"https://x.org/volume/{value}",))
    assert weights(entry(), found, identifiers=(identifier,)) == proof


def test_known_bib_speaks_for_its_doi() -> None:
    assert weights(entry(), crossref(), known=crossref(source="known")) == [1.0]
    assert weights(entry(), crossref(), known=crossref(source="known", doi="10.1000/other")) == []


@pytest.mark.parametrize(
    "name", ["Ada" + " ," * 100_000 + "Quill", "et " * 100_000, "Zoe Stranger" + " " * 200_000 + "et al."]
)
def test_hostile_names_cost_linear_time(name: str) -> None:
    found = authorship.compare((name,), [crossref(authors="Roe, Jane")])
    assert found is None or not found.agreeing


def test_a_doi_of_known_bib_is_compared_by_its_letters() -> None:
    written = "10.1000/RIGHT".lower()  # equal, and another object
    assert evidence.is_known(crossref(doi=written), [crossref(doi="10.1000/right")])
    assert not evidence.is_known(crossref(doi=written), [crossref(doi="10.1000/wrong")])


def test_an_acronym_that_the_legend_explains_is_sure_however_short() -> None:
    row = entry(venue="FR")
    assert weights(row, crossref(), aliases=(("FR", "Journal of Feather Research"),)) == [1.0]


def test_the_weights_are_those_that_were_measured() -> None:
    assert (evidence.YEAR, evidence.NEAR_YEAR) == (1.0, 0.5)
    assert (evidence.VENUE, evidence.LIKELY_VENUE, evidence.UNKNOWN_VENUE, evidence.OTHER_VENUE) == (
        1.0,
        0.5,
        0.0,
        -1.0,
    )
    assert (evidence.AUTHORS, evidence.AUTHOR, evidence.SOME_AUTHORS, evidence.NO_AUTHOR) == (2.0, 1.0, 0.5, -1.0)
    assert (evidence.NUMBER, evidence.SOURCES, evidence.ORDER) == (2.0, 1.0, 0.25)
    assert [*evidence.PREPRINT_YEARS] == [-1, 0, 1, 2, 3]
