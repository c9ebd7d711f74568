"""Laws of what is written: whole, balanced, in no order but its own, and read back as it was."""

import csv
import io
import json
import random
import re
import unicodedata

import msgspec
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Author, Catalog, ListInfo
from pipeline.outputs import bibtex, catalog, csl, markdown, reference, ris, table
from pipeline.text import latex, markup
from tests.hostile import world
from tests.laws.law import LAW, texts

_GUARD = re.compile("'(?=[\ufeff\u200b]*[=+\\-@＝＋－＠])|(?<=[;|\t])[\"']*(?=[=+\\-@＝＋－＠])")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "`", "’": "'"})


@LAW
@given(st.lists(texts, min_size=1, max_size=4), st.booleans())
def test_what_is_written_is_read_back_whole(some: list[str], ascii_only: bool) -> None:
    whole = world.made_of(some)
    assert catalog.read(catalog.render(whole), "x") == whole
    keys = [paper.key for paper in whole.papers]
    library = parse_string(bibtex.render(whole.papers, ascii_only=ascii_only))
    assert ([entry.key for entry in library.entries], library.failed_blocks) == (keys, [])
    assert len(rispy.loads(ris.render(whole.papers))) == len(keys)
    assert [item["id"] for item in json.loads(csl.render(whole.papers))] == keys
    rows = list(csv.DictReader(io.StringIO(table.render(whole.papers), newline="")))
    assert [row["key"] for row in rows] == keys
    assert all(None not in row for row in rows)
    assert "\n" not in markdown.escape(some[0])


def shown(text: str | None) -> str:
    """The text as every program shows it, whichever dashes, quotes and forms of a letter stand for it."""
    plain = unicodedata.normalize("NFKC", markup.clean(text) or "").translate(_QUOTES)
    return re.sub(r"\s+", " ", plain.replace("``", '"').replace("''", '"').replace("—", "---").replace("–", "--"))


@LAW
@given(texts)
def test_the_title_of_a_bib_is_the_title(text: str) -> None:
    (paper,) = world.made_of([text]).papers
    (entry,) = parse_string(bibtex.render([paper])).entries
    wrote = latex.escape(reference.line(paper.title) or "")
    said = latex.decode(str(entry["title"])) if "title" in entry else ""
    assert shown(said) == shown(latex.decode(wrote))
    if re.fullmatch(r"[ -~]*", paper.title) and not re.search(r"['`\"$]|--|\^", paper.title):
        assert said.split() == paper.title.split()


@LAW
@given(texts)
def test_the_cells_of_a_csv_are_the_fields(text: str) -> None:
    (paper,) = world.made_of([text]).papers
    (row,) = csv.DictReader(io.StringIO(table.render([paper]), newline=""))
    for column in ("title", "venue", "publisher", "series", "license"):
        said = reference.line(paper.open_access.license if column == "license" else getattr(paper, column)) or ""
        # What a spreadsheet would run has an apostrophe before it, and nothing else differs.
        assert _GUARD.sub("", row[column]).split() == _GUARD.sub("", said).split()


@LAW
@given(st.lists(texts, min_size=2, max_size=6), st.integers())
def test_outputs_do_not_hang_on_the_order_of_papers(some: list[str], seed: int) -> None:
    papers = list(world.made_of(some).papers)
    mixed = papers.copy()
    random.Random(seed).shuffle(mixed)
    assert bibtex.render(papers) == bibtex.render(mixed)
    assert table.render(papers) == table.render(mixed)


@LAW
@given(texts, texts)
def test_latex_that_is_written_runs_nothing_and_is_balanced(given_name: str, family: str) -> None:
    for escape in (latex.escape, latex.encode):
        said = escape(family)
        assert said.count("{") == said.count("}")
        assert "^^" not in said
    paper = world.made_of(["plain"]).papers[0]
    named = msgspec.structs.replace(paper, authors=(Author(given=given_name, family=family),))
    assert len(parse_string(bibtex.render([named])).entries) == 1


def test_an_empty_catalog_comes_round() -> None:
    empty = Catalog(list=ListInfo(path="list.md"))
    assert catalog.read(catalog.render(empty), "x") == empty
