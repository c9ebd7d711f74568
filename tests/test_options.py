"""What the user can say: arguments and environment, read once."""

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline import options
from pipeline.errors import UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path


def read(**given: Any) -> options.Options:
    return options.read({}, **given)


def test_the_default_lists_are_those_of_data_raw_but_no_readme(folder: Path) -> None:
    for name in ("b.md", "a.md", "README.md", "notes.txt"):
        (folder / "data/raw" / name).touch()
    assert [path.as_posix() for path in read().lists] == ["data/raw/a.md", "data/raw/b.md"]


def test_lists_named_by_hand_replace_the_default_ones(folder: Path) -> None:
    (folder / "data/raw/a.md").touch()
    assert read(lists=(Path("x.md"),)).lists == (Path("x.md"),)


def test_a_file_named_by_a_default_may_be_missing(folder: Path) -> None:
    assert (read().known, read().corrections) == (None, None)


@pytest.mark.parametrize(
    ("lists", "cache"),
    [((), "data/raw/cache.db"), ((Path("other/x.md"),), "other/cache.db"), ((Path("x.md"),), "cache.db")],
    ids=["the default lists", "a list elsewhere", "a list here"],
)
def test_the_cache_lies_beside_the_list(lists: tuple[Path, ...], cache: str) -> None:
    assert read(lists=lists).cache == Path(cache)


SET_UP = 'lists = ["papers/a.md", "README.md"]\nout = "site"\n'


def test_the_settings_name_the_lists_and_the_folder(folder: Path) -> None:
    (folder / "enrich.toml").write_text(SET_UP)
    assert read().lists == (Path("papers/a.md"), Path("README.md"))
    assert (read().out, read(out=Path("x")).out) == (Path("site"), Path("x"))
    assert read(lists=(Path("papers/a.md"),)).out == Path("site")
    assert read(lists=(Path("foreign.md"),)).out == Path("data/enriched")


def test_paths_of_the_settings_start_from_their_file(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other/enrich.toml").write_text(SET_UP)
    assert read(lists=(Path("other/README.md"),)).out == Path("other/site")


def test_settings_stand_beside_the_list_or_here_or_in_the_project(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.enrich]\nlock_wait_s = 1\n")
    assert read().config.lock_wait_s == 1
    (folder / "enrich.toml").write_text("lock_wait_s = 2\n")
    assert read(lists=(Path("data/raw/a.md"),)).config.lock_wait_s == 2
    (folder / "data/raw/enrich.toml").write_text("lock_wait_s = 3\n")
    assert read(lists=(Path("data/raw/a.md"),)).config.lock_wait_s == 3


@pytest.mark.parametrize("name", ["known", "corrections"])
def test_a_file_named_by_hand_may_not_be_missing(name: str) -> None:
    with pytest.raises(UsageError, match=r"^nowhere\.txt: no such file\.$"):
        read(**{name: Path("nowhere.txt")})


def test_today_sets_the_clock() -> None:
    assert read(today="2026-11-22").today == "2026-11-22"
    assert read(today="2026-11-22").now.isoformat() == "2026-11-22T12:00:00+00:00"


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("no date", {"today": "22.11.2026"}, "--today 22.11.2026: not an ISO date"),
    ("no such day", {"today": "2026-02-30"}, "--today 2026-02-30: not an ISO date"),
    ("negative age", {"max_age": -1.0}, "--max-age -1.0: must be a number from 0"),
    ("no number", {"max_age": float("nan")}, "--max-age nan: must be a number from 0"),
    ("negative budget", {"budget_usd": -0.5}, "--budget-usd -0.5: must be a number from 0"),
    ("summary without its folder", {"summary": Path("nowhere/summary.md")}, "nowhere/summary.md: cannot be written"),
    ("summary is a folder", {"summary": Path("data")}, "data: cannot be written"),
]


@pytest.mark.parametrize(("given", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_meant_is_refused_before_anything_is_done(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(**given)
    assert str(raised.value).startswith(message)


def test_zero_is_a_number_too() -> None:
    assert (read(max_age=0.0).max_age, read(budget_usd=0.0).budget_usd) == (0, 0)


def test_secrets_are_not_shown() -> None:
    shown = repr(options.read({"OPENALEX_API_KEY": "sesame", "ENRICH_MAILTO": "nobody@example.org"}))
    assert "sesame" not in shown
    assert "nobody@example.org" not in shown


def test_a_pipe_as_cache_and_a_name_that_no_output_could_say_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cache.db")
    with pytest.raises(UsageError, match="is a pipe or a device, a file or folder is needed"):
        read(cache=tmp_path / "cache.db")
    with pytest.raises(UsageError, match="the name is not UTF-8"):
        read(lists=(Path("list-\udcff.md"),))
