"""The style of running text while it is read: bold, italic, inside a link.

in -> out: inline tokens of markdown-it and inline HTML tags, one after the other -> spans. Emphasis and links may begin
in one syntax and end in the other (`<a href="..."><b>` around Markdown), so both change the same state.
"""

import re
from urllib.parse import unquote

from markdown_it.token import Token

from pipeline.lists.html import Piece
from pipeline.lists.inline import PARTS
from pipeline.lists.span import Span

_TABS = re.compile(r"(?<=\S)\t+")
_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite"}
_BADGE = re.compile(r"shields\.io/(?:static/v1\?(?P<query>.*)|badge/(?P<path>[^?]*))")
# What people write into `alt` when they mean nothing by it.
_EMPTY_ALTS = {"", "badge", "image", "img", "logo", "icon", "alt text", "shield"}


class Style:
    """What is open at this point of a paragraph."""

    def __init__(self) -> None:
        self.bold = 0
        self.italic = 0
        self.url: str | None = None
        self.label: list[Span] = []

    def read(self, token: Token, line: int) -> list[Span]:
        """Take one inline token that is not HTML."""
        match token.type:
            case "text" | "code_inline" | "text_special":
                return self._add_text(token.content, line)
            case "softbreak" | "hardbreak":
                return self._add_break(line, hard=token.type == "hardbreak")
            case "strong_open" | "strong_close":
                self.bold = max(0, self.bold + token.nesting)
            case "em_open" | "em_close":
                self.italic = max(0, self.italic + token.nesting)
            case "link_open":
                return self._open_link(str(token.attrs.get("href", "")))
            case "link_close":
                return self._close_link(line)
            case "image":
                return self._add_image(token.content, str(token.attrs.get("src", "")), line)
        return []

    def read_plain(self, text: str, line: int) -> list[Span]:
        """Take text that needs no parser (`inline.py`), from its first line on."""
        spans: list[Span] = []
        *lines, last = text.split("\n")
        for part in lines:
            hard = part.endswith(("\\", "  "))
            spans += self._read_line(part[:-1] if part.endswith("\\") else part.rstrip(" "), line)
            spans += self._add_break(line, hard=hard)
            line += 1
        return [*spans, *self._read_line(last, line)]

    def _read_line(self, text: str, line: int) -> list[Span]:
        spans: list[Span] = []
        outer = self.bold, self.italic
        for part in PARTS.finditer(text.lstrip(" \t")):
            words, label, target, mark = part.groups()
            if words:
                spans += self._add_text(words, line)
            elif target:
                self._open_link(target)
                if label:
                    self._add_text(label, line)
                spans += self._close_link(line)
            elif (self.bold, self.italic) != outer:
                self.bold, self.italic = outer
            else:
                self.bold, self.italic = self.bold + (mark == "**"), self.italic + (mark == "*")
        return spans

    def read_text(self, text: str, line: int) -> list[Span]:
        """Take text of an HTML block, whose line ends are soft breaks."""
        spans: list[Span] = []
        for offset, part in enumerate(text.split("\n")):
            if offset:
                spans += self._add_break(line + offset - 1, hard=False)
            if part.strip():
                spans += self._add(self._span(part, line + offset))
        return spans

    def read_tag(self, piece: Piece, line: int) -> list[Span]:
        """Take an inline HTML tag; tags without a meaning here are left out."""
        step = 1 if piece.kind == "open" else -1
        if piece.value in _BOLD:
            self.bold = max(0, self.bold + step)
        elif piece.value in _ITALIC:
            self.italic = max(0, self.italic + step)
        elif piece.value == "br":
            return self._add_break(line, hard=True)
        elif piece.value == "img":
            return self._add_image(piece.attributes.get("alt", ""), piece.attributes.get("src", ""), line)
        elif piece.value == "a" and piece.kind == "close":
            return self._close_link(line)
        elif piece.value == "a" and piece.attributes.get("href"):
            return [*self._close_link(line), *self._open_link(piece.attributes["href"])]
        return []

    def _add_text(self, text: str, line: int) -> list[Span]:
        if "\t" in text:
            text = _TABS.sub(" | ", text)  # a tab between words parts columns
        return self._add(self._span(text, line))

    def _span(self, text: str, line: int) -> Span:
        return Span(kind="text", text=text, line=line, bold=self.bold > 0, italic=self.italic > 0)

    def _add(self, span: Span) -> list[Span]:
        if self.url is None:
            return [span]
        self.label.append(span)
        return []

    def _add_break(self, line: int, *, hard: bool) -> list[Span]:
        if self.url is not None:
            return self._add(Span(kind="text", text=" ", line=line))
        return [Span(kind="hard" if hard else "soft", line=line)]

    def _add_image(self, alt: str, source: str, line: int) -> list[Span]:
        return self._add(Span(kind="image", text=_read_badge(alt, source), line=line, url=source))

    def _open_link(self, url: str) -> list[Span]:
        self.url, self.label = url.strip(), []
        return []

    def _close_link(self, line: int) -> list[Span]:
        if self.url is None:
            return []
        url, label = self.url, self.label
        self.url, self.label = None, []
        words = [span for span in label if span.kind == "text"]
        text = " ".join("".join(span.text for span in words or label).split())
        first = next((span for span in words if span.text.strip()), label[0] if label else None)
        link = Span(
            kind="link",
            text="" if text == url else text,
            line=first.line if first else line,
            bold=any(span.bold for span in words) or self.bold > 0,
            italic=any(span.italic for span in words) or self.italic > 0,
            url=url,
            picture=not words,
        )
        return [link]


def _read_badge(alt: str, source: str) -> str:
    """Return what an image says: its alternative text, else the words painted on a shields.io badge.

    >>> _read_badge("", "https://img.shields.io/badge/arXiv-2101.05224-b31b1b.svg"), _read_badge("Paper", "x.svg")
    ('arXiv 2101.05224', 'Paper')
    """
    if alt.strip().lower() not in _EMPTY_ALTS:
        return alt.strip()
    match = _BADGE.search(source)
    if match is None:
        return ""
    if match["query"] is not None:
        pairs = dict(pair.partition("=")[::2] for pair in match["query"].split("&"))
        return unquote(" ".join(part for part in (pairs.get("label"), pairs.get("message")) if part)).strip()
    # label-message-colour or message-colour; a double dash is a dash.
    parts = [part.replace("\0", "-") for part in match["path"].replace("--", "\0").split("-")]
    return unquote(" ".join(parts[:-1])).replace("_", " ").strip()
