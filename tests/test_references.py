"""What papers cite, from OpenAlex's references to everything a reader sees: who cites whom, and candidates to add."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.invent import papers
from tests.services.library import Case
from tests.services.shapes.facts import Facts
from tests.weeks import Week, World

COUNT = 8
MARKED = "Pipes | and Losses < 5 & Nowhere"
LACKED = {
    901: ("A Survey of Invented Encoders", 2019, 6),
    902: ("Counting Imaginary Cells", 2017, 4),
    903: (MARKED, 2015, 3),
}
"""Works that the list lacks: number -> title, year, how many papers of the list cite it."""
TOO_FEW = 904
"""Cited by two papers only."""
UNKNOWN = 905
"""Cited by five papers, but OpenAlex answers nothing about it."""


def lacked(number: int, title: str, year: int) -> Case:
    facts = Facts(
        number=number, title=title, year=year, doi=f"10.5555/lacked.{number}", authors=(("Nobody", "Nowhere"),)
    )
    return Case(facts=facts)


def cites(place: int) -> tuple[int, ...]:
    """Each paper cites the one before it, and the first papers the works that the list lacks."""
    outside = {number: count for number, (_, _, count) in LACKED.items()} | {TOO_FEW: 2, UNKNOWN: 5}
    return (*([place] if place else []), *(number for number, count in outside.items() if place < count))


def plain_papers() -> Iterator[Facts]:
    """Yield papers that the list links by DOI, so that each is one work of OpenAlex."""
    for facts in papers(COUNT):
        number = facts.number
        yield msgspec.structs.replace(
            facts, shape="plain", arxiv=None, type="article", container="Invented Journal of Imaging",
            year=2010 + number, doi=f"10.5555/listed.{number}",
        )  # fmt: skip


def world_of(folder: Path, *, with_references: bool = True) -> World:
    cases = [
        Case(facts=msgspec.structs.replace(facts, cites=cites(place) if with_references else ()))
        for place, facts in enumerate(plain_papers())
    ]
    beside = [lacked(number, title, year) for number, (title, year, _) in LACKED.items()]
    return World(folder, cases, (*beside, lacked(TOO_FEW, "Read by two", 2016)))


@pytest.fixture(scope="module")
def after_a_week(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Week]:
    world = world_of(tmp_path_factory.mktemp("references"))
    return world, world.week()


def suggested(world: World) -> Any:
    return json.loads((world.out / "suggestions.json").read_text("utf-8"))


def test_the_catalog_says_who_cites_whom(after_a_week: tuple[World, Week]) -> None:
    papers = after_a_week[1].catalog.papers
    assert [paper.cites for paper in papers] == [(), *((paper.key,) for paper in papers[:-1])]


def test_candidates_have_title_year_and_count_and_the_most_cited_is_first(after_a_week: tuple[World, Week]) -> None:
    assert suggested(after_a_week[0]) == {
        "papers": COUNT,
        "works": [
            {"openalex": f"W99{number:08d}", "doi": f"10.5555/lacked.{number}", "title": title, "year": year,
             "cited_by": count}
            for number, (title, year, count) in LACKED.items()
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "counted", "marked"),
    [
        ("index.html", "{title}</a>, {year}: cited by {count}</li>", "Pipes | and Losses &lt; 5 &amp; Nowhere"),
        ("README.md", ") | {year} | {count} of 8 |", "Pipes &#124; and Losses &lt; 5 &amp; Nowhere"),
        ("issues.md", ") | {year} | {count} of 8 |", "Pipes &#124; and Losses &lt; 5 &amp; Nowhere"),
    ],
)
def test_candidates_stand_where_people_look(
    after_a_week: tuple[World, Week], name: str, counted: str, marked: str
) -> None:
    text = (after_a_week[0].out / name).read_text("utf-8")
    for number, (title, year, count) in LACKED.items():
        shown = marked if title == MARKED else title
        lines = [line for line in text.split("\n") if f"https://doi.org/10.5555/lacked.{number}" in line]
        assert len(lines) == 1
        assert shown in lines[0]
        assert counted.format(title=shown, year=year, count=count) in lines[0]
    assert "Read by two" not in text


def test_the_page_has_the_picture_and_the_links(after_a_week: tuple[World, Week]) -> None:
    world, week = after_a_week
    page = (world.out / "index.html").read_text("utf-8")
    assert "Who cites whom in the list" in page
    assert f"Who cites whom: {COUNT} papers of the list cite or are cited in it." in page
    assert (world.out / "pictures" / "who-cites-whom.svg").read_text("utf-8").startswith("<svg")
    assert f'"cites":["{week.catalog.papers[0].key}"]' in page


def test_the_names_of_candidates_cost_one_list_request_once(after_a_week: tuple[World, Week], tmp_path: Path) -> None:
    world, first = after_a_week
    without = world_of(tmp_path, with_references=False).week()
    assert first.count("openalex", "list") == without.count("openalex", "list") + 1
    again = world.copy(tmp_path / "again")
    before = again.outputs()
    second = again.week(days=0)
    assert sum(second.stand_in.meter.requests.values()) == 0
    assert again.outputs() == before
    later = again.week()
    assert not [seen.target for seen in later.stand_in.seen if "W99000009" in seen.target]
    assert again.outputs() == before


def test_a_candidate_that_is_listed_is_none_any_more(after_a_week: tuple[World, Week], tmp_path: Path) -> None:
    world = after_a_week[0].copy(tmp_path)
    world.cases.append(world.beside[0])
    world.beside = world.beside[1:]
    world.__post_init__()
    week = world.week()
    assert [one["title"] for one in suggested(world)["works"]] == [title for title, _, _ in list(LACKED.values())[1:]]
    listed = week.catalog.papers[-1]
    assert sum(listed.key in paper.cites for paper in week.catalog.papers) == 6
