"""A copy of the list with 56 mistakes: each is named once, on its line, beside the list's own five quirks."""

import re
from pathlib import Path

import pytest

from pipeline.lists import markdown
from pipeline.quality.lint import check

LIST = (Path(__file__).parents[2] / "data/raw/ssl-medical-imaging.md").read_text(encoding="utf-8")
QUIRKS = [
    (111, "link-ends-oddly"),  # …/TS-SSL.
    (117, "stray-link"),  # a rest of the row above
    (121, "stray-link"),
    (123, "stray-link"),
    (150, "title-with-note"),  # --update references
]
HEAD = "| Paper title | Journal/Conference | Category | Paper link | Code link |"
DASHES = "| :-: | :-: | :-: | :-: | :-: |"
ROW = "| TITLE | USUAL | LINK | N/A |"
# Rows of the year 2021. TITLE and LINK are filled in anew for each row; USUAL is a usual venue and category.
ROWS = [
    ("a cell is missing", "| TITLE | TMI | LINK | N/A |", "cells-missing"),
    ("only title and link are left", "| TITLE | LINK |", "cells-missing"),
    ("a cell too many", f"{ROW} N/A |", "cells-extra"),
    ("a bar in the title", "| TITLE | again | USUAL | LINK | N/A |", "cells-extra"),
    ("no category", "| TITLE | TMI |  | LINK | N/A |", "no-category"),
    ("a category to be said", "| TITLE | TMI | N/A | LINK | N/A |", "no-category"),
    ("an unknown category", "| TITLE | TMI | Surprising | LINK | N/A |", "unknown-category"),
    ("a misspelt category", "| TITLE | TMI | Generativ | LINK | N/A |", "unknown-category"),
    ("a category in other capitals", "| TITLE | TMI | predictive | LINK | N/A |", "unknown-category"),
    ("a venue that the legend lacks", "| TITLE | JIRS | Generative | LINK | N/A |", "unknown-venue"),
    ("a misspelt venue", "| TITLE | MICAI | Generative | LINK | N/A |", "unknown-venue"),
    ("a venue in other capitals", "| TITLE | Media | Generative | LINK | N/A |", "unknown-venue"),
    ("no venue", "| TITLE |  | Generative | LINK | N/A |", "no-venue"),
    ("venue and title swapped", "| TMI | TITLE | Generative | LINK | N/A |", "columns-swapped"),
    ("venue and category swapped", "| TITLE | Generative | TMI | LINK | N/A |", "columns-swapped"),
    ("paper and code swapped", "| TITLE | USUAL | [Link](https://github.com/a/b) | LINK |", "columns-swapped"),
    ("an empty title", "|  | USUAL | LINK | N/A |", "empty-title"),
    ("a title to be said", "| TBD | USUAL | LINK | N/A |", "empty-title"),
    ("a template", "| Paper title | USUAL | LINK | N/A |", "template-row"),
    ("no link", "| TITLE | USUAL | N/A | N/A |", "no-link"),
    ("an empty link", "| TITLE | USUAL | [Link]() | N/A |", "bad-link"),
    ("a link to be filled in", "| TITLE | USUAL | [Link](link) | N/A |", "bad-link"),
    ("a slip in https", "| TITLE | USUAL | [Link](htps://doi.org/10.5555/x1) | N/A |", "bad-link"),
    ("https twice", "| TITLE | USUAL | [Link](https://https://doi.org/10.5555/x2) | N/A |", "bad-link"),
    ("no https", "| TITLE | USUAL | [Link](doi.org/10.5555/x3) | N/A |", "bad-link"),
    ("a file of one's own", "| TITLE | USUAL | [Link](file:///home/me/x.pdf) | N/A |", "bad-link"),
    ("half a DOI", "| TITLE | USUAL | [Link](https://doi.org/10.5555) | N/A |", "bad-link"),
    ("no arXiv id", "| TITLE | USUAL | [Link](https://arxiv.org/abs/2113.01234) | N/A |", "bad-link"),
    ("an empty link to code", "| TITLE | USUAL | LINK | [pytorch]() |", "bad-link"),
    ("an open bracket", "| TITLE | USUAL | [Link](https://doi.org/10.5555/x4 | N/A |", "broken-link"),
    ("an open label", "| TITLE | USUAL | [Link(https://doi.org/10.5555/x5) | N/A |", "broken-link"),
    ("a blank in a link", "| TITLE | USUAL | [Link] (https://doi.org/10.5555/x6) | N/A |", "broken-link"),
    ("brackets swapped", "| TITLE | USUAL | (Link)[https://doi.org/10.5555/x7] | N/A |", "broken-link"),
    ("a full stop", "| TITLE | USUAL | [Link](https://doi.org/10.5555/x8.) | N/A |", "link-ends-oddly"),
    ("a comma", "| TITLE | USUAL | LINK | [pytorch](https://github.com/a/b,) |", "link-ends-oddly"),
    ("a tracker", "| TITLE | USUAL | [Link](https://doi.org/10.5555/x9?utm_source=x) | N/A |", "tracked-link"),
    ("a proxy", "| TITLE | USUAL | [Link](https://doi-org.ezproxy.x.edu/10.5555/xa) | N/A |", "proxied-link"),
    ("a search", "| TITLE | USUAL | [Link](https://scholar.google.com/scholar?q=x) | N/A |", "link-to-search"),
    ("code as the paper", "| TITLE | USUAL | [Link](https://github.com/a/c) | N/A |", "code-as-paper"),
    ("a paper as the code", "| TITLE | USUAL | LINK | [code](https://arxiv.org/abs/2101.00007) |", "paper-as-code"),
    ("a journal", "| TITLE | USUAL | [Link](https://link.springer.com/journal/11548) | N/A |", "link-not-paper"),
    ("a video", "| TITLE | USUAL | [Link](https://www.youtube.com/watch?v=abc) | N/A |", "link-not-paper"),
    ("a copy that is not trusted", "| TITLE | USUAL | [Link](https://doi.org/10.65215/x) | N/A |", "denied-doi"),
    ("a paper twice", "| TITLE | USUAL | [Link](https://arxiv.org/abs/2101.05224) | N/A |", "duplicate"),
    ("a note in the title", "| TITLE (TODO check) | USUAL | LINK | N/A |", "title-with-note"),
    ("a title cut off", "| TITLE ... | USUAL | LINK | N/A |", "title-cut"),
    ("a DOI in the title", "| TITLE doi:10.5555/xb | USUAL | LINK | N/A |", "title-with-link"),
    ("an open mark", "| **TITLE | USUAL | LINK | N/A |", "unclosed-mark"),
    ("an open tag", "| <b>TITLE | USUAL | LINK | N/A |", "unclosed-tag"),
    ("another encoding", "| TITLE donâ€™t | USUAL | LINK | N/A |", "garbled-text"),
    ("an invisible character", "| TITLE\u200b | USUAL | LINK | N/A |", "hidden-character"),
]  # fmt: skip
NEWER = "| TITLE | ArXiv | Generative | [Link](https://arxiv.org/abs/2105.00009) | N/A |"
# Below the last table; `>` stands before the line that is at fault.
BLOCKS = [
    ("older than the list takes", f"## 2016\n\n{HEAD}\n{DASHES}\n>{ROW}", "too-old"),
    ("an empty line in a table", f"## 2023\n\n{HEAD}\n{DASHES}\n{ROW}\n\n>{ROW}", "row-outside-table"),
    ("dashes that do not fit", f"## 2022\n\n{HEAD}\n>| :-: | :-: |\n{ROW}", "row-outside-table"),
    ("a year to come", ">## 2091", "bad-year"),
    ("a paper newer than its year", f"## 2018\n\n{HEAD}\n{DASHES}\n>{NEWER}", "wrong-section"),
]  # fmt: skip
LAST_ROW_OF_2021 = next(n for n, line in enumerate(LIST.split("\n"), 1) if "Volumetric white matter tract" in line)
NAMES = (
    "amber birch cedar delta ember fjord grove heath inlet jade knoll larch maple north oasis pearl quartz ridge slate"
)


def fill(text: str, number: int) -> str:
    """Give a row a title and a link of its own."""
    words = NAMES.split()
    for copy in range(2):
        at = 2 * number + copy
        title = f"{words[at % 19].title()} {words[at // 19].title()} fields of invented organs"
        text = text.replace("TITLE", title, 1).replace("LINK", f"[Link](https://doi.org/10.5555/made.{at})", 1)
    return text.replace("USUAL", "TMI | Generative")


def planted() -> tuple[str, list[tuple[int, str]]]:
    """Return the copy, and line and rule of each mistake."""
    lines = LIST.split("\n")
    rows = [fill(row, number) for number, (_, row, _) in enumerate(ROWS)]
    lines[LAST_ROW_OF_2021:LAST_ROW_OF_2021] = rows
    expected = [(LAST_ROW_OF_2021 + 1 + at, rule) for at, (_, _, rule) in enumerate(ROWS)]
    for number, (_, block, rule) in enumerate(BLOCKS, len(ROWS)):
        lines.append("")
        for line in fill(block, number).split("\n"):
            if line.startswith(">"):
                expected.append((len(lines) + 1, rule))
            lines.append(line.removeprefix(">"))
    moved = [(line if line < LAST_ROW_OF_2021 + 1 else line + len(ROWS), rule) for line, rule in QUIRKS]
    return "\n".join(lines) + "\n", sorted([*expected, *moved])


def found(text: str) -> list[tuple[int, str]]:
    parsed = markdown.parse(text)
    findings = check(parsed, "list.md", catalog=None, catalog_path="", bib_keys=(), year=2026, text=text)
    return [(finding.line, finding.rule) for finding in findings]


def test_there_are_56_of_them() -> None:
    assert len(ROWS) + len(BLOCKS) == 56


def test_the_list_itself_has_five_quirks_and_nothing_else() -> None:
    assert found(LIST) == QUIRKS


def test_each_mistake_is_named_once_on_its_line() -> None:
    text, expected = planted()
    assert sorted(found(text)) == expected


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[re.sub(r"\W+", "-", case[0]) for case in ROWS])
def test_a_mistake_alone_is_named_as_well(number: int) -> None:
    _, row, rule = ROWS[number]
    lines = LIST.split("\n")
    lines.insert(LAST_ROW_OF_2021, fill(row, number))
    shifted = [(line if line <= LAST_ROW_OF_2021 else line + 1, quirk) for line, quirk in QUIRKS]
    assert found("\n".join(lines)) == sorted([*shifted, (LAST_ROW_OF_2021 + 1, rule)])
