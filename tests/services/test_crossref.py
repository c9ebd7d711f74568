"""Crossref: pools and limits, singles, lists, filters, ranked queries, and everything that it refuses."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.services import Facts, StandIn, Switches, Unplayed, from_facts

MAILTO = "mailto=a@example.org"
PII = "S1361841520301109"
AWKWARD = [
    "10.5555/case,122",
    "10.5555/(sici)1099-0000(19990101)1:1<1::aid-case123>3.0.co;2-a",
    "10.5555/case#124+a?b%2f|c",
]


def get(target: str, stand_in: StandIn | None = None) -> Any:
    """Return the message of a good answer."""
    response = (stand_in or StandIn(limits=False)).get(f"/crossref{target}")
    assert response.status == 200, response.body
    return json.loads(response.body)["message"]


def found(query: str, stand_in: StandIn | None = None) -> list[str]:
    """Return the DOIs of a list without what the invented ones have in common, in order."""
    items = get(f"/works?{query}", stand_in)["items"]
    return [item["DOI"].removeprefix("10.5555/case.") for item in items]


@pytest.mark.parametrize(
    ("target", "pool", "rate", "at_once"),
    [
        pytest.param("/works/10.5555%2Fcase.118", "public-single", "5", "1", id="single, unknown caller"),
        pytest.param(f"/works/10.5555%2Fcase.118?{MAILTO}", "polite-single", "10", "3", id="single"),
        pytest.param("/works?rows=1", "public-array", "1", "1", id="list, unknown caller"),
        pytest.param(f"/works?rows=1&{MAILTO}", "polite-array", "3", "3", id="list"),
        pytest.param(f"/v1/works?rows=1&{MAILTO}", "polite-array", "3", "3", id="list with a version"),
        pytest.param(f"/works/10.5555%2Fcase.118/agency?{MAILTO}", "polite-single", "10", "3", id="agency"),
        pytest.param("/works?rows=1&mailto=nobody", "public-array", "1", "1", id="not an address"),
    ],
)
def test_headers_name_the_pool_and_its_limits(target: str, pool: str, rate: str, at_once: str) -> None:
    headers = StandIn().get(f"/crossref{target}").headers
    assert headers["x-api-pool"] == pool
    assert (headers["x-rate-limit-limit"], headers["x-rate-limit-interval"]) == (rate, "1s")
    assert headers["x-concurrency-limit"] == at_once


@pytest.mark.parametrize(("suffices", "pool"), [(False, "public-array"), (True, "polite-array")])
def test_an_address_in_the_user_agent_alone_is_enough_by_one_truth_only(suffices: bool, pool: str) -> None:
    stand_in = StandIn(switches=Switches(crossref_user_agent_suffices=suffices))
    response = stand_in.get("/crossref/works?rows=1", user_agent="x/1 (mailto:a@example.org)")
    assert response.headers["x-api-pool"] == pool


def test_the_fourth_list_of_a_second_gets_an_empty_429() -> None:
    time = [0.0]
    stand_in = StandIn(clock=lambda: time[0])
    responses = [stand_in.get(f"/crossref/works?rows=1&{MAILTO}") for _ in range(4)]
    assert [r.status for r in responses] == [200, 200, 200, 429]
    assert (responses[3].body, dict(responses[3].headers)) == (b"", {})
    assert stand_in.get(f"/crossref/works/10.5555%2Fcase.118?{MAILTO}").status == 200
    time[0] = 1.0
    assert stand_in.get(f"/crossref/works?rows=1&{MAILTO}").status == 200
    assert stand_in.report["violations"]["crossref"]["over-rate"] == 1
    assert stand_in.report["throttled"] == {"crossref": 1}


def test_a_429_says_when_to_come_back_by_the_other_truth() -> None:
    stand_in = StandIn(clock=lambda: 0.0, switches=Switches(crossref_retry_after=True))
    responses = [stand_in.get("/crossref/works?rows=1") for _ in range(2)]
    assert dict(responses[1].headers) == {"retry-after": "1"}


@pytest.mark.parametrize("doi", AWKWARD)
def test_a_single_takes_any_doi_that_is_encoded(doi: str) -> None:
    assert get(f"/works/{quote(doi, safe='')}")["DOI"] == doi


@pytest.mark.parametrize("path", ["10.5555%2FCASE.118", "10.5555/case.118"])
def test_case_and_a_raw_slash_do_not_matter(path: str) -> None:
    message = get(f"/works/{path}")
    assert (message["DOI"], message["score"]) == ("10.5555/case.118", 1)


@pytest.mark.parametrize("doi", ["10.1/none", "10.48550/arxiv.2101.90118", "10.5555/case\\_118", "10.5555/case.132"])
def test_what_crossref_has_not_registered_is_plain_text(doi: str) -> None:
    response = StandIn().get(f"/crossref/works/{quote(doi, safe='')}")
    assert (response.status, response.headers["content-type"]) == (404, "text/plain")
    assert response.body == b"Resource not found."


@pytest.mark.parametrize(
    ("doi", "agency"),
    [("10.5555/case.118", "crossref"), ("10.48550/arxiv.2101.90118", "datacite"), ("10.5555/case.132", "medra")],
)
def test_agency_of_any_registered_doi(doi: str, agency: str) -> None:
    assert get(f"/works/{quote(doi, safe='')}/agency")["agency"]["id"] == agency


def test_a_batch_leaves_out_the_missing_and_keeps_its_own_order() -> None:
    dois = [f"10.5555/case.{n}" for n in range(101, 110)]
    for asked in (dois, dois[::-1]):
        order = found("rows=50&filter=doi:10.1/none," + ",".join(f"doi:{doi}" for doi in asked))
        assert sorted(order) == [str(n) for n in range(101, 110)]
        assert order not in ([str(n) for n in range(101, 110)], [str(n) for n in range(109, 100, -1)])


def test_a_comma_in_a_doi_parts_filters_encoded_or_not() -> None:
    for comma in (",", "%2C"):
        response = StandIn().get(f"/crossref/works?filter=doi:10.5555/case{comma}122")
        assert json.loads(response.body)["message"][0]["type"] == "filter-not-available"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(f"filter=alternative-id:{PII}", ["10.1016/j.media.2020.101746"], id="pii"),
        pytest.param("filter=alternative-id:S1361-8415(20)30110-9", [], id="pii with punctuation"),
        pytest.param("filter=doi:10.5555/case.117,type:journal-article", ["117"], id="and"),
        pytest.param("filter=doi:10.5555/case.117,type:book", [], id="and nothing"),
        pytest.param("filter=updates:10.5555/case.117", ["116"], id="updates"),
        pytest.param("filter=update-type:retraction", ["103r"], id="update type"),
        pytest.param("filter=relation.type:has-preprint", ["110"], id="relation type"),
        pytest.param("filter=relation.object:10.5555/case.110", ["110p"], id="relation object"),
        pytest.param("filter=has-abstract:true", ["118"], id="has abstract"),
        pytest.param("filter=orcid:0000-0000-0000-0001", ["118"], id="orcid"),
        pytest.param("filter=isbn:978-0-00-000107-8", ["107"], id="isbn"),
        pytest.param("filter=isbn:9780000001283", ["128"], id="isbn that the record has as an address"),
        pytest.param("filter=issn:0000-0019", ["118"], id="issn"),
        pytest.param("filter=type:dissertation", ["136"], id="type"),
        pytest.param("filter=from-pub-date:2026", ["138"], id="from a year"),
        pytest.param("filter=until-pub-date:1995", ["128", "105"], id="until a year"),
        pytest.param("filter=container-title:Nowhere Imaging 2021", ["107"], id="container"),
    ],
)
def test_filters(query: str, expected: list[str]) -> None:
    assert sorted(found(query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        pytest.param("colour=red", "parameter-not-allowed", id="unknown parameter"),
        pytest.param("per_page=5", "parameter-not-allowed", id="another service's parameter"),
        pytest.param("filter=doi:10.1/a|10.1/b,pmid:1", "filter-not-available", id="unknown filter"),
        pytest.param("filter=type:paper", "type-not-valid", id="unknown type"),
        pytest.param("filter=from-pub-date:soon", "date-not-valid", id="not a date"),
        pytest.param("select=DOI,language", "select-not-available", id="language is not selectable"),
        pytest.param("select=reference-count", "select-not-available", id="reference-count is not selectable"),
        pytest.param("select=doi", "select-not-available", id="select minds the case"),
        pytest.param("rows=1001", "integer-not-valid", id="too many rows"),
        pytest.param("rows=-1", "integer-not-valid", id="negative rows"),
        pytest.param("rows=1000&offset=9001", "integer-not-valid", id="too deep"),
        pytest.param("cursor=nonsense", "cursor-invalid", id="wrong cursor"),
        pytest.param("cursor=*&offset=1", "cursor-invalid", id="cursor with offset"),
        pytest.param("sort=title", "sort-not-valid", id="unknown sort"),
        pytest.param("order=up", "order-not-valid", id="unknown order"),
        pytest.param("cursor=*&sort=issued", "sort-criteria-incompatible-with-cursor", id="cursor by date"),
        pytest.param("filter=" + ",".join(f"doi:10.1/{n}" for n in range(51)), "filter-not-valid", id="51 dois"),
    ],
)
def test_refused_as_validation_failure(query: str, kind: str) -> None:
    response = StandIn().get(f"/crossref/works?{query}")
    body = json.loads(response.body)
    assert (response.status, body["status"], body["message-type"]) == (400, "failed", "validation-failure")
    assert body["message"][0]["type"] == kind


def test_a_single_has_no_list_parameters() -> None:
    assert StandIn().get("/crossref/works/10.5555%2Fcase.118?select=DOI").status == 400


def test_cursor_by_date_works_by_the_other_truth() -> None:
    stand_in = StandIn(switches=Switches(crossref_cursor_forbids_issued=False))
    assert stand_in.get("/crossref/works?cursor=*&sort=issued").status == 200


def test_select_leaves_out_the_rest() -> None:
    items = get("/works?filter=doi:10.5555/case.118&select=DOI,title,score")["items"]
    assert items == [{"DOI": "10.5555/case.118", "title": ["Rosel pretraining of cardiac encoders"], "score": 1}]


def test_rows_offset_and_cursor_walk_the_same_way() -> None:
    stand_in = StandIn(limits=False)
    assert len(found("", stand_in)) == 20
    cursor, walked = "*", []
    while page := get(f"/works?rows=30&cursor={quote(cursor)}", stand_in):
        walked += [item["DOI"] for item in page["items"]]
        cursor = page["next-cursor"]
        if len(page["items"]) < 30:
            break
    by_offset = [item["DOI"] for n in (0, 30, 60) for item in get(f"/works?rows=30&offset={n}", stand_in)["items"]]
    assert walked == by_offset
    assert len(set(walked)) == page["total-results"]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        pytest.param("Rotating the Noroselian eye", "117/v1/review1", id="a review outranks its paper"),
        pytest.param("Rotating the Noroselian eye Atum 2019", "117", id="title, author and year"),
        pytest.param("erratum rotating noroselian eye", "116", id="more words for the erratum"),
        pytest.param("Pricotu self-supervision dental", "113", id="title and subtitle"),
        pytest.param("Models Genesis Zhou Siddiquee 2019", "10.1007/978-3-030-32251-9_42", id="title, authors, year"),
        pytest.param("Invented Lecture Notes Twice 2021", "107", id="series, author, year"),
        pytest.param("quolan maps hearts contrast", "101", id="markup in the title"),
    ],
)
def test_the_bibliographic_query_ranks_by_rare_words(text: str, best: str) -> None:
    assert found(f"query.bibliographic={quote(text)}&rows=5")[0] == best


def test_a_query_finds_any_word_and_says_how_many() -> None:
    message = get("/works?query.bibliographic=Noroselian+Pricotu&rows=1")
    assert message["total-results"] > len(message["items"]) == 1
    assert message["items"][0]["score"] > 1


def test_the_year_decides_between_works_of_one_title() -> None:
    papers = [Facts(number=y, title="Same title", doi=f"10.5555/{y}", year=y) for y in range(2000, 2021)]
    stand_in = StandIn(from_facts(papers), limits=False)
    assert found("query.bibliographic=same+title+2013&rows=3", stand_in)[0] == "10.5555/2013"


def test_queries_and_filters_are_all_to_hold() -> None:
    assert found("query.title=noroselian&query.author=nobody") == []
    assert found("query.title=noroselian&query.author=atum&filter=is-update:true") == ["116"]


@pytest.mark.parametrize(
    "target", ["/works?facet=type-name:5", "/works?query.editor=x", "/types", "/works?filter=funder:1"]
)
def test_what_is_not_played_says_so(target: str) -> None:
    with pytest.raises(Unplayed):
        StandIn().get(f"/crossref{target}")
