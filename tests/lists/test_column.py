"""Roles of columns."""

import pytest

from pipeline.lists.column import Columns, find_columns
from pipeline.lists.table import read_cells
from pipeline.lists.tree import read_tree

ARXIV = "[{}](https://arxiv.org/abs/1706.03762)"


def columns(text: str, overrides: dict[str, str] | None = None) -> Columns:
    header, body = read_cells(read_tree(text).blocks[0])
    return find_columns(header, body, overrides or {})


def table(header: str, row: str) -> str:
    return f"{header}\n{'-|' * (header.count('|') + 1)}\n{row}"


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Paper title|Journal/Conference|Category|Paper link|Code link", ("title", "venue", "category", "url", "code")),
        ("Year|Conf/Jour|Code|Title|OtherInfo", ("year", "venue", "code", "title", "ignore")),
        ("题目|作者|会议|年份|论文链接|代码", ("title", "authors", "venue", "year", "url", "code")),
        ("Title & Authors|Venue & Year|PDF", ("title", "venue", "url")),
    ],
)
def test_header_words_in_any_order(header: str, roles: tuple[str, ...]) -> None:
    assert columns(table(header, "|".join("abc de" for _ in roles))).roles == roles


@pytest.mark.parametrize(
    ("header", "row", "roles"),
    [
        ("Paper|Date", ARXIV.format("Attention Is All You Need") + "|2017", ("title", "year")),
        ("Method|Paper", "ATT|" + ARXIV.format("Attention Is All You Need"), ("name", "title")),
        ("Model|Paper", "Transformer|" + ARXIV.format("link"), ("title", "url")),
        ("Title|Publication", "Deep Sets|NIPS 2017", ("title", "venue")),
        ("A|B|C", "2017|" + ARXIV.format("Attention Is All You Need") + "|NIPS 2017", ("year", "title", "venue")),
    ],
)
def test_content_decides_where_the_header_does_not(header: str, row: str, roles: tuple[str, ...]) -> None:
    assert columns(table(header, row)).roles == roles


def test_settings_overrule_the_header() -> None:
    found = columns(table("Title|Where", "Deep Sets|there"), {"where": "venue", "TITLE": "ignore"})
    assert found.roles == ("ignore", "venue")


def test_numbers_without_a_title_are_a_table_of_results() -> None:
    assert columns(table("Method|Paper|FID|IS", "BigGAN|" + ARXIV.format("link") + "|7.4|166.5")).results
    assert not columns(table("Title|FID|IS", "Deep Sets|7.4|166.5")).results
