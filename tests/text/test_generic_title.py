"""Titles that name nothing, and titles that only look like them."""

import pytest

from pipeline.text.generic_title import names_nothing


@pytest.mark.parametrize(
    "title",
    [
        "Editorial", "Guest Editorial", "Guest editors' introduction", "Editor's Notes", "Chair's Message", "Foreword",
        "Book Review Column", "Book reviews", "Reminiscences on Influential Papers", "Introduction", "Discussion",
        "Introduction to the Special Issue", "Letter from the Editor", "Letters to the editor", "In Memoriam",
        "News", "Calendar of events", "Erratum", "Conference report", "Treasurer's Message", "Avant-propos", "Vorwort",
        "Buchbesprechungen", "Comptes rendus", "Introducción", "Editoriale", "Editorial 12(3)",
    ],
)  # fmt: skip
def test_a_head_of_a_column_names_nothing(title: str) -> None:
    assert names_nothing(title)


@pytest.mark.parametrize(
    "title",
    [
        "Editorial: feathers in flight", "Introduction to algorithms", "A review of feathers", "Special papers",
        "Deep learning", "Notes on feathers", "The message of the lamp", "Influential papers", "Memory", "深度学习", "",
        "1984", "Report on feathers", "The editor",
    ],
)  # fmt: skip
def test_a_subject_makes_it_a_title(title: str) -> None:
    assert not names_nothing(title)
