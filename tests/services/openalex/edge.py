"""OpenAlex's edge: who asks, what it costs, whether it is too much, and the headers that say so.

in -> out: a request -> its price and either a refusal (401, one of three kinds of 429) or leave to go on. Rules as in
the proxy's published source of August 2026.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from tests.services.openalex.facts import SEARCH_PARAMETERS, SINGLETON_PREFIXES
from tests.services.openalex.search import operator_count
from tests.services.terms import Terms
from tests.services.wire import Request, Response, json_response

PRICES = {"single": 0, "autocomplete": 0, "rate-limit": 0, "paid-single": 1, "list": 1, "search": 10}
"""Pool -> credits."""
SEARCH_FILTER = re.compile(r"(?:^|,)[a-z_.-]+\.search:")


@dataclass(frozen=True)
class Caller:
    """Who asks, as the edge sees it."""

    key: str | None
    budget: int
    rate: int

    @property
    def who(self) -> str:
        return self.key or "keyless"


class Edge:
    """Keys, rates and budgets."""

    def __init__(self, keys: Collection[str], terms: Terms) -> None:
        self.keys, self.terms = keys, terms
        self.switches, self.meter = terms.switches, terms.meter

    def pool(self, request: Request) -> str:
        """Return the edge's class of a request; it decides the price."""
        segments = request.path.strip("/").split("/")
        if segments[0] in {"autocomplete", "rate-limit"}:
            return segments[0]
        if segments[0] == "works" and len(segments) > 1:
            return "single" if self._is_free(segments[1]) else "paid-single"
        is_search = any(name in SEARCH_PARAMETERS for name, _ in request.params)
        return "search" if is_search or SEARCH_FILTER.search(request.param.get("filter", "")) else "list"

    def _is_free(self, segment: str) -> bool:
        if not self.switches.openalex_encoded_colon_billed:
            segment = unquote(segment)
        return bool(re.fullmatch(r"[A-Za-z]\d+", segment)) or segment.lower().startswith(SINGLETON_PREFIXES)

    def price(self, request: Request) -> int:
        """Return the credits that a request costs."""
        return PRICES[self.pool(request)]

    def caller(self, request: Request) -> Caller | None:
        """Return who asks, None for a key that is not known."""
        bearer = re.fullmatch(r"(?i)bearer\s+(\S+)", request.headers.get("authorization", ""))
        named = request.param.get("api_key") or request.param.get("api-key") or request.headers.get("api-key")
        key = (bearer[1] if bearer else None) or named or None
        switches = self.switches
        if key is None and switches.openalex_keyless:
            return Caller(None, switches.openalex_credits_keyless, switches.openalex_rate_keyless)
        if key in self.keys:
            return Caller(key, switches.openalex_credits_keyed, switches.openalex_rate_keyed)
        return None

    def refusal(self, request: Request) -> Response | None:
        """Return why a request goes no further: key, rate, budget."""
        caller = self.caller(request)
        if caller is None:
            return unknown_key()
        is_over = self._is_over_rate(request, caller)
        self.meter.violations["openalex", "over-rate"] += is_over
        self.meter.violations["openalex", "paid-singleton"] += self.pool(request) == "paid-single"
        if self.terms.limits and is_over:
            return self.too_many(request)
        if self.terms.limits and self._left(caller) < self.price(request):
            return self.budget_gone(request)
        return None

    def _is_over_rate(self, request: Request, caller: Caller) -> bool:
        at = self.terms.clock()
        is_over = self.meter.is_over_rate(f"openalex {caller.who}", caller.rate, at)
        if any(name in SEARCH_PARAMETERS and operator_count(value) > 5 for name, value in request.params):
            is_over |= self.meter.is_over_rate(f"openalex boolean {caller.who}", 5 if caller.key else 1, at)
        return is_over

    def _left(self, caller: Caller) -> int:
        return caller.budget - self.meter.spent[self._day(), caller.who]

    def _day(self) -> str:
        return str(self.terms.now().date())

    def too_many(self, request: Request) -> Response:
        """Return the 429 of one second."""
        value = {"error": "Rate limit exceeded", "message": "Too many requests per second.", "retryAfter": 1}
        return json_response(value, 429, {"retry-after": "1", **self._refused_headers(request)})

    def budget_gone(self, request: Request) -> Response:
        """Return the 429 of a spent daily budget: wait until midnight UTC."""
        price, wait_s = self.price(request), seconds_to_midnight(self.terms.now())
        headers = self._refused_headers(request)
        left = min(int(headers["x-ratelimit-remaining"]), price - 1)
        message = f"Insufficient budget. This request costs ${price / 10_000:.4f}. Resets at midnight UTC."
        value = {"error": "Rate limit exceeded", "message": message, "retryAfter": wait_s, "costUsd": price / 10_000}
        value |= {"creditsRequired": price, "creditsRemaining": left}
        headers |= {"x-ratelimit-remaining": str(left), "retry-after": str(wait_s)}
        return json_response(value, 429, headers)

    def plan_required(self, request: Request) -> Response:
        """Return the 429 that no waiting helps against."""
        value = {"error": "Plan upgrade required", "message": "This filter needs a paid plan."}
        return json_response(value, 429, self._refused_headers(request))

    def _refused_headers(self, request: Request) -> dict[str, str]:
        price = self.price(request)
        required = {
            "x-ratelimit-credits-required": str(price),
            "x-ratelimit-cost-required-usd": f"{price / 10_000:.4f}",
        }
        return self._budget_headers(request) | required

    def _budget_headers(self, request: Request) -> dict[str, str]:
        caller = self.caller(request) or Caller(None, 0, 0)
        left = max(0, self._left(caller))
        return {
            "x-ratelimit-limit": str(caller.budget),
            "x-ratelimit-remaining": str(left),
            "x-ratelimit-reset": str(seconds_to_midnight(self.terms.now())),
            "x-ratelimit-onetime-remaining": "0",
            "x-ratelimit-limit-usd": f"{caller.budget / 10_000:.4f}",
            "x-ratelimit-remaining-usd": f"{left / 10_000:.4f}",
            "x-ratelimit-prepaid-remaining-usd": "0.0000",
        }

    def charged(self, request: Request, response: Response) -> Response:
        """Book the price of an answer and return it with the edge's headers; refusals and crashes cost nothing."""
        if response.status in {401, 429}:
            return response
        caller = self.caller(request)
        price = self.price(request) if response.status < 400 or response.status == 404 else 0
        if caller is not None:
            self.meter.charge("openalex", (self._day(), caller.who), price)
        cost = {"x-ratelimit-credits-used": str(price), "x-ratelimit-cost-usd": f"{price / 10_000:.4f}"}
        return response.plus(self._budget_headers(request) | cost)

    def status(self, request: Request) -> Response:
        """Answer `/rate-limit`, which needs a key."""
        caller = self.caller(request)
        if caller is None or caller.key is None:
            return unknown_key()
        wait_s = seconds_to_midnight(self.terms.now())
        limit = {
            "credits_limit": caller.budget,
            "credits_remaining": self._left(caller),
            "resets_in_seconds": wait_s,
        }
        return json_response({"rate_limit": limit})


def unknown_key() -> Response:
    """Return the 401 that a wrong key gets for everything."""
    message = "Get a key at https://openalex.org/settings/api"
    return json_response({"error": "Invalid or missing API key", "message": message}, 401)


def seconds_to_midnight(now: datetime) -> int:
    """Return the seconds until the budgets are new, at least one."""
    return 86_400 - (now.hour * 3600 + now.minute * 60 + now.second)
