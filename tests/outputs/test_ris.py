"""`references.ris`, read back by rispy."""

import re

import pytest
import rispy

from pipeline.model import Author, Ids, Paper, Version, WorkType
from pipeline.outputs import ris
from pipeline.outputs.display import clean_line
from tests.outputs.data.nasty import NASTY, by, paper


def tags(paper: Paper) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in ris.render([paper]).splitlines():
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match is not None
        found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize("nasty", NASTY, ids=lambda nasty: nasty.key)
def test_nasty_texts_survive(nasty: Paper) -> None:
    (record,) = rispy.loads(ris.render([nasty]))
    assert record["title"] == clean_line(nasty.title).strip()
    assert len(record.get("authors", [])) == len(nasty.authors)


@pytest.mark.parametrize(
    ("kind", "type_of_reference"),
    [("article", "JOUR"), ("inproceedings", "CPAPER"), ("incollection", "CHAP"), ("book", "BOOK"), ("preprint", "UNPB"),
     ("thesis", "THES"), ("report", "RPRT"), ("standard", "STAND"), ("dataset", "DATA"), ("software", "COMP"),
     ("misc", "GEN")],
)  # fmt: skip
def test_each_type_has_its_own(kind: WorkType, type_of_reference: str) -> None:
    assert tags(paper("a", type=kind))["TY"] == [type_of_reference]


def test_the_whole_record_is_what_we_promise() -> None:
    authors = (by("Aiham", "Taleb"), by("Sammy", "Davis", "Jr."), Author(literal="The Consortium"))
    example = paper("taleb2021multimodal", "Multimodal", *authors, type="inproceedings", venue="IPMI 2021",
                    publisher="Springer", month=6, date="2021-06-14", volume="12729", pages="661-673",
                    issn=("0302-9743",), series="Lecture Notes in Computer Science",
                    ids=Ids(doi="10.1/x", arxiv="1912.05396"), retracted=True)  # fmt: skip
    assert ris.render([example]).splitlines() == [
        "TY  - CPAPER",
        "ID  - taleb2021multimodal",
        "TI  - Multimodal",
        "T2  - IPMI 2021",
        "C3  - IPMI 2021",
        "T3  - Lecture Notes in Computer Science",
        "PY  - 2021",
        "DA  - 2021/06/14/",
        "VL  - 12729",
        "SP  - 661",
        "EP  - 673",
        "PB  - Springer",
        "DO  - 10.1/x",
        "AU  - Taleb, Aiham",
        "AU  - Davis, Sammy, Jr.",
        "AU  - The Consortium",
        "KW  - Predictive",
        "N1  - Retracted",
        "N1  - arXiv:1912.05396",
        "ER  - ",
    ]


def test_an_article_number_stands_for_missing_pages() -> None:
    said = tags(paper("a", article_number="101746"))
    assert (said["SP"], said["C7"], said.get("EP")) == (["101746"], ["101746"], None)


def test_the_address_is_there_where_there_is_no_doi() -> None:
    assert "UR" not in tags(paper("a", ids=Ids(doi="10.1/x", arxiv="2101.1")))
    assert tags(paper("a", ids=Ids(arxiv="2101.1")))["UR"] == ["https://arxiv.org/abs/2101.1"]
    published = (Version(kind="published", url="https://example.org/p"),)
    assert tags(paper("a", ids=Ids(arxiv="2101.1"), versions=published))["UR"] == ["https://example.org/p"]


def test_records_are_sorted_and_have_no_running_numbers() -> None:
    text = ris.render([paper("b"), paper("a")])
    assert [record["id"] for record in rispy.loads(text)] == ["a", "b"]
    assert text.startswith("TY  - ")
    assert ris.render([]).strip() == ""
