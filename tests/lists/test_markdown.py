"""The whole reader: lines, sections, nesting, accounts, and laws that hold for any text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lists.markdown import parse

DEEP, SET = "https://arxiv.org/abs/1703.06114", "https://arxiv.org/abs/1810.00825"
CODE = "https://github.com/ann/deep"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r \n"], ids=["lf", "crlf", "stray cr"])
def test_lines_are_counted_by_line_feeds(end: str) -> None:
    text = f"\ufeff# Sets\n\n- one\rtwo three four [pdf]({SET})\n- **Deep\n  Sets** [pdf]({DEEP})".replace("\n", end)
    assert [entry.line for entry in parse(text).entries] == [3, 4]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Sets [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n## Papers", "Sets"),
        ("# <p align=center>`awesome sets`</p> #\n# Papers", "awesome sets"),
        ('<h1 align="center">Sets</h1>\n\n# Papers', "Sets"),
        ("Some words.\n\n# Resources\n\n# Papers", None),
        ("## Papers", None),
    ],
)
def test_own_title_of_the_list(text: str, title: str | None) -> None:
    assert parse(text).title == title


def test_section_is_the_path_of_headings_without_the_own_title() -> None:
    text = f"# Sets\n## 2017\n### Deep\n- [Deep Sets]({DEEP})\n## 2019\n- [Set Transformer]({SET})"
    assert [(entry.section, entry.year) for entry in parse(text).entries] == [
        (("2017", "Deep"), 2017),
        (("2019",), 2019),
    ]


def test_year_of_the_row_counts_more_than_that_of_the_heading() -> None:
    assert parse(f"## 2019\n- [Deep Sets]({DEEP}) (NIPS 2017)").entries[0].year == 2017


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"- Topic\n  - [Deep Sets]({DEEP})\n    - code: {CODE}\n  - [Set Transformer]({SET})", [2, 4]),
        (
            f"- **Deep Sets**\n  - Ann Lee\n  - [[Paper]]({DEEP})\n  - note: see [Set Transformer for All]({SET})",
            [1, 4],
        ),
        (
            f"- Sets\n  - Deep Sets for All\n    - Ann Lee\n    - [Paper]({DEEP})\n  - Sets of All Sets\n    - {SET}",
            [2, 5],
        ),
        (
            f"- Sets\n  - [Deep Sets for All]({DEEP})\n  - [Sets of All Sets](https://a.org)\n"
            f"  - [Wide Sets for All]({SET})",
            [2, 3, 4],
        ),
        (f"- **Deep Sets**\n  - Where to find it all\n    - code: {CODE}\n  - [Paper]({DEEP})", [1]),
        (f"- DS [[Paper]]({DEEP})\n  - Ann Lee, Bob Ray, Nets for deep sets, NIPS, 2017.", [2]),
        (f"**Deep Sets**\n\nAnn Lee, Bob Ray\n\n[[Paper]]({DEEP})\n\n**Set Transformer**\n* [PDF]({SET})", [1, 7]),
        (f"### Deep Sets for All\n[[Paper]]({DEEP})\n### [Set Transformer]({SET})\nICML 2019", [1, 3]),
        (f"> **Deep Sets**\n> [[Paper]]({DEEP})", [1]),
        (f"1. [Deep Sets][d]\n1. [Set Transformer][s]\n\n[d]: {DEEP}\n[s]: {SET}", [1, 2]),
    ],
    ids=[
        "topic",
        "parts",
        "topic with parts",
        "topic with a page",
        "parts with parts",
        "name over citation",
        "paragraphs",
        "headings",
        "quote",
        "reference links",
    ],
)
def test_blocks_that_belong_together_are_one_entry(text: str, lines: list[int]) -> None:
    assert [entry.line for entry in parse(text).entries] == lines


def test_details_state_the_year_of_what_they_fold_away() -> None:
    text = f"<details>\n<summary>2017</summary>\n\n- [Deep Sets]({DEEP})\n\n</details>"
    assert [(entry.year, entry.section) for entry in parse(text).entries] == [(2017, ())]


def test_every_line_with_a_link_is_accounted_for() -> None:
    text = f"""# Sets [a](b)
See https://example.org.
- **Deep Sets**
  - [[Paper]]({DEEP})
  - [[Code]]({CODE})
- [Set Transformer]({SET}) and [Tools](#tools)
![image](x.png)

```
[a](b)
```
[x]: {SET}
"""
    assert [(account.line, account.state, account.reason) for account in parse(text).accounts] == [
        (1, "skipped", "heading"),
        (2, "skipped", "sentence"),
        (4, "part", "3"),
        (5, "part", "3"),
        (6, "entry", "6"),
        (7, "skipped", "image or badge"),
        (10, "skipped", "block of code"),
        (12, "skipped", "definition of a link"),
    ]


MARKS = [
    "1. ",
    "> ",
    "|",
    "**",
    "*",
    "`",
    "```",
    "[",
    "]",
    "](",
    "(",
    ")",
    "\\",
    "![",
    "“",
    "：",
    " - ",
    "🔥",
    ":star:",
]
BREAKS = ["\n", "\n\n", "\r", "\x00", "\u2028", "\t", " "]
TAGS = [
    "<td>",
    "</td>",
    "<tr>",
    "<table>",
    "</table>",
    "<br>",
    "<li>",
    "<!--",
    "-->",
    "<summary>",
    "<a href='x'>",
    "</a>",
]
WORDS = ["|-|-|", "Deep Sets", "Ann Lee, Bob Ray", "NIPS 2017", "et al.", "[pdf]", DEEP, CODE, "arXiv:1706.03762"]
MORE_WORDS = ["10.1000/x", "2021", "论文", "N/A", "Title", "see our", "- ", "  ", "# ", ". ", ", "]
PIECES = st.sampled_from([*MARKS, *BREAKS, *TAGS, *WORDS, *MORE_WORDS])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)))
def test_any_text_is_read_and_its_lines_are_true(text: str) -> None:
    parsed = parse(text)
    lines = text.split("\n")
    # Entities are read, and a code span over several lines has one line only.
    unsure = "&" in text or "`" in text
    for entry in parsed.entries:
        assert entry.title
        assert unsure or re.sub(r"[\W_]", "", entry.title)[:1] in lines[entry.line - 1]
    assert [account.line for account in parsed.accounts] == sorted({account.line for account in parsed.accounts})


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_reading_is_the_same_with_either_line_end(text: str) -> None:
    text = text.replace("\r", "")
    assert parse(text.replace("\n", "\r\n")) == parse(text)


@pytest.mark.parametrize(
    "piece", ["[", "|", "*", "<", "> ", "- ", "![", "<td>", "[a](", "(", "“", "-_ ", "a, ", ":a:", "\\", "(2010). "]
)
def test_long_runs_of_one_mark_are_no_problem(piece: str) -> None:
    assert len(parse(piece * 3000 + f" [pdf]({DEEP})").entries) <= 1


@pytest.mark.parametrize("venue", ["Medical Image Analysis 2020", "Invented Journal of Imaging 2020"])
def test_authors_and_an_italic_venue_below_a_short_title_belong_to_it(venue: str) -> None:
    entry = parse(f"- Deep Sets\n  [[pdf]]({DEEP})\n  - Ann Lee, Bob Ray. *{venue}*").entries[0]
    assert (entry.line, entry.title, entry.authors) == (1, "Deep Sets", ("Ann Lee", "Bob Ray"))


@pytest.mark.parametrize("empty", ["** **", "****", "** [](https://a.org/c)**"])
def test_links_below_an_empty_title_are_not_the_papers_above(empty: str) -> None:
    rows = [f"{title} \\\n*Ann Lee* \\\nNIPS 2017. [[Paper]({url})] [[Code]({CODE})]" for title, url in (
        ("**Deep sets for sheep**", DEEP), (empty, SET),
    )]  # fmt: skip
    (entry,) = parse("# Sets\n\n" + rows[0].replace(f" [[Code]({CODE})]", "") + "\n\n" + rows[1]).entries
    assert (entry.url, entry.code_url, entry.links) == (DEEP, None, ())
