"""The examples in docs/matching.md are what the code does: each `toml` block gives the `text` block below it."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from pipeline.model import Entry, Record
from pipeline.stages.matching import evidence
from pipeline.stages.matching.match import Judge

DOC = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```\n```text\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)


def show(example: str) -> str:
    """Say what becomes of a row and its records: the work with its evidence, or every candidate with its own."""
    data = tomllib.loads(example)
    row = msgspec.convert({"line": 1, **data["row"]}, Entry)
    match = Judge(row).choose(msgspec.convert(data["record"], tuple[Record, ...]))
    lines: list[str] = [match.outcome]
    if match.outcome == "matched":
        lines += [f"{match.records[0].ids.doi} ({match.score})", *(f"  {one}" for one in match.evidence)]
    for candidate in match.candidates if match.outcome != "matched" else ():
        lines += [f"{candidate.doi} ({candidate.score})", *(f"  {one}" for one in candidate.evidence)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("example", "said"), EXAMPLES)
def test_an_example_of_the_documentation_comes_out_as_it_says(example: str, said: str) -> None:
    assert show(example) == said


def test_every_example_of_the_documentation_has_its_result() -> None:
    assert len(EXAMPLES) == DOC.count("```toml") == 5


@pytest.mark.parametrize(
    ("words", "weight"),
    [
        ("several listed authors wrote it", evidence.AUTHORS),
        ("the only author", evidence.AUTHOR),
        ("two of many authors", evidence.SOME_AUTHORS),
        ("several authors, and in the same order", evidence.ORDER),
        ("none of the listed authors", evidence.NO_AUTHOR),
        ("the exact year", evidence.YEAR),
        ("a year next to it", evidence.NEAR_YEAR),
        ("the venue", evidence.VENUE),
        ("a venue that two initials fit", evidence.LIKELY_VENUE),
        ("another venue", evidence.OTHER_VENUE),
        ("a venue that cannot be read", evidence.UNKNOWN_VENUE),
        ("document number", evidence.NUMBER),
        ("two sources know", evidence.SOURCES),
        ("`known.bib` names", evidence.KNOWN),
    ],
)
def test_a_weight_in_the_documentation_is_that_of_the_code(words: str, weight: float) -> None:
    said = re.search(rf"^\| {re.escape(words)}[^|]*\| ([−.\d]+)", DOC, re.MULTILINE)
    assert said is not None
    assert float(said[1].replace("−", "-")) == weight
