"""What replies mean, with headers and bodies as the services were seen to send them."""

from datetime import UTC, datetime

import pytest

from pipeline.edge.status import HttpReply, Meaning, judge, read_number, read_wait

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def check(meaning: Meaning, source: str, status: int, body: str = "", **headers: str) -> None:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    assert judge(source, HttpReply(status=status, body=body.encode(), headers=names), NOW).meaning == meaning


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, "answered"), (400, "bad-question"), (403, "stop"), (404, "missing"), (406, "failed"), (408, "again"),
        (410, "missing"), (414, "bad-question"), (418, "failed"), (429, "early"), (500, "again"), (502, "again"),
        (503, "again"), (504, "again"), (204, "failed"), (304, "failed"),
    ],
)  # fmt: skip
def test_statuses_mean_the_same_everywhere(status: int, meaning: Meaning) -> None:
    check(meaning, "crossref", status)
    if status != 429:
        check(meaning, "openalex", status)


def test_a_429_of_the_second_is_waited_out() -> None:
    check("early", "openalex", 429, '{"error":"Rate limit exceeded"}', retry_after="1", x_ratelimit_remaining="900",
          x_ratelimit_credits_required="1")  # fmt: skip


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("", {"x_ratelimit_remaining": "3", "x_ratelimit_credits_required": "10"}),
        ('{"error":"Rate limit exceeded","message":"Insufficient budget. ..."}', {}),
        ("", {"retry_after": "53578"}),
    ],
    ids=["its headers say so", "its body says so", "it asks for hours"],
)
def test_a_429_of_the_day_ends_what_costs_money(body: str, headers: dict[str, str]) -> None:
    check("budget-gone", "openalex", 429, body, **headers)


def test_a_429_of_the_plan_is_never_tried_again() -> None:
    check("plan", "openalex", 429, '{"error":"Plan upgrade required"}')


def test_a_401_drops_the_key_where_one_was_sent_and_is_no_word_of_the_service_where_none_was() -> None:
    reply = HttpReply(status=401, body=b"", headers={})
    assert judge("openalex", reply, NOW, with_key=True).meaning == "key-refused"
    assert judge("openalex", reply, NOW).meaning == "astray"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT"}, 90.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:40 GMT", "date": "Sun, 22 Nov 2026 09:00:00 GMT"}, 40.0),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:05 -0000"}, 5.0),
        ({"retry-after": "604800"}, 604_800.0),
        ({"retry-after": "604801"}, None),
        ({"retry-after": "Sun, 22 Nov 2099 00:00:09 GMT"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "in a while"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": "١٢"}, None),
        ({}, None),
    ],
    ids=["seconds", "zero", "date", "past date", "date by its own clock", "no zone", "a week", "more than a week",
         "in decades", "beyond all numbers", "words", "negative", "fraction", "other digits", "absent"],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert read_wait(headers, NOW) == seconds


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", "", "three", "1,5"])
def test_a_header_that_is_no_plain_number_is_none(value: str) -> None:
    assert read_number({"x": value}, "x") is None
