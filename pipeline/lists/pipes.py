"""Tables whose cells are parted by pipes: a rule for markdown-it that takes each row as it is.

in -> out: the parser's state at a line -> one token with the text of all cells. Where a table begins is told by the
library's own rule; of each cell it would make five tokens, which took a third of the time of reading a table.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock, table

TYPE = "pipes"
"""Of the token; its `meta["rows"]` has the cells of the header and of each row."""
_PIPE = re.compile(r"(?<!\\)\|")
# The library's own bound: a wide header above rows of one cell must not fill the memory.
_MAX_MISSING = 65_536


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the table that begins at `start`, by GitHub's rules; other lines are left to other rules."""
    if not table(state, start, end, silent=True):
        return False
    if not silent:
        parent, state.parentType = state.parentType, "table"
        rows = list(_read_rows(state, start, end))
        state.parentType = parent
        # Between header and rows is the line of dashes.
        state.line = start + 1 + len(rows)
        token = state.push(TYPE, "", 0)
        token.map, token.meta = [start, state.line], {"rows": rows}
    return True


def _read_rows(state: StateBlock, start: int, end: int) -> Iterator[list[str]]:
    """Yield the cells of the header and of the rows up to an empty line or another block, as many in each."""
    header = _cells(state, start)
    yield header
    others = state.md.block.ruler.getRules("blockquote")
    missing = 0
    for at in range(start + 2, end):
        line = _line(state, at)
        if not line or state.sCount[at] < state.blkIndent or state.is_code_block(at):
            break
        if any(rule(state, at, end, True) for rule in others):
            break
        cells = _cells(state, at)
        missing += len(header) - len(cells)
        if missing > _MAX_MISSING:
            break
        yield [*cells, *[""] * (len(header) - len(cells))][: len(header)]


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]].strip()


def _cells(state: StateBlock, at: int) -> list[str]:
    return [cell.replace("\\|", "|") for cell in split_row(_line(state, at))]


def split_row(line: str) -> list[str]:
    r"""Split a row at its pipes; one at each end of it parts nothing, and one that is escaped stays as it is.

    >>> split_row(r"| a | b\|c |  |"), split_row("a | b")
    (['a', 'b\\|c', ''], ['a', 'b'])
    """
    cells = _PIPE.split(line.strip())
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    return [cell.strip() for cell in cells]
