"""Lint of a list and of its enriched data."""

import msgspec
import pytest

from pipeline.lists import markdown
from pipeline.model import Catalog, Entry, Ids, Issue, ParsedList, Retired
from pipeline.quality.lint import Finding, check
from tests.stages.invented_papers import TODAY, catalog, entry, paper

YEAR = 2026


def lint(*entries: Entry, found: Catalog | None = None, bib_keys: tuple[str, ...] = ()) -> list[Finding]:
    parsed = ParsedList(title=None, entries=entries)
    return list(check(parsed, "list.md", catalog=found, catalog_path="catalog.json", bib_keys=bib_keys, year=YEAR))


def rules(*entries: Entry, **more: object) -> list[str]:
    return [f"{finding.line} {finding.rule}" for finding in lint(*entries, **more)]  # type: ignore[arg-type]


ROWS = [
    ("a sound row", entry(1, "Rosel Maps", "https://doi.org/10.5555/a", year=2021), []),
    ("no link", entry(1, "Rosel Maps"), ["1 no-link"]),
    ("not an address", entry(1, "Rosel Maps", "link"), ["1 bad-link"]),
    ("a half address", entry(1, "Rosel Maps", "http://arxiv"), ["1 bad-link"]),
    ("an identifier as plain text", entry(1, "Rosel Maps", "doi:10.5555/a"), []),
    ("a year to come", entry(1, "Rosel Maps", "https://a.org/b", year=YEAR + 2), ["1 bad-year"]),
    ("next year", entry(1, "Rosel Maps", "https://a.org/b", year=YEAR + 1), []),
    ("a denied copy", entry(1, "Rosel Maps", "https://doi.org/10.65215/a"), ["1 denied-doi"]),
    (
        "what the reader noticed",
        entry(1, "Rosel", "https://a.org/b", issues=(Issue(rule="unsure-entry", line=1, message="?"),)),
        ["1 unsure-entry"],
    ),
]


@pytest.mark.parametrize(("row", "expected"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_a_row_is_judged_by_itself(row: Entry, expected: list[str]) -> None:
    assert rules(row) == expected


FIRST = entry(1, "Rosel Maps", "https://doi.org/10.5555/a")
PAIRS = [
    ("same DOI", entry(9, "Rosel Map", "http://dx.doi.org/10.5555/A"), "lists the same paper (same doi 10.5555/a)"),
    ("same title, no link", entry(9, "rosel maps"), "lists the same paper (same title)"),
    ("link of another", entry(9, "Salt Tides", "https://doi.org/10.5555/a"), "has the same doi 10.5555/a for another"),
    ("conference and journal", entry(9, "Rosel Maps", "https://doi.org/10.5555/b"), None),
    ("another paper", entry(9, "Salt Tides", "https://doi.org/10.5555/b"), None),
]


@pytest.mark.parametrize(("second", "message"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_two_rows_of_one_paper_are_told_with_both_lines(second: Entry, message: str | None) -> None:
    found = [(finding.line, finding.message) for finding in lint(FIRST, second) if finding.rule == "duplicate"]
    assert found == ([(9, f"Line 1 {message}.")] if message else [])


def test_what_most_rows_state_is_expected_of_the_others() -> None:
    rows = [entry(line, f"Paper {line}", f"https://a.org/{line}", year=2020) for line in range(1, 12)]
    odd = entry(12, "Paper 12", "https://a.org/12")
    assert rules(*rows, odd) == ["12 no-year"]
    assert rules(*rows[:8], odd) == []
    placed = [msgspec.structs.replace(row, venue="TMI") for row in (*rows, odd)]
    assert rules(*placed, entry(13, "Paper 13", "https://a.org/13", year=2020)) == ["12 no-year", "13 no-venue"]
    assert rules(*rows[:8], *(entry(n, f"Paper {n}", f"https://a.org/{n}") for n in range(20, 26))) == []


def test_findings_come_in_line_order_those_of_the_data_last() -> None:
    found = catalog(paper(3, "Rosel Maps", key="rosel", issues=(Issue(rule="notice", line=3, message="!"),)))
    rows = (entry(9, "Salt Tides", "x"), entry(3, "Rosel Maps"))
    assert rules(*rows, found=found) == ["3 no-link", "9 bad-link", "9 not-enriched", "3 notice"]


def test_issues_of_the_catalog_follow_their_row_to_its_new_line() -> None:
    retracted = paper(3, "Rosel Maps", key="rosel", issues=(Issue(rule="retracted", line=3, message="!"),))
    (finding,) = lint(entry(40, "Rosel Maps", "https://a.org/b"), found=catalog(retracted))
    assert (finding.line, finding.rule, finding.severity) == (40, "retracted", "warning")


def test_rows_of_one_title_are_told_apart_by_their_links() -> None:
    told = (Issue(rule="notice", line=1, message="!"),)
    first = paper(1, key="a", url="https://doi.org/10.5555/a", ids=Ids(doi="10.5555/a"))
    second = paper(2, key="b", url="https://doi.org/10.5555/b", ids=Ids(doi="10.5555/b"), issues=told)
    rows = [entry(1, "Rosel Maps", "https://doi.org/10.5555/a"), entry(2, "Rosel Maps", "https://doi.org/10.5555/b")]
    assert rules(*rows, found=catalog(first, second)) == ["2 notice"]


GONE = Retired(key="gone", title="Gone", last_seen=TODAY)
KEYS = [
    ("all there", catalog(paper(1, key="rosel"), retired=(GONE,)), ("rosel", "gone"), []),
    ("published and lost", catalog(paper(1, key="rosel")), ("rosel", "lost"), ["1 key-gone"]),
    ("one key for two papers", catalog(paper(1, key="rosel"), paper(2, "Salt", key="rosel")), (), ["1 key-reused"]),
    ("a retired key given away", catalog(paper(1, key="gone"), retired=(GONE,)), (), ["1 key-reused"]),
    ("rows of one work", catalog(paper(1, key="rosel"), paper(2, key="rosel", duplicate_of=1)), ("rosel",), []),
    ("a provisional key may go", catalog(paper(1, key="entry-0123456789")), ("entry-0123456789",), []),
]


@pytest.mark.parametrize(("found", "keys", "expected"), [case[1:] for case in KEYS], ids=[case[0] for case in KEYS])
def test_a_published_key_is_neither_lost_nor_given_away(
    found: Catalog, keys: tuple[str, ...], expected: list[str]
) -> None:
    assert rules(found=found, bib_keys=keys) == expected


def test_the_lines_are_those_of_the_file() -> None:
    text = "# Nowhere\n\n- Rosel Maps of the Heart. [[pdf]](https://doi.org/10.5555/a)\n- Rosel maps of the heart. [[pdf]](https://doi.org/10.5555/a)\n"
    parsed = markdown.parse(text)
    (finding,) = check(parsed, "list.md", catalog=None, catalog_path="", bib_keys=(), year=YEAR)
    assert (finding.file, finding.line, finding.rule, finding.severity) == ("list.md", 4, "duplicate", "error")
