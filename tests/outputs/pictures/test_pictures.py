import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from pipeline.model import Author, Citations, Paper
from pipeline.outputs.pictures import numbers, pictures
from tests.outputs.invented import HOSTILE, LANTERNS, paper


def of_year(year: int | None, category: str | None = "Field", **changes: Any) -> Paper:
    listed = msgspec.structs.replace(LANTERNS.listed, category=category)
    return paper(**{"key": f"k{year}{category}", "year": year, "listed": listed} | changes)


CITING = (
    of_year(2030, key="a", authors=(Author(family="Okafor"), Author(family="Li")), title="The first"),
    of_year(2031, "Theory", key="b", cites=("a",)),
    of_year(2032, key="c", cites=("a", "b")),
    of_year(2032, key="alone"),
)


def test_papers_are_counted_by_year_and_category_with_the_empty_years() -> None:
    counts = numbers.papers_by_year([of_year(2030), of_year(2032), of_year(2032, "Theory"), of_year(2032)])
    assert counts == numbers.Counts(
        columns=("2030", "2031", "2032"),
        series=(numbers.Series(name="Field", counts=(1, 0, 2)), numbers.Series(name="Theory", counts=(0, 0, 1))),
    )


def test_rare_categories_are_counted_together() -> None:
    counts = numbers.papers_by_year([of_year(2030, f"c{n}") for n in range(20)])
    assert counts is not None
    assert [one.name for one in counts.series][-2:] == ["c13", "all others"]
    assert sum(one.counts[0] for one in counts.series) == 20


def test_citations_are_those_of_the_most_cited() -> None:
    many = [of_year(2030, key=f"k{n}", citations=Citations(by_year={"2030": n, "2032": 1})) for n in range(9)]
    counts = numbers.citations_by_year(many)
    assert counts is not None
    assert counts.columns == ("2030", "2031", "2032")
    assert [one.counts for one in counts.series] == [(n, 0, 1) for n in range(8, 2, -1)]


def test_a_paper_of_long_ago_and_one_that_nobody_cited_spoil_no_picture() -> None:
    counts = numbers.papers_by_year([of_year(1713), of_year(2030), of_year(2031)])
    assert counts is not None
    assert (counts.columns[0], counts.columns[-1], len(counts.columns)) == ("1952", "2031", 80)
    assert numbers.citations_by_year([of_year(2030, citations=Citations(by_year={"2030": 0, "2031": 0}))]) is None


def test_the_network_has_who_cites_and_is_cited() -> None:
    network = numbers.network(CITING)
    assert network is not None
    assert [(node.key, node.name, node.cited) for node in network.nodes][:1] == [("a", "Okafor et al. 2030", 2)]
    assert set(network.edges) == {("b", "a"), ("c", "a"), ("c", "b")}
    assert network.papers == 3


@pytest.mark.parametrize(
    ("years", "named"),
    [
        ((2000, 2001, 2030), ["Okafor et al. 2000", "Okafor et al. 2030"]),
        ((2030, 2030, 2031), ["Okafor et al. 2030", "Okafor et al. 2030", "Okafor et al. 2031"]),
    ],
    ids=["no room for the second", "room for all"],
)
def test_names_in_the_network_do_not_cover_each_other(years: tuple[int, ...], named: list[str]) -> None:
    first, second, third = years
    papers = [
        of_year(first, key="a"),
        of_year(second, key="b", cites=("a",)),
        of_year(third, key="c", cites=("a", "b")),
    ]
    drawn = next(picture for picture in pictures.render(papers) if picture.name == "who-cites-whom")
    labels = [text.text for text in ET.fromstring(drawn.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert [label for label in labels if label and label.startswith("Okafor")] == named


@pytest.mark.parametrize("papers", [(), (of_year(2030),), (of_year(None, None),)])
def test_where_there_is_nothing_to_compare_there_is_no_picture(papers: tuple[Paper, ...]) -> None:
    assert pictures.render(papers) == ()


def test_every_picture_says_in_words_and_numbers_what_it_shows() -> None:
    cited = tuple(msgspec.structs.replace(one, citations=Citations(by_year={"2030": 2, "2031": 1})) for one in CITING)
    drawn = pictures.render([*cited, of_year(2031, venue="Other")])
    assert [picture.name for picture in drawn] == ["papers-by-year", "citations-by-year", "who-cites-whom", "venues"]
    for picture in drawn:
        root = ET.fromstring(picture.svg)
        assert root.get("role") == "img"
        assert root[0].text == picture.words
        assert picture.rows
        assert {len(row) for row in picture.rows} == {len(picture.header)}


def test_a_picture_brings_no_script_no_style_of_its_own_and_no_address() -> None:
    for picture in pictures.render(CITING):
        for node in ET.fromstring(picture.svg).iter():
            assert node.tag.rpartition("}")[2] in {"svg", "title", "g", "path", "rect", "text", "circle"}
            assert not {"style", "onclick", "href"} & {name.rpartition("}")[2] for name in node.attrib}
        assert "http" not in picture.svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "<style>.picture" in picture.file
        assert "prefers-color-scheme: dark" in picture.file


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    members = [of_year(year, text, key=f"k{year}", title=text, venue=f"{text}{year}") for year in (2030, 2031)]
    for picture in pictures.render(members):
        assert {node.tag.rpartition("}")[2] for node in ET.fromstring(picture.svg).iter()} <= {
            "svg", "title", "g", "path", "rect", "text", "circle",
        }  # fmt: skip


def test_a_picture_is_the_same_in_every_run() -> None:
    code = "from tests.outputs.pictures.test_pictures import CITING, pictures; print(pictures.render(CITING))"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert runs[0] == runs[1] != b"()\n"
