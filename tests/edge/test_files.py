"""Inputs fail in one sentence; outputs are old or new."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.edge.files import load_text, recover, save_all, save_text
from pipeline.errors import UsageError

OLD = {"a.json": "old a", "sub/b.bib": "old b"}
NEW = {"a.json": "new a", "sub/b.bib": "new b"}


def contents(folder: Path) -> dict[str, str]:
    """Every file, and so everything that must not be left behind."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbf# List\n", "# List\n"),
        (b"a\r\nb\n", "a\r\nb\n"),
        ("“ü”\n".encode(), "“ü”\n"),
    ],
    ids=["empty", "byte order mark", "line ends are kept", "curly quotes"],
)
def test_text_is_read_as_it_is(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "list.md").write_bytes(content)
    assert load_text(tmp_path / "list.md") == text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.md", "none.md: no such file."),
        ("folder", "folder: is a folder, a file is needed."),
        ("latin.md", "latin.md:3: is not UTF-8 text."),
        ("utf16.md", "utf16.md:1: is not UTF-8 text."),
        ("nul\x00.md", "cannot be read"),
        ("list.md/none.md", "none.md: cannot be read (Not a directory)."),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "list.md").write_text("x")
    (tmp_path / "latin.md").write_bytes(b"one\ntwo\nthr\xe9e\n")
    (tmp_path / "utf16.md").write_bytes("# List".encode("utf-16"))
    with pytest.raises(UsageError) as caught:
        load_text(tmp_path / name)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_set_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert save_all(tmp_path / "new" / "folder", NEW) == ("a.json", "sub/b.bib")
    assert contents(tmp_path / "new" / "folder") == NEW


def _identity(path: Path) -> tuple[int, int, int]:
    """What writing would change; the time of the last reading is none of it."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def test_files_that_do_not_change_are_not_touched(tmp_path: Path) -> None:
    save_all(tmp_path, OLD)
    before = _identity(tmp_path / "a.json")
    mixed: dict[str, str | bytes] = {"a.json": "old a", "sub/b.bib": b"new b"}
    assert save_all(tmp_path, mixed) == ("sub/b.bib",)
    assert _identity(tmp_path / "a.json") == before
    assert contents(tmp_path) == {"a.json": "old a", "sub/b.bib": "new b"}


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    save_all(tmp_path, OLD)
    (tmp_path / "a.json").chmod(0o640)
    save_all(tmp_path, NEW)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["../a", "sub/../../a", "/etc/a", "a/", "", "."])
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="below the folder"):
        save_all(tmp_path, {name: "x"})


class KilledError(BaseException):
    """Stands for a kill at one moment, after which nothing of ours runs."""


def _calls(monkeypatch: pytest.MonkeyPatch, stop_at: int) -> Callable[[], int]:
    """Let the world end at one of the system calls that write, counted."""
    count = 0

    def count_and_stop(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count > stop_at:
                raise KilledError
            return real(*args, **options)

        return call

    monkeypatch.setattr(Path, "replace", count_and_stop(Path.replace))
    monkeypatch.setattr(Path, "unlink", count_and_stop(Path.unlink))
    monkeypatch.setattr(os, "fsync", count_and_stop(os.fsync))
    return lambda: count


def test_a_set_that_was_cut_off_at_any_moment_is_old_or_new_for_the_next_run(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        save_all(tmp_path / "counted", OLD)
        calls = _calls(patch, sys.maxsize)
        save_all(tmp_path / "counted", NEW)
        moments = calls()
    seen = []
    for moment in range(moments):
        folder = tmp_path / str(moment)
        save_all(folder, OLD)
        with pytest.MonkeyPatch.context() as patch, suppress(KilledError):
            _calls(patch, moment)
            save_all(folder, NEW)
            pytest.fail("it was to be killed")
        recover(folder)
        seen.append({name: contents(folder)[name] for name in NEW})
        save_all(folder, {})
        assert set(contents(folder)) == set(NEW)
    assert seen[0] == OLD
    assert seen[-1] == NEW
    assert seen == sorted(seen, key=[OLD, NEW].index)


def test_an_interrupt_while_renaming_finishes_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_all(tmp_path, OLD)
    real, count = Path.replace, 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        save_all(tmp_path, NEW)
    recover(tmp_path)
    assert contents(tmp_path) == NEW


def test_a_name_that_is_a_folder_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    save_all(tmp_path, OLD)
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(UsageError, match=r"c\.csv: is a folder, a file is needed\."):
        save_all(tmp_path, {**NEW, "c.csv": "x"})
    assert contents(tmp_path) == OLD


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_all(tmp_path, OLD)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        save_all(tmp_path, NEW)
    assert contents(tmp_path) == OLD


def test_a_folder_that_is_a_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="out: cannot be written"):
        save_all(tmp_path / "out", NEW)


def test_recovering_where_there_is_nothing_changes_nothing(tmp_path: Path) -> None:
    recover(tmp_path / "none")
    recover(tmp_path)
    assert not list(tmp_path.iterdir())


def test_one_file_is_written_whole(tmp_path: Path) -> None:
    save_text(tmp_path / "summary.md", "one")
    save_text(tmp_path / "summary.md", "two")
    assert contents(tmp_path) == {"summary.md": "two"}
    with pytest.raises(UsageError, match=r"summary\.md: cannot be written"):
        save_text(tmp_path / "none" / "summary.md", "x")
