"""docs/architecture.md names files that are there, and every room."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PROGRAM = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "pipeline").rglob("*.py")))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:pipeline|tests|docs|data)/[\w./-]*)`", TEXT))))
def test_every_file_that_it_names_is_there(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize(
    "name", sorted({name for name in re.findall(r"`(\w+)`s?", TEXT) if re.search(r"[a-z][A-Z]|_|^[A-Z][a-z]+$", name)})
)
def test_every_name_of_the_program_that_it_names_is_there(name: str) -> None:
    if name != "Predictive":  # a word of the list's row
        assert re.search(rf"^\s*(?:(?:async )?def|class) {name}\b|^{name}\b.* = ", PROGRAM, re.MULTILINE)


def test_it_names_every_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"`pipeline/(\w+)/`", TEXT)) & rooms


def test_its_row_is_the_lists_row_and_has_the_key_that_it_tells() -> None:
    [row] = re.findall(r"```markdown\n(.*)\n```", TEXT)
    line = (ROOT / "data" / "raw" / "ssl-medical-imaging.md").read_text("utf-8").split("\n")[102]
    assert re.sub(r"\s+", "", row) == re.sub(r"\s+", "", line)
    assert '"key": "taleb2021multimodal"' in (ROOT / "data" / "enriched" / "catalog.json").read_text("utf-8")
