"""Rates and widths, on a clock that jumps."""

import asyncio
from collections.abc import Mapping
from itertools import pairwise

import pytest

from pipeline.edge.rate_limit import MARGIN, Gate, find_family, find_limits
from pipeline.sources import Limit, Pool
from tests.edge.toy import Toy, seconds
from tests.services.virtual_time import run


def passes(gate: Gate, count: int) -> list[float]:
    """Return when so many requests pass that ask at once."""

    async def go() -> list[float]:
        async def one() -> float:
            await gate.enter(lambda: True)
            await gate.space()
            passage = gate.send()
            await gate.leave(passage)
            return passage.sent

        return sorted(await asyncio.gather(*(one() for _ in range(count))))

    return run(go())


def test_requests_are_spaced_evenly_and_a_little_slower_than_allowed() -> None:
    times = passes(Gate(Limit(per_second=3, concurrency=9)), 7)
    assert [later - earlier for earlier, later in pairwise(times)] == pytest.approx([1 / (3 * MARGIN)] * 6)


def test_no_second_ever_sees_more_requests_than_allowed() -> None:
    times = passes(Gate(Limit(per_second=3, concurrency=9)), 12)
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
    gate = Gate(Limit(per_second=10, concurrency=4))
    gate.adapt(headers)
    assert (gate.limit.per_second, gate.limit.concurrency) == limit


def test_a_new_rate_counts_at_once_and_forgets_nothing() -> None:
    async def go() -> list[float]:
        gate, times = Gate(Limit(per_second=100, concurrency=1)), []
        for rate in (4, 1, 4, 4, 4):
            await gate.enter(lambda: True)
            await gate.space()
            passage = gate.send()
            await gate.leave(passage)
            times.append(passage.sent)
            gate.limit = Limit(per_second=rate, concurrency=1)
        return times

    gaps = [later - earlier for earlier, later in pairwise(run(go()))]
    assert gaps == pytest.approx([0.25 / MARGIN, 1 / MARGIN, 0.25 / MARGIN, 0.25 / MARGIN])


@pytest.mark.parametrize("held_up_s", [0.0, 0.3, 0.9, 2.0])
def test_requests_that_were_held_up_on_their_way_never_arrive_as_too_many_in_a_second(held_up_s: float) -> None:
    arrived = []

    async def go() -> None:
        gate, open_at = Gate(Limit(per_second=3, concurrency=3)), 3.0 + held_up_s

        async def one() -> None:
            await gate.enter(lambda: True)
            await gate.space()
            passage = gate.send()
            # A second's stall of the network, three seconds in: everything that is on its way comes out at its end.
            await asyncio.sleep(max(0.0, open_at - seconds()) if seconds() > 3.0 else 0.0)
            arrived.append(seconds())
            await asyncio.sleep(0.2)
            await gate.leave(passage)

        await asyncio.gather(*(one() for _ in range(30)))

    run(go())
    assert all(sum(start <= other < start + 0.99 for other in arrived) <= 3 for start in arrived)


def test_no_more_are_inside_than_the_width_allows() -> None:
    async def go() -> int:
        gate, inside, most = Gate(Limit(per_second=1e6, concurrency=3)), 0, 0

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
        gate = Gate(Limit(per_second=1e6, concurrency=1))
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
