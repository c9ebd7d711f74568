"""Listed names against the authors of a record: a set with an order, with noise among it."""

import pytest

from pipeline.stages.matching import authorship
from tests.stages.invented_records import crossref


@pytest.mark.parametrize(
    ("listed", "agreeing"),
    [
        (("Ada Quill",), 1.0),
        (("Quill, A.",), 1.0),
        (("Quill",), 1.0),
        (("Ada Quill et al.",), 1.0),
        (("Zoe Stranger", "Ben Down"), 1.0),
        (("Ben Down", "Ada Quill"), 2.0),
        (("Ada Quill and Ben Down",), 2.0),
        (("Quill", "A.", "Down", "B."), 2.0),
        (("Eve Quill",), 0.5),
        (("Zoe Stranger",), 0.0),
    ],
)
def test_names_are_counted_in_any_order_and_spelling(listed: tuple[str, ...], agreeing: float) -> None:
    found = authorship.compare(listed, [crossref()])
    assert found is not None
    assert found.agreeing == agreeing


@pytest.mark.parametrize(
    ("listed", "is_excluded"),
    [
        (("Zoe Stranger",), True),
        (("Stranger, Z.", "Cy Other"), True),
        (("FeatherNet",), False),
        (("Stanford University",), False),
        (("Google Brain",), False),
        (("Code available at https://example.org",), None),
        (("2nd place",), None),
        (("羽毛",), None),
        (("A.", "B."), None),
        ((), None),
    ],
)
def test_only_a_persons_name_says_that_somebody_else_wrote_it(
    listed: tuple[str, ...], is_excluded: bool | None
) -> None:
    found = authorship.compare(listed, [crossref()])
    assert (found.is_excluded if found else None) is is_excluded


@pytest.mark.parametrize(
    ("listed", "written", "is_same"),
    [
        (("Ada Quill", "Ben Down"), "Ada Quill, Ben Down", True),
        (("Ada Quill",), "Cy Other, Di Other, Eve Other, Ada Quill", True),
        (("Ada Quill", "Ben Down", "Cy Other"), "Ada Quill", False),
        (("Wei Li", "Cy Other", "Di Other"), "Wei Li, Eve Else, Flo Else", False),
        (("Ada Quill", "Ben Down", "Cy Other", "Di Other"), "Ada Quill, Ben Down, Eve Else, Flo Else", True),
    ],
)
def test_half_of_the_names_are_the_authors_and_one_of_many_is_chance(
    listed: tuple[str, ...], written: str, is_same: bool
) -> None:
    found = authorship.compare(listed, [crossref(authors=written)])
    assert found is not None
    assert found.is_same is is_same


def test_a_bare_family_name_may_have_several_words() -> None:
    found = authorship.compare(("De Vita",), [crossref(authors="De Vita, Fabrizio")])
    assert found is not None
    assert found.agreeing == 1


def test_a_cut_list_of_authors_proves_no_absence() -> None:
    assert authorship.compare(("Zoe Stranger",), [crossref(authors_complete=False)]) is None
    assert authorship.compare(("Zoe Stranger",), [crossref(authors="")]) is None


@pytest.mark.parametrize(
    ("agreeing", "listed", "written", "is_same"),
    [(2, 5, 2, True), (1, 5, 1, False), (1, 2, 1, True), (1, 5, 3, False), (2, 5, 5, False), (3, 5, 5, True)],
)
def test_one_author_of_a_record_is_not_one_of_many_that_are_listed(
    agreeing: float, listed: int, written: int, is_same: bool
) -> None:
    found = authorship.Authorship(agreeing=agreeing, listed=listed, written=written, is_in_order=True)
    assert found.is_same is is_same


def test_the_record_that_agrees_best_is_believed_wherever_it_stands() -> None:
    one, both = crossref(authors="Ada Quill"), crossref(authors="Ada Quill, Ben Down")
    for records in ([one, both], [both, one]):
        found = authorship.compare(("Ada Quill", "Ben Down"), records)
        assert found is not None
        assert found.agreeing == 2.0


@pytest.mark.parametrize(("listed", "written"), [("Wang Lu", "Lu Wang"), ("García López, Ana", "Ana García")])
def test_a_person_is_found_under_another_family_name(listed: str, written: str) -> None:
    found = authorship.compare((listed,), [crossref(authors=f"Ben Down, {written}")])
    assert found is not None
    assert found.agreeing == 1.0


def test_a_family_name_of_two_letters_is_a_name_and_one_letter_is_none() -> None:
    found = authorship.compare(("Li",), [crossref(authors="Bo Li, Cy Other")])
    assert found is not None
    assert found.agreeing == 1.0
    assert authorship.compare(("L",), [crossref(authors="Bo Li, Cy Other")]) is None
