"""Rows: which part of a line is the title; most titles and all names are invented."""

import pytest

from pipeline.lists.row import Row, read_rows
from pipeline.lists.tree import read_tree

PDF = "[[pdf]](https://arxiv.org/abs/1706.03762)"


def rows(text: str) -> list[Row]:
    return read_rows(read_tree(text).blocks[0].spans)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("[Deep Sets](https://arxiv.org/abs/1): a note", "Deep Sets"),
        (f"**Deep Sets** {PDF}", "Deep Sets"),
        (f"Deep sets for all {PDF}", "Deep sets for all"),
        ("Deep Sets for All: [pdf](https://arxiv.org/abs/1706.03762)", "Deep Sets for All"),
        ("Deep sets for each of us: [paper](https://arxiv.org/abs/1706.03762)", "Deep sets for each of us"),
        (f"*Deep sets for all things*, Ann Lee, Bob Ray. {PDF}", "Deep sets for all things"),
        (f"{PDF} Deep sets for all", "Deep sets for all"),
        (f"DS - **Deep Sets for All** {PDF}", "Deep Sets for All"),
        (f"**DS**: Deep Sets for All {PDF}", "DS: Deep Sets for All"),
        (f"**DS** - Deep Sets for All {PDF}", "Deep Sets for All"),
        (f'**DS**: "Deep Sets", NIPS, 2017. {PDF}', "Deep Sets"),
        (f"**[DS]** Deep sets for all | Ann Lee, et al. | {PDF}", "Deep sets for all"),
        (f"[DS](https://arxiv.org/abs/1): Deep Sets for All {PDF}", "Deep Sets for All"),
        (f"*Ann Lee, Bob Ray.* Deep sets for all. {PDF}", "Deep sets for all."),
        (f"Learning *in vivo* sets with `numpy` and $O(n)$ {PDF}", "Learning in vivo sets with numpy and $O(n)$"),
        (f"Domain Adaptation and Visual Recognition {PDF}", "Domain Adaptation and Visual Recognition"),
        ("A survey of sets and more [[Pattern Letters]](https://doi.org/10.1000/1)", "A survey of sets and more"),
        ("[[Vision for Everybody 2020]](https://example.org/a.pdf)", "Vision for Everybody 2020"),
        (f"Deep sets\nfor all {PDF}", "Deep sets for all"),
        (f"Deep sets for all\nAnn Lee, Bob Ray\n{PDF}", "Deep sets for all"),
        (f"**Deep** **Sets** {PDF}", "Deep Sets"),
        (f"《Deep Sets》，ICLR 2017，{PDF}", "Deep Sets"),
        (f"《深度学习综述》，计算机学报，2017，{PDF}", "深度学习综述"),
        (f"《深度》的学习综述 {PDF}", "《深度》的学习综述"),
    ],
)
def test_title_of_a_row(text: str, title: str) -> None:
    assert [row.title for row in rows(text)] == [title]


@pytest.mark.parametrize(
    "text",
    [
        PDF,
        f"NeurIPS 2020. {PDF}",
        f"*Ann Lee, Bob Ray* {PDF}",
        f"**Paper:** {PDF}",
        "[Ann Lee](https://ann.example.org)",
    ],
)
def test_labels_venues_and_names_are_no_title(text: str) -> None:
    assert [row.title for row in rows(text)] == [None]


def test_title_knows_the_line_it_begins_on() -> None:
    assert rows(f"[2020]\n**Deep Sets**\n{PDF}")[0].line == 2
    assert rows(f"*Ann Lee, Bob Ray*  \n*more*\n**Deep**\n**Sets** {PDF}")[0].line == 3


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (f"**Deep Sets** {PDF}\n**Wide Sets** {PDF}", ["Deep Sets", "Wide Sets"]),
        (f"Deep sets for all {PDF}<br>Wide sets for all {PDF}", ["Deep sets for all", "Wide sets for all"]),
        (f"**Deep Sets**<br>{PDF}<br>Ann Lee<br>a note", ["Deep Sets"]),
        (
            "Sets: [Deep Sets for All](https://arxiv.org/abs/1), [Wide Sets](https://arxiv.org/abs/2) and [more](#b)",
            ["Deep Sets for All", "Wide Sets"],
        ),
    ],
)
def test_several_papers_in_one_text_are_several_rows(text: str, titles: list[str]) -> None:
    assert [row.title for row in rows(text)] == titles


@pytest.mark.parametrize(
    ("text", "authors", "venue", "year"),
    [
        (f"**Deep Sets**\\\n*Ann Lee*\\\n[10th Feb., 2025] [MICCAI, 2024]\\\n{PDF}", ("Ann Lee",), "MICCAI", 2024),
        (f"**Deep Sets** (2015), G. Hinton et al. {PDF}", ("G. Hinton",), None, 2015),
        (f"**Deep Sets**, [Ann Lee](https://a.org), Bob Ray. CVPR 2021. {PDF}", ("Ann Lee", "Bob Ray"), "CVPR", 2021),
        (f"**Deep Sets**<br>Ann Lee<br>{PDF}", ("Ann Lee",), None, None),
        (f"[2021 Genome biology] **Deep Sets** {PDF}", (), "Genome biology", 2021),
        ("**Deep Sets** [[Information Fusion]](https://doi.org/10.1000/1)", (), "Information Fusion", None),
        (f"**Deep Sets**, ICCV, 2019 (*Google*). {PDF}", (), "ICCV", 2019),
        (f"DS - **Deep Sets for All** {PDF}", (), None, None),
        (f"**Deep Sets** (Lee et al., ICCV 2023) {PDF}", ("Lee",), "ICCV", 2023),
        (f"**Deep Sets** (Lee et al. 2023) {PDF}", ("Lee",), None, 2023),
        (f"**Deep Sets**, Ann Lee et al. ICCV 2017 {PDF}", ("Ann Lee",), "ICCV", 2017),
        (f"**Deep Sets** (Ann Lee, Bob Ray, ICCV 2023) {PDF}", ("Ann Lee", "Bob Ray"), "ICCV", 2023),
        (f"**Deep Sets** (Lee and Ray, ICCV 2023) {PDF}", (), "ICCV", 2023),
        (f"**Deep Sets** (Workshop on Sets, ICCV 2023) {PDF}", (), "Workshop on Sets, ICCV", 2023),
        (f"《Deep Sets for All》，ICLR 2017，{PDF}", (), "ICLR", 2017),
    ],
)
def test_notes_around_the_title(text: str, authors: tuple[str, ...], venue: str | None, year: int | None) -> None:
    row = rows(text)[0]
    assert (row.authors, row.venue, row.year) == (authors, venue, year)
