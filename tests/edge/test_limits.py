"""Rates and widths, on a clock that jumps."""

import asyncio
from collections.abc import Mapping
from itertools import pairwise

import pytest

from pipeline.edge.limits import MARGIN, Gate, evenly_spaced, find_family, find_limits
from pipeline.sources import Limit, Pool
from tests.edge.toy import Toy, seconds
from tests.services.virtual_time import run


def passes(gate: Gate, count: int) -> list[float]:
    """Return when so many requests pass that ask at once."""

    async def go() -> list[float]:
        async def one() -> float:
            await gate.space()
            return seconds()

        return sorted(await asyncio.gather(*(one() for _ in range(count))))

    return run(go())


def test_requests_are_spaced_evenly_and_a_little_slower_than_allowed() -> None:
    times = passes(Gate(Limit(per_second=3, concurrency=9), evenly_spaced), 7)
    assert [later - earlier for earlier, later in pairwise(times)] == pytest.approx([1 / (3 * MARGIN)] * 6)


def test_no_second_ever_sees_more_requests_than_allowed() -> None:
    times = passes(Gate(Limit(per_second=3, concurrency=9), evenly_spaced), 12)
    assert all(sum(start <= other < start + 1 for other in times) <= 3 for start in times)


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s", "x-concurrency-limit": "2"}, (5.0, 2)),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "10s"}, (5.0, 4)),
        ({"x-rate-limit-limit": "5"}, (5.0, 4)),
        ({"x-rate-limit-limit": "0"}, (10.0, 4)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "0s"}, (10.0, 4)),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "soon"}, (10.0, 4)),
        ({"x-concurrency-limit": "0"}, (10.0, 4)),
        ({}, (10.0, 4)),
    ],
    ids=["all three", "per ten seconds", "no interval", "zero", "no time", "nonsense", "no width", "silent"],
)
def test_limits_stated_by_a_response_overrule_the_published_ones(
    headers: Mapping[str, str], limit: tuple[float, int]
) -> None:
    gate = Gate(Limit(per_second=10, concurrency=4), evenly_spaced)
    run(gate.adapt(headers))
    assert (gate.limit.per_second, gate.limit.concurrency) == limit


def test_a_new_rate_counts_from_the_moment_it_is_set() -> None:
    async def go() -> list[float]:
        gate, times = Gate(Limit(per_second=100, concurrency=1), evenly_spaced), []
        for _ in range(3):
            await gate.space()
            times.append(seconds())
            await gate.set_limit(Limit(per_second=1, concurrency=1))
        return times

    assert [later - earlier for earlier, later in pairwise(run(go()))] == pytest.approx([1 / MARGIN] * 2)


def test_no_more_are_inside_than_the_width_allows() -> None:
    async def go() -> int:
        gate, inside, most = Gate(Limit(per_second=1e6, concurrency=3), evenly_spaced), 0, 0

        async def one() -> None:
            nonlocal inside, most
            await gate.enter(lambda: True)
            inside, most = inside + 1, max(most, inside + 1)
            await asyncio.sleep(1)
            inside -= 1
            await gate.leave()

        await asyncio.gather(*(one() for _ in range(10)))
        return most

    assert run(go()) == 3


def test_a_place_offered_to_somebody_who_gives_up_goes_to_the_next() -> None:
    async def go() -> None:
        gate = Gate(Limit(per_second=1e6, concurrency=1), evenly_spaced)
        await gate.enter(lambda: True)
        first, second = (asyncio.ensure_future(gate.enter(lambda: True)) for _ in range(2))
        await asyncio.sleep(1)
        await gate.leave()
        first.cancel()
        async with asyncio.timeout(1):
            await second

    run(go())


@pytest.mark.parametrize(
    ("source", "pool", "family"),
    [("crossref", "list", "all"), ("crossref", "single", "single"), ("openalex", "single", "all")],
)
def test_only_crossref_counts_single_records_apart(source: str, pool: Pool, family: str) -> None:
    assert find_family(source, pool) == family


def test_the_pools_of_a_family_share_what_they_have_together() -> None:
    toy = Toy(per_second=30, concurrency=2)
    assert find_limits("openalex", toy, identified=True) == {"all": Limit(per_second=30, concurrency=6)}
    apart = find_limits("crossref", toy, identified=False)
    assert {family: limit.concurrency for family, limit in apart.items()} == {"all": 4, "single": 2}
