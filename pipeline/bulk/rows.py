"""Rows to be matched, in any form that holds many of them.

in -> out: a Markdown list, CSV, JSON lines or Parquet -> Parquet files of cases and of the keys by which records are
gathered for them. Columns: `title`, and where there are any `year`, `venue`, `authors`, `url`, `doi`; others are
passed over. A Markdown list comes with its known.bib and corrections, as in `enrich run`.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from pyarrow import parquet

from pipeline import inputs
from pipeline.bulk import processes
from pipeline.bulk.decide import encode_case
from pipeline.bulk.gather import CASE
from pipeline.errors import UsageError
from pipeline.model import Entry
from pipeline.options import Options
from pipeline.stages import identify
from pipeline.stages.resolving import pocket
from pipeline.stages.resolving.inquiry import Case

CASES = pa.schema([("row", pa.int64()), ("place", pa.int32()), ("body", pa.binary())])
KEYS = pa.schema([("row", pa.int64()), ("key", pa.int64()), ("kind", pa.int8()), ("year", pa.int16())])
_ROWS_AT_ONCE = 10_000
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_BETWEEN_AUTHORS = re.compile(r"\s*;\s*|\s+and\s+")

_DELIMITERS = (",", ";", "\t")
"""Spreadsheets of half of Europe write semicolons; whichever the first line has most of."""

Row = tuple[int, Mapping[str, Any]]
"""Line, and the row's columns."""


def prepare(path: Path, folder: Path, *, options: Options, jobs: int) -> int:
    """Write `folder/cases/` and `folder/keys/`; return the number of rows.

    Raises:
        UsageError: the file cannot be read, or has no column `title`.
    """
    for name in ("cases", "keys"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if is_list(path):
        count = 0
        job = inputs.with_memory(inputs.load_jobs(options)[0])
        for number, cases in enumerate(_chunks(job.cases)):
            count = _write(folder, number, count, cases)
        return count
    chunks = _chunks(_read(path))
    first = next(chunks, [])
    count = len(first)
    if count < _ROWS_AT_ONCE:
        _write_rows(folder, 0, 0, first)
    else:
        count = _write_all(folder, chain([first], chunks), jobs)
    if not count:
        raise UsageError(f"{path}: no rows are in it.")
    return count


def _write_all(folder: Path, chunks: Iterable[list[Row]], jobs: int) -> int:
    count = 0
    with processes.pool(jobs) as pool:
        running = []
        for number, rows in enumerate(chunks):
            running.append(pool.submit(_write_rows, folder, number, count, rows))
            count += len(rows)
            if len(running) > 2 * jobs:  # no more rows in memory than are worked on
                running.pop(0).result()
        for one in running:
            one.result()
    return count


def is_list(path: Path) -> bool:
    """Whether the rows are one Markdown list, and not a table of rows that know nothing of each other."""
    return path.suffix.lower() in (".md", ".markdown")


def _write_rows(folder: Path, number: int, first: int, rows: list[Row]) -> None:
    _write(folder, number, first, [_case(line, row) for line, row in rows])


def _write(folder: Path, number: int, first: int, cases: Iterable[Case]) -> int:
    numbered = list(enumerate(cases, start=first))
    write_cases(
        folder / "cases" / f"part-{number:06d}.parquet", [(row, CASE, encode_case(case)) for row, case in numbered]
    )
    keys = [(row, key.value, key.kind, case.entry.year) for row, case in numbered for key in pocket.entry_keys(case)]
    write_keys(folder / "keys" / f"part-{number:06d}.parquet", keys)
    return first + len(numbered)


def write_cases(path: Path, cases: list[tuple[int, int, bytes]]) -> None:
    """Write (row, place, body) rows."""
    _write_table(path, cases, CASES)


def write_keys(path: Path, keys: list[tuple[int, int, int, int | None]]) -> None:
    """Write (row, key, kind, year) rows."""
    _write_table(path, keys, KEYS)


def _write_table(path: Path, rows: list[Any], schema: pa.Schema) -> None:
    columns = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(schema.types)]
    parquet.write_table(pa.table(columns, schema=schema), path, compression="zstd")


def _case(line: int, row: Mapping[str, Any]) -> Case:
    entry = entry_of(line, row)
    return Case(entry=entry, identifiers=identify.identify(entry))


def entry_of(line: int, row: Mapping[str, Any]) -> Entry:
    """Return a row of a table as an entry.

    >>> entry_of(2, {"title": "Deep nets", "year": "2020", "authors": "Doe, J.; Roe, R.", "doi": "10.1000/a"}).links
    ('doi:10.1000/a',)
    """
    doi = _text(row.get("doi"))
    year = _YEAR.search(_text(row.get("year")) or "")
    return Entry(
        line=line,
        title=_text(row.get("title")) or "",
        year=int(year[1]) if year else None,
        venue=_text(row.get("venue")),
        authors=tuple(_authors(row.get("authors"))),
        url=_text(row.get("url")),
        links=(f"doi:{doi.removeprefix('https://doi.org/')}",) if doi else (),
    )


def _authors(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from (str(name).strip() for name in value if name)
    elif text := _text(value):
        yield from (name for name in _BETWEEN_AUTHORS.split(text) if name)


def _text(value: Any) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _read(path: Path) -> Iterator[Row]:
    reader = {".csv": _csv, ".tsv": _csv, ".jsonl": _json_lines, ".ndjson": _json_lines, ".parquet": _parquet}.get(
        path.suffix.lower()
    )
    if reader is None:
        raise UsageError(f"{path}: rows come as .md, .csv, .jsonl or .parquet.")
    try:
        yield from reader(path)
    except (OSError, UnicodeDecodeError, csv.Error, msgspec.DecodeError, pa.ArrowInvalid) as error:
        raise UsageError(f"{path}: cannot be read ({error}).") from error


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter=max(_DELIMITERS, key=head.count))
        names = {name: name.strip().lower() for name in reader.fieldnames or () if name}
        if "title" not in names.values():
            raise UsageError(_no_title(path, names.values()))
        for row in reader:
            yield reader.line_num, {names[name]: value for name, value in row.items() if name in names}


def _json_lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line, text in enumerate(file, start=1):
            if text.strip():
                try:
                    row = msgspec.json.decode(text.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
                except msgspec.DecodeError as error:
                    raise UsageError(f"{path}:{line}: no row as a JSON object ({error}).") from error
                if "title" not in row:
                    raise UsageError(f"{path}:{line}: no `title` in {json.dumps(row)[:80]}.")
                yield line, row


def _parquet(path: Path) -> Iterator[Row]:
    file = parquet.ParquetFile(path)
    wanted = [name for name in ("title", "year", "venue", "authors", "url", "doi") if name in file.schema_arrow.names]
    if "title" not in wanted:
        raise UsageError(_no_title(path, file.schema_arrow.names))
    line = 0
    for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted):
        for row in batch.to_pylist():
            line += 1
            yield line, row


def _no_title(path: Path, names: Iterable[str]) -> str:
    return f"{path}: no column is named `title`; its columns are: {', '.join(names) or 'none'}."


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _ROWS_AT_ONCE)):
        yield chunk
