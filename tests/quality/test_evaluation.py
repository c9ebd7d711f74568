"""Precision, recall and F1 against labelled rows."""

import pytest

from pipeline.model import Ids, Paper
from pipeline.quality.evaluation import Label, Score, evaluate, render
from tests.stages.invented_papers import paper


def found(line: int, doi: str | None) -> Paper:
    return paper(line, f"Paper {line}", ids=Ids(doi=doi))


def label(line: int, doi: str | None, *kinds: str) -> Label:
    return Label(line=line, doi=doi, kinds=kinds)


CASES = [
    ("right", label(1, "10.5555/a"), "10.5555/a", (1, 1, 0, 1, 0)),
    ("wrong", label(1, "10.5555/a"), "10.5555/b", (1, 0, 1, 1, 0)),
    ("nothing said", label(1, "10.5555/a"), None, (1, 0, 0, 1, 1)),
    ("nothing to find, nothing said", label(1, None), None, (1, 0, 0, 0, 1)),
    ("nothing to find, something said", label(1, None), "10.5555/b", (1, 0, 1, 0, 0)),
]


@pytest.mark.parametrize(("row", "claimed", "counts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_row_counts_by_what_is_claimed(row: Label, claimed: str | None, counts: tuple[int, ...]) -> None:
    total = evaluate([row], [found(1, claimed)]).total
    assert (total.rows, total.right, total.wrong, total.to_find, total.abstained) == counts


@pytest.mark.parametrize(
    ("score", "figures"),
    [
        (Score(rows=4, right=2, wrong=1, to_find=3, abstained=1), (2 / 3, 2 / 3, 2 / 3)),
        (Score(rows=2, right=1, wrong=0, to_find=2, abstained=1), (1.0, 0.5, 2 / 3)),
        (Score(), (1.0, 1.0, 1.0)),
        (Score(rows=1, wrong=1, to_find=1), (0.0, 0.0, 0.0)),
    ],
    ids=["some of each", "careful", "nothing", "all wrong"],
)
def test_figures_are_shares_of_claims_and_of_what_is_to_find(score: Score, figures: tuple[float, ...]) -> None:
    assert (score.precision, score.recall, score.f1) == pytest.approx(figures)


def test_labels_of_one_line_are_about_its_papers_in_their_order() -> None:
    labels = [label(1, "10.5555/a"), label(1, "10.5555/b")]
    total = evaluate(labels, [found(1, "10.5555/a"), found(1, "10.5555/b")]).total
    assert (total.right, total.wrong) == (2, 0)


GOLD = [label(1, "10.5555/a", "year"), label(2, "10.5555/b", "year", "title"), label(3, "10.5555/c"), label(9, None)]
PAPERS = [found(1, "10.5555/a"), found(2, "10.5555/x"), found(3, None)]


def test_each_kind_of_damage_has_its_own_figures() -> None:
    by_kind = evaluate(GOLD, PAPERS).by_kind
    assert list(by_kind) == ["title", "year"]
    assert (by_kind["year"].right, by_kind["year"].wrong, by_kind["title"].wrong) == (1, 1, 1)


def test_wrong_claims_and_lines_without_a_paper_are_listed() -> None:
    text = render(evaluate(GOLD, PAPERS))
    assert "wrong: line 2 (year+title): 10.5555/x, not 10.5555/b: Paper 2" in text
    assert "not in the catalog: lines 9" in text
    assert text.splitlines()[1].split() == ["all", "4", "1", "1", "2", "0.5000", "0.3333", "0.4000"]
