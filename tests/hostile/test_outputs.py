"""The hostile table through every field and every output, read by the programs that people use: nothing runs.

The outputs are those of a catalog that holds the table in every field, and those of a whole run that meets it in what
services answer and in all that people write (`ways.py`).

A machine without one of them skips its tests. Where a plain word may stand, a hostile text changes nothing around it:
many tests hold the outputs of the table against those of plain words.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest
import rispy

from pipeline.model import Catalog
from pipeline.text.invisible import INVISIBLE
from tests.browser import CHROMIUM, browser, open_tab
from tests.hostile import code_points, ways, world
from tests.hostile.strings import LEAKED, PWNED, TABLE

SAFE_SCHEMES = ("https://", "http://", "#", "mailto:")
SETTINGS = {**os.environ, "max_print_line": "1000"}


class Made(NamedTuple):
    """Folders of outputs."""

    hostile: Path
    ascii: Path
    """The same with `--ascii`."""
    benign: Path
    keys: frozenset[str]
    """Of all papers."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return world.hostile()


@pytest.fixture(scope="module")
def made(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    return Made(
        world.write(folder / "hostile", catalog),
        world.write(folder / "ascii", catalog, ascii_only=True),
        world.write(folder / "benign", world.benign()),
        frozenset(paper.key for paper in catalog.papers),
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same of a whole run; what plain words would give is not told, since it is another run."""
    folders = [tmp_path_factory.mktemp(name) for name in ("ran", "ascii")]
    (run, week), (ascii_run, _) = (ways.run(each, ascii_only=each is folders[1]) for each in folders)
    return Made(run.out, ascii_run.out, Path(), frozenset(paper.key for paper in week.catalog.papers))


@pytest.fixture(params=["made", "ran"])
def either(request: pytest.FixtureRequest) -> Made:
    folders: Made = request.getfixturevalue(request.param)
    return folders


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def has_file(name: str) -> bool:
    return shutil.which("kpsewhich") is not None and bool(
        subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout
    )


def call(folder: Path, *command: str) -> str:
    """What a program says, whatever it ends with."""
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=SETTINGS, timeout=300)
    return (ran.stdout + ran.stderr).decode(errors="replace")


def test_the_table_is_as_long_as_promised() -> None:
    assert len(set(TABLE)) == len(TABLE) >= 140


# LaTeX


def typeset(folder: Path, *packages: str, body: str, programs: list[tuple[str, ...]]) -> str:
    """Typeset a reference list with commands of the shell allowed; return what the last run complained of."""
    (folder / "secret.tex").write_text(LEAKED)
    head = "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{textcomp,url}" + "".join(packages)
    (folder / "doc.tex").write_text(f"{head}\\begin{{document}}\\nocite{{*}}\n{body}\n\\end{{document}}\n")
    latex = ("pdflatex", "-shell-escape", "-interaction=batchmode", "doc")
    for command in [latex, *programs, latex]:
        said = call(folder, *command)
        assert not re.search("^(ERROR|.*too many commas|.*too many errors)", said, re.MULTILINE), said[-2000:]
    log = (folder / "doc.log").read_bytes().decode(errors="replace")
    assert "runsystem" not in log
    assert not list(folder.glob(f"{PWNED}*"))
    if shutil.which("pdftotext"):
        assert LEAKED not in call(folder, "pdftotext", "doc.pdf", "-")
    return "\n".join(line for line in log.splitlines() if line.startswith("! "))


@needs("bibtex", "pdflatex")
@pytest.mark.parametrize("style", ["plain", "plainnat", "IEEEtran"])
def test_bibtex_and_pdflatex_run_no_command(either: Made, tmp_path: Path, style: str) -> None:
    if not has_file(f"{style}.bst"):
        pytest.skip(f"{style} is not installed")
    shutil.copy(either.ascii / "references.bib", tmp_path / "refs.bib")
    natbib = ["\\usepackage{natbib}"] if style == "plainnat" else []
    body = f"\\bibliographystyle{{{style}}}\\bibliography{{refs}}"
    assert typeset(tmp_path, *natbib, body=body, programs=[("bibtex", "doc")]) == ""
    assert (tmp_path / "doc.bbl").read_text(errors="replace").count("\\bibitem") == len(either.keys)
    assert "error message" not in (tmp_path / "doc.blg").read_text(errors="replace")


@needs("biber", "pdflatex")
@pytest.mark.skipif(not has_file("biblatex.sty"), reason="biblatex is not installed")
def test_biblatex_runs_no_command(made: Made, catalog: Catalog, tmp_path: Path) -> None:
    shutil.copy(made.ascii / "references.bib", tmp_path / "refs.bib")
    biblatex = "\\usepackage[maxbibnames=9]{biblatex}\\addbibresource{refs.bib}"
    biber = ("biber", "--output-safechars", "doc")
    assert typeset(tmp_path, biblatex, body="\\printbibliography", programs=[biber]) == ""
    assert (tmp_path / "doc.bbl").read_text().count("\\entry{") == len(catalog.papers)


@needs("biber")
def test_biber_reads_every_entry_of_the_utf8_form(either: Made, tmp_path: Path) -> None:
    shutil.copy(either.hostile / "references.bib", tmp_path / "refs.bib")
    said = call(tmp_path, "biber", "--tool", "--output-file", "out.bib", "refs.bib")
    assert not re.search("ERROR|namepart", said)
    assert len(re.findall("^@", (tmp_path / "out.bib").read_text(), re.MULTILINE)) == len(either.keys)


# Pages


class Shape(HTMLParser):
    """What a document is made of, its text apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.names |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "data")]


def check_same_shape(hostile: Shape, benign: Shape) -> None:
    # An address that stands in a text may be shown as a link to itself, and one that is none is not linked.
    assert {**hostile.tags, "a": 0} == {**benign.tags, "a": 0}
    assert hostile.names <= benign.names
    ways = [way for way in hostile.addresses if ":" in way.partition("/")[0]]
    assert [way for way in ways if not way.lower().startswith(SAFE_SCHEMES)] == []


RISKY = (
    "script", "style", "iframe", "link", "meta", "base", "form", "object", "embed", "img", "math", "template", "svg",
    "input", "textarea", "video", "audio",
)  # fmt: skip


@needs("cmark-gfm")
@pytest.mark.parametrize("name", ["README.md", "issues.md"])
def test_markdown_of_a_run_holds_no_element_that_does_anything(ran: Made, name: str) -> None:
    shape = Shape(call(ran.hostile, "cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", name))
    own = (ran.hostile / name).read_text().count("](pictures/")
    assert {tag: shape.tags[tag] for tag in RISKY if shape.tags[tag]} == ({"img": own} if own else {})
    assert {attribute for attribute in shape.names if attribute.startswith("on")} == set()
    ways_out = [way for way in shape.addresses if ":" in way.partition("/")[0]]
    assert [way for way in ways_out if not way.lower().startswith(SAFE_SCHEMES)] == []


@needs("cmark-gfm")
@pytest.mark.parametrize("name", ["README.md", "issues.md"])
def test_markdown_as_github_reads_it_holds_no_foreign_element(made: Made, name: str) -> None:
    extensions = [
        part for each in ("table", "autolink", "strikethrough", "tasklist", "footnotes") for part in ("-e", each)
    ]
    shapes = [Shape(call(folder, "cmark-gfm", "--unsafe", *extensions, name)) for folder in (made.hostile, made.benign)]
    check_same_shape(*shapes)


@needs("pandoc")
@pytest.mark.parametrize("name", ["README.md", "issues.md"])
def test_nor_does_it_for_pandoc(made: Made, name: str) -> None:
    command = ("pandoc", "--from", "gfm+footnotes-tex_math_dollars-emoji", "--to", "html", "--wrap=none", name)
    check_same_shape(*(Shape(call(folder, *command)) for folder in (made.hostile, made.benign)))


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_the_page_runs_nothing_and_asks_nobody(either: Made) -> None:
    with browser() as running:
        tab = open_tab(running, either.hostile / "index.html")
        assert tab.page.evaluate(f"typeof window.{PWNED}") == "undefined"
        for opened in tab.page.locator("details > summary").all()[:40]:
            opened.dispatch_event("click")
        tab.page.mouse.move(400, 400)
        assert tab.page.evaluate(f"typeof window.{PWNED}") == "undefined"
        assert (tab.complaints, tab.requests) == ([], [])
        ways = tab.page.evaluate(
            "[...document.querySelectorAll('[href],[src]')].map(e => e.href?.baseVal ?? e.href ?? e.src)"
        )
        assert [way for way in ways if not way.startswith((*SAFE_SCHEMES, "file:", "data:"))] == []


def test_the_page_has_the_elements_that_plain_words_give_it(made: Made) -> None:
    hostile, benign = (Shape((folder / "index.html").read_text()) for folder in (made.hostile, made.benign))
    risky = ("script", "style", "iframe", "link", "meta", "base", "form", "object", "embed", "img", "math", "template")
    assert [hostile.tags[tag] for tag in risky] == [benign.tags[tag] for tag in risky]
    assert {name for name in hostile.names if name.startswith("on")} == set()
    assert hostile.names <= benign.names


# Feeds, references, tables


def test_the_feed_and_the_pictures_of_a_run_are_well_formed(ran: Made) -> None:
    feed = feedparser.parse((ran.hostile / "feed.xml").read_bytes())
    assert (feed.bozo, len(feed.entries) > 0) == (False, True)
    for entry in feed.entries:
        parts = [*entry.get("content", ()), entry.get("summary_detail", {}), entry.title_detail]
        shown = "".join(part["value"] for part in parts if part and part["type"] != "text/plain")
        assert not set(RISKY) & set(Shape(shown).tags)


def test_a_feed_parser_reads_every_entry(made: Made) -> None:
    hostile, benign = (feedparser.parse((folder / "feed.xml").read_bytes()) for folder in (made.hostile, made.benign))
    assert not hostile.bozo
    assert len(hostile.entries) == len(benign.entries) > 0
    for entry in hostile.entries:
        parts = [*entry.get("content", ()), entry.get("summary_detail", {}), entry.title_detail]
        shown = "".join(part["value"] for part in parts if part and part["type"] != "text/plain")
        assert not {"script", "iframe", "img", "svg", "style"} & set(Shape(shown).tags)
    for file in (made.hostile / "pictures").glob("*.svg"):
        drawn = ET.fromstring(file.read_text())
        assert not [
            node for node in drawn.iter() if node.tag.rpartition("}")[2] in ("script", "foreignObject", "image")
        ]


def test_references_are_as_many_as_papers_in_every_form(either: Made) -> None:
    made, keys = either, either.keys
    assert {item["id"] for item in json.loads((made.hostile / "references.json").read_text())} == keys
    assert len(rispy.loads((made.hostile / "references.ris").read_text())) == len(keys)
    assert {paper["key"] for paper in json.loads((made.hostile / "catalog.json").read_text())["papers"]} == keys


@needs("soffice")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_finds_no_formula(either: Made, tmp_path: Path, separator: str) -> None:
    shutil.copy(either.hostile / "catalog.csv", tmp_path / "catalog.csv")
    # Separator, quote, UTF-8, first line, all columns as the program sees fit, detect numbers, and formulas.
    rules = f"CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,-1,true"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    call(
        tmp_path,
        "soffice",
        home,
        "--headless",
        "--norestore",
        f"--infilter={rules}",
        "--convert-to",
        "fods",
        "catalog.csv",
    )
    (sheet,) = tmp_path.glob("*.fods")
    text = sheet.read_text()
    assert "table:table-cell" in text
    assert "table:formula" not in text
    assert not list(tmp_path.glob(f"{PWNED}*"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_begins_as_a_formula_does(either: Made, separator: str) -> None:
    """By the rule itself, for machines without a spreadsheet."""
    with (either.hostile / "catalog.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.lstrip(" \ufeff").startswith(tuple("=+-@＝＋－＠"))] == []


def test_outputs_hold_nothing_invisible_that_acts(either: Made) -> None:
    for file in either.hostile.rglob("*"):
        if file.is_file() and file.name != "catalog.json":  # memory: what it escapes, it may hold
            assert {hex(ord(sign)) for sign in INVISIBLE.findall(file.read_text())} <= set(), file.name


@needs("biber", "bibtex", "pdflatex", "lualatex")
@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "ASCII"])
def test_code_points_of_every_kind_pass_through_every_field(tmp_path: Path, *, ascii_only: bool) -> None:
    """A part of what `make code-points` looks at: Latin and its neighbours, noncharacters, and a few of each script."""
    signs = code_points.assigned()
    some = [sign for sign in signs if sign < "\u0250" or "\u2000" <= sign < "\u2100"] + signs[::2000]
    some += [sign for sign in signs if unicodedata.category(sign) == "Cn"]
    papers = code_points.papers(some[::3], code_points.TYPES[:1]) if ascii_only else code_points.papers(some)
    assert list(code_points.complaints(tmp_path, papers, ascii_only=ascii_only)) == []
