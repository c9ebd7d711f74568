"""`enrich plan`: what a run would ask, before the first request.

in -> out: `Options` -> questions, requests, dollars and seconds per source, as text. The first round is exact: it is
what the stages ask when they have the cache's answers alone. The total is a range: what follows depends on the answers.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from pipeline import inputs
from pipeline.conversation import read
from pipeline.edge.desk import OFFLINE, Desk
from pipeline.edge.open import SOURCES, open_desk
from pipeline.edge.rate_limit import MARGIN, find_family, find_limits
from pipeline.model import Query
from pipeline.options import Options, Result
from pipeline.progress import Talk
from pipeline.run import freshness
from pipeline.sources import Pool, Request, Source
from pipeline.stages.resolving import resolve, settled
from pipeline.stages.resolving.inquiry import Case, Freshness, Reply, Resolved, judge_of
from pipeline.text.counted import counted

LATER_ROUNDS = 6
"""A paper asks at most so many times after the first, and each time a list may go out that is not full."""
FOLLOWING = {"openalex": 4, "crossref": 4, "datacite": 3, "doira": 1}
"""Questions about identifiers that a paper without a proven publication can raise at most after its first."""
FOLLOWING_SETTLED = {"openalex": 1, "crossref": 1, "datacite": 1, "doira": 1}
"""The same for a settled publication: its work was merged at OpenAlex, its DOI went to another agency."""
SEARCHES = {"openalex": 1, "crossref": 2, "datacite": 0, "doira": 0}
"""Title searches that an unsettled paper can raise at most: for itself, and for the publication of a preprint."""
LEAST_A_LIST = {"openalex": 25, "crossref": 25, "datacite": 50, "doira": 25}
"""Questions that fit into a list even where they are long: landing pages in four spellings, DOIs of books."""


class SourcePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What one source would be asked."""

    source: str
    questions: int
    requests: int
    dollars: float
    seconds: float
    most_requests: int
    most_dollars: float
    most_seconds: float


class FirstRound(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked before any answer, and of how many papers more can follow."""

    questions: tuple[Query, ...]
    unsettled: int
    """Papers with questions that have no proven publication yet."""
    settled: int
    """Papers with questions that have one."""


def plan(options: Options, talk: Talk) -> Result:
    """Say what a run would ask.

    Raises:
        UsageError: an input cannot be read.
    """
    jobs = [inputs.with_memory(job) for job in inputs.load_jobs(options)]
    cases = [case for job in jobs for case in job.cases]
    first = asyncio.run(_first_round(cases, options, freshness(options), talk))
    plans = [_plan(source, first, options) for source in SOURCES]
    asked = [found for found in plans if found.questions or found.most_requests]
    if not asked:
        return Result(text=f"{counted(len(cases), 'paper')}, nothing is due: no request would be sent.")
    return Result(text=_render(asked, len(cases)))


async def _first_round(cases: Iterable[Case], options: Options, ages: Freshness, talk: Talk) -> FirstRound:
    due: dict[Query, None] = {}
    counts = Counter[bool]()
    async with open_desk(options.access, options.cache, now=options.now, offline=True, say=talk.say) as desk:
        for case in cases:
            found = await _due(case, desk, ages)
            due |= found
            counts[_is_settled_publication(case)] += bool(found)
    return FirstRound(questions=tuple(due), unsettled=counts[False], settled=counts[True])


def _is_settled_publication(case: Case) -> bool:
    return settled.is_settled(case) and case.old is not None and case.old.type != "preprint"


async def _due(case: Case, desk: Desk, ages: Freshness) -> dict[Query, None]:
    replies: dict[Query, Reply] = {}
    judge = judge_of(case)
    while not isinstance(step := resolve.next_step(case, replies, ages, judge), Resolved):
        answers = await desk.ask(step)
        due = dict.fromkeys(query for query, answer in answers.items() if answer.reason == OFFLINE)
        if due:
            return due
        replies.update((query, read(answer)) for query, answer in answers.items())
    return {}


def _plan(source: str, first: FirstRound, options: Options) -> SourcePlan:
    adapter = SOURCES[source]
    questions = [query for query in first.questions if query.source == source]
    requests = adapter.ask(questions)
    pools = Counter(request.pool for request in requests)
    most = pools + _later(source, adapter, requests, first)
    is_identified = options.access.is_identified(source)
    return SourcePlan(
        source=source,
        questions=len(questions),
        requests=pools.total(),
        dollars=_dollars(adapter, pools),
        seconds=_seconds(source, pools, is_identified=is_identified),
        most_requests=most.total(),
        most_dollars=_dollars(adapter, most),
        most_seconds=_seconds(source, most, is_identified=is_identified),
    )


def _later(source: str, adapter: Source, requests: Iterable[Request], first: FirstRound) -> Counter[Pool]:
    """Count the requests that can follow at most: what no list answers goes singly where that is free."""
    asked = [query for request in requests if request.pool == "list" for query in request.queries]
    following = FOLLOWING[source] * first.unsettled + FOLLOWING_SETTLED[source] * first.settled
    singles = sum(1 for query in asked if adapter.follow_up(query) is not None)
    has_singles = adapter.follow_up(Query(source=source, kind="doi", value="10.1/x")) is not None  # type: ignore[arg-type]
    searches = SEARCHES[source] * first.unsettled
    lists = math.ceil(following / LEAST_A_LIST[source]) + LATER_ROUNDS if following else 0
    # Crossref counts a search as a list, and so does its adapter.
    search_pool: Pool = "search" if "search" in adapter.PRICE_USD else "list"
    later: Counter[Pool] = Counter({"single": singles + has_singles * following, "list": lists})
    later[search_pool] += searches
    return later


def _dollars(adapter: Source, pools: Mapping[Pool, int]) -> float:
    return sum(adapter.PRICE_USD.get(pool, 0.0) * count for pool, count in pools.items())


def _seconds(source: str, pools: Mapping[Pool, int], *, is_identified: bool) -> float:
    """Return how long the limits make these requests last; families of requests have limits of their own."""
    limits = find_limits(source, SOURCES[source], identified=is_identified)
    counts = Counter[str]()
    for pool, count in pools.items():
        counts[find_family(source, pool)] += count
    return max((count / (limits[family].per_second * MARGIN) for family, count in counts.items()), default=0.0)


def _render(plans: Iterable[SourcePlan], entries: int) -> str:
    plans = tuple(plans)
    least, most = max(row.seconds for row in plans), max(row.most_seconds for row in plans)
    columns = ("questions", "requests", "dollars", "seconds", "at most", "dollars", "seconds")
    together = f"{least:.0f} to {most:.0f} s, since all sources are asked at once"
    lines = [f"{counted(entries, 'paper')}, {together}. The first round of questions, and the whole at most:"]
    lines.append(f"{'source':<10}" + "".join(f"{name:>10}" for name in columns))
    lines += [
        f"{row.source:<10}{row.questions:>10}{row.requests:>10}{row.dollars:>10.4f}{row.seconds:>10.1f}"
        f"{row.most_requests:>10}{row.most_dollars:>10.4f}{row.most_seconds:>10.1f}"
        for row in plans
    ]
    return "\n".join(lines)
