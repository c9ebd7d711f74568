"""What the columns of a table hold: title, venue, year, category, paper link, code link, authors.

in -> out: header and body of a table -> `Columns`. Roles come from the header words in any order and wording, then from
what the cells hold; `[list."PATH"] columns` in the settings overrules both.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from pipeline.addresses.kind import find_kind
from pipeline.lists.imprint import read_imprint
from pipeline.lists.people import read_authors
from pipeline.lists.row import read_row
from pipeline.lists.span import Span, count_words, plain
from pipeline.lists.title import is_title
from pipeline.lists.words import COLUMN_HEADERS, split_words

Cell = Sequence[Span]

BLANKS = split_words("n/a na none null unknown x tba tbd todo n.a. ? / - -- – — ✗ × ❌ ✘ 无 暂无") | {
    "",
    "not available",
}
_WORDS = re.compile(r"[\s/&.,()|:_-]+")
_NUMBER = re.compile(r"^[±+\-~<>≈]?\$?\d[\d.,]{0,20}\s?(?:[%kKMGBTx]|ms|fps|±\s?\d[\d.]{0,10})?\*?$")
# A column is one of titles when half of its cells have at least three words that are no label.
_TITLE_SHARE, _TITLE_WORDS = 0.5, 3
# A table with so many columns of numbers and no column of titles compares results.
_RESULT_COLUMNS, _HALF = 2, 0.5


class Columns(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The roles of a table's columns."""

    roles: tuple[str, ...] = ()
    """title, venue, year, category, url, code, authors, name, ignore, or `""` where nothing is known."""
    results: bool = False
    """The table compares results of methods."""

    def find(self, role: str) -> int | None:
        """Return the first column of `role`."""
        return self.roles.index(role) if role in self.roles else None

    def collect(self, cells: Sequence[Cell], *roles: str) -> list[Span]:
        """Return what a row holds in the columns of these roles."""
        pairs = zip(cells, self.roles, strict=False)
        return [span for cell, role in pairs if role in roles for span in cell]


def find_columns(header: Sequence[Cell], body: Sequence[Sequence[Cell]], overrides: Mapping[str, str]) -> Columns:
    """Find the role of each column."""
    width = max((len(row) for row in (header, *body)), default=0)
    roles = [_find_role(plain(header[at]), overrides) if at < len(header) else "" for at in range(width)]
    columns = [[row[at] for row in body if at < len(row)] for at in range(width)]
    roles = [role or _guess_role(column) for role, column in zip(roles, columns, strict=True)]
    if "title" not in roles and (title := _find_titles(roles, columns)) is not None:
        roles[title] = "title"
    results = "title" not in roles and _count_numeric(roles, columns) >= _RESULT_COLUMNS
    if "title" not in roles and {"paper", "url"} & set(roles) and (name := _find_names(roles, columns)) is not None:
        roles[name] = "title"
    # A column called `Publication` beside that of the titles says where, or links to the paper.
    roles = [_read_paper(column) if role == "paper" else role for role, column in zip(roles, columns, strict=True)]
    return Columns(roles=tuple(roles), results=results)


def _find_role(header: str, overrides: Mapping[str, str]) -> str:
    folded = " ".join(header.lower().split())
    for name, role in overrides.items():
        if " ".join(name.lower().split()) == folded:
            return role
    words = set(_WORDS.split(folded))
    for role, vocabulary in COLUMN_HEADERS:
        # Chinese and Japanese headers put their words together: `论文链接`.
        if words & vocabulary or any(word in folded for word in vocabulary if not word.isascii()):
            return role
    return ""


def _guess_role(column: Sequence[Cell]) -> str:
    """Tell from what it holds whether a column whose header says nothing holds years, venues, code or authors."""
    tests = (("year", _is_year), ("venue", _is_venue), ("code", _is_code), ("authors", _is_row_of_names))
    return next((role for role, test in tests if _share(column, test) > _HALF), "")


def _read_paper(column: Sequence[Cell]) -> str:
    return "venue" if _share(column, _is_venue) >= _HALF else "url"


def _find_titles(roles: Sequence[str], columns: Sequence[Sequence[Cell]]) -> int | None:
    """Find the column of titles by header (paper, name) and content, or by content alone."""
    shares = [_share(column, _is_titled) for column in columns]
    for wanted in ("paper", "url", "name", ""):
        fitting = [at for at, role in enumerate(roles) if role == wanted and shares[at] >= _TITLE_SHARE]
        if fitting:
            return max(fitting, key=lambda at: shares[at])
    # Titles may be short: under a header that says papers, whatever could be one is.
    named = [at for at, role in enumerate(roles) if role == "paper" and _share(columns[at], _is_short_title) > _HALF]
    return named[0] if named else None


def _find_names(roles: Sequence[str], columns: Sequence[Sequence[Cell]]) -> int | None:
    """Find the column of names, which stand for the titles where a table has none."""
    named = [at for at, role in enumerate(roles) if role == "name"]
    return next((at for at in named if any(is_title(plain(cell)) for cell in columns[at])), None)


def _count_numeric(roles: Sequence[str], columns: Sequence[Sequence[Cell]]) -> int:
    unknown = [column for role, column in zip(roles, columns, strict=True) if role in ("", "ignore")]
    return sum(1 for column in unknown if _share(column, _is_number) >= _HALF)


def _share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    filled = [cell for cell in cells if plain(cell).lower() not in BLANKS or any(span.kind == "link" for span in cell)]
    return sum(1 for cell in filled if test(cell)) / len(filled) if filled else 0.0


def _is_titled(cell: Cell) -> bool:
    return count_words(plain(cell)) >= _TITLE_WORDS and is_title(read_row(cell).title or "")


def _is_short_title(cell: Cell) -> bool:
    return read_row(cell).title is not None


def _is_venue(cell: Cell) -> bool:
    return read_imprint(plain(cell)).pure and not any(span.kind == "link" for span in cell)


def _is_year(cell: Cell) -> bool:
    imprint = read_imprint(plain(cell))
    return imprint.year is not None and imprint.pure and imprint.venue is None


def _is_code(cell: Cell) -> bool:
    return any(span.kind == "link" for span in cell) and all(
        find_kind(span.url or "") == "code" for span in cell if span.url
    )


def _is_row_of_names(cell: Cell) -> bool:
    return bool(read_authors(plain(cell))) and not any(span.kind == "link" for span in cell)


def _is_number(cell: Cell) -> bool:
    return bool(_NUMBER.match(plain(cell)))
