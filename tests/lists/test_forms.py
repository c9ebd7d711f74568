"""Forms in which lists of all fields write their rows: text in, what is read out. All rows are invented."""

from typing import Any

import pytest
from hypothesis import given, settings

from pipeline.lists.markdown import parse
from tests.lists.generated import LISTS

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


@cases(
    (
        "a bold name before a linked title",
        f"* **SafeMDP** [Safe exploration in finite processes]({DEEP}), Doe M. (2016).",
        [{"title": "Safe exploration in finite processes", "year": 2016}],
    ),
    (
        "a bold name before a citation",
        f"1. **Flickr30k**: Doe, B. A., et al. **Entities and phrases.** {PDF}",
        [{"title": "Entities and phrases.", "authors": ("Doe, B. A.",)}],
    ),
    (
        "the whole citation in the label",
        f"[Xue, X. et al. Predicting reactions with nets. J. Chem. 2025]({DEEP})",
        [{"title": "Predicting reactions with nets", "authors": ("Xue, X.",), "venue": "J. Chem.", "year": 2025}],
    ),
    (
        "unknown venues behind a comma",
        f"* Paxos in simple words, SIGACT News 2001 {PDF}\n* Robots in a ring of fire, ICDCN 2021 [[pdf]]({SET})",
        [
            {"title": "Paxos in simple words", "venue": "SIGACT News", "year": 2001},
            {"title": "Robots in a ring of fire", "venue": "ICDCN", "year": 2021},
        ],
    ),
    (
        "a year before a title in capitals",
        f"- [2019 - Building Fast Fuzzers]({DEEP})\n  - **Tags:** grammar",
        [{"title": "Building Fast Fuzzers", "year": 2019, "venue": None}],
    ),
    (
        "a label of author and year",
        f"- Man and computer. [Licklider (1960)]({DEEP})\n- Man and machine symbiosis [[Chan 2008]]({SET})\n"
        f"- [Man and machine and woman]({SEQ}) (Doe and Roe, 2022)",
        [
            {"title": "Man and computer.", "authors": ("Licklider",), "venue": None, "year": 1960},
            {"title": "Man and machine symbiosis", "authors": ("Chan",), "venue": None, "year": 2008},
            {"title": "Man and machine and woman", "authors": ("Doe", "Roe"), "venue": None, "year": 2022},
        ],
    ),
    ("a comment", f'- **Comment on "Blessings of causes"** {PDF}', [{"title": 'Comment on "Blessings of causes"'}]),
    (
        "a corrigendum",
        f"- Corrigendum to “The many sets”. [[doi]]({DEEP})",
        [{"title": "Corrigendum to “The many sets”."}],
    ),
    (
        "a title that ends like a venue",
        f"- [Fuzzing: Hack, Art, and Science]({DEEP})\n- Fuzzing: Hack, Art, and Science, CACM 2020 [pdf]({SET})",
        [{"title": "Fuzzing: Hack, Art, and Science", "venue": None}, {"title": "Fuzzing: Hack, Art, and Science"}],
    ),
    (
        "a summary behind a bold title",
        f"- **Deep sets for all of us** We show that sets can be learned by nets with a sum. {PDF}",
        [{"title": "Deep sets for all of us"}],
    ),
    (
        "the paper behind a page",
        f"- [Deep sets for everybody](https://deepsets.org) ([Paper]({DEEP}))",
        [{"title": "Deep sets for everybody", "url": DEEP}],
    ),
    (
        "an abstract alone",
        f"- A long title of things (Abstract Only) [[doi]]({DEEP})",
        [{"title": "A long title of things (Abstract Only)"}],
    ),
    (
        "middle initials",
        f"- [Deep sets for all]({DEEP}). Vincent J. Hellen, Earl T. Barr, Prem Roe. FSE 2017",
        [{"authors": ("Vincent J. Hellen", "Earl T. Barr", "Prem Roe"), "venue": "FSE", "year": 2017}],
    ),
    (
        "the first name inverted",
        f"- **Deep sets for none**. Chen, Dave Zhenyu, Angel X. Chang, and Matthias Roe. ECCV 2020 {PDF}",
        [{"authors": ("Chen, Dave Zhenyu", "Angel X. Chang", "Matthias Roe"), "venue": "ECCV", "year": 2020}],
    ),
    (
        "family names alone",
        f"- **Balancing sets** Hofmann, Whiteson, de Rijke (2011) {PDF}",
        [{"authors": ("Hofmann", "Whiteson", "de Rijke"), "year": 2011}],
    ),
    (
        "notes, journals and keywords are nobody",
        f"- [Deep sets for one]({DEEP}) 阅读笔记，很好\n- [Deep sets for two]({SET}) *Pattern Recognition*\n"
        f"- [Deep sets for three]({SEQ}) *deep learning, computer vision* [Reading Note](https://a.org/n)",
        [{"authors": ()}, {"authors": ()}, {"authors": ()}],
    ),
    (
        "names joined by commas that are none",
        f"- **Grazing GANs, Diffusion Models, and Flow Matching for Sheep** {PDF}",
        [{"title": "Grazing GANs, Diffusion Models, and Flow Matching for Sheep", "authors": ()}],
    ),
)
def test_what_is_the_title_and_who_wrote_it(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


FIELDS = f"""
- **Title:** Agents of the new kind
- **Authors:** Ann Lee, Bob Ray
- **Year:** 2020
- **Venue:** Journal of Sets
- **URL:** {DEEP}

- **Title:** Agents of the old kind
- **Authors:** Ann Lee
- **Year:** 2021
- **Tags:** agents, old
- **URL:** {SET}
"""
NEW = {"title": "Agents of the new kind", "authors": ("Ann Lee", "Bob Ray"), "year": 2020, "url": DEEP}
OLD = {"title": "Agents of the old kind", "authors": ("Ann Lee",), "year": 2021, "url": SET}


@cases(
    ("in bold", FIELDS, [NEW, OLD]),
    ("plain", FIELDS.replace("**", ""), [NEW, OLD]),
    (
        "in Chinese",
        f"- **题目**：深度集合的研究与应用\n- **作者**：张三，李四\n- **年份**：2020\n- **链接**：{DEEP}",
        [{"title": "深度集合的研究与应用", "authors": ("张三", "李四"), "year": 2020, "url": DEEP}],
    ),
    (
        "below a heading",
        f"### Agents of the new kind\n- **arXiv**: [2506.23900v1]({DEEP})\n- **Code**: none\n"
        f"### Agents of the old kind\n- **arXiv**: [2506.23901v1]({SET})",
        [{"title": "Agents of the new kind", "url": DEEP}, {"title": "Agents of the old kind", "url": SET}],
    ),
    (
        "below the title",
        f"- **Agents of the new kind**\n  - Authors: Ann Lee, Bob Ray\n  - Published: 2020-05-01\n  - Paper: {DEEP}",
        [{**NEW, "line": 1}],
    ),
    (
        "an abstract over several lines",
        f"**Title:** Agents of the new kind\n**Authors:** Ann Lee, Bob Ray\n**Year:** 2020\n**Link:** {DEEP}\n"
        "**Abstract:** We read many long lists\nand find Sets and Agents in them.",
        [NEW],
    ),
)
def test_labelled_fields_say_what_they_are(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


REFERENCES = """## References

[1] Doe, J. (2010). Counting sheep at night. *Journal of Wool*, 12(3), 1-9.
[2] Roe, B. (2011). Counting sheep at day. *Journal of Wool*,
    12(4), 1-9.

Poe C, Doe J. Sheep in the city. Wool Lett. 2012;4:1-9.

- Moe, D., 2013. Light sheep. Wool Today, 5(2), pp.1-2.
"""


def test_reference_strings_without_a_link_are_entries_and_accounted_for() -> None:
    parsed = parse(REFERENCES)
    assert [(e.line, e.title, e.url, e.year, e.issues) for e in parsed.entries] == [
        (3, "Counting sheep at night", None, 2010, ()),
        (4, "Counting sheep at day", None, 2011, ()),
        (7, "Sheep in the city", None, 2012, ()),
        (9, "Light sheep", None, 2013, ()),
    ]
    assert [(account.line, account.state) for account in parsed.accounts] == [
        (3, "entry"),
        (4, "entry"),
        (7, "entry"),
        (9, "entry"),
    ]


BIBTEX = f"""## Papers

- [Deep Sets for all]({DEEP})

```bibtex
@article{{deep, title = {{Deep Sets for All}}, year = {{2017}}}}
@article{{doe2010,
  author = {{Doe, Jane and Roe, Ben}},
  title = {{Counting {{Sheep}} at Night}},
  journal = {{Journal of Wool}},
  year = {{2010}},
  doi = {{10.5555/abc}}
}}
```
"""


@cases(
    (
        "a block of BibTeX",
        BIBTEX,
        [
            {"title": "Deep Sets for all", "line": 3},
            {
                "line": 9,
                "title": "Counting Sheep at Night",
                "authors": ("Doe, Jane", "Roe, Ben"),
                "venue": "Journal of Wool",
                "year": 2010,
                "url": "doi:10.5555/abc",
            },
        ],
    ),
    ("how to cite the list", "## Citation\n" + BIBTEX[BIBTEX.index("```") :], []),
    (
        "a footnote",
        "Sheep are counted.[^1]\n\n[^1]: Doe, J. (2010). Counting sheep at night. *Journal of Wool*, 12(3), 1-9.",
        [{"line": 3, "title": "Counting sheep at night", "authors": ("Doe, J.",), "venue": "Journal of Wool"}],
    ),
    (
        "a definition list",
        f"Deep Sets for everyone\n: Ann Lee, NIPS 2017. {DEEP}\n\nSet Transformer for all\n: Bob Ray, ICML 2019. {SET}",
        [
            {"line": 1, "title": "Deep Sets for everyone", "authors": ("Ann Lee",), "venue": "NIPS", "year": 2017},
            {"line": 4, "title": "Set Transformer for all", "authors": ("Bob Ray",), "venue": "ICML", "year": 2019},
        ],
    ),
    (
        "reference-style links",
        f"- [Deep Sets][d], NIPS 2017\n- [Set Transformer]\n\n[d]: {DEEP}\n[Set Transformer]: {SET}",
        [{"title": "Deep Sets", "url": DEEP, "year": 2017}, {"title": "Set Transformer", "url": SET}],
    ),
    (
        "reStructuredText",
        f"Papers on sets\n==============\n\n* `Deep Sets for all <{DEEP}>`_, NIPS 2017\n"
        f"* Zaheer, M. (2017). Counting sets. *NIPS*. `pdf <{SET}>`__",
        [
            {"title": "Deep Sets for all", "url": DEEP, "venue": "NIPS", "year": 2017},
            {"title": "Counting sets", "url": SET, "authors": ("Zaheer, M.",)},
        ],
    ),
    (
        "tabs",
        f"-\tDeep Sets for everyone\tNIPS 2017\t{DEEP}",
        [{"title": "Deep Sets for everyone", "venue": "NIPS", "year": 2017, "url": DEEP}],
    ),
    (
        "an HTML table on one line, a cell over two rows",
        f"<table><tr><td rowspan='2'>2017</td><td><a href='{DEEP}'>Deep Sets for everyone</a></td></tr>"
        f"<tr><td><a href='{SET}'>Set Transformer for all</a></td></tr></table>",
        [{"title": "Deep Sets for everyone", "year": 2017}, {"title": "Set Transformer for all", "year": 2017}],
    ),
    (
        "front matter",
        f"---\ntitle: Papers of 2019\nauthor: Ann Lee\n---\n\nSets\n====\n\n- [Deep Sets for all]({DEEP})",
        [{"line": 9, "section": (), "year": None}],
    ),
    (
        "CRLF",
        f"## 2017\r\n\r\n| Paper | Link |\r\n|---|---|\r\n| Deep Sets for all | [pdf]({DEEP}) |\r\n",
        [{"line": 5, "title": "Deep Sets for all", "url": DEEP, "year": 2017}],
    ),
    (
        "names of papers in one sentence",
        "- [GFS](a.pdf) (2003) and [Bigtable](b.pdf) (2006)\n- [Deep Sets for All](c.pdf)\n- [Wide Sets](d.pdf)",
        [
            {"title": "GFS", "url": "a.pdf", "year": 2003},
            {"title": "Bigtable", "url": "b.pdf", "year": 2006},
            {"url": "c.pdf"},
            {"url": "d.pdf"},
        ],
    ),
    (
        "gerunds are no names",
        f"- Moving, Shoving and Standing Still. [[doi]]({DEEP})",
        [{"title": "Moving, Shoving and Standing Still.", "authors": ()}],
    ),
    (
        "a column of domains beside that of papers",
        f"| Domain | Paper | Year |\n|---|---|---|\n| Image of the day | [Deep sets]({DEEP}) | 2020 |"
        f"\n| Video of the night | [Sets]({SET}) | 2021 |",
        [{"title": "Deep sets", "year": 2020}, {"title": "Sets", "year": 2021}],
    ),
    (
        "a column of techniques",
        f"| Paper | ML technique(s) used | Year |\n|---|---|---|\n| [Deep sets for us]({DEEP}) | Forest | 2020 |",
        [{"title": "Deep sets for us", "venue": None, "year": 2020}],
    ),
)
def test_other_syntax_is_read_too(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        f"- Figure 2. Counting sheep ([source]({DEEP}))",
        "| Data | Link |\n|---|---|\n| GSE12345 | [GEO](https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc=GSE12345) |",
        "- What is the best way to count sheep?\n- How do I do it?",
        "# Sheep counter\n\nCounts sheep.\n\n## Install\n\n- pip install sheep\n- See [the docs](https://sheep.org)\n\n"
        "| Option | Meaning |\n|---|---|\n| `--all` | Count all of the sheep |\n",
        "| Property | Value of the property |\n|---|---|\n| Colour of the sheep | White as snow |",
    ],
    ids=["a caption", "an accession", "questions", "the README of a project", "properties"],
)
def test_what_lists_no_papers_gives_none(text: str) -> None:
    check(text, [])


@cases(
    (
        "a venue with its year above titles",
        "- S&P 2019\n    - SHEEPZ: Efficient Counting with Smooth Sheep\n    - Counting Sheep via Two Spaces\n"
        f"- [Deep Sets for All]({DEEP})\n- [Set Transformer]({SET})\n- [Order Matters]({SEQ})",
        [
            {"title": "SHEEPZ: Efficient Counting with Smooth Sheep", "venue": "S&P", "year": 2019},
            {"title": "Counting Sheep via Two Spaces", "venue": "S&P", "year": 2019},
            {"title": "Deep Sets for All", "year": None},
            {"title": "Set Transformer"},
            {"title": "Order Matters"},
        ],
    ),
    (
        "bold titles with years and nothing else",
        "### Symposium on Sheep\n* **SHEEPZ: Type-Aware Counting of Sheep** (2021)\n"
        "* **Counting Sheep by Stochastic Logs** (2020)",
        [
            {"title": "SHEEPZ: Type-Aware Counting of Sheep", "year": 2021, "url": None},
            {"title": "Counting Sheep by Stochastic Logs", "year": 2020, "url": None},
        ],
    ),
    (
        "a quoted title, authors and a venue",
        '- "Taking Control of Sheep via the Plane", K. Thimm, **B. Shast**, Symposium on Sheep 2018, **Best Award**\n'
        '- "Static Analysis as a Counting Aid", **B. Shast**, M. Leut, Symposium on Sheep 2017',
        [
            {"title": "Taking Control of Sheep via the Plane", "year": 2018},
            {"title": "Static Analysis as a Counting Aid", "authors": ("B. Shast", "M. Leut"), "year": 2017},
        ],
    ),
    (
        "footnotes of the humanities",
        "## References\n\n"
        "<sup>1</sup> Cass R. Sunny, “Sheep Roles,” <i>Columbia Sheep Review</i>, Vol.96, 1996, p.903.<br>\n"
        "<sup>2</sup> I. Morri, <i>Why the Sheep Rule: Patterns of Wool</i>, New York: Farrar, 2010.<br>\n"
        "<sup>3</sup> 陈登原：《国史旧闻》第 1 卷，北京：中华书局2000年版，第29页。<br>\n"
        "<sup>4</sup> 张三、李四：《羊群计数方法研究》，《计算机学报》2018年第3期。<br>",
        [
            {"title": "Sheep Roles", "authors": ("Cass R. Sunny",), "venue": "Columbia Sheep Review", "year": 1996},
            {"title": "Why the Sheep Rule: Patterns of Wool", "authors": ("I. Morri",), "year": 2010},
            {"title": "国史旧闻", "authors": ("陈登原",), "year": 2000},
            {"title": "羊群计数方法研究", "authors": ("张三", "李四"), "venue": "计算机学报", "year": 2018},
        ],
    ),
    (
        "authors behind `by`, the venue behind `in`",
        f"- **Counting sheep at night** by Ann Lee, Bob Ray in Journal of Sheep, 2020 {PDF}",
        [{"authors": ("Ann Lee", "Bob Ray"), "venue": "Journal of Sheep", "year": 2020}],
    ),
    (
        "Chicago with a linked title",
        f'- Fujiwara, Thomas. 2015. ["Voting Sheep: Evidence."]({DEEP}) *Econometrica* 83 (2): 423–464.\n'
        f'- Gabaix, Xavier, and David Laib. "[Shrouded Sheep and Myopia]({SET})." *QJE* 121 (2006): 505–540.',
        [
            {
                "title": "Voting Sheep: Evidence.",
                "authors": ("Fujiwara, Thomas",),
                "venue": "Econometrica",
                "year": 2015,
            },
            {"title": "Shrouded Sheep and Myopia", "authors": ("Gabaix, Xavier", "David Laib"), "year": 2006},
        ],
    ),
    (
        "a year of long ago",
        f'- Ramsey, Frank: ["A Contribution to the Theory of Sheep"]({DEEP}) (1927)',
        [{"title": "A Contribution to the Theory of Sheep", "authors": ("Ramsey, Frank",), "year": 1927}],
    ),
)
def test_lists_of_other_fields(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@cases(
    (
        "a heading, a summary, badges",
        "### Deep Sets for All of Us\n\nWe show how nets count sheep that jump. It is a long paragraph.\n\n"
        f"[![arXiv](https://img.shields.io/badge/arXiv-1-b)]({DEEP})\n\n### Set Transformer for All\n\n"
        "*Ann Lee, Bob Ray*\n\n"
        f"The set transformer counts goats.\n\n[Paper]({SET})",
        [
            {"title": "Deep Sets for All of Us", "line": 1, "url": DEEP},
            {"title": "Set Transformer for All", "authors": ("Ann Lee", "Bob Ray"), "url": SET},
        ],
    ),
    (
        "Chinese, Japanese, Korean",
        f"- 《深度集合》 张三, 李四. 计算机学报, 2020. [链接]({DEEP})\n"
        f"- 张三, 李四, 《羊群计数》, 软件学报 2019 [PDF]({SET})\n"
        f"- [羊の数え方に関する研究]({SEQ}) 山田太郎, 鈴木花子, 情報処理学会 2019\n"
        f"- 양의 개체수 연구 (홍길동, 2015) [링크]({DEEP}1)",
        [
            {"title": "深度集合", "authors": ("张三", "李四"), "venue": "计算机学报", "year": 2020},
            {"title": "羊群计数", "authors": ("张三", "李四"), "venue": "软件学报", "year": 2019},
            {
                "title": "羊の数え方に関する研究",
                "authors": ("山田太郎", "鈴木花子"),
                "venue": "情報処理学会",
                "year": 2019,
            },
            {"title": "양의 개체수 연구", "authors": ("홍길동",), "year": 2015},
        ],
    ),
    (
        "a shortcode behind a venue",
        f"- [Order Matters]({DEEP}) (ICLR'16 Oral) :star:",
        [{"venue": "ICLR", "year": 2016}],
    ),
)
def test_cards_and_lists_of_east_asia(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@cases(
    (
        "law",
        '## References\n- Doe, J. & Roe, B. "Sheep in law" (2010) 45 Law Quarterly Review 123\n'
        "- J Doe, 'Sheep and the Constitution' (2015) 35 OJLS 1\n- Doe, Jane, *The Law of Sheep* (Wool Press 2012)",
        [
            {"title": "Sheep in law", "authors": ("Doe, J.", "Roe, B."), "venue": "Law Quarterly Review", "year": 2010},
            {"title": "Sheep and the Constitution", "authors": ("J Doe",), "venue": "OJLS", "year": 2015},
            {"title": "The Law of Sheep", "authors": ("Doe, Jane",), "year": 2012},
        ],
    ),
    (
        "mathematics",
        "## References\n- A. Doe, “Sheep I,” Ann. of Math. (2) 150 (1999), 1–30.\n"
        "- A. Doe and B. Roe, *On sheep of finite type*, Invent. Math. **123** (1996), no. 2, 1–30.",
        [
            {"title": "Sheep I", "authors": ("A. Doe",), "year": 1999},
            {
                "title": "On sheep of finite type",
                "authors": ("A. Doe", "B. Roe"),
                "venue": "Invent. Math.",
                "year": 1996,
            },
        ],
    ),
    (
        "chemistry",
        f"- Smith, A. B.; Jones, C. D. Total Synthesis of Wool. *Org. Lett.* **2016**, *18*, 100–103. {DEEP}\n"
        f"- Smith, A.; Jones, B. *J. Am. Chem. Soc.* **2015**, 137, 1234. [Synthesis of sheep]({SET})",
        [
            {"title": "Total Synthesis of Wool", "authors": ("Smith, A. B.", "Jones, C. D."), "venue": "Org. Lett."},
            {"title": "Synthesis of sheep", "year": 2015, "url": SET},
        ],
    ),
    (
        "medicine",
        f"- Doe J. [Two trials of wool in sheep.]({DEEP}) JAMA. 2020;323(4):1-9.",
        [{"title": "Two trials of wool in sheep", "authors": ("Doe J",), "venue": "JAMA", "year": 2020}],
    ),
    (
        "a mark in front of the title",
        f"- [Doe 2019]({DEEP}) - Sheep genomes of the wild and the tame\n"
        f'- [Doe & Roe (2021)]({SET}): "Sheep of the sky and of the moon"',
        [
            {"title": "Sheep genomes of the wild and the tame", "authors": ("Doe",), "year": 2019, "venue": None},
            {"title": "Sheep of the sky and of the moon", "authors": ("Doe", "Roe"), "year": 2021},
        ],
    ),
    (
        "bars between title, authors and venue",
        f"- Counting wool in the light | Doe et al | CVPR 2021 | [paper]({DEEP})",
        [{"title": "Counting wool in the light", "authors": ("Doe",), "venue": "CVPR", "year": 2021}],
    ),
)
def test_reference_styles_of_other_fields(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@cases(
    (
        "an emphasised journal without its year",
        f"- [A Survey of Sheep]({DEEP}), Doe et al., *ACM Computing Surveys*, 2020\n"
        f"- **Sheep: Past and Future.** Jane Doe, Ben Roe. _IEEE Trans. Sheep_, 2019. [[DOI]({SET})]",
        [
            {"title": "A Survey of Sheep", "authors": ("Doe",), "venue": "ACM Computing Surveys", "year": 2020},
            {"title": "Sheep: Past and Future.", "venue": "IEEE Trans. Sheep", "year": 2019},
        ],
    ),
    (
        "emphasis throughout",
        f"- Doe, J. *et al.* **Sheep of the world.** *Nature* **570**, 1–9 (2019). [doi:10.5555/1]({DEEP})",
        [{"title": "Sheep of the world", "authors": ("Doe, J.",), "venue": "Nature", "year": 2019}],
    ),
    (
        "a venue in brackets before the authors",
        f"- [Sheep and Music: A Study]({DEEP}) (ISMIR 2019) – J. Doe",
        [{"title": "Sheep and Music: A Study", "venue": "ISMIR", "year": 2019}],
    ),
)
def test_emphasis_and_brackets_around_who_and_where(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@settings(max_examples=200, deadline=None)
@given(LISTS)
def test_every_line_with_a_link_is_entry_part_or_skipped_for_a_reason(text: str) -> None:
    parsed = parse(text)
    accounts = {account.line: account for account in parsed.accounts}
    for line, written in enumerate(text.split("\n"), 1):
        if "https://" in written:
            assert accounts[line].reason
    for entry in parsed.entries:
        assert entry.title.strip()
        assert entry.line not in accounts or accounts[entry.line].state == "entry"
