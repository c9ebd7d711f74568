"""One author list from two sources: aligned by name, never by position."""

import pytest

from pipeline.model import Affiliation, Author
from pipeline.stages.merging import authors

NOWHERE = (Affiliation(name="University of Nowhere"),)


def detail(given: str, family: str, orcid: str | None = "0000-0000-0000-0001") -> Author:
    return Author(given=given, family=family, orcid=orcid, affiliations=NOWHERE)


def name(given: str, family: str) -> Author:
    return Author(given=given, family=family)


CASES = [
    ("same name", [name("Ada", "Quill")], [detail("Ada", "Quill")], [True]),
    ("initials of the given name", [name("A.", "Quill")], [detail("Ada Bea", "Quill")], [True]),
    ("accents and capitals", [name("ZOÉ", "GÂTEAU")], [detail("Zoe", "Gateau")], [True]),
    ("another order", [name("Ada", "Quill"), name("Ben", "Down")], [detail("Ben", "Down")], [False, True]),
    ("another given name", [name("Ada", "Quill")], [detail("Ben", "Quill")], [False]),
    ("another family name", [name("Ada", "Quill")], [detail("Ada", "Quilt")], [False]),
    ("two it may be", [name("A.", "Quill")], [detail("Ada", "Quill"), detail("Ann", "Quill")], [False]),
    ("namesakes in full", [name("Wei", "Wang"), name("Wen", "Wang")], [detail("Wei", "Wang")], [True, False]),
    ("namesakes with initials", [name("W.", "Wang"), name("Wen", "Wang")], [detail("Wei", "Wang")], [False, False]),
    ("nobody known", [name("Ada", "Quill")], [], [False]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "details", "enriched"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_details_go_to_the_same_person_and_to_nobody_else(
    names: list[Author], details: list[Author], enriched: list[bool]
) -> None:
    merged = authors.merge(tuple(names), tuple(details))
    assert [author.affiliations == NOWHERE for author in merged] == enriched
    assert [(author.given, author.family) for author in merged] == [(one.given, one.family) for one in names]


def test_the_agency_s_own_orcid_stays() -> None:
    own = Author(given="Ada", family="Quill", orcid="0000-0000-0000-0009")
    assert authors.merge((own,), (detail("Ada", "Quill"),))[0].orcid == "0000-0000-0000-0009"


def test_merging_twice_changes_nothing() -> None:
    details = (detail("Ben", "Down"), detail("Ada", "Quill"))
    once = authors.merge((name("Ada", "Quill"), name("B.", "Down")), details)
    assert authors.merge(once, details) == once


def test_a_corporate_author_keeps_its_name() -> None:
    group = Author(literal="Nowhere Collaboration")
    assert authors.merge((group,), (detail("Ada", "Quill"),)) == (group,)
