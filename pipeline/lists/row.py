"""One row of a list, however it is written: its title, its links, and what else it says.

in -> out: the spans of a bullet, a paragraph or a table cell -> `Row`s.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.addresses.kind import find_kind
from pipeline.lists.notes import Notes
from pipeline.lists.span import Span, count_words, plain, split_lines
from pipeline.lists.title import is_prose
from pipeline.lists.titlespan import (
    MAX_SPANS,
    MIN_WORDS,
    TitleSpan,
    find_reference,
    find_title,
    has_paper_link,
    is_title_link,
)

# Words of a remark, and how far behind them its links stand.
_REMARK = re.compile(
    r"\b(?:see also|also see|see|cf|compare with|related(?: work| to| paper)?|follow(?:s|-?\s?up)?|successor"
    r"|predecessor|based on|builds? (?:up)?on|extends?|extension|inspired by|comments? (?:on|by)|commentary|response"
    r"|repl(?:y|ies)|reviewed (?:in|by)|discussed in|summarized in|superseded by|vgl|siehe auch"
    r"|véase|voir(?: aussi)?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_MAX_REMARK = 90
# No reference string is wrapped over more lines.
_MAX_LINES = 6
_BRACKETS = re.compile(r"\([^()]{0,100}\)")
_JOINT = re.compile(r"\s*(?:[,;、，；/]|and|&|,\s*and)\s*", re.IGNORECASE)


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a row says; `title` is None where it names no paper, as in a line of links only."""

    title: str | None = None
    line: int
    """1-based line on which the title begins."""
    style: str = ""
    """How the title stands: `link`, `bold`, `italic` or `plain`."""
    title_link: Span | None = None
    links: tuple[Span, ...] = ()
    """All other links, in order."""
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    before: str = ""
    """Text in front of the title that was not understood."""
    rest: str = ""
    """Text behind the title that was not understood."""
    marked: bool = False
    """Its only author comes from a mark such as `Doe 2018`, which could be a venue as well."""
    cited: bool = False
    """The row is a reference string: authors, title, and where or when."""

    def all_links(self) -> tuple[Span, ...]:
        """Return the title's own link and the others."""
        return (self.title_link, *self.links) if self.title_link else self.links


def read_rows(spans: Sequence[Span]) -> list[Row]:
    """Read all rows of a run of spans: a line with a title and a link of its own begins a row of its own."""
    groups: list[list[Span]] = [[]]
    proven, height = False, 0
    for line in split_lines(spans):
        if (proven and _starts_row(line)) or (0 < height <= _MAX_LINES and _is_cited(line) and _is_cited(groups[-1])):
            groups.append([])
            proven, height = False, 0
        groups[-1].extend(line)
        proven = proven or has_paper_link(line)
        height += 1
    return [row for group in groups if group for row in _read_group(group)]


def read_row(spans: Sequence[Span], found: TitleSpan | None = None) -> Row:
    """Read a run of spans as one row; `found` is where its title stands, when that is known."""
    found = found or find_title(spans)
    notes = Notes()
    if found is None:
        notes.read(spans)
        line = spans[0].line if spans else 1
        return _make_row(Row(line=line, links=_links(spans), rest=notes.rest), notes)
    notes.read(spans[: found.start])
    before, notes.rest = notes.rest, ""
    if found.reference:
        return _make_cited(spans, found)
    notes.read_texts(found.notes)
    notes.read(spans[found.end :])
    own = _links(spans[found.start : found.end])
    row = Row(
        title=found.text,
        line=_find_line(spans[found.start : found.end], found.text),
        style=found.style,
        title_link=own[0] if own else None,
        links=(*_links(spans[: found.start]), *own[1:], *_links(_mark_remarks(spans[found.end :]))),
        before=before,
        rest=notes.rest,
    )
    return _make_row(row, notes)


def _make_cited(spans: Sequence[Span], found: TitleSpan) -> Row:
    """Make the row of a reference string, which says everything in one."""
    said = found.reference
    assert said
    own = _links(spans[found.start : found.end])
    return Row(
        title=found.text,
        line=_find_line(spans[found.start : found.end], found.text),
        style=found.style,
        title_link=own[0] if own else None,
        links=(*_links(spans[: found.start]), *own[1:], *_links(_mark_remarks(spans[found.end :]))),
        authors=said.authors,
        venue=said.venue,
        year=said.year,
        cited=said.year is not None or said.venue is not None,
    )


def _make_row(row: Row, notes: Notes) -> Row:
    marked = notes.marked and len(notes.authors) == 1
    imprint = notes.imprint
    return msgspec.structs.replace(row, authors=notes.authors, venue=imprint.venue, year=imprint.year, marked=marked)


def _is_cited(spans: Sequence[Span]) -> bool:
    found = find_reference(spans)
    return found is not None and found.reference is not None and found.reference.year is not None


def _starts_row(line: Sequence[Span]) -> bool:
    found = find_title(line)
    if found is None or is_prose(found.text):
        return False
    return found.style in ("link", "bold") or (found.style == "plain" and has_paper_link(line[found.end :]))


def _read_group(spans: Sequence[Span]) -> list[Row]:
    """Give each linked title of a row of links its own row: `[Deep Sets](...), [Set Transformer](...)`."""
    first = find_title(spans)
    if first is None or first.style != "link":
        return [read_row(spans, first)]
    starts = [first.start]
    for at in range(first.end, len(spans)):
        if _is_further_title(spans, at, max(starts[-1] + 1, at - MAX_SPANS), first):
            starts.append(at)
    if len(starts) == 1:
        return [read_row(spans, first)]
    return [read_row(spans[start:end]) for start, end in pairwise([0, *starts[1:], len(spans)])]


def _is_further_title(spans: Sequence[Span], at: int, start: int, first: TitleSpan) -> bool:
    """Tell whether the link at `at` is the title of another paper; `start` is where the text before it begins."""
    link = spans[at]
    if link.kind != "link" or not is_title_link(link) or find_kind(link.url or "") not in ("paper", "pdf"):
        return False
    between = plain(spans[start:at])
    # In a bare row of links (`A, B and C`, `A (2003) and B (2006)`) a name will do.
    bare = bool(_JOINT.fullmatch(_BRACKETS.sub(" ", between)))
    # What stands in brackets behind a title is a label, however it reads: `[[MIT Press Direct]](...)`.
    if (is_prose(between) and not bare) or link.text[:1] in ("[", "(", "（", "【"):
        return False
    return bare or count_words(link.text) >= MIN_WORDS or count_words(first.text) < MIN_WORDS


def _find_line(spans: Sequence[Span], title: str) -> int:
    """Return the line on which `title` begins, which may be a later one than that of the first span."""
    first = next((at for at, character in enumerate(title) if character.isalnum()), 0)
    title = title[first:]
    word = title.split(maxsplit=1)[0]
    for span in spans:
        text = " ".join(span.text.split())
        start = text.find(word)
        while start >= 0:
            cut = len(text) - start <= len(title) and title.startswith(text[start:])
            if cut or text.startswith(title, start):
                return span.line
            start = text.find(word, start + 1)
    return spans[0].line


def _mark_remarks(spans: Sequence[Span]) -> list[Span]:
    """Mark the links behind a title that stand in a remark about other papers."""
    marked: list[Span] = []
    before = ""
    for span in spans:
        remark = span.kind == "link" and bool(_REMARK.search(before))
        marked.append(msgspec.structs.replace(span, remark=True) if remark else span)
        if span.kind == "text":
            before = (before + span.text)[-_MAX_REMARK:]
        elif span.kind != "link" or not remark:
            before = ""
    return marked


def _links(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.kind == "link" and span.url)
