"""A new row in the list's own format: it must be read back as exactly the paper that it was made of."""

import pytest

from pipeline.lists import markdown
from pipeline.model import Author, Ids, Listed, Paper
from pipeline.outputs.row import render

URL = "https://doi.org/10.5555/case.101"
AUTHORS = (Author(given="Iva", family="Nowhere"), Author(given="Ben", family="Madeup"))


def paper(title: str = "Quolan maps of the heart", **more: object) -> Paper:
    fields = {"authors": AUTHORS, "year": 2021, "venue": "Invented Journal of Imaging", "type": "article"} | more
    return Paper(key="k", key_provisional=False, listed=Listed(line=1, title=""), status="exact", title=title, **fields)  # type: ignore[arg-type]


def added(text: str, new: Paper, url: str = URL) -> str:
    row = render(text, markdown.parse(text), new, url)
    assert row.is_read_back
    return row.text


TABLE = """\
# L

- **[Invented Journal of Imaging (IJI)](https://example.org/iji)**
- **[Annals of Made-up Medicine (AMM)](https://example.org/amm)**

## {year}

|   Paper title   |  J/C   | Category |   Paper link   | Code link |
| :---: | :---: | :---: | :---: | :---: |
| Jumping scans of the liver |  IJI  | Generative | [Link](https://doi.org/10.5555/1) | N/A |
| Denoising the spine | AMM | Predictive | [Link](https://doi.org/10.5555/2) | [pytorch](https://github.com/x/y) |
| Rotating the eye | ArXiv | Predictive | [Link](https://arxiv.org/abs/2101.00001) | N/A |
| Priors for ultrasound | IJI | Generative | [Link](https://doi.org/10.5555/4) | N/A |
"""
BULLETS = """\
# L

- Jumping scans of the liver.
  [[pdf]](https://doi.org/10.5555/1)
  [[code]](https://github.com/x/y)
  - Uma Twice and Vera Slow. *MICCAI 2020*
- Denoising the spine.
  [[pdf]](https://doi.org/10.5555/2)
  - Otto Retract, Pia Pulled. *ISBI 2018*
"""
FORMATS = [
    ("table", TABLE.format(year=2021), f"| Quolan maps of the heart | IJI |  | [Link]({URL}) | N/A |"),
    (
        "another order",
        "# L\n\n| Year | Where | Title | DOI |\n|--|--|--|--|\n"
        "| 2020 | IJI | [Jumping scans of the liver](https://doi.org/10.5555/1) | 10.5555/1 |\n"
        "| 2018 | AMM | [Denoising the spine](https://doi.org/10.5555/2) | 10.5555/2 |\n",
        f"| 2021 | IJI | [Quolan maps of the heart]({URL}) |  |",
    ),
    (
        "a bold title",
        "# L\n\n* **Jumping scans of the liver** (2020) [[paper]](https://doi.org/10.5555/1)\n"
        "* **Denoising the spine** (2018) [[paper]](https://doi.org/10.5555/2) [[code]](https://github.com/x/y)\n",
        f"* **Quolan maps of the heart** (2021) [[paper]]({URL})",
    ),
    (
        "numbers, linked titles, notes of each paper's own",
        "# L\n\n1. [Jumping scans of the liver](https://doi.org/10.5555/1) - it jumps, and well\n"
        "2. [Denoising the spine](https://doi.org/10.5555/2) - no noise left\n",
        f"1. [Quolan maps of the heart]({URL})",
    ),
    ("no row yet", "# L\n\nNothing here.\n", f"- [Quolan maps of the heart]({URL})"),
    ("an empty file", "", f"- [Quolan maps of the heart]({URL})"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), [case[1:] for case in FORMATS], ids=[case[0] for case in FORMATS])
def test_a_row_has_the_format_of_the_list(text: str, row: str) -> None:
    assert added(text, paper()) == row


ISBI = "IEEE International Symposium on Biomedical Imaging"


def test_authors_and_venue_stand_where_the_list_has_them() -> None:
    row = f"- Quolan maps of the heart\n  [[pdf]]({URL})\n  - Iva Nowhere, Ben Madeup. *ISBI 2021*"
    assert added(BULLETS, paper(venue=ISBI)) == row


def test_line_ends_of_windows_do_not_matter() -> None:
    text = TABLE.format(year=2021)
    assert added(text.replace("\n", "\r\n"), paper()) == added(text, paper())


def test_the_table_below_the_paper_s_year_is_the_one_to_follow() -> None:
    other = "\n## 2019\n\n| Title | Link |\n|--|--|\n" + "".join(
        f"| Paper number {n} of a series | [a](https://doi.org/10.5555/9{n}) |\n" for n in range(9)
    )
    text = TABLE.format(year=2021) + other
    assert added(text, paper(year=2021)).startswith("| Quolan maps of the heart | IJI |")
    assert added(text, paper(year=2019)) == f"| Quolan maps of the heart | [a]({URL}) |"


VENUES = [
    ("the legend's short form", {}, "IJI"),
    ("the record's short form", {"venue": "Journal of Nothing", "short_venue": "JoN"}, "JoN"),
    ("unknown to the list", {"venue": "Journal of Nothing"}, "Journal of Nothing"),
    ("a preprint, as the list writes it", {"type": "preprint", "ids": Ids(doi="10.48550/arxiv.2101.1")}, "ArXiv"),
    ("a preprint of another server", {"venue": "Nowhere Preprints", "type": "preprint"}, "Nowhere Preprints"),
    ("none", {"venue": None}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "cell"), [case[1:] for case in VENUES], ids=[case[0] for case in VENUES])
def test_a_venue_is_worded_as_the_list_words_it(fields: dict[str, object], cell: str) -> None:
    row = added(TABLE.format(year=2021), paper(**fields))  # type: ignore[arg-type]
    assert row.split("|")[2].strip() == cell


def test_a_category_is_for_a_human_to_give() -> None:
    assert added(TABLE.format(year=2021), paper()).split("|")[3].strip() == ""


def test_a_format_that_needs_what_the_paper_lacks_gives_way() -> None:
    assert added(BULLETS, paper(venue=ISBI, authors=())) == f"- [Quolan maps of the heart]({URL})"


def test_a_long_row_of_names_is_cut() -> None:
    row = added(
        BULLETS, paper(venue=ISBI, authors=tuple(Author(given="Given", family=f"Family{n}") for n in range(30)))
    )
    assert "Given Family19, et al." in row
    assert "Family20" not in row


TITLES = [
    "Is AND better than OR? A* search | the \"Primer\" question!",
    "Tuco < Tuba: a very odd comparison & more",
    "<script>alert(1)</script> of the *bold* and `code`",
    "[Link](javascript:alert(1)) in a title",
    "What \\input{evil} does to $x^2$ and 100 % of_us",
    "Étude du noyau caudé à Nullepart",
    "# Not a heading in any way, either",
    "- Not an item, whatever it may look like",
]  # fmt: skip


@pytest.mark.parametrize("text", [TABLE.format(year=2021), BULLETS, ""], ids=["table", "bullets", "empty"])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_text_and_nothing_else(text: str, title: str) -> None:
    row = added(text, paper(title))
    assert "<script" not in row


def test_a_title_that_the_reader_takes_for_a_label_is_told() -> None:
    text = TABLE.format(year=2021)
    row = render(text, markdown.parse(text), paper("code"), URL)
    assert not row.is_read_back
    assert row.text == f"| code | IJI |  | [Link]({URL}) | N/A |"
