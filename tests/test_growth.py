"""Four times the text costs some four times the work, for everything that reads what others wrote.

Work is CPU time, and nothing below half a second of it is looked at: what is linear never gets there, and what is not
does. Lists have a test of their own, which counts calls (`tests/lists/test_growth.py`).
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pipeline import config
from pipeline.addresses import link
from pipeline.errors import UsageError
from pipeline.lists import bibliography
from pipeline.model import Author, Entry, Ids, Record
from pipeline.outputs import bibtex, csl, display, markdown, retired, ris, table
from pipeline.sources import UnreadableBody, corrections, crossref, datacite, doira, known, openalex
from pipeline.stages.matching.match import Judge
from pipeline.text import (
    arxiv,
    capitals,
    doi,
    folding,
    generic_title,
    invisible,
    latex,
    markup,
    mojibake,
    preprint_servers,
    title,
    title_case,
    venue,
)
from tests import readers
from tests.hostile import world

FEW, MANY = 5_000, 20_000
LOOKED_AT_S = 0.5
MOST_GROWTH = 2.0 * MANY / FEW
UNITS = (
    "a ", "{", "}", "\\", "{a}", "$a", "<i>", "</", "<math>", "&amp;", "&", "(", ") ", "[", "](",
    "https://doi.org/10.1/x ", "10.1234/a(", "/", "..", "--", "e\u0301", "\n", '"', "''", "# ", "%20", "a, ", " and ",
    "Doe, J., ", "J. ", "12", "\u202e", "Ã©", "学", "=,", "@a{b,", "a={b},\n", "[[a]]\n", "a.", "a=1\n", ": ", ";",
    "3D ", "S0140", "\\frac{a}{b}", "\\v ", "^{2}", "Proceedings of the ", "X", " (", "\\textbackslash ", "\t", "|",
)  # fmt: skip


def judged(entry: str, record: str) -> object:
    """What the matcher makes of a row and of a record, all of whose words are these."""
    row = Entry(line=1, title=entry, authors=(entry[:FEW],), venue=entry)
    found = Record(
        source="crossref", title=record, authors=(Author(family=record),), venue=record, year=2020, years=(2020,),
        type="article", ids=Ids(doi="10.5555/x"),
    )  # fmt: skip
    return Judge(row).choose([found])


def crossref_body(text: str) -> bytes:
    people = [{"family": text, "given": text}]
    fields = {"title": [text], "abstract": text, "container-title": [text], "author": people, "page": text}
    return json.dumps({"DOI": "10.5555/a", "type": "journal-article", "publisher": text, **fields}).encode()


def openalex_body(text: str) -> bytes:
    people = [{"author": {"display_name": text}, "raw_author_name": text}]
    place = {"source": {"display_name": text}, "landing_page_url": text}
    fields = {"authorships": people, "primary_location": place, "abstract_inverted_index": {text: [0]}}
    return json.dumps({"id": "https://openalex.org/W1", "title": text, "display_name": text, **fields}).encode()


def datacite_body(text: str) -> bytes:
    said = {"titles": [{"title": text}], "creators": [{"name": text}], "publisher": text, "url": text}
    about = {"descriptions": [{"description": text, "descriptionType": "Abstract"}], "subjects": [{"subject": text}]}
    return json.dumps({"data": {"id": "10.5555/a", "attributes": {"doi": "10.5555/a", **said, **about}}}).encode()


READERS: dict[str, Callable[[str], object]] = {
    **readers.READERS,
    "known.bib": known.read,
    "a field of known.bib": lambda text: known.read(f"@misc{{a, title={{{text}}}, author={{{text}}}}}"),
    "a list that is a .bib": lambda text: bibliography.read(text, "bib"),
    "a field of such a list": lambda text: bibliography.read(f"@misc{{a, title={{{text}}}, pages={{{text}}}}}", "bib"),
    "a list that is a table": lambda text: bibliography.read(f"title,doi,authors\n{text},{text},{text}\n", "csv"),
    "which form a list has": lambda text: bibliography.find_form("list", text),
    "corrections.toml": corrections.read,
    "enrich.toml": lambda text: config.read(text, "enrich.toml"),
    "references-retired.bib": retired.find_foreign,
    "markup": markup.clean,
    "garbled letters": mojibake.mend,
    "a DOI": doi.clean,
    "denied DOIs of a text": doi.find_denied,
    "an arXiv id": arxiv.clean,
    "a link": link.normalise,
    "LaTeX that is written": latex.escape,
    "ASCII LaTeX that is written": latex.encode,
    "capitals": lambda text: capitals.protect(text, latex.escape),
    "folded": folding.fold,
    "a title": title.fold,
    "two titles": lambda text: title.agree(text, f"{text} x"),
    "a long and a short title": lambda text: title.agree("Learning to fold invented proteins", text),
    "a notice in a title": title.strip_notice,
    "a title that names nothing": generic_title.names_nothing,
    "acronyms of a title": lambda text: title_case.with_acronyms(text, text),
    "two venues": lambda text: venue.is_same(text, [f"{text} x"]),
    "a preprint server": preprint_servers.find,
    "the matcher": lambda text: judged(text, f"{text} x"),
    "the matcher, of a plain row": lambda text: judged("Learning to fold invented proteins", text),
    "a record of Crossref": lambda text: crossref.read(crossref_body(text)),
    "a record of OpenAlex": lambda text: openalex.read(openalex_body(text)),
    "a record of DataCite": lambda text: datacite.read(datacite_body(text)),
    "doi.org's word": lambda text: doira.read(text.encode()),
    "a body that is none": lambda text: crossref.read(text.encode()),
    "what a terminal shows": invisible.inert,
    "a line": display.clean_line,
    "an address that is shown": display.safe_url,
    "Markdown that is written": markdown.escape,
    "BibTeX": lambda text: bibtex.render(world.made_of([text]).papers),
    "CSV": lambda text: table.render(world.made_of([text]).papers),
    "RIS": lambda text: ris.render(world.made_of([text]).papers),
    "CSL-JSON": lambda text: csl.render(world.made_of([text]).papers),
}


def cpu_s(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    with suppress(UsageError, UnreadableBody):
        read(text)
    return time.process_time() - began


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_costs_some_four_times_the_work(name: str) -> None:
    read = READERS[name]
    read_twice = [(unit, cpu_s(read, unit * (MANY // len(unit)))) for unit in UNITS]
    slow = [(unit, many) for unit, many in read_twice if many > LOOKED_AT_S]
    assert [unit for unit, many in slow if many > MOST_GROWTH * cpu_s(read, unit * (FEW // len(unit)))] == []
