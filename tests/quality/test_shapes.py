"""The mistakes of contributors in lists of other shapes: bullets, bold titles, HTML tables, a heading for each year."""

import pytest

from pipeline.lists import markdown
from pipeline.quality.lint import check

SHAPES = {
    "linked title": "- [TITLE](LINK), VENUE YEAR. [[code](CODE)]",
    "labelled link": "- TITLE [[VENUE YEAR]](LINK) [[Code]](CODE)",
    "bold title": "**TITLE** \\\n*Ann Lee, Bob Ray* \\\nVENUE YEAR. [[Paper](LINK)] [[Github](CODE)]\n",
    "bold bullet": "- **TITLE (VENUE YEAR)**\n  - Ann Lee, Bob Ray\n  - [[Paper]](LINK)\n  - [[Code]](CODE)",
    "HTML table": (
        '<tr><td>TITLE</td><td>VENUE</td><td>YEAR</td><td><a href="LINK">paper</a></td>'
        '<td><a href="CODE">code</a></td></tr>'
    ),
}
HEAD = {"HTML table": "<table>\n<tr><th>Title</th><th>Venue</th><th>Year</th><th>Paper</th><th>Code</th></tr>\n"}
TAIL = {"HTML table": "</table>\n"}
NAMES = "amber birch cedar delta ember fjord grove heath inlet jade knoll larch maple north oasis pearl"
NEW = 200
# What stands in the row instead of its usual value; `+` is the usual title.
VALUES = [
    ({"TITLE": "Paper title"}, "template-row"),
    ({"TITLE": "+ (TODO check)"}, "title-with-note"),
    ({"TITLE": "+ ..."}, "title-cut"),
    ({"TITLE": "AMBER FIELDS OF INVENTED ORGANS IN TIME"}, "title-in-capitals"),
    ({"TITLE": "Amber (fields of invented organs in time"}, "title-unbalanced"),
    ({"TITLE": "+ donâ€™t"}, "garbled-text"),
    ({"TITLE": "+\u200b"}, "hidden-character"),
    ({"LINK": ""}, "bad-link"),
    ({"LINK": "link"}, "bad-link"),
    ({"LINK": "htps://doi.org/10.5555/x1"}, "bad-link"),
    ({"LINK": "https://https://doi.org/10.5555/x2"}, "bad-link"),
    ({"LINK": "doi.org/10.5555/x3"}, "bad-link"),
    ({"LINK": "file:///home/me/x.pdf"}, "bad-link"),
    ({"LINK": "https://doi.org/10.5555"}, "bad-link"),
    ({"LINK": "https://arxiv.org/abs/2113.01234"}, "bad-link"),
    ({"CODE": ""}, "bad-link"),
    ({"LINK": "https://doi.org/10.5555/x8."}, "link-ends-oddly"),
    ({"LINK": "https://doi.org/10.5555/x9?utm_source=x"}, "tracked-link"),
    ({"LINK": "https://doi-org.ezproxy.x.edu/10.5555/xa"}, "proxied-link"),
    ({"LINK": "https://scholar.google.com/scholar?q=x"}, "link-to-search"),
    ({"LINK": "https://github.com/a/c"}, "code-as-paper"),
    ({"LINK": "https://link.springer.com/journal/11548"}, "link-not-paper"),
    ({"LINK": "https://www.youtube.com/watch?v=abc"}, "link-not-paper"),
    ({"LINK": "https://doi.org/10.65215/x"}, "denied-doi"),
    ({"LINK": "https://doi.org/10.5555/made.3"}, "duplicate"),
    ({"VENUE": ""}, "no-venue"),
    ({"YEAR": "2091"}, "bad-year"),
    ({"YEAR": "2019"}, "wrong-section"),
    ({"YEAR": "", "LINK": "https://arxiv.org/abs/2505.00009"}, "wrong-section"),
]
# Changes of the row itself: what is written, and what stands there instead.
EDITS = [
    ("TITLE", "<b>TITLE", "unclosed-tag"),
    ("", "<<<<<<< HEAD\n", "merge-conflict"),
    ("](LINK)", "](LINK", "broken-link"),
    ("](LINK)", "] (LINK)", "broken-link"),
    ("[[Paper](LINK)] ", "", "no-link"),
    ("  - [[Paper]](LINK)\n", "", "no-link"),
    ("[[VENUE YEAR]](LINK)", "[VENUE YEAR]", "no-link"),
    ('<a href="LINK">paper</a>', "", "no-link"),
    ("[TITLE](LINK)", "[](LINK)", "empty-title"),
    ("<td>TITLE</td>", "<td></td>", "empty-title"),
    ("[[code](CODE)]", "[[code](https://arxiv.org/abs/2101.00007)]", "paper-as-code"),
    ("[[Code]](CODE)", "[[Code]](https://arxiv.org/abs/2101.00007)", "paper-as-code"),
    ("[[Code]](CODE)", "[Code]](CODE)", "broken-link"),
    ('"CODE">', '"https://arxiv.org/abs/2101.00007">', "paper-as-code"),
    ("**TITLE**", "**TITLE", "unclosed-mark"),
    ("**TITLE**", "****", "empty-title"),
    ("**TITLE**", "** **", "empty-title"),
    ("[[code]", "[[[code]", "unclosed-mark"),
    ("[[Code]]", "[[[Code]]", "unclosed-mark"),
    ("[TITLE](LINK)", "[[TITLE](LINK)", "unclosed-mark"),
    ("- **TITLE (VENUE YEAR)**", "- **TITLE (VENUE YEAR)", "unclosed-mark"),
]


def fill(row: str, number: int, values: dict[str, str]) -> str:
    names = NAMES.title().split()
    title = f"{names[number % 16]} {names[number // 16]} fields of invented organs"
    usual = {
        "TITLE": title,
        "LINK": f"https://doi.org/10.5555/made.{number}",
        "CODE": f"https://github.com/a/b{number}",
        "VENUE": "MICCAI",
    }
    for name, value in (usual | values).items():
        row = row.replace(name, value.replace("+", title))
    return row


def plant(shape: str, row: str) -> tuple[str, range]:
    """Return a list with a row in its year 2021, and the lines of the row."""
    text, lines, number = "# List of papers\n\n", range(0), 0
    for year in ("2023", "2021", "2019"):
        text += f"## {year}\n\n{HEAD.get(shape, '')}"
        for _ in range(6):
            text += fill(SHAPES[shape], number, {"YEAR": year}) + "\n"
            number += 1
        if year == "2021" and row:
            start = text.count("\n") + 1
            text += row + "\n"
            lines = range(start, text.count("\n") + 1)
        text += TAIL.get(shape, "") + "\n"
    return text, lines


def find(text: str) -> list[tuple[int, str]]:
    findings = check(markdown.parse(text), "l.md", catalog=None, catalog_path="", bib_keys=(), year=2026, text=text)
    return [(finding.line, finding.rule) for finding in findings]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sound_list_has_no_findings(shape: str) -> None:
    text, _ = plant(shape, "")
    assert (len(markdown.parse(text).entries), find(text)) == (18, [])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("values", "rule"), VALUES)
def test_a_wrong_value_is_named_once_on_a_line_of_its_row(shape: str, values: dict[str, str], rule: str) -> None:
    text, lines = plant(shape, fill(SHAPES[shape], NEW, {"YEAR": "2021"} | values))
    ((line, found),) = find(text)
    assert (found, line in lines) == (rule, True)


@pytest.mark.parametrize(
    ("shape", "old", "new", "rule"),
    [(shape, old, new, rule) for shape, row in SHAPES.items() for old, new, rule in EDITS if old in row],
)
def test_a_slip_in_the_row_is_named_once_on_a_line_of_its_row(shape: str, old: str, new: str, rule: str) -> None:
    text, lines = plant(shape, fill(SHAPES[shape].replace(old, new, 1), NEW, {"YEAR": "2021"}))
    ((line, found),) = find(text)
    assert (found, line in lines) == (rule, True)


LONG = "Invented organs and their many fields"
SOUND = [
    # The link is to a preprint of later, and the row says why it stands here.
    f"- **{LONG} (NIPS 2021)**\n  - Ann Lee\n  - [[Paper]](https://arxiv.org/abs/2310.11363)",
    f"- [Deep [Sets] of {LONG}](https://doi.org/10.5555/set), MICCAI 2021.",
    f"**{LONG} | of parts** \\\n*Ann Lee* \\\nMICCAI 2021. [[Paper](https://doi.org/10.5555/set)]\n",
]


@pytest.mark.parametrize("row", SOUND)
def test_a_sound_row_is_not_blamed(row: str) -> None:
    text, _ = plant("bold bullet", row)
    assert (len(markdown.parse(text).entries), find(text)) == (19, [])


def test_a_table_of_data_sets_owes_no_venue_and_an_announcement_no_year() -> None:
    text, _ = plant("linked title", "")
    above = "- Our survey of all: [Invented organs, a survey of fields](https://doi.org/10.5555/own)\n\n"
    below = (
        "## Data sets\n\n| Year | Data | Paper |\n|---|---|---|\n"
        "| 2021 | [A](https://x.org/a) | [Amber organs for everybody](https://doi.org/10.5555/d1) |\n"
        "| 2020 | [B](https://x.org/b) | [Birch organs for everybody](https://doi.org/10.5555/d2) |\n"
    )
    text = text.replace("## 2023", above + "## 2023", 1) + below
    assert (len(markdown.parse(text).entries), find(text)) == (21, [])
