"""Forms in which lists of all fields write their rows: text in, what is read out. All rows are invented."""

from typing import Any

import pytest

from pipeline.lists.markdown import parse

DEEP, SET, SEQ = (f"https://arxiv.org/abs/{number}" for number in ("1703.06114", "1810.00825", "1511.06391"))
PDF = f"[[pdf]]({DEEP})"
Case = tuple[str, str, list[dict[str, Any]]]


def check(text: str, expected: list[dict[str, Any]]) -> None:
    """Compare the fields that `expected` states of each entry; a year of 0 or a venue of "" means none."""
    entries = parse(text).entries
    found = [{name: getattr(entry, name) for name in wanted} for entry, wanted in zip(entries, expected, strict=False)]
    assert (found, len(entries)) == (expected, len(expected))


def cases(*rows: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "expected"), [row[1:] for row in rows], ids=[row[0] for row in rows])


@cases(
    (
        "a publisher's platform",
        f"- [Deep Sets for All]({DEEP}) [[MIT Press Direct]](https://direct.mit.edu/x/1/2/3)"
        " [[ACM Digital Library]](https://dl.acm.org/doi/10.1145/1)",
        [{"url": DEEP, "links": ("https://direct.mit.edu/x/1/2/3", "https://dl.acm.org/doi/10.1145/1")}],
    ),
    (
        "an unknown name in brackets",
        f"- [Deep Sets for All]({DEEP}) [[Great Paper Place Online]](https://doi.org/10.5555/1)",
        [{"title": "Deep Sets for All", "links": ("https://doi.org/10.5555/1",)}],
    ),
    (
        "an unknown journal beside a known label",
        f"- Deep sets in chemistry. [JACS Au](https://doi.org/10.5555/1) [[arXiv]]({DEEP})",
        [{"url": DEEP, "links": ("https://doi.org/10.5555/1",)}],
    ),
    (
        "labels in one pair of brackets",
        "- Deep sets in physics. [[acmdl](https://dl.acm.org/doi/10.1145/1),[pdf](https://a.org/x.pdf)]",
        [{"title": "Deep sets in physics.", "url": "https://dl.acm.org/doi/10.1145/1"}],
    ),
    (
        "a label that says website",
        f"- Deep sets in maths. [[Website]({DEEP})]",
        [{"title": "Deep sets in maths.", "url": DEEP, "issues": ()}],
    ),
    (
        "a label that says project beside the paper",
        f"- Deep sets in arts. [Project]({DEEP}) [pdf](https://a.org/x.pdf)",
        [{"url": "https://a.org/x.pdf", "links": (DEEP,)}],
    ),
    ("a supplement is no paper", f"- Deep sets for all. {PDF} [[supp]]({SET})", [{"url": DEEP, "links": ()}]),
    (
        "a row of names",
        f"- [Deep Sets]({DEEP}), [Set Transformer]({SET})",
        [{"title": "Deep Sets", "url": DEEP}, {"title": "Set Transformer", "url": SET}],
    ),
    (
        "a venue in brackets in front",
        f"- [[CVPR]({DEEP})] Diverse sets for quantization.\n- [[Cognitive Sets]({SET})] Pruning for images",
        [
            {"title": "Diverse sets for quantization.", "venue": "CVPR", "url": DEEP},
            {"title": "Pruning for images", "venue": "Cognitive Sets", "url": SET},
        ],
    ),
)
def test_what_an_address_proves_counts_whatever_its_label(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


SICI = "10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2"


@cases(
    (
        "balanced brackets belong to a DOI",
        "- Wind over sets [doi](https://doi.org/10.5555/TAO.2009.05.25.02(IWNOP))",
        [{"url": "https://doi.org/10.5555/TAO.2009.05.25.02(IWNOP)"}],
    ),
    (
        "angle brackets, in a link",
        f"- [Fish of all sets](https://doi.org/{SICI})",
        [{"url": f"https://doi.org/{SICI}"}],
    ),
    ("angle brackets, bare", f"- Fish of all sets. https://doi.org/{SICI}.", [{"url": f"https://doi.org/{SICI}"}]),
    ("angle brackets, in text", f"- Fish of all sets, doi:{SICI}", [{"url": f"doi:{SICI}"}]),
    ("a character without width", "- Sets go fast and slow. arXiv:\u200b1103.0123", [{"url": "arxiv:1103.0123"}]),
    ("with its archive behind", "- Sets go fast and slow. arXiv:1703.06114v5 [hep-th]", [{"url": "arxiv:1703.06114"}]),
    (
        "of an old archive",
        "- Sets go fast and slow, hep-ph/9510424.",
        [{"title": "Sets go fast and slow", "url": "arxiv:hep-ph/9510424"}],
    ),
    (
        "in a bracket with `see`",
        "- Simulators of many sets (see doi:10.1038/nphys1170).",
        [{"title": "Simulators of many sets", "url": "doi:10.1038/nphys1170"}],
    ),
)
def test_identifiers_in_text_are_whole(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@cases(
    (
        "a link of its own host",
        f"## Papers\n- [Deep Sets for All]({DEEP}), see also [doi](https://doi.org/10.5555/other)",
        [{"url": DEEP, "links": ()}],
    ),
    (
        "a page that is not known",
        f"## Papers\n- [Deep Sets for All]({DEEP})\n- [Wide Sets for All]({SEQ})\n"
        f"- [Sets and Maps for All](https://a.org/b), see also [doi](https://doi.org/10.5555/other)",
        [{"url": DEEP}, {"url": SEQ}, {"title": "Sets and Maps for All", "url": "https://a.org/b", "links": ()}],
    ),
    ("no other link", f"- Deep sets for all, see [doi]({DEEP})", [{"title": "Deep sets for all", "url": DEEP}]),
)
def test_a_remark_never_outranks_the_link_of_the_title(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "heading",
    ["Star formation", "History of neural nets", "Support vector machines", "Team science", "Citation analysis",
     "Format-specific fuzzing", "Contents", "目录", "Contributing", "License", "Acknowledgements"],
)  # fmt: skip
def test_a_proven_paper_is_one_below_any_heading(heading: str) -> None:
    check(f"# Sets\n\n## {heading}\n\n- [Deep Sets for All]({DEEP})", [{"title": "Deep Sets for All"}])


def test_a_table_of_contents_ends_where_papers_begin() -> None:
    text = f"# Sets\n## 目录\n- [Sets](#sets)\n### 综述\n- [Deep Sets]({DEEP})\n### 方法\n- [Sets of All Sizes](https://a.org/b)\n"
    rows = f"- [Set Transformer]({SET})\n- [Order Matters]({SEQ})"
    check(text + rows, [{"line": 5}, {"line": 7}, {"line": 8}, {"line": 9}])


@pytest.mark.parametrize("title", ["Paper title goes here", "Title", "Paper Name", "Name of the paper"])
def test_a_template_of_a_row_is_no_paper(title: str) -> None:
    check(f"## Contributing\n- [{title}]({DEEP}), Ann Lee, 2020", [])


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (("## 2025", "### Conference", "### 2018", "### Conference"), 2018),
        (("## 2025", "### Conference"), 2025),
        (("## 2025", "### 2018", "## Theory"), None),
        (("## 2025", "### RUSTY: a tool for rust (CVPR 2020)", "### Theory"), 2025),
        (("## ICML 2019", "### Theory"), 2019),
    ],
)
def test_a_heading_of_a_year_ends_every_other_year(headings: tuple[str, ...], year: int | None) -> None:
    check("\n".join([*headings, f"- [Deep Sets for All]({DEEP})"]), [{"year": year}])
