"""Lists without links, end to end: what finding papers by their titles costs. Everything here is invented."""

import contextlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.services import StandIn
from tests.services.invent import papers
from tests.services.library import Case
from tests.services.shapes.facts import Facts
from tests.weeks import Week, World

UNLISTED = ("hidden", "crossref-only", "preprint")
"""Shapes of papers that no list of OpenAlex's shows."""


def listed(count: int) -> list[Facts]:
    """So many published papers that lists show."""
    return [facts for facts in papers(2 * count + 50) if facts.doi and facts.shape not in UNLISTED][:count]


def run(folder: Path, facts: list[Facts], rows: list[str], display_name: str = "exact", **options: Any) -> Week:
    """One week's run over rows, each a title and perhaps a link, of papers that the services know."""
    world = World(folder, [Case(facts=one) for one in facts])
    world.list_path.write_text(
        "\n".join(["# L", "", "| Title | Venue | Year | Link |", "|---|---|---|---|", *rows, ""])
    )

    def play(stand_in: StandIn) -> None:
        stand_in.switches.openalex_display_name = display_name  # type: ignore[assignment]

    with contextlib.chdir(folder):
        return world.week(play, **options)


def row(facts: Facts, title: str | None = None, link: str = "N/A") -> str:
    return f"| {title or facts.title} | {facts.container} | {facts.year} | {link} |"


@pytest.mark.parametrize(
    ("display_name", "most"),
    [("exact", 0.35), ("finds nothing", 1.07), ("refused", 1.07)],
    ids=["as its source says", "finds nothing", "refused"],
)
def test_titles_cost_a_third_of_a_request_where_three_of_four_are_as_recorded(
    tmp_path: Path, display_name: str, most: float
) -> None:
    facts = listed(120)
    rows = [row(one, one.title.replace("Study", "Stuyd") if at % 4 == 0 else None) for at, one in enumerate(facts)]
    week = run(tmp_path, facts, rows, display_name)
    assert [paper.ids.doi for paper in week.catalog.papers] == [one.doi for one in facts]
    assert week.count("openalex") + week.count("crossref") <= most * len(facts)
    assert week.dollars <= 0.001


def test_namesakes_of_an_exact_title_are_all_seen(tmp_path: Path) -> None:
    (one,) = listed(1)
    twin = Facts(number=900, title=one.title.upper(), authors=one.authors, year=one.year, doi="10.5555/twin")
    (paper,) = run(tmp_path, [one, twin], [f"| {one.title} | N/A | {one.year} | N/A |"]).catalog.papers
    assert (paper.status, paper.ids.doi) == ("ambiguous", None)
    assert {candidate.doi for candidate in paper.resolution.candidates} == {one.doi, "10.5555/twin"}


@pytest.mark.parametrize("display_name", ["exact", "finds nothing", "refused"])
def test_a_list_of_which_nothing_is_found_costs_a_tenth_of_a_day_at_most(tmp_path: Path, display_name: str) -> None:
    week = run(tmp_path, [], [row(one) for one in listed(150)], display_name)
    assert Counter(paper.status for paper in week.catalog.papers) == {"unmatched": 150}
    assert week.count("openalex", "search") == 80
    assert week.dollars <= 0.1
    again = run(tmp_path, [], [row(one) for one in listed(150)], display_name)
    assert again.dollars == 0


def test_a_row_whose_identifier_nobody_has_is_not_searched_for_money(tmp_path: Path) -> None:
    rows = [row(one, link=f"[Link](https://doi.org/10.5555/nobody.{one.number})") for one in listed(20)]
    week = run(tmp_path, [], rows)
    assert {paper.status for paper in week.catalog.papers} == {"unmatched"}
    assert week.count("openalex", "search") == 0


def test_without_money_a_row_that_is_not_found_stays_open(tmp_path: Path) -> None:
    week = run(tmp_path, [], [row(one) for one in listed(3)], budget_usd=0.0)
    assert {paper.status for paper in week.catalog.papers} == {"open"}
