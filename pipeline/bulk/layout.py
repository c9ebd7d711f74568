"""An index of snapshots on disk.

in -> out: a folder -> its `Manifest`, and the paths and Arrow schemas of its parts. One part of a snapshot is one
file of records and one of keys, written whole or not at all; the manifest is written last.

```
INDEX/manifest.json                         what is here, with counts and hashes
INDEX/records/openalex/NAME.parquet         source, part, work, doi, arxiv, body
INDEX/keys/openalex/NAME.parquet            key, kind, source, part, work, year; sorted by key
INDEX/dropped/dropped.parquet               source, part, work: deleted works, and older copies of moved ones
```
"""

import hashlib
from pathlib import Path
from typing import Literal

import msgspec
import pyarrow as pa

from pipeline.errors import UsageError
from pipeline.text import blocking

FORMAT = 1
MANIFEST = "manifest.json"
SOURCE_NUMBERS = {"openalex": 0, "crossref": 1}
SOURCE_NAMES = {number: name for name, number in SOURCE_NUMBERS.items()}

RECORDS = pa.schema(
    [("source", pa.int8()), ("part", pa.int32()), ("work", pa.int64()), ("doi", pa.int64()), ("arxiv", pa.int64()),
     ("body", pa.binary())]
)  # fmt: skip
KEYS = pa.schema(
    [("key", pa.int64()), ("kind", pa.int8()), ("source", pa.int8()), ("part", pa.int32()), ("work", pa.int64()),
     ("year", pa.int16())]
)  # fmt: skip
ANY_PART = -1
"""In the list of dropped works: whichever part a work stands in."""
DROPPED = pa.schema([("source", pa.int8()), ("part", pa.int32()), ("work", pa.int64())])


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a snapshot, as it stands in the index."""

    source: Literal["openalex", "crossref"]
    number: int
    """Never given twice in one index."""
    path: str
    """Below the snapshot's folder, e.g. `updated_date=2026-08-01/part_0000.gz`."""
    size: int
    """Bytes of the snapshot's file: a file of another size is another part."""
    updated: str | None
    """Day of the folder; of two copies of one work the newer day's stands."""
    works: int
    unreadable: int
    keys: int
    records_bytes: int
    keys_bytes: int
    records_sha256: str
    keys_sha256: str

    @property
    def name(self) -> str:
        """File name of both halves."""
        return f"part-{self.number:06d}.parquet"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a source's works came from."""

    folder: str
    at: str
    """UTC time that answers from it bear: the newest day among its folders, else of its files."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All that is in an index."""

    format: int = FORMAT
    keys: int = blocking.VERSION
    snapshots: dict[str, Snapshot] = {}
    parts: tuple[Part, ...] = ()
    left: int = 0
    """Files of the snapshots that are still to be built; nothing is held against an index before it is finished."""
    deleted: int = 0
    moved: int = 0

    @property
    def works(self) -> int:
        """Works of all parts, copies included."""
        return sum(part.works for part in self.parts)

    @property
    def digest(self) -> str:
        """Name of this very state of the index."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]


def load(index: Path) -> Manifest:
    """Read an index's manifest.

    Raises:
        UsageError: there is none, it is damaged, or the index has other keys than this version asks by.
    """
    path = index / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise UsageError(
            f"{index}: no index of a snapshot is here (no {MANIFEST}); `enrich snapshot build` makes one."
        ) from None
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{path}: not a readable manifest ({error}): build the index again.") from error
    if (manifest.format, manifest.keys) != (FORMAT, blocking.VERSION):
        raise UsageError(f"{index}: the index was built by another version of this program: build it again.")
    return manifest


def load_finished(index: Path) -> Manifest:
    """Read the manifest of an index that rows are held against.

    Raises:
        UsageError: as `load`, or the index was not finished, or a file of it is not as it was built.
    """
    manifest = load(index)
    if manifest.left:
        raise UsageError(f"{index}: the index is not finished; `enrich snapshot build` goes on with it.")
    for part in manifest.parts:
        if not is_whole(index, part):
            raise UsageError(
                f"{index}: a file of part {part.number} is missing or cut off; `enrich snapshot build` mends it."
            )
    return manifest


def is_whole(index: Path, part: Part) -> bool:
    """Whether both files of a part are there in the size that they were written in."""
    files = (records_path(index, part), part.records_bytes), (keys_path(index, part), part.keys_bytes)
    return all(path.is_file() and path.stat().st_size == size for path, size in files)


def tables(index: Path) -> dict[str, list[Path]]:
    """Return the files behind each table of `gather.sql`: those of the manifest, and no stray ones."""
    parts = load(index).parts
    return {
        "w_keys": [keys_path(index, part) for part in parts],
        "w_records": [records_path(index, part) for part in parts],
        "dropped": [dropped_path(index)],
    }


def records_path(index: Path, part: Part) -> Path:
    """Return the path of a part's records."""
    return index / "records" / part.source / part.name


def keys_path(index: Path, part: Part) -> Path:
    """Return the path of a part's keys."""
    return index / "keys" / part.source / part.name


def dropped_path(index: Path) -> Path:
    """Return the path of the works that no longer count."""
    return index / "dropped" / "dropped.parquet"
