"""Whenever a run is killed, the next one ends as if nothing had happened: the folder is kept as it was at every moment.

Moments are those at which something changes on the disk for good: before each request (what came before it is in the
cache) and before each rename of an output. `tests/kills.py` does the same to real processes.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services import StandIn
from tests.weeks import World, as_preprint

COUNT = 16


@pytest.fixture(scope="module")
def last_week(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Some papers were resolved, some found nowhere; since then the list and the services have changed."""
    world = World.of(tmp_path_factory.mktemp("last_week"), COUNT)
    everything = [*world.cases]
    world.cases = [case for place, case in enumerate(everything) if place % 4 != 3]
    for place in (0, 5, 8):
        world.change(place, facts=as_preprint(world.cases[place].facts))
    rows = world.list_path.read_text().splitlines(keepends=True)
    world.list_path.write_text("".join(rows[: 4 + COUNT * 3 // 4]))
    world.week()
    world.list_path.write_text("".join([*rows[:6], *rows[8:]]))
    world.cases = everything[:-2]
    world.move_counts(share=1)
    return world


class Album:
    """Copies of a world's folder, one for each moment."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.moments = world, folder, list[Path]()

    def keep(self) -> None:
        self.moments.append(self.folder / str(len(self.moments)))
        shutil.copytree(self.world.folder, self.moments[-1])

    def before_each_request(self, stand_in: StandIn) -> None:
        reply = stand_in.reply

        def keep_and_reply(*args: Any) -> Any:
            self.keep()
            return reply(*args)

        stand_in.reply = keep_and_reply  # type: ignore[assignment]

    def before_each_rename(self, rename: Callable[..., Path]) -> Callable[..., Path]:
        def keep_and_rename(path: Path, target: Path) -> Path:
            if path.is_relative_to(self.world.folder):
                self.keep()
            return rename(path, target)

        return keep_and_rename


def test_the_run_after_a_kill_at_any_moment_writes_what_an_undisturbed_one_writes(
    last_week: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = last_week.copy(tmp_path / "undisturbed")
    album = Album(world, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", album.before_each_rename(Path.replace))
        world.week(album.before_each_request)
    old, new = last_week.outputs(), world.outputs()
    assert old != new
    assert len(album.moments) > 20
    for moment in album.moments:
        after = World(moment, world.cases, day=world.day)
        after.list_path.write_bytes(world.list_path.read_bytes())
        after.week(days=0)
        assert after.outputs() == new, moment.name


def test_a_run_on_what_the_same_day_left_changes_nothing(last_week: World, tmp_path: Path) -> None:
    world = last_week.copy(tmp_path)
    world.week()
    outputs = world.outputs()
    world.week(days=0)
    assert world.outputs() == outputs
