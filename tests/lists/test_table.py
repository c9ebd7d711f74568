"""Tables, read as part of a list; titles are real, what stands beside them is often invented."""

import pytest

from pipeline.config import ListSettings
from pipeline.lists.markdown import parse
from pipeline.model import Entry

DEEP, SET = "https://arxiv.org/abs/1703.06114", "https://arxiv.org/abs/1810.00825"
CODE = "https://github.com/ann/deep"


def read(text: str, **settings: dict[str, str]) -> tuple[Entry, ...]:
    return parse(text, ListSettings(**settings)).entries  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        f"| Title | Link |\n|---|---|\n| Deep Sets | [PDF]({DEEP}) |",
        f"Title | Link\n--- | ---\nDeep Sets | {DEEP}",
        f"|   Title   |Link|\n|:-:|-|\n|    Deep Sets     | [![](https://img.shields.io/badge/PDF-x-red)]({DEEP})|",
        f"| # | Paper | x |\n|---|---|---|\n| 1 | [**Deep Sets**]({DEEP}) | |",
        f"| Paper |\n|---|\n| 1) **Deep Sets** - a long description of what it does and why. [Paper]({DEEP}) |",
        f"<table><tr><th>Title<th>Link<tr><td>Deep Sets<td><a href='{DEEP}'>x</a></table>",
        f"<table>\n<tr>\n<td>Deep Sets</td>\n\n<td><a href='{DEEP}'>pdf</a></td>\n</tr>\n</table>",
        f"| Title | Link |\n|---|---|\n| Set Transformer | |\n\n| Deep Sets | [pdf]({DEEP}) |",
    ],
    ids=[
        "plain",
        "no outer pipes",
        "padded, badge",
        "linked",
        "described",
        "html",
        "html without header",
        "broken off",
    ],
)
def test_title_and_paper_link_are_found(text: str) -> None:
    found = read(text)[-1]
    assert (found.title, found.url) == ("Deep Sets", DEEP)


def test_entry_begins_on_the_line_of_its_title() -> None:
    found = read(
        f"<table>\n<tr>\n<td>1</td>\n<td>\n<b>Deep\nSets</b></td><td><a href='{DEEP}'>pdf</a></td>\n</tr>\n</table>"
    )
    assert [(entry.title, entry.line) for entry in found] == [("Deep Sets", 5)]


def test_columns_fill_the_entry() -> None:
    head = "| Title | Authors | Venue | Date | Task | Paper | Code | Project |\n" + "|---" * 8 + "|\n"
    row = f"| Deep Sets | Ann Lee, Bob Ray | NIPS | 2017-03 | Sets | [x]({DEEP}) | [x]({CODE}) | [p](https://a.org) |"
    entry = read(head + row)[0]
    assert (entry.authors, entry.venue, entry.year, entry.category) == (("Ann Lee", "Bob Ray"), "NIPS", 2017, "Sets")
    assert (entry.url, entry.code_url, entry.links) == (DEEP, CODE, ())


@pytest.mark.parametrize("blank", ["N/A", "n/a", "TBD", "unknown", "-", "", "None", "❌", "无"])
def test_blank_cells_are_absent(blank: str) -> None:
    row = f"| Deep Sets | {blank} | {blank} | {blank} | [x]({DEEP}) | {blank} |"
    entry = read(f"| Title | Authors | Venue | Category | Paper | Code |\n|-|-|-|-|-|-|\n{row}")[0]
    assert (entry.authors, entry.venue, entry.category, entry.code_url) == ((), None, None, None)


@pytest.mark.parametrize("joint", [", ", " <br> ", " / ", "<br>2. "])
def test_several_linked_titles_in_a_cell_are_several_entries(joint: str) -> None:
    text = f"| Year | Papers |\n|-|-|\n| 2019 | [Deep Sets for All]({DEEP}){joint}[Set Transformer]({SET}) |"
    assert [(entry.title, entry.line, entry.year) for entry in read(text)] == [
        ("Deep Sets for All", 3, 2019),
        ("Set Transformer", 3, 2019),
    ]


def test_list_in_a_cell_holds_entries() -> None:
    text = f"| Papers |\n|-|\n| <ul><li>[Deep Sets for All]({DEEP})</li><li>[Set Transformer]({SET})</li></ul> |"
    assert [entry.title for entry in read(text)] == ["Deep Sets for All", "Set Transformer"]


def test_settings_name_the_columns() -> None:
    found = read(f"| A | B |\n|-|-|\n| Deep Sets | [x]({DEEP}) |", columns={"a": "title", "B": "url"})
    assert [(entry.title, entry.url) for entry in found] == [("Deep Sets", DEEP)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"| Method | Paper | FID | IS |\n|-|-|-|-|\n| BigGAN | [link]({DEEP}) | 7.4 | 166.5 |", "table of results"),
        (f"| Title | Link |\n|-|-|\n| | [link]({DEEP}) |", "table row without a title"),
        (
            "## Datasets\n| Name | Link |\n|-|-|\n| COCO | [link](https://cocodataset.org) |",
            "no link to a paper",
        ),
    ],
)
def test_other_tables_are_skipped_with_their_reason(text: str, reason: str) -> None:
    parsed = parse(text)
    assert (parsed.entries, parsed.accounts[-1].reason) == ((), reason)


@pytest.mark.parametrize(
    "title",
    [
        "The 2019 Nowhere challenge on whisker detection",
        "The Multimodal Brain Tumor Image Segmentation Benchmark (BRATS)",
        "Insulin Resistance, Type 1 and Type 2 Diabetes, and Related Complications: Current Status",
        "Studies on painted suns. III. Noon",
    ],
    ids=["year", "brackets", "commas", "part"],
)
@pytest.mark.parametrize("cell", ["{}", "[{}](https://a.org/paper.pdf)"], ids=["plain", "linked"])
def test_beside_columns_of_venue_and_year_a_title_is_taken_whole(title: str, cell: str) -> None:
    entry = read(f"| Title | Venue | Year |\n|---|---|---|\n| {cell.format(title)} | CVPR | 2021 |")[0]
    assert (entry.title, entry.venue, entry.year, entry.authors) == (title, "CVPR", 2021, ())


@pytest.mark.parametrize(
    ("cell", "names"), [("Lee", ("Lee",)), ("O'Neill", ("O'Neill",)), ("Lee, Ray and Doe", ("Lee", "Ray", "Doe"))]
)
def test_a_column_of_authors_may_hold_family_names_alone(cell: str, names: tuple[str, ...]) -> None:
    assert read(f"| Title | Authors | Year |\n|---|---|---|\n| Deep Sets | {cell} | 2017 |")[0].authors == names


def test_a_column_of_venue_and_year_fills_both() -> None:
    entry = read(f"| Title | Conf. & Year | Link |\n|---|---|---|\n| Deep Sets | ICML'21 | [pdf]({DEEP}) |")[0]
    assert (entry.venue, entry.year) == ("ICML", 2021)


HEAD = "<table><tr><th>Year</th><th>Title</th><th>Authors</th></tr>"
DEEP_ROW, WIDE_ROW = "<td>Deep Sets</td><td>Ann Lee</td></tr>", "<td>Wide Sets</td><td>Bob Ray</td></tr>"
BOTH = [("Deep Sets", 2021, ("Ann Lee",)), ("Wide Sets", 2021, ("Bob Ray",))]


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        (f"<tr><td rowspan='2'>2021</td>{DEEP_ROW}<tr>{WIDE_ROW}", BOTH),
        (f"<tr><td rowspan=65534>2021</td>{DEEP_ROW}<tr>{WIDE_ROW}", BOTH),
        (f"<tr><td rowspan='-x'>2021</td>{DEEP_ROW}<tr><td>2021</td>{WIDE_ROW}", BOTH),
        (f"<tr><td colspan=3>New</td></tr><tr><td>2021</td>{DEEP_ROW}<tr><td>2021</td>{WIDE_ROW}", BOTH),
        ("<tr><td>2021</td><td rowspan=2>Deep Sets</td><td>Ann Lee</td></tr><tr><td>2022</td></tr>", BOTH[:1]),
        ("<tr><td>2021</td><td rowspan=2>Deep Sets</td><td>Ann Lee</td></tr><tr></tr>", BOTH[:1]),
        ("<tr><td>2021</td><td colspan=2>Deep Sets</td><td>note</td></tr>", [("Deep Sets", 2021, ())]),
        (f"<tr><td colspan=99999>x</td>{DEEP_ROW}", []),
    ],
    ids=["year", "more rows than there are", "no number", "text", "title", "empty row", "title in two", "hostile"],
)
def test_cells_over_several_rows_or_columns_keep_the_others_in_place(body: str, entries: list[object]) -> None:
    assert [(entry.title, entry.year, entry.authors) for entry in read(f"{HEAD}{body}</table>")] == entries
