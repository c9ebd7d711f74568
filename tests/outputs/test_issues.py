import re

import msgspec
import pytest
from markdown_it import MarkdownIt

from pipeline.model import Candidate, Issue, Paper, Resolution
from pipeline.outputs import issues
from pipeline.outputs.display import clean_line
from pipeline.sources import corrections
from tests.outputs.invented import HOSTILE, LANTERNS, paper

LIST = "../../lists/glowing-moss.md"
UNDECIDED = paper(
    status="ambiguous",
    issues=(Issue(rule="ambiguous", line=7, message="Two works fit."),),
    resolution=Resolution(
        candidates=(
            Candidate(
                doi="10.5555/moss.1", title="Lanterns of Moss", score=0.71, evidence=("title agrees", "year agrees")
            ),
            Candidate(title="Lanterns of Moss II", score=0.5),
        )
    ),
)


def _with(*rules: str, line: int = 7) -> Paper:
    raised = tuple(Issue(rule=rule, line=line, message=f"About {rule}.") for rule in rules)
    return paper(issues=raised, listed=msgspec.structs.replace(LANTERNS.listed, line=line))


def _headings(text: str) -> list[str]:
    return re.findall(r"^## (.+) \(\d+\)$", text, re.MULTILINE)


def test_an_empty_page_says_that_nothing_needs_a_human() -> None:
    text = issues.render([LANTERNS], list_path=LIST)
    assert text == f"# What needs a human\n\nNothing in `{LIST}` needs a human.\n"


def test_a_finding_is_tied_to_its_line() -> None:
    assert f"- [line 7]({LIST}#L7) **Lanterns of moss**: About duplicate. (`duplicate`)" in issues.render(
        [_with("duplicate")], list_path=LIST
    )


def test_two_papers_on_one_line_have_each_their_finding() -> None:
    other = msgspec.structs.replace(_with("duplicate"), key="salt")
    assert len(issues.find_findings([_with("duplicate"), other])) == 2


def test_a_path_with_blanks_and_brackets_is_still_one_link() -> None:
    text = issues.render([_with("duplicate")], list_path="../my list (1).md")
    assert "(../my%20list%20%281%29.md#L7)" in text


def test_the_most_urgent_comes_first() -> None:
    listed = [_with("stale", "duplicate", "sources-disagree", "retracted", "never-heard-of"), UNDECIDED]
    assert _headings(issues.render(listed, list_path=LIST)) == [
        "Retracted papers",
        "Which paper is it?",
        "Sources that disagree",
        "Rows of the list to fix",
        "Other findings",
        "Waiting for a source",
    ]


def test_findings_of_a_group_stand_in_the_order_of_the_list() -> None:
    text = issues.render([_with("notice", line=30), _with("notice", line=4)], list_path=LIST)
    assert text.index("line 4") < text.index("line 30")


def test_what_only_waits_for_a_source_needs_nobody() -> None:
    text = issues.render([_with("open", "stale")], list_path=LIST)
    assert "needs a human.\n" in text
    assert _headings(text) == ["Waiting for a source"]


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({"retracted": True}, "Retracted papers"),
        ({"status": "ambiguous"}, "Which paper is it?"),
        ({"status": "unmatched"}, "Not found"),
        ({"status": "open"}, "Waiting for a source"),
        ({"stale_since": "2032-01-04"}, "Waiting for a source"),
    ],
    ids=["retracted", "ambiguous", "unmatched", "open", "stale"],
)
def test_a_state_that_no_stage_raised_is_a_finding_all_the_same(changes: dict[str, object], heading: str) -> None:
    assert _headings(issues.render([paper(**changes)], list_path=LIST)) == [heading]


def test_an_issue_of_the_list_itself_is_shown_without_a_paper() -> None:
    text = issues.render([], list_issues=[Issue(rule="unsure-entry", line=3, message="A tool?")], list_path=LIST)
    assert f"- [line 3]({LIST}#L3) A tool? (`unsure-entry`)" in text


def test_candidates_are_listed_with_score_and_evidence() -> None:
    text = issues.render([UNDECIDED], list_path=LIST)
    link = "[10.5555/moss.1](https://doi.org/10.5555/moss.1)"
    assert f"| 0.71 | Lanterns of Moss | {link} | title agrees; year agrees |" in text
    assert "| 0.50 | Lanterns of Moss II |  |  |" in text


@pytest.mark.parametrize("title", HOSTILE)
def test_the_correction_to_paste_reads_back_whatever_the_title(title: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, title=title)
    text = issues.render([msgspec.structs.replace(UNDECIDED, listed=listed)], list_path=LIST)
    fences = [token.content for token in MarkdownIt().parse(text) if token.type == "fence"]
    decided = [correction for fence in fences for correction in corrections.read(fence)]
    assert [(d.entry, d.is_, d.why) for d in decided] == [(clean_line(title), "10.5555/moss.1", "say how you know")]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_and_messages_are_only_text(title: str) -> None:
    raised = (Issue(rule="title-differs", line=7, message=title),)
    text = issues.render([paper(title=title, issues=raised)], list_path=LIST)
    tokens = [leaf for token in MarkdownIt("commonmark").parse(text) for leaf in (token, *(token.children or ()))]
    assert not [token for token in tokens if token.type in {"html_inline", "html_block", "image"}]
    assert [token.attrs["href"] for token in tokens if token.type == "link_open"] == [f"{LIST}#L7"]


def test_a_refused_candidate_is_not_proposed() -> None:
    refused = Resolution(candidates=(Candidate(doi="10.5555/moss.9", title="Erratum to: Lanterns of Moss", score=0.0),))
    text = issues.render([msgspec.structs.replace(UNDECIDED, resolution=refused)], list_path=LIST)
    assert 'is = "none"' in text
    assert 'is = "10.5555/moss.9"' not in text
