"""Published snapshots as they lie on a disk.

in -> out: a folder -> its files with what their manifest promises; a file -> works, one after the other. Layouts:
OpenAlex `data/jsonl/works/updated_date=YYYY-MM-DD/part_NNNN.gz` or `data/parquet/works/.../part_NNNN.parquet` with
`manifest.json` and `deleted_ids.csv` (documentation and exporter of August 2026); Crossref's public data file,
`.json.gz` files of `{"items": [...]}` or `.jsonl.gz` files of one work a line.
"""

import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.errors import UsageError

_DAY = re.compile(r"updated_date=(\d{4}-\d{2}-\d{2})")
_ENDINGS = (".gz", ".jsonl", ".json", ".parquet")
_ROWS_AT_ONCE = 2_000


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a snapshot."""

    source: Literal["openalex", "crossref"]
    path: Path
    name: str
    """Below the snapshot's folder."""
    size: int
    updated: str | None
    promised: int | None
    """Works that the manifest says are in it."""


class _Meta(msgspec.Struct):
    record_count: int | None = None


class _Listed(msgspec.Struct):
    url: str
    meta: _Meta | None = None
    record_count: int | None = None


class _Manifest(msgspec.Struct):
    entries: tuple[_Listed, ...]


def find_files(source: Literal["openalex", "crossref"], folder: Path) -> tuple[File, ...]:
    """Return a snapshot's files of works, in their order.

    Raises:
        UsageError: the folder holds none, or a file that its manifest lists is missing.
    """
    works = _works_folder(folder)
    promised = _promised(works)
    paths = sorted(path for path in works.rglob("*") if path.is_file() and _is_part(source, path))
    files = tuple(
        File(
            source=source,
            path=path,
            name=path.relative_to(works).as_posix(),
            size=path.stat().st_size,
            updated=match[1] if (match := _DAY.search(path.as_posix())) else None,
            promised=promised.get(path.relative_to(works).as_posix()),
        )
        for path in paths
    )
    if not files:
        raise UsageError(f"{folder}: no files of works are here.")
    missing = sorted(promised.keys() - {file.name for file in files})
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise UsageError(
            f"{folder}: the manifest lists {missing[0]}{more}, which is not here: fetch the snapshot anew."
        )
    return files


def taken_at(files: tuple[File, ...]) -> str:
    """Return the UTC time that the snapshot's answers bear."""
    days = [file.updated for file in files if file.updated]
    if days:
        return f"{max(days)}T00:00:00Z"
    newest = max(file.path.stat().st_mtime for file in files)
    return datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def deleted(folder: Path) -> frozenset[int] | None:
    """Return the numbers of deleted works, None where the snapshot has no list of them (before August 2026)."""
    path = _works_folder(folder) / "deleted_ids.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        ids = (re.search(r"W(\d+)$", row[0].strip()) for row in csv.reader(file) if row)
        return frozenset(int(found[1]) for found in ids if found)


def read_works(file: File) -> Iterator[bytes | Mapping[str, Any]]:
    """Yield each work of a file, undecoded where the file has lines.

    Raises:
        UsageError: the file ends in the middle or is damaged.
    """
    try:
        if file.path.suffix == ".parquet":
            yield from _parquet(file.path)
        elif file.source == "crossref" and file.name.endswith((".json.gz", ".json")):
            yield from _items(file.path)
        else:
            with gzip.open(file.path) if file.path.suffix == ".gz" else file.path.open("rb") as lines:
                yield from (line for line in lines if line.strip())
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UsageError(f"{file.path}: the file is cut off or damaged ({error}): fetch it anew.") from error


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow as pa  # noqa: PLC0415 - only for snapshots in this form
    from pyarrow import parquet  # noqa: PLC0415

    try:
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items() if name not in _LEFT_OUT}
    except (pa.ArrowInvalid, OSError) as error:
        raise UsageError(f"{path}: the file is cut off or damaged ({error}): fetch it anew.") from error


_LEFT_OUT = frozenset({"abstract_inverted_index", "referenced_works", "related_works", "mesh", "concepts"})
"""Never read here, and the largest columns."""


def _plain(value: Any) -> Any:
    """Return dates as text and maps as objects, as the JSON lines have them."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list) and value and all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
        return dict(value)
    return value


def _items(path: Path) -> Iterator[bytes]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        yield from (bytes(item) for item in msgspec.json.decode(text, type=_Items).items)
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: not a file of Crossref's public data ({error}).") from error


class _Items(msgspec.Struct):
    items: tuple[msgspec.Raw, ...]


def _works_folder(folder: Path) -> Path:
    """Return where the works lie: the bucket's root, its `data`, a format's folder or the works' own may be named."""
    for below in ("", "works", "jsonl/works", "data/jsonl/works", "parquet/works", "data/parquet/works"):
        if next((folder / below).glob("updated_date=*"), None) or (folder / below / "manifest.json").is_file():
            return folder / below
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder.")
    return folder


def _is_part(source: str, path: Path) -> bool:
    return path.suffix in _ENDINGS and path.name != "manifest.json" and (source != "openalex" or "part" in path.name)


def _promised(works: Path) -> dict[str, int | None]:
    """Return file -> works, as the manifest has it; empty where there is none."""
    path = works / "manifest.json"
    if not path.is_file():
        return {}
    try:
        entries = msgspec.json.decode(path.read_bytes(), type=_Manifest).entries
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: not the manifest of a snapshot ({error}).") from error
    return {
        entry.url.rsplit("/works/", 1)[-1]: entry.record_count or (entry.meta.record_count if entry.meta else None)
        for entry in entries
    }
