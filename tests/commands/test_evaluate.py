"""`enrich evaluate`: a catalog held against labelled rows."""

from pathlib import Path

import pytest

from pipeline.model import Ids
from pipeline.outputs import catalog as catalog_file
from tests.commandline import CommandLine, Outcome
from tests.stages.invented_papers import catalog, paper


def evaluate(enrich: CommandLine, gold: str) -> Outcome:
    papers = [paper(3, key="a", ids=Ids(doi="10.5555/a")), paper(4, "Salt", key="b", ids=Ids(doi="10.5555/b"))]
    Path("catalog.json").write_text(catalog_file.render(catalog(*papers)), "utf-8")
    Path("gold.csv").write_text(gold, "utf-8")
    return enrich("evaluate", "gold.csv", "--catalog", "catalog.json")


GOLD = [
    ("line,doi\n3,10.5555/a\n4,10.5555/b\n", "all 2 2 0 0 1.0000 1.0000 1.0000"),
    ("line,doi,kind\n3,https://doi.org/10.5555/A,year\n4,,title+year\n", "all 2 1 1 0 0.5000 1.0000 0.6667"),
    ("doi,line\n10.5555/a,3\n", "all 1 1 0 0 1.0000 1.0000 1.0000"),
    ("line,doi\n", "all 0 0 0 0 1.0000 1.0000 1.0000"),
]


@pytest.mark.parametrize(("gold", "figures"), GOLD, ids=["two columns", "kinds", "another order", "no rows"])
def test_figures_are_printed(enrich: CommandLine, gold: str, figures: str) -> None:
    status, out, _ = evaluate(enrich, gold)
    assert (status, out.splitlines()[1].split()) == (0, figures.split())


@pytest.mark.parametrize(
    ("gold", "sentence"),
    [
        ("row,doi\n3,x\n", "gold.csv:1: the columns must be line,doi[,kind]."),
        ("", "gold.csv:1: the columns must be line,doi[,kind]."),
        ("line,doi\n3,x\nthree,y\n", "gold.csv:3: `three` is not a line number."),
        ("line,doi\n²,x\n", "gold.csv:2: `²` is not a line number."),
        (f"line,doi\n{'9' * 5000},x\n", f"gold.csv:2: `{'9' * 5000}` is not a line number."),
        (
            f"line,doi\n3,{'x' * 200_000}\n",
            "gold.csv: is no table that can be read (field larger than field limit (131072)).",
        ),
    ],
    ids=["columns", "empty", "word", "superscript", "beyond all numbers", "beyond all cells"],
)
def test_2_labels_that_cannot_be_read(enrich: CommandLine, gold: str, sentence: str) -> None:
    assert evaluate(enrich, gold) == (2, "", f"enrich: {sentence}\n")
