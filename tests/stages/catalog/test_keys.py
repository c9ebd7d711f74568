"""Citation keys: how they are made, and that a published one never changes or goes to another paper."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Author, Paper, Status
from pipeline.stages.catalog import keys
from pipeline.text.bibtex import is_key
from tests.stages.invented_papers import paper


def assign(
    *papers: Paper, old: dict[int, Paper] | None = None, taken: tuple[str, ...] = (), **more: object
) -> list[str]:
    given = {"proposals": {}, "returning": {}} | more
    return [found.key for found in keys.assign(papers, old or {}, taken, **given)]  # type: ignore[arg-type]


PROPOSALS = [
    ("name, year, first content word", Author(family="Taleb"), 2021, "Multimodal Learning", "taleb2021multimodal"),
    ("hyphenated word is joined", Author(family="Zhou"), 2019, "Self-supervised Ways", "zhou2019selfsupervised"),
    ("stop words are passed over", Author(family="Quill"), 2020, "On the Weight of a Feather", "quill2020weight"),
    ("accents are folded", Author(family="Müller-Gröning"), 2020, "Über Äpfel", "mullergroning2020uber"),
    ("letters without accents, too", Author(family="Łukasz"), 2020, "Øre", "lukasz2020ore"),
    ("particles are part of the name", Author(family="de la Invención"), 2021, "Maps", "delainvencion2021maps"),
    ("corporate author", Author(literal="Nowhere Collaboration"), 2022, "Maps", "nowherecollaboration2022maps"),
    ("no year", Author(family="Die"), None, "Maps", "diemaps"),
    ("punctuation", Author(family="O'Madeup"), 2020, "“Maps”: A View", "omadeup2020maps"),
    ("number", Author(family="Quill"), 2020, "3D Maps", "quill20203d"),
]


@pytest.mark.parametrize(
    ("author", "year", "title", "key"), [row[1:] for row in PROPOSALS], ids=[r[0] for r in PROPOSALS]
)
def test_a_key_is_name_year_and_first_content_word(author: Author, year: int | None, title: str, key: str) -> None:
    assert keys.proposal((author,), year, title) == key


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_key_is_always_plain_letters_and_digits(family: str, title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]*", keys.proposal((Author(family=family),), 2020, title))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_paper_is_without_a_key(text: str) -> None:
    assert all(assign(paper(1, text, authors="", year=None), paper(2, text, year=None)))


def test_a_provisional_key_depends_on_the_folded_title_only() -> None:
    assert keys.provisional("Rosel  Maps") == keys.provisional("rosel maps") != keys.provisional("Rosel map")
    assert re.fullmatch(r"entry-[0-9a-f]{10}", keys.provisional("Rosel Maps"))


@pytest.mark.parametrize(
    ("status", "authors", "is_minted"),
    [
        ("exact", "Ada Quill", True),
        ("matched", "Ada Quill", True),
        ("known", "Ada Quill", True),
        ("corrected", "Ada Quill", True),
        ("ambiguous", "Ada Quill", True),
        ("unmatched", "Ada Quill", True),
        ("linked", "Ada Quill", False),
        ("open", "Ada Quill", False),
        ("exact", "", True),
        ("matched", "", True),
        ("unmatched", "", False),
        ("linked", "", False),
    ],
)
def test_a_key_is_minted_once_the_question_is_settled_and_for_a_work_without_authors_once_it_is_sure(
    status: Status, authors: str, is_minted: bool
) -> None:
    (found,) = keys.assign((paper(status=status, authors=authors),), {}, (), proposals={}, returning={})
    assert found.key_provisional is not is_minted
    assert found.key.startswith("entry-") is not is_minted


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"editors": (Author(given="Ada", family="Quill"),)}, "quill2021rosel"),
        ({"publisher": "Invented Press (IP)"}, "inventedpress2021rosel"),
        ({"institution": "Institute of Moss", "publisher": "Press"}, "institutemoss2021rosel"),
        ({}, "roselmaps2021"),
    ],
    ids=["editors", "publisher", "issuer before publisher", "title alone"],
)
def test_editors_the_organisation_and_the_title_stand_for_missing_authors(fields: dict[str, Any], key: str) -> None:
    (found,) = keys.assign((paper(authors="", **fields),), {}, (), proposals={}, returning={})
    assert (found.key, found.key_provisional) == (key, False)


def test_a_clash_adds_a_letter_to_the_newcomer() -> None:
    papers = [paper(line) for line in range(1, 5)]
    assert assign(*papers, taken=("quill2021rosel",)) == [f"quill2021rosel{letter}" for letter in "abcd"]


def test_after_z_come_two_letters() -> None:
    found = assign(*(paper(line) for line in range(1, 30)))
    assert found[0] == "quill2021rosel"
    assert found[26:] == ["quill2021roselz", "quill2021roselaa", "quill2021roselab"]


def test_keys_that_differ_by_capitals_alone_clash() -> None:
    assert assign(paper(1), taken=("Quill2021Rosel",)) == ["quill2021rosela"]


def test_a_minted_key_stays_whatever_changes() -> None:
    old = {0: paper(key="quill2021rosel")}
    changed = paper(7, "Quite Another Title", authors="Ben Down", year=1999, status="open")
    assert assign(changed, old=old, taken=("quill2021rosel",)) == ["quill2021rosel"]


def test_a_provisional_key_gives_way_to_the_minted_one() -> None:
    assert assign(paper(), old={0: paper(key="entry-0123456789")}) == ["quill2021rosel"]


def test_one_ledger_row_gives_its_key_to_one_paper_only() -> None:
    row = paper(key="quill2021rosel")
    assert assign(paper(1), paper(2), old={0: row, 1: row}, taken=(row.key,)) == ["quill2021rosel", "quill2021rosela"]


def test_the_key_of_known_bib_is_the_proposal() -> None:
    assert assign(paper(), proposals={0: "Quill:maps"}) == ["Quill:maps"]
    assert assign(paper(), proposals={0: "Quill:maps"}, taken=("Quill:maps",)) == ["Quill:mapsa"]


def test_a_paper_that_comes_back_has_its_key_again() -> None:
    assert assign(paper(), taken=("quill2021rosel",), returning={0: "quill2021rosel"}) == ["quill2021rosel"]


@pytest.mark.parametrize(
    ("authors", "title", "publisher"),
    [("Ada {}", "{}", None), ("", "{} {} {}", None), ("", "{}", "{} {}")],
    ids=["a name", "a title", "an organisation"],
)
def test_a_key_is_as_long_as_a_key_may_be(authors: str, title: str, publisher: str | None) -> None:
    long = "x" * 3000
    one = paper(authors=authors.format(long), title=title.format(*[long] * 3), publisher=publisher and f"{long} {long}")
    (key,) = assign(one)
    assert 50 < len(key) < 190
    assert is_key(key)
