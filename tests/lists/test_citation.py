"""Titles out of running citations; names and most titles are invented."""

import pytest

from pipeline.lists.citation import split_citation, split_name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ann Lee, Bob Ray. Deep nets in practice. JMLR 2020", "Deep nets in practice"),
        ("Deep nets in practice. Ann Lee, Bob Ray. JMLR 2020", "Deep nets in practice."),
        ('Lee, Ann, and Bob Ray. "Deep nets." Nature 521.7553 (2015): 436-444.', "Deep nets."),
        ("Lee et al. Deep nets in practice. NIPS 2014.", "Deep nets in practice."),
        ("Lee & Ray (2013). Deep nets in practice.", "Deep nets in practice."),
        ("Lee, A., Ray, B. (2017). Deep nets are all we need.", "Deep nets are all we need."),
        ("Lee A, Ray B. Deep nets in practice. J Nets. 2017;18:1-10.", "Deep nets in practice"),
        ("Ann Lee, Bob Ray, Nets for seeing, hearing and more, ICML, 2019.", "Nets for seeing, hearing and more"),
        ("Deep nets in practice | Ann Lee, Bob Ray | CVPR 2014 |", "Deep nets in practice"),
        ("Deep Nets in Practice by Ann Lee and Bob Ray", "Deep Nets in Practice"),
        ("Faster Search by Lazy and Eager Pruning", "Faster Search by Lazy and Eager Pruning"),
        ("Transferability vs. Discriminability: A Study", "Transferability vs. Discriminability: A Study"),
        ("Do nets see? A study of vision", "Do nets see? A study of vision"),
        ('"Why Trust You?" Explaining All Predictions', '"Why Trust You?" Explaining All Predictions'),
        ('On the "steerability" of networks', 'On the "steerability" of networks'),
        ("Deep nets in practice", "Deep nets in practice"),
    ],
)
def test_title_is_found_in_any_order(text: str, title: str) -> None:
    assert split_citation(text).title == title


def test_authors_in_front_are_kept_as_a_note() -> None:
    assert split_citation("Ann Lee, Bob Ray. Deep nets in practice. JMLR 2020").notes[0] == "Ann Lee, Bob Ray"


def test_short_name_before_a_dash_is_parted_from_the_title() -> None:
    assert split_name("DS - Deep Sets for Everybody Now").title == "Deep Sets for Everybody Now"
    assert split_name("One Net - two").title == "One Net - two"
