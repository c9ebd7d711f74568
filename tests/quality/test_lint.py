"""Lint of a list and of its enriched data."""

import msgspec
import pytest

from pipeline.config import ListSettings
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
    ("name of a model of the paper", entry(9, "Rosel-v2-7B", "https://doi.org/10.5555/a"), None),
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


RESOLVED = paper(1, "Rosel Maps", key="rosel", status="exact", year=2021, ids=Ids(doi="10.5555/a", arxiv="2101.00001"))


@pytest.mark.parametrize("order", [1, -1], ids=["the copy below", "the copy above"])
def test_a_copied_link_is_blamed_on_the_row_whose_title_it_does_not_fit(order: int) -> None:
    innocent = entry(5, "Rosel Maps", "https://doi.org/10.5555/a", year=2021)
    copied = entry(5 + order, "Salt Tides of an Invented Coast", "https://arxiv.org/abs/2101.00001", year=2021)
    rows = sorted((innocent, copied), key=lambda row: row.line)
    assert rules(*rows, found=catalog(RESOLVED)) == [f"{5 + order} link-of-another"]


def test_one_paper_under_two_identifiers_is_named_once_it_is_known() -> None:
    first = entry(5, "Rosel Maps", "https://doi.org/10.5555/a", year=2021)
    second = entry(9, "Rosel Maps", "https://arxiv.org/abs/2101.00001", year=2021)
    assert rules(first, second) == []
    assert rules(first, second, found=catalog(RESOLVED)) == ["9 duplicate"]


@pytest.mark.parametrize(("year", "expected"), [(2021, []), (2020, []), (2018, ["5 year-differs"])])
def test_the_year_of_the_row_is_held_against_those_of_the_paper(year: int, expected: list[str]) -> None:
    row = entry(5, "Rosel Maps", "https://doi.org/10.5555/a", year=year)
    assert rules(row, found=catalog(RESOLVED)) == expected


def test_the_row_of_a_published_preprint_is_ready_to_paste() -> None:
    url = "https://arxiv.org/abs/2101.00001"
    told = (Issue(rule="row-means-preprint", line=3, message="The row names the preprint."),)
    text = f"| Title | Venue | Link |\n|--|--|--|\n| Rosel Maps of Hearts | ArXiv | [Link]({url}) |\n"
    parsed = markdown.parse(text)
    known = msgspec.structs.replace(
        RESOLVED, short_venue="TMI", issues=told, listed=paper(3, "Rosel Maps of Hearts").listed
    )
    found = check(parsed, "l.md", catalog=catalog(known), catalog_path="", bib_keys=(), year=YEAR, text=text)
    assert [finding.message for finding in found if finding.rule == "row-means-preprint"] == [
        "The row names the preprint. Row: | Rosel Maps of Hearts | TMI | [Link](https://doi.org/10.5555/a) |"
    ]


def silenced(comment: str, **own: object) -> list[str]:
    text = f"- [Salt Tides](https://doi.org/10.5555/salt.) {comment}\n- [Rosel Maps](https://doi.org/10.5555/a.)\n"
    parsed, settings = markdown.parse(text), ListSettings(**own)  # type: ignore[arg-type]
    found = check(parsed, "l.md", catalog=None, catalog_path="", bib_keys=(), year=YEAR, text=text, settings=settings)
    return [f"{finding.line} {finding.rule}" for finding in found]


def test_a_comment_silences_a_rule_for_its_line_and_the_settings_for_the_list() -> None:
    assert silenced("") == ["1 link-ends-oddly", "2 link-ends-oddly"]
    assert silenced("<!-- enrich-ignore: link-ends-oddly -->") == ["2 link-ends-oddly"]
    assert silenced("<!-- enrich-ignore: no-link, bad-link -->") == ["1 link-ends-oddly", "2 link-ends-oddly"]
    assert silenced("\n<!-- enrich-ignore: no-link, link-ends-oddly -->") == ["1 link-ends-oddly"]
    assert silenced("", ignore_rules=("link-ends-oddly",)) == []
