"""Tables: the rows that follow from them.

in -> out: a table block (Markdown or HTML), and the roles of its columns -> `TableRow`s. A row may hold several papers,
and a table none at all.
"""

from collections.abc import Container, Sequence

import msgspec

from pipeline.lists.column import BLANKS, Cell, Columns
from pipeline.lists.imprint import find_year, read_imprint
from pipeline.lists.label import is_label
from pipeline.lists.people import read_authors
from pipeline.lists.row import Row, read_rows
from pipeline.lists.span import Span, plain
from pipeline.lists.title import clean_title
from pipeline.lists.titlespan import has_paper_link
from pipeline.lists.tree import Block

# Labels that say no more than the header above them.
_EMPTY_LABELS = {"", "link", "here", "url", "x", "yes", "✓", "✔", "✔️", "链接", "地址"}

# In columns further right no cell spans others, which bounds what a hostile table can grow to.
_MAX_WIDTH = 20


class TableRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A row of a table, read with the roles of its columns."""

    row: Row
    category: str | None = None
    listing: bool = True
    """The table has a column of titles."""


def read_cells(table: Block) -> tuple[list[Cell], list[list[Cell]]]:
    """Return header and body of a table; the header is empty when the first row already lists a paper."""
    rows = [row for row in table.blocks if row.kind == "row"]
    cells = _read_grid(rows)
    is_header = bool(rows) and (rows[0].level == 1 or all(cell.level == 1 for cell in rows[0].blocks))
    if is_header and not any(has_paper_link(cell) for cell in cells[0]):
        return cells[0], cells[1:]
    return [], cells


def _read_grid(rows: Sequence[Block]) -> list[list[Cell]]:
    """Read the cells of all rows, each in its own column: a cell of several rows is in all of them."""
    grid: list[list[Cell]] = []
    spanned: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        own = _place_cells([block for block in row.blocks if block.kind == "cell"], spanned)
        placed = spanned | own
        # A row without cells of its own says nothing.
        width = max(placed) + 1 if own else 0
        grid.append([placed[at][1] if at in placed else [] for at in range(width)])
        spanned = {at: (down - 1, cell) for at, (down, cell) in placed.items() if down > 1 and at < _MAX_WIDTH}
    return grid


def _place_cells(blocks: Sequence[Block], spanned: Container[int]) -> dict[int, tuple[int, Cell]]:
    """Return the cells of a row and how many rows they span, by column; columns in `spanned` are taken."""
    placed: dict[int, tuple[int, Cell]] = {}
    at = 0
    for block in blocks:
        while at in spanned:
            at += 1
        # The only cell of a row is a text across the table, in no column.
        across = min(block.across, max(1, _MAX_WIDTH - at)) if len(blocks) > 1 else 1
        # What a cell of several columns says stands in the first of them.
        placed |= {further: (block.down, []) for further in range(at + 1, at + across)}
        placed[at] = (block.down, read_all(block))
        at += across
    return placed


def repeats_title(above: Sequence[Cell], cells: Sequence[Cell], columns: Columns) -> bool:
    """Tell whether the title of a row is that of the row above it, whose cell spans both."""
    at = columns.find("title")
    return at is not None and at < min(len(above), len(cells)) and above[at] is cells[at]


def read_flow(block: Block) -> list[Span]:
    """Return the running text of a block: that of its paragraphs, one under the other, without lists and tables."""
    spans = list(block.spans)
    for child in block.blocks:
        if child.kind in ("paragraph", "summary", "quote", "heading"):
            flow = read_flow(child)
            spans += [Span(kind="hard", line=child.line), *flow] if spans and flow else flow
    return spans


def read_all(block: Block) -> list[Span]:
    """Return the running text of a block and of the lists in it, item under item."""
    spans = read_flow(block)
    for child in block.blocks:
        for item in child.blocks if child.kind == "list" else ():
            spans += [Span(kind="hard", line=item.line), *read_all(item)]
    return spans


def split_pipes(spans: Sequence[Span]) -> list[Cell]:
    """Split a line at its pipes into cells."""
    cells: list[list[Span]] = [[]]
    for span in spans:
        parts = span.text.split("|") if span.kind == "text" else []
        if not parts:
            cells[-1].append(span)
        for at, part in enumerate(parts):
            if at:
                cells.append([])
            if part.strip():
                cells[-1].append(msgspec.structs.replace(span, text=part))
    first = 0 if any(span.text.strip() for span in cells[0]) else 1
    return list(cells[first:])


def read_table_row(cells: Sequence[Cell], columns: Columns) -> list[TableRow]:
    """Read one row; a row of several linked titles gives several, a row without a title none."""
    at = columns.find("title")
    if at is None or at >= len(cells):
        return _read_loose(cells)
    is_bare = _has_own_columns(columns) and _is_one_span(cells[at])
    rows = [] if is_bare else [row for row in read_rows(cells[at]) if row.title]
    rows = rows or _read_plain(cells[at])
    links = (
        *_relabel(columns.collect(cells, "url"), "paper"),
        *_relabel(columns.collect(cells, "code"), "code"),
        *_find_links(columns.collect(cells, "", "ignore", "name", "venue", "year")),
    )
    category = _read_text(columns.collect(cells, "category"))
    # Links beside several titles are nobody's: which title they belong to is not said.
    return [
        TableRow(row=_complete(row, cells, columns, links if len(rows) == 1 else ()), category=category) for row in rows
    ]


def _has_own_columns(columns: Columns) -> bool:
    """Tell whether venue or year, which running text puts behind a title, have columns of their own."""
    return columns.find("venue") is not None or columns.find("year") is not None


def _is_one_span(cell: Cell) -> bool:
    """Tell whether a cell holds nothing but one text or one link: then all of it is the title."""
    spans = [span for span in cell if span.kind != "text" or span.text.strip()]
    return len(spans) == 1 and spans[0].kind in ("text", "link")


def _read_loose(cells: Sequence[Cell]) -> list[TableRow]:
    """Read a row of a table that has no column of titles: every cell for itself, else all of them as one text."""
    rows = [row for cell in cells for row in read_rows(cell) if row.title and has_paper_link(row.all_links())]
    if not rows:
        spans: list[Span] = []
        for cell in cells:
            spans += [Span(kind="hard", line=cell[0].line), *cell] if cell else []
        rows = [row for row in read_rows(spans) if row.title]
    return [TableRow(row=row, listing=False) for row in rows]


def _read_plain(cell: Cell) -> list[Row]:
    """Read a cell of the title column as it stands, even where it looks like something else."""
    title = clean_title(plain(cell))
    words = [span for span in cell if span.text.strip() and span.kind in ("text", "link")]
    if title.lower() in BLANKS or not words or is_label(title):
        return []
    link = next((span for span in words if span.kind == "link"), None)
    return [Row(title=title, line=words[0].line, style="plain", title_link=link)]


def _complete(row: Row, cells: Sequence[Cell], columns: Columns, links: tuple[Span, ...]) -> Row:
    """Add what the other columns say, which counts more than what the cell of the title says."""
    venue = _read_text(columns.collect(cells, "venue"))
    imprint = read_imprint(venue or "")
    year = find_year(plain(columns.collect(cells, "year"))) or imprint.year
    authors = read_authors(_read_text(columns.collect(cells, "authors")) or "", sure=True, bare=True)
    return msgspec.structs.replace(
        row,
        venue=(imprint.venue if imprint.pure and imprint.year else venue) or row.venue,
        year=year or row.year,
        authors=authors or row.authors,
        links=row.links + links,
    )


def _find_links(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.kind == "link" and span.url)


def _relabel(spans: Sequence[Span], label: str) -> tuple[Span, ...]:
    """Give the links of a column the label that its header means, where their own says less."""
    return tuple(
        span
        if is_label(span.text) and span.text.strip("[]").lower() not in _EMPTY_LABELS
        else msgspec.structs.replace(span, text=label)
        for span in _find_links(spans)
    )


def _read_text(spans: Sequence[Span]) -> str | None:
    text = plain(spans).strip(" ,;")
    return None if text.lower() in BLANKS else text
