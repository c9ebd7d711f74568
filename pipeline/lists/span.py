"""Running text of a list as spans: a stretch of text, a link, an image or a line break, each with its line.

in -> out: spans -> plain text, and raw text -> spans with the addresses that stand in it taken out. Rules: CommonMark's
inline elements; besides them what lists write wrongly and GitHub's readers still understand (`[pdf] (https://...)`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from pipeline.lists.label import is_label

Kind = Literal["text", "link", "image", "soft", "hard"]

# Names of items in old journals hold angle brackets: `10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2`.
_SICI = r"(?:<[\w:./-]{1,40}>\d\.\d\.[A-Z]{2};\d(?:-[\w#])?)?"
# Possessive, and every stretch has a bound: the search is linear on any input.
_ADDRESS = re.compile(
    r"\[{1,2}(?P<label>[^\[\]\n]{0,200}+)\]{1,2}\s?\(\s*+(?P<target>(?:https?://|www\.)[^()\s]{1,1000}+)[^()\n]{0,200}+\)"
    r"|\[{1,2}(?P<broken>[^\[\]\n]{1,200}+)\]{1,2}\((?!https?:)[^()\n]{0,300}+\)"
    rf"|(?P<bare>(?:https?://|www\.)[^\s<>\[\]|\"“”，。；]{{3,2000}}+{_SICI})"
    rf"|(?:\bdoi\s*+:?\s*+)?(?P<doi>(?<![\w./])10\.\d{{4,9}}/[^\s<>\[\]|\"“”，]{{2,300}}+{_SICI})"
    r"|\barxiv\s*+(?:preprint\s*+)?(?:arxiv\s*+)?[:.]\s*+"
    r"(?P<arxiv>\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"|(?<![\w/.:-])(?P<archive>(?:hep-(?:th|ph|ex|lat)|gr-qc|(?:astro|math|quant)-ph|cond-mat|nucl-(?:th|ex)|math|cs"
    r"|physics|nlin|q-bio|cmp-lg|alg-geom|q-alg|chao-dyn|solv-int)(?:\.[A-Z]{2})?/\d{7})(?![\d/])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"([^\s:：|,;，、。.\[\]][^:：|,;，、。.\[\]]{0,25})[:：]\s*[\[(（]*$")
_EMPTY_LABELS = {"", "link", "here", "url", "this", "链接", "地址", "リンク"}
_HINTS = re.compile(r"http|www\.|10\.|xiv|\]\(|/9|/0", re.IGNORECASE)
# reStructuredText: `Deep Sets <https://...>`_
_RST_LINK = re.compile(r"(?P<label>[^<>`]{2,300}?)\s*<(?P<url>https?://[^<>\s]{3,1000})>")
_RST_END = re.compile(r"__?(?=\W|$)")
_GROUP_OPENS = re.compile(r"([\[(（【])(?:see\s|cf\.?\s)?\s*$", re.IGNORECASE)
_GROUP_CLOSES = re.compile(r"^\s*([\])）】])")
_BETWEEN_LINKS = re.compile(r"[\s,;|/·•&+]*")
_WORD = re.compile(
    r"[\u3400-\u9fff\u3040-\u30ff]{2}|[^\W_\u3400-\u9fff\u3040-\u30ff](?:[^\W_\u3400-\u9fff]|['’.\-‐](?=\w))*"
)


class Span(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One stretch of a line; for links `text` is the label, `""` where the address stands for itself."""

    kind: Kind
    text: str = ""
    line: int
    bold: bool = False
    italic: bool = False
    url: str | None = None
    picture: bool = False
    """The label of the link is an image (a badge)."""
    field: str = ""
    """The role that a label in front gives to the text: title, authors, year, venue, url, code or other."""
    remark: bool = False
    """The link stands in a remark about other papers: `see also ...`."""


def plain(spans: Iterable[Span]) -> str:
    """Return the words of `spans` in one line, without images and bare addresses."""
    parts = (" " if span.kind in ("soft", "hard") else span.text for span in spans if span.kind != "image")
    return " ".join("".join(parts).split())


@lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """Count words; two characters of Chinese or Japanese are a word.

    >>> count_words("3D U-Net: a primer"), count_words("深度学习综述")
    (4, 3)
    """
    return len(_WORD.findall(text))


def split_lines(spans: Iterable[Span]) -> list[list[Span]]:
    """Split at line breaks, which stay in front of their lines; lines without words or links are left out."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        if span.kind in ("hard", "soft"):
            lines.append([])
        lines[-1].append(span)
    return [line for line in lines if any(span.text.strip() or span.kind in ("link", "image") for span in line)]


def find_addresses(spans: Sequence[Span]) -> list[Span]:
    """Make links of the addresses, DOIs and arXiv numbers (`doi:`, `arxiv:`) that stand in plain text."""
    if not any(span.kind == "link" or (span.kind == "text" and _HINTS.search(span.text)) for span in spans):
        return [span for span in spans if span.kind != "text" or span.text]
    found: list[Span] = []
    for written in spans:
        span = _without_mark(written, found[-1]) if found else written
        if span.kind == "text" and "<" in span.text and (named := _RST_LINK.fullmatch(span.text)):
            found.append(msgspec.structs.replace(span, kind="link", text=named["label"].strip(), url=named["url"]))
        elif span.kind == "text" and _HINTS.search(span.text):
            found.extend(_split_text(span))
        else:
            found.append(span)
    found = [_label(span, found[at - 1]) if at and span.kind == "link" else span for at, span in enumerate(found)]
    return _bracket_labels(found)


def _without_mark(span: Span, before: Span) -> Span:
    """Drop the underscore that reStructuredText puts behind a link."""
    mark = _RST_END.match(span.text) if span.kind == "text" and before.kind == "link" and before.text else None
    return _cut(span, mark.end(), len(span.text)) if mark else span


def _bracket_labels(spans: Sequence[Span]) -> list[Span]:
    """Write `[[pdf](...), [code](...)]` as `[[pdf]](...), [[code]](...)`: each label has the brackets of its group."""
    kept = list(spans)
    at = 1
    while at < len(kept):
        opening = (
            kept[at - 1].kind == "text" and kept[at].kind == "link" and _GROUP_OPENS.search(kept[at - 1].text[-9:])
        )
        if opening and (end := _find_group_end(kept, at)):
            closing = _GROUP_CLOSES.match(kept[end].text)
            assert closing
            kept[at - 1] = _cut(kept[at - 1], 0, len(kept[at - 1].text) - len(opening[0]))
            kept[end] = _cut(kept[end], closing.end(), len(kept[end].text))
            for link in range(at, end):
                if kept[link].kind == "link" and kept[link].text and not kept[link].picture:
                    kept[link] = msgspec.structs.replace(kept[link], text=f"{opening[1]}{kept[link].text}{closing[1]}")
            at = end
        at += 1
    return [span for span in kept if span.kind != "text" or span.text]


def _find_group_end(spans: Sequence[Span], start: int) -> int | None:
    """Return where the text with the closing bracket stands, None where a group holds more than links."""
    for at in range(start, len(spans)):
        if spans[at].kind == "text":
            if _GROUP_CLOSES.match(spans[at].text):
                return at
            if not _BETWEEN_LINKS.fullmatch(spans[at].text):
                return None
        elif spans[at].kind != "link":
            return None
    return None


def _cut(span: Span, start: int, end: int) -> Span:
    return msgspec.structs.replace(span, text=span.text[start:end])


def _label(link: Span, before: Span) -> Span:
    """Give a link that says nothing itself the caption in front of it: `Code: https://...`, `论文：[link](...)`."""
    if before.kind != "text" or link.text.strip("[]").lower() not in _EMPTY_LABELS:
        return link
    match = _CAPTION.search(before.text[-40:])
    return msgspec.structs.replace(link, text=match[1]) if match and is_label(match[1]) else link


def _split_text(span: Span) -> Iterable[Span]:
    start = 0
    for match in _ADDRESS.finditer(span.text):
        label, url, end = _read_match(match)
        if match.start() > start:
            yield msgspec.structs.replace(span, text=span.text[start : match.start()])
        if url:
            yield msgspec.structs.replace(span, kind="link", text=label, url=url)
        else:
            yield msgspec.structs.replace(span, text=f"[{label}]")
        start = end
    if start < len(span.text):
        yield msgspec.structs.replace(span, text=span.text[start:])


def _read_match(match: re.Match[str]) -> tuple[str, str, int]:
    """Return label, address (`""` where none was given) and the end of what was used.

    Closing punctuation belongs to the sentence.
    """
    if match["target"] is not None:
        return match["label"].strip(), match["target"], match.end()
    if match["broken"] is not None:
        return match["broken"], "", match.end()
    if number := match["arxiv"] or match["archive"]:
        return "", "arxiv:" + number, match.end()
    written = match["bare"] or match["doi"]
    value = _trim_end(written)
    end = match.end() - (len(written) - len(value))
    return "", (value if match["bare"] else "doi:" + value), end


def _trim_end(address: str) -> str:
    """Drop sentence punctuation, and closing parentheses that were opened before the address.

    >>> _trim_end("https://doi.org/10.1016/0004-3702(89)90020-3)."), _trim_end("https://a.b/c,")
    ('https://doi.org/10.1016/0004-3702(89)90020-3', 'https://a.b/c')
    """
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in ".,;:'*_`!>" or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
