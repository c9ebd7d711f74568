"""known.bib names the work; the sources confirm it, or it speaks alone."""

import msgspec

from pipeline.model import Ids
from tests.stages.dialogue import ARXIV, DOI, case, decided, entry, paper, preprint, record, resolved

OTHER = "Counting imaginary sheep on hillsides at night"
KNOWN = record("known", bibtex_key="example2021learning")


def test_the_doi_of_known_bib_is_asked_for_and_never_searched() -> None:
    one = case(entry(), known=KNOWN)
    found = paper(one, [record("crossref"), record("openalex")])
    assert (found.status, found.ids.doi, found.resolution.method) == ("matched", DOI, "known")
    said = ("known.bib names it", "openalex record agrees", "crossref record agrees")
    assert found.resolution.evidence[:3] == said
    _, asked = resolved(one, [record("crossref"), record("openalex")])
    assert [(query.source, query.kind) for query in asked] == [("openalex", "doi"), ("crossref", "doi")]


def test_a_document_number_of_the_link_makes_a_confirmed_known_doi_exact() -> None:
    row = entry(url="https://ieeexplore.ieee.org/document/9999999")
    found = paper(case(row, known=KNOWN), [record("crossref", ids=Ids(doi=DOI, ieee="9999999"))])
    assert (found.status, found.resolution.method, found.ids.doi) == ("exact", "document-number", DOI)


def test_a_preprint_of_known_bib_is_asked_for_by_its_arxiv_id() -> None:
    known = preprint("known", ids=Ids(doi=f"10.48550/arxiv.{ARXIV}", arxiv=ARXIV))
    found = paper(case(entry(venue="arXiv"), known=known), [preprint("datacite"), preprint("openalex")])
    assert (found.status, found.ids.doi, found.ids.arxiv) == ("matched", f"10.48550/arxiv.{ARXIV}", ARXIV)


def test_a_known_doi_whose_records_bear_another_title_confirms_nothing() -> None:
    wrong = [msgspec.structs.replace(record(source), title=OTHER) for source in ("crossref", "openalex")]
    found = paper(case(entry(), known=KNOWN), wrong)
    assert (found.status, found.title) == ("known", KNOWN.title)


def test_a_known_doi_that_a_human_denied_is_not_used() -> None:
    one = case(entry(), known=KNOWN, decision=decided(denied=frozenset({DOI})))
    assert paper(one, [record("crossref"), record("openalex")]).status != "matched"
