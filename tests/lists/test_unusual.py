"""Lists in unusual but sound forms: every paper is found, and `check` has nothing to say."""

import pytest

from pipeline.lists.markdown import parse
from pipeline.quality.lint import check

SETS, GOATS, ORGANS, GRAPHS = (
    "https://arxiv.org/abs/1703.06114",
    "https://arxiv.org/abs/1810.00825",
    "https://doi.org/10.1109/TPAMI.2020.1234567",
    "https://arxiv.org/abs/1901.11117",
)
TITLES = {
    SETS: "Deep sets for counting sheep at night",
    GOATS: "Set transformers for attention among goats",
    ORGANS: "Invariant networks over invented organs",
    GRAPHS: "Graph matching of sheep and goats in fields",
}
FORMS = {
    "crlf table": (
        "# Papers\r\n"
        "\r\n"
        "| Title | Venue | Year | Paper |\r\n"
        "|---|---|---|---|\r\n"
        "| T-SETS | NIPS | 2017 | [pdf](SETS) |\r\n"
        "| T-GOATS | ICML | 2019 | [pdf](GOATS) |\r\n"
    ),
    "bom": ("\ufeff# Papers\n\n- [T-SETS](SETS), NIPS 2017\n- [T-GOATS](GOATS), ICML 2019\n"),
    "html table": (
        "# Papers\n"
        "\n"
        "<table>\n"
        "<thead><tr><th>Title</th><th>Venue</th><th>Links</th></tr></thead>\n"
        "<tbody>\n"
        "<tr>\n"
        "<td>T-SETS</td>\n"
        "<td>NIPS 2017</td>\n"
        "<td><a href=\"SETS\">paper</a> | <a href='https://github.com/a/b'>code</a></td>\n"
        "</tr>\n"
        '<tr><td>T-GOATS</td><td>ICML 2019</td><td><a href="GOATS">paper</a></td></tr>\n'
        "</tbody>\n"
        "</table>\n"
    ),
    "nested": (
        "# Papers\n"
        "\n"
        "- Sets\n"
        "  - [T-SETS](SETS), NIPS 2017\n"
        "    - Code: https://github.com/a/b\n"
        "  - [T-GOATS](GOATS), ICML 2019\n"
        "- Graphs\n"
        "  - Matching\n"
        "    - [T-GRAPHS](GRAPHS), CVPR 2019\n"
    ),
    "numbered": (
        "# Papers\n"
        "\n"
        "1. Lee, A., & Ray, B. (2017). T-SETS. *NIPS*. SETS\n"
        "2. Roe, C. (2019). T-GOATS. *ICML*. GOATS\n"
        "10) [T-ORGANS](ORGANS) TPAMI 2020\n"
    ),
    "numbered paren": ("# Papers\n\n1) [T-SETS](SETS), NIPS 2017\n2) [T-GOATS](GOATS), ICML 2019\n"),
    "definition list": (
        "# Papers\n\n[T-SETS](SETS)\n: Ann Lee, Bob Ray. NIPS 2017.\n\n[T-GOATS](GOATS)\n: Cy Roe. ICML 2019.\n"
    ),
    "dl html": (
        "# Papers\n"
        "\n"
        "<dl>\n"
        '<dt><a href="SETS">T-SETS</a></dt>\n'
        "<dd>Ann Lee, Bob Ray. NIPS 2017.</dd>\n"
        '<dt><a href="GOATS">T-GOATS</a></dt>\n'
        "<dd>Cy Roe. ICML 2019.</dd>\n"
        "</dl>\n"
    ),
    "details": (
        "# Papers\n"
        "\n"
        "<details>\n"
        "<summary>2019</summary>\n"
        "\n"
        "- [T-GOATS](GOATS), ICML\n"
        "- [T-GRAPHS](GRAPHS), CVPR\n"
        "\n"
        "</details>\n"
        "<details open><summary><b>2017</b></summary>\n"
        "\n"
        "| Title | Venue | Paper |\n"
        "|---|---|---|\n"
        "| T-SETS | NIPS | [pdf](SETS) |\n"
        "\n"
        "</details>\n"
    ),
    "reference links": (
        "# Papers\n"
        "\n"
        "- [T-SETS][sets], NIPS 2017\n"
        "- [T-GOATS][], ICML 2019\n"
        "- T-GRAPHS [[pdf]][gm] [[code]][gmc]\n"
        "\n"
        "[sets]: SETS\n"
        '[T-GOATS]: GOATS "ICML"\n'
        "[gm]: GRAPHS\n"
        "[gmc]: https://github.com/a/b\n"
    ),
    "footnotes": (
        "# Papers\n"
        "\n"
        "Sets are counted[^1] and transformed[^2].\n"
        "\n"
        "[^1]: Lee, A., & Ray, B. (2017). T-SETS. NIPS. SETS\n"
        "[^2]: Roe, C. (2019). T-GOATS. ICML. <GOATS>\n"
    ),
    "autolinks": ("# Papers\n\n- T-SETS <SETS>\n- T-GOATS, ICML 2019, <GOATS>\n- T-ORGANS (ORGANS)\n"),
    "task list": (
        "# Papers\n"
        "\n"
        "- [x] [T-SETS](SETS), NIPS 2017\n"
        "- [ ] [T-GOATS](GOATS), ICML 2019\n"
        "- [ ] T-GRAPHS [[pdf](GRAPHS)]\n"
    ),
    "setext": (
        "Papers\n"
        "======\n"
        "\n"
        "2019\n"
        "----\n"
        "\n"
        "* [T-GOATS](GOATS), ICML 2019\n"
        "+ [T-GRAPHS](GRAPHS), CVPR 2019\n"
        "\n"
        "2017\n"
        "----\n"
        "* [T-SETS](SETS), NIPS 2017\n"
    ),
    "emoji": (
        "# 📚 Papers\n"
        "\n"
        "## 🔥 2019\n"
        "\n"
        "- 🆕 **[T-GOATS](GOATS)** ⭐ `ICML 2019` ![stars](https://img.shields.io/github/stars/a/b?style=social)\n"
        "- :star: [T-GRAPHS](GRAPHS) – *CVPR 2019* – [code](https://github.com/a/c)\n"
    ),
    "quote": (
        "# Papers\n\n> [T-SETS](SETS)\n> Ann Lee, Bob Ray. NIPS 2017\n\n> [T-GOATS](GOATS)\n> Cy Roe. ICML 2019\n"
    ),
    "br cells": (
        "# Papers\n"
        "\n"
        "|Year|Paper|\n"
        "|-|-|\n"
        "|2019|[T-GOATS](GOATS)<br>Cy Roe<br>*ICML 2019*|\n"
        "|2019|**[T-GRAPHS](GRAPHS)**<br/>Di Poe<br/>CVPR|\n"
    ),
    "trailing ws": ("# Papers  \n\n*   [T-SETS](SETS), NIPS 2017   \n*   [T-GOATS](GOATS),\n    ICML 2019\t\n"),
    "tabs": ("# Papers\n\n-\t[T-SETS](SETS), NIPS 2017\n-\t[T-GOATS](GOATS), ICML 2019\n"),
    "front matter": (
        "---\n"
        "title: My papers\n"
        "tags: [a, b]\n"
        "---\n"
        "\n"
        "# Papers\n"
        "\n"
        "- [T-SETS](SETS), NIPS 2017\n"
        "- [T-GOATS](GOATS), ICML 2019\n"
    ),
    "title attr": (
        "# Papers\n"
        "\n"
        '- [T-SETS](SETS "Deep sets"), NIPS 2017\n'
        "- [T-GOATS](<GOATS>), ICML 2019\n"
        "- [T-GRAPHS]( GRAPHS ), CVPR 2019\n"
    ),
    "table code fence": (
        "# Papers\n"
        "\n"
        "Form of a row:\n"
        "\n"
        "```markdown\n"
        "| Title | Paper |\n"
        "|---|---|\n"
        "| Paper title | [pdf](link) |\n"
        "```\n"
        "\n"
        "| Title | Paper |\n"
        "|---|---|\n"
        "| T-SETS | [pdf](SETS) |\n"
        "| T-GOATS | [pdf](GOATS) |\n"
    ),
    "hr between": (
        "# Papers\n"
        "\n"
        "---\n"
        "\n"
        "**T-SETS**\n"
        "*Ann Lee*, NIPS 2017\n"
        "[Paper](SETS)\n"
        "\n"
        "---\n"
        "\n"
        "**T-GOATS**\n"
        "*Cy Roe*, ICML 2019\n"
        "[Paper](GOATS)\n"
        "\n"
        "***\n"
    ),
    "lower title headings": (
        "# Papers\n"
        "\n"
        "### T-SETS\n"
        "\n"
        "Ann Lee, Bob Ray\n"
        "\n"
        "[arXiv](SETS) | [code](https://github.com/a/b)\n"
        "\n"
        "### T-GOATS\n"
        "\n"
        "Cy Roe\n"
        "\n"
        "[arXiv](GOATS)\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_paper_of_an_unusual_list_is_found_and_none_is_blamed(form: str) -> None:
    text = FORMS[form]
    for url, name in zip(TITLES, ("SETS", "GOATS", "ORGANS", "GRAPHS"), strict=True):
        text = text.replace(f"T-{name}", TITLES[url]).replace(name, url)
    parsed = parse(text)
    found = {(entry.title, entry.url) for entry in parsed.entries}
    assert found == {(title, url) for url, title in TITLES.items() if url in text}
    assert check(parsed, "list.md", catalog=None, catalog_path="", bib_keys=(), year=2026, text=text) == ()


@pytest.mark.parametrize(
    ("row", "title", "venue", "authors"),
    [
        (f"- [شبكات عميقة لعد الأغنام في الليل]({SETS}), ICML 2019", "شبكات عميقة لعد الأغنام في الليل", "ICML", ()),
        (f"- \u200f[למידה עמוקה של קבוצות]({SETS})\u200f, ICML 2019", "למידה עמוקה של קבוצות", "ICML", ()),
        (f"- [面向医学图像的自监督学习方法研究]({SETS})，ICML 2019", "面向医学图像的自监督学习方法研究", "ICML", ()),
        (f"- [Sets \\*for\\* sheep &amp; goats]({SETS}), ICML 2019", "Sets *for* sheep & goats", "ICML", ()),
        (f"- 🆕 **[Sets for sheep and goats]({SETS})** ⭐ `ICML 2019`", "Sets for sheep and goats", "ICML", ()),
        (f"Title | Venue | Link\n:-- | :-: | --:\nSets (x \\| y) of sheep | ICML&nbsp;2019 | [`pdf`]({SETS})",
         "Sets (x | y) of sheep", "ICML", ()),
        (f"<dl>\n<dt><a href='{SETS}'>Sets for sheep and goats</a></dt>\n<dd>Ann Lee. ICML 2019.</dd>\n</dl>",
         "Sets for sheep and goats", "ICML", ("Ann Lee",)),
        (f"### Sets for sheep and goats\n\nAnn Lee\n\n[arXiv]({SETS})", "Sets for sheep and goats", None, ("Ann Lee",)),
    ],
)  # fmt: skip
def test_what_an_unusual_row_says_is_read(row: str, title: str, venue: str | None, authors: tuple[str, ...]) -> None:
    (entry,) = parse(f"# Papers\n\n{row}\n").entries
    assert (entry.title, entry.venue, entry.authors) == (title, venue, authors)
