import msgspec
import pytest

from pipeline.model import Identifier, Ids, Version
from tests.stages.dialogue import ARXIV, DOI, TITLE, case, decided, entry, paper, preprint, record, resolved

LINK = f"https://doi.org/{DOI}"
ARXIV_LINK = f"https://arxiv.org/abs/{ARXIV}"
BOTH = [record("crossref"), record("openalex")]
OTHER = "Counting imaginary sheep on hillsides at night"


def rules(row: object) -> list[str]:
    return [issue.rule for issue in row.issues]  # type: ignore[attr-defined]


def test_a_doi_in_the_link_is_exact_when_a_record_bears_the_title() -> None:
    found = paper(case(entry(url=LINK)), BOTH)
    assert (found.status, found.ids.doi, found.resolution.method) == ("exact", DOI, "link-doi")


def test_an_identifier_is_never_searched_for() -> None:
    _, asked = resolved(case(entry(url=LINK)), BOTH)
    assert [(query.source, query.kind) for query in asked] == [("openalex", "doi"), ("crossref", "doi")]


def test_one_source_is_enough_to_confirm_a_link() -> None:
    found = paper(case(entry(url=LINK)), BOTH, down={"crossref"})
    assert (found.status, found.ids.doi) == ("exact", DOI)


@pytest.mark.parametrize(
    ("title", "status", "rule"),
    [
        pytest.param(TITLE.replace("patient", "impatient"), "exact", "title-differs", id="half of the words agree"),
        pytest.param(
            f"{TITLE}. VIII. Dipole moments of anchors, of chains and of seven other things that sink",
            "exact",
            "title-incomplete",
            id="the record's title goes on",
        ),
        pytest.param(OTHER, "unmatched", "identifier-rejected", id="another paper"),
    ],
)
def test_a_link_whose_record_has_another_title_is_an_issue(title: str, status: str, rule: str) -> None:
    found = paper(case(entry(url=LINK)), [msgspec.structs.replace(r, title=title) for r in BOTH])
    assert (found.status, rules(found)[0]) == (status, rule)
    assert TITLE in found.issues[0].message
    assert title in found.issues[0].message


def test_a_rejected_identifier_leads_to_the_title_search() -> None:
    wrong = [msgspec.structs.replace(r, title=OTHER) for r in BOTH]
    right = record("crossref", ids=Ids(doi="10.5555/right"))
    found = paper(case(entry(url=LINK)), [*wrong, right])
    assert (found.status, found.ids.doi, rules(found)) == ("matched", "10.5555/right", ["identifier-rejected"])


def test_a_doi_that_does_not_exist_is_an_issue_and_the_search_still_finds_the_paper() -> None:
    found = paper(case(entry(url="https://doi.org/10.5555/typo")), [*BOTH, record("doira", ids=Ids())])
    assert (found.status, found.ids.doi, rules(found)) == ("matched", DOI, ["doi-not-found"])


def test_a_doi_of_an_agency_that_is_not_asked_is_kept_and_told() -> None:
    row = case(entry(url="https://doi.org/10.5555/elsewhere"))
    found = paper(row, agencies={"10.5555/elsewhere": "JaLC"})
    assert (found.ids.doi, rules(found)) == ("10.5555/elsewhere", ["doi-elsewhere"])


def test_all_sources_down_leaves_the_links_identifier_filled_in() -> None:
    found = paper(case(entry(url=LINK)), BOTH, down={"openalex", "crossref", "datacite", "doira"})
    assert (found.status, found.ids.doi, found.title) == ("linked", DOI, TITLE)


def test_an_outage_is_not_an_absence() -> None:
    found = paper(case(), down={"crossref"})
    assert (found.status, found.resolution.searched) == ("open", None)


def test_all_answers_and_nothing_fits_is_unmatched_and_remembered() -> None:
    found = paper(case())
    assert (found.status, found.resolution.searched, found.resolution.searches) == ("unmatched", "2026-11-22", 1)


def test_an_arxiv_link_is_asked_by_doi_and_by_page_in_the_same_round() -> None:
    _, asked = resolved(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite")])
    assert [(q.source, q.kind) for q in asked[:3]] == [("openalex", "doi"), ("datacite", "doi"), ("openalex", "arxiv")]


def test_a_preprint_without_a_publication_keeps_its_own_doi() -> None:
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite"), preprint("openalex")])
    assert (found.type, found.ids.doi) == ("preprint", f"10.48550/arxiv.{ARXIV}")


def test_the_published_version_becomes_the_identity_when_two_sources_prove_it() -> None:
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite"), record("crossref")])
    assert (found.ids.doi, found.ids.arxiv, found.type) == (DOI, ARXIV, "article")
    assert [version.kind for version in found.versions] == ["published", "preprint"]
    assert rules(found) == ["row-means-preprint"]


def test_a_merged_record_alone_does_not_prove_a_publication() -> None:
    merged = record("openalex", ids=Ids(doi=DOI, arxiv=ARXIV, openalex="W99"))
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite"), merged])
    assert found.ids.doi == f"10.48550/arxiv.{ARXIV}"


def test_a_copy_under_a_denied_prefix_is_never_the_publication() -> None:
    copies = [record(source, ids=Ids(doi="10.65215/copy")) for source in ("crossref", "openalex")]
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite"), *copies])
    assert found.ids.doi == f"10.48550/arxiv.{ARXIV}"


def test_two_publications_of_a_preprint_are_a_humans_decision() -> None:
    two = [record("crossref"), record("crossref", ids=Ids(doi="10.5555/journal"))]
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [preprint("datacite"), *two])
    assert found.ids.doi == f"10.48550/arxiv.{ARXIV}"
    assert rules(found) == ["published-version-unclear"]


def test_a_published_paper_keeps_the_preprint_that_its_agency_confirms() -> None:
    merged = record("openalex", ids=Ids(doi=DOI, arxiv=ARXIV, openalex="W99"))
    found = paper(case(entry(url=LINK)), [record("crossref"), merged, preprint("datacite")])
    assert (found.ids.doi, found.ids.arxiv) == (DOI, ARXIV)


def test_an_unconfirmed_preprint_is_not_kept() -> None:
    merged = record("openalex", ids=Ids(doi=DOI, arxiv=ARXIV, openalex="W99"))
    assert paper(case(entry(url=LINK)), [record("crossref"), merged]).ids.arxiv is None


def test_a_pii_finds_the_record_that_carries_it() -> None:
    pii = "S0957417421009982"
    link = f"https://www.sciencedirect.com/science/article/pii/{pii}"
    found = paper(case(entry(url=link)), [record("crossref", ids=Ids(doi=DOI, pii=pii)), record("openalex")])
    assert (found.status, found.resolution.method, found.ids.doi) == ("exact", "pii", DOI)


def test_a_document_number_proves_the_candidate_that_carries_it() -> None:
    row = entry(url="https://ieeexplore.ieee.org/document/9999999", venue=None, year=None)
    found = paper(case(row), [record("crossref", ids=Ids(doi=DOI, ieee="9999999"))])
    assert (found.status, found.resolution.method, found.ids.doi) == ("exact", "document-number", DOI)


def test_a_paper_without_a_doi_resolves_by_its_page() -> None:
    page = "https://proceedings.mlr.press/v999/example21a.html"
    work = record("openalex", ids=Ids(openalex="W97"), landing_urls=(page,), type="inproceedings")
    found = paper(case(entry(url=page, venue="PMLR")), [work])
    assert (found.status, found.resolution.method, found.ids.doi, found.ids.openalex) == (
        "matched",
        "link-page",
        None,
        "W97",
    )
    assert found.volume == "999"


SETTLED = paper(case(entry(url=LINK)), BOTH)


def test_a_settled_paper_is_asked_by_its_ids_only() -> None:
    _, asked = resolved(case(entry(url=LINK), old=SETTLED), BOTH)
    assert [(q.source, q.kind, q.value) for q in asked] == [("openalex", "id", "W99"), ("crossref", "doi", DOI)]


def test_a_second_run_says_the_same() -> None:
    assert paper(case(entry(url=LINK), old=SETTLED), BOTH) == SETTLED


def test_a_settled_paper_survives_an_outage_with_its_values() -> None:
    found = paper(case(entry(url=LINK), old=SETTLED), down={"openalex", "crossref"})
    assert msgspec.structs.replace(found, stale_since=None) == SETTLED


def test_a_settled_paper_never_flips_when_its_link_changes() -> None:
    other = "10.5555/other"
    changed = case(entry(url=f"https://doi.org/{other}"), old=SETTLED)
    found = paper(changed, [*BOTH, record("crossref", ids=Ids(doi=other))])
    assert (found.ids.doi, rules(found)) == (DOI, ["identity-contested"])


def test_a_settled_preprint_moves_to_its_proven_publication_by_itself() -> None:
    row = entry(url=ARXIV_LINK, venue="arXiv")
    old = paper(case(row), [preprint("datacite"), preprint("openalex")])
    later = msgspec.structs.replace(old.resolution, searched="2025-01-01")
    old = msgspec.structs.replace(old, resolution=later)
    found = paper(case(row, old=old), [preprint("datacite"), preprint("openalex"), record("crossref")])
    assert (found.ids.doi, found.key) == (DOI, old.key)
    assert found.versions == (
        Version(kind="published", doi=DOI, url=f"https://doi.org/{DOI}", year=2021),
        Version(kind="preprint", doi=f"10.48550/arxiv.{ARXIV}", url=f"https://arxiv.org/abs/{ARXIV}", year=2020),
    )


def test_a_humans_word_is_taken_as_it_is() -> None:
    pinned = Identifier(scheme="doi", value="10.5555/pinned", evidence="corrections.toml")
    chosen = record("crossref", title=OTHER, ids=Ids(doi="10.5555/pinned"))
    found = paper(case(entry(url=LINK), decision=decided(pinned=pinned)), [*BOTH, chosen])
    assert (found.status, found.ids.doi, found.title) == ("corrected", "10.5555/pinned", OTHER)


def test_a_denied_work_is_not_found_again() -> None:
    found = paper(case(decision=decided(denied=frozenset({DOI}))), BOTH)
    assert found.ids.doi is None


def test_a_denied_identity_is_given_up_although_it_was_settled() -> None:
    denied = decided(denied=frozenset({DOI}))
    assert paper(case(entry(url=LINK), old=SETTLED, decision=denied), BOTH).ids.doi is None


def test_an_entry_that_is_in_no_source_is_not_asked_about() -> None:
    found, asked = resolved(case(decision=decided(is_unpublished=True)), BOTH)
    assert (found.status, asked) == ("corrected", [])


def test_a_corrected_field_wins_and_says_so() -> None:
    found = paper(case(entry(url=LINK), decision=decided(fields=(("year", 1999),))), BOTH)
    assert (found.year, found.sources["year"]) == (1999, "correction")


def test_known_facts_stand_when_nobody_answers() -> None:
    known = record("known", bibtex_key="example2021learning")
    found = paper(case(entry(url=LINK), known=known), down={"openalex", "crossref"})
    assert (found.status, found.ids.doi, found.authors[0].family) == ("known", DOI, "Example")


def test_the_sources_word_beats_known_facts() -> None:
    known = record("known", year=2020, venue="Workshop notes")
    found = paper(case(entry(url=LINK), known=known), BOTH)
    assert (found.status, found.year, found.venue) == ("exact", 2021, "Journal of Invented Results")


def test_known_facts_publish_a_preprint_that_has_no_doi_of_its_own() -> None:
    known = record("known", ids=Ids(arxiv=ARXIV), type="inproceedings", venue="Invented Conference")
    found = paper(
        case(entry(url=ARXIV_LINK), known=known), [preprint("datacite"), preprint("openalex", citation_count=7)]
    )
    assert (found.ids.doi, found.venue, found.type) == (None, "Invented Conference", "inproceedings")
    assert found.citations.openalex is not None


def test_a_fruitless_search_pauses_and_the_pause_grows() -> None:
    once = paper(case())
    _, asked = resolved(case(old=once))
    assert asked == []
    later = msgspec.structs.replace(once.resolution, searched="2026-10-01")
    _, asked = resolved(case(old=msgspec.structs.replace(once, resolution=later)))
    assert {query.kind for query in asked} == {"title", "search"}
    twice = msgspec.structs.replace(later, searches=2)
    _, asked = resolved(case(old=msgspec.structs.replace(once, resolution=twice)))
    assert asked == []


def test_an_edited_row_is_searched_at_once() -> None:
    once = paper(case())
    _, asked = resolved(case(entry(year=2020), old=once))
    assert asked


@pytest.mark.parametrize("down", [set(), {"datacite"}], ids=["the agency lacks the preprint", "the agency is down"])
def test_a_merged_record_is_never_a_publication_without_the_preprints_own_record(down: set[str]) -> None:
    merged = record("openalex", ids=Ids(doi=DOI, arxiv=ARXIV, openalex="W99"), citation_count=9)
    found = paper(case(entry(url=ARXIV_LINK, venue="arXiv")), [merged, record("crossref")], down=down)
    assert (found.status, found.ids.doi, found.type) == ("exact", f"10.48550/arxiv.{ARXIV}", "preprint")
    assert (found.citations.openalex, found.authors, found.resolution.searched) == (None, (), None)


def test_the_publication_is_proven_once_the_preprints_agency_answers_again() -> None:
    row = case(entry(url=ARXIV_LINK, venue="arXiv"))
    merged = record("openalex", ids=Ids(doi=DOI, arxiv=ARXIV, openalex="W99"))
    records = [merged, record("crossref"), preprint("datacite")]
    old = paper(row, records, down={"datacite"})
    found = paper(msgspec.structs.replace(row, old=old), records)
    assert (found.ids.doi, found.ids.arxiv) == (DOI, ARXIV)


@pytest.mark.parametrize(
    ("row", "right"),
    [
        pytest.param({"venue": "Annals of Anchors"}, "10.5555/annals", id="another venue than the one that was found"),
        pytest.param({}, DOI, id="year and venue"),
    ],
)
def test_a_version_that_openalex_has_alone_waits_for_crossrefs_search(row: dict[str, object], right: str) -> None:
    authors = ("Ada Example", "Ben Sample")
    other = record("crossref", ids=Ids(doi="10.5555/annals"), venue="Annals of Anchors", year=2022, years=(2022,))
    found, asked = resolved(case(entry(authors=authors, **row)), [*BOTH, other])
    assert (found.status, found.ids.doi) == ("matched", right)
    assert ("search" in {query.kind for query in asked}) == (right != DOI)
