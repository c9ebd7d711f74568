import re

import msgspec
import pytest
from markdown_it import MarkdownIt

from pipeline.model import Citations, Count, Ids, Issue, Notice, Paper
from pipeline.outputs import summary
from pipeline.outputs.changes import compare
from pipeline.outputs.summary import SourceLine
from tests.outputs.invented import HOSTILE, LANTERNS, catalog, paper, papers

BODY_LIMIT = 65_536
"""Characters that GitHub takes as the body of a pull request."""
REPORT = (
    SourceLine(source="openalex", requests=3, dollars=0.0003, seconds=1.24),
    SourceLine(source="crossref", requests=4, dollars=0.0, seconds=2.0, note="one 429"),
)


def _counted(count: int) -> Citations:
    return Citations(openalex=Count(count=count, as_of="2032-01-04"))


def test_no_change_is_one_line() -> None:
    assert summary.render(compare(catalog(LANTERNS), catalog(LANTERNS))) == "Nothing changed.\n"


def test_values_that_differ_late_are_shown_from_there() -> None:
    long = "A moss that glows in the dark, seen from the last train of the night: "
    change = compare(catalog(paper(abstract=long + "first")), catalog(paper(abstract=long + "second")))
    assert "| …train of the night: first | …train of the night: second |" in summary.render(change)


def test_staleness_is_said_even_when_nothing_changed() -> None:
    stale = catalog(paper(stale_since="2032-01-04"))
    assert summary.render(compare(stale, stale)) == (
        "Nothing changed. 1 paper keeps older values because a source did not answer, since 2032-01-04.\n"
    )


def test_the_loudest_comes_first() -> None:
    first, second, third = papers(3)
    old = catalog(first, paper(second, ids=Ids()), paper(third, citations=_counted(3)), LANTERNS)
    new = catalog(
        paper(first, retracted=True),
        paper(second, notices=(Notice(kind="correction", date="2033"),)),
        paper(third, citations=_counted(5)),
        paper(key="new2032moss", title="New"),
    )
    text = summary.render(compare(old, new), report=REPORT)
    headings = re.findall(r"^(?:> \[!CAUTION\]|> - \*\*[^*]+\*\*|## .+)$|^(> - \*\*[^*]+)", text, re.MULTILINE)
    assert text.index("[!CAUTION]") < text.index("**Retracted:**") < text.index("**Published key gone:**")
    assert len(headings) >= 3
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Corrections and expressions of concern",
        "New papers",
        "DOIs found",
        "Citation counts (1 moved, 0 for the first time)",
        "Needs a human (1)",
        "Requests",
    ]


def test_the_first_line_counts_everything() -> None:
    text = summary.render(compare(catalog(*papers(2)), catalog(*papers(3))))
    assert text.splitlines()[0] == "new papers: 1."


def test_a_count_is_shown_with_both_values_and_the_difference() -> None:
    text = summary.render(compare(catalog(paper(citations=_counted(12))), catalog(paper(citations=_counted(9)))))
    assert "`okafor2031lanterns` | openalex | 12 | 9 | -3 |" in text


def test_only_the_ten_counts_that_moved_most_are_shown() -> None:
    old = catalog(*(paper(work, citations=_counted(0)) for work in papers(12)))
    new = catalog(*(paper(work, citations=_counted(n + 1)) for n, work in enumerate(papers(12))))
    text = summary.render(compare(old, new))
    assert re.findall(r"\| \+(\d+) \|$", text, re.MULTILINE) == ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]
    assert "(12 moved," in text


def test_requests_and_dollars_stand_in_a_table() -> None:
    text = summary.render(compare(catalog(LANTERNS), catalog(LANTERNS)), report=REPORT)
    assert text.endswith("| openalex | 3 | 0.0003 | 1.2 |  |\n| crossref | 4 | 0.0000 | 2.0 | one 429 |\n")


def _swollen(number: int, text: str) -> tuple[Paper, ...]:
    """Return papers whose every value is as long as it is shown and grows when it is escaped."""
    doi = f"10.5555/{text * 90}"
    notice = Notice(kind="concern", doi=f"{doi}.notice")
    raised = tuple(Issue(rule="notice", line=n, message=text * 200) for n in range(1, 4))
    return tuple(
        paper(
            work,
            title=f"{text * 90} {n}",
            venue=text * 90,
            ids=Ids(doi=doi),
            notices=(notice,),
            issues=() if n else raised,
        )
        for n, work in enumerate(papers(number))
    )


@pytest.mark.parametrize("is_first", [True, False], ids=["first run", "later run"])
def test_a_body_never_outgrows_a_pull_request(is_first: bool) -> None:
    old = None if is_first else catalog(*_swollen(100, "a"))
    text = summary.render(compare(old, catalog(*_swollen(200, "|"))), report=REPORT)
    assert len(text) < BODY_LIMIT
    assert "| crossref | 4 |" in text
    assert ("There is more" in text) != is_first


@pytest.mark.parametrize(
    "title", [*HOSTILE, "fixes #12", "closes https://github.com/a/b/issues/1", "@octocat", "GH-12"]
)
def test_a_hostile_title_does_nothing(title: str) -> None:
    old = catalog(paper(venue="x"))
    new = catalog(paper(title=title, venue=title, issues=(Issue(rule="notice", line=7, message=title),)), *papers(1))
    text = summary.render(compare(old, new))
    tokens = [leaf for token in MarkdownIt("commonmark").parse(text) for leaf in (token, *(token.children or ()))]
    assert not [token for token in tokens if token.type in {"html_inline", "html_block", "image", "fence"}]
    assert {str(token.attrs["href"])[:16] for token in tokens if token.type == "link_open"} == {"https://doi.org/"}
    shown = "".join(token.content for token in tokens if token.type == "text")
    assert not re.search(r"@\w|#\d|GH-\d|https?://(?!doi|\u200b)", shown)


def test_the_summary_tells_when_sources_last_answered() -> None:
    stale = [paper(work, stale_since=f"2032-01-{n + 1:02}") for n, work in enumerate(papers(2))]
    text = summary.render(compare(catalog(*papers(2)), catalog(*stale)))
    assert "2 papers keep older values because a source did not answer, since 2032-01-01 to 2032-01-02." in text


def test_healed_and_settled_are_said() -> None:
    raised = (Issue(rule="notice", line=7, message="Look."),)
    text = summary.render(compare(catalog(paper(stale_since="2032-01-04", issues=raised)), catalog(LANTERNS)))
    assert "No longer stale: 1 paper." in text
    assert "Settled: 1 earlier finding." in text


def test_changed_fields_beyond_the_table_are_counted_by_field() -> None:
    old = catalog(*papers(30))
    new = catalog(*(msgspec.structs.replace(work, venue="Moss Letters") for work in papers(30)))
    text = summary.render(compare(old, new))
    assert text.count("Moss Letters") == summary.ROWS_SHOWN
    assert "All: `venue` 30" in text
