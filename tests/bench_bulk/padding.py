"""An index that is made larger with copies of its own parts.

in -> out: an index -> one of more works. The copies stand under other numbers and their keys are mixed by a constant of
each copy: as many works share a key as before, files are as large, and no row finds them. What an index of that size
costs to search can be measured so; how often the matcher errs in it cannot.
"""

import hashlib
import os
import shutil
from itertools import cycle
from pathlib import Path

import msgspec
import pyarrow as pa
from pyarrow import compute, parquet

from pipeline.bulk import layout
from pipeline.bulk.build import KEYS_A_GROUP, KEYS_ENCODING, WORKS_A_GROUP
from pipeline.bulk.layout import Part

_BETWEEN_COPIES = 10**9


def pad(index: Path, target: Path, works: int) -> None:
    """Write `target`: the parts of `index`, and copies until OpenAlex's works are `works`."""
    manifest = layout.load(index)
    shutil.copytree(index, target, copy_function=os.link)
    parts = list(manifest.parts)
    own = sorted(manifest.parts, key=lambda part: part.path)
    count = sum(part.works for part in own if part.source == "openalex")
    number = max(part.number for part in own) + 1
    for copy, part in enumerate(cycle(own)):
        if count >= works:
            break
        parts.append(_copied(index, target, part, number, 1 + copy // len(own)))
        count += part.works if part.source == "openalex" else 0
        number += 1
    new = msgspec.structs.replace(manifest, parts=tuple(parts))
    (target / layout.MANIFEST).unlink()  # linked: the other index keeps its own
    (target / layout.MANIFEST).write_bytes(msgspec.json.encode(new))


def _copied(index: Path, target: Path, part: Part, number: int, copy: int) -> Part:
    new = msgspec.structs.replace(part, number=number, path=f"copy-{copy}/{part.path}")
    mask = int.from_bytes(hashlib.blake2b(b"%d" % copy, digest_size=8).digest(), "big", signed=True)

    def mixed(column: pa.ChunkedArray) -> pa.ChunkedArray:
        return compute.bit_wise_xor(column, pa.scalar(mask, pa.int64()))

    def moved(table: pa.Table, *names: str) -> pa.Table:
        columns = {name: table[name] for name in table.column_names}
        columns |= {name: mixed(table[name]) for name in names}
        columns["part"] = pa.repeat(pa.scalar(number, pa.int32()), len(table))
        columns["work"] = compute.add(table["work"], copy * _BETWEEN_COPIES)
        return pa.table(columns, schema=table.schema)

    records = moved(parquet.read_table(layout.records_path(index, part)), "doi", "arxiv")
    parquet.write_table(records, layout.records_path(target, new), compression="zstd", row_group_size=WORKS_A_GROUP)
    keys = moved(parquet.read_table(layout.keys_path(index, part)), "key").sort_by("key")
    parquet.write_table(
        keys, layout.keys_path(target, new), compression="zstd", row_group_size=KEYS_A_GROUP, **KEYS_ENCODING
    )
    return msgspec.structs.replace(
        new,
        records_bytes=layout.records_path(target, new).stat().st_size,
        keys_bytes=layout.keys_path(target, new).stat().st_size,
    )
