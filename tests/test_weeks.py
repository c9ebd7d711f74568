"""The scheduled job over weeks: few requests, small diffs, and facts told apart from counts.

The whole year over 1,000 papers is `python -m tests.year`; these are its figures in small.
"""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.cli import main
from pipeline.edge.lock import lock
from pipeline.outputs import history
from tests.services import StandIn
from tests.services.library import Case
from tests.services.shapes.facts import Facts
from tests.weeks import Week, World, as_preprint

COUNT = 60
BATCH = {"openalex": 100, "crossref": 50}
HISTORY_BYTES = 2_000_000
"""A year over 1,000 papers of which 30 % move each week, twice a paper."""

Forget = Callable[[World], None]


def keep(world: World) -> None:
    pass


def lose_cache(world: World) -> None:
    world.cache.unlink(missing_ok=True)


MEMORIES = pytest.mark.parametrize("forget", [keep, lose_cache], ids=["warm cache", "lost cache"])


@pytest.fixture(scope="module")
def after_a_week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Week]]:
    world = World.of(tmp_path_factory.mktemp("weeks"), COUNT)
    return world, world.week()  # type: ignore[return-value]


@pytest.fixture
def world(after_a_week: tuple[World, Week], tmp_path: Path) -> World:
    return after_a_week[0].copy(tmp_path)


@MEMORIES
def test_a_week_in_which_nothing_changed_has_an_empty_diff(world: World, forget: Forget) -> None:
    before = world.outputs()
    forget(world)
    week = world.week()
    assert week.count("crossref") > 0
    assert world.outputs() == before
    assert week.summary.splitlines()[0] == "Nothing changed."


@MEMORIES
def test_a_refresh_asks_lists_by_id_and_no_search(world: World, forget: Forget) -> None:
    forget(world)
    world.move_counts()
    week = world.week(days=10)
    assert {paper.status for paper in week.catalog.papers} <= {"exact", "matched"}
    assert week.count("openalex", "list") <= math.ceil(COUNT / BATCH["openalex"]) + 1
    assert week.count("crossref") <= math.ceil(COUNT / BATCH["crossref"]) + 1
    assert week.count("openalex", "search") == 0
    assert not [seen for seen in week.stand_in.seen if "query" in seen.target]
    known = {paper.ids.openalex for paper in week.catalog.papers} - {None}
    singles = [seen.target for seen in week.stand_in.seen if seen.pool == "single"]
    assert not [target for target in singles if any(str(work) in target for work in known)]


def test_a_work_that_lists_hide_is_refreshed_without_a_singleton(tmp_path: Path) -> None:
    world = World.of(tmp_path, 4)
    for place in range(4):
        world.change(place, facts=msgspec.structs.replace(world.cases[place].facts, shape="hidden"))
    world.week()
    world.move_counts(share=1)
    week = world.week()
    assert week.count("openalex", "single") == 0
    assert {p.citations.openalex.as_of for p in week.catalog.papers if p.citations.openalex} == {week.day}


def test_eight_weeks_only_append_to_the_history(world: World) -> None:
    lines = 0
    for _ in range(8):
        before = (world.out / "citations.csv").read_text()
        world.move_counts()
        week = world.week()
        after = (world.out / "citations.csv").read_text()
        assert after.startswith(before)
        added = history.read(after)[len(history.read(before)) :]
        assert {row.date for row in added} == {week.day}
        assert len(added) <= week.summary.count("| openalex |") + week.summary.count("| crossref |") or len(added) > 10
        lines = max(lines, *(len(line) + 1 for line in after.splitlines()))
    assert lines * 2 * 1000 * (1 + 52 * 0.3) < HISTORY_BYTES


@MEMORIES
def test_a_fruitless_search_is_repeated_after_growing_pauses(tmp_path: Path, forget: Forget) -> None:
    world = World.of(tmp_path, 3)  # the third has no link
    world.change(2, agency="nobody")
    searched = []
    for week in range(40):
        forget(world)
        found = world.week()
        searches = [seen for seen in found.stand_in.seen if "query.bibliographic" in seen.target]
        searched += [week] * bool(searches)
        assert len(searches) <= 1
    assert searched == [0, 5, 14, 32]
    assert found.catalog.papers[2].status == "unmatched"
    assert found.catalog.papers[2].resolution.searches == 4


@pytest.mark.parametrize(
    ("forget", "day"),
    # With a cache the search waits for its pause; without one the record itself is read again, and it names the DOI.
    [(keep, "2026-02-15"), (lose_cache, "2026-01-18")],
    ids=["warm cache", "lost cache"],
)
def test_a_preprint_is_asked_again_until_it_is_published(tmp_path: Path, forget: Forget, day: str) -> None:
    world = World.of(tmp_path, 7)
    published = msgspec.structs.replace(world.cases[6].facts, arxiv="2511.90007", shape="merged", year=2026)
    world.change(6, facts=as_preprint(published))
    world.__post_init__()
    first = world.week()
    world.change(6, facts=published)
    weeks = []
    for _ in range(6):
        forget(world)
        weeks.append(world.week())
    old, new = first.catalog.papers[6], weeks[-1].catalog.papers[6]
    assert (old.type, old.ids.doi) == ("preprint", "10.48550/arxiv.2511.90007")
    assert (new.type, new.ids.doi, new.key) == ("article", published.doi, old.key)
    assert [version.kind for version in new.versions] == ["published", "preprint"]
    told = [week for week in weeks if "## Preprints now published" in week.summary]
    assert [week.day for week in told] == [day]


def update(kind: str, doi: str) -> dict[str, Any]:
    updated = {"date-parts": [[2026, 1, 10]]}
    return {"DOI": doi, "type": kind, "label": kind, "source": "publisher", "updated": updated}


NOTICES = [
    pytest.param({"crossref": {"updated-by": [update("retraction", "10.5555/n")]}}, "retraction", id="retraction"),
    pytest.param({"crossref": {"updated-by": [update("withdrawal", "10.5555/n")]}}, "retraction", id="withdrawal"),
    pytest.param({"openalex": {"is_retracted": True}}, None, id="OpenAlex's flag"),
    pytest.param({"crossref": {"updated-by": [update("erratum", "10.5555/n")]}}, "correction", id="erratum"),
    pytest.param({"crossref": {"updated-by": [update("corrigendum", "10.5555/n")]}}, "correction", id="corrigendum"),
    pytest.param({"crossref": {"updated-by": [update("expression_of_concern", "10.5555/n")]}}, "concern", id="concern"),
]


@pytest.mark.parametrize(("said", "kind"), NOTICES)
def test_only_a_retraction_retracts_and_it_comes_first(world: World, said: dict[str, Any], kind: str | None) -> None:
    world.change(1, **said)
    world.move_counts()
    week = world.week()
    paper, is_retracted = week.catalog.papers[1], kind in ("retraction", None)
    assert paper.retracted is is_retracted
    assert [notice.kind for notice in paper.notices] == ([kind] if kind else [])
    lines = week.summary.splitlines()
    assert (lines[2] == "> [!CAUTION]") is is_retracted
    assert ("**Retracted:**" in lines[3]) is is_retracted
    world.cache.unlink()
    silent = world.week(lambda stand_in: stand_in.fail("all", "refused")).catalog.papers[1]
    assert (silent.retracted, silent.notices) == (paper.retracted, paper.notices)


def without_exact_titles(stand_in: StandIn) -> None:
    stand_in.switches.openalex_display_name = "refused"


@pytest.mark.parametrize(
    ("kind", "is_retracted"), [("retraction", True), ("erratum", False)], ids=["retraction", "erratum"]
)
def test_a_notice_met_in_a_search_speaks_of_its_paper_for_good(tmp_path: Path, kind: str, is_retracted: bool) -> None:
    world = World.of(tmp_path, 3)
    paper = world.cases[2].facts
    notice = Facts(number=900, title=f"{kind.title()}: {paper.title}", authors=paper.authors, year=2026,
                   doi="10.5555/notice.1", container=paper.container, shape="crossref-only")  # fmt: skip
    world.beside = (Case(facts=notice, crossref={"update-to": [update(kind, str(paper.doi))]}),)
    weeks = [world.week(without_exact_titles)]  # so that the paper is searched for
    world.cache.unlink()
    weeks.append(world.week())
    assert weeks[1].count("crossref") == 1
    for week in weeks:
        found = week.catalog.papers[2]
        assert (found.ids.doi, found.retracted) == (paper.doi, is_retracted)
        assert [notice.doi for notice in found.notices] == ["10.5555/notice.1"]


def settings(world: World, text: str) -> None:
    (world.folder / "enrich.toml").write_text(text)


def add_unknown_row(world: World) -> None:
    with world.list_path.open("a") as file:
        file.write(
            "| A paper that no source has ever heard of | Nowhere | 2020 | [Link](https://nowhere.example/1) |\n"
        )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[list."list.md"]\nmin_entries = 62\n', "61 papers, at least 62 expected"),
        ('[list."list.md"]\nmin_resolved_percent = 100\n', "98.4 % resolved, at least 100 % are expected"),
        ('[list."other.md"]\nmin_entries = 62\n', None),
    ],
    ids=["entries", "resolved", "of another list"],
)
def test_a_missed_expectation_fails_the_run_after_writing(world: World, text: str, complaint: str | None) -> None:
    settings(world, text)
    add_unknown_row(world)
    world.move_counts(share=1)
    week = world.week()
    assert week.result.status == (1 if complaint else 0)
    assert week.result.complaints == ((f"expectation missed: list.md: {complaint}",) if complaint else ())
    assert week.day in (world.out / "catalog.json").read_text()
    assert week.summary.startswith("> [!WARNING]") is bool(complaint)


def test_the_share_of_resolved_papers_is_not_judged_without_an_answer(world: World) -> None:
    settings(world, '[list."list.md"]\nmin_resolved_percent = 100\n')
    add_unknown_row(world)
    assert world.week(lambda stand_in: stand_in.fail("all", "refused")).result.status == 0


def test_a_second_run_waits_and_then_ends_with_4(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    settings(world, "lock_wait_s = 0.05\n")
    before = world.outputs()
    with lock(world.out, wait_s=0):
        status = main(["run", str(world.list_path), "--out", str(world.out), "--offline"])
    assert status == 4
    assert "another run holds it: process" in capsys.readouterr().err
    assert world.outputs() == before


@pytest.mark.parametrize("facts_changed", [False, True], ids=["counts", "facts"])
def test_diff_tells_facts_from_counts_by_its_exit_status(world: World, tmp_path: Path, facts_changed: bool) -> None:
    old, new = tmp_path / "old.json", world.out / "catalog.json"
    old.write_bytes(new.read_bytes())
    world.move_counts(share=1)
    if facts_changed:
        world.change(0, openalex={"is_retracted": True})
    world.week()
    assert main(["diff", str(old), str(new)]) == 0
    assert main(["diff", "--exit-code", str(old), str(new)]) == int(facts_changed)
