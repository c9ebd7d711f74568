"""Counts what the services were asked, and how politely.

in -> out: requests and responses -> counters, a log and the report. Rates are counted in a sliding window, which is the
strictest reading of "N per second": a client that sends N at once and N more within the same second is over.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WINDOW_S = 0.95
"""A second, less what scheduling on one machine may squeeze together."""


@dataclass(frozen=True)
class Seen:
    """One request and what became of it."""

    source: str
    pool: str
    target: str
    """Path and query below the source's base address, as sent."""
    headers: Mapping[str, str]
    status: int
    at: float
    """Seconds of the stand-in's clock."""

    def line(self) -> str:
        """Return it as a line of a log, without headers."""
        return f"{self.source} {self.pool} {self.status} {self.target}"


@dataclass
class Meter:
    """All counters; `reset` starts afresh, budgets included."""

    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(source, pool) -> requests."""
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    violations: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(source, `over-rate` | `over-concurrency` | `paid-singleton` | `no-contact` | `unplayed`) -> times."""
    credits: Counter[str] = field(default_factory=Counter)
    """Source -> credits charged; one is $0.0001."""
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(day, who) -> credits, against the daily budget."""
    active: Counter[str] = field(default_factory=Counter)
    """Pool family -> requests under way."""
    largest: Counter[str] = field(default_factory=Counter)
    """`<source> values` and `<source> bytes` -> most values in one list, longest target."""
    log: list[Seen] = field(default_factory=list)
    windows: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def is_over_rate(self, key: str, limit: int, now: float, *, window_s: float = WINDOW_S) -> bool:
        """Say whether one more request exceeds `limit` in the window; only admitted ones count."""
        times = self.windows[key]
        while times and now - times[0] >= window_s:
            times.popleft()
        if len(times) >= limit:
            return True
        times.append(now)
        return False

    def charge(self, source: str, who: tuple[str, str], price: int) -> None:
        """Book credits to a source and to one day's budget."""
        self.credits[source] += price
        self.spent[who] += price

    def widen(self, what: str, size: int) -> None:
        """Keep the largest size seen."""
        self.largest[what] = max(self.largest[what], size)

    def add(self, seen: Seen) -> None:
        """Book one answered request."""
        self.requests[seen.source, seen.pool] += 1
        self.statuses[seen.source, seen.status] += 1
        self.widen(f"{seen.source} bytes", len(seen.target))
        self.log.append(seen)

    def reset(self) -> None:
        """Forget everything but the requests under way."""
        active = self.active
        self.__dict__.update(Meter().__dict__)
        self.active = active

    def report(self) -> dict[str, object]:
        """Return the counters as JSON-ready values."""
        return {
            "total": len(self.log),
            "requests": _nested(self.requests),
            "statuses": _nested(self.statuses),
            "throttled": {source: n for (source, status), n in sorted(self.statuses.items()) if status == 429},
            "violations": _nested(self.violations),
            "credits": dict(self.credits),
            "dollars": {source: n / 10_000 for source, n in self.credits.items()},
            "largest": dict(sorted(self.largest.items())),
        }


def _nested(counter: Mapping[Any, int]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (source, name), count in sorted(counter.items(), key=str):
        nested.setdefault(source, {})[str(name)] = count
    return nested
