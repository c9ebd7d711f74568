"""Every form of a list that is understood goes through the whole job, and each paper keeps its own identifiers."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.lists.markdown import parse
from tests.commandline import CommandLine, write_list
from tests.lists.generated import LISTS
from tests.lists.test_docs import EXAMPLES

DOCUMENTED = [listed for listed, expected in EXAMPLES if expected[0].isdigit()]
DEEP, SET = "https://arxiv.org/abs/1703.06114", "https://arxiv.org/abs/1810.00825"


def papers_of(enrich: CommandLine, listed: str) -> list[dict[str, Any]]:
    write_list(text=listed)
    assert enrich("run", "--offline").status == 0
    found: list[dict[str, Any]] = json.loads(Path("data/enriched/catalog.json").read_text("utf-8"))["papers"]
    return found


@pytest.mark.parametrize("listed", DOCUMENTED, ids=[listed.split("\n")[0][:40] for listed in DOCUMENTED])
def test_example_in_the_documentation_goes_through_the_whole_job(enrich: CommandLine, listed: str) -> None:
    papers = papers_of(enrich, listed)
    entries = parse(listed).entries
    assert [(row["listed"]["line"], row["listed"]["title"]) for row in papers] == [(e.line, e.title) for e in entries]
    assert len({row["key"] for row in papers}) == len(papers)
    stated = [(row["ids"]["arxiv"], row["listed"]["url"]) for row in papers if row["ids"]["arxiv"]]
    assert stated or "arxiv.org" not in listed
    assert all(number in url for number, url in stated)


@pytest.mark.parametrize(
    "row",
    [
        f"- [Deep Sets for All]({DEEP}), [Set Transformer for All]({SET})",
        f"- [Deep Sets for All]({DEEP}) and its follow-up [Set Transformer for All]({SET})",
        f"| Paper | Year |\n|---|---|\n| [Deep Sets for All]({DEEP})<br>[Set Transformer for All]({SET}) | 2019 |",
        f"<table><tr><td><a href='{DEEP}'>Deep Sets for All</a></td></tr>"
        f"<tr><td><a href='{SET}'>Set Transformer for All</a></td></tr></table>",
    ],
    ids=["a row of links", "in a sentence", "in one cell", "a table on one line"],
)
def test_two_papers_of_one_line_have_their_own_keys_and_identifiers(enrich: CommandLine, row: str) -> None:
    papers = papers_of(enrich, f"# Sets\n\n## Papers\n\n{row}\n")
    assert [(row["listed"]["title"], row["ids"]["arxiv"]) for row in papers] == [
        ("Deep Sets for All", "1703.06114"),
        ("Set Transformer for All", "1810.00825"),
    ]
    assert len({row["listed"]["line"] for row in papers}) == 1
    assert len({row["key"] for row in papers}) == 2


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=LISTS)
def test_no_list_ends_a_run_with_a_fault_of_ours(enrich: CommandLine, text: str) -> None:
    write_list(text=text)
    Path("data/enriched/catalog.json").unlink(missing_ok=True)
    outcome = enrich("run", "--offline")
    assert outcome.status == (0 if parse(text).entries else 2)
    if outcome.status == 0:
        papers = json.loads(Path("data/enriched/catalog.json").read_text("utf-8"))["papers"]
        works = [row["key"] for row in papers if row["duplicate_of"] is None]
        assert len(works) == len(set(works))
        assert len(papers) == len(parse(text).entries)


def test_a_file_without_papers_is_refused_with_a_sentence(enrich: CommandLine) -> None:
    write_list(text="# Sheep counter\n\nCounts [sheep](https://sheep.org).\n\n## Install\n\n- pip install sheep\n")
    message = (
        "enrich: data/raw/list.md: no papers were found in it. 1 line with a link, and none names one (1 × nothing "
        "in the list says that it is one of papers). A row needs a title and the link to its paper, or "
        "authors, title and year.\n"
    )
    assert enrich("run", "--offline") == (2, "", message)
