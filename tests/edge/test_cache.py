"""The cache: gives back what was said, and is never in the way."""

import sqlite3
from pathlib import Path

import pytest

from pipeline.edge import database
from pipeline.edge.cache import Cache
from pipeline.model import Answer, Listed, Paper, Query, Resolution

AT = "2026-11-22T03:00:00Z"


def query(value: str, kind: str = "doi") -> Query:
    return Query(source="crossref", kind=kind, value=value)


def found(value: str, *bodies: bytes, kind: str = "doi") -> Answer:
    return Answer(query=query(value, kind), status="found", bodies=bodies or (b"{}",), at=AT)


def missing(value: str) -> Answer:
    return Answer(query=query(value), status="missing", at=AT)


def paper(key: str, **fields: object) -> Paper:
    return Paper(key=key, key_provisional=False, listed=Listed(line=1, title="t"), status="exact", title="t", **fields)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "raw" / "cache.db"


@pytest.fixture
def said() -> list[str]:
    return []


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        result = connection.execute(sql).fetchall()
    connection.close()
    return result


def fill(path: Path, *answers: Answer) -> None:
    cache = Cache(path)
    cache.save(answers, "https://api.test/works?a=b")
    cache.close()


@pytest.mark.parametrize(
    "answer",
    [
        found("10.1/a", b'{"title": "\xc3\xa9\\u0000"}'),
        found("words of a title", b"1", b"2", b"1", kind="search"),
        missing("10.1/none"),
        found("10.1/'; drop table answers; --", b"{}"),
        found("10.1/a b,c|d\"e", b""),
    ],
    ids=["a work", "several works, one twice", "a missing one", "SQL in a value", "odd signs and an empty body"],
)  # fmt: skip
def test_what_was_said_comes_back_in_the_next_run(path: Path, answer: Answer) -> None:
    fill(path, answer)
    cache = Cache(path)
    assert cache.find([answer.query, query("never asked")]) == {answer.query: answer}
    cache.close()


def test_without_a_file_it_lives_for_the_run() -> None:
    cache = Cache(None)
    cache.save([found("10.1/a")], "https://api.test")
    assert cache.find([query("10.1/a")])
    cache.close()


def test_a_newer_answer_takes_the_place_of_the_older_one_and_its_body(path: Path) -> None:
    fill(path, found("10.1/a", b"old"), missing("10.1/b"))
    fill(path, missing("10.1/a"), found("10.1/b", b"new"))
    assert rows(path, "select value, status from answers order by value") == [
        ("10.1/a", "missing"),
        ("10.1/b", "found"),
    ]
    assert len(rows(path, "select * from bodies")) == 1


def test_one_body_is_kept_once_however_many_questions_it_answers(path: Path) -> None:
    fill(path, found("10.1/a", b"same"), found("W1", b"same", kind="id"), found("12", b"same", kind="pmid"))
    assert len(rows(path, "select * from bodies")) == 1
    assert len(rows(path, "select * from answers")) == 3


def test_a_body_is_kept_with_its_time_and_address(path: Path) -> None:
    fill(path, found("10.1/a"))
    assert rows(path, "select at, address from bodies") == [(AT, "https://api.test/works?a=b")]


def test_one_file_is_left_behind(path: Path) -> None:
    fill(path, found("10.1/a"))
    assert [child.name for child in path.parent.iterdir()] == ["cache.db"]


@pytest.fixture(params=["not a database", "half a database", "written by a newer version"])
def unusable(request: pytest.FixtureRequest, path: Path) -> Path:
    fill(path, *(found(f"10.1/{number}", bytes(range(256)) * 40) for number in range(50)))
    match request.param:
        case "not a database":
            path.write_bytes(b"not a database at all" * 1000)
        case "half a database":
            path.write_bytes(path.read_bytes()[:5000])
        case _:
            newer = "insert into _sqlite_migrations(migration_set, name) values ('cache', 'm999_later')"
            rows(path, newer)
    return path


def test_an_unusable_file_is_set_aside_with_one_sentence(unusable: Path, said: list[str]) -> None:
    cache = Cache(unusable, say=said.append)
    assert not cache.find([query("10.1/49")])
    cache.save([found("10.1/new")], "https://api.test")
    cache.close()
    assert len(said) == 1
    assert "set aside" in said[0]
    assert unusable.with_name("cache.db.aside").exists()
    again = Cache(unusable, say=said.append)
    assert again.find([query("10.1/new")])
    again.close()


def test_offline_an_unusable_file_stays_where_it_is(unusable: Path, said: list[str]) -> None:
    before = unusable.read_bytes()
    cache = Cache(unusable, read_only=True, say=said.append)
    assert not cache.find([query("10.1/49")])
    cache.close()
    assert len(said) == 1
    assert unusable.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path, said: list[str]) -> None:
    path = tmp_path / "photos.db"
    rows(path, "create table answers (x)")
    before = path.read_bytes()
    cache = Cache(path, say=said.append)
    cache.save([found("10.1/a")], "https://api.test")
    cache.close()
    assert path.read_bytes() == before
    assert said == ["the cache cannot be written (it belongs to another program); this run keeps its answers in memory"]


def test_a_file_damaged_in_its_middle_costs_requests_only(path: Path, said: list[str]) -> None:
    fill(path, *(found(f"10.1/{number}", bytes(range(256)) * 40) for number in range(200)))
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xff" * (len(content) - 12288)
    path.write_bytes(content)
    cache = Cache(path, say=said.append)
    answers = cache.find([query(f"10.1/{number}") for number in range(200)])
    cache.save([found("10.1/new")], "https://api.test")
    assert len(answers) < 200
    assert len(said) == 1
    assert cache.find([query("10.1/new")])
    cache.close()


def test_reading_alone_changes_nothing_and_keeps_answers_for_the_run(path: Path) -> None:
    fill(path, found("10.1/a"))
    before = path.read_bytes()
    cache = Cache(path, read_only=True)
    cache.save([found("10.1/b")], "https://api.test")
    assert set(cache.find([query("10.1/a"), query("10.1/b")])) == {query("10.1/a"), query("10.1/b")}
    cache.close()
    assert path.read_bytes() == before


def test_reading_alone_creates_no_file(path: Path) -> None:
    Cache(path, read_only=True).close()
    assert not path.parent.exists()


def test_a_file_that_another_process_holds_is_read_and_the_rest_stays_in_memory(
    path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    fill(path, found("10.1/a"))
    cache, other = Cache(path, say=said.append), sqlite3.connect(path)
    other.execute("begin immediate")
    cache.save([found("10.1/b")], "https://api.test")
    cache.save([found("10.1/c")], "https://api.test")
    assert len(cache.find([query("10.1/a"), query("10.1/b"), query("10.1/c")])) == 3
    assert len(said) == 1
    cache.close()
    other.close()


def test_a_place_where_no_file_can_be_is_said_once(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "file").write_text("x")
    cache = Cache(tmp_path / "file" / "cache.db", say=said.append)
    cache.save([found("10.1/a")], "https://api.test")
    assert cache.find([query("10.1/a")])
    cache.close()
    assert len(said) == 1


def test_all_answers_of_one_request_are_kept_or_none(path: Path) -> None:
    cache = Cache(path)
    odd = Answer(query=query("10.1/b"), status="found", bodies=(b"{}",), at=None)  # no time: the table refuses it
    with pytest.raises(sqlite3.IntegrityError):
        cache.save([found("10.1/a"), odd], "https://api.test")
    assert not cache.find([query("10.1/a")])
    cache.close()


def test_a_decision_is_kept_once_until_it_changes(path: Path) -> None:
    cache = Cache(path)
    cache.save_resolutions("list.md", "2026-11-22", [paper("a"), paper("b"), paper("b", duplicate_of=1)])
    cache.save_resolutions("list.md", "2026-11-23", [paper("a"), paper("b", resolution=Resolution(method="link-doi"))])
    cache.close()
    kept = rows(path, "select key, day from resolutions order by key, day")
    assert kept == [("a", "2026-11-22"), ("b", "2026-11-22"), ("b", "2026-11-23")]


def test_a_file_of_an_older_form_is_not_read_without_writing_and_not_left_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path, found("10.1/a"))
    rows(path, "delete from _sqlite_migrations where name = 'm002_resolutions_and_citations'")
    opened: list[sqlite3.Connection] = []
    real = sqlite3.connect

    def connect(*args: object, **options: object) -> sqlite3.Connection:
        opened.append(real(*args, **options))  # type: ignore[call-overload]
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(sqlite3.OperationalError):
        database.open_read_only(path)
    assert len(opened) == 2
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError):
            connection.execute("select 1")


def test_a_file_that_cannot_be_read_meanwhile_is_said_once_and_left_alone(path: Path, said: list[str]) -> None:
    fill(path, found("10.1/a"), found("10.1/b"))
    cache = Cache(path, say=said.append)
    rows(path, "drop table answers")
    assert cache.find([query("10.1/a"), query("10.1/b")]) == {}
    assert said == ["the cache cannot be read (no such table: answers); this run goes without it"]
    cache.save([found("10.1/c")], "https://api.test")
    assert set(cache.find([query("10.1/c")])) == {query("10.1/c")}
    cache.close()
    assert path.exists()
    assert not path.with_name("cache.db.aside").exists()
