"""Deciding: the rows of one partition, each with what was gathered for it.

in -> out: Arrow batches sorted by row and place (`bulk/gather.py`) -> Arrow batches of decisions. The same function
runs in a process of this machine and in a worker of a cluster; it imports no engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from pipeline.bulk.gather import ASKED, CASE, CROWDED
from pipeline.bulk.layout import SOURCE_NAMES
from pipeline.model import Issue
from pipeline.sources import UnreadableBody
from pipeline.stages.catalog.assemble import Merged
from pipeline.stages.merging.merge import merge, references
from pipeline.stages.resolving import pocket
from pipeline.stages.resolving.inquiry import Case, Freshness, Resolved
from pipeline.text.blocking import Key

GATHERED = pa.schema(
    [("row", pa.int64()), ("source", pa.int8()), ("work", pa.int64()), ("place", pa.int32()), ("body", pa.binary())]
)
DECISIONS = pa.schema(
    [("row", pa.int64()), ("line", pa.int32()), ("title", pa.string()), ("status", pa.string()), ("doi", pa.string()),
     ("arxiv", pa.string()), ("openalex", pa.string()), ("method", pa.string()), ("score", pa.float64()),
     ("evidence", pa.string()), ("candidates", pa.string()), ("issues", pa.string()), ("beyond", pa.binary()),
     ("merged", pa.binary())]
)  # fmt: skip
"""`evidence` in words, `candidates` and `issues` as JSON; `beyond` and `merged` are for the next step and not kept."""
_ROWS_AT_ONCE = 1_000

_encode = msgspec.msgpack.Encoder().encode
decode_case = msgspec.msgpack.Decoder(Case).decode
decode_merged = msgspec.msgpack.Decoder(Merged).decode
_decode_keys = msgspec.msgpack.Decoder(tuple[tuple[int, int], ...]).decode


class Decider(NamedTuple):
    """What all rows have in common; calling it decides a partition."""

    sources: Mapping[str, str]
    """Source -> UTC time of its snapshot."""
    now: str
    """UTC time of the run."""
    today: str
    with_papers: bool
    """Whether the merged papers are wanted too, for the full set of outputs."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Decide every row of the batches, which must be sorted by row and place."""
        freshness = Freshness(now=datetime.fromisoformat(self.now))
        done: list[dict[str, Any]] = []
        for row, group in groupby(_rows(batches), key=itemgetter(0)):
            done.append(self._decide(row, list(group), freshness))
            if len(done) == _ROWS_AT_ONCE:
                yield pa.RecordBatch.from_pylist(done, schema=DECISIONS)
                done = []
        if done:
            yield pa.RecordBatch.from_pylist(done, schema=DECISIONS)

    def _decide(self, row: int, gathered: list[tuple[Any, ...]], freshness: Freshness) -> dict[str, Any]:
        marks = {place: body for _, _, _, place, body in gathered if place < 0}
        case = decode_case(marks[CASE])
        asked = _decode_keys(marks[ASKED]) if ASKED in marks else ()
        own = pocket.Pocket(
            case,
            _held(gathered),
            sources=self.sources,
            asked=[value for value, _ in asked],
            is_crowded=CROWDED in marks,
        )
        resolved = pocket.converse(case, own, freshness)
        beyond = [] if asked else sorted(own.beyond.values())  # a second round is the last
        return decision(row, resolved, self.today if self.with_papers else None, beyond)


def encode_case(case: Case) -> bytes:
    """Return a case as it travels to whoever decides it."""
    return _encode(case)


def encode_keys(keys: Iterable[Key]) -> bytes:
    """Return keys as they travel beside a case."""
    return _encode([tuple(key) for key in keys])


def decode_keys(body: bytes) -> tuple[Key, ...]:
    """Return keys that travelled."""
    return tuple(Key(*pair) for pair in _decode_keys(body))


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in GATHERED.names), strict=True)


def _held(gathered: list[tuple[Any, ...]]) -> Iterator[pocket.Held]:
    """Yield what was gathered, best first; a record that cannot be read any more is none."""
    for _, number, _, place, body in gathered:
        if place >= 0:
            try:
                yield pocket.hold(SOURCE_NAMES[number], body)  # type: ignore[arg-type]
            except UnreadableBody:
                continue


def decision(row: int, resolved: Resolved, today: str | None, beyond: Iterable[Key] = ()) -> dict[str, Any]:
    """Return a row of decisions; with the merged paper where `today` is given."""
    entry, resolution = resolved.case.entry, resolved.resolution
    return {
        "row": row,
        "line": entry.line,
        "title": entry.title,
        "status": resolved.status,
        "doi": resolved.ids.doi,
        "arxiv": resolved.ids.arxiv,
        "openalex": resolved.ids.openalex,
        "method": resolution.method,
        "score": resolution.score,
        "evidence": "; ".join(resolution.evidence),
        "candidates": msgspec.json.encode(resolution.candidates).decode() if resolution.candidates else None,
        "issues": msgspec.json.encode(_told(resolved.issues)).decode() if resolved.issues else None,
        "beyond": encode_keys(beyond) if beyond else None,
        "merged": _encode(_merged(resolved, today)) if today is not None else None,
    }


def _merged(resolved: Resolved, today: str) -> Merged:
    case = resolved.case
    return Merged(
        paper=merge(resolved, today),
        old=case.old,
        references=references(resolved),
        proposal=case.known.bibtex_key if case.known else None,
    )


def _told(issues: tuple[Issue, ...]) -> list[dict[str, str]]:
    return [{"rule": issue.rule, "message": issue.message} for issue in issues]
