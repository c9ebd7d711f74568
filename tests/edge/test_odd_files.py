"""Files that are no files: one clear sentence, and nothing lost."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edge import files
from pipeline.errors import UsageError


def test_a_pipe_and_a_device_are_no_lists(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.md")
    for path in (tmp_path / "list.md", Path("/dev/zero")):
        with pytest.raises(UsageError, match="is a pipe or a device, a file is needed"):
            files.load_text(path)


def test_a_list_that_no_list_could_be_is_refused_with_its_bound(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_bytes(b"x" * 10_000_001)
    with pytest.raises(UsageError, match="has more than 10 MB, which no list of papers needs"):
        files.load_text(tmp_path / "list.md")
    assert len(files.load_own(tmp_path / "list.md")) == 10_000_001


def test_a_link_stays_a_link_and_its_file_gets_the_text(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    files.save_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"


def test_a_pipe_that_nobody_reads_is_an_error_and_no_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "summary")
    with pytest.raises(UsageError, match="cannot be written"):
        files.save_text(tmp_path / "summary", "text")
    reader = os.open(tmp_path / "summary", os.O_RDONLY | os.O_NONBLOCK)
    files.save_text(tmp_path / "summary", "text")
    assert os.read(reader, 100) == b"text"
    os.close(reader)


def test_a_device_is_written_into(tmp_path: Path) -> None:
    files.save_text(Path("/dev/null"), "text")
    assert Path("/dev/null").is_char_device()


def test_links_in_a_circle_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(UsageError, match="cannot be written"):
        files.save_text(tmp_path / "a", "text")


@pytest.mark.parametrize("name", ["../escaped.txt", "/etc/passwd", "a/../../b", "", "a\x00b", "folder", "out/x"])
def test_a_journal_may_name_only_files_of_the_set(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    (out / "folder").mkdir(parents=True)
    (out / "out").symlink_to(tmp_path)
    journal = out / files._JOURNAL
    journal.write_text(f'["{name.replace(chr(0), chr(92) + "u0000")}"]')
    with pytest.raises(UsageError, match="which no run writes; remove the journal"):
        files.recover(out)
    assert not (tmp_path / "escaped.txt").exists()


def test_a_journal_that_names_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / files._JOURNAL).write_text('["notes.txt"]')
    with pytest.raises(UsageError, match="remove the journal"):
        files.save_all(tmp_path, {"catalog.json": "{}"}, is_ours=lambda name: name == "catalog.json")


def test_a_journal_that_is_not_readable_was_never_a_promise(tmp_path: Path) -> None:
    (tmp_path / files._JOURNAL).write_text("{")
    files.recover(tmp_path)
    assert not (tmp_path / files._JOURNAL).exists()


def test_a_folder_that_leads_elsewhere_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "references").symlink_to(elsewhere)
    with pytest.raises(UsageError, match=r"references: leads out of .*; remove the link\.$"):
        files.save_all(out, {"a.txt": "new", "references/2021.bib": "new"})
    assert (list(elsewhere.iterdir()), [path.name for path in out.iterdir()]) == ([], ["references"])


@pytest.mark.parametrize(("make", "words"), [(os.mkfifo, "a pipe or a device"), (os.mkdir, "a folder")])
def test_an_output_that_is_no_file_is_named_and_nothing_is_written(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(tmp_path / "feed.xml")
    with pytest.raises(UsageError, match=rf"feed\.xml: is {words}, a file is needed\.$"):
        files.save_all(tmp_path, {"a.txt": "new", "feed.xml": "new"})
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]
