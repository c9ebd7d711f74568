"""DataCite's records and doi.org's agencies."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.services import StandIn, Switches, Unplayed

ONE, TWO = "10.48550/arxiv.2101.90118", "10.48550/arxiv.2301.90142"


def get(target: str, stand_in: StandIn | None = None) -> Any:
    """Return the decoded body of a good answer."""
    response = (stand_in or StandIn()).get(target)
    assert response.status == 200, response.body
    return json.loads(response.body)


@pytest.mark.parametrize("doi", [ONE, "10.48550/arXiv.2101.90118"])
@pytest.mark.parametrize("safe", ["", "/"])
def test_datacite_single(doi: str, safe: str) -> None:
    data = get(f"/datacite/dois/{quote(doi, safe=safe)}")["data"]
    assert (data["id"], data["attributes"]["types"]["resourceTypeGeneral"]) == (ONE, "Preprint")


@pytest.mark.parametrize("doi", ["10.48550/arxiv.0", "10.5555/case.118"])
def test_datacite_404_is_json(doi: str) -> None:
    response = StandIn().get(f"/datacite/dois/{quote(doi, safe='')}")
    assert (response.status, json.loads(response.body)["errors"][0]["status"]) == (404, "404")


@pytest.mark.parametrize(
    "query",
    [f"ids={ONE},10.48550/arxiv.0,{TWO}", f'query=doi:("{ONE}" OR "10.48550/arxiv.0" OR "{TWO}")'],
    ids=["by ids", "by query"],
)
def test_datacite_lists_leave_out_the_missing(query: str) -> None:
    body = get(f"/datacite/dois?{query}&page[size]=100")
    assert sorted(d["id"] for d in body["data"]) == [ONE, TWO]
    assert body["meta"]["total"] == 2


def test_datacite_pages_have_25_records_unless_asked_otherwise() -> None:
    stand_in = StandIn()
    ids = ",".join(json.loads(raw)["id"] for raw in stand_in.records.datacite.raws)
    assert [len(get(f"/datacite/dois?ids={ids}{more}", stand_in)["data"]) for more in ("", "&page[size]=30")] == [
        25,
        30,
    ]
    second = get(f"/datacite/dois?ids={ids}&page[number]=2", stand_in)
    assert len(second["data"]) == second["meta"]["total"] - 25


def test_datacite_sends_only_the_fields_asked_for() -> None:
    data = get(f"/datacite/dois?ids={ONE}&fields[dois]=doi,titles")["data"][0]
    assert data["attributes"].keys() == {"doi", "titles"}


def test_datacite_refuses_the_501st_request_of_five_minutes() -> None:
    stand_in = StandIn(clock=lambda: 0.0, switches=Switches(datacite_per_5_minutes=2))
    statuses = [stand_in.get(f"/datacite/dois/{ONE}").status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert stand_in.get(f"/datacite/dois/{ONE}", user_agent="x (mailto:a@example.org)").status == 200


@pytest.mark.parametrize("query", ["colour=red", "query=titles:x", "page[cursor]=1"])
def test_datacite_says_what_it_does_not_play(query: str) -> None:
    with pytest.raises(Unplayed):
        StandIn().get(f"/datacite/dois?{query}")


def test_agencies_come_in_the_order_asked() -> None:
    dois = [ONE, "10.1/none", "10.5555/CASE.118", "10.5555/case.132", "no doi"]
    assert get(f"/doi/doiRA/{quote(','.join(dois))}") == [
        {"DOI": ONE, "RA": "DataCite"},
        {"DOI": "10.1/none", "status": "DOI does not exist"},
        {"DOI": "10.5555/CASE.118", "RA": "Crossref"},
        {"DOI": "10.5555/case.132", "RA": "mEDRA"},
        {"DOI": "no doi", "status": "Invalid DOI"},
    ]


def test_a_comma_in_a_doi_parts_it() -> None:
    assert [said["DOI"] for said in get("/doi/doiRA/10.5555%2Fcase%2C122")] == ["10.5555/case", "122"]


def test_too_many_dois_at_once_are_refused() -> None:
    assert StandIn().get("/doi/doiRA/" + ",".join(["10.1/a"] * 51)).status == 400


def test_handles() -> None:
    assert get("/doi/api/handles/10.5555/case.118?type=URL")["responseCode"] == 1
    assert StandIn().get("/doi/api/handles/10.1/none").status == 404


def test_an_unknown_doi_is_a_page_and_a_known_one_is_not_followed() -> None:
    assert StandIn().get("/doi/10.1/none").status == 404
    with pytest.raises(Unplayed):
        StandIn().get("/doi/10.5555/case.118")
