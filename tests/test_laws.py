"""Laws that hold for every text: what reads, cleans, compares and writes is total, idempotent, and comes round.

`make fuzz` looks at a hundred thousand examples of each, `make test` at a few, the nightly workflow at some more.
"""

import contextlib
import csv
import io
import json
import os
import random
from collections.abc import Callable

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.addresses import link
from pipeline.addresses.identifiers import from_url
from pipeline.errors import UsageError
from pipeline.lists.markdown import parse as parse_list
from pipeline.model import Author, Catalog, ListInfo
from pipeline.outputs import bibtex, catalog, csl, display, markdown, ris, table
from pipeline.sources import UnreadableBody, corrections, crossref, datacite, known, openalex
from pipeline.text import arxiv, date, doi, folding, formula, invisible, latex, markup, person, pii, title, venue
from tests.hostile import world
from tests.hostile.strings import TABLE

EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
LAW = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 100, suppress_health_check=list(HealthCheck)
)
_SYNTAX = [
    *"{}\\%&#$_^~|<>[]()`*-=+@,;:.'\"/ \n\t",
    " and ",
    "10.1/",
    "https://doi.org/",
    "| ",
    "</",
    "\\'{e}",
    "&amp;",
]
texts = st.one_of(
    st.sampled_from([text.encode("utf-8", "replace").decode() for text in TABLE]),
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(_SYNTAX), st.text(max_size=4)), max_size=14).map("".join),
)
bodies = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([
            "id", "doi", "DOI", "title", "author", "given", "family", "issued", "date-parts", "attributes", "titles",
            "authorships", "display_name", "container-title", "type", "ids", "locations", "counts_by_year", "year",
        ]), inner, max_size=6),
    ),
    max_leaves=20,
)  # fmt: skip

IDEMPOTENT: dict[str, Callable[[str], object]] = {
    "a DOI": doi.clean,
    "an arXiv id": arxiv.clean,
    "markup": markup.clean,
    "a line": display.clean_line,
    "an address": display.safe_url,
    "a link": link.normalise,
    "folded": folding.fold,
    "a folded title": title.fold,
    "what a terminal shows": invisible.inert,
}
TOTAL: dict[str, Callable[[str], object]] = {
    **IDEMPOTENT,
    "a PII": pii.clean,
    "a date": date.clean,
    "a formula": formula.read,
    "a person": person.parse,
    "LaTeX": latex.decode,
    "identifiers of an address": lambda text: tuple(from_url(text)),
    "a list": parse_list,
    "a row of a table": lambda text: parse_list(f"| Title | Link |\n|---|---|\n| {text} | {text} |\n"),
    "an item": lambda text: parse_list(f"# {text}\n\n- [{text}]({text}), {text}. 2021\n"),
}
REFUSE: dict[str, tuple[Callable[[str], object], type[Exception]]] = {
    "known.bib": (known.read, UsageError),
    "corrections": (lambda text: corrections.read(text, "corrections.toml"), UsageError),
    "a catalog": (lambda text: catalog.read(text, "catalog.json"), UsageError),
}


@pytest.mark.parametrize("name", IDEMPOTENT)
def test_cleaning_twice_changes_nothing(name: str) -> None:
    clean = IDEMPOTENT[name]

    @LAW
    @given(texts)
    def law(text: str) -> None:
        once = clean(text)
        assert once is None or clean(str(once)) == once

    law()


@pytest.mark.parametrize("name", TOTAL)
def test_every_text_has_an_answer(name: str) -> None:
    LAW(given(texts)(lambda text: (TOTAL[name](text), None)[1]))()


@pytest.mark.parametrize("name", REFUSE)
def test_every_file_is_read_or_refused_with_a_sentence(name: str) -> None:
    read, refusal = REFUSE[name]

    @LAW
    @given(texts)
    def law(text: str) -> None:
        try:
            said = f"read {read(text)}"
        except refusal as error:
            said = str(error)
        assert said

    law()


@pytest.mark.parametrize("source", [openalex, crossref, datacite], ids=lambda source: source.__name__)
def test_every_body_is_a_record_or_unreadable(source: object) -> None:
    @LAW
    @given(bodies)
    def law(value: object) -> None:
        sent = json.dumps(value).encode()
        for read in (source.read, source.aliases, lambda body: source.find_gaps("doi", body)):  # type: ignore[attr-defined]
            with contextlib.suppress(UnreadableBody):
                read(sent)

    law()


@LAW
@given(texts, texts)
def test_agreement_of_titles_has_no_side(one: str, other: str) -> None:
    assert title.agree(one, other).level == title.agree(other, one).level
    assert venue.is_same(one, [other]) in (True, False)


@LAW
@given(texts)
def test_a_title_agrees_with_itself(text: str) -> None:
    if title.fold(text):
        assert title.agree(text, text).level == "same"


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
    import msgspec

    named = msgspec.structs.replace(paper, authors=(Author(given=given_name, family=family),))
    assert len(parse_string(bibtex.render([named])).entries) == 1


def test_an_empty_catalog_comes_round() -> None:
    empty = Catalog(list=ListInfo(path="list.md"))
    assert catalog.read(catalog.render(empty), "x") == empty
