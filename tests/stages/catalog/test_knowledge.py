"""Human knowledge tied to the list: known.bib and corrections.toml."""

import pytest

from pipeline.model import Entry, Identifier, Ids, Record
from pipeline.sources.corrections import Correction
from pipeline.stages import identify
from pipeline.stages.catalog import knowledge
from pipeline.stages.resolving.inquiry import Decision
from tests.stages.invented_papers import entry, paper


def known(title: str = "Rosel Maps", **more: object) -> Record:
    return Record(source="known", title=title, bibtex_key="rosel", **more)  # type: ignore[arg-type]


DOI, EPRINT = known(ids=Ids(doi="10.5555/a")), known(ids=Ids(arxiv="2101.00001"))
URL = known(landing_urls=("https://example.org/r",))
TIES = [
    ("by DOI", DOI, entry(1, "Rosel Maps", "https://doi.org/10.5555/A"), True),
    ("by eprint", EPRINT, entry(1, "Rosel Maps", "https://arxiv.org/pdf/2101.00001v2"), True),
    ("by url", URL, entry(1, "Rosel maps", "http://example.org/r/"), True),
    ("by no title alone", known(), entry(1, "Rosel Maps"), False),
    ("by no other DOI", DOI, entry(1, "Rosel Maps", "https://doi.org/10.5555/b"), False),
    ("not by a link to another paper", DOI, entry(1, "Salt Tides", "https://doi.org/10.5555/a"), False),
]


@pytest.mark.parametrize(("record", "row", "is_tied"), [case[1:] for case in TIES], ids=[case[0] for case in TIES])
def test_known_facts_are_tied_by_identifier_or_link(record: Record, row: Entry, is_tied: bool) -> None:
    assert (knowledge.tie_known([record], [row], [identify.identify(row)]) == {0: record}) is is_tied


def test_two_papers_on_one_line_are_known_each_by_itself() -> None:
    rows = [entry(1, "Salt Tides"), entry(1, "Rosel Maps", "https://doi.org/10.5555/a")]
    assert knowledge.tie_known([DOI], rows, [identify.identify(row) for row in rows]) == {1: DOI}
    decided = knowledge.decide([correction("Salt Tides", is_="none")], rows, {})
    assert list(decided.by_position) == [0]


ROWS = (entry(1, "Rosel Maps", "https://doi.org/10.5555/a"), entry(2, "Salt Tides", links=("https://example.org/s",)))
LEDGER = {0: paper(1, key="quill2021rosel")}


def correction(name: str = "Rosel Maps", **more: object) -> Correction:
    return Correction(entry=name, why="seen", **more)  # type: ignore[arg-type]


def decide(*corrections: Correction) -> knowledge.Decisions:
    return knowledge.decide(corrections, ROWS, LEDGER)


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("quill2021rosel", 0),
        ("rosel  MAPS", 0),
        ("http://doi.org/10.5555/a", 0),
        ("https://example.org/s/", 1),
        ("Salt Tides", 1),
    ],
    ids=["key", "listed title", "paper link", "another link of the row", "title without a ledger row"],
)
def test_an_entry_is_named_by_key_title_or_link(name: str, position: int) -> None:
    decided = decide(correction(name, is_="none"))
    assert list(decided.by_position) == [position]
    assert not decided.stale


def test_a_correction_that_fits_nothing_is_an_issue() -> None:
    decided = decide(correction("Gone With The Rows", is_="none"))
    assert not decided.by_position
    assert [issue.rule for issue in decided.stale] == ["correction-stale"]
    assert "“Gone With The Rows” (seen)" in decided.stale[0].message


def pin(scheme: str, value: str) -> Identifier:
    return Identifier(scheme=scheme, value=value, evidence="corrections.toml")  # type: ignore[arg-type]


Said = dict[str, object]
IS_DOI: Said = {"is_": "10.5555/x"}
IS_NONE: Said = {"is_": "none"}
DECISIONS: list[tuple[str, list[Said], Decision]] = [
    ("is a DOI", [IS_DOI], Decision(pinned=pin("doi", "10.5555/x"))),
    ("is an arXiv id", [{"is_": "arxiv:2101.00001"}], Decision(pinned=pin("arxiv", "2101.00001"))),
    ("is a DOI of arXiv", [{"is_": "10.48550/arxiv.2101.00001"}], Decision(pinned=pin("arxiv", "2101.00001"))),
    ("is a work of OpenAlex", [{"is_": "W12"}], Decision(pinned=pin("openalex", "W12"))),
    ("is in no source", [IS_NONE], Decision(is_unpublished=True)),
    ("is not", [{"is_not": ("10.5555/y", "W3")}], Decision(denied=frozenset({"10.5555/y", "W3"}))),
    (
        "is not a preprint, in both its forms",
        [{"is_not": ("arxiv:2101.00001",)}],
        Decision(denied=frozenset({"2101.00001", "10.48550/arxiv.2101.00001"})),
    ),
    ("a field", [{"field": "year", "value": 2020}], Decision(fields=(("year", 2020),))),
    ("the later of two: is", [IS_NONE, IS_DOI], Decision(pinned=pin("doi", "10.5555/x"))),
    ("the later of two: is none", [IS_DOI, IS_NONE], Decision(is_unpublished=True)),
    ("denied, then confirmed", [{"is_not": ("10.5555/x",)}, IS_DOI], Decision(pinned=pin("doi", "10.5555/x"))),
    ("confirmed, then denied", [IS_DOI, {"is_not": ("10.5555/x",)}], Decision(denied=frozenset({"10.5555/x"}))),
    ("both", [{"is_not": ("W3",)}, IS_DOI], Decision(pinned=pin("doi", "10.5555/x"), denied=frozenset({"W3"}))),
]


@pytest.mark.parametrize(("said", "decision"), [case[1:] for case in DECISIONS], ids=[case[0] for case in DECISIONS])
def test_what_was_said_last_is_the_decision(said: list[Said], decision: Decision) -> None:
    corrections = [correction(**more) for more in said]  # type: ignore[arg-type]
    found = decide(*corrections).by_position[0]
    assert (found.pinned, found.is_unpublished, found.denied, found.fields) == (
        decision.pinned,
        decision.is_unpublished,
        decision.denied,
        decision.fields,
    )
    assert found.why == ("seen",) * len(said)
