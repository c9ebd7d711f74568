"""A run whose inputs are those of the last finished one does nothing; whatever has changed causes the work anew."""

import asyncio
import io
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import finished
from pipeline.edge.cache import Cache
from pipeline.edge.lock import lock
from pipeline.edge.open import open_desk
from pipeline.errors import OutputLockedError
from pipeline.model import Answer, Query
from pipeline.options import Options, Result, read
from pipeline.progress import Talk
from pipeline.run import run
from tests.services import StandIn
from tests.services.library import from_cases
from tests.weeks import ENVIRONMENT, KEY, World

TODAY = "2026-01-11"
COUNT = 8
Change = Callable[[Path], object]


@dataclass
class Again:
    """A folder in which a run has finished, and what another one does there."""

    folder: Path
    stand_in: StandIn
    worked: int = 0
    """How often a run did its work, which begins with the desk."""
    said: list[str] = field(default_factory=list)

    def options(self, **given: Any) -> Options:
        paths = {"out": self.folder / "out", "cache": self.folder / "cache.db"}
        lists = given.pop("lists", (self.folder / "list.md",))
        return read(ENVIRONMENT, lists=lists, **{"today": TODAY, **paths, **given})

    def run(self, **given: Any) -> Result:
        def opening(*args: Any, **kwargs: Any) -> Any:
            self.worked += 1
            return open_desk(*args, transport=self.stand_in.transport(), sleep=partial(asyncio.sleep, 0), **kwargs)

        stream = io.StringIO()
        result = run(self.options(**given), Talk(quiet=False, stream=stream), opening=opening)
        self.said.append(stream.getvalue())
        return result

    def outputs(self) -> dict[str, bytes]:
        files = sorted(path for path in (self.folder / "out").rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


def services(world: World) -> StandIn:
    now = datetime.fromisoformat(f"{TODAY}T12:00:00Z").astimezone(UTC)
    return StandIn(from_cases(world.cases), keys={KEY}, limits=False, now=lambda: now)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("once")
    world = World.of(folder, COUNT)
    (folder / "known.bib").write_text("")
    (folder / "corrections.toml").write_text("")
    (folder / "enrich.toml").write_text("")
    done = Again(folder, services(world))
    done.run()
    assert done.worked == 1
    return done


@pytest.fixture
def again(once: Again, tmp_path: Path) -> Again:
    """The same folder elsewhere, to be changed; a run finished there too."""
    shutil.copytree(once.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "cache.db").unlink()
    here = Again(tmp_path, once.stand_in)
    here.run()
    here.worked = 0
    return here


def test_nothing_changed_so_nothing_is_done_and_the_same_is_said(again: Again) -> None:
    before = again.outputs()
    full = again.run(explain_skips=True)
    assert again.worked == 1
    result = again.run()
    assert again.worked == 1
    assert again.outputs() == before
    assert "Nothing was due: no request was sent." in result.text
    assert set(result.text.splitlines()) <= set(full.text.splitlines())
    assert again.said[0] == again.said[1] == again.said[2]


def test_the_full_work_would_have_written_the_same_bytes(again: Again) -> None:
    before = again.outputs()
    again.run(summary=again.folder / "summary.md")
    assert again.worked == 1
    assert again.outputs() == before


def rewrite(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return change


def sql(statement: str) -> Change:
    def change(folder: Path) -> None:
        db = sqlite3.connect(folder / "cache.db")
        with db:
            assert db.execute(statement).rowcount
        db.close()

    return change


CHANGES: dict[str, tuple[Change, dict[str, Any]]] = {
    "a row of the list": (rewrite("list.md", "| ", "|  "), {}),
    "known.bib": (lambda folder: (folder / "known.bib").write_text("% a word\n"), {}),
    "a correction": (lambda folder: (folder / "corrections.toml").write_text("# a word\n"), {}),
    "known.bib gone": (lambda folder: (folder / "known.bib").unlink(), {}),
    "a setting": (lambda folder: (folder / "enrich.toml").write_text("age_missing_days = 31\n"), {}),
    "the day": (lambda _: None, {"today": "2026-01-12"}),
    "refresh": (lambda _: None, {"refresh": True}),
    "older answers allowed": (lambda _: None, {"max_age": 30}),
    "letters for BibTeX": (lambda _: None, {"ascii_only": True}),
    "offline": (lambda _: None, {"offline": True}),
    "nothing to be written": (lambda _: None, {"dry_run": True}),
    "an output by hand": (rewrite("out/references.bib", "@", "% mine\n@"), {}),
    "an output gone": (lambda folder: (folder / "out/feed.xml").unlink(), {}),
    "the catalog gone": (lambda folder: (folder / "out/catalog.json").unlink(), {}),
    "a promise of an interrupted run": (lambda folder: (folder / "out/.enrich-journal.json").write_text("[]"), {}),
    "the cache gone": (lambda folder: (folder / "cache.db").unlink(), {}),
    "an answer": (sql("update answers set at = '2026-01-01T00:00:00Z' where rowid = 1"), {}),
    "an answer gone": (sql("delete from answers where rowid = 1"), {}),
    "a body": (sql("update bodies set data = x'00' where rowid = 1"), {}),
    "what is remembered, cut": (sql("update finished set run = substr(run, 1, 100)"), {}),
    "what is remembered, of other inputs": (sql("update finished set run = json_set(run, '$.inputs', 'ab')"), {}),
    "what is remembered, without files": (sql("update finished set run = json_set(run, '$.outputs', json('{}'))"), {}),
    "what is remembered, of another folder": (sql("update finished set out = '/elsewhere'"), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_has_changed_causes_the_work_anew(name: str, again: Again) -> None:
    change, options = CHANGES[name]
    before = again.outputs()
    change(again.folder)
    again.run(**options)
    assert again.worked == 1
    if not options and name != "a row of the list":
        assert again.outputs() == before


@pytest.mark.parametrize("part", ["code", "python", "msgspec"])
def test_another_version_of_the_program_trusts_nothing(
    part: str, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = dict(finished._program())
    assert part in versions
    monkeypatch.setattr(finished, "_program", lambda: versions | {part: "another"})
    again.run()
    assert again.worked == 1


def test_any_answer_that_is_written_forgets_the_finished_run(again: Again) -> None:
    store = Cache(again.folder / "cache.db")
    name = str((again.folder / "out").resolve())
    assert store.find_finished(name)
    asked = sqlite3.connect(again.folder / "cache.db").execute("select source, kind, value from answers").fetchone()
    query = Query(source=asked[0], kind=asked[1], value=asked[2])
    store.save([Answer(query=query, status="missing", at=f"{TODAY}T12:00:00Z")], "https://example.org/")
    assert store.find_finished(name) is None
    store.close()


def test_who_wants_younger_answers_within_the_day_gets_the_work(again: Again) -> None:
    again.run(max_age=1.0)
    again.run(max_age=1.0)
    assert again.worked == 2


def test_a_run_with_a_question_unanswered_is_not_finished(again: Again) -> None:
    (again.folder / "cache.db").unlink()
    for path in (again.folder / "out").rglob("*.*"):
        path.unlink()
    again.stand_in.fail("crossref", "status")
    again.run()
    again.stand_in.heal()
    again.run()
    assert again.worked == 2


def test_a_run_that_left_a_question_out_is_not_finished(again: Again) -> None:
    # After ten titles in vain no further list of titles is asked; another run would try it once more.
    rows = (f"| A title that nobody has written, number {n} of many | | 2020 | |" for n in range(60))
    (again.folder / "list.md").write_text(
        "\n".join(["| Title | Venue | Year | Link |", "|---|---|---|---|", *rows, ""])
    )
    again.run()
    again.run()
    assert again.worked == 2


def test_two_lists_in_one_folder_are_one_run(again: Again) -> None:
    lists = (again.folder / "list.md", again.folder / "other.md")
    shutil.copy(*lists)
    again.run(lists=lists)
    again.run(lists=lists)
    assert again.worked == 1
    (again.folder / "out" / "other" / "references.bib").write_text("")
    again.run(lists=lists)
    assert again.worked == 2


def test_another_run_that_holds_the_folder_is_waited_for(again: Again) -> None:
    (again.folder / "enrich.toml").write_text("lock_wait_s = 0.1\n")
    again.run()
    with lock(again.folder / "out", wait_s=1), pytest.raises(OutputLockedError):
        again.run()
    assert again.worked == 1
