"""Addresses in plain text."""

import pytest

from pipeline.lists.span import Span, count_words, find_addresses, plain


def find(text: str) -> list[tuple[str, str | None]]:
    return [(span.text, span.url) for span in find_addresses([Span(kind="text", text=text, line=1)]) if span.url]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.org/b.", [("", "https://a.org/b")]),
        ("(https://a.org/b_(c))", [("", "https://a.org/b_(c)")]),
        ("[pdf] (https://a.org/b)", [("pdf", "https://a.org/b")]),
        ("[[pdf]] (https://a.org/b)", [("pdf", "https://a.org/b")]),
        ("[pdf](https://a.org/b c.pdf)", [("pdf", "https://a.org/b")]),
        ("Code: https://a.org/b", [("Code", "https://a.org/b")]),
        ("论文：https://a.org/b，代码：https://a.org/c", [("论文", "https://a.org/b"), ("代码", "https://a.org/c")]),
        ("doi: 10.1000/xyz123.", [("", "doi:10.1000/xyz123")]),
        ("arXiv preprint arXiv:1706.03762v2 (2017)", [("", "arxiv:1706.03762")]),
        ("ARXIV:cs/0501001", [("", "arxiv:cs/0501001")]),
        ("version 10.2/3 of arXiv", []),
    ],
)
def test_address_in_plain_text_becomes_a_link(text: str, links: list[tuple[str, str]]) -> None:
    assert find(text) == links


def test_target_that_is_no_address_is_dropped_with_its_brackets_kept() -> None:
    spans = find_addresses([Span(kind="text", text="GradMix [[9 Feb 2020]](GradMix: a title)", line=1)])
    assert plain(spans) == "GradMix [9 Feb 2020]"


def test_two_ideographs_count_as_a_word() -> None:
    assert count_words("深度学习综述 of 3D U-Net's") == 6
