"""What is an entry and what is not; rows are invented."""

import pytest

from pipeline.config import ListSettings
from pipeline.lists.markdown import parse

DEEP, SET, SEQ = (f"https://arxiv.org/abs/{number}" for number in ("1703.06114", "1810.00825", "1511.06391"))
PAPERS = f"- [Deep Sets]({DEEP})\n- [Set Transformer]({SET})\n"


def titles(text: str, settings: ListSettings = ListSettings()) -> list[str]:
    return [entry.title for entry in parse(text, settings).entries]


@pytest.mark.parametrize(
    "row",
    [
        "- [Tool](https://github.com/ann/tool) - Library for sets.",
        "- [Tool](https://tool.org) - Library for sets.",
        f"- [Tool](https://github.com/ann/tool) - Library for sets ([paper]({SEQ}))",
        f"- [A Set of Sets](https://doi.org/10.5281/zenodo.1) - Data ([paper here]({SEQ}))",
        "- A course on sets with videos [[video]](https://youtu.be/a)",
    ],
    ids=["repository", "page", "repository and paper", "data and paper", "course"],
)
def test_tools_data_and_courses_are_no_papers(row: str) -> None:
    assert titles(f"## Tools and Courses\n{row}\n- [Other](https://other.org) - Another.") == []


@pytest.mark.parametrize(
    ("behind", "entry"),
    [
        (f"[paper]({SEQ}) CVPR 2018", True),
        (f", Ann Lee et al. ICCV 2017 [[arXiv]]({SEQ})", True),
        (f"[paper]({SEQ})", False),
        (f"- Library for all kinds of sets. [paper]({SEQ}) CVPR 2018", False),
    ],
    ids=["venue", "authors", "nothing said", "described"],
)
def test_title_linked_to_code_is_an_entry_where_it_is_cited(behind: str, entry: bool) -> None:
    code = "https://github.com/ann/order"
    found = parse(f"- [Order Matters]({code}) {behind}").entries
    expected = [("Order Matters", SEQ, code, ["unsure-entry"])] if entry else []
    assert [(e.title, e.url, e.code_url, [issue.rule for issue in e.issues]) for e in found] == expected


def test_paper_among_tools_is_an_entry() -> None:
    rows = f"## Tools\n- [Tool](https://tool.org)\n- Sets: A Library for Deep Learning on Sets. [[pdf]]({SEQ})"
    assert titles(rows) == ["Sets: A Library for Deep Learning on Sets."]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("- [Order Matters for Sets](https://drive.google.com/x)", "Order Matters for Sets"),
        ("- Order Matters for Sets [[code]](https://github.com/ann/order)", "Order Matters for Sets"),
    ],
    ids=["unknown place", "code only"],
)
def test_doubtful_row_beside_papers_is_an_entry_with_an_issue(row: str, title: str) -> None:
    entry = parse(f"{PAPERS}{row}").entries[-1]
    assert (entry.title, [issue.rule for issue in entry.issues]) == (title, ["unsure-entry"])
    assert entry.issues[0].line == entry.line


def test_row_without_a_link_that_says_who_and_where_is_an_entry() -> None:
    entry = parse(f"{PAPERS}- Order Matters for Sets\n  - Ann Lee and Bob Ray. *ICLR 2016*").entries[-1]
    assert (entry.title, entry.authors, entry.venue, entry.year, entry.issues) == (
        "Order Matters for Sets",
        ("Ann Lee", "Bob Ray"),
        "ICLR",
        2016,
        (),
    )


def test_bare_name_with_a_paper_behind_it_is_an_entry_with_an_issue() -> None:
    rows = f"## Open models\n- [BigSet-7B]({DEEP})\n- [SmallSet](https://small.org)\n- [MidSet](https://mid.org)"
    assert [(entry.title, bool(entry.issues)) for entry in parse(rows).entries] == [("BigSet-7B", True)]


def test_rows_beside_papers_that_are_nothing_are_left_out() -> None:
    assert titles(f"{PAPERS}- coming soon...\n- Pull requests are welcome\n- [more](#more)") == [
        "Deep Sets",
        "Set Transformer",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Our code for the [paper]({DEEP}) is [here](https://github.com/ann/x).",
        f"See [this survey]({DEEP}) and the [others]({SET}) for details.",
        f"```\n- [Deep Sets for All]({DEEP})\n```",
        f"    - [Deep Sets for All]({DEEP})",
        f"<!-- - [Deep Sets for All]({DEEP}) -->",
        f"## Contributing\n- [Paper title goes here]({DEEP}), Ann Lee, 2020",
        "- [Deep Sets for All](#deep-sets)\n  - [More of them](#more)",
        f"[![Deep Sets for All](https://img.shields.io/x)]({DEEP})",
    ],
    ids=["sentence", "survey", "fence", "indented", "comment", "template", "contents", "badge"],
)
def test_links_that_list_nothing(text: str) -> None:
    assert titles(text) == []


def test_mentioned_paper_is_an_entry_only_when_no_row_has_it() -> None:
    news = f"## News\n- 2020: our [Deep Sets for Everybody]({DEEP}) is accepted!\n"
    assert titles(f"{news}## Papers\n{PAPERS}") == ["Deep Sets", "Set Transformer"]
    entry = parse(news).entries[0]
    assert (entry.title, entry.issues[0].rule) == ("Deep Sets for Everybody", "unsure-entry")


def test_ignored_sections_hold_no_entries() -> None:
    text = f"## Papers\n- [Deep Sets]({DEEP})\n## Related *lists*\n### More\n- [Set Transformer]({SET})"
    assert titles(text, ListSettings(ignore_sections=("related lists",))) == ["Deep Sets"]


def test_a_paper_announced_in_a_bullet_is_sure_and_one_in_a_sentence_is_not() -> None:
    announced = f"- Our own survey of them all: [Order Matters: Sequences for Sets]({SEQ}) \n\n## Papers\n{PAPERS}"
    mentioned = f"We thank all who wrote [Order Matters: Sequences for Sets]({SEQ}) for it.\n\n## Papers\n{PAPERS}"
    assert [len(parse(text).entries[0].issues) for text in (announced, mentioned)] == [0, 1]


def test_a_journal_whose_name_is_words_of_labels_is_a_venue() -> None:
    text = (
        f"- Order Matters: Sequences for Sets [[IEEE ACCESS]](https://ieeexplore.ieee.org/document/8913529)\n{PAPERS}"
    )
    assert parse(text).entries[0].venue == "IEEE ACCESS"


def test_a_list_of_venues_in_front_of_the_papers_is_none() -> None:
    text = f"From these venues:\n\n- Language\n   * [ACL](http://www.acl2019.org/EN/index.xhtml)\n\n## Papers\n{PAPERS}"
    assert titles(text) == ["Deep Sets", "Set Transformer"]
