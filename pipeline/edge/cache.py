"""What the sources said, in SQLite: an accelerator and an audit trail, never needed and never in the way.

in -> out: `Query` -> `Answer` as it was given, negative ones too. Bodies are kept as sent, compressed, each once, with
the address they came from. One transaction for each HTTP answer, so that a killed run loses only what was in flight.
Whatever is wrong with the file costs requests and one sentence, not the run (design.md, "Never worse").
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database

from pipeline.edge import readable
from pipeline.edge.database import open_file, open_memory, open_read_only, set_aside
from pipeline.model import Answer, Catalog, Paper, Query, Suggestions

# `works` holds digests with blanks between them, so an answer of one work, nearly all of them, is one look-up.
_SELECT_ANSWER = """select status, answers.at, works, data from answers left join bodies on digest = works
    where answers.source = ? and kind = ? and value = ?"""
_SELECT_BODY = "select data from bodies where digest = ?"
_SELECT_DECISION = "select decision from resolutions where list = ? and key = ? order by day desc limit 1"
_PRUNE = """delete from bodies where digest not in
    (select each.value from answers, json_each('["' || replace(works, ' ', '","') || '"]') as each)"""
_SELECT_FINISHED = "select run from finished where out = ?"

# Written by hand: the library builds the statement anew for each batch, which took a twentieth of a large run.
_PUT_BODY = "insert or replace into bodies (digest, source, at, address, data) values (?, ?, ?, ?, ?)"
_PUT_FINISHED = "insert or replace into finished (out, run) values (?, ?)"
_PUT_ANSWER = "insert or replace into answers (source, kind, value, status, at, works) values (?, ?, ?, ?, ?, ?)"
COMPRESSION = 1
"""Level of zlib: the default one takes 1.6 times as long and makes the file 8 % smaller."""

Row = tuple[object, ...]
Rows = list[dict[str, object]]
Say = Callable[[str], None]


class Cache:
    """The file where there is one that works, and memory for what it does not take."""

    def __init__(self, path: Path | None, *, read_only: bool = False, say: Say = lambda _: None) -> None:
        """Open `path`, or memory alone for None; `say` gets one sentence where the file cannot be used."""
        self._path, self._can_write, self._say = path, path is not None and not read_only, say
        self._memory: Database | None = None
        self._file = self._open()
        self._has_news = False

    def find(self, queries: Iterable[Query]) -> dict[Query, Answer]:
        """Return the stored answers; questions that were never answered are absent."""
        found: dict[Query, Answer] = {}
        for query in queries:
            answer = self._find(query)
            if answer is not None:
                found[query] = answer
        return found

    def save(self, answers: Iterable[Answer], address: str) -> None:
        """Keep the answers of one HTTP answer, all or none; `address` must hold no credentials."""
        rows: list[Row] = []
        bodies: dict[bytes, Row] = {}
        digests: dict[bytes, str] = {}
        for answer in answers:
            query = answer.query
            for body in answer.bodies:
                if body not in digests:  # a work answers several questions
                    digest = digests[body] = hashlib.blake2b(body, digest_size=16).hexdigest()
                    bodies[body] = (digest, query.source, answer.at, address, zlib.compress(body, COMPRESSION))
            named = " ".join(digests[body] for body in answer.bodies)
            rows.append((query.source, query.kind, query.value, answer.status, answer.at, named))
        self._has_news = True
        self._write(lambda db: _put_answers(db, bodies.values(), rows))

    def save_resolutions(self, list_path: str, day: str, papers: Iterable[Paper]) -> None:
        """Keep the decisions of this day that differ from the last ones (the audit trail)."""
        rows = [_resolution_row(list_path, day, paper) for paper in papers if paper.duplicate_of is None]
        self._write(lambda db: _put(db, resolutions=[row for row in rows if _is_new_decision(db, row)]))

    def save_catalog(
        self, catalog: Catalog, suggestions: Suggestions, history: Iterable[readable.Counted], *, digest: str, day: str
    ) -> None:
        """Write the catalog as tables for people, where there is a file that takes them."""
        if self._can_write and self._file is not None:
            self._write(lambda db: readable.save(db, catalog, suggestions, history, digest=digest, day=day))

    def find_finished(self, out: str) -> str | None:
        """Return what `save_finished` kept for an output folder, unless an answer was written since."""
        try:
            row = self._file.execute(_SELECT_FINISHED, (out,)).fetchone() if self._file is not None else None
        except sqlite3.DatabaseError:  # damaged, or of a version without the table: as if no run had finished
            return None
        return row[0] if row is not None and isinstance(row[0], str) else None

    def save_finished(self, out: str, run: str) -> None:
        """Remember a finished run, where there is a file that takes it."""
        if self._can_write and self._file is not None:
            self._write(lambda db: db.execute(_PUT_FINISHED, (out, run)))

    def close(self) -> None:
        """Drop bodies that no answer points to any more, and leave a single file behind."""
        if self._has_news:
            self._write(lambda db: db.execute(_PRUNE))
        for db in (self._file, self._memory):
            if db is not None:
                db.close()

    def _open(self) -> Database | None:
        if self._path is None or not (self._can_write or self._path.exists()):
            return None
        try:
            if self._can_write:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return open_file(self._path)
            return open_read_only(self._path)
        except (OSError, sqlite3.OperationalError) as error:
            return self._open_lesser(error)
        except sqlite3.DatabaseError as error:
            return self._replace(error)

    def _open_lesser(self, error: Exception) -> Database | None:
        """Fall back from writing to reading, and from reading to nothing."""
        could_write, self._can_write = self._can_write, False
        if not could_write:
            self._say(f"the cache cannot be read ({error}); this run goes without it")
            return None
        self._say(f"the cache cannot be written ({error}); this run keeps its answers in memory")
        try:
            return open_read_only(self._path) if self._path is not None else None
        except sqlite3.Error:
            return None

    def _replace(self, error: sqlite3.Error) -> Database | None:
        """Go on with a fresh file in place of one that makes no sense."""
        if self._path is None or not self._can_write:
            self._say(f"the cache is not usable ({error}); this run goes without it")
            return None
        try:
            set_aside(self._path)
            fresh = open_file(self._path)
        except (OSError, sqlite3.Error):
            self._can_write = False
            self._say(f"the cache is not usable ({error}); this run keeps its answers in memory")
            return None
        self._say(f"the cache is not usable ({error}); it was set aside and a fresh one begun")
        return fresh

    def _find(self, query: Query) -> Answer | None:
        answer = _select(self._memory, query) if self._memory is not None else None
        if answer is not None or self._file is None:
            return answer
        try:
            return _select(self._file, query)
        except sqlite3.OperationalError as error:
            # Not damage: another process or the system is in the way, so the file stays where it is.
            self._say(f"the cache cannot be read ({error}); this run goes without it")
            self._file, self._can_write = None, False
        except sqlite3.DatabaseError as error:
            self._file.close()
            self._file = self._replace(error)
        return None

    def _write(self, write: Callable[[Database], object]) -> None:
        if self._can_write and self._file is not None:
            try:
                with self._file.atomic():
                    write(self._file)
            except sqlite3.DatabaseError as error:
                # Full disk, lock, damage: saying it once is enough, and what is there can still be read.
                self._can_write = False
                self._say(f"the cache takes no more answers ({error}); this run keeps them in memory")
            else:
                return
        if self._memory is None:
            self._memory = open_memory()
        with self._memory.atomic():
            write(self._memory)


def _select(db: Database, query: Query) -> Answer | None:
    row = db.execute(_SELECT_ANSWER, (query.source, query.kind, query.value)).fetchone()
    if row is None:
        return None
    status, at, works, data = row
    try:
        datetime.fromisoformat(at)
        if status not in ("found", "missing") or (status == "found") != bool(works):
            return None
        if data is not None:
            bodies: tuple[bytes, ...] = (zlib.decompress(data),)
        else:
            rows = [db.execute(_SELECT_BODY, (digest,)).fetchone() for digest in works.split()]
            bodies = tuple(zlib.decompress(row[0]) for row in rows)
    except (TypeError, ValueError, zlib.error):  # a part is gone or damaged: as if it had never been asked
        return None
    return Answer(query=query, status=status, bodies=bodies, at=at)


def _put_answers(db: Database, bodies: Iterable[Row], answers: Iterable[Row]) -> None:
    db.conn.executemany(_PUT_BODY, bodies)
    db.conn.executemany(_PUT_ANSWER, answers)


def _put(db: Database, **tables: Rows) -> None:
    for name, rows in tables.items():
        db.table(name).upsert_all(rows)


def _resolution_row(list_path: str, day: str, paper: Paper) -> dict[str, object]:
    decision = msgspec.json.encode((paper.status, paper.ids, paper.resolution)).decode()
    key = {"list": list_path, "key": paper.key, "day": day}
    return {**key, "line": paper.listed.line, "status": paper.status, "doi": paper.ids.doi, "decision": decision}


def _is_new_decision(db: Database, row: Mapping[str, object]) -> bool:
    last = db.execute(_SELECT_DECISION, (row["list"], row["key"])).fetchone()
    return last is None or last[0] != row["decision"]
