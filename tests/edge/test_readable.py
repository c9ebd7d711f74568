"""The tables for people: what the catalog says, list by list."""

import sqlite3
from pathlib import Path

import pytest

from pipeline.edge.cache import Cache
from pipeline.model import Answer, ListInfo, Query, Suggestions
from tests.outputs.invented import INFO, LANTERNS, catalog, paper

NONE = Suggestions()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        result = connection.execute(sql).fetchall()
    connection.close()
    return result


def test_the_readable_tables_are_those_of_the_last_catalog(path: Path) -> None:
    cache = Cache(path)
    first = catalog(LANTERNS, paper(key="gone", cites=(LANTERNS.key,)))
    cache.save_catalog(first, NONE, [("2032-01-04", "gone", "openalex", 3)], digest="1", day="2032-01-04")
    counted = [("2032-01-11", LANTERNS.key, "crossref", 9)]
    cache.save_catalog(catalog(LANTERNS, paper(duplicate_of=7)), NONE, counted, digest="2", day="2032-01-11")
    cache.close()
    assert rows(path, "select key, title, citations_openalex from papers") == [(LANTERNS.key, LANTERNS.title, 12)]
    assert rows(path, "select author from authorships order by position") == [
        ("Adaeze Okafor",),
        ("The Moss Consortium",),
    ]
    assert rows(path, "select * from citations") == [(INFO.path, LANTERNS.key, "crossref", "2032-01-11", 9)]
    assert rows(path, "select * from cites") == []
    assert rows(path, "select day, digest from lists") == [("2032-01-11", "2")]


def test_lists_stand_side_by_side_and_the_same_catalog_is_written_once(path: Path) -> None:
    cache = Cache(path)
    other = catalog(LANTERNS, list=ListInfo(path="other.md", title=None))
    for one in (catalog(LANTERNS), other):
        cache.save_catalog(one, NONE, [], digest=one.list.path, day="2032-01-04")
    cache.save_catalog(catalog(), NONE, [], digest=INFO.path, day="2032-01-11")
    cache.close()
    assert rows(path, "select list, papers, day from lists order by list") == [
        (INFO.path, 1, "2032-01-04"),
        ("other.md", 1, "2032-01-04"),
    ]
    assert rows(path, "select count(*) from papers") == [(2,)]
    assert rows(path, "select count(*) from authors") == [(2,)]


def test_titles_and_abstracts_are_found_by_their_words(path: Path) -> None:
    cache = Cache(path)
    cache.save_catalog(catalog(paper(abstract="Glühwürmchen leuchten.")), NONE, [], digest="1", day="2032-01-04")
    cache.close()
    found = "select key from papers where rowid in (select rowid from papers_fts where papers_fts match '{}')"
    for words in ("lantern studies", "gluhwurmchen"):
        assert rows(path, found.format(words)) == [(LANTERNS.key,)]


def test_a_file_from_before_the_readable_tables_still_answers_offline(path: Path) -> None:
    cache = Cache(path)
    query = Query(source="crossref", kind="doi", value="10.5555/a")
    cache.save([Answer(query=query, status="missing", at="2032-01-04T03:00:00Z")], "https://api.test/works?a=b")
    cache.close()
    with sqlite3.connect(path) as db:
        db.execute("delete from _sqlite_migrations where name = 'm003_readable_tables'")
    db.close()
    complaints: list[str] = []
    old = Cache(path, read_only=True, say=complaints.append)
    assert len(old.find([query])) == 1
    old.close()
    assert complaints == []
