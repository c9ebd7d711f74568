"""What a run asked, spent and did not get: the numbers behind its last lines.

in -> out: the lines to the sources and the desk's counts -> `Report`.
"""

from collections.abc import Mapping

import msgspec

from pipeline.edge.circuit_breaker import Line
from pipeline.model import Query
from pipeline.sources import Pool


class SourceReport(msgspec.Struct, frozen=True, kw_only=True):
    """One source in one run."""

    source: str
    requests: Mapping[Pool, int] = {}
    """HTTP requests sent, tries that failed included."""
    answered: int = 0
    """Questions that got a usable answer, a `missing` included."""
    failed: int = 0
    """Questions that were due and got none."""
    dollars: float = 0.0
    seconds: float = 0.0
    """Time in which at least one request was waiting for its turn or in flight."""
    stopped: str | None = None
    """Why the source, or one of its pools, was left alone for the rest of the run."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All sources in one run."""

    sources: tuple[SourceReport, ...] = ()
    """Those that were due a question."""
    deferred: tuple[Query, ...] = ()
    """Questions for which there was no money today, most valuable first: the cheapest."""
    due_failed: frozenset[str] = frozenset()
    """Sources that were due a question and gave no usable answer at all."""
    unasked_count: int = 0
    """Questions that were still open when the run's deadline passed."""
    is_complete: bool = True
    """Whether every question that there is a request for got its answer."""
    has_network: bool = True
    """False when no source could be reached."""


def report_line(source: str, line: Line, answered: int, failed: int) -> SourceReport:
    """Return what happened on the line to one source."""
    return SourceReport(
        source=source,
        requests={pool: queue.requests for pool, queue in line.queues.items() if queue.requests},
        answered=answered,
        failed=failed,
        dollars=line.budget.spent_usd,
        seconds=line.seconds,
        stopped=next((queue.closed for queue in line.queues.values() if queue.closed), None),
    )
