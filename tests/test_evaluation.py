"""The labelled rows are what they say they are, and measuring counts what it should."""

import csv
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests import evaluation, labelled
from tests.services import from_values

GOLD = list(csv.DictReader((labelled.FOLDER / "gold.csv").read_text(encoding="utf-8").splitlines()))
KINDS = Counter(kind for row in GOLD for kind in re.split(r"[:+]", row["kind"]))
ROWS = "# A\n\n| Title | Venue | Year |\n| :-- | :-- | :-- |\n| Counting sheep \\| ships | N/A | 2020 |\n"


def test_the_files_are_what_the_builder_makes() -> None:
    own = evaluation.own_set()
    assert (own.rows, own.gold) == (labelled.render_rows(), labelled.render_gold())


def test_there_are_enough_rows_and_a_quarter_of_the_papers_is_absent() -> None:
    assert len(GOLD) >= 300
    assert 0.25 <= KINDS["absent"] / len(GOLD) <= 0.3
    assert KINDS["rival"] >= 50


@pytest.mark.parametrize(
    "kind",
    ["lower", "typo", "plain", "stop", "dropword", "abbr", "novenue", "year", "noyear", *labelled.LOOK_ALIKES],
)
def test_every_kind_of_damage_and_of_look_alike_is_there(kind: str) -> None:
    assert KINDS[kind] >= 10


def test_a_right_doi_is_held_by_the_services_and_that_of_an_absent_paper_is_not() -> None:
    records = labelled.records()
    assert all(records.agency(row["doi"]) for row in GOLD if row["doi"])
    assert not any(row["doi"] for row in GOLD if row["kind"].startswith("absent:"))


def test_what_is_invented_cannot_be_taken_for_real() -> None:
    real = {line["doi"] for line in csv.DictReader((labelled.FOLDER / "real.csv").read_text().splitlines())}
    held = [case.facts for row in labelled.rows() for case in row.cases]
    assert {facts.doi.split("/")[0] for facts in held if facts.doi and facts.doi not in real} == {"10.5555"}


def test_the_authors_get_a_column_of_their_own() -> None:
    lines = evaluation.with_authors(ROWS, {5: "Bo Peep"}).splitlines()
    assert lines[2:] == [
        "| Title | Authors | Venue | Year |",
        "| :-- | :-- | :-- | :-- |",
        "| Counting sheep \\| ships | Bo Peep | N/A | 2020 |",
    ]


def test_another_set_is_read_with_the_authors_of_the_right_records(tmp_path: Path) -> None:
    (tmp_path / "rows.md").write_text(ROWS)
    (tmp_path / "gold.csv").write_text("line,doi,kind\n5,10.5555/a,exact\n6,,absent:swap\n")
    (tmp_path / "crossref.jsonl").write_text('{"DOI": "10.5555/A", "author": [{"family": "Peep", "given": "Bo"}]}\n')
    found = evaluation.load_set(tmp_path / "rows.md", tmp_path / "gold.csv", tmp_path)
    assert (found.families, len(found.records.crossref)) == ({5: "Peep"}, 1)


@pytest.mark.parametrize(
    ("doi", "precision", "recall"),
    [("10.5555/a", 1.0, 1.0), ("10.5555/b", 0.0, 0.0), ("", 0.0, 1.0)],
    ids=["right", "another paper", "no paper"],
)
def test_a_set_of_one_row_is_measured(tmp_path: Path, doi: str, precision: float, recall: float) -> None:
    title, author = "Counting invented sheep on hillsides", [{"family": "Peep", "given": "Bo"}]
    record = {"DOI": "10.5555/a", "title": [title], "issued": {"date-parts": [[2020]]}, "author": author}
    found = evaluation.measure(
        evaluation.LabelledSet(
            rows=ROWS.replace("Counting sheep \\| ships", title),
            gold=f"line,doi,kind\n5,{doi},exact\n",
            records=from_values(crossref=[record | {"type": "journal-article"}]),
            families={},
        ),
        tmp_path,
    )
    assert (found.precision, found.recall, found.is_enough) == (precision, recall, doi == "10.5555/a")
    assert found.requests["crossref"] >= 1
    assert "requests a row: crossref" in found.cost


def test_in_a_bibliography_with_short_venues_and_columns_hardly_a_row_is_wrong(tmp_path: Path) -> None:
    whole = evaluation.bibliography_set()
    head, rows = whole.rows.splitlines(keepends=True)[:4], whole.rows.splitlines(keepends=True)[4:]
    labels = whole.gold.splitlines()[1:]
    chosen = [at for at in range(len(rows)) if at % 4 == 0]
    gold = "".join(f"{line},{labels[at].partition(',')[2]}\n" for line, at in enumerate(chosen, 5))
    some = msgspec.structs.replace(
        whole, rows="".join([*head, *(rows[at] for at in chosen)]), gold="line,doi,kind\n" + gold
    )
    found = evaluation.measure(some, tmp_path)
    assert (found.rows, found.precision) == (len(chosen), 1.0), found.table
    assert found.recall >= 0.95


def test_of_every_sixth_row_none_is_wrong(tmp_path: Path) -> None:
    own = evaluation.own_set()
    chosen = {line for line, _ in enumerate(GOLD, 5) if line % 6 == 0}
    rows = "".join(line for at, line in enumerate(own.rows.splitlines(keepends=True), 1) if at < 5 or at in chosen)
    labels = [row for row in GOLD if int(row["line"]) in chosen]
    gold = "".join(f"{line},{row['doi']},{row['kind']}\n" for line, row in enumerate(labels, 5))
    some = msgspec.structs.replace(own, rows=rows, gold="line,doi,kind\n" + gold)
    found = evaluation.measure(some, tmp_path)
    assert (found.rows, found.precision) == (len(chosen), 1.0), found.table
    assert found.recall >= 0.9
