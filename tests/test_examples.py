"""The examples in the docstrings of the program are true."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITH_EXAMPLES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "pipeline").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    if name.startswith("pipeline.bulk"):
        pytest.importorskip("pyarrow")
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed
