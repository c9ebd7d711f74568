"""Money: what a run may spend, what it spent, and what the source says is left today.

in -> out: prices and response headers -> whether the next request may be sent. A header overrules every constant, which
is only used where the header is absent. Header names: source of OpenAlex's edge (August 2026) and recorded replies.
"""

from collections.abc import Mapping

from pipeline.edge.status import read_number

CREDIT_USD = 0.0001
"""One OpenAlex credit (documentation, August 2026)."""
SEARCH_SHARE = 0.08
"""Share of the money at hand that paid title searches may take. On the lists that were measured, 2,200 of them settled
a dozen rows that no free question had settled; the rest of the money is for exact questions."""
SMALLEST_BUDGET_USD = 0.10
"""A day without a key: assumed until a header says more."""
_EPSILON_USD = CREDIT_USD / 1000
"""Sums of prices carry the rounding of binary fractions."""


class Budget:
    """One source's account for this run."""

    def __init__(self, limit_usd: float | None = None) -> None:
        self.limit_usd = limit_usd
        self.spent_usd = 0.0
        self.remaining_usd: float | None = None
        """Left today by the source's own words; None before the first."""
        self._reserved_usd = 0.0
        self._searches_usd = 0.0
        """Price of the searches of this run, tries that failed included."""

    def reserve_search(self, price_usd: float) -> bool:
        """Count a search against the share of all searches; False where it is used up."""
        if price_usd > 0 and self._searches_usd + price_usd - _EPSILON_USD > SEARCH_SHARE * self._at_hand_usd:
            return False
        self._searches_usd += price_usd
        return True

    def reserve(self, price_usd: float) -> bool:
        """Set money aside for a request; False where it would not be covered. What costs nothing always goes."""
        if price_usd <= 0:
            return True
        # What is in flight may or may not be in the stated rest: the cautious reading never overdraws.
        needed = self._reserved_usd + price_usd - _EPSILON_USD
        within_limit = self.limit_usd is None or self.spent_usd + needed <= self.limit_usd
        if not within_limit or (self.remaining_usd is not None and needed > self.remaining_usd):
            return False
        self._reserved_usd += price_usd
        return True

    @property
    def _at_hand_usd(self) -> float:
        """What this run could spend in all, as far as it is known."""
        known = [self.limit_usd] if self.limit_usd is not None else []
        known += [self.remaining_usd + self.spent_usd] if self.remaining_usd is not None else []
        return min(known, default=SMALLEST_BUDGET_USD)

    def release(self, price_usd: float) -> None:
        """Take back what was set aside; the request is over."""
        self._reserved_usd = max(0.0, self._reserved_usd - price_usd)

    def account(self, headers: Mapping[str, str], price_usd: float) -> None:
        """Book an answered request at the price its headers state, else at the published one."""
        stated = _first(headers, "x-ratelimit-cost-usd", "x-ratelimit-credits-used")
        self.spent_usd += price_usd if stated is None else stated
        self.read_remaining(headers)

    def read_remaining(self, headers: Mapping[str, str]) -> None:
        """Take over what the source says is left: the day's budget, and what was bought beyond it."""
        left = _first(headers, "x-ratelimit-remaining-usd", "x-ratelimit-remaining")
        if left is not None:
            bought = _first(headers, "x-ratelimit-prepaid-remaining-usd", "x-ratelimit-onetime-remaining") or 0.0
            self.remaining_usd = left + bought

    def close(self) -> None:
        """Nothing is left for today; free requests still go."""
        self.remaining_usd = 0.0


def _first(headers: Mapping[str, str], usd_name: str, credits_name: str) -> float | None:
    in_dollars, in_credits = read_number(headers, usd_name), read_number(headers, credits_name)
    if in_dollars is not None:
        return max(0.0, in_dollars)
    return None if in_credits is None else max(0.0, in_credits * CREDIT_USD)
