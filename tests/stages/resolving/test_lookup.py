"""Which source is asked for which identifier."""

import pytest

from pipeline.model import Ids
from tests.stages.dialogue import DOI, case, entry, paper, record, resolved


@pytest.mark.parametrize(
    ("link", "ids"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/33504234/", Ids(doi=DOI, openalex="W99", pmid="33504234")),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321/", Ids(doi=DOI, openalex="W99", pmcid="PMC7654321")),
    ],
    ids=["PMID", "PMCID"],
)
def test_an_id_of_pubmed_is_asked_of_openalex_and_its_doi_of_the_agency(link: str, ids: Ids) -> None:
    one, records = case(entry(url=link)), [record("openalex", ids=ids), record("crossref")]
    found = paper(one, records)
    assert (found.status, found.resolution.method, found.ids.doi) == ("exact", "link-pmid", DOI)
    assert (found.ids.pmid, found.ids.pmcid) == (ids.pmid, ids.pmcid)
    _, asked = resolved(one, records)
    assert [(query.source, query.kind) for query in asked] == [
        ("openalex", "pmid" if ids.pmid else "pmcid"), ("openalex", "doi"), ("crossref", "doi"),
    ]  # fmt: skip


def test_an_id_of_pubmed_that_openalex_lacks_leaves_the_title_search() -> None:
    found = paper(case(entry(url="https://pubmed.ncbi.nlm.nih.gov/33504234/")), [record("crossref")])
    assert (found.status, found.resolution.method, found.ids.doi) == ("matched", "title-search", DOI)


def test_a_settled_doi_that_crossref_does_not_have_is_asked_of_datacite() -> None:
    records = [record("datacite", publisher="Archive of Examples"), record("openalex")]
    row = entry(url=f"https://doi.org/{DOI}")
    old = paper(case(row), records)
    assert (old.status, old.publisher) == ("exact", "Archive of Examples")
    changed = [record("datacite", publisher="Archive of New Examples"), record("openalex")]
    found, asked = resolved(case(row, old=old), changed)
    assert [(query.source, query.kind) for query in asked] == [
        ("openalex", "id"), ("crossref", "doi"), ("datacite", "doi"),
    ]  # fmt: skip
    assert [one.publisher for one in found.records if one.source == "datacite"] == ["Archive of New Examples"]
