"""Snapshots in the layout in which they are published, written from records of the stand-in.

in -> out: records -> folders that `enrich snapshot build` reads. All records are the stand-in's own (real facts, and
invented papers with the prefix 10.5555).
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Work = Mapping[str, Any]


def write_openalex(
    folder: Path, parts: Mapping[str, Iterable[Work]], *, deleted: Iterable[str] = (), with_manifest: bool = True
) -> Path:
    """Write `updated_date=.../part_NNNN.gz` for each day; the manifest is written last, as the exporter does."""
    works = folder / "data" / "jsonl" / "works"
    entries = []
    for day, records in parts.items():
        name = f"updated_date={day}/part_0000.gz"
        lines = [json.dumps(record).encode() + b"\n" for record in records]
        write(works / name, b"".join(lines))
        entries.append({"url": f"s3://openalex/data/jsonl/works/{name}", "meta": {"record_count": len(lines)}})
    (works / "deleted_ids.csv").write_text(
        "work_id,deleted_date\n" + "".join(f"https://openalex.org/{one},2026-08-01\n" for one in deleted)
    )
    if with_manifest:
        (works / "manifest.json").write_text(json.dumps({"entries": entries}))
    return folder


def write_crossref(folder: Path, records: Iterable[Work]) -> Path:
    """Write two files, one in each of the forms that the public data file has had."""
    records = list(records)
    half = len(records) // 2
    write(folder / "0.json.gz", json.dumps({"items": records[:half]}).encode())
    write(folder / "1.jsonl.gz", b"".join(json.dumps(record).encode() + b"\n" for record in records[half:]))
    return folder


def write(path: Path, text: bytes) -> None:
    """Write a compressed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text, mtime=0))


def work(number: int, title: str, **fields: Any) -> dict[str, Any]:
    """An invented work of OpenAlex."""
    usual = {
        "id": f"https://openalex.org/W{number}", "doi": f"https://doi.org/10.5555/bulk.{number}", "title": title,
        "publication_year": 2020, "type": "article", "authorships": [{"raw_author_name": "Ada Example"}],
        "abstract_inverted_index": {"Invented": [0]}, "cited_by_count": 0,
    }  # fmt: skip
    return usual | fields
