"""A long line costs in proportion to its length: a pull request cannot stall the check.

Work is counted in calls of functions, Python's and C's, so that no clock is asked.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pipeline.lists.markdown import parse

REPEATED = (
    "https://doi.org/10.1/x ", "[", "(", "<", "<!--", "*a ", "| a ", "`a", "&amp;", "word ", "Doe J, ", '"a', "a. ",
    "[a](b) ", "![a", "a: ", " - a", "<br>", "{\\'e}", "2021 ", "and A ", "**[a](https://arxiv.org/abs/1703.06114)** ",
)  # fmt: skip
SHAPES = ("- [T](https://arxiv.org/abs/1703.06114) {}", "| Title | Link |\n|---|---|\n| {} | x |")
FEW, MANY = 300, 1200
MOST_GROWTH = 1.5 * MANY / FEW


@contextmanager
def counted() -> Iterator[list[int]]:
    calls = [0]

    def count(_frame: Any, event: str, _argument: Any) -> None:
        calls[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def work(text: str) -> int:
    with counted() as calls:
        parse(text)
    return calls[0]


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_line_is_at_most_some_four_times_the_work(shape: str, unit: str) -> None:
    parse(shape.format("warm"))
    few, many = (work(shape.format(unit * times) + "\n") for times in (FEW, MANY))
    assert many < MOST_GROWTH * few
