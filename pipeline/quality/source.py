"""The text of a list as its author sees it: lines, tables, and which of them are rows.

in -> out: a list's text and what the reader took from it -> `Source`. The reader forgives; this keeps what it forgave.
Tables follow GitHub's own rule: a header, a line of dashes with as many cells, and rows up to the first empty line.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import Literal

import msgspec

from pipeline.lists.pipes import split_row
from pipeline.lists.words import VENUE_HEADINGS
from pipeline.model import Entry, ParsedList
from pipeline.text.counted import counted

Lost = Literal["template", "no title", "no address"]
Role = Literal["title", "venue", "category", "url", "code", "year"]

_DASHES = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLOCK = re.compile(r" {0,3}(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|<[a-zA-Z/!]|(?:`{3}|~{3}))")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[\s#]*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_NO_TITLE = re.compile(
    r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:(?:\[\s*\]|\*\*\s*\*\*)\s?[(\[]|(?:\[\[[^\[\]]*\d{4}\]\]\([^()]*\)))"
)
_EMPTY_BOLD = re.compile(
    r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\*\*\s*\*\*\s*(?:\[|\\?$|<br)|\*\*\s*\[\s*\]\([^()]*\)\s*\*\*)"
)
"""A title in bold without a word, whatever its links were taken for."""
_NO_ADDRESS = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[[^\[\]]+\]\(\s*\)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*_`]+|<[^<>]{0,200}>")
_LEGEND_ITEM = re.compile(r"(?P<long>[^()]{3,200}?)\s*\((?P<short>[^()]{2,30})\)")
_HEADER_WORDS: tuple[tuple[Role, frozenset[str]], ...] = (
    ("code", frozenset({"code", "github", "implementation", "repository", "repo"})),
    ("category", frozenset({"category", "categories", "type", "task", "topic"})),
    ("url", frozenset({"link", "url", "pdf", "links"})),
    ("title", frozenset({"title", "paper"})),
    ("venue", frozenset({"venue", "journal", "conference"})),
    ("year", frozenset({"year", "date"})),
)
_WORD = re.compile(r"[a-z]+")
LONGEST = 12
"""Lines that one paper takes at most; a bound."""
SHARE_OF_ROLE = 0.5
"""More than half of a column's cells must hold a field for the column to be that field's."""


class Row(msgspec.Struct, frozen=True):
    """A row of a table, as written."""

    line: int
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """A table of papers, as GitHub sees it."""

    line: int
    """Of its header."""
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    roles: dict[str, int] = {}
    """Role -> column."""

    def get(self, row: Row, role: Role) -> str | None:
        """Return the cell of a role; None where the table has no such column."""
        at = self.roles.get(role)
        return row.cells[at] if at is not None and at < len(row.cells) else None


class Broken(msgspec.Struct, frozen=True):
    """Lines that make no table although they are meant to."""

    line: int
    """The one to be mended."""
    reason: str
    start: int
    end: int
    """The last line that is lost with it."""


class Source(msgspec.Struct, frozen=True):
    """A list's text with what is where."""

    lines: tuple[str, ...]
    """Without line ends; lines of code blocks and comments are empty."""
    tables: tuple[Table, ...]
    broken: tuple[Broken, ...]
    """Lines that make no table although they are meant to."""
    headings: tuple[tuple[int, str], ...]
    legend: tuple[str, ...]
    """Names of venues that the list's own legend states."""
    rows: frozenset[int]
    """Lines that hold papers."""
    owners: dict[int, int]
    """Line of a paper -> the line on which the paper begins."""
    lost: tuple[tuple[int, Lost], ...]
    """Lines between papers that give none, and why."""
    years: dict[int, int]
    """Line on which a paper begins -> its year, as the reader took it from the row, else from its section."""

    def start(self, line: int) -> int:
        """Return the line on which the paper of a line begins."""
        return self.owners.get(line, line)


def read(text: str, parsed: ParsedList) -> Source:
    """Read the text of a list beside what the reader of lists took from it."""
    lines = _without_code(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", " ").split("\n"))
    entries: dict[int, Entry] = {}
    for entry in parsed.entries:
        entries.setdefault(entry.line, entry)
    tables, broken = _read_tables(lines, entries)
    headings = [(at, _plain(match[2])) for at, line in enumerate(lines, 1) if (match := _HEADING.fullmatch(line))]
    owners = {account.line: int(account.reason) for account in parsed.accounts if account.state != "skipped"}
    owners |= {line: start for start in entries for line in _continue(lines, start, entries)}
    rows = {*owners, *(row.line for table in tables for row in table.rows)}
    return Source(
        lines=tuple(lines),
        tables=tuple(tables),
        broken=tuple(broken),
        headings=tuple(headings),
        legend=tuple(_read_legend(lines, headings)),
        rows=frozenset(rows),
        owners=owners,
        lost=tuple(_find_losses(lines, parsed, headings)),
        years={start: entry.year for start, entry in entries.items() if entry.year is not None},
    )


def _continue(lines: Sequence[str], start: int, entries: Container[int]) -> Iterator[int]:
    """Yield the lines of a paper: its first one, and those below up to an empty one, another paper or bullet."""
    yield start
    indent = _indent(lines[start - 1]) if start <= len(lines) else 0
    for number in range(start + 1, min(start + LONGEST, len(lines)) + 1):
        line = lines[number - 1]
        is_other = _BLOCK.match(line.lstrip()) and _indent(line) <= indent and not line.lstrip().startswith("<")
        if not line.strip() or number in entries or is_other or line.lstrip().startswith("|"):
            return
        yield number


def _find_losses(
    lines: Sequence[str], parsed: ParsedList, headings: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, Lost]]:
    """Yield the bullets without a title that stand in a section of papers, where they are no example of the form."""
    starts = [at for at, _ in headings]
    sections = {bisect_right(starts, entry.line) for entry in parsed.entries}
    for account in parsed.accounts:
        line = lines[account.line - 1] if account.line <= len(lines) else ""
        lost = "template" if account.reason == "template of a row" else _find_lost(line)
        if account.reason == "table row without a title" and "<td" in line:
            lost = "no title"  # of tables in Markdown the cells themselves are looked at
        is_lost = account.state == "skipped"
        number = account.line
        if line and account.state != "entry" and _EMPTY_BOLD.match(lines[(begins := _begin(lines, number)) - 1]):
            is_lost, lost, number = True, "no title", begins
        if is_lost and lost and bisect_right(starts, number) in sections:
            yield number, lost


def _begin(lines: Sequence[str], number: int) -> int:
    """Return the line on which the paragraph or bullet of a line begins."""
    start = number
    while 1 < start > number - LONGEST and lines[start - 2].strip() and not _BLOCK.match(lines[start - 1]):
        start -= 1
    return start


def _find_lost(line: str) -> Lost | None:
    return "no title" if _NO_TITLE.match(line) else "no address" if _NO_ADDRESS.match(line) else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without_code(lines: list[str]) -> list[str]:
    """Empty the lines of fenced code and of comments that span lines: what stands there is no part of the list."""
    kept, fence, in_comment = [], "", False
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            is_end = match is not None and match[1].startswith(fence) and not line.strip(" `~")
            fence = "" if is_end else fence
            kept.append("")
        elif in_comment:
            in_comment = "-->" not in line
            kept.append("")
        elif match:
            fence = match[1]
            kept.append("")
        else:
            opened = line.rfind("<!--")
            in_comment = opened >= 0 and "-->" not in line[opened:]
            kept.append(line)
    return kept


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row as written; a row of a single pipe has an empty one."""
    return tuple(split_row(line)) or ("",)


def _read_tables(lines: Sequence[str], entries: dict[int, Entry]) -> tuple[list[Table], list[Broken]]:
    tables: list[Table] = []
    broken: list[Broken] = []
    at, total = 0, len(lines)
    while at < total:
        line, dashes = lines[at], lines[at + 1] if at + 1 < total else ""
        start = at
        if "|" not in line:
            at += 1
        elif _DASHES.fullmatch(line):
            at = _skip_rows(lines, at + 1)
            if line.count("|") > 1:
                reason = "No header stands above this line of dashes, so GitHub shows no table."
                broken.append(Broken(start + 1, reason, start + 1, at))
        elif not (_DASHES.fullmatch(dashes) and "|" in dashes):
            at += 1
            if line.lstrip().startswith("|") and line.count("|") > 2:
                at = _skip_rows(lines, at)
                reason = "This row belongs to no table: an empty line, a tag or a lost header cuts it off."
                broken.append(Broken(start + 1, reason, start + 1, at))
        else:
            at = _skip_rows(lines, at + 2)
            header, width = _cells(line), len(_cells(dashes))
            if width == len(header):
                rows = tuple(Row(number + 1, _cells(lines[number])) for number in range(start + 2, at))
                table = Table(start + 1, header, rows)
                tables.append(msgspec.structs.replace(table, roles=_find_roles(table, entries)))
            else:
                reason = f"{counted(width, 'cell')} of dashes below {len(header)} of the header: GitHub shows no table."
                broken.append(Broken(start + 2, reason, start + 1, at))
    return tables, broken


def _skip_rows(lines: Sequence[str], start: int) -> int:
    """Return the first line from `start` on that is no row: empty, or the begin of another block."""
    end = start
    while end < len(lines) and lines[end].strip() and not _BLOCK.match(lines[end]):
        end += 1
    return end


def _find_roles(table: Table, entries: dict[int, Entry]) -> dict[str, int]:
    """Tell what the columns hold by what the reader took from most rows, else by the words of the header."""
    votes: Counter[tuple[str, int]] = Counter()
    listed = 0
    for row in table.rows:
        entry = entries.get(row.line)
        if entry is None:
            continue
        listed += 1
        for role, value in (
            ("title", entry.title), ("venue", entry.venue), ("category", entry.category), ("url", entry.url),
            ("code", entry.code_url),
        ):  # fmt: skip
            found = (at for at, cell in enumerate(row.cells) if value and value in cell)
            if (at := next(found, None)) is not None:
                votes[role, at] += 1
    roles: dict[str, int] = {}
    for (role, at), count in votes.most_common():
        if count > SHARE_OF_ROLE * listed:
            roles.setdefault(role, at)
    for at, name in enumerate(table.header):
        words = set(_WORD.findall(name.lower()))
        named = next((role for role, vocabulary in _HEADER_WORDS if words & vocabulary), None)
        if named and at not in roles.values():
            roles.setdefault(named, at)
    return roles


def _read_legend(lines: Sequence[str], headings: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield every name of the items below a heading that announces venues: long, short, and the short one's end."""
    starts = {at: bool(set(_WORD.findall(text.lower())) & VENUE_HEADINGS) for at, text in headings}
    is_legend = False
    for number, line in enumerate(lines, 1):
        is_legend = starts.get(number, is_legend)
        item = _ITEM.fullmatch(line) if is_legend else None
        if item is None:
            continue
        name = _plain(item[1])
        match = _LEGEND_ITEM.match(name)
        yield match["long"].strip() if match else name
        if match:
            short = match["short"].strip()
            yield short
            # `IEEE-TMI` is written `TMI` where the publisher is clear.
            yield short.rpartition("-")[2]


def _plain(text: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()
