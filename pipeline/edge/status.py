"""What a reply of a source means for the question and for the source; knows the statuses, not the bodies.

in -> out: status, headers and body of a reply -> `Verdict`. Rules: OpenAlex's help on errors and the source of its edge
(August 2026), Crossref's documentation, and replies of both that were recorded until October 2026.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import msgspec

Meaning = Literal[
    "answered", "missing", "bad-question", "early", "again", "key-refused", "budget-gone", "plan", "stop", "astray",
    "failed",
]  # fmt: skip

BUDGET_WAIT_S = 600.0
"""A 429 of OpenAlex that asks for a longer wait means the day's budget; the one per second asks for 1 s."""

LONGEST_WAIT_S = 7 * 86_400.0
"""Nobody asks for more than a week of patience; who does has a wrong clock (guess)."""

_MEANINGS: Mapping[int, Meaning] = {
    200: "answered",
    400: "bad-question",
    404: "missing",
    408: "again",
    410: "missing",
    413: "bad-question",
    414: "bad-question",
    422: "bad-question",
    429: "early",
    403: "stop",
}


class HttpReply(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What came over the wire, whole and bounded."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    """Names in lower case."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What to do about a reply."""

    meaning: Meaning
    reason: str
    """In fixed words: they may appear in outputs, so nothing of the reply's text is in them."""
    wait_s: float | None = None
    """How long the source asked us to wait."""


def judge(source: str, reply: HttpReply, now: datetime, *, with_key: bool = False) -> Verdict:
    """Say what the reply means; `now` counts only where the reply has no date of its own."""
    wait_s = read_wait(reply.headers, now)
    reason = f"answered with status {reply.status}"
    if source == "openalex" and reply.status == 429:
        return _openalex_429(reply, wait_s)
    if reply.status == 401:
        return Verdict(meaning="key-refused" if with_key else "astray", reason=reason)
    meaning = _MEANINGS.get(reply.status, "again" if reply.status >= 500 else "failed")
    return Verdict(meaning=meaning, reason=reason, wait_s=wait_s)


def read_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read Retry-After, seconds or a date; a date is measured against the reply's own clock. None for nonsense.

    >>> read_wait({"retry-after": "30"}, datetime(2026, 11, 22, tzinfo=UTC))
    30.0
    >>> read_wait({"retry-after": "Sun, 22 Nov 2026 00:00:09 GMT"}, datetime(2026, 11, 22, tzinfo=UTC))
    9.0
    >>> read_wait({"retry-after": "soon"}, datetime(2026, 11, 22, tzinfo=UTC)) is None
    True
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        wait_s = float(text)
    elif until := _read_date(text):
        wait_s = max(0.0, (until - (_read_date(headers.get("date", "")) or now)).total_seconds())
    else:
        return None
    return wait_s if wait_s <= LONGEST_WAIT_S else None


def read_number(headers: Mapping[str, str], name: str) -> float | None:
    """Read a header that holds a plain finite number, None where it does not."""
    try:
        number = float(headers[name])
    except (KeyError, ValueError):
        return None
    return number if -1e15 < number < 1e15 else None


def _read_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _openalex_429(reply: HttpReply, wait_s: float | None) -> Verdict:
    """Tell the three kinds apart: plan by its words, budget by its headers, else it is the rate per second."""
    text = reply.body[:2000].lower()
    if b"plan upgrade required" in text:
        return Verdict(meaning="plan", reason="needs a paid plan")
    remaining = read_number(reply.headers, "x-ratelimit-remaining")
    needed = read_number(reply.headers, "x-ratelimit-credits-required")
    is_short = remaining is not None and needed is not None and remaining < needed
    if is_short or b"insufficient budget" in text or (wait_s or 0) > BUDGET_WAIT_S:
        return Verdict(meaning="budget-gone", reason="today's budget is spent", wait_s=wait_s)
    return Verdict(meaning="early", reason="answered with status 429", wait_s=wait_s)
