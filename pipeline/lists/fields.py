"""Labelled fields: `**Authors:** Ann Lee`, `- Year: 2020`, `论文：...`.

in -> out: the spans of a block -> the same without the labels, each value marked with the role that its label gives it.
A bold label opens a field anywhere, a plain one at the beginning of a line, if what follows fits it.
"""

import re
from collections.abc import Sequence

import msgspec

from pipeline.lists.imprint import find_year
from pipeline.lists.people import read_authors
from pipeline.lists.span import Span, count_words, plain
from pipeline.lists.words import FIELD_LABELS

_PLAIN = re.compile(r"^\s*(?:[-•*·]\s+)?([^\W\d_][^:：\n.,;()\[\]]{0,29})\s*[:：]\s*")
_BOLD = re.compile(r"^\s*([^\W\d_][^:：\n.,;()\[\]]{0,29}?)\s*[:：]\s*$")
_ROLES = {label.strip(): role for role, labels in FIELD_LABELS.items() for label in labels.split(";")} | {
    "tl;dr": "other"
}
# A year or a venue is said in few words.
_MAX_YEAR_WORDS, _MAX_VENUE_WORDS = 5, 14
# No value is cut into more pieces; the bound keeps reading linear.
_MAX_SPANS = 40
# From this many words on, a link in a note has a label of its own.
_TITLE_WORDS = 3


def mark_fields(spans: Sequence[Span]) -> list[Span]:
    """Mark the values of labelled fields with their roles, and leave the labels out."""
    if not any(":" in span.text or "：" in span.text for span in spans):
        return list(spans)
    marked: list[Span] = []
    role, begins = "", True
    at = 0
    while at < len(spans):
        span = spans[at]
        if span.kind in ("hard", "soft"):
            # An abstract goes on over the ends of its lines.
            role, begins = (role if span.kind == "soft" and role == "other" else ""), True
            marked.append(span)
            at += 1
            continue
        opened = _open(spans, at, begins=begins)
        if opened is not None:
            role, rest, at = opened
            marked += [_with_role(part, role) for part in rest]
        else:
            marked.append(_with_role(span, role))
            at += 1
        begins = begins and not span.text.strip()
    return marked


def _open(spans: Sequence[Span], at: int, *, begins: bool) -> tuple[str, list[Span], int] | None:
    """Return role, what is left of the spans that hold the label, and where reading goes on."""
    span = spans[at]
    if span.kind != "text":
        return None
    following = spans[at + 1] if at + 1 < len(spans) else None
    if span.bold:
        if inner := _BOLD.match(span.text):
            role = _find_role(inner[1], spans, at + 1)
            return (role, [], at + 1) if role else None
        if following is not None and following.kind == "text" and following.text.lstrip()[:1] in (":", "："):
            role = _find_role(span.text, spans, at + 1)
            rest = following.text.lstrip()[1:]
            return (role, [msgspec.structs.replace(following, text=rest)], at + 2) if role else None
        return None
    label = _PLAIN.match(span.text) if begins else None
    if label is None:
        return None
    value = msgspec.structs.replace(span, text=span.text[label.end() :])
    line = [value, *_line(spans, at + 1)]
    role = _find_role(label[1], line, 0)
    return (role, [value], at + 1) if role and _fits(role, line) else None


def _find_role(label: str, spans: Sequence[Span], at: int) -> str:
    role = _ROLES.get(" ".join(label.lower().split()), "")
    if role in ("title", "url"):
        # `Paper: https://...` is an address, `Paper: Deep Sets` a title.
        first = next((span for span in _line(spans, at) if span.kind == "link" or span.text.strip(" :：[(")), None)
        words = "".join(span.text for span in _line(spans, at) if span.kind == "text")
        is_address = first is not None and first.kind == "link" and count_words(first.text) < 3
        if role == "title":
            return "url" if is_address and count_words(words) < 3 else "title" if first is not None else ""
        return "url" if first is not None else ""
    return role


def _line(spans: Sequence[Span], at: int) -> list[Span]:
    last = min(len(spans), at + _MAX_SPANS)
    end = next((end for end in range(at, last) if spans[end].kind in ("hard", "soft")), last)
    return list(spans[at:end])


def _fits(role: str, value: Sequence[Span]) -> bool:
    """Tell whether a value behind a label that is not bold is what the label says."""
    text = plain(value)
    match role:
        case "year":
            return find_year(text) is not None and count_words(text) <= _MAX_YEAR_WORDS
        case "url" | "code":
            return any(span.kind == "link" for span in value)
        case "authors":
            return bool(read_authors(text, sure=True))
        case "venue":
            return 0 < count_words(text) <= _MAX_VENUE_WORDS
    return bool(text)


def _with_role(span: Span, role: str) -> Span:
    if not role:
        return span
    if span.kind == "link" and role == "other" and count_words(span.text) >= _TITLE_WORDS:
        return span  # a note may name a paper of its own
    if span.kind == "link" and role in ("url", "code", "other", "year"):
        label = {"url": "paper", "code": "code"}.get(role, "note")
        return msgspec.structs.replace(span, text=label, field=role)
    return msgspec.structs.replace(span, field=role)
