"""`enrich diff`: what changed between two catalogs."""

from pathlib import Path

import pytest

from pipeline.outputs import catalog as catalog_file
from tests.commandline import CommandLine
from tests.stages.invented_papers import catalog, paper


def write(name: str, *titles: str) -> str:
    papers = [paper(line, title, key=f"quill2021{line}") for line, title in enumerate(titles, 1)]
    Path(name).write_text(catalog_file.render(catalog(*papers)), "utf-8")
    return name


def test_what_changed_is_told_as_markdown(enrich: CommandLine) -> None:
    status, out, err = enrich("diff", write("old.json", "Rosel Maps"), write("new.json", "Rosel Maps", "Salt Tides"))
    assert (status, err) == (0, "")
    assert "Salt Tides" in out
    assert "Rosel Maps" not in out


def test_nothing_changed(enrich: CommandLine) -> None:
    assert enrich("diff", write("old.json", "Rosel Maps"), "old.json").out == "Nothing changed.\n"


@pytest.mark.parametrize("content", [None, "{", '{"schema": 9}'], ids=["missing", "broken", "another schema"])
def test_2_what_is_no_catalog(enrich: CommandLine, content: str | None) -> None:
    if content is not None:
        Path("new.json").write_text(content, "utf-8")
    status, out, err = enrich("diff", write("old.json", "Rosel Maps"), "new.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("enrich: new.json")
