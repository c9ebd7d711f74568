"""`references.json`: valid, and rendered by citeproc."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from pipeline.model import Author, Ids, Notice, Paper
from pipeline.outputs import csl
from pipeline.outputs.display import clean_line
from tests.outputs.data.nasty import NASTY, by, paper
from tests.outputs.test_bibtex_programs import EVERY_TYPE

# It ships no types; what comes from here is `Any`.
citeproc = pytest.importorskip("citeproc")
SCHEMA = json.loads((Path(__file__).parent / "data" / "csl.schema.json").read_text(encoding="utf-8"))


def item(paper: Paper) -> dict[str, Any]:
    (only,) = json.loads(csl.render([paper]))
    return dict(only)


def references(papers: list[Paper]) -> list[str]:
    items = json.loads(csl.render(papers))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(
        style, citeproc.source.json.CiteProcJSON(items), citeproc.formatter.plain
    )
    for one in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(one["id"])]))
    return [str(reference) for reference in bibliography.bibliography()]


def test_everything_is_valid() -> None:
    jsonschema.validate(json.loads(csl.render([*NASTY, *EVERY_TYPE])), SCHEMA)


@pytest.mark.parametrize("nasty", NASTY, ids=lambda nasty: nasty.key)
def test_nasty_texts_survive(nasty: Paper) -> None:
    said = item(nasty)
    assert said["title"] == clean_line(nasty.title)
    assert len(said.get("author", [])) == len(nasty.authors)


def test_citeproc_renders_everything() -> None:
    kept = [one for one in (*NASTY, *EVERY_TYPE) if one.key != "crowd"]
    assert len(references(kept)) == len(kept)


def test_a_conference_paper_reads_right() -> None:
    authors = (by("Aiham", "Taleb"), by("Moin", "Nabi"))
    conference = paper("t", "Multimodal Learning", *authors, type="inproceedings", venue="Proceedings of IPMI",
                       publisher="Springer", pages="661-673", series="Lecture Notes in Computer Science",
                       ids=Ids(doi="10.1/x"))  # fmt: skip
    assert references([conference]) == [
        "Taleb, A. and Nabi, M. (2021) “Multimodal Learning”, Proceedings of IPMI. Springer "
        "(Lecture Notes in Computer Science), pp. 661–673. Available at: https://doi.org/10.1/x."
    ]


def test_a_preprint_is_in_the_form_that_zotero_exports() -> None:
    ids = Ids(doi="10.48550/arxiv.2101.04909", arxiv="2101.04909")
    said = item(paper("a", type="preprint", venue="arXiv", ids=ids))
    assert (said["type"], said["number"], said["publisher"]) == ("article", "arXiv:2101.04909", "arXiv")
    assert "container-title" not in said


def test_a_published_paper_keeps_its_arxiv_id_and_its_retraction_in_the_note() -> None:
    notice = Notice(kind="retraction", doi="10.1/r")
    said = item(paper("a", ids=Ids(doi="10.1/x", arxiv="2101.04909"), retracted=True, notices=(notice,)))
    assert said["note"] == "Retracted, see doi:10.1/r. arXiv:2101.04909"
    assert "URL" not in said


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        pytest.param("2021-06-14", [2021, 6, 14], id="the whole date"),
        pytest.param("2021-06", [2021, 6], id="no day"),
        pytest.param("2020-12-30", [2021, 6], id="the day of another year is not the day that is cited"),
    ],
)
def test_issued_is_what_a_person_would_cite(date: str, parts: list[int]) -> None:
    assert item(paper("a", month=6, date=date))["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (by("Ludwig", "van Beethoven"), {"non-dropping-particle": "van", "family": "Beethoven", "given": "Ludwig"}),
        (by("Juan", "de la Cruz Pérez"), {"non-dropping-particle": "de la", "family": "Cruz Pérez", "given": "Juan"}),
        (by("Hans", "De Fauw"), {"family": "De Fauw", "given": "Hans"}),
        (by("Sammy", "Davis", "Jr."), {"family": "Davis", "given": "Sammy", "suffix": "Jr."}),
        (by(None, "hooks"), {"family": "hooks"}),
        (Author(literal="The  Consortium"), {"literal": "The Consortium"}),
    ],
    ids=["particle", "two particles", "capital particle", "suffix", "one word", "corporation"],
)
def test_names_are_taken_apart(author: Author, name: dict[str, str]) -> None:
    assert item(paper("a", "x", author))["author"] == [name]


def test_order_is_by_key_and_each_work_is_there_once() -> None:
    rows = [paper("b"), replace(paper("a"), duplicate_of=3), paper("a")]
    assert [one["id"] for one in json.loads(csl.render(rows))] == ["a", "b"]
    assert csl.render(rows) == csl.render(rows[::-1])
    assert csl.render([]) == "[]\n"
