"""Money: what was promised is never overdrawn, and what the source says is believed."""

import pytest

from pipeline.edge.budget import Budget

LIST, SEARCH = 0.0001, 0.001


def reserved(budget: Budget, price: float, times: int) -> int:
    return sum(budget.reserve(price) for _ in range(times))


def test_a_run_without_a_limit_spends_until_the_source_says_stop() -> None:
    budget = Budget()
    assert reserved(budget, SEARCH, 500) == 500


def test_requests_in_flight_count_against_the_limit() -> None:
    assert reserved(Budget(0.0005), LIST, 20) == 5
    assert reserved(Budget(0.0), LIST, 20) == 0


def test_what_is_free_goes_without_any_money() -> None:
    budget = Budget(0.0)
    budget.close()
    assert reserved(budget, 0.0, 3) == 3
    assert not budget.reserve(LIST)


def test_money_of_a_request_that_failed_is_there_again() -> None:
    budget = Budget(LIST)
    assert budget.reserve(LIST)
    assert not budget.reserve(LIST)
    budget.release(LIST)
    assert budget.reserve(LIST)


@pytest.mark.parametrize(
    ("headers", "spent"),
    [
        ({"x-ratelimit-cost-usd": "0.002"}, 0.002),
        ({"x-ratelimit-credits-used": "10"}, 0.001),
        ({"x-ratelimit-cost-usd": "0", "x-ratelimit-credits-used": "10"}, 0.0),
        ({}, 0.0001),
        ({"x-ratelimit-cost-usd": "free"}, 0.0001),
    ],
    ids=["dollars", "credits", "dollars before credits", "silent", "nonsense"],
)
def test_the_price_is_what_the_response_says_else_the_published_one(headers: dict[str, str], spent: float) -> None:
    budget = Budget()
    budget.account(headers, LIST)
    assert budget.spent_usd == pytest.approx(spent)


@pytest.mark.parametrize(
    ("headers", "left"),
    [
        ({"x-ratelimit-remaining-usd": "0.0973"}, 0.0973),
        ({"x-ratelimit-remaining": "973"}, 0.0973),
        ({"x-ratelimit-remaining-usd": "0", "x-ratelimit-prepaid-remaining-usd": "2.5"}, 2.5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-onetime-remaining": "100"}, 0.01),
        ({}, None),
    ],
    ids=["dollars", "credits", "prepaid", "one-time credits", "silent"],
)
def test_what_is_left_is_what_the_response_says(headers: dict[str, str], left: float | None) -> None:
    budget = Budget()
    budget.read_remaining(headers)
    assert budget.remaining_usd == (None if left is None else pytest.approx(left))


def test_nothing_is_sent_that_the_rest_of_the_day_does_not_cover() -> None:
    budget = Budget()
    budget.read_remaining({"x-ratelimit-remaining": "25"})
    assert reserved(budget, SEARCH, 10) == 2


@pytest.mark.parametrize(
    ("limit", "left", "searches"),
    [(None, None, 8), (1.0, None, 80), (None, 1.0, 80), (0.5, 1.0, 40), (1.0, 0.1, 8)],
    ids=["nothing known", "a limit", "a day with a key", "a limit below the day's", "a day without a key"],
)
def test_searches_take_eight_per_cent_of_what_can_be_spent(
    limit: float | None, left: float | None, searches: int
) -> None:
    budget = Budget(limit)
    if left is not None:
        budget.read_remaining({"x-ratelimit-remaining-usd": str(left)})
    assert sum(budget.reserve_search(SEARCH) for _ in range(200)) == searches


def test_free_searches_have_no_share() -> None:
    assert all(Budget().reserve_search(0.0) for _ in range(200))
