"""Raw HTML of a Markdown file as a flat run of tags, texts and comments, each with its line.

in -> out: the text of an HTML block or of one inline tag -> `Piece`s. The scanner is ours because it must be linear on
any input and never wait for an end that does not come (both of which `html.parser` promises only in late Python
versions); it knows no document type, only where tags begin and end. Rules: CommonMark 0.31, section 6.6.
"""

import html
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

# Possessive throughout: no stretch of a tag is read twice.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)([^<>]*+)>")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")


class Piece(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One tag, one stretch of text (entities read), or one comment."""

    kind: Literal["open", "close", "text", "comment"]
    value: str
    """Tag name in lower case, or the text."""
    offset: int
    """Line of its first character, counted from the first line of the fragment."""
    height: int = 0
    """Line breaks inside."""
    attributes: dict[str, str] = {}


def read_html(fragment: str) -> Iterator[Piece]:
    """Yield the pieces of `fragment`; what is no tag is text, an unclosed comment runs to the end."""
    position, offset = 0, 0
    while position < len(fragment):
        piece, end = _read_piece(fragment, position, offset)
        yield piece
        position, offset = end, offset + piece.height


def _read_piece(fragment: str, start: int, offset: int) -> tuple[Piece, int]:
    if fragment.startswith("<!--", start):
        found = fragment.find("-->", start + 4)
        end = len(fragment) if found < 0 else found + 3
        return _piece("comment", fragment, start, end, offset), end
    match = _TAG.match(fragment, start)
    if match is None:
        following = fragment.find("<", start + 1)
        end = len(fragment) if following < 0 else following
        return _piece("text", fragment, start, end, offset), end
    return (
        Piece(
            kind="close" if match[1] else "open",
            value=match[2].lower(),
            offset=offset,
            height=match[0].count("\n"),
            attributes=_read_attributes(match[3]),
        ),
        match.end(),
    )


def _piece(kind: Literal["text", "comment"], fragment: str, start: int, end: int, offset: int) -> Piece:
    raw = fragment[start:end]
    return Piece(kind=kind, value=html.unescape(raw), offset=offset, height=raw.count("\n"))


def _read_attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(text)
    }
