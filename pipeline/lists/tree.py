"""A Markdown file as a tree of blocks, the same for Markdown's own syntax and for the HTML between it.

in -> out: the list's text -> `Block`s that hold blocks or spans, each with its lines. markdown-it-py reads the Markdown
(CommonMark with GitHub's tables); the HTML of such files is meant to be read together with the Markdown around it, so
its tags open and close the same kinds of blocks.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.lists import inline, pipes
from pipeline.lists.fields import mark_fields
from pipeline.lists.html import Piece, read_html
from pipeline.lists.span import Span, find_addresses
from pipeline.lists.style import Style

BlockKind = Literal[
    "root", "heading", "paragraph", "list", "item", "table", "row", "cell", "quote", "summary", "code", "comment"
]

_MARKDOWN: dict[str, BlockKind] = {
    "heading": "heading", "paragraph": "paragraph", "bullet_list": "list", "ordered_list": "list", "list_item": "item",
    "blockquote": "quote",
}  # fmt: skip
_HTML: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "ul": "list", "ol": "list", "li": "item", "table": "table", "tr": "row", "th": "cell", "td": "cell",
    "summary": "summary",
}  # fmt: skip
_LEAVES = ("heading", "paragraph", "summary")
# Tags that end a paragraph and mean nothing else here.
_BOUNDARIES = {
    "p",
    "div",
    "center",
    "section",
    "article",
    "details",
    "blockquote",
    "hr",
    "dl",
    "tbody",
    "thead",
}
_TERMS = {"dt", "dd"}
# Deeper HTML than this is not a list that a person wrote; deeper tags are read as if they were not there.
_MAX_DEPTH = 40
# HTML allows cells of 65,534 rows.
_MAX_DIGITS = 5


class Block(msgspec.Struct, gc=True, kw_only=True):
    """A node of the tree, filled while it is open."""

    kind: BlockKind
    line: int
    """1-based first line."""
    end: int = 0
    """1-based last line."""
    level: int = 0
    """Of headings, 1 to 6; 1 for the header row of a Markdown table and for header cells in HTML."""
    html: bool = False
    down: int = 1
    """Rows that an HTML cell spans."""
    across: int = 1
    """Columns that it spans."""
    spans: list[Span] = []
    blocks: list["Block"] = []

    def walk(self) -> Iterator["Block"]:
        """Yield this block and all below it, in order."""
        yield self
        for block in self.blocks:
            yield from block.walk()


def read_tree(text: str) -> Block:
    r"""Read a list's text, whose line ends are `\n`, into its tree."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Addresses are wanted as written: neither percent-encoded nor judged.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its name is the parser's
    parser.block.ruler.at("table", pipes.read_table, {"alt": ["paragraph", "reference"]})
    parser.disable("inline")
    references: dict[str, Any] = {}
    blocks = parser.parse(text, references)
    parser.enable("inline")
    builder = _Builder(
        lambda content: parser.parseInline(content, references)[0].children or (),
        has_references=bool(references.get("references")),
    )
    for token in blocks:
        builder.read(token)
    builder.close_all(text.count("\n") + 1)
    return builder.root


class _Builder:
    """Keeps the open blocks (`stack`) and the style of running text."""

    def __init__(self, parse_inline: Callable[[str], Sequence[Token]], *, has_references: bool) -> None:
        self.root = Block(kind="root", line=1)
        self.stack = [self.root]
        self.owners: list[Block] = []
        self.style = Style()
        self._parse_inline = parse_inline
        # Where the text defines references, any bracket may be a link.
        self._has_references = has_references

    def read(self, token: Token) -> None:
        """Take one token of markdown-it."""
        line = token.map[0] + 1 if token.map else self.stack[-1].line
        end = token.map[1] if token.map else line
        name = token.type.removesuffix("_open")
        if token.nesting == 1 and name in _MARKDOWN:
            level = int(token.tag[1]) if name == "heading" else 0
            self._open_markdown(_MARKDOWN[name], line, end, level)
        elif token.nesting == -1 and token.type.removesuffix("_close") in _MARKDOWN:
            self._close_markdown()
        elif token.type == "inline":
            self._read_inline(token.content, line)
        elif token.type == pipes.TYPE:
            self._read_table(token.meta["rows"], line, end)
        elif token.type == "html_block":
            self._read_pieces(token.content, line)
        elif token.type in ("fence", "code_block"):
            fenced = token.type == "fence"
            content = [Span(kind="text", text=token.content, line=line + fenced)]
            self._add_leaf("code", line, end, content)

    def close_all(self, line: int) -> None:
        """End every open block at `line`."""
        self._pop_to(0, line)
        self.root.end = line

    def _read_table(self, rows: Sequence[Sequence[str]], line: int, end: int) -> None:
        self._open_markdown("table", line, end)
        for at, cells in enumerate(rows):
            # Between the header and the first row is the line of dashes.
            place = line + at + (at > 0)
            self._open_markdown("row", place, place, level=int(at == 0))
            for cell in cells:
                self._open_markdown("cell", place, place)
                self._read_inline(cell, place)
                self._close_markdown()
            self._close_markdown()
        self._close_markdown()

    def _open_markdown(self, kind: BlockKind, line: int, end: int, level: int = 0) -> None:
        block = self._push(Block(kind=kind, line=line, end=end, level=level))
        self.owners.append(block)
        if kind in _LEAVES:
            self.style = Style()

    def _close_markdown(self) -> None:
        block = self.owners.pop()
        # It is the innermost one but where HTML opened others inside it.
        top = len(self.stack) - 1
        position = top if self.stack[top] is block else next((n for n in range(top) if self.stack[n] is block), 0)
        if position:
            self._pop_to(position - 1, block.end)
        if block.kind in _LEAVES:
            self.style = Style()

    def _push(self, block: Block) -> Block:
        if self.stack[-1].kind in _LEAVES:
            self._pop_to(len(self.stack) - 2, block.line)
        self.stack[-1].blocks.append(block)
        self.stack.append(block)
        return block

    def _pop_to(self, depth: int, line: int) -> None:
        while len(self.stack) - 1 > depth:
            block = self.stack.pop()
            block.end = max(block.end, block.line, line if block.html else 0)
            if block.spans:
                block.spans = mark_fields(find_addresses(block.spans))

    def _add_leaf(self, kind: BlockKind, line: int, end: int, spans: Sequence[Span] = ()) -> None:
        parent = next(block for block in reversed(self.stack) if block.kind not in _LEAVES)
        parent.blocks.append(Block(kind=kind, line=line, end=end, spans=list(spans)))

    def _read_inline(self, text: str, line: int) -> None:
        if not self._has_references and inline.is_plain(text):
            self._add_spans(self.style.read_plain(text, line), line)
            return
        position = 0
        for child in self._parse_inline(text):
            if child.type == "html_inline":
                line = self._read_pieces(child.content, line)
                position = _skip(text, child.content, position)
                continue
            self._add_spans(self.style.read(child, line), line)
            if child.type in ("softbreak", "hardbreak"):
                position = _skip(text, "\n", position)
                line += 1
            elif child.type == "code_inline":
                # The parser made spaces of the line ends in a code span.
                start = _skip(text, child.markup, position)
                position = _skip(text, child.markup, start)
                line += text.count("\n", start, position)
            else:
                line += child.content.count("\n")

    def _read_pieces(self, fragment: str, line: int) -> int:
        """Take HTML that begins on `line`; return the line it ends on."""
        for piece in read_html(fragment):
            at = line + piece.offset
            if piece.kind == "comment":
                self._add_leaf("comment", at, at + piece.height)
            elif piece.kind == "text":
                self._add_spans(self.style.read_text(piece.value, at), at)
            else:
                self._read_tag(piece, at)
        return line + fragment.count("\n")

    def _read_tag(self, piece: Piece, line: int) -> None:
        kind = _HTML.get(piece.value)
        if piece.value in _TERMS:
            # What a definition says belongs to its term.
            if piece.kind == "open" and piece.value == "dt":
                self._end_paragraph(line)
            elif piece.kind == "open":
                self._add_spans([Span(kind="hard", line=line)], line)
        elif piece.value in _BOUNDARIES:
            self._end_paragraph(line)
        elif kind is None:
            self._add_spans(self.style.read_tag(piece, line), line)
        elif piece.kind == "close":
            self._close_html(kind, line)
        elif len(self.stack) < _MAX_DEPTH:
            self._close_siblings(kind, line)
            level = int(piece.value[1]) if kind == "heading" else int(piece.value == "th")
            down, across = (_read_span(piece.attributes.get(name, "")) for name in ("rowspan", "colspan"))
            self._push(Block(kind=kind, line=line, end=line, level=level, html=True, down=down, across=across))

    def _end_paragraph(self, line: int) -> None:
        # A paragraph that Markdown opened is ended by Markdown; the tag is then a line break inside it.
        if self.stack[-1].kind == "paragraph" and self.stack[-1].html:
            self._pop_to(len(self.stack) - 2, line)
        elif self.stack[-1].kind == "paragraph":
            self.stack[-1].spans.append(Span(kind="hard", line=line))

    def _close_siblings(self, kind: BlockKind, line: int) -> None:
        """`<tr>` ends the row before it, `<td>` the cell, `<li>` the item: their closing tags may be missing."""
        ends = {"row": ("row",), "cell": ("cell",), "item": ("item",)}.get(kind, ())
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].kind in ("table", "list") and kind != self.stack[depth].kind:
                return
            if self.stack[depth].html and self.stack[depth].kind in ends:
                self._pop_to(depth - 1, line)
                return

    def _close_html(self, kind: BlockKind, line: int) -> None:
        for depth in range(len(self.stack) - 1, 0, -1):
            block = self.stack[depth]
            if block.html and block.kind == kind:
                self._pop_to(depth - 1, line)
                return
            if block.kind == "table":
                return

    def _add_spans(self, spans: Sequence[Span], line: int) -> None:
        if not spans:
            return
        if self.stack[-1].kind not in _LEAVES and any(
            span.kind in ("link", "image") or span.text.strip() for span in spans
        ):
            self._push(Block(kind="paragraph", line=spans[0].line, end=line, html=True))
        if self.stack[-1].kind in _LEAVES:
            self.stack[-1].spans.extend(spans)


def _read_span(value: str) -> int:
    digits = value.strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS else 1


def _skip(text: str, part: str, start: int) -> int:
    """Return the position behind `part` in `text`, `start` where it is not to be found."""
    found = text.find(part, start)
    return start if found < 0 else found + len(part)
