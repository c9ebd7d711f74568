"""Bad weeks: whatever the sources do, no value is lost, what is old says since when, and the next week heals."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.model import Paper
from tests.services import StandIn
from tests.services.faults import Kind
from tests.weeks import Break, Week, World

BOOKKEEPING = {"stale_since": None, "issues": ()}
BOTH = ("openalex", "crossref")


def broken(*sources: str, kind: Kind = "status", **details: Any) -> Break:
    def break_it(stand_in: StandIn) -> None:
        for source in sources:
            stand_in.fail(source, kind, **details)

    return break_it


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Week]]:
    """A list that was resolved in one week and refreshed in the next, when counts had moved."""
    world = World.of(tmp_path_factory.mktemp("settled"), 16)
    world.week()
    world.move_counts(share=1)
    return world, world.week()  # type: ignore[return-value]


@pytest.fixture(params=[False, True], ids=["warm cache", "lost cache"])
def world(settled: tuple[World, Week], request: pytest.FixtureRequest, tmp_path: Path) -> World:
    copy = settled[0].copy(tmp_path)
    if request.param:
        copy.cache.unlink()
    return copy


def facts(papers: tuple[Paper, ...]) -> list[Paper]:
    return [msgspec.structs.replace(paper, **BOOKKEEPING) for paper in papers]


OUTAGES = [
    pytest.param(broken("crossref"), {"crossref"}, id="Crossref fails"),
    pytest.param(broken("crossref", kind="refused"), {"crossref"}, id="Crossref is gone"),
    pytest.param(broken("openalex", kind="throttled", retry_after="3600"), {"openalex"}, id="OpenAlex throttles"),
    pytest.param(broken("openalex", kind="unauthorized"), {"openalex"}, id="OpenAlex wants a key"),
    pytest.param(broken(*BOTH), set(BOTH), id="both fail"),
    pytest.param(broken("all", kind="refused"), set(BOTH), id="no network"),
    pytest.param(broken("all", kind="garbage"), set(BOTH), id="a hotel's login page"),
    pytest.param(broken("all", kind="truncated"), set(BOTH), id="answers cut short"),
    pytest.param(broken("all", kind="json"), set(BOTH), id="JSON of another kind"),
    pytest.param(broken("all", kind="wrong-types"), set(BOTH), id="every field of another type"),
    pytest.param(broken("all", kind="nulls"), set(BOTH), id="every field null"),
    pytest.param(broken("all", kind="foreign"), set(BOTH), id="works that nobody asked for"),
    pytest.param(broken("all", kind="negative-counts"), set(BOTH), id="counts below zero"),
    pytest.param(broken("all", kind="forbidden"), set(BOTH), id="blocked"),
    pytest.param(broken("all", kind="redirect"), set(BOTH), id="sent elsewhere"),
]


@pytest.mark.parametrize(("break_it", "silent"), OUTAGES)
def test_an_outage_loses_no_value_and_the_next_week_heals(
    settled: tuple[World, Week], world: World, break_it: Break, silent: set[str]
) -> None:
    before = settled[1]
    bad = world.week(break_it, require_fresh=True)
    assert facts(bad.catalog.papers) == facts(before.catalog.papers)
    assert bad.stale - {None} == {before.day}
    assert bad.result.status == (5 if silent else 0)
    assert all(source in str(bad.result.complaints) for source in silent)
    healed = world.week(require_fresh=True)
    assert healed.result.status == 0
    assert healed.stale == {None}
    assert facts(healed.catalog.papers) == facts(before.catalog.papers)


def test_without_require_fresh_an_outage_ends_with_0(world: World) -> None:
    assert world.week(broken("all", kind="refused")).result.status == 0


def test_a_second_bad_week_keeps_the_day_of_the_last_usable_answer(settled: tuple[World, Week], world: World) -> None:
    bad, worse = (world.week(broken("crossref")) for _ in range(2))
    assert bad.stale == worse.stale == {settled[1].day}
    assert worse.summary.startswith("Nothing changed. 16 papers keep older values")


def test_the_other_source_goes_on_when_one_is_down(world: World) -> None:
    world.move_counts(share=1)
    bad = world.week(broken("crossref"))
    moved = [paper.citations for paper in bad.catalog.papers if paper.citations.openalex]
    assert {count.openalex.as_of for count in moved if count.openalex} == {bad.day}
    assert bad.day not in {count.crossref.as_of for count in moved if count.crossref}


@pytest.mark.parametrize(
    ("break_it", "options"),
    [(broken("openalex", kind="budget"), {}), (lambda _: None, {"budget_usd": 0.0})],
    ids=["OpenAlex says so", "--budget-usd 0"],
)
def test_a_spent_budget_refreshes_by_what_is_free(world: World, break_it: Break, options: dict[str, Any]) -> None:
    world.move_counts(share=1)
    poor = world.week(break_it, require_fresh=True, **options)
    assert poor.result.status == 0
    assert (poor.dollars, poor.stale) == (0.0, {None})
    assert {p.citations.openalex.as_of for p in poor.catalog.papers if p.citations.openalex} == {poor.day}
    assert poor.count("openalex", "single") >= 15


def test_a_count_that_falls_is_an_answer(settled: tuple[World, Week], world: World) -> None:
    world.move_counts(share=1, step=-1)
    fallen = world.week()
    for old, new in zip(settled[1].catalog.papers, fallen.catalog.papers, strict=True):
        assert old.citations.crossref
        assert new.citations.crossref
        assert new.citations.crossref.count == max(0, old.citations.crossref.count - 1)


def test_offline_nothing_becomes_stale_and_nothing_changes(world: World) -> None:
    before = world.outputs()
    idle = world.week(offline=True, require_fresh=True)
    assert (idle.result.status, idle.stale, world.outputs()) == (0, {None}, before)


def test_what_is_left_for_tomorrow_is_said(tmp_path: Path) -> None:
    world = World.of(tmp_path, 16)
    world.cases = world.cases[:8]  # the other half is in no source, so that searches are what is left
    text = world.week(budget_usd=0.0).summary
    assert "Left for tomorrow's budget, most valuable first: " in text
    assert " openalex search" in text


def test_a_dry_run_writes_nothing(world: World) -> None:
    before, had_cache = world.outputs(), world.cache.exists()
    world.move_counts(share=1)
    assert "citation counts moved" in world.week(dry_run=True).summary
    assert (world.outputs(), world.cache.exists()) == (before, had_cache)
