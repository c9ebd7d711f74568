"""A snapshot beside the cache, for `enrich run --snapshot`: what it holds need not be asked of the services.

in -> out: an index and the cases of a run -> answers that bear the snapshot's date. They are gathered once, before the
first question. Counts are asked afresh as always, since an answer of the snapshot is too old for them; absence from a
snapshot is no answer.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

import duckdb
import msgspec

from pipeline.bulk import gather, layout, rows
from pipeline.bulk.engine_duckdb import gather_in
from pipeline.model import Answer, Query
from pipeline.sources import UnreadableBody, crossref, openalex, openalex_answer
from pipeline.sources.slim import READERS
from pipeline.stages.resolving import pocket, search
from pipeline.stages.resolving.inquiry import SETTLED, Case, Freshness

SOURCES: Mapping[str, ModuleType] = {"openalex": openalex, "crossref": crossref}
_GROUPED = ("arxiv", "landing", "title")
"""Kinds of questions to OpenAlex that several works may answer."""


class Shelf:
    """Answers from a snapshot."""

    def __init__(self, index: Path, cases: Iterable[Case], freshness: Freshness) -> None:
        """Gather what the index holds for the cases.

        Raises:
            UsageError: the index cannot be read.
        """
        self._at = {source: taken.at for source, taken in layout.load(index).snapshots.items()}
        self._answers: dict[Query, Answer] = {}
        cases = tuple(cases)
        crowded, bodies = _gather(index, cases)
        grouped: dict[Query, dict[bytes, None]] = defaultdict(dict)
        for row, case in enumerate(cases):
            held = bodies.get(row, [])
            for source, body in held:
                self._put_aliases(source, body)
                if source == "openalex":
                    _group(body, grouped)
            # A search that the snapshot cannot settle is the services': they may know newer works.
            if row not in crowded and self._is_settled(case, held, freshness):
                words = search.crossref_words(case.entry)
                found = tuple(body for source, body in held if source == "crossref")
                self._put(Query(source="crossref", kind="search", value=words), found)
                for title in _titles(held):
                    query = Query(source="openalex", kind="title", value=title)
                    self._put(query, tuple(grouped.pop(query, ())))
        for query, several in grouped.items():
            if query.kind != "title":
                self._put(query, tuple(several))

    def find(self, queries: Iterable[Query]) -> dict[Query, Answer]:
        """Return the snapshot's answers; what it does not have is absent."""
        found = ((query, self._answers.get(_canonical(query))) for query in queries)
        return {query: msgspec.structs.replace(answer, query=query) for query, answer in found if answer is not None}

    def _is_settled(self, case: Case, held: list[tuple[str, bytes]], freshness: Freshness) -> bool:
        records = [READERS[source](body) for source, body in held]  # type: ignore[index]
        own = pocket.Pocket(case, map(pocket.Held, records), sources=self._at)
        return pocket.converse(case, own, freshness).status in SETTLED

    def _put(self, query: Query, bodies: tuple[bytes, ...]) -> None:
        at = self._at.get(query.source)
        if bodies and at is not None and query.value:
            self._answers[query] = Answer(query=query, status="found", bodies=bodies, at=at)

    def _put_aliases(self, source: str, body: bytes) -> None:
        try:
            aliases = SOURCES[source].aliases(body)
        except UnreadableBody:
            return
        for kind, value in aliases:
            if not kind.startswith("volatile"):
                self._put(Query(source=source, kind=kind, value=value), (body,))  # type: ignore[arg-type]


def _titles(held: list[tuple[str, bytes]]) -> tuple[str, ...]:
    keys = (openalex_answer.read_key(body) for source, body in held if source == "openalex")
    return tuple(dict.fromkeys(title for key in keys for title in openalex_answer.find_values("title", key)))


def _canonical(query: Query) -> Query:
    return msgspec.structs.replace(query, value=openalex_answer.canonical(query)) if query.kind in _GROUPED else query


def _group(body: bytes, grouped: dict[Query, dict[bytes, None]]) -> None:
    try:
        key = openalex_answer.read_key(body)
    except UnreadableBody:
        return
    for kind in _GROUPED:
        for value in openalex_answer.find_values(kind, key):
            grouped[Query(source="openalex", kind=kind, value=value)][body] = None


def _gather(index: Path, cases: tuple[Case, ...]) -> tuple[set[int], dict[int, list[tuple[str, bytes]]]]:
    """Return the rows whose title too many works bear, and row -> (source, body), best first."""
    folder = Path(mkdtemp(prefix="enrich-"))
    try:
        for name in ("keys", "cases"):
            (folder / name).mkdir()
        rows.write_cases(folder / "cases" / "part.parquet", [])
        rows.write_keys(
            folder / "keys" / "part.parquet",
            [
                (row, key.value, key.kind, case.entry.year)
                for row, case in enumerate(cases)
                for key in pocket.entry_keys(case)
            ],
        )
        with duckdb.connect() as connection:
            last = gather_in(connection, index, folder / "keys", folder / "cases", lambda _sentence: None)
            told = connection.execute(f"select * from ({last}) order by row, place, source, work").fetchall()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    crowded = {row for row, _, _, place, _ in told if place == gather.CROWDED}
    bodies: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    for row, source, _, place, body in told:
        if place >= 0:
            bodies[row].append((layout.SOURCE_NAMES[source], body))
    return crowded, bodies
