"""Venue and year in a few words."""

import pytest

from pipeline.lists.imprint import find_imprint, read_imprint


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("CVPR 2021", "CVPR", 2021),
        ("[CVPR'21]", "CVPR", 2021),
        ("CVPR' 14", "CVPR", 2014),
        ("ICML2019", "ICML", 2019),
        ("2014-ECCV", "ECCV", 2014),
        ("(ICLR 2022 oral)", "ICLR", 2022),
        ("2023 Nature Methods", "Nature Methods", 2023),
        ("3DV 2021 Oral", "3DV", 2021),
        ("arXiv on 24 Jan 2019", "arXiv", 2019),
        ("2021 Arxiv, 576 citations", "Arxiv", 2021),
        ("IEEE TNN 2009.", "IEEE TNN", 2009),
        ("Nature 521.7553 (2015): 436-444", "Nature", 2015),
        ("ECCV Workshop 2020", "ECCV Workshop", 2020),
        ("07th Aug., 2025", None, 2025),
        ("2020/05", None, 2020),
        ("2020年5月", None, 2020),
        ("17 Nov 2022", None, 2022),
        ("NeurIPS", "NeurIPS", None),
        ("2020 IEEE Symposium on Imaging (ISBI)", "IEEE Symposium on Imaging (ISBI)", 2020),
        ("IEEE Symposium on Imaging (ISBI 2020)", "IEEE Symposium on Imaging (ISBI)", 2020),
        ("[IEEE Symposium on Imaging (ISBI), 2020]", "IEEE Symposium on Imaging (ISBI)", 2020),
    ],
)
def test_text_that_says_only_where_and_when(text: str, venue: str | None, year: int | None) -> None:
    imprint = read_imprint(text)
    assert (imprint.venue, imprint.year, imprint.pure) == (venue, year, True)


@pytest.mark.parametrize(
    "text",
    [
        "Attention is all you need",
        "Nature Inspired Optimization",
        "[CVPR 2020] Momentum Contrast for Unsupervised Visual Representation Learning",
        "What happened in 2020?",
        "2001: a space odyssey of deep learning for the masses and how it came to be",
        "",
    ],
)
def test_title_is_no_imprint(text: str) -> None:
    assert not read_imprint(text).pure


def test_known_venue_with_its_year_is_found_in_a_heading() -> None:
    assert find_imprint("Awesome MICCAI 2021 papers").year == 2021
    assert find_imprint("Papers of 2021").year is None
