from typing import Any

import msgspec
import pytest

from pipeline.model import Author, Citations, Count, Ids, Issue, Notice, Resolution, Retired
from pipeline.outputs import changes
from pipeline.outputs.changes import Changes, compare, has_facts, is_empty
from tests.outputs.invented import LANTERNS, catalog, paper, papers

NOT_YET = Author(given="Adaeze", family="Okafor")
NOTICE = Notice(kind="correction", doi="10.5555/notice", date="2033-02")


def _compare(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    return compare(catalog(paper(**before)), catalog(paper(**after)))


def _counted(openalex: int | None) -> Citations:
    return Citations(openalex=None if openalex is None else Count(count=openalex, as_of="2032-01-04"))


def test_equal_catalogs_have_no_changes() -> None:
    found = _compare({}, {})
    assert is_empty(found)
    assert not found.differs


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("retracted", {}, {"retracted": True}),
        ("reinstated", {"retracted": True}, {}),
        ("noticed", {}, {"notices": (NOTICE,)}),
        ("found", {"ids": Ids(openalex="W1")}, {}),
        ("moved", {}, {"ids": Ids(doi="10.5555/other", openalex="W1")}),
        ("moved", {}, {"ids": Ids(openalex="W1")}),
        ("published", {"type": "preprint", "ids": Ids(doi="10.48550/arxiv.3101.00001")}, {}),
        ("published", {"type": "preprint"}, {"ids": Ids(), "year": 2032}),
        ("filled", {"pages": None}, {"pages": "1-9"}),
        ("edited", {"pages": "1-9"}, {"pages": "1-10"}),
        ("edited", {"pages": "1-9"}, {"pages": None}),
        ("edited", {}, {"status": "corrected"}),
        ("edited", {}, {"ids": Ids(doi="10.5555/moss.1", openalex="W2")}),
        ("findings", {}, {"issues": (Issue(rule="duplicate", line=7, message="Twice."),)}),
    ],
)
def test_a_change_of_facts_is_told_in_its_own_section_only(
    field: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    found = _compare(before, after)
    told = {name for name in ("retracted", "reinstated", "noticed", "found", "moved", "published", "filled", "edited")
            if getattr(found, name)}  # fmt: skip
    assert told == {field} - {"findings"}
    # A retraction is a finding too, but only a new one is news.
    assert bool(found.findings) == (field in {"retracted", "findings"})
    assert has_facts(found)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("counts", {"citations": _counted(3)}, {"citations": _counted(2)}),
        ("first_counts", {"citations": _counted(None)}, {"citations": _counted(2)}),
        ("newly_stale", {}, {"stale_since": "2032-01-04"}),
        ("healed", {"stale_since": "2032-01-04"}, {}),
        ("findings_settled", {"issues": (Issue(rule="notice", line=7, message="Look."),)}, {}),
    ],
)
def test_counts_and_states_are_news_but_no_facts(field: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    found = _compare(before, after)
    assert getattr(found, field)
    assert not has_facts(found)
    assert not is_empty(found)


@pytest.mark.parametrize(
    "after",
    [
        {"listed": msgspec.structs.replace(LANTERNS.listed, line=99)},
        {"sources": {"title": "openalex"}},
        {"resolution": Resolution(searched="2032-01-04", searches=2)},
        {"issues": (Issue(rule="stale", line=7, message="Old."),)},
        {"citations": msgspec.structs.replace(LANTERNS.citations, by_year={"2031": 11})},
    ],
    ids=["moved in the list", "another source", "searched again", "waiting", "by year"],
)
def test_bookkeeping_is_not_news(after: dict[str, Any]) -> None:
    found = _compare({}, after)
    assert is_empty(found)
    assert found.differs


def test_an_issue_that_only_moved_to_another_line_is_not_new() -> None:
    before, after = (Issue(rule="notice", line=line, message="Look.") for line in (7, 8))
    assert not _compare({"issues": (before,)}, {"issues": (after,)}).findings


def test_details_of_authors_whose_names_stay_are_told_of_those_whose_details_changed() -> None:
    known, other = (Author(given="Adaeze", family="Okafor", orcid=orcid) for orcid in ("0000-0001", "0000-0002"))
    lem = Author(given="Ana", family="Lem", orcid="0000-0003")
    new = _compare({"authors": (NOT_YET, lem)}, {"authors": (known, lem)})
    assert (new.filled, new.edited) == ((("authors.orcid", 1),), ())
    (changed,) = _compare({"authors": (known, lem)}, {"authors": (other, lem)}).edited
    assert (changed.field, changed.old, changed.new) == (
        "authors.orcid", "Adaeze Okafor: 0000-0001", "Adaeze Okafor: 0000-0002",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"sources": {"title": "crossref"}}, {"sources": {"title": "openalex"}}),
        ({"topics": ("Moss", "Light")}, {"topics": ("Light", "Moss")}),
        ({"keywords": ("a", "b")}, {"keywords": ("b", "a")}),
        ({"isbn": ("1", "2")}, {"isbn": ("2", "1")}),
        ({"abstract": None}, {"abstract": ""}),
        ({"authors": (NOT_YET,)}, {"authors": (msgspec.structs.replace(NOT_YET, orcid=""),)}),
    ],
)
def test_what_says_the_same_as_before_is_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert is_empty(_compare(before, after))


def test_the_order_of_authors_is_a_fact() -> None:
    lem = Author(given="Ana", family="Lem")
    assert [change.field for change in _compare({"authors": (NOT_YET, lem)}, {"authors": (lem, NOT_YET)}).edited] == [
        "authors"
    ]


def test_without_an_old_catalog_every_paper_is_new() -> None:
    found = compare(None, catalog(*papers(3), paper(retracted=True)))
    assert found.is_first
    assert len(found.added) == 4
    assert [work.key for work in found.retracted] == [LANTERNS.key]


def test_a_paper_that_left_the_list_keeps_its_key() -> None:
    first, second = papers(2)
    retired = (Retired(key=second.key, title=second.title, last_seen="2032-01-04"),)
    found = compare(catalog(first, second), catalog(first, retired=retired))
    assert (found.left, found.keys_gone) == ((second,), ())


def _row(**listed: Any) -> dict[str, Any]:
    provisional = {"key": "entry-12ab", "key_provisional": True, "status": "linked", "ids": Ids()}
    return provisional | {"listed": msgspec.structs.replace(LANTERNS.listed, **listed)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_row(), _row() | {"key": "entry-34cd"}),
        (_row(title="Lanterns"), _row(title="Lamps") | {"key": "entry-34cd"}),
        (_row(url=None), _row(title="LANTERNS of moss!") | {"key": "entry-34cd"}),
        (_row(title="Lamps", url=None) | {"ids": Ids(arxiv="3101.00001")}, {"ids": Ids(arxiv="3101.00001")}),
        (_row(line=7), _row(line=90, section=("2032",))),
    ],
    ids=["another provisional key", "renamed", "spelt otherwise", "same identifier", "moved"],
)
def test_a_row_that_is_renamed_or_moved_did_not_leave(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = _compare(before, after)
    assert (found.left, found.joined, found.added) == ((), (), ())


def test_a_paper_that_became_a_row_of_another_one_did_not_leave() -> None:
    first, second = papers(2)
    retired = (Retired(key=second.key, title=second.title, last_seen="2032-01-04"),)
    row = paper(second, key=first.key, duplicate_of=first.listed.line)
    found = compare(catalog(first, second), catalog(first, row, retired=retired))
    assert (found.left, found.joined, found.keys_gone) == ((), (second,), ())
    assert has_facts(found)


@pytest.mark.parametrize("retired", [False, True], ids=["of a paper", "of a retired paper"])
def test_a_published_key_that_is_nowhere_any_more_is_an_alarm(retired: bool) -> None:
    first, second = papers(2)
    gone = Retired(key=second.key, title=second.title, last_seen="2032-01-04")
    old = catalog(first, retired=(gone,)) if retired else catalog(first, second)
    found = compare(old, catalog(first))
    assert found.keys_gone == (second.key,)
    assert not found.left


def test_a_minted_key_in_the_place_of_a_provisional_one_is_the_same_paper() -> None:
    found = _compare({"key": "entry-12ab", "key_provisional": True, "status": "open"}, {})
    assert not found.added
    assert not found.keys_gone
    assert not found.left
    assert [(change.old, change.new) for change in found.edited] == [("open", "exact")]


def test_counts_that_moved_most_come_first_whichever_way() -> None:
    works = papers(3)
    old = [paper(work, citations=_counted(100)) for work in works]
    new = [paper(work, citations=_counted(count)) for work, count in zip(works, (101, 60, 120), strict=True)]
    moved = compare(catalog(*old), catalog(*new)).counts
    assert [(change.old, change.new) for change in moved] == [(100, 60), (100, 120), (100, 101)]


def test_further_rows_of_a_work_are_not_papers_of_their_own() -> None:
    assert is_empty(compare(catalog(LANTERNS), catalog(LANTERNS, paper(duplicate_of=7))))


def test_every_field_of_a_paper_is_either_compared_or_known_to_be_bookkeeping() -> None:
    elsewhere = {"key", "key_provisional", "listed", "duplicate_of", "ids", "open_access", "citations", "retracted",
                 "notices", "resolution", "sources", "stale_since", "news", "issues"}  # fmt: skip
    compared = {name.split(".")[0] for name in changes.list_facts(LANTERNS)}
    assert {field.name for field in msgspec.structs.fields(LANTERNS)} == compared | elsewhere
