import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.model import Citations, Count, OpenAccess, Paper
from pipeline.outputs import markdown
from pipeline.outputs.display import clean_line
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper

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


def test_a_row_shows_what_is_known() -> None:
    assert markdown.render([LANTERNS], INFO).splitlines()[-1] == (
        "| [Lanterns of Moss: a Field Study](https://doi.org/10.5555/moss.1) | Adaeze Okafor, The Moss Consortium"
        " | Journal of Glowing Moss | 2031 | 12 / 9 | [gold](https://journal.example/lanterns.pdf)"
        " | [code](https://code.example/lanterns) | `okafor2031lanterns` |"
    )


def test_a_row_without_facts_has_empty_cells() -> None:
    bare = paper(
        status="open",
        key_provisional=True,
        authors=(),
        venue=None,
        year=None,
        citations=Citations(),
        open_access=OpenAccess(),
        listed=msgspec.structs.replace(LANTERNS.listed, year=None, venue=None, url=None, code_url=None),
    )
    assert _cells(markdown.render([bare], INFO))[1:] == [""] * 7


def test_a_count_that_one_source_lacks_is_a_dash() -> None:
    counted = paper(citations=Citations(crossref=Count(count=0, as_of="2032-01-11")))
    assert "| – / 0 |" in markdown.render([counted], INFO)


def test_a_retraction_stands_before_the_title() -> None:
    assert "| **RETRACTED** [Lanterns" in markdown.render([paper(retracted=True)], INFO)


def test_a_row_that_nobody_could_settle_says_so() -> None:
    assert "(*undecided*) |" in markdown.render([paper(status="ambiguous")], INFO)


def test_a_work_is_shown_once() -> None:
    assert markdown.render([LANTERNS, paper(duplicate_of=7)], INFO).count("okafor2031lanterns") == 1


def test_headings_are_those_of_the_list_in_its_order_and_only_where_they_change() -> None:
    text = markdown.render([_in_section("B", "2031"), _in_section("B", "2030"), _in_section("A")], INFO)
    assert [line for line in text.splitlines() if line.startswith("##")] == ["## B", "### 2031", "### 2030", "## A"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_text(title: str) -> None:
    tokens = _parse(markdown.render([paper(title=title)], INFO))
    assert not [token for token in tokens if token.type in {"html_inline", "html_block", "image", "fence"}]
    assert {token.attrs["href"] for token in tokens if token.type == "link_open" and "://" in str(token.attrs)} == {
        "https://doi.org/10.5555/moss.1",
        "https://journal.example/lanterns.pdf",
        "https://code.example/lanterns",
    }


@given(st.text(min_size=1))
def test_any_title_is_shown_to_the_letter_in_its_own_cell(title: str) -> None:
    cells = _cells(markdown.render([paper(title=title)], INFO))
    assert len(cells) == 8
    assert cells[0] == clean_line(title)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/) [x](javascript:y"])
def test_a_hostile_address_is_no_link_or_a_harmless_one(url: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, code_url=url)
    tokens = _parse(markdown.render([paper(listed=listed)], INFO))
    hrefs = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert not [href for href in hrefs if href.startswith(("javascript:", "data:"))]
