"""Rows that claim one work: who keeps it, and who shares it."""

import pytest

from pipeline.model import Candidate, Entry, Ids, Listed, Paper, Resolution
from pipeline.stages.catalog import contest
from pipeline.stages.resolving.inquiry import Case
from tests.stages.invented_records import TITLE, crossref, entry, people

VENUE = "Journal of Feather Research"
AUTHORS = ("Ada Quill", "Ben Down")
RIGHT = entry(year=2019, venue=VENUE, authors=AUTHORS)


def paper(row: Entry, **more: object) -> Paper:
    """The one work, as a row that a search matched with it has it."""
    fields = {
        "key": "quill2019learning",
        "key_provisional": False,
        "listed": Listed(line=row.line, title=row.title),
        "status": "matched",
        "title": TITLE,
        "authors": people("Ada Quill, Ben Down"),
        "year": 2019,
        "venue": VENUE,
        "ids": Ids(doi="10.1000/right"),
        "resolution": Resolution(method="title-search", score=1.0, evidence=("same title",), searched="2026-01-04"),
    }
    return Paper(**{**fields, **more})  # type: ignore[arg-type]


def lost(*rows: Entry, **more: object) -> list[int]:
    return sorted(contest.losers([Case(entry=row) for row in rows], [paper(row, **more) for row in rows]))


@pytest.mark.parametrize(
    ("case", "other", "lost_rows"),
    [
        ("the same row again", RIGHT, []),
        ("less said", entry(), []),
        ("abbreviated venue", entry(year=2019, venue="J. Feather Res."), []),
        ("the preprint of it", entry(year=2018, venue="arXiv", authors=AUTHORS), []),
        ("another year", entry(year=2018, venue=VENUE, authors=AUTHORS), [1]),
        ("another venue", entry(year=2019, venue="Annals of Anchors", authors=AUTHORS), [1]),
        ("a venue that nobody explains", entry(year=2019, venue="XYZQ", authors=AUTHORS), [1]),
        ("other authors", entry(year=2019, venue=VENUE, authors=("Cy Other", "Ben Down", "Di Else", "Eve Else")), [1]),
        ("another title", entry(f"{TITLE} again", year=2019, venue=VENUE), [1]),
    ],
)
def test_the_row_that_fits_best_keeps_the_work(case: str, other: Entry, lost_rows: list[int]) -> None:
    assert lost(RIGHT, other) == lost_rows
    assert lost(other, RIGHT) == [1 - position for position in lost_rows]


def test_rows_that_fit_equally_and_differ_all_lose() -> None:
    assert lost(entry(year=2018), entry(year=2020)) == [0, 1]


def test_rows_of_a_column_that_say_the_same_may_be_two_issues_of_it() -> None:
    column = entry("Editor's notes", year=2019, authors=("Ada Quill",))
    assert lost(column, column) == [0, 1]


def test_what_is_settled_or_linked_does_not_lose() -> None:
    other = entry(year=2018, venue=VENUE)
    assert lost(RIGHT, other, status="exact") == []
    cases = [Case(entry=RIGHT), Case(entry=other, old=paper(other))]
    assert contest.losers(cases, [paper(RIGHT), paper(other)]) == {}
    cases = [Case(entry=RIGHT), Case(entry=other, known=crossref(source="known"))]
    assert contest.losers(cases, [paper(RIGHT), paper(other)]) == {}


def test_a_lost_work_stays_a_candidate_for_a_human() -> None:
    other = entry(year=2018, venue=VENUE)
    found = contest.losers([Case(entry=RIGHT), Case(entry=other)], [paper(RIGHT), paper(other)])[1]
    evidence = ("Another row fits 10.1000/right better, or as well.", "same title")
    assert (found.status, found.ids, found.records) == ("ambiguous", Ids(), ())
    assert found.resolution == Resolution(
        searched="2026-01-04",
        searches=1,
        candidates=(Candidate(doi="10.1000/right", title=TITLE, score=1.0, evidence=evidence),),
    )
