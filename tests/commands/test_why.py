"""`enrich why`: one paper's whole way."""

import json
import re
from pathlib import Path

import pytest

from pipeline.commands import why
from tests.commandline import LIST, CommandLine, snapshot, write_list
from tests.services import StandIn


@pytest.fixture
def done(served: CommandLine) -> CommandLine:
    """The command line after a run."""
    assert served("run", "--today", "2026-11-22").status == 0
    return served


def test_the_way_of_a_paper_is_told_by_line_and_by_key(done: CommandLine) -> None:
    by_line, by_key = done("why", "data/raw/list.md:7"), done("why", "complete2021rosel")
    assert by_line == by_key
    assert by_line.status == 0
    for said in (
        "data/raw/list.md:7: Rosel pretraining of cardiac encoders",
        "doi 10.5555/case.118 (link https://doi.org/10.5555/case.118)",
        "ledger: complete2021rosel, exact",
        "crossref doi 10.5555/case.118: found on ",
        "choice: exact, by link-doi, score 1.00",
        "paper: complete2021rosel",
        "  authors: crossref",
    ):
        assert said in by_line.out


def test_asking_why_asks_nobody_and_writes_nothing(done: CommandLine, seen: StandIn) -> None:
    before = snapshot(Path("data/enriched")), len(seen.seen)
    assert "found" in done("why", "data/raw/list.md:9").out
    assert (snapshot(Path("data/enriched")), len(seen.seen)) == before


def test_before_the_first_run_the_links_speak(enrich: CommandLine) -> None:
    write_list()
    out = enrich("why", "data/raw/list.md:9").out
    assert "arxiv 2301.90142" in out
    assert "not asked: `why` asks nobody, and the cache has no answer" in out
    assert "failed" not in out
    assert "not in the catalog yet" in out


def test_one_of_several_lists_has_its_own_folder(enrich: CommandLine) -> None:
    write_list()
    write_list("data/raw/other.md", LIST.replace("of Nowhere", "of Elsewhere"))
    enrich("run", "--offline")
    assert "paper: entry-" in enrich("why", "data/raw/other.md:7").out


def test_every_paper_of_a_line_is_told(enrich: CommandLine) -> None:
    row = "- [Rosel Maps](https://doi.org/10.5555/a), [Salt Tides](https://doi.org/10.5555/b)"
    write_list(text=f"# Papers of Nowhere\n\n{row}\n")
    enrich("run", "--offline")
    out = enrich("why", "data/raw/list.md:3").out
    heads = [line for line in out.splitlines() if line.startswith(("data/raw", "  doi", "paper: "))]
    assert [re.sub(r"entry-\w+", "entry", line) for line in heads] == [
        "data/raw/list.md:3: Rosel Maps",
        "  doi 10.5555/a (link https://doi.org/10.5555/a)",
        "paper: entry",
        "data/raw/list.md:3: Salt Tides",
        "  doi 10.5555/b (link https://doi.org/10.5555/b)",
        "paper: entry",
    ]
    assert len({line for line in heads if line.startswith("paper: ")}) == 2


@pytest.mark.parametrize(
    "name", ["data/raw/list.md:2", "nobody2020", "list:x"], ids=["no entry above", "no such key", "neither"]
)
def test_2_there_is_no_such_paper(enrich: CommandLine, name: str) -> None:
    write_list()
    sentence = f"enrich: {name}: no such paper; name it as LIST:LINE or by its key.\n"
    assert enrich("why", name) == (2, "", sentence)


def test_2_the_list_ends_before_the_line(enrich: CommandLine) -> None:
    write_list(text="- [Rosel Maps](https://doi.org/10.5555/a)\n\n")
    assert enrich("why", "data/raw/list.md:99") == (2, "", "enrich: data/raw/list.md:99: the list ends on line 1.\n")


def test_2_the_nearest_key_is_named_when_a_key_is_unknown(enrich: CommandLine) -> None:
    write_list()
    enrich("run", "--offline")
    key = json.loads(Path("data/enriched/catalog.json").read_text("utf-8"))["papers"][0]["key"]
    assert enrich("why", f"{key}x").err.endswith(f" Is {key} meant?\n")


def test_a_list_outside_the_default_ones_is_read_where_it_is_named(enrich: CommandLine) -> None:
    write_list()
    write_list("elsewhere/other.md", LIST.replace("of Nowhere", "of Elsewhere"))
    enrich("run", "elsewhere/other.md", "--offline", "--out", "there")
    told = enrich("why", "elsewhere/other.md:7", "--out", "there")
    assert told.status == 0
    assert told.out.startswith("elsewhere/other.md:7: Rosel pretraining of cardiac encoders\n")
    assert "not in the catalog yet" not in told.out


def test_a_line_beyond_all_numbers_is_no_line() -> None:
    assert why.split(f"list.md:{'9' * 5000}") == (None, None)
    assert why.split("list.md:12") == (Path("list.md"), 12)
