"""OpenAlex's works: singletons, lists, filters, searches, autocomplete, and everything that it refuses."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.services import Facts, StandIn, Switches, Unplayed, from_facts, from_values

ONE = "10.1007/978-3-030-78191-0_51"
TWO = "10.1016/j.media.2020.101746"
HIDDEN = "10.5555/case.140"
PAGE = "locations.landing_page_url"


def get(target: str, stand_in: StandIn | None = None) -> Any:
    """Return the decoded body of a good answer."""
    response = (stand_in or StandIn(limits=False)).get(f"/openalex{target}")
    assert response.status == 200, response.body
    return json.loads(response.body)


def found(target: str, stand_in: StandIn | None = None) -> list[str]:
    """Return the bare DOIs that a list holds, sorted."""
    return sorted((work["doi"] or "").removeprefix("https://doi.org/") for work in get(target, stand_in)["results"])


def short(doi: str) -> str:
    """Return a DOI without what all invented ones have in common."""
    return doi.removeprefix("https://doi.org/").removeprefix("10.5555/case.")


def found_cases(query: str) -> str:
    """Return which invented works a list holds."""
    return " ".join(sorted(map(short, found(f"/works?{query}&per_page=100"))))


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("/works/W9900000118", id="id"),
        pytest.param("/works/w9900000118", id="id in lower case"),
        pytest.param("/works/openalex:W9900000118", id="prefixed id"),
        pytest.param("/works/doi:10.5555%2Fcase.118", id="doi with encoded slash"),
        pytest.param("/works/doi:10.5555/case.118", id="doi with slash"),
        pytest.param("/works/doi:10.5555/CASE.118", id="doi in capitals"),
        pytest.param("/works/https://doi.org/10.5555/case.118", id="doi address"),
        pytest.param("/works/pmid:99000118", id="pmid"),
        pytest.param("/works/pmcid:PMC99000118", id="pmcid"),
        pytest.param("/works/pmcid:99000118", id="pmcid, digits only"),
    ],
)
def test_a_singleton_takes_many_forms_of_an_id(target: str) -> None:
    assert get(target)["id"] == "https://openalex.org/W9900000118"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        pytest.param("/works/W1", 404, id="unknown id"),
        pytest.param("/works/doi:10.1%2Funknown", 404, id="unknown doi"),
        pytest.param("/works/10.5555/case.118", 404, id="bare doi"),
        pytest.param("/works/doi:10.1000.10%2Fx", 404, id="sub-divided prefix"),
        pytest.param("/nothing", 404, id="unknown path"),
        pytest.param("/works/mag:9900000118", 301, id="mag number"),
        pytest.param("/works/https://openalex.org/W9900000118", 301, id="full address"),
        pytest.param("/works/W9800000118", 301, id="merged work"),
    ],
)
def test_other_forms_are_not_found_or_sent_on(target: str, status: int) -> None:
    response = StandIn().get(f"/openalex{target}")
    assert response.status == status
    if status == 404:
        assert response.headers["content-type"].startswith("text/html")
    else:
        assert response.headers["location"] == "https://api.openalex.org/works/W9900000118"


def test_a_404_is_json_and_a_merged_work_is_gone_by_the_other_truths() -> None:
    switches = Switches(openalex_404_html=False, openalex_merged="missing")
    response = StandIn(switches=switches).get("/openalex/works/W9800000118")
    assert (response.status, response.headers["content-type"]) == (404, "application/json")


def test_a_list_leaves_out_what_is_missing_or_hidden_and_keeps_its_own_order() -> None:
    target = f"/works?filter=doi:{TWO}|10.1/none|{ONE}|{HIDDEN}&per_page=100"
    assert found(target) == sorted([ONE, TWO])
    cited = [work["cited_by_count"] for work in get(target)["results"]]
    assert cited == sorted(cited, reverse=True)
    assert get(f"/works/doi:{quote(HIDDEN, safe='')}")["is_xpac"] is True
    assert found(f"/works?filter=doi:{HIDDEN}&include_xpac=true") == [HIDDEN]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("doi:https://doi.org/10.5555/case.118", "118", id="doi as address"),
        pytest.param("doi:10.5555/CASE.118", "118", id="doi in capitals"),
        pytest.param("doi:10.5555%2Fcase.118", "118", id="encoded slash"),
        pytest.param("doi_starts_with:10.5555/case.10", "101 102 103 103r 104 105 106 107 108 109", id="doi prefix"),
        pytest.param("openalex:W9900000118|https://openalex.org/W9900000117", "117 118", id="ids"),
        pytest.param("pmid:99000118", "118", id="pmid"),
        pytest.param("pmcid:99000118", "118", id="pmcid digits"),
        pytest.param("pmcid:PMC99000118", "", id="pmcid with letters"),
        pytest.param(f"{PAGE}:http://arxiv.org/abs/2101.90118", "118", id="arxiv page"),
        pytest.param(f"{PAGE}:https://arxiv.org/abs/2101.90118", "", id="arxiv page, other scheme"),
        pytest.param(f"{PAGE}:https://doi.org/10.48550/arxiv.2101.90118", "118", id="page of an arxiv doi"),
        pytest.param("doi:10.48550/arxiv.2101.90118", "", id="doi of a merged preprint"),
        pytest.param('display_name:"pricotu: SELF-supervision for dental scans"', "113", id="exact title"),
        pytest.param("display_name:pricotu self-supervision for dental scans", "", id="title without its colon"),
        pytest.param("type:retraction", "103r", id="type"),
        pytest.param("is_retracted:true", "103", id="retracted"),
        pytest.param("publication_year:1995-1998", "128", id="range"),
        pytest.param("publication_year:<1990", "105", id="less than"),
        pytest.param("from_publication_date:2026-01-01", "138", id="from a date"),
        pytest.param("cites:W9900000117", "118", id="cites"),
        pytest.param("author.orcid:0000-0000-0000-0001", "118", id="orcid"),
        pytest.param("doi:10.5555/case.117|10.5555/case.118,publication_year:2021", "118", id="and"),
        pytest.param("doi:10.5555/case.117|10.5555/case.118,publication_year:!2021", "117", id="not"),
        pytest.param('doi:"10.5555/case,122|10.5555/case.118"', "10.5555/case,122 118", id="quoted list"),
        pytest.param("publication_year:null,doi:!null", "106", id="null"),
        pytest.param("title.search:pricotu scan", "113", id="title search"),
        pytest.param("raw_author_name.search:replete", "118", id="author search"),
    ],
)
def test_filters(query: str, expected: str) -> None:
    assert found_cases(f"filter={query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("search.title=rotating+noroselian", "116 117 117/v1/review1", id="all words"),
        pytest.param("search.title=rotated+eyes+noroselian", "116 117 117/v1/review1", id="stemmed"),
        pytest.param("search.title=noroselian+pricotu", "", id="a word too many"),
        pytest.param("search.title=noroselian+OR+pricotu+dental", "113 116 117 117/v1/review1", id="or"),
        pytest.param("search.title=noroselian+NOT+erratum+NOT+review", "117", id="not"),
        pytest.param("search.title=(noroselian+OR+pricotu)+AND+dental", "113", id="brackets"),
        pytest.param('search.title="scans+dental"', "", id="phrase in another order"),
        pytest.param('search.title="dental+scans"', "113", id="phrase"),
        pytest.param("search=pretrain+nothing", "118", id="abstract"),
        pytest.param("search.title=pretrain+nothing", "", id="abstract is not title"),
    ],
)
def test_searches_find_works_with_every_word(query: str, expected: str) -> None:
    assert found_cases(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("colour=red", id="unknown parameter"),
        pytest.param("limit=5", id="limit"),
        pytest.param("corpus=all", id="corpus"),
        pytest.param("rows=5", id="another service's parameter"),
        pytest.param("filter=nonsense:1", id="unknown filter"),
        pytest.param("filter=ids.arxiv:2101.00001", id="no filter for arxiv ids"),
        pytest.param("filter=doi:" + "|".join(f"10.1/{n}" for n in range(101)), id="101 values"),
        pytest.param("filter=doi:10.1/a,b", id="comma in a value"),
        pytest.param("filter=doi:10.1/a%2Cb", id="encoded comma in a value"),
        pytest.param("filter=doi:10.1/a|doi:10.1/b", id="or between filters"),
        pytest.param("filter=doi:10.1/a|type:article", id="or between different filters"),
        pytest.param("filter=doi:", id="empty value"),
        pytest.param("filter=doi:10.1/a|none", id="the value none"),
        pytest.param("filter=publication_year:soon", id="not a number"),
        pytest.param("filter=from_publication_date:2020", id="not a date"),
        pytest.param("select=ids.doi", id="select below the root"),
        pytest.param("select=id,pages", id="select an unknown field"),
        pytest.param("search=why+me?", id="question mark"),
        pytest.param("search=me*", id="star"),
        pytest.param("search=!me", id="exclamation mark before a word"),
        pytest.param("search=a|b", id="bar"),
        pytest.param("filter=title.search:why?", id="question mark in a search filter"),
        pytest.param("filter=title.search:why|me", id="bar in a search filter"),
        pytest.param("search=", id="empty search"),
        pytest.param("search=(a", id="open bracket"),
        pytest.param("search=a)+b", id="closed bracket"),
        pytest.param("search=" + "long+" * 400, id="a search that is too long"),
        pytest.param("search=" + "+".join(f'"{"x" * 81}"' for _ in range(4)), id="long phrases"),
        pytest.param("per_page=101", id="page too large"),
        pytest.param("per_page=0", id="page too small"),
        pytest.param("per_page=many", id="page size in words"),
        pytest.param("per_page=100&page=101", id="too deep"),
        pytest.param("page=1&cursor=*", id="page with cursor"),
        pytest.param("cursor=nonsense", id="wrong cursor"),
        pytest.param("sort=title", id="unknown sort"),
        pytest.param("sort=relevance_score", id="relevance without a search"),
    ],
)
def test_refused_with_400_and_json(query: str) -> None:
    response = StandIn().get(f"/openalex/works?{query}")
    assert response.status == 400
    assert json.loads(response.body)["error"]


@pytest.mark.parametrize("query", ["limit=5", "filter=doi:10.1/a,b"])
def test_the_edge_refuses_in_its_own_words(query: str) -> None:
    response = StandIn().get(f"/openalex/works?{query}")
    assert response.headers["x-openalex-edge-reject"]
    assert json.loads(response.body)["error_source"] == "openalex-api-proxy"


def test_quotes_protect_nothing_by_the_other_truth() -> None:
    stand_in = StandIn(switches=Switches(openalex_quoted_lists=False))
    assert stand_in.get('/openalex/works?filter=doi:"10.5555/case,122"').status == 400
    assert found('/works?filter=doi:"10.5555/case.118"', stand_in) == []


def test_the_exact_title_ignores_punctuation_by_the_other_truth() -> None:
    stand_in = StandIn(switches=Switches(openalex_display_name="folds"))
    assert found("/works?filter=display_name:pricotu self supervision for dental scans", stand_in) == [
        "10.5555/case.113"
    ]


def test_an_address_of_4095_bytes_is_too_long() -> None:
    target = "/openalex/works?filter=doi:"
    room = 4094 - len("https://api.openalex.org") - len(target.removeprefix("/openalex"))
    assert StandIn().get(target + "1" * room).status == 200
    assert StandIn().get(target + "1" * (room + 1)).status == 414


def test_pages_and_cursors_walk_the_same_way() -> None:
    stand_in = StandIn(limits=False)
    pages = [get(f"/works?per_page=40&page={n}&select=id", stand_in)["results"] for n in (1, 2)]
    cursor, walked = "*", []
    while cursor:
        page = get(f"/works?per_page=40&cursor={cursor}&select=id", stand_in)
        walked.append(page["results"])
        cursor = page["meta"]["next_cursor"]
    assert walked == pages
    assert sum(map(len, pages)) == get("/works?select=id", stand_in)["meta"]["count"]


def test_select_gives_only_these_fields_in_lists_and_singletons() -> None:
    assert get("/works/W9900000118?select=id,doi").keys() == {"id", "doi"}
    assert get("/works?filter=openalex:W9900000118&select=title")["results"] == [
        {"title": "Rosel pretraining of cardiac encoders"}
    ]


def test_lists_cut_the_authors_and_singletons_do_not() -> None:
    cut = get("/works?filter=doi:10.5555/case.109")["results"][0]
    assert (len(cut["authorships"]), cut["is_authors_truncated"]) == (100, True)
    whole = get("/works/doi:10.5555/case.109")
    assert (len(whole["authorships"]), "is_authors_truncated" in whole) == (150, False)
    capped = StandIn(switches=Switches(openalex_single_authors_max=100))
    assert len(get("/works/doi:10.5555/case.109", capped)["authorships"]) == 100


def test_a_record_is_sent_as_it_was_loaded() -> None:
    work = {"id": "https://openalex.org/W1", "doi": None, "odd": {"é": [1.50, None]}, "display_name": "Odd"}
    assert get("/works/W1", StandIn(from_values(openalex=[work]))) == work


def test_relevance_puts_the_cited_first_and_is_only_told_with_a_search() -> None:
    papers = [Facts(number=n, title="Same title", doi=f"10.5555/{n}", year=2020, cited=n) for n in (1, 2)]
    stand_in = StandIn(from_facts(papers))
    results = get("/works?search=same", stand_in)["results"]
    assert [work["cited_by_count"] for work in results] == [2, 1]
    assert results[0]["relevance_score"] > results[1]["relevance_score"]
    assert "relevance_score" not in get("/works", stand_in)["results"][0]
    assert get("/works?search=same&sort=cited_by_count", stand_in)["results"][0]["cited_by_count"] == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("rotating the noroselian", "117 116 117/v1/review1", id="words in order"),
        pytest.param("rotating the noros", "117 116 117/v1/review1", id="unfinished word"),
        pytest.param("noroselian rotating", "", id="another order"),
        pytest.param("erratum to: rotating the noroselian eye", "116", id="whole title"),
        pytest.param("rotating the noroselian eye", "117 116 117/v1/review1", id="exact title first"),
        pytest.param("hidden in the rogaban expansion", "140", id="hidden work"),
        pytest.param("10.5555/case.118", "118", id="doi"),
    ],
)
def test_autocomplete(asked: str, expected: str) -> None:
    hits = get(f"/autocomplete/works?q={quote(asked)}")["results"]
    assert " ".join(short(hit["external_id"]) for hit in hits) == expected


@pytest.mark.parametrize("query", ["q=models&select=id", "q=models&per_page=5", "q="])
def test_autocomplete_refuses_other_parameters(query: str) -> None:
    assert StandIn().get(f"/openalex/autocomplete/works?{query}").status == 400


@pytest.mark.parametrize(
    "target", ["/works?group_by=type", "/works?filter=fwci:>1", "/authors/A1", "/works?search.exact=a"]
)
def test_what_is_not_played_says_so(target: str) -> None:
    with pytest.raises(Unplayed):
        StandIn().get(f"/openalex{target}")
