"""OpenAlex's edge: prices, keys, budgets and the three kinds of 429."""

import json
from datetime import UTC, datetime

import pytest

from tests.services import StandIn, Switches

DOI = "10.1007%2F978-3-030-78191-0_51"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def credits_of(target: str, switches: Switches | None = None) -> int:
    return int(StandIn(switches=switches).get(f"/openalex{target}").headers["x-ratelimit-credits-used"])


@pytest.mark.parametrize(
    ("target", "price"),
    [
        pytest.param("/works/W9900000001", 0, id="singleton by id"),
        pytest.param(f"/works/doi:{DOI}", 0, id="singleton by doi"),
        pytest.param("/works/doi:10.1/none", 0, id="singleton that is not there"),
        pytest.param("/works/pmid:99000118", 0, id="singleton by pmid"),
        pytest.param(f"/works/doi%3A{DOI}", 1, id="encoded colon"),
        pytest.param(f"/works/https://doi.org/{DOI}", 1, id="address as id"),
        pytest.param("/autocomplete/works?q=models", 0, id="autocomplete"),
        pytest.param("/works?filter=doi:10.1/a", 1, id="list"),
        pytest.param("/works?filter=display_name:models", 1, id="exact title"),
        pytest.param("/works?search=models", 10, id="search"),
        pytest.param("/works?search.title=models", 10, id="title search"),
        pytest.param("/works?filter=title.search:models", 10, id="search filter"),
        pytest.param("/works?filter=type:article,title.search:models", 10, id="search filter behind another"),
        pytest.param("/works?filter=nonsense:1", 0, id="refused"),
    ],
)
def test_each_request_has_its_price(target: str, price: int) -> None:
    assert credits_of(target) == price


def test_an_encoded_colon_is_free_by_the_other_truth() -> None:
    assert credits_of(f"/works/doi%3A{DOI}", Switches(openalex_encoded_colon_billed=False)) == 0


def test_credits_are_added_up_in_dollars() -> None:
    stand_in = StandIn()
    for target in ("/works?search=models", f"/works/doi:{DOI}", "/works?filter=doi:10.1/a"):
        stand_in.get("/openalex" + target)
    assert stand_in.report["dollars"] == {"openalex": 0.0011}
    assert stand_in.report["requests"]["openalex"] == {"list": 1, "search": 1, "single": 1}


def test_headers_state_budget_in_credits_and_dollars_and_the_seconds_to_midnight() -> None:
    headers = StandIn(now=lambda: NOON).get("/openalex/works?filter=doi:10.1/a").headers
    assert headers["x-ratelimit-limit"] == "1000"
    assert headers["x-ratelimit-remaining"] == "999"
    assert headers["x-ratelimit-reset"] == "43200"
    assert headers["x-ratelimit-remaining-usd"] == "0.0999"
    assert headers["x-ratelimit-cost-usd"] == "0.0001"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        pytest.param("/openalex/works/W9900000001", {"authorization": "Bearer sesame"}, id="header"),
        pytest.param("/openalex/works/W9900000001?api_key=sesame", {}, id="parameter"),
    ],
)
def test_a_known_key_has_ten_times_the_budget_and_a_wrong_one_nothing(address: str, headers: dict[str, str]) -> None:
    assert StandIn(keys={"sesame"}).get(address, **headers).headers["x-ratelimit-limit"] == "10000"
    refused = StandIn(keys={"another"}).get(address, **headers)
    assert (refused.status, json.loads(refused.body)["error"]) == (401, "Invalid or missing API key")


def test_a_key_may_be_required_by_the_other_truth() -> None:
    assert StandIn(switches=Switches(openalex_keyless=False)).get("/openalex/works/W9900000001").status == 401


def test_a_spent_budget_refuses_what_costs_until_midnight_and_leaves_singletons_free() -> None:
    stand_in = StandIn(now=lambda: NOON)
    stand_in.spend(995)
    refused = stand_in.get("/openalex/works?search=models")
    assert refused.status == 429
    assert refused.headers["retry-after"] == "43200"
    assert int(refused.headers["x-ratelimit-remaining"]) < int(refused.headers["x-ratelimit-credits-required"])
    assert "x-ratelimit-credits-used" not in refused.headers
    assert json.loads(refused.body)["message"].startswith("Insufficient budget")
    assert stand_in.get("/openalex/works?filter=doi:10.1/a").status == 200
    assert stand_in.get(f"/openalex/works/doi:{DOI}").status == 200


def test_a_new_day_has_a_new_budget() -> None:
    day = [NOON]
    stand_in = StandIn(now=lambda: day[0])
    stand_in.spend(1000)
    day[0] = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert stand_in.get("/openalex/works?filter=doi:10.1/a").status == 200


def test_the_eleventh_request_of_a_second_is_refused_for_a_second() -> None:
    time = [0.0]
    stand_in = StandIn(clock=lambda: time[0])
    statuses = [stand_in.get("/openalex/works/W9900000001").status for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    refused = stand_in.get("/openalex/works/W9900000001")
    assert refused.headers["retry-after"] == "1"
    assert int(refused.headers["x-ratelimit-remaining"]) >= int(refused.headers["x-ratelimit-credits-required"])
    time[0] = 1.0
    assert stand_in.get("/openalex/works/W9900000001").status == 200
    assert stand_in.report["violations"]["openalex"]["over-rate"] == 2


def test_searches_with_many_operators_are_rarer() -> None:
    stand_in = StandIn(clock=lambda: 0.0)
    target = "/openalex/works?search=" + "+OR+".join("abcdefg")
    assert [stand_in.get(target).status for _ in range(2)] == [200, 429]


def test_update_dates_need_a_plan_and_no_waiting_helps() -> None:
    refused = StandIn().get("/openalex/works?filter=from_updated_date:2026-01-01")
    assert (refused.status, json.loads(refused.body)["error"]) == (429, "Plan upgrade required")
    assert "retry-after" not in refused.headers


def test_without_limits_violations_are_counted_and_nothing_is_refused() -> None:
    stand_in = StandIn(limits=False, clock=lambda: 0.0)
    assert {stand_in.get("/openalex/works?filter=doi:10.1/a").status for _ in range(12)} == {200}
    assert stand_in.report["violations"]["openalex"]["over-rate"] == 2


def test_rate_limit_state_needs_a_key() -> None:
    stand_in = StandIn(keys={"sesame"})
    assert stand_in.get("/openalex/rate-limit").status == 401
    state = json.loads(stand_in.get("/openalex/rate-limit?api_key=sesame").body)
    assert state["rate_limit"]["credits_remaining"] == 10_000
