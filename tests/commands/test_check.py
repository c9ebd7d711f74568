"""`enrich check`: findings as text, as annotations, as data, and the status that follows from them."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.commands.check import _annotation
from pipeline.quality.lint import Finding
from pipeline.rules import RULES
from tests.commandline import LIST, CommandLine, write_list

TWICE = LIST + LIST.splitlines()[6] + "\n"
MESSAGE = "Line 7 lists the same paper (same doi 10.5555/case.118)."


def test_a_sound_list_has_no_findings(enrich: CommandLine) -> None:
    write_list()
    assert enrich("check") == (0, "", "")


def test_findings_are_file_line_rule_and_message(enrich: CommandLine) -> None:
    write_list(text=TWICE)
    assert enrich("check") == (1, f"data/raw/list.md:10: duplicate: {MESSAGE}\n", "")


def test_annotations_are_github_s_workflow_commands(enrich: CommandLine) -> None:
    write_list(text=TWICE)
    assert enrich("check", "--format", "github").out == (
        f"::error file=data/raw/list.md,line=10,title=duplicate::{MESSAGE}\n"
    )


def test_json_is_for_programs(enrich: CommandLine) -> None:
    write_list(text=TWICE)
    assert json.loads(enrich("check", "--format", "json").out) == [
        {"file": "data/raw/list.md", "line": 10, "rule": "duplicate", "message": MESSAGE, "severity": "error"}
    ]


def test_nothing_in_a_title_starts_a_command() -> None:
    found = Finding(file="a,b:c.md", line=1, rule="bad-link", message="50 %\n::error::no")
    assert _annotation(found) == "::error file=a%2Cb%3Ac.md,line=1,title=bad-link::50 %25%0A::error::no"


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [("none", 0), ("duplicate", 1), ("bad-link", 0), ("bad-link, duplicate", 1)],
)
def test_the_rules_that_fail_can_be_named(enrich: CommandLine, fail_on: str, status: int) -> None:
    write_list(text=TWICE)
    assert enrich("check", "--fail-on", fail_on).status == status


def test_a_warning_alone_does_not_fail(enrich: CommandLine) -> None:
    write_list(text=LIST.replace("[Link](https://doi.org/10.5555/case.107)", " "))
    status, out, _ = enrich("check")
    assert (status, out) == (0, "data/raw/list.md:8: no-link: The row has no link to the paper.\n")


def test_the_enriched_data_are_checked_too(enrich: CommandLine) -> None:
    write_list()
    enrich("run", "--offline")
    write_list(text=LIST.replace("Jumping scans of the Kaluman liver", "Leaping scans of another organ"))
    assert "list.md:8: not-enriched:" in enrich("check").out
    bib = Path("data/enriched/references.bib")
    bib.write_text(bib.read_text("utf-8") + "\n@misc{lost2020key,\n  title = {x}\n}\n", "utf-8")
    status, out, _ = enrich("check")
    assert status == 1
    assert "data/enriched/catalog.json:1: key-gone: lost2020key was published" in out


def test_a_catalog_that_cannot_be_read_is_a_finding(enrich: CommandLine) -> None:
    write_list()
    Path("data/enriched").mkdir()
    Path("data/enriched/catalog.json").write_text("{", "utf-8")
    status, out, _ = enrich("check")
    assert status == 1
    assert out.startswith("data/enriched/catalog.json:1: catalog-unreadable: ")


def test_nothing_is_written(enrich: CommandLine) -> None:
    write_list()
    enrich("check")
    assert [path.name for path in Path().rglob("*")] == ["data", "raw", "list.md"]


@pytest.mark.parametrize("name", ["no.md", "data"])
def test_2_a_list_that_cannot_be_read(enrich: CommandLine, name: str) -> None:
    write_list()
    status, out, err = enrich("check", name)
    assert (status, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--fail-on", "duplicate,typo"), "enrich: typo: no such rule; `enrich check --list-rules` shows them all."),
        (("--explain", "typo"), "enrich: typo: no such rule; `enrich check --list-rules` shows them all."),
        (("--out", "nowhere"), "Directory 'nowhere' does not exist."),
    ],
    ids=["a rule to fail on", "a rule to explain", "the folder"],
)
def test_2_what_was_named_does_not_exist(enrich: CommandLine, arguments: tuple[str, ...], sentence: str) -> None:
    write_list()
    status, out, err = enrich("check", *arguments)
    assert (status, out) == (2, "")
    assert sentence in err


def test_the_rules_are_listed_and_explained_without_a_list(enrich: CommandLine) -> None:
    listed = enrich("check", "--list-rules")
    assert (listed.status, listed.out.count("\n")) == (0, len(RULES))
    assert "duplicate " in listed.out
    explained = enrich("check", "--explain", "cells-missing")
    assert (explained.status, explained.out.splitlines()[0]) == (0, "### cells-missing")
    assert "Wrong:\n\n```markdown\n| Title |" in explained.out


def test_an_old_list_starts_green_and_what_is_new_is_reported(enrich: CommandLine) -> None:
    write_list(text=TWICE)
    first = enrich("check", "--baseline", "known.txt")
    assert (first.status, first.out) == (0, "")
    assert first.err == "enrich: known.txt: new, with 1 finding not reported from now on.\n"
    write_list(text=TWICE.replace("## 2021", "## 2021\n\nA new line.\n"))
    assert enrich("check", "--baseline", "known.txt") == (0, "", "")
    write_list(text=f"{TWICE}{TWICE.splitlines()[-1]}\n")
    again = enrich("check", "--baseline", "known.txt")
    assert (again.status, again.out.count("duplicate")) == (1, 1)


def test_json_keeps_to_its_schema(enrich: CommandLine) -> None:
    write_list(text=TWICE)
    shown = json.loads(enrich("check", "--format", "json").out)
    schema = json.loads((Path(__file__).parents[2] / "docs" / "check.schema.json").read_text("utf-8"))
    jsonschema.validate(shown, schema)
    assert [sorted(finding) for finding in shown] == [["file", "line", "message", "rule", "severity"]]
