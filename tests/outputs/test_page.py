import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from pipeline.model import Citations, Count, OpenAccess
from pipeline.outputs import page
from pipeline.outputs.display import clean_line
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper, papers

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Attributes that make a browser load or run something.
ACTIVE = {"src", "srcset", "data", "action", "formaction", "background", "poster", "ping", "srcdoc"}


class Elements(HTMLParser):
    """Every element of a page with its attributes, and all text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] not in {"style", "script"}:
            self.text += data


def _open(text: str, folder: Path, query: str = "") -> str:
    """Return the page as Chromium holds it after its script has run."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed, so the page was not opened in a browser")
    file = folder / "index.html"
    file.write_text(text, encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder}/profile", "--dump-dom", f"{file.as_uri()}{query}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def _counted(openalex: int) -> Citations:
    return Citations(openalex=Count(count=openalex, as_of="2032-01-04"))


def _shown_keys(dom: str) -> list[str]:
    rows = [attrs for tag, attrs in Elements(dom).elements if tag == "li" and attrs.get("class") == "paper"]
    return [str(attrs["id"]).removeprefix("paper-") for attrs in rows if "hidden" not in attrs]


def test_a_paper_is_shown_with_all_that_is_known() -> None:
    text = Elements(page.render([LANTERNS], INFO)).text
    for words in (
        "Lanterns of Moss: a Field Study",
        "Adaeze Okafor",
        "Journal of Glowing Moss, 2031",
        "journal article",
        "Field study",
        "cited 12 (OpenAlex), 9 (Crossref)",
        "free copy (gold)",
        "okafor2031lanterns",
    ):
        assert words in text


def test_links_lead_to_the_paper_the_free_copy_the_code_and_the_other_formats() -> None:
    hrefs = [attrs.get("href") for tag, attrs in Elements(page.render([LANTERNS], INFO)).elements if tag == "a"]
    assert hrefs[-3:] == [
        "https://doi.org/10.5555/moss.1",
        "https://journal.example/lanterns.pdf",
        "https://code.example/lanterns",
    ]
    assert {"references.bib", "references.json", "references.ris", "catalog.csv"} <= set(hrefs)


def test_the_page_loads_nothing_from_anywhere() -> None:
    for tag, attrs in Elements(page.render([LANTERNS], INFO)).elements:
        assert not attrs.keys() & ACTIVE
        assert tag != "link" or attrs["rel"] == "alternate"


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    text = page.render([LANTERNS], INFO)
    policy = next(str(a["content"]) for tag, a in Elements(text).elements if a.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        content = text.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_text(title: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, section=(title,), category=title, url=title, code_url=title)
    hostile = paper(title=title, listed=listed, venue=title, language=title, open_access=OpenAccess(status=title))
    parsed = Elements(page.render([hostile], msgspec.structs.replace(INFO, title=title)))
    plain = Elements(page.render([LANTERNS], INFO))
    assert clean_line(title) in parsed.text
    assert {tag for tag, _ in parsed.elements} == {tag for tag, _ in plain.elements}
    assert {name for _, attrs in parsed.elements for name in attrs} <= {n for _, attrs in plain.elements for n in attrs}
    assert not [attrs for _, attrs in parsed.elements if str(attrs.get("href", "")).startswith("javascript")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_a_hostile_address_is_not_linked(url: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, code_url=url, url=url)
    assert url not in page.render([paper(listed=listed, open_access=OpenAccess(url=url))], INFO)


def test_a_work_is_shown_once() -> None:
    assert page.render([LANTERNS, paper(duplicate_of=7)], INFO).count("<li class=") == 1


def test_a_provisional_key_is_not_offered() -> None:
    assert "<button" not in page.render([paper(key_provisional=True)], INFO)


def test_a_retraction_and_an_open_question_are_marked() -> None:
    text = page.render([paper(retracted=True, status="ambiguous")], INFO)
    assert ">RETRACTED</span>" in text
    assert ">undecided between candidates</span>" in text


def test_every_field_of_the_form_has_a_label_and_every_button_a_name() -> None:
    text = page.render([LANTERNS], INFO)
    assert len(re.findall(r"<label[^>]*>[^<]+<(?:input|select) ", text)) == 5
    assert re.findall(r"<button[^>]*>", text) == [
        '<button type="button" class="copy" aria-label="Copy BibTeX key okafor2031lanterns">'
    ]


def test_a_row_costs_less_than_a_kilobyte() -> None:
    one, many = len(page.render(papers(1), INFO)), len(page.render(papers(1_001), INFO))
    assert (many - one) / 1_000 < 1_000


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        pytest.param("", ["a", "b", "c"], id="everything in list order"),
        pytest.param("?search=fi%C3%89ld+STUDY", ["b", "c"], id="what holds all words, accents and capitals apart"),
        pytest.param("?search=10.5555/moss.1", ["a", "b", "c"], id="what has the DOI"),
        pytest.param("?sort=cited", ["b", "a", "c"], id="the most cited first"),
        pytest.param("?type=thesis&search=nothing+like+it", [], id="nothing"),
        pytest.param("?status=exact&section=1&sort=title", ["c", "b"], id="one section by title"),
    ],
)
def test_in_a_browser_the_page_shows(query: str, keys: list[str], tmp_path: Path) -> None:
    elsewhere = msgspec.structs.replace(LANTERNS.listed, section=("2030",), category=None)
    members = [
        paper(key="a", title="Zebra moss", type="thesis", status="known", citations=_counted(3), listed=elsewhere),
        paper(key="b", title="Moss: a field study", citations=_counted(12)),
        paper(key="c", title="A fièld study", citations=Citations()),
    ]
    assert _shown_keys(_open(page.render(members, INFO), tmp_path, query)) == keys


def test_in_a_browser_hostile_titles_run_nothing(tmp_path: Path) -> None:
    members = [paper(key=f"k{n}", title=title) for n, title in enumerate(HOSTILE)]
    dom = _open(page.render(members, INFO), tmp_path)
    assert "<title>Awesome Glowing Moss</title>" in dom
    assert not [tag for tag, _ in Elements(dom).elements if tag == "img"]
    assert len(_shown_keys(dom)) == len(HOSTILE)
