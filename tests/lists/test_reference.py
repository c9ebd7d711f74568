"""Reference strings in the styles of many fields; all of them are invented."""

from pathlib import Path

import pytest

from pipeline.lists.names import is_organisation, split_names
from pipeline.lists.reference import read_reference

FILE = Path(__file__).with_name("reference_strings.tsv")
ROWS = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("text", "title", "authors", "venue", "year"), ROWS, ids=[row[1] for row in ROWS])
def test_reference_string_says_title_authors_venue_and_year(
    text: str, title: str, authors: str, venue: str, year: str
) -> None:
    found = read_reference(text)
    assert found is not None
    assert (found.title, "; ".join(found.authors), found.venue or "-", str(found.year)) == (title, authors, venue, year)
    assert text[found.start : found.end] == title


@pytest.mark.parametrize(
    "text",
    [
        "Attention is all you need. NIPS 2017.",
        "Deep Sets. Manzil Zaheer, Satwik Kottur. NIPS 2017",
        "Deep Sets (2017). Manzil Zaheer, Satwik Kottur.",
        "Your Local GAN: Designing Maps of Sheep. CVPR 2020",
        "Where to Graze, How to Graze: Grazing of Sheep. ICLR 2024",
        "Smith, J. (2010) showed that sheep can be counted.",
        "Sheep, Goats, and Cows (2019). In Proceedings of Sheep.",
        "See the guide (2019) before you add a paper.",
        "",
    ],
)
def test_other_texts_are_no_reference_strings(text: str) -> None:
    assert read_reference(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe, Jane and Roe, Ben", ("Doe, Jane", "Roe, Ben")),
        ("Vincent J. Hellen, Earl T. Barr, and Prem Roe", ("Vincent J. Hellen", "Earl T. Barr", "Prem Roe")),
        ("O'Brien, K., Al-Roe, M., & D'Angelo, P.", ("O'Brien, K.", "Al-Roe, M.", "D'Angelo, P.")),
        ("Wells HBM, Ndung'u K", ("Wells HBM", "Ndung'u K")),
        ("Doe, J., Jr., & Roe, B., III", ("Doe, J., Jr.", "Roe, B., III")),
        ("Łukasz Kaiser, Éva Tardos", ("Łukasz Kaiser", "Éva Tardos")),
        ("山田太郎、鈴木花子", ("山田太郎", "鈴木花子")),
        ("deep learning, computer vision", ()),
        ("Pattern Recognition", ()),
        ("阅读笔记", ()),
    ],
)
def test_rows_of_names_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "is_one"), [("World Health Organization", True), ("Ministry of Sheep", True), ("Ann Lee", False)]
)
def test_organisations_are_told_by_their_words(text: str, is_one: bool) -> None:
    assert is_organisation(text) is is_one
