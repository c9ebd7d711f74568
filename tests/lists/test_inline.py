"""What is read without the parser of Markdown is what the parser would read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.lists import inline, pipes
from pipeline.lists.span import Span
from pipeline.lists.tree import Block, read_tree

MARKS = (
    "a", "bc", "Dé", "1", "“", "”", " ", "  ", "\t", "\u00a0", "\n", "  \n", "\\\n", "*", "**", "***", "**x**", "*y*",
    "\\*", "[", "]", "(", ")", "](u)", "[a](b)", "[[a]](b)", "[[a](b)]", "[a] (b)", "![i](j)", "!", "&", "& ", "&amp;",
    "_", "~~", "`", "<br>", "<b>", "</b>", ".", ",", ":", "'", "|", "{", "http://a.b/c",
)  # fmt: skip
LEADS = ("", "- ", "# ", "| h | g |\n|---|---|\n| ")
DEFINED = "[zzz]: /u"
"""With a reference defined, every text goes through the parser."""


def blocks(text: str) -> list[tuple[str, int, list[Span]]]:
    def walk(block: Block) -> list[tuple[str, int, list[Span]]]:
        return [(block.kind, block.line, block.spans), *(row for child in block.blocks for row in walk(child))]

    return walk(read_tree(text))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join), st.sampled_from(LEADS))
def test_plain_text_is_read_as_the_parser_reads_it(text: str, lead: str) -> None:
    assert blocks(f"\n\n{lead}{text}") == blocks(f"{DEFINED}\n\n{lead}{text}")


@pytest.mark.parametrize(
    "text",
    [
        "[Deep sets](https://a.org/b), NIPS 2017. [[code](https://github.com/a/b)]",
        "**Deep sets.** Ann Lee, Bob Ray. *NIPS 2017*. [[Paper]](https://a.org/b)",
        "**[Deep sets](https://a.org/b)** (NIPS)",
        "**Deep sets**  \n*Ann Lee & Bob Ray* \\\n  [pdf](https://a.org/b)",
        "Sets for free! [0, 1) of [them]",
    ],
)
def test_rows_of_most_lists_are_plain(text: str) -> None:
    assert inline.is_plain(text)
    assert blocks(f"\n\n{text}") == blocks(f"{DEFINED}\n\n{text}")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(("a", " b ", "|", "|", "\\|", "\\", "`", "\n", "\n|", "\n\n", "\n- ", "\n    ")), max_size=20
    )
)
def test_cells_are_those_that_the_library_finds(parts: list[str]) -> None:
    text = "| h | g |\n|---|---|\n" + "".join(parts)
    ours = MarkdownIt("commonmark").enable("table")
    ours.block.ruler.at("table", pipes.read_table, {"alt": ["paragraph", "reference"]})
    assert [cell for token in ours.parse(text) for row in token.meta.get("rows", ()) for cell in row] == cells(text)


def cells(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [tokens[at + 1].content for at, token in enumerate(tokens) if token.type in ("th_open", "td_open")]
