"""HTML fragments."""

import pytest

from pipeline.lists.html import read_html


def test_pieces_know_their_line() -> None:
    pieces = list(read_html('<td>\n<a href="x">A &amp; B</a>\n<!-- c\nd --></td>'))
    assert [(piece.kind, piece.value.strip(), piece.offset) for piece in pieces if piece.value.strip()] == [
        ("open", "td", 0),
        ("open", "a", 1),
        ("text", "A & B", 1),
        ("close", "a", 1),
        ("comment", "<!-- c\nd -->", 2),
        ("close", "td", 3),
    ]


@pytest.mark.parametrize(
    ("tag", "href"),
    [('<a href="x y">', "x y"), ("<a href='x'>", "x"), ("<A HREF=x>", "x"), ('<a class="b" href = "x&amp;y">', "x&y")],
)
def test_attributes_in_any_quotes(tag: str, href: str) -> None:
    assert next(read_html(tag)).attributes["href"] == href


@pytest.mark.parametrize("fragment", ["<", "a < b", "<!-- never ends", "< br>", "<a <b"])
def test_what_is_no_tag_is_kept_as_text_or_comment(fragment: str) -> None:
    assert all(piece.kind in ("text", "comment") for piece in read_html(fragment))
