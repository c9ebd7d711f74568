"""Putting a list together: duplicates, keys, who cites whom, the retired."""

import pytest

from pipeline.model import Catalog, Ids, Issue, Paper
from pipeline.stages.catalog.assemble import Merged, assemble
from tests.stages.invented_papers import INFO, TODAY, catalog, paper

A, B = Ids(doi="10.5555/a", openalex="W1"), Ids(doi="10.5555/b", openalex="W2")
LINK = "https://example.org/one"


def put(*papers: Paper, old: Catalog | None = None, references: dict[int, tuple[str, ...]] | None = None) -> Catalog:
    before = {row.listed.line: row for row in old.papers} if old else {}
    items = [
        Merged(paper=one, old=before.get(one.listed.line), references=(references or {}).get(one.listed.line, ()))
        for one in papers
    ]
    return assemble(items, INFO, old, TODAY)


ONE_WORK = [
    ("same DOI", paper(1, ids=A), paper(2, "Rosel Map", ids=A)),
    ("same OpenAlex work", paper(1, ids=Ids(openalex="W1")), paper(2, ids=Ids(openalex="W1"))),
    ("one link, nobody asked", paper(1, url=LINK, status="open"), paper(2, "Rosel map", url=LINK, status="open")),
    ("one title, no links", paper(1, status="unmatched"), paper(2, "rosel maps", status="unmatched")),
]
TWO_WORKS = [
    ("conference and journal", paper(1, ids=A), paper(2, ids=B)),
    ("a link pasted twice", paper(1, url=LINK, status="open"), paper(2, "Salt Tides", url=LINK, status="open")),
    ("a wrong link, but found", paper(1, url=LINK, ids=A), paper(2, "Salt Tides", url=LINK, ids=Ids(openalex="W9"))),
    ("one title, two links", paper(1, url=LINK, status="open"), paper(2, url=LINK + "/2", status="open")),
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in ONE_WORK], ids=[case[0] for case in ONE_WORK])
def test_rows_of_one_work_share_key_and_resolution(first: Paper, second: Paper) -> None:
    one, two = put(first, second).papers
    assert (one.duplicate_of, two.duplicate_of) == (None, 1)
    assert (two.key, two.ids, two.resolution) == (one.key, one.ids, one.resolution)
    assert two.listed == second.listed


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in TWO_WORKS], ids=[case[0] for case in TWO_WORKS])
def test_rows_of_two_works_stay_two_papers(first: Paper, second: Paper) -> None:
    one, two = put(first, second).papers
    assert two.duplicate_of is None
    assert one.key != two.key


def test_a_duplicate_is_an_issue_that_names_both_lines() -> None:
    _, two = put(paper(4, ids=A), paper(9, ids=A)).papers
    message = "Lines 4 and 9 are the same work (quill2021rosel)."
    assert two.issues == (Issue(rule="duplicate", line=9, message=message),)


def test_two_papers_on_one_line_are_two_papers() -> None:
    one, two, three = put(paper(4, ids=A), paper(4, "Salt Tides", ids=B), paper(9, "Salt Tides", ids=B)).papers
    assert [(row.key, row.duplicate_of) for row in (one, two, three)] == [
        ("quill2021rosel", None),
        ("quill2021salt", None),
        ("quill2021salt", 4),
    ]


def test_a_work_listed_twice_on_one_line_is_a_duplicate_of_its_own_line() -> None:
    one, two = put(paper(4, ids=A), paper(4, ids=A)).papers
    assert (one.key, one.duplicate_of, two.key, two.duplicate_of) == ("quill2021rosel", None, "quill2021rosel", 4)
    assert [issue.message for issue in two.issues] == ["Line 4 lists the same work twice (quill2021rosel)."]


def test_two_papers_under_one_copied_link_keep_their_keys_from_week_to_week() -> None:
    ids = Ids(doi="10.48550/arxiv.2005.07728", arxiv="2005.07728")
    rows = (paper(1, ids=ids, status="unmatched"), paper(2, "Salt Tides", ids=ids, status="unmatched"))
    first = put(*rows)
    again = put(*rows, old=first)
    assert [row.key for row in again.papers] == ["quill2021rosel", "quill2021salt"]
    assert again.retired == ()


def test_a_third_row_points_at_the_first() -> None:
    assert [one.duplicate_of for one in put(*(paper(line, ids=A) for line in (1, 2, 3))).papers] == [None, 1, 1]


def test_papers_stay_in_list_order_one_for_each_entry() -> None:
    found = put(paper(3, ids=A), paper(5, "Salt", ids=B), paper(8, ids=A)).papers
    assert [one.listed.line for one in found] == [3, 5, 8]


def test_a_retired_key_is_never_given_away() -> None:
    old = put(paper(1, ids=A))
    without = put(paper(1, "Rosel Tides", ids=B, year=2021), old=catalog(retired=put(old=old).retired))
    assert [one.key for one in without.papers] == ["quill2021rosela"]


def test_a_paper_that_comes_back_gets_its_own_key() -> None:
    gone = put(old=put(paper(1, ids=A)))
    back = put(paper(6, "A Title As It Is Now", ids=A, year=2025), old=gone)
    assert ([one.key for one in back.papers], back.retired) == (["quill2021rosel"], ())


def test_citations_within_the_list_are_keys() -> None:
    papers = [paper(1, ids=A), paper(2, "Salt Tides", ids=B)]
    citing = put(*papers, references={2: ("W1", "W2", "W404")}).papers
    assert [one.cites for one in citing] == [(), ("quill2021rosel",)]


def test_without_references_the_old_citations_stand_but_for_papers_that_left() -> None:
    citing = paper(2, "Salt Tides", ids=B, cites=("quill2021rosel", "gone"))
    assert put(paper(1, ids=A), citing).papers[1].cites == ("quill2021rosel",)


def test_assembling_again_changes_nothing() -> None:
    papers = [paper(1, ids=A), paper(2, ids=A), paper(3, "Salt", ids=B), paper(4, "Unknown", authors="", status="open")]
    once = put(*papers)
    assert put(*papers, old=once) == once


def test_order_of_the_rows_does_not_change_minted_keys() -> None:
    papers = [paper(1, ids=A), paper(2, "Rosel Tides", ids=B)]
    once = put(*papers)
    keys = {one.ids.doi: one.key for one in once.papers}
    by_doi = {one.ids.doi: one for one in once.papers}
    again = assemble([Merged(paper=one, old=by_doi[one.ids.doi]) for one in reversed(papers)], INFO, once, TODAY)
    assert {one.ids.doi: one.key for one in again.papers} == keys
