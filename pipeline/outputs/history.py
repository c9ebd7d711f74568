"""`citations.csv`: how the citation counts moved, one line for each change.

in -> out: the file's text and the papers of a run -> the same text with lines added at its end. Columns: `date` (ISO,
the day the value changed), `key`, `source` (openalex or crossref), `count`. Only works with a minted key are recorded:
a provisional key may still change, and lines are never rewritten. Lines end in LF, as git likes them.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

import msgspec

from pipeline.errors import UsageError
from pipeline.model import Paper
from pipeline.outputs.display import first_rows

CountSource = Literal["openalex", "crossref"]
HEADER = ("date", "key", "source", "count")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line: from this day on, the source counted so many citations."""

    date: str
    key: str
    source: CountSource
    count: int


def append(old_csv: str, papers: Iterable[Paper], today: str) -> str:
    """Return the history with a line for every count that is not the last one recorded.

    What stood there is kept to the byte. The date of a line is the count's own `as_of`, and never later than `today`.

    Raises:
        UsageError: The old history cannot be read.
    """
    last = {(row.key, row.source): row.count for row in read(old_csv)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if not old_csv.strip():
        writer.writerow(HEADER)
    for row in _read_counts(papers, today):
        if last.get((row.key, row.source)) != row.count:
            writer.writerow((row.date, row.key, row.source, row.count))
    start = "" if not old_csv.strip() else old_csv
    # A file cut off or edited by hand may lack its last line's end.
    return start + ("\n" if start and not start.endswith("\n") else "") + out.getvalue()


def read(text: str, name: str = "citations.csv") -> tuple[Row, ...]:
    """Read a history, in the order of its lines; `name` is the file's name for messages.

    Raises:
        UsageError: A line is not one of ours; the message names it.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return tuple(_read_row(cells) for cells in reader if cells and tuple(cells) != HEADER)
    except (csv.Error, ValueError) as error:
        raise UsageError(f"{name}, line {reader.line_num}: not a line of the citation history: {error}") from error


def _read_counts(papers: Iterable[Paper], today: str) -> Iterator[Row]:
    for paper in first_rows(papers):
        if paper.key_provisional:
            continue
        for source in get_args(CountSource):
            count = getattr(paper.citations, source)
            if count is not None:
                yield Row(date=min(count.as_of, today), key=paper.key, source=source, count=count.count)


def _read_row(cells: list[str]) -> Row:
    if len(cells) != len(HEADER):
        raise ValueError(f"{len(cells)} columns in place of {len(HEADER)}")
    day, key, source, count = cells
    if not _DAY.fullmatch(day):
        raise ValueError(f"{day!r} is not a date")
    return msgspec.convert({"date": day, "key": key, "source": source, "count": int(count)}, Row)
