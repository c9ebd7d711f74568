"""known.bib against a search, from the list to the catalog: what a human verified is never silently overruled.

The services know a namesake of the listed paper and nothing of the paper itself. Everything here is invented.
"""

import contextlib
from pathlib import Path

import msgspec
import pytest

from pipeline.model import Paper
from tests.services.library import Case
from tests.services.shapes.facts import Facts
from tests.weeks import World

TITLE, LINK = "Patient lanterns on invented shores", "https://example.org/lanterns"
NAMESAKE = Case(
    facts=Facts(
        number=1, title=TITLE, doi="10.5555/other", year=2021, container="Northern Notes", authors=(("Cy", "Other"),)
    )
)
HEAD = (
    f"@inproceedings{{quill2021patient, title = {{{TITLE}}}, author = {{Quill, Ada}}, url = {{{LINK}}}, year = 2021, "
)
FACTS = {
    "with a DOI": HEAD + "doi = {10.5555/verified}}",
    "without a DOI": HEAD + "booktitle = {Proceedings of the Invented Symposium}}",
    "without a DOI and a venue": HEAD + "}",
    "without a DOI, of another year": HEAD.replace("2021, ", "2017, ") + "}",
}
NAMES = {"with a DOI": "10.5555/verified"}


def weeks(folder: Path, *facts: str, later: tuple[Case, ...] = ()) -> list[Paper]:
    """The paper after weekly runs, each with its own known.bib; the services learn of `later` after the first."""
    world = World(folder, [NAMESAKE])
    row = f"| {TITLE} | Northern Notes | 2021 | [Link]({LINK}) |"
    world.list_path.write_text(f"# List\n\n| Title | Venue | Year | Link |\n|---|---|---|---|\n{row}\n")
    known, papers = folder / "known.bib", []
    with contextlib.chdir(folder):
        for text in facts:
            known.write_text(text)
            papers.append(world.week(known=known).catalog.papers[0])
            world.beside = later
    return papers


@pytest.mark.parametrize("name", FACTS)
def test_a_search_that_contradicts_known_bib_is_ambiguous_and_names_both(tmp_path: Path, name: str) -> None:
    for paper in weeks(tmp_path, FACTS[name], FACTS[name]):  # the second run searches nothing, and still says so
        (issue,) = (issue for issue in paper.issues if issue.rule == "known-contradicted")
        assert paper.status == "ambiguous"
        assert NAMES.get(name, "quill2021patient") in issue.message
        assert "10.5555/other" in issue.message
        assert [candidate.doi for candidate in paper.resolution.candidates] == ["10.5555/other"]
        assert (paper.ids.doi, paper.authors[0].family) == (NAMES.get(name), "Quill")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(HEAD + "doi = {10.5555/other}}", id="its DOI"),
        pytest.param(HEAD + "booktitle = {Northern Notes}}", id="its author, year and venue"),
        pytest.param(HEAD + "}", id="its author and year"),
    ],
)
def test_a_search_that_finds_what_known_bib_says_is_matched(tmp_path: Path, facts: str) -> None:
    (paper,) = weeks(tmp_path, facts.replace("Quill, Ada", "Other, Cy"))
    assert (paper.status, paper.ids.doi) == ("matched", "10.5555/other")
    assert "known-contradicted" not in [issue.rule for issue in paper.issues]


@pytest.mark.parametrize("is_held", [False, True], ids=["unknown to the sources", "held by the sources"])
def test_what_a_human_verifies_later_overrules_an_earlier_search(tmp_path: Path, is_held: bool) -> None:
    verified = Case(facts=msgspec.structs.replace(NAMESAKE.facts, number=2, doi="10.5555/verified", year=2011))
    before, after = weeks(tmp_path, "", FACTS["with a DOI"], later=(verified,) if is_held else ())
    assert (before.status, before.ids.doi) == ("matched", "10.5555/other")
    assert (after.status, after.ids.doi) == ("matched" if is_held else "ambiguous", "10.5555/verified")
    assert (after.key, after.resolution.method) == (before.key, "known")


def test_a_human_who_then_verifies_what_was_found_ends_the_contradiction(tmp_path: Path) -> None:
    before, after = weeks(tmp_path, FACTS["with a DOI"], FACTS["with a DOI"].replace("verified", "other"))
    assert (before.status, after.status, after.ids.doi) == ("ambiguous", "matched", "10.5555/other")
    assert not after.issues
