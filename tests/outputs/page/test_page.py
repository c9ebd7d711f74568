import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.model import Author, Citations, Count, Issue, Notice, OpenAccess, Paper, Resolution
from pipeline.outputs import bibtex, csl, ris
from pipeline.outputs.display import clean_line
from pipeline.outputs.page import page
from pipeline.outputs.pictures import pictures
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper, papers

# Attributes that make a browser load or run something.
ACTIVE = {"src", "srcset", "data", "action", "formaction", "background", "poster", "ping", "srcdoc", "style"}
SCRIPTS = Path(__file__).parent / "script"


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


def blocks(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the data that stands in the page: the rows with the sections, and the details."""
    found = re.findall(r'<script type="application/json" id="(?:data|details)">(.*?)</script>', text, re.DOTALL)
    rows, details = (msgspec.json.decode(block) for block in found)
    return rows, details


def row(of: Paper) -> dict[str, Any]:
    found: dict[str, Any] = blocks(page.render([of], INFO))[0]["papers"][0]
    return found


def test_without_a_script_the_page_is_the_list() -> None:
    text = page.render([LANTERNS], INFO)
    inside = text.split("<noscript>")[1].split("</noscript>")[0]
    assert '<li><a href="https://doi.org/10.5555/moss.1">Lanterns of Moss: a Field Study</a>' in inside
    assert "Adaeze Okafor et al. Journal of Glowing Moss, 2031" in Elements(inside).text
    assert "<h2>2031</h2>" in inside


def test_a_row_has_what_is_known() -> None:
    assert row(LANTERNS) == {
        "key": "okafor2031lanterns",
        "title": "Lanterns of Moss: a Field Study",
        "url": "https://doi.org/10.5555/moss.1",
        "authors": [{"name": "Adaeze Okafor"}, {"name": "The Moss Consortium"}],
        "venue": "Journal of Glowing Moss",
        "listed": "JGM",
        "year": 2031,
        "type": "journal article",
        "category": "Field study",
        "section": 0,
        "openalex": 12,
        "crossref": 9,
        "years": {"2031": 12},
        "free": "https://journal.example/lanterns.pdf",
        "pdf": True,
        "code": "https://code.example/lanterns",
        "doi": "10.5555/moss.1",
    }


def test_what_opens_has_the_rest() -> None:
    opened = paper(
        abstract="They glow.",
        topics=("Bryology",),
        notices=(Notice(kind="correction", doi="10.5555/note", date="2032-01"),),
        resolution=Resolution(method="link-doi", score=1.0, evidence=("openalex record agrees",)),
    )
    details = blocks(page.render([opened], INFO))[1][0]
    assert details["abstract"] == "They glow."
    assert details["topics"] == ["Bryology"]
    assert details["notices"] == [["Correction, 2032-01, 10.5555/note", "https://doi.org/10.5555/note"]]
    assert details["why"] == ["Confirmed by the row's own link", "OpenAlex record agrees"]


def test_references_are_those_of_the_files() -> None:
    details = blocks(page.render([paper(abstract="They <glow>.")], INFO))[1][0]
    of = [paper(abstract="They <glow>.")]
    assert details["bib"] == bibtex.render(of)
    assert details["ris"].replace("\ue000", details["abstract"]) == ris.render(of)
    assert [{**details["csl"], "abstract": details["abstract"]}] == msgspec.json.decode(csl.render(of))


@pytest.mark.parametrize(
    ("changes", "badges"),
    [
        ({"retracted": True}, ["Retracted"]),
        ({"status": "ambiguous"}, ["Undecided"]),
        ({"status": "unmatched"}, ["Not found"]),
        ({"status": "open"}, ["Not looked up yet"]),
        ({"type": "preprint"}, ["Preprint"]),
        (
            {"issues": (Issue(rule="row-means-preprint", line=7, message="…"),)},
            ["Listed as a preprint, now published: Journal of Glowing Moss"],
        ),
        ({"notices": (Notice(kind="concern"),)}, ["Expression of concern"]),
        ({"retracted": True, "notices": (Notice(kind="retraction"),)}, ["Retracted"]),
    ],
    ids=["retracted", "undecided", "not found", "open", "preprint", "published since", "concern", "retracted, once"],
)
def test_badges_say_what_a_reader_must_know(changes: dict[str, Any], badges: list[str]) -> None:
    assert [words for _, words in row(paper(**changes))["badges"]] == badges


@pytest.mark.parametrize(
    ("url", "is_pdf"),
    [
        ("https://arxiv.org/pdf/2101.05224", True),
        ("https://a.example/x.PDF?y=1", True),
        ("https://a.example/abs/1", False),
    ],
)
def test_only_a_pdf_is_called_one(url: str, is_pdf: bool) -> None:
    assert row(paper(open_access=OpenAccess(status="green", url=url))).get("pdf", False) is is_pdf


def test_a_fact_that_nobody_has_seen_says_so_and_is_not_called_checked() -> None:
    note = "known.bib says: doi derived from the document number, not seen"
    known = paper(status="known", resolution=Resolution(method="known", evidence=("known.bib", note)))
    text = page.render([known], INFO)
    assert row(known)["note"] == "DOI derived from the document number, not seen"
    assert blocks(text)[1][0]["why"] == [
        "Stated by the list's maintainers, confirmed by no service yet",
        "DOI derived from the document number, not seen",
    ]
    assert "by hand" not in text


def test_a_list_that_nobody_was_asked_about_says_so_and_offers_no_empty_filter() -> None:
    bare = paper(citations=Citations(), open_access=OpenAccess(), sources={"title": "known"})
    text = page.render([bare], INFO)
    assert "Citation counts, free copies and abstracts: not asked yet: no network in this run." in text
    assert 'value="cited"' not in text
    assert 'id="open"' not in text
    assert "not asked yet" not in page.render([LANTERNS], INFO)


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
    hostile = paper(
        title=title,
        listed=listed,
        venue=title,
        language=title,
        open_access=OpenAccess(status=title),  # type: ignore[arg-type] # no file of ours holds it
        abstract=title,
        authors=(Author(literal=title, orcid=title),),
    )
    parsed = Elements(page.render([hostile, paper(key="b", venue="x")], msgspec.structs.replace(INFO, title=title)))
    plain = Elements(page.render([LANTERNS, paper(key="b", venue="x")], INFO))
    assert clean_line(title) in parsed.text
    assert {tag for tag, _ in parsed.elements} <= {tag for tag, _ in plain.elements} | {"fieldset", "legend"}
    assert {name for _, attrs in parsed.elements for name in attrs} <= {n for _, attrs in plain.elements for n in attrs}
    assert not [attrs for _, attrs in parsed.elements if str(attrs.get("href", "")).startswith("javascript")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_a_hostile_address_is_not_linked(url: str) -> None:
    listed = msgspec.structs.replace(LANTERNS.listed, code_url=url, url=url)
    assert url not in page.render([paper(listed=listed, open_access=OpenAccess(url=url))], INFO)


def test_a_work_is_shown_once() -> None:
    assert len(blocks(page.render([LANTERNS, paper(duplicate_of=7)], INFO))[0]["papers"]) == 1


def test_a_provisional_key_is_in_no_reference() -> None:
    assert not blocks(page.render([paper(key_provisional=True)], INFO))[1][0].keys() & {"bib", "ris", "csl"}


def test_the_page_without_its_data_is_small() -> None:
    # As long as titles, names and venues are in the repository's list.
    title, venue = "Self-supervised multimodal reconstruction pre-training for retinal image diagnosis {}", "V" * 36
    long = [paper(one, title=title.format(n), venue=venue) for n, one in enumerate(papers(1_000))]
    text = page.render(long, INFO, drawn=pictures.render(long))
    rows, details = (len(part) for part in re.findall(r'json" id="\w+">(.*?)</script>', text, re.DOTALL))
    assert len(text) - rows - details < 300_000


def test_a_count_that_nobody_gave_is_no_zero() -> None:
    counted = paper(citations=Citations(crossref=Count(count=0, as_of="2032-01-11")))
    assert (row(counted).get("openalex"), row(counted)["crossref"]) == (None, 0)


def test_the_modules_of_the_script_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the script's own tests did not run")
    tests = sorted(map(str, SCRIPTS.glob("*.test.mjs")))
    done = subprocess.run([node, "--test", *tests], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout
