"""`enrich plan`: what a run would ask, before the first request.

in -> out: `Options` -> questions, requests, dollars and seconds per source, as text. The first round is exact: it is
what the stages ask for when the cache is all they have. The whole is a range: what can follow depends on the answers.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Iterable

import msgspec

from pipeline import inputs
from pipeline.conversation import read
from pipeline.edge.desk import OFFLINE, Desk
from pipeline.edge.open import SOURCES, open_desk
from pipeline.model import Query
from pipeline.options import Options, Result
from pipeline.run import freshness
from pipeline.sources import Request
from pipeline.stages import resolve, settled
from pipeline.stages.case import Case, Freshness, Reply
from pipeline.talk import Talk

LATER_ROUNDS = 6
"""Rounds after the first in which a not full batch may go out; the longest way of a paper takes so many."""
FOLLOWING = {"openalex": 4, "crossref": 4, "datacite": 3, "doira": 1}
"""Questions about identifiers that one unsettled paper can raise at most after its first."""
SEARCHES = {"openalex": 1, "crossref": 2, "datacite": 0, "doira": 0}
"""Title searches that one unsettled paper can raise at most: the paper, and the published version of a preprint."""
BATCH = {"openalex": 100, "crossref": 50, "datacite": 50, "doira": 50}


class SourcePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What one source would be asked."""

    source: str
    questions: int
    requests: int
    dollars: float
    seconds: float
    most_requests: int
    most_dollars: float


def plan(options: Options, talk: Talk) -> Result:
    """Say what a run would ask.

    Raises:
        UsageError: an input cannot be read.
    """
    config = inputs.load_config(options)
    jobs = [inputs.with_memory(job) for job in inputs.load_jobs(options, config)]
    cases = [case for job in jobs for case in job.cases]
    open_cases, questions = asyncio.run(_first_round(cases, options, freshness(options, config), talk))
    plans = [_plan(source, questions, open_cases, options) for source in SOURCES]
    asked = [found for found in plans if found.questions or found.most_requests]
    if not asked:
        return Result(text=f"{len(cases)} entries, nothing is due: no request would be sent.")
    return Result(text=_render(asked, len(cases)))


async def _first_round(
    cases: Iterable[Case], options: Options, ages: Freshness, talk: Talk
) -> tuple[int, dict[Query, None]]:
    """Return how many unsettled papers have questions, and the questions of the first round."""
    due: dict[Query, None] = {}
    unsettled = 0
    async with open_desk(options.access, options.cache, now=options.now, offline=True, say=talk.say) as desk:
        for case in cases:
            found = await _due(case, desk, ages)
            due |= found
            unsettled += bool(found) and not settled.is_settled(case)
    return unsettled, due


async def _due(case: Case, desk: Desk, ages: Freshness) -> dict[Query, None]:
    replies: dict[Query, Reply] = {}
    while questions := resolve.next_queries(case, replies, ages):
        answers = await desk.ask(questions)
        due = dict.fromkeys(query for query, answer in answers.items() if answer.reason == OFFLINE)
        if due:
            return due
        replies.update((query, read(answer)) for query, answer in answers.items())
    return {}


def _plan(source: str, due: Iterable[Query], unsettled: int, options: Options) -> SourcePlan:
    adapter = SOURCES[source]
    questions = [query for query in due if query.source == source]
    requests = adapter.ask(questions)
    is_identified = options.access.is_identified(source)
    pools = Counter(request.pool for request in requests)
    seconds = sum(count / adapter.LIMITS[pool, is_identified].per_second for pool, count in pools.items())
    singles = sum(1 for request in requests for query in request.queries if _may_follow_up(adapter, request, query))
    following = FOLLOWING[source] * unsettled
    lists = math.ceil(following / BATCH[source]) + LATER_ROUNDS if unsettled else 0
    searches = SEARCHES[source] * unsettled
    dollars = sum(adapter.PRICE_USD.get(pool, 0.0) * count for pool, count in pools.items())
    prices = adapter.PRICE_USD
    return SourcePlan(
        source=source,
        questions=len(questions),
        requests=len(requests),
        dollars=dollars,
        seconds=seconds,
        most_requests=len(requests) + singles + lists + searches + (following if source == "openalex" else 0),
        most_dollars=dollars + lists * prices.get("list", 0.0) + searches * prices.get("search", 0.0),
    )


def _may_follow_up(adapter: object, request: Request, query: Query) -> bool:
    return request.pool == "list" and adapter.follow_up(query) is not None  # type: ignore[attr-defined]


def _render(plans: Iterable[SourcePlan], entries: int) -> str:
    lines = [f"{entries} entries; the first round, and the whole run at most:"]
    lines.append(
        f"{'source':<10}{'questions':>10}{'requests':>10}{'dollars':>10}{'seconds':>9}{'at most':>10}{'dollars':>10}"
    )
    lines += [
        f"{row.source:<10}{row.questions:>10}{row.requests:>10}{row.dollars:>10.4f}{row.seconds:>9.1f}"
        f"{row.most_requests:>10}{row.most_dollars:>10.4f}"
        for row in plans
    ]
    return "\n".join(lines)
