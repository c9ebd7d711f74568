"""Titles told from what stands around them; most are invented."""

import pytest

from pipeline.lists.title import clean_title, is_headline, is_prose, is_title, split_lead, split_tail


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Deep   Sets. ", "Deep Sets."),
        ("🔥🔥 Deep Sets ⭐", "Deep Sets"),
        (":fire: Deep Sets :star:", "Deep Sets"),
        ("“Deep Sets”", "Deep Sets"),
        ("[Deep Sets]", "Deep Sets"),
        ("Deep Sets [", "Deep Sets"),
        ('"Why?": Because', '"Why?": Because'),
        ("Sets (and more)", "Sets (and more)"),
        ("3D Sets--update references", "3D Sets--update references"),
        ("- Deep Sets -", "Deep Sets"),
        ("", ""),
    ],
)
def test_decoration_at_the_ends_is_taken_off(text: str, title: str) -> None:
    assert clean_title(text) == title
    assert clean_title(title) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1. Deep Sets", "Deep Sets"),
        ("[12] Deep Sets", "Deep Sets"),
        ("[ ] Deep Sets", "Deep Sets"),
        ("[2023 bioRxiv] Deep Sets", "Deep Sets"),
        ("(ICML 2018) Deep Sets", "Deep Sets"),
        ("【CVPR2020】Deep Sets", "Deep Sets"),
        ("[DS] Deep Sets", "Deep Sets"),
        ("2018-07: Deep Sets for All", "Deep Sets for All"),
        ("2018 - Deep Sets", "Deep Sets"),
        ("2014-ECCV Deep Sets", "Deep Sets"),
        ("CVPR'21 Deep Sets", "Deep Sets"),
        ("Paper: Deep Sets", "Deep Sets"),
        ("(Certified!!) Robustness", "(Certified!!) Robustness"),
        ("[Re] Deep Sets", "[Re] Deep Sets"),
        ("GECCO: Geometric Diffusion", "GECCO: Geometric Diffusion"),
        ("3D Sets", "3D Sets"),
        ("2.5D Sets", "2.5D Sets"),
    ],
)
def test_what_precedes_a_title_is_cut_off(text: str, title: str) -> None:
    assert split_lead(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Deep Sets (AAAI 2022)", "Deep Sets"),
        ("Deep Sets [oral]", "Deep Sets"),
        ("Deep Sets, NeurIPS 2017.", "Deep Sets"),
        ("Deep Sets. ICML 2019", "Deep Sets"),
        ("Deep Sets (Lee et al., 2017)", "Deep Sets"),
        ("Deep Sets, Lee et al.", "Deep Sets"),
        ("Deep Sets (for free)", "Deep Sets (for free)"),
        ("Deep Sets (ImageNet-C)", "Deep Sets (ImageNet-C)"),
        ("Sets, Deep and Wide", "Sets, Deep and Wide"),
    ],
)
def test_what_follows_a_title_is_cut_off(text: str, title: str) -> None:
    assert split_tail(text).title.strip() == title


@pytest.mark.parametrize("text", ["[PDF]", "Code", "CVPR 2020", "Authors:", "2021", "—", "word " * 60])
def test_labels_venues_captions_and_essays_are_no_titles(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("For more details see our", True),
        ("Check out the list of", True),
        ("This repo is a collection of resources", True),
        ("You only look once: unified, real-time object detection", False),
        ("See Eye to Eye: A 3D Detector", False),
        ("3D Virtual Try-On", False),
        ("What do we need to know about the brain", False),
    ],
)
def test_sentence_to_the_reader_is_told_from_a_title(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


def test_headline_has_its_longer_words_in_capitals() -> None:
    assert is_headline("Set Transformer: A Framework for Attention")
    assert not is_headline("Collection of Android applications")
