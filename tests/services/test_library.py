"""The records: the stand-in's own, a folder's, invented ones, and the command that serves them."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.services import StandIn, invent, load_folder, own_records
from tests.services.library import load_cases

ROOT = Path(__file__).parents[2]


def answered(stand_in: StandIn, address: str) -> Any:
    response = stand_in.get(address)
    return json.loads(response.body) if response.status == 200 else None


def test_the_listed_papers_are_43_and_every_one_is_known_somewhere() -> None:
    stand_in, listed = StandIn(limits=False), load_cases("listed")
    assert len(listed) == 43
    for facts in (case.facts for case in listed):
        work = answered(stand_in, f"/openalex/works/W99{facts.number:08d}")
        assert work["title"] == facts.title
        if facts.doi:
            record = answered(stand_in, f"/crossref/works/{facts.doi}")["message"]
            assert (record["title"], work["doi"]) == ([facts.title], f"https://doi.org/{facts.doi}")
        if facts.arxiv:
            resource = answered(stand_in, f"/datacite/dois/{facts.arxiv_doi}")["data"]
            assert resource["attributes"]["titles"] == [{"title": facts.title}]


@pytest.mark.parametrize("table", ["difficulties", "look_alikes"])
def test_what_is_invented_cannot_be_taken_for_real(table: str) -> None:
    for case in load_cases(table):
        if table == "difficulties" or case.case.startswith("invented:"):
            assert (case.facts.doi or "10.5555/").startswith(("10.5555/", "10.65215/inv"))
            assert case.facts.arxiv is None or case.facts.arxiv[5] == "9"


def test_ids_are_unique_in_each_service() -> None:
    records = own_records(look_alikes=True)
    for corpus, name in ((records.openalex, "id"), (records.crossref, "DOI"), (records.datacite, "id")):
        ids = [record[name].casefold() for record in corpus.records()]
        assert len(ids) == len(set(ids))


def test_look_alikes_outrank_what_they_look_like() -> None:
    stand_in = StandIn(own_records(look_alikes=True), limits=False)
    target = "/crossref/works?query.bibliographic=Models+Genesis&rows=2&select=DOI"
    items = answered(stand_in, target)["message"]["items"]
    assert [item["DOI"] for item in items] == ["10.1016/j.media.2020.101840", "10.1007/978-3-030-32251-9_42"]


def test_a_folder_holds_lines_packed_or_not_and_files_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "crossref.jsonl").write_text('{"DOI":"10.5555/a","title":["A"]}\n\n{"DOI":"10.5555/b"}\n')
    (tmp_path / "openalex.jsonl.gz").write_bytes(gzip.compress(b'{"id":"https://openalex.org/W1","doi":null}'))
    records = load_folder(tmp_path)
    assert (len(records.crossref), len(records.openalex), len(records.datacite)) == (2, 1, 0)
    assert answered(StandIn(records), "/crossref/works/10.5555%2Fa")["message"]["title"] == ["A"]


def test_inventions_are_the_same_every_time_and_a_few_are_hidden_from_lists() -> None:
    papers = list(invent.papers(1000))
    assert papers[:50] == list(invent.papers(50))
    assert len({facts.title for facts in papers}) == 1000
    assert 20 <= sum(facts.shape == "hidden" for facts in papers) <= 40
    assert {facts.doi[:12] for facts in papers if facts.doi} == {"10.5555/inv."}


def test_an_invented_list_has_a_row_for_each_paper() -> None:
    rows = invent.render_list(invent.papers(30)).splitlines()[4:]
    assert len(rows) == 30
    assert {row.count("|") for row in rows} == {5}
    assert any("doi.org" in row for row in rows)
    assert any("arxiv.org" in row for row in rows)
    assert any("N/A" in row for row in rows)


def test_the_command_prints_where_it_answers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.services", "--port", "0", "--generate", "5", "--key", "sesame"]
    command += ["--switch", "openalex_404_html=false", "--write-list", str(tmp_path / "list.md")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        bases = dict(process.stdout.readline().strip().split("=", 1) for _ in range(4))
        found = httpx.get(f"{bases['CROSSREF_URL']}/works?rows=10").json()["message"]["items"]
        missing = httpx.get(f"{bases['OPENALEX_URL']}/works/W1?api_key=sesame")
        process.terminate()
    assert sorted(bases) == ["CROSSREF_URL", "DATACITE_URL", "DOI_URL", "OPENALEX_URL"]
    assert {item["prefix"] for item in found} == {"10.5555"}
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/json")
    assert len((tmp_path / "list.md").read_text().splitlines()) == 9
