import html
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.lists import markdown as lists
from pipeline.model import Citations, Count, Ids, Listed, OpenAccess, Paper, Resolution, Suggestion, Suggestions
from pipeline.outputs import markdown
from pipeline.outputs.display import clean_line
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper, papers

OWN_LIST = Path(__file__).parents[2] / "data" / "raw" / "ssl-medical-imaging.md"
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _parse(text: str) -> list[Token]:
    return [leaf for token in PARSER.parse(text) for leaf in (token, *(token.children or ()))]


def _cells(text: str) -> list[str]:
    """Return the plain text of every cell of the tables in the page."""
    tokens = PARSER.parse(text)
    inside = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    return ["".join(leaf.content for leaf in cell.children or ()) for cell in inside]


def _in_section(*section: str) -> Paper:
    return paper(key="-".join(section), listed=msgspec.structs.replace(LANTERNS.listed, section=section))


def _render(members: Sequence[Paper]) -> str:
    return markdown.render_files(members, INFO)["README.md"]


def test_a_row_reads_like_a_reference() -> None:
    assert _render([LANTERNS]).splitlines()[-3:] == [
        "| Paper | Category | Cited |",
        "|:--|:--|--:|",
        "| **[Lanterns of Moss: a Field Study](https://doi.org/10.5555/moss.1)**"
        "<br>Adaeze Okafor, The Moss Consortium. *Journal of Glowing Moss*, 2031"
        "<br>doi:10.5555/moss.1 · [listed link](https://journal.example/lanterns)"
        " · [free PDF](https://journal.example/lanterns.pdf) · [code](https://code.example/lanterns)"
        " · `okafor2031lanterns` | Field study | 12 OpenAlex<br>9 Crossref |",
    ]


def test_what_no_paper_has_is_no_column_and_no_line() -> None:
    bare = paper(
        status="open",
        key_provisional=True,
        authors=(),
        venue=None,
        year=None,
        ids=Ids(),
        citations=Citations(),
        open_access=OpenAccess(),
        listed=Listed(line=7, title="Lanterns"),
    )
    assert _render([bare]).splitlines()[-3:] == [
        "| Paper |",
        "|:--|",
        "| **Lanterns of Moss: a Field Study** (*not looked up yet*) |",
    ]


def test_a_count_that_one_source_lacks_is_left_out_and_a_zero_is_not() -> None:
    counted = paper(citations=Citations(crossref=Count(count=0, as_of="2032-01-11")))
    assert _render([counted]).endswith("| 0 Crossref |\n")


def test_a_list_that_nobody_was_asked_about_says_so() -> None:
    known = paper(citations=Citations(), open_access=OpenAccess(), sources={"title": "known"})
    assert "Citation counts, free copies and abstracts: not asked yet: no network in this run." in _render([known])
    assert "not asked" not in _render([LANTERNS])


def test_a_fact_that_nobody_has_seen_says_so() -> None:
    note = Resolution(method="known", evidence=("known.bib", "known.bib says: doi derived from the number, not seen"))
    assert "<br>*DOI derived from the number, not seen*" in _render([paper(status="known", resolution=note)])


def test_a_retraction_stands_before_the_title() -> None:
    assert "| **RETRACTED** **[Lanterns" in _render([paper(retracted=True)])


def test_a_row_that_nobody_could_settle_says_so() -> None:
    assert "** (*undecided*)<br>" in _render([paper(status="ambiguous")])


def test_candidates_say_what_was_counted() -> None:
    work = Suggestion(openalex="W5", doi="10.5555/old", title="An old | lamp", year=1999, cited_by=3)
    said = markdown.render_files([LANTERNS], INFO, suggestions=Suggestions(papers=4, works=(work,)))["README.md"]
    assert said.endswith("| [An old &#124; lamp](https://doi.org/10.5555/old) | 1999 | 3 of 4 |\n")


def test_a_long_list_is_an_index_and_pages_that_lose_nothing() -> None:
    members = [*papers(40), *(_in_section("2030", str(n)) for n in range(40))]
    files = markdown.render_files(members, INFO, page_bytes=8_000)
    assert max(len(text.encode()) for text in files.values()) <= 8_000
    assert list(files) == ["README.md", *(f"list/{n}.md" for n in range(1, len(files)))]
    shown = [line for text in files.values() for line in text.splitlines() if line.startswith("| **")]
    assert [re.findall("`([^`]+)` [|]", line)[0] for line in shown] == [member.key for member in members]
    assert "| 2031 | 40 |" in files["README.md"] or "[page 1](list/1.md)" in files["README.md"]
    assert "[contents](../README.md) · [page 2 →](2.md)" in files["list/1.md"]


def test_the_list_of_the_repository_is_there_row_by_row() -> None:
    listed = lists.parse(OWN_LIST.read_text(encoding="utf-8"))
    members = [
        paper(
            key=f"k{n}",
            title=entry.title,
            ids=Ids(),
            listed=Listed(**{name: getattr(entry, name) for name in Listed.__struct_fields__}),
        )
        for n, entry in enumerate(listed.entries)
    ]
    text = _render(members)
    rows = [line for line in text.splitlines() if line.startswith("| **")]
    assert len(rows) == len(members) == 43
    for row, entry in zip(rows, listed.entries, strict=True):
        assert entry.title in html.unescape(row).replace("\\", "")
        assert row.endswith(f"| {entry.category} | 12 OpenAlex<br>9 Crossref |")
        assert str(entry.url) in row
        assert entry.code_url is None or entry.code_url in row
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == list(dict.fromkeys(entry.section[0] for entry in listed.entries))


def test_a_work_is_shown_once() -> None:
    assert _render([LANTERNS, paper(duplicate_of=7)]).count("okafor2031lanterns") == 1


def test_headings_are_those_of_the_list_in_its_order_and_only_where_they_change() -> None:
    text = _render([_in_section("B", "2031"), _in_section("B", "2030"), _in_section("A")])
    assert [line for line in text.splitlines() if line.startswith("##")] == ["## B", "### 2031", "### 2030", "## A"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_text(title: str) -> None:
    tokens = _parse(_render([paper(title=title)]))
    html_blocks = [token for token in tokens if token.type in {"html_inline", "html_block", "image", "fence"}]
    assert {token.content for token in html_blocks} == {"<br>"}
    assert {token.attrs["href"] for token in tokens if token.type == "link_open" and "://" in str(token.attrs)} == {
        "https://doi.org/10.5555/moss.1",
        "https://journal.example/lanterns",
        "https://journal.example/lanterns.pdf",
        "https://code.example/lanterns",
    }


@given(st.text(min_size=1))
def test_any_title_is_shown_to_the_letter_in_its_own_cell(title: str) -> None:
    cells = _cells(_render([paper(title=title)]))
    assert len(cells) == 3
    assert cells[0].startswith(f"{clean_line(title)}<br>")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/) [x](javascript:y"])
def test_a_hostile_address_is_no_link_or_a_harmless_one(url: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, code_url=url)
    tokens = _parse(_render([paper(listed=listed)]))
    hrefs = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert not [href for href in hrefs if href.startswith(("javascript:", "data:"))]
