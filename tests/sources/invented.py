"""Invented records in the services' shapes, made from the files in data/.

`load("crossref", {"volume": None})` is the record with a field changed, `...` takes the field out.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import EllipsisType
from typing import Any

from pipeline.model import Query

DATA = Path(__file__).parent / "data"


def load(name: str, changes: Mapping[str, Any] | None = None) -> bytes:
    """Return one record's JSON with top-level fields (DataCite: attributes) changed, or taken out where `...`."""
    record = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    fields = record["attributes"] if name == "datacite" else record
    for field, value in (changes or {}).items():
        if isinstance(value, EllipsisType):
            fields.pop(field, None)
        else:
            fields[field] = value
    return json.dumps(record).encode()


def ask(source: str, kind: str, *values: str) -> tuple[Query, ...]:
    """Return questions of one kind."""
    return tuple(Query(source=source, kind=kind, value=value) for value in values)  # type: ignore[arg-type]
