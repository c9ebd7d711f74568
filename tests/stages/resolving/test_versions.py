"""Preprint and published version: what proves the other one."""

import pytest

from pipeline.model import Ids
from tests.stages.dialogue import ARXIV, case, entry, paper, preprint, record

PAGE = "https://openreview.net/forum?id=aBcDeFgH"
ROW = entry(url=f"https://arxiv.org/abs/{ARXIV}", venue="arXiv")


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        "https://proceedings.mlr.press/v999/example21a/example21a.pdf",
        "http://papers.nips.cc/paper/2021/hash/d2dc63-Abstract.html",
        "https://www.aclweb.org/anthology/2021.lrec-1.1",
    ],
)
def test_a_publication_without_a_doi_is_proven_by_its_page_and_the_preprints_agency(page: str) -> None:
    merged = record("openalex", ids=Ids(arxiv=ARXIV, openalex="W96"), type="inproceedings", landing_urls=(page,))
    found = paper(case(ROW), [preprint("datacite"), merged])
    assert (found.type, found.ids.doi, found.ids.arxiv, found.ids.openalex) == ("inproceedings", None, ARXIV, "W96")
    assert [(version.kind, version.doi) for version in found.versions] == [
        ("published", None),
        ("preprint", f"10.48550/arxiv.{ARXIV}"),
    ]


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([record("openalex", ids=Ids(arxiv=ARXIV, openalex="W96"), type="inproceedings", landing_urls=(PAGE,))],
         "nobody but OpenAlex speaks"),
        ([preprint("datacite", authors=()), record("openalex", ids=Ids(arxiv=ARXIV, openalex="W96"),
                                                   type="inproceedings", landing_urls=(PAGE,))],
         "the agency names no author"),
        ([preprint("datacite"), record("openalex", ids=Ids(arxiv=ARXIV, openalex="W96"), type="inproceedings",
                                       landing_urls=("https://example.org/paper",))],
         "the page is at no such venue"),
    ],
)  # fmt: skip
def test_less_than_two_sources_and_a_page_prove_no_publication_without_a_doi(records: list, why: str) -> None:  # type: ignore[type-arg]
    found = paper(case(ROW), records)
    assert (found.type, found.ids.doi) == ("preprint", f"10.48550/arxiv.{ARXIV}"), why
