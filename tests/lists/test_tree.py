"""Blocks and spans of a file, Markdown and HTML alike."""

import pytest

from pipeline.lists.span import plain
from pipeline.lists.tree import Block, read_tree


def outline(text: str) -> list[tuple[str, int]]:
    return [(str(block.kind), block.line) for block in read_tree(text).walk()][1:]


def spans(text: str) -> list[tuple[str, str, int]]:
    return [(str(span.kind), span.text, span.line) for block in read_tree(text).walk() for span in block.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nb", [("heading", 1), ("paragraph", 3)]),
        ("- a\n  - b", [("list", 1), ("item", 1), ("paragraph", 1), ("list", 2), ("item", 2), ("paragraph", 2)]),
        ("```\n- a\n```", [("code", 1)]),
        ("<!-- a\n\nb -->", [("comment", 1)]),
        ("<h2>A</h2>", [("heading", 1)]),
        ("<ul>\n<li>a\n<li>b\n</ul>", [("list", 1), ("item", 2), ("paragraph", 2), ("item", 3), ("paragraph", 3)]),
        ("<table><tr><td>a</table>", [("table", 1), ("row", 1), ("cell", 1), ("paragraph", 1)]),
        (
            "<details><summary>a</summary>\n\n- b\n\n</details>",
            [("summary", 1), ("list", 3), ("item", 3), ("paragraph", 3)],
        ),
    ],
)
def test_blocks_and_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    assert outline(text) == expected


def test_markdown_inside_an_html_cell_stays_in_the_cell() -> None:
    table = read_tree("<table>\n<tr>\n<td>\n\n**a**\n\n</td>\n<td>b</td>\n</tr>\n</table>").blocks[0]
    cells = table.blocks[0].blocks
    assert [[span.text for block in cell.walk() for span in block.spans if span.text] for cell in cells] == [
        ["a"],
        ["b"],
    ]


def test_cells_keep_their_escaped_pipes_and_the_header_is_known() -> None:
    table = read_tree("a | b\n--- | ---\nx \\| y | z").blocks[0]
    assert [row.level for row in table.blocks] == [1, 0]
    assert plain(table.blocks[1].blocks[0].blocks[0].spans) == "x | y"


def test_breaks_say_whether_they_are_hard() -> None:
    kinds = [kind for kind, _, _ in spans("a\nb  \nc\\\nd<br>e")]
    assert kinds == ["text", "soft", "text", "hard", "text", "hard", "text", "hard", "text"]


def test_spans_know_their_line_behind_breaks_and_tags() -> None:
    assert spans("a\n<b\nclass='x'>c</b>\n[d](e)")[-1] == ("link", "d", 4)


def test_link_label_may_hold_emphasis_code_and_badges() -> None:
    assert spans("[**a** `b`](c) [![d](e)](f)")[0] == ("link", "a b", 1)
    assert spans("[![](https://img.shields.io/badge/arXiv-1706.03762-red)](f)")[0] == ("link", "arXiv 1706.03762", 1)


def test_address_is_kept_as_written() -> None:
    root = read_tree("[a](https://x.org/ä%20b?c=d&amp;e)")
    assert root.blocks[0].spans[0].url == "https://x.org/ä%20b?c=d&e"


@pytest.mark.parametrize("text", ["<ul>" * 500, "> " * 500 + "a", "<td>" * 500, "- " * 500 + "a", "</td></table></ul>"])
def test_tree_stays_shallow(text: str) -> None:
    assert depth(read_tree(text)) < 100


def depth(block: Block) -> int:
    return 1 + max((depth(child) for child in block.blocks), default=0)
