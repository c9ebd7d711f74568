"""Sections."""

import pytest

from pipeline.lists.imprint import Imprint
from pipeline.lists.section import Section, fold_heading


def test_deeper_headings_are_left_when_a_higher_one_comes() -> None:
    section = Section().enter("Papers", 2).enter("Vision", 3).enter("Deep", 4).enter("Audio", 3)
    assert section.path == ("Papers", "Audio")


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("Papers",), "papers"),
        (("Survey papers and tools",), "papers"),
        (("Tools",), "other"),
        (("Papers", "Datasets"), "other"),
        (("Resources", "Introductory Papers"), "papers"),
        (("🔥 News",), "news"),
        (("How to contribute",), "meta"),
        (("Table of Contents",), "contents"),
        (("数据集",), "other"),
        (("Segmentation",), ""),
    ],
)
def test_innermost_heading_that_says_something_tells_the_kind(headings: tuple[str, ...], kind: str) -> None:
    section = Section()
    for level, heading in enumerate(headings, 2):
        section = section.enter(heading, level)
    assert section.kind == kind


@pytest.mark.parametrize(
    ("headings", "venue", "year"),
    [
        (("2021",), None, 2021),
        (("2021年",), None, 2021),
        (("CVPR 2021", "Segmentation"), "CVPR", 2021),
        (("NeurIPS'19",), "NeurIPS", 2019),
        (("Papers of MICCAI 2021 with code",), "MICCAI", 2021),
        (("What the year 2021 brought to the field of sets",), None, None),
    ],
)
def test_headings_state_venue_and_year(headings: tuple[str, ...], venue: str | None, year: int | None) -> None:
    section = Section()
    for level, heading in enumerate(headings, 2):
        section = section.enter(heading, level)
    assert (section.imprint.venue, section.imprint.year) == (venue, year)


def test_own_title_of_the_list_holds_where_no_heading_says_otherwise() -> None:
    section = Section(origin=Imprint(venue="MICCAI", year=2021))
    assert section.enter("Segmentation", 2).imprint.venue == "MICCAI"
    assert section.enter("CVPR 2020", 2).imprint.venue == "CVPR"


def test_ignored_section_is_ignored_with_all_below_it() -> None:
    ignored = frozenset({fold_heading("Related Lists")})
    assert Section().enter("**related lists**", 2, ignored).enter("More", 3, ignored).kind == "ignored"
