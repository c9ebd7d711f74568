"""Building an index of a snapshot, part by part.

in -> out: snapshot folders -> an index (`bulk/layout.py`). Each file of the snapshot becomes one part, written to a
temporary name and moved; the manifest is saved after each part, so a call that was killed goes on where it stopped. A
part that is cut off, of another shape, or short of what the snapshot's manifest promises is refused whole.
"""

import hashlib
import os
import shutil
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Literal

import duckdb
import msgspec
import pyarrow as pa
from pyarrow import compute, parquet

from pipeline.bulk import layout, processes, snapshot
from pipeline.bulk.layout import Manifest, Part
from pipeline.edge.files import save_text
from pipeline.errors import UsageError
from pipeline.sources import UnreadableBody
from pipeline.sources.slim import Slim, cut

UNREADABLE_SHARE = 0.001
"""A part may hold so many lines that are no works; more is another format, or damage (guess)."""
UNTITLED_SHARE = 0.5
"""So many works without a title: the shape of titles has changed (guess; hardly any work has none)."""
FEWEST_TO_JUDGE = 1_000
"""Shares of fewer works say nothing."""
WORKS_A_GROUP, KEYS_A_GROUP = 20_000, 125_000
"""Rows of a row group: what is read at least for one of them (guess)."""
_KEYS_AT_ONCE = 8 * KEYS_A_GROUP

Say = Callable[[str], None]
Source = Literal["openalex", "crossref"]


def build(index: Path, folders: dict[Source, Path], *, jobs: int, say: Say) -> Manifest:
    """Build an index, go on with one, or bring one up to date: parts that are there already stay.

    Args:
        index: the index's folder.
        folders: source -> folder of its snapshot.
        jobs: processes at a time.
        say: gets a sentence for each part.

    Raises:
        UsageError: a snapshot cannot be used; the parts built so far are kept.
    """
    files = {source: snapshot.find_files(source, folder) for source, folder in folders.items()}
    index.mkdir(parents=True, exist_ok=True)
    manifest = layout.load(index) if (index / layout.MANIFEST).is_file() else Manifest()
    manifest = msgspec.structs.replace(
        manifest,
        snapshots=manifest.snapshots
        | {
            source: layout.Snapshot(folder=str(folders[source].absolute()), at=snapshot.taken_at(found))
            for source, found in files.items()
        },
    )
    there = {(file.source, file.name, file.size) for group in files.values() for file in group}
    known = [
        part for part in manifest.parts if (part.source, part.path, part.size) in there or part.source not in files
    ]
    if gone := len(manifest.parts) - len(known):
        say(f"{gone} parts are no longer in the snapshot and leave the index.")
    kept = [part for part in known if part.source not in files or layout.is_whole(index, part)]
    if damaged := len(known) - len(kept):
        say(f"{damaged} parts are not as they were built, and are built anew.")
    built = {(part.source, part.path, part.size) for part in kept}
    todo = [file for group in files.values() for file in group if (file.source, file.name, file.size) not in built]
    numbers = count(max((part.number for part in manifest.parts), default=-1) + 1)
    rest = len(todo)
    manifest = _saved(index, manifest, kept, left=rest + 1)
    for part in processes.each(jobs, [partial(build_part, index, file, next(numbers)) for file in todo]):
        kept.append(part)
        rest -= 1
        manifest = _saved(index, manifest, kept, left=rest + 1)
        say(f"{part.source} {part.path}: {part.works:,} works, {part.unreadable:,} unreadable lines; {rest} parts left")
    manifest = _drop(index, manifest, folders, say)
    _clean(index, manifest)
    return manifest


def folders_of(manifest: Manifest) -> dict[Source, Path]:
    """Return the folders that an index was built from."""
    return {source: Path(taken.folder) for source, taken in manifest.snapshots.items()}  # type: ignore[misc]


def check(index: Path) -> Iterator[str]:
    """Yield what does not agree with the manifest: missing parts, counts, hashes."""
    for part in layout.load(index).parts:
        for path, size, sha256, rows in (
            (layout.records_path(index, part), part.records_bytes, part.records_sha256, part.works),
            (layout.keys_path(index, part), part.keys_bytes, part.keys_sha256, part.keys),
        ):
            name = path.relative_to(index).as_posix()
            if not path.is_file():
                yield f"{name}: missing ({part.source} {part.path})"
            elif path.stat().st_size != size or _sha256(path) != sha256:
                yield f"{name}: not the file that was built ({part.source} {part.path})"
            elif parquet.read_metadata(path).num_rows != rows:
                yield f"{name}: {rows:,} rows were written ({part.source} {part.path})"


def build_part(index: Path, file: snapshot.File, number: int) -> Part:
    """Read one file of a snapshot and write its part.

    Raises:
        UsageError: the file is damaged, of another format, or incomplete; nothing of it is kept.
    """
    part = Part(
        source=file.source, number=number, path=file.name, size=file.size, updated=file.updated,
        works=0, unreadable=0, keys=0, records_bytes=0, keys_bytes=0, records_sha256="", keys_sha256="",
    )  # fmt: skip
    records, keys = layout.records_path(index, part), layout.keys_path(index, part)
    for path in (records, keys):
        path.parent.mkdir(parents=True, exist_ok=True)
    source, counted = layout.SOURCE_NUMBERS[file.source], _Counted()
    bodies, collected = _Records(), _Keys()
    drafts = records.with_suffix(".tmp"), keys.with_suffix(".tmp")
    try:
        with parquet.ParquetWriter(drafts[0], layout.RECORDS, compression="zstd") as writer:
            for work in _cut_all(file, counted):
                collected.add(work)
                if bodies.add(work) == WORKS_A_GROUP:
                    writer.write_table(bodies.taken(source, number))
            writer.write_table(bodies.taken(source, number))
        _judge(file, counted)
        with parquet.ParquetWriter(drafts[1], layout.KEYS, compression="zstd", **KEYS_ENCODING) as writer:
            for table in collected.sorted(source, number):
                writer.write_table(table, row_group_size=KEYS_A_GROUP)
        for draft, path in zip(drafts, (records, keys), strict=True):
            draft.replace(path)
    except BaseException as error:
        for draft in drafts:
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # Arrow's, which names no file
            raise UsageError(f"{index}: cannot be written ({os.strerror(error.errno or 0)}).") from error
        raise
    return msgspec.structs.replace(
        part, works=counted.works, unreadable=counted.unreadable, keys=len(collected),
        records_bytes=records.stat().st_size, keys_bytes=keys.stat().st_size,
        records_sha256=_sha256(records), keys_sha256=_sha256(keys),
    )  # fmt: skip


KEYS_ENCODING = {
    "use_dictionary": ["kind", "source", "part", "year"],
    "column_encoding": {"key": "DELTA_BINARY_PACKED"},
}
"""Sorted keys differ by little, so their differences are what is written."""


class _Counted:
    works = unreadable = untitled = 0


class _Records:
    """The records of a row group, column by column: no objects that Python's garbage collector has to visit."""

    def __init__(self) -> None:
        self._columns: tuple[list[Any], ...] = ([], [], [], [])

    def add(self, work: Slim) -> int:
        """Take a work, and return how many there are now."""
        for column, value in zip(self._columns, (work.number, work.doi_key, work.arxiv_key, work.body), strict=True):
            column.append(value)
        return len(self._columns[0])

    def taken(self, source: int, part: int) -> pa.Table:
        """Return the works as a table, and hold none any more."""
        count = len(self._columns[0])
        same = (pa.repeat(pa.scalar(source, pa.int8()), count), pa.repeat(pa.scalar(part, pa.int32()), count))
        own = [pa.array(column, kind) for column, kind in zip(self._columns, layout.RECORDS.types[2:], strict=True)]
        for column in self._columns:
            column.clear()
        return pa.table([*same, *own], schema=layout.RECORDS)


class _Keys:
    """The keys of a part, in plain arrays: an object each would take ten times the memory."""

    def __init__(self) -> None:
        self._keys, self._works = array("q"), array("q")
        self._kinds, self._years = array("b"), array("h")

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, work: Slim) -> None:
        times = len(work.keys)
        self._keys.extend([value for value, _ in work.keys])
        self._kinds.extend([kind for _, kind in work.keys])
        self._works.extend([work.number] * times)
        self._years.extend([work.year or 0] * times)

    def sorted(self, source: int, part: int) -> Iterator[pa.Table]:
        table = pa.table(
            {
                "key": pa.array(self._keys, pa.int64()),
                "kind": pa.array(self._kinds, pa.int8()),
                "work": pa.array(self._works, pa.int64()),
                "year": pa.array(self._years, pa.int16()),
            }
        ).sort_by("key")
        for start in range(0, max(len(table), 1), _KEYS_AT_ONCE):
            piece = table.slice(start, _KEYS_AT_ONCE)
            year = piece["year"]
            columns = {
                "source": pa.repeat(pa.scalar(source, pa.int8()), len(piece)),
                "part": pa.repeat(pa.scalar(part, pa.int32()), len(piece)),
                "year": compute.if_else(compute.equal(year, 0), None, year),
            }
            yield pa.table({name: columns.get(name) or piece[name] for name in layout.KEYS.names}, schema=layout.KEYS)


def _cut_all(file: snapshot.File, counted: _Counted) -> Iterator[Slim]:
    for work in snapshot.read_works(file):
        try:
            slim = cut(file.source, work)
        except UnreadableBody:
            counted.unreadable += 1
            continue
        counted.works += 1
        counted.untitled += not slim.has_title
        yield slim


def _judge(file: snapshot.File, counted: _Counted) -> None:
    """Refuse a file that is not what the snapshot promises."""
    lines = counted.works + counted.unreadable
    if file.promised is not None and lines != file.promised:
        raise UsageError(f"{file.path}: {lines:,} works, but the manifest promises {file.promised:,}: fetch it anew.")
    if counted.unreadable > max(lines * UNREADABLE_SHARE, 1) and (lines >= FEWEST_TO_JUDGE or not counted.works):
        raise UsageError(f"{file.path}: {counted.unreadable:,} of {lines:,} lines are no works: not used.")
    if counted.works >= FEWEST_TO_JUDGE and counted.untitled > counted.works * UNTITLED_SHARE:
        told = f"{counted.untitled:,} of {counted.works:,} works have no title that can be read"
        raise UsageError(f"{file.path}: {told}: the snapshot's format has changed.")


def _drop(index: Path, manifest: Manifest, folders: dict[Source, Path], say: Say) -> Manifest:
    """List the works that do not count: deleted ones, and of a moved work every copy but that of the newest day.

    The list of deleted works is applied anew each time and never remembered: a work that reappears leaves it.
    """
    path = layout.dropped_path(index)
    path.parent.mkdir(parents=True, exist_ok=True)
    gone = snapshot.deleted(folders["openalex"]) if "openalex" in folders else None
    if gone is None and "openalex" in folders:
        say("The snapshot has no list of deleted works (deleted_ids.csv): deleted ones are still found.")
    moved = _moved(index, manifest)
    deleted = [(layout.SOURCE_NUMBERS["openalex"], layout.ANY_PART, work) for work in sorted(gone or ())]
    rows = [*moved, *deleted]
    table = pa.table(
        [pa.array([row[column] for row in rows], layout.DROPPED.types[column]) for column in range(3)],
        schema=layout.DROPPED,
    )
    parquet.write_table(table, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
    if moved:
        say(f"{len(moved):,} older copies of works that moved between folders do not count.")
    return _saved(
        index, msgspec.structs.replace(manifest, deleted=len(gone or ()), moved=len(moved)), list(manifest.parts)
    )


def _moved(index: Path, manifest: Manifest) -> list[tuple[int, int, int]]:
    if not manifest.parts:
        return []
    days = pa.table({"part": [p.number for p in manifest.parts], "day": [p.updated or "" for p in manifest.parts]})
    files = [str(layout.records_path(index, part)) for part in manifest.parts]
    with duckdb.connect() as connection:
        connection.register("days", days)
        relation = connection.execute(
            """with copies as (select source, work from read_parquet($files) group by source, work having count(*) > 1),
            placed as (select r.source, r.part, r.work,
                row_number() over (partition by r.source, r.work order by d.day desc, r.part desc) as place
                from read_parquet($files) r join copies c on c.source = r.source and c.work = r.work
                join days d on d.part = r.part)
            select source, part, work from placed where place > 1""",
            {"files": files},
        )
        return [(int(source), int(part), int(work)) for source, part, work in relation.fetchall()]


def _saved(index: Path, manifest: Manifest, parts: list[Part], *, left: int = 0) -> Manifest:
    """Save what is built; one more is left than files until the works that do not count are listed."""
    new = msgspec.structs.replace(manifest, parts=tuple(sorted(parts, key=lambda part: part.number)), left=left)
    text = msgspec.json.format(msgspec.json.encode(new), indent=1).decode()
    save_text(index / layout.MANIFEST, text + "\n")
    return new


def _clean(index: Path, manifest: Manifest) -> None:
    """Remove what killed calls and parts that left have left behind."""
    names = {part.name for part in manifest.parts}
    for half in ("records", "keys"):
        for path in (index / half).rglob("*"):
            if path.is_file() and path.name not in names:
                path.unlink()
    shutil.rmtree(index / "tmp", ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
