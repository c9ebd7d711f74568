"""`catalog.csv`: a table for programs and for spreadsheets."""

import csv
import io

import pytest

from pipeline.model import Citations, Count, Ids, Listed, OpenAccess, Paper
from pipeline.outputs import table
from pipeline.outputs.display import clean_line
from tests.outputs.data.nasty import NASTY, by, paper

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rows(papers: list[Paper]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.render(papers), newline=""), strict=True))


def test_every_row_has_every_column() -> None:
    found = list(csv.reader(io.StringIO(table.render(list(NASTY)), newline=""), strict=True))
    assert found[0] == list(table.COLUMNS)
    assert {len(row) for row in found} == {len(table.COLUMNS)}
    assert len(found) == len(NASTY) + 1


def test_lines_end_as_rfc_4180_says_and_only_there() -> None:
    text = table.render(list(NASTY))
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == len(NASTY) + 1


@pytest.mark.parametrize("nasty", NASTY, ids=lambda nasty: nasty.key)
def test_nasty_texts_survive_and_no_cell_is_a_formula(nasty: Paper) -> None:
    (row,) = rows([nasty])
    assert row["title"].removeprefix("'") == clean_line(nasty.title)
    assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())


def test_cells_have_the_type_that_they_look_like() -> None:
    counts = Citations(openalex=Count(count=12, as_of="2026-11-22"), crossref=Count(count=0, as_of="2026-11-22"))
    (row,) = rows(
        [paper("a", month=6, date="2021-06-14", pages="3-10", issue="1-2", volume="40", citations=counts,
               ids=Ids(arxiv="2102.10660", pmid="32886623", pmcid="PMC1", openalex="W1", doi="10.1/x"))]
    )  # fmt: skip
    expected = {
        "year": "2021",
        "month": "6",
        "date": "2021-06-14",
        "volume": "40",
        "citations_openalex": "12",
        "citations_crossref": "0",
        "retracted": "FALSE",
        "pages": "3–10",
        "issue": "1–2",
        "arxiv": "arXiv:2102.10660",
        "pmid": "PMID:32886623",
        "pmcid": "PMC1",
        "openalex": "W1",
        "doi": "10.1/x",
    }
    assert expected.items() <= row.items()


def test_a_date_is_whole_or_not_there() -> None:
    assert rows([paper("a", month=6, date="2021-06")])[0]["date"] == ""


def test_lists_are_joined() -> None:
    listed = Listed(
        line=7, title="x", section=("2021", "Segmentation"), category="Predictive", code_url="https://c.org"
    )
    access = OpenAccess(status="gold", url="https://o.org", license="cc-by")
    (row,) = rows(
        [paper("a", "x", by("Ann", "Doe"), by("Sammy", "Davis", "Jr."), listed=listed, open_access=access,
               topics=("Imaging", "Learning"), issn=("0278-0062", "1558-254X"))]
    )  # fmt: skip
    assert row["authors"] == "Doe, Ann; Davis, Sammy, Jr."
    assert row["section"] == "2021 > Segmentation"
    assert row["topics"] == "Imaging; Learning"
    assert row["issn"] == "0278-0062; 1558-254X"
    assert (row["line"], row["code_url"], row["license"]) == ("7", "https://c.org", "cc-by")


def test_rows_are_sorted_by_key() -> None:
    assert [row["key"] for row in rows([paper("b"), paper("a")])] == ["a", "b"]
    assert table.render([paper("b"), paper("a")]) == table.render([paper("a"), paper("b")])
