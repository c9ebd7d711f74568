"""One run at a time for each output folder."""

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.edge.lock import lock
from pipeline.errors import OutputLockedError, UsageError

START = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_the_second_run_is_told_who_holds_the_folder_and_since_when(tmp_path: Path) -> None:
    out = tmp_path / "out"
    second = lock(out, wait_s=0.01, now=lambda: START + timedelta(minutes=5, seconds=30))
    with lock(out, wait_s=0, now=lambda: START), pytest.raises(OutputLockedError) as caught, second:
        pass
    assert str(caught.value) == (
        f"{out}: another run holds it: process {os.getpid()} on {socket.gethostname()}, "
        "since 2026-11-22 03:00 UTC, 5 min ago; waited 0.01 s."
    )


def test_a_lock_is_free_again_after_the_run_however_it_ended(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock(tmp_path, wait_s=0):
        raise ZeroDivisionError
    with lock(tmp_path, wait_s=0):
        pass


def test_different_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with lock(tmp_path / "a", wait_s=0), lock(tmp_path / "b", wait_s=0):
        pass


def test_an_owner_who_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".enrich.lock-owner").write_text("{half a")
    with lock(tmp_path, wait_s=0):
        (tmp_path / ".enrich.lock-owner").write_text("{half a")
        with pytest.raises(OutputLockedError, match="another run holds it; waited 0 s"), lock(tmp_path, wait_s=0):
            pass


def test_a_folder_that_cannot_be_written_is_said_before_the_run_begins(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="out: cannot be written"), lock(tmp_path / "out", wait_s=0):
        pass
