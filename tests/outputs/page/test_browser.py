"""The page in a real Chromium: what a reader sees, types, clicks, shares and takes along."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, Page, expect

from pipeline.model import Author, Citations, Count, Issue, OpenAccess, Paper, Suggestion, Suggestions
from pipeline.outputs import bibtex
from pipeline.outputs.page import page
from pipeline.outputs.pictures import pictures
from tests.browser import CHROMIUM, Tab, browser, open_tab
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper, papers

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
AXE = Path(__file__).parents[3] / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
_OLDER = msgspec.structs.replace(LANTERNS.listed, section=("2030",), category=None, code_url=None, venue="MIT")
_NOW = msgspec.structs.replace(LANTERNS.listed, category="Survey")

PAPERS = (
    paper(
        key="zebra",
        title="Zebra moss, a self-supervised plant",
        type="thesis",
        year=2030,
        venue="MIT",
        listed=_OLDER,
        authors=(Author(given="Álvaro", family="Hervella", orcid="0000-0002-1825-0097"),),
        citations=Citations(openalex=Count(count=3, as_of="2032-01-04"), by_year={"2030": 1, "2031": 2}),
        open_access=OpenAccess(),
    ),
    paper(
        key="rubik",
        title="Revisiting Rubik’s Cube",
        listed=_NOW,
        abstract="Lanterns glow, as is well known.",
        cites=("zebra",),
    ),
    paper(
        key="odd",
        title="A field study",
        listed=_NOW,
        citations=Citations(),
        status="ambiguous",
        retracted=True,
        authors=(),
    ),
    paper(
        key="late",
        title="Moss: a field study",
        listed=_NOW,
        year=2029,
        issues=(Issue(rule="row-means-preprint", line=7, message="…"),),
        citations=Citations(crossref=Count(count=40, as_of="2032-01-04")),
    ),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("page"), PAPERS)


def write(folder: Path, members: tuple[Paper, ...]) -> Path:
    path = folder / "index.html"
    lacking = Suggestion(openalex="W9", doi="10.5555/lamp", title="An older lamp", year=1999, cited_by=3)
    text = page.render(
        members, INFO, drawn=pictures.render(members), suggestions=Suggestions(papers=4, works=(lacking,))
    )
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def tab(chromium: Browser, file: Path) -> Iterator[Tab]:
    opened = open_tab(chromium, file)
    yield opened
    opened.page.context.close()
    assert (opened.complaints, opened.requests) == ([], [])


def shown(of: Page) -> list[str]:
    """Keys of the papers on the page, from top to bottom."""
    keys: list[str] = of.eval_on_selector_all(".paper", "rows => rows.map((row) => row.dataset.key)")
    return keys


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("", ["zebra", "rubik", "odd", "late"]),
        ("rubik's", ["rubik"]),
        ("SELF SUPERVISED", ["zebra"]),
        ("alvaro", ["zebra"]),
        ('"field study"', ["odd", "late"]),
        ("glow known", ["rubik"]),
        ("nothing like it", []),
    ],
)
def test_what_is_typed_is_found(tab: Tab, typed: str, keys: list[str]) -> None:
    tab.page.fill("#search", typed)
    assert shown(tab.page) == keys


def test_words_are_marked_and_a_hit_of_the_abstract_shows_where(tab: Tab) -> None:
    tab.page.fill("#search", "rubiks")
    expect(tab.page.locator("mark")).to_have_text(["Rubik’s"])
    tab.page.fill("#search", "lanterns")
    expect(tab.page.locator(".snippet mark")).to_have_text(["Lanterns"])


def test_filters_say_what_they_would_show_and_can_be_combined(tab: Tab) -> None:
    kinds = tab.page.get_by_role("group", name="Kind")
    expect(kinds.locator(".box")).to_have_text(["journal article 3", "thesis 1"], use_inner_text=True)
    tab.page.get_by_label("thesis").check()
    assert shown(tab.page) == ["zebra"]
    tab.page.get_by_label("journal article").check()
    tab.page.get_by_label("With code").check()
    assert shown(tab.page) == ["rubik", "odd", "late"]
    tab.page.get_by_label("Retracted").check()
    assert shown(tab.page) == ["odd"]
    expect(tab.page.locator("#count")).to_have_text("1 of 4 papers")
    tab.page.get_by_role("button", name="Clear search and filters").click()
    assert len(shown(tab.page)) == 4


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("newest first", ["rubik", "odd", "zebra", "late"]),
        ("most cited", ["late", "rubik", "zebra", "odd"]),
        ("by title", ["odd", "late", "rubik", "zebra"]),
        ("as in the list", ["zebra", "rubik", "odd", "late"]),
    ],
)
def test_papers_come_in_the_order_asked_for(tab: Tab, order: str, keys: list[str]) -> None:
    tab.page.select_option("#sort", label=order)
    assert shown(tab.page) == keys


def test_an_address_shares_what_is_shown(tab: Tab, chromium: Browser, file: Path) -> None:
    tab.page.fill("#search", "field")
    tab.page.select_option("#from", value="2030")
    tab.page.select_option("#sort", value="title")
    other = open_tab(chromium, file, "?" + tab.page.url.partition("?")[2])
    assert shown(other.page) == shown(tab.page) == ["odd"]
    assert other.page.input_value("#search") == "field"
    assert (other.page.input_value("#from"), other.page.input_value("#sort")) == ("2030", "title")
    other.page.context.close()


def test_an_anchor_is_opened_and_shown_filtered_or_not(chromium: Browser, file: Path) -> None:
    for address in ("#paper-rubik", "?search=zebra#paper-rubik"):
        tab = open_tab(chromium, file, address)
        expect(tab.page.locator("#paper-rubik .abstract")).to_be_in_viewport()
        tab.page.context.close()


def test_an_anchor_far_down_a_long_list_is_shown(chromium: Browser, tmp_path: Path) -> None:
    tab = open_tab(chromium, write(tmp_path, papers(900)), "#paper-okafor2031lanterns850")
    expect(tab.page.locator("#paper-okafor2031lanterns850")).to_be_in_viewport()


def test_a_paper_opens_with_all_that_is_known(tab: Tab) -> None:
    tab.page.locator("#paper-rubik .open").click()
    opened = tab.page.locator("#paper-rubik .more")
    for words in ("Lanterns glow", "Why this match", "Confirmed by the row's own link", "@article{rubik,"):
        expect(opened).to_contain_text(words)
    opened.get_by_role("link", name="Zebra moss").click()
    cited = tab.page.locator("#paper-zebra .more")
    expect(cited).to_contain_text("Cited in this list by")
    expect(cited.get_by_role("link", name="ORCID of Álvaro Hervella")).to_have_attribute(
        "href", "https://orcid.org/0000-0002-1825-0097"
    )


def test_bibtex_is_copied_in_one_click(chromium: Browser, file: Path) -> None:
    tab = open_tab(chromium, file, "#paper-rubik", permissions=["clipboard-read", "clipboard-write"])
    tab.page.get_by_role("button", name="Copy BibTeX of Revisiting").click()
    expect(tab.page.locator("#said")).to_have_text("Copied the BibTeX of rubik.")
    assert tab.page.evaluate("() => navigator.clipboard.readText()").startswith("@article{rubik,\n")
    tab.page.context.close()


def test_where_the_clipboard_is_closed_the_text_is_there_to_copy(tab: Tab) -> None:
    tab.page.locator("#paper-rubik .open").click()
    tab.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    tab.page.get_by_role("button", name="Copy BibTeX of Revisiting").click()
    expect(tab.page.get_by_label("Text to copy")).to_have_value(bibtex.render([PAPERS[1]]))


def download(of: Page, name: str) -> str:
    with of.expect_download() as waiting:
        of.get_by_role("group", name="Take papers along").get_by_role("button", name=name, exact=True).click()
    return waiting.value.path().read_text(encoding="utf-8")


def test_what_is_found_or_selected_can_be_taken_along_in_each_format(tab: Tab) -> None:
    tab.page.fill("#search", "cube")
    assert [entry.key for entry in parse_string(download(tab.page, "BibTeX")).entries] == ["rubik"]
    tab.page.fill("#search", "")
    tab.page.get_by_label("Select Zebra moss").check()
    tab.page.get_by_label("Select Revisiting").check()
    expect(tab.page.locator("#taken")).to_have_text("2 selected")
    assert [record["id"] for record in rispy.loads(download(tab.page, "RIS"))] == ["zebra", "rubik"]
    items = json.loads(download(tab.page, "CSL-JSON"))
    assert [(item["id"], item.get("abstract")) for item in items] == [
        ("zebra", None),
        ("rubik", "Lanterns glow, as is well known."),
    ]
    tab.page.get_by_role("button", name="Unselect").click()
    expect(tab.page.locator("#taken")).to_have_text("all 4")


def test_the_keyboard_alone_is_enough(tab: Tab) -> None:
    keyboard = tab.page.keyboard
    keyboard.press("/")
    keyboard.type("field")
    keyboard.press("Escape")
    assert tab.page.input_value("#search") == ""
    keyboard.press("Escape")
    keyboard.press("j")
    keyboard.press("j")
    keyboard.press("o")
    expect(tab.page.locator("#paper-rubik .more")).to_be_visible()
    keyboard.press("x")
    expect(tab.page.locator("#taken")).to_have_text("1 selected")
    keyboard.press("k")
    keyboard.press("Enter")
    expect(tab.page.locator("#paper-zebra .more")).to_be_visible()


def test_a_long_list_goes_on_below_and_is_printed_whole(chromium: Browser, tmp_path: Path) -> None:
    tab = open_tab(chromium, write(tmp_path, papers(400)))
    assert len(shown(tab.page)) < 400
    tab.page.locator("#more").scroll_into_view_if_needed()
    expect(tab.page.locator(".paper").nth(100)).to_be_attached()
    tab.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert len(shown(tab.page)) == 400
    tab.page.emulate_media(media="print")
    expect(tab.page.locator("#controls")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(chromium: Browser, file: Path, width: int, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe here: npm install --prefix .venv --ignore-scripts axe-core@4.14.1")
    viewport = {"width": width, "height": 800}
    tab = open_tab(chromium, file, "#paper-rubik", bypass_csp=True, viewport=viewport, color_scheme=scheme)
    tab.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.page.fill("#search", "a")
    assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= width
    tab.page.add_script_tag(path=AXE)
    found = tab.page.evaluate("() => axe.run().then((said) => said.violations)")
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    tab.page.context.close()


def test_pictures_have_a_name_and_their_numbers_and_what_is_lacking_is_linked(tab: Tab) -> None:
    tab.page.get_by_text("Pictures of the list").click()
    expect(
        tab.page.get_by_role("img", name="Papers a year by category, 2029 to 2031; most in 2031 (2).")
    ).to_be_visible()
    tab.page.get_by_text("In numbers: Papers a year by category").click()
    expect(tab.page.get_by_role("row", name="2031")).to_have_text(re.compile("^2031\\s*2\\s*0$"))
    tab.page.get_by_text("Cited by many of the list").click()
    expect(tab.page.get_by_role("link", name="An older lamp")).to_have_attribute("href", "https://doi.org/10.5555/lamp")


def test_without_a_script_the_list_is_readable(chromium: Browser, file: Path) -> None:
    tab = open_tab(chromium, file, java_script_enabled=False)
    expect(tab.page.get_by_role("listitem").filter(has_text="Revisiting Rubik’s Cube")).to_be_visible()
    expect(tab.page.locator("#controls")).to_be_hidden()
    assert tab.requests == []
    tab.page.context.close()


def test_hostile_titles_run_nothing(chromium: Browser, tmp_path: Path) -> None:
    members = tuple(paper(key=f"k{n}", title=title, abstract=title) for n, title in enumerate(HOSTILE))
    tab = open_tab(chromium, write(tmp_path, members))
    for row in tab.page.locator(".open").all():
        row.click()
    tab.page.fill("#search", "<script")
    assert tab.page.title() == "Awesome Glowing Moss"
    assert tab.page.locator("#results img, #results script").count() == 0
    assert tab.requests == []
