"""A new row for a list, in the list's own format.

in -> out: a list, as text and as read, and a `Paper` -> Markdown. No format is known here: the rows that are there,
with what they say taken out, are the patterns. The pattern of most rows is filled with the new paper, and the list is
read with it, to see that the row says what it should.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.config import ListSettings
from pipeline.lists import markdown as reader
from pipeline.lists.label import is_label
from pipeline.lists.tree import Block, read_tree
from pipeline.model import Entry, Paper, ParsedList
from pipeline.outputs.display import render_author, safe_url
from pipeline.outputs.markdown import escape
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text
from pipeline.text import venue as venue_text

# Holes of a pattern: characters that no list has.
TITLE, URL, AUTHORS, FIRST_AUTHOR, VENUE, YEAR, CATEGORY = "\x01\x02\x03\x04\x05\x06\x07"
_HOLES = re.compile("[\x01-\x07]")
PLAIN = f"- [{TITLE}]({URL})"
MAX_AUTHORS = 20
"""More names than this end with "et al."; the longest rows of names in public lists have about so many."""
MAX_TRIALS = 6
"""Patterns that are tried before the plain bullet; each trial reads the whole list."""
MIN_ROWS = 3
"""So many rows make a habit; a guess."""
_BRACKETS = re.compile(r"[\[(][^\[\]()\n]{0,200}[\])](?![(\]])[ \t]?")
_LINK = re.compile(r"!?\[{1,2}[^\[\]\n]{0,200}\]{1,2}\([^()\x02\n]{0,1000}\)")
_ET_AL = re.compile(r",?\s*(?:et\.? al\b\.?|and others\b)")
_NUMBER = re.compile(r"^(\s*)\d+(?=[.)]\s)")
_CLOSING = re.compile(r"[^\w\s|,:;–—-]*")
_MARKER = re.compile(r"<[^<>]{0,200}>|^\s*1(?=[.)])")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# `2020 IEEE 17th International Symposium on Biomedical Imaging (ISBI)`
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)$")
_PIPE = re.compile(r"(?<!\\)\|")


class NewRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row to be put into the list."""

    text: str
    is_read_back: bool
    """Whether the reader of lists takes it for this paper."""
    after: int
    """The line behind which it fits."""
    is_placed: bool = True
    """Whether that is in a section for it: a list that is sorted by years must have the paper's."""


class _Example(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is there."""

    entry: Entry
    group: str
    """The header of its table, or what it is outside tables."""
    pattern: str
    end: int
    """Its last line."""


def render(
    text: str,
    parsed: ParsedList,
    paper: Paper,
    url: str,
    settings: ListSettings = ListSettings(),
    *,
    category: str | None = None,
) -> NewRow:
    """Return the row of a paper.

    Args:
        text: the list.
        parsed: the same, read with `settings`.
        paper: what the sources say about the paper.
        url: the link that the row shall have.
        settings: what holds for the list.
        category: what the row says about it, or the section that it belongs to.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    values = _values(parsed, paper, url) | {CATEGORY: escape(category or "")}
    examples = _examples(lines, parsed)
    tried = [*_patterns(examples, paper.year, category, values)][:MAX_TRIALS]
    tried.append((PLAIN, len(lines)))
    rows = [(_HOLES.sub(lambda hole: values[hole[0]], pattern), end) for pattern, end in tried]
    placed = {example.end for example in examples if _is_near(example, paper.year, category)}
    is_sorted = len({year for example in examples for year in _years(example)}) > 1

    def found(row: str, end: int, *, is_read_back: bool) -> NewRow:
        return NewRow(text=row, is_read_back=is_read_back, after=end, is_placed=end in placed or not is_sorted)

    for row, end in rows:
        grown = "\n".join([*lines[:end], row, *lines[end:]])
        added = [e for e in reader.parse(grown, settings).entries if end < e.line <= end + 1 + row.count("\n")]
        if len(added) == 1 and _says(added[0], paper, values[URL]):
            return found(row, end, is_read_back=True)
    return found(*rows[0], is_read_back=False)


def _says(entry: Entry, paper: Paper, url: str) -> bool:
    return title_text.fold(entry.title) == title_text.fold(paper.title) and entry.url == url


def _values(parsed: ParsedList, paper: Paper, url: str) -> dict[str, str]:
    """What the holes are filled with, as Markdown."""
    names = [escape(render_author(author)) for author in paper.authors]
    shown = [*names[:MAX_AUTHORS], "et al."] if len(names) > MAX_AUTHORS else names
    return {
        TITLE: escape(paper.title),
        URL: safe_url(url) or "",
        AUTHORS: ", ".join(shown),
        FIRST_AUTHOR: names[0] + (" et al." if len(names) > 1 else "") if names else "",
        VENUE: escape(_venue(parsed, paper) or ""),
        YEAR: str(paper.year or ""),
    }


def _venue(parsed: ParsedList, paper: Paper) -> str | None:
    """Return the venue in the list's own wording, where the list has it."""
    names = [name for name in (paper.venue, paper.short_venue) if name]
    listed = Counter(entry.venue for entry in parsed.entries if entry.venue)
    is_of_arxiv = paper.type == "preprint" and doi_text.is_arxiv(paper.ids.doi or "")
    for wording, _ in listed.most_common():
        if wording.lower() == "arxiv" if is_of_arxiv else venue_text.is_same(wording, names, parsed.aliases):
            return wording
    if not is_of_arxiv:
        for short, _ in parsed.aliases:
            if venue_text.is_same(short, names, parsed.aliases):
                return short
    if is_of_arxiv:
        return "arXiv"
    own = _ACRONYM.search(paper.venue or "")
    return paper.short_venue or (own[1] if own else paper.venue)


def _examples(lines: Sequence[str], parsed: ParsedList) -> list[_Example]:
    """Return the rows that hold one entry each and whose title and link stand in them as they were read."""
    owners = _owners(read_tree("\n".join(lines)), lines)
    entries = [(entry, owners[entry.line]) for entry in parsed.entries if entry.line in owners]
    crowd = Counter(id(block) for _, (block, _) in entries)
    found = []
    for entry, (block, group) in entries:
        if crowd[id(block)] == 1 and not block.html and entry.url:
            raw = "\n".join(lines[block.line - 1 : block.end]).rstrip()
            pattern = _table_pattern(raw, entry) if block.kind == "row" else _cut(_pattern(raw, entry))
            if TITLE in pattern and URL in pattern:
                found.append(_Example(entry=entry, group=group, pattern=pattern, end=block.end))
    return found


def _owners(root: Block, lines: Sequence[str]) -> dict[int, tuple[Block, str]]:
    """Line -> the innermost row, item or paragraph of its own that it belongs to, and the group of that."""
    owners: dict[int, tuple[Block, str]] = {}
    header = ""
    for block in root.walk():
        if block.kind == "table":
            header = " ".join(lines[block.line - 1].lower().split())
        is_inner_paragraph = block.kind == "paragraph" and block.line in owners
        if block.kind in ("row", "item", "paragraph") and not is_inner_paragraph:
            group = header if block.kind == "row" else block.kind
            owners.update(dict.fromkeys(range(block.line, block.end + 1), (block, group)))
    return owners


def _pattern(raw: str, entry: Entry) -> str:
    """Take out of a row what it says, and every link but the paper's."""
    text = _NUMBER.sub(r"\g<1>1", _HOLES.sub("", raw))
    for hole, value in ((URL, entry.url), (TITLE, entry.title)):
        text = text.replace(value, hole) if value else text
    text = _LINK.sub("", _without_authors(text, entry.authors))
    for hole, value in ((VENUE, entry.venue), (CATEGORY, entry.category), (YEAR, str(entry.year or ""))):
        if value:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", hole, text)
    return _tidy(text)


def _without_authors(text: str, authors: Sequence[str]) -> str:
    if not authors or authors[0] not in text or authors[-1] not in text:
        return text
    start, end = text.index(authors[0]), text.rindex(authors[-1]) + len(authors[-1])
    shortened = _ET_AL.match(text, end)
    hole = FIRST_AUTHOR if shortened else AUTHORS
    return text[:start] + hole + text[shortened.end() if shortened else end :] if start < end else text


def _table_pattern(raw: str, entry: Entry) -> str:
    return "|".join(_pattern(cell, entry).strip() for cell in _PIPE.split(raw.strip().strip("|")))


def _cut(pattern: str) -> str:
    """End a row behind its last hole: what follows is said about that one paper."""
    last = max((hole.end() for hole in _HOLES.finditer(pattern)), default=0)
    closing = _CLOSING.match(pattern, last)
    return pattern[: closing.end() if closing else last]


def _is_near(example: _Example, year: int | None, category: str | None) -> bool:
    """Tell whether a row stands below a heading that names the paper's year or category."""
    headings = example.entry.section
    is_of_year = year is not None and any(str(year) in heading for heading in headings)
    return is_of_year or (category is not None and category.lower() in (heading.lower() for heading in headings))


def _years(example: _Example) -> list[str]:
    return [year for heading in example.entry.section for year in _YEAR.findall(heading)]


def _patterns(
    examples: Sequence[_Example], year: int | None, category: str | None, values: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """Yield the patterns that the values can fill, best first, each with the line behind which it fits.

    Rows below a heading that names the paper's year or category count first, then the format that most rows have; of
    these the row stands behind those of its category.
    """

    def is_near(example: _Example) -> bool:
        return _is_near(example, year, category)

    def place(members: Sequence[_Example]) -> _Example:
        near = [example for example in members if is_near(example)] or list(members)
        same = [example for example in near if category is not None and example.entry.category == category]
        return (same or near)[-1]

    def rank(some: Sequence[_Example]) -> tuple[int, int]:
        return -sum(map(is_near, some)), -len(some)

    for group, members in sorted(_grouped(examples, [e.group for e in examples]), key=lambda item: rank(item[1])):
        if "|" in group:
            yield _join_cells([example.pattern.split("|") for example in members]), place(members).end
            continue
        patterns = _without_own_words([example.pattern for example in members])
        for pattern, some in sorted(_grouped(members, patterns), key=lambda item: rank(item[1])):
            if pattern.count(TITLE) == 1 and all(values[hole] for hole in _HOLES.findall(pattern)):
                yield pattern, place(some).end


def _grouped(examples: Sequence[_Example], names: Sequence[str]) -> list[tuple[str, list[_Example]]]:
    groups: dict[str, list[_Example]] = {}
    for example, name in zip(examples, names, strict=True):
        groups.setdefault(name, []).append(example)
    return list(groups.items())


def _join_cells(rows: Sequence[Sequence[str]]) -> str:
    """Return the pattern of a table: in each column what most rows have."""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    columns = zip(*(row for row in rows if len(row) == width), strict=True)
    cells = []
    for column in columns:
        cell, count = Counter(_without_own_words(column)).most_common(1)[0]
        cells.append(cell if _HOLES.search(cell) or 2 * count > len(column) else "")
    return f"| {' | '.join(cells)} |"


def _without_own_words(patterns: Sequence[str]) -> list[str]:
    """Return the patterns without words that are about one paper; empty where these do not stand in brackets.

    Words of labels, and those of most rows, are the format's.
    """
    words = [frozenset(_WORD.findall(_MARKER.sub("", pattern))) for pattern in patterns]
    counts = Counter(word for some in words for word in some)

    def is_common(text: str) -> bool:
        return all(
            is_label(word) or MIN_ROWS <= counts[word] > len(patterns) / 2
            for word in _WORD.findall(_MARKER.sub("", text))
        )

    bare = (_BRACKETS.sub(lambda group: group[0] if is_common(group[0]) else "", pattern) for pattern in patterns)
    return [_tidy(pattern) if is_common(pattern) else "" for pattern in bare]


def _tidy(pattern: str) -> str:
    lines = (re.sub(r"(?<=\S)[ \t]+", " ", line).rstrip(" ") for line in pattern.split("\n"))
    return "\n".join(line for line in lines if line.strip())
