"""docs/scale.json: the figures as they were measured, from which everything in docs/scale.md is drawn."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipeline.bulk import layout
from tests.bench_bulk.measure import ROOT, Usage
from tests.bench_bulk.rows import Judged

PATH = ROOT / "docs" / "scale.json"


def today() -> str:
    """Return the day of a measurement."""
    return datetime.now(UTC).date().isoformat()


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """An index, and what building it took."""

    works: int
    """Of OpenAlex, as asked for."""
    parts: int
    records: int
    """Of both sources."""
    added: int
    """Records that this step built; the others stood in the next smaller index."""
    snapshot_bytes: int
    """Of the files that this step read."""
    record_bytes: int
    key_bytes: int
    keys: int
    usage: Usage | None
    """None: what was added are copies of the smaller index's parts."""
    day: str = msgspec.field(default_factory=today)

    @classmethod
    def measured(cls, works: int, index: Path, usage: Usage | None, begun: "Built | None") -> "Built":
        """Return the figures of an index; it was begun as a smaller one."""
        parts = layout.load(index).parts
        old = begun.parts if begun else 0
        return cls(
            works=works,
            parts=len(parts),
            records=sum(part.works for part in parts),
            added=sum(part.works for part in parts[old:]),
            snapshot_bytes=sum(part.size for part in parts[old:]),
            record_bytes=sum(part.records_bytes for part in parts),
            key_bytes=sum(part.keys_bytes for part in parts),
            keys=sum(part.keys for part in parts),
            usage=usage,
        )


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """Rows against an index."""

    engine: str
    works: int
    cited: int
    """Works that are no copies: the rows cite these."""
    rows: int
    memory: str
    usage: Usage
    judged: Judged
    day: str = msgspec.field(default_factory=today)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All that was measured."""

    build: tuple[Built, ...] = ()
    match: tuple[Matched, ...] = ()

    def built(self, works: int) -> Built | None:
        """Return what building an index of so many works took."""
        return next((one for one in self.build if one.works == works), None)

    def matched(self, works: int, rows: int, engine: str) -> Matched | None:
        """Return what matching so many rows took."""
        return next((one for one in self.match if (one.works, one.rows, one.engine) == (works, rows, engine)), None)

    def with_built(self, new: Built) -> "Figures":
        """Add a figure, or replace it."""
        others = (one for one in self.build if one.works != new.works)
        return msgspec.structs.replace(self, build=tuple(sorted((*others, new), key=lambda one: one.works)))

    def with_matched(self, new: Matched) -> "Figures":
        """Add a figure, or replace it."""
        name = (new.engine, new.works, new.rows)
        others = (one for one in self.match if (one.engine, one.works, one.rows) != name)
        ordered = sorted((*others, new), key=lambda one: (one.engine, one.works, one.rows))
        return msgspec.structs.replace(self, match=tuple(ordered))


def load() -> Figures:
    """Read what was measured so far."""
    return msgspec.json.decode(PATH.read_bytes(), type=Figures) if PATH.is_file() else Figures()


def save(figures: Figures) -> None:
    """Keep it."""
    PATH.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")
