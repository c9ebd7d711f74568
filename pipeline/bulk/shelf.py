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
        self._at = {source: taken.at for source, taken in layout.load_finished(index).snapshots.items()}
        self._cases, self._ages = tuple(cases), freshness
        self._answers: dict[Query, Answer] = {}
        self._searches: dict[Query, list[int]] = defaultdict(list)
        """Search, or question for a title -> the rows of whose records its answer is made."""
        self._settled: dict[int, bool] = {}
        crowded, self._held = _gather(index, self._cases)
        grouped: dict[Query, dict[bytes, None]] = defaultdict(dict)
        for row, case in enumerate(self._cases):
            held = self._held.get(row, [])
            for source, body in held:
                self._put_aliases(source, body)
                if source == "openalex":
                    _group(body, grouped)
            if row not in crowded:
                words = search.crossref_words(case.entry)
                searched = Query(source="crossref", kind="search", value=words)
                self._put(searched, tuple(body for source, body in held if source == "crossref"))
                for query in (searched, *_titles(held)):
                    self._searches[query].append(row)
        for query, several in grouped.items():
            if query.kind != "title" or query in self._searches:
                self._put(query, tuple(several))

    def find(self, queries: Iterable[Query]) -> dict[Query, Answer]:
        """Return the snapshot's answers; what it does not have is absent."""
        found = ((query, self._find(_canonical(query))) for query in queries)
        return {query: msgspec.structs.replace(answer, query=query) for query, answer in found if answer is not None}

    def _find(self, query: Query) -> Answer | None:
        """Return an answer; none to a search that the snapshot cannot settle: the services may know newer works."""
        answer = self._answers.get(query)
        if answer is not None and query in self._searches and not any(map(self._is_settled, self._searches[query])):
            return None
        return answer

    def _is_settled(self, row: int) -> bool:
        """Tell whether the snapshot alone says which work a row is; worked out for rows that are searched for only."""
        if row not in self._settled:
            case = self._cases[row]
            works = [pocket.hold(source, body) for source, body in self._held.get(row, [])]  # type: ignore[arg-type]
            own = pocket.Pocket(case, works, sources=self._at)
            self._settled[row] = pocket.converse(case, own, self._ages).status in SETTLED
        return self._settled[row]

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


def _titles(held: list[tuple[str, bytes]]) -> tuple[Query, ...]:
    """Return the questions for the titles of what is held."""
    keys = (openalex_answer.read_key(body) for source, body in held if source == "openalex")
    titles = dict.fromkeys(title for key in keys for title in openalex_answer.find_values("title", key))
    return tuple(Query(source="openalex", kind="title", value=title) for title in titles)


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
