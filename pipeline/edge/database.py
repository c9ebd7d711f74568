"""The cache's file: opened, brought up to date, or set aside where it is not usable.

in -> out: path -> open database, or one of sqlite3's errors. Tables are built up by migrations that are never edited,
only followed by new ones; a name in the file's list of migrations that is not here tells that a newer program wrote
it. Rules: documentation of sqlite-utils 4 (migrations, write-ahead log outside of transactions).
"""

import sqlite3
from itertools import count
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database, Migrations

BUSY_MS = 5000
"""How long we wait for another process that writes."""
ASIDE_SUFFIX = ".aside"

migrations = Migrations("cache")


@migrations()
def m001_answers_and_bodies(db: Database) -> None:
    """One row per source and question; each work's body is kept once, however many questions it answers."""
    answers = {"source": str, "kind": str, "value": str, "status": str, "at": str, "works": str}
    bodies = {"digest": str, "source": str, "at": str, "address": str, "data": bytes}
    db.table("answers").create(answers, pk=("source", "kind", "value"), not_null={"status", "at", "works"})
    db.table("bodies").create(bodies, pk="digest", not_null={"source", "at", "address", "data"})


@migrations()
def m002_resolutions_and_citations(db: Database) -> None:
    """The audit trail of decisions, and citation counts over time (rebuilt from `citations.csv`)."""
    resolutions = {"list": str, "key": str, "day": str, "line": int, "status": str, "doi": str, "decision": str}
    db.table("resolutions").create(resolutions, pk=("list", "key", "day"))
    db.table("citations").create({"key": str, "source": str, "day": str, "count": int}, pk=("key", "source", "day"))


@migrations()
def m003_readable_tables(db: Database) -> None:
    """The catalog for people (`readable.py`); the citation history is of a list, and was never filled before."""
    db.table("citations").drop()
    text, number = str, int
    columns: dict[str, dict[str, type]] = {
        "lists": {"list": text, "title": text, "papers": number, "day": text, "digest": text},
        "papers": {
            "list": text, "key": text, "line": number, "section": text, "category": text, "status": text, "type": text,
            "title": text, "authors": text, "year": number, "date": text, "venue": text, "short_venue": text,
            "publisher": text, "doi": text, "arxiv": text, "openalex": text, "citations_openalex": number,
            "citations_crossref": number, "open_access": text, "free_copy": text, "code_url": text,
            "listed_url": text, "retracted": number, "abstract": text, "stale_since": text, "news": text,
        },
        "authors": {"author": text, "name": text, "orcid": text},
        "authorships": {"list": text, "key": text, "position": number, "author": text, "affiliations": text},
        "cites": {"list": text, "key": text, "cited": text},
        "notices": {"list": text, "key": text, "kind": text, "doi": text, "date": text},
        "issues": {"list": text, "key": text, "line": number, "rule": text, "message": text},
        "citations": {"list": text, "key": text, "source": text, "day": text, "count": number},
        "suggestions": {
            "list": text, "openalex": text, "doi": text, "title": text, "year": number, "cited_by": number,
        },
    }  # fmt: skip
    keys = {
        "lists": "list", "papers": ("list", "key"), "authors": "author", "authorships": ("list", "key", "position"),
        "cites": ("list", "key", "cited"), "citations": ("list", "key", "source", "day"),
        "suggestions": ("list", "openalex"),
    }  # fmt: skip
    for name, types in columns.items():
        db.table(name).create(types, pk=keys.get(name))
    db.table("authorships").create_index(["author"])
    db.table("papers").enable_fts(
        ["title", "abstract"], tokenize="porter unicode61 remove_diacritics 2", create_triggers=True
    )
    for name, query in VIEWS.items():
        db.create_view(name, query)


@migrations()
def m004_finished_runs(db: Database) -> None:
    """What the last finished run of each output folder was made of (`finished.py`); gone as soon as an answer changes.

    The database itself sees to that, so that no way of writing an answer can forget it.
    """
    db.table("finished").create({"out": str, "run": str}, pk="out", not_null={"run"})
    # Not the deletion of bodies: the last thing that a run does is to drop those that no answer names any more.
    db.executescript("""
        create trigger insert_of_answers after insert on answers begin delete from finished; end;
        create trigger update_of_answers after update on answers begin delete from finished; end;
        create trigger delete_of_answers after delete on answers begin delete from finished; end;
        create trigger insert_of_bodies after insert on bodies begin delete from finished; end;
        create trigger update_of_bodies after update on bodies begin delete from finished; end;
    """)


VIEWS = {
    "venues": """select list, coalesce(short_venue, venue) as venue, count(*) as papers, min(year) as first_year,
        max(year) as last_year, sum(citations_openalex) as citations_openalex
        from papers where venue is not null group by list, coalesce(short_venue, venue)""",
    "citation_changes": """select list, key, source, min(day) as since, max(day) as until, count(*) as steps,
        (select count from citations as one where (one.list, one.key, one.source) = (c.list, c.key, c.source)
            order by day limit 1) as first_count,
        (select count from citations as one where (one.list, one.key, one.source) = (c.list, c.key, c.source)
            order by day desc limit 1) as last_count
        from citations as c group by list, key, source""",
    "decisions": """select list, key, line, status, doi, max(day) as day from resolutions group by list, key""",
}
"""Views over the readable tables; Datasette shows them beside the tables."""

_BESIDE = frozenset({m003_readable_tables.__name__, m004_finished_runs.__name__})
"""Steps that a reader of answers can do without."""
_KNOWN = _BESIDE | {m001_answers_and_bodies.__name__, m002_resolutions_and_citations.__name__}


def open_memory() -> Database:
    """Open an empty database that is gone with the run."""
    db = Database(memory=True)
    migrations.apply(db)
    return db


def open_file(path: Path) -> Database:
    """Open or create the file for reading and writing.

    Raises sqlite3.OperationalError where the system does not allow it, sqlite3.DatabaseError for wrong content.
    """
    db = Database(path)
    try:
        db.execute(f"pragma busy_timeout = {BUSY_MS}")
        _check_origin(db)
        db.enable_wal()
        # A power cut may cost the last answers, a killed process none: enough for an accelerator.
        db.execute("pragma synchronous = normal")
        migrations.apply(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


def open_read_only(path: Path) -> Database:
    """Open an existing file of the present form without writing to it; raises sqlite3.Error."""
    # In a folder where nothing can be created only `immutable` can read a database with a write-ahead log.
    for option in ("mode=ro", "immutable=1"):
        db = Database(sqlite3.connect(f"file:{quote(str(path))}?{option}", uri=True))
        try:
            _check_origin(db)
            if not {step.name for step in migrations.pending(db)} - _BESIDE:
                return db
            db.close()
        except sqlite3.OperationalError:
            db.close()
        except sqlite3.Error:
            db.close()
            raise
    raise sqlite3.OperationalError("cannot be read")


def set_aside(path: Path) -> None:
    """Move an unusable file out of the way, and no earlier one that lies there; its log goes. Raises OSError."""
    names = (path.name + ASIDE_SUFFIX + (f"-{number}" if number > 1 else "") for number in count(1))
    path.rename(next(free for name in names if not (free := path.with_name(name)).exists()))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _check_origin(db: Database) -> None:
    if set(db.table_names()) - {migrations.migrations_table} and not migrations.applied(db):
        raise sqlite3.OperationalError("it belongs to another program")
    if any(migration.name not in _KNOWN for migration in migrations.applied(db)):
        raise sqlite3.DatabaseError("it was written by a newer version")
