"""The examples in docs/lists.md are what the code does: each `markdown` block gives the `text` block below it."""

import re
from pathlib import Path

import pytest

from pipeline.lists.markdown import parse
from tests.lists.shown import show

DOCS = Path(__file__).parents[2] / "docs" / "lists.md"
EXAMPLE = re.compile(r"^(`{3,})markdown\n(.*?)^\1\n+^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = [(match[2], match[3].rstrip("\n")) for match in EXAMPLE.finditer(DOCS.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("listed", "expected"), EXAMPLES, ids=[listed.split("\n")[0][:40] for listed, _ in EXAMPLES])
def test_example_in_the_documentation_is_read_as_it_says(listed: str, expected: str) -> None:
    assert show(parse(listed)) == expected


def test_every_markdown_block_of_the_documentation_has_its_result() -> None:
    assert len(EXAMPLES) == DOCS.read_text(encoding="utf-8").count("```markdown")
