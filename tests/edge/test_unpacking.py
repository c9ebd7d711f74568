"""Bodies are unpacked in bounded steps, once, and only as we asked for."""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator

import httpx
import pytest

from pipeline.edge import exchange
from pipeline.edge.exchange import BrokenError, fetch
from pipeline.edge.status import HttpReply
from tests.services import virtual_time

ZEROS = bytes(200_000_000)
WHOLE = b'{"works": []}'


class Body(httpx.AsyncByteStream):
    def __init__(self, *pieces: bytes, then_s: float = 0.0) -> None:
        self.pieces, self.then_s = pieces, then_s

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        await asyncio.sleep(self.then_s)


async def get(body: Body, encoding: str | None) -> HttpReply:
    headers = {"content-encoding": encoding} if encoding else {}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=body))
    async with httpx.AsyncClient(transport=transport) as client:
        return await fetch(client, "https://api.test/works", {}, on_heard=lambda: None)


@pytest.mark.parametrize(
    ("encoding", "pieces"),
    [
        (None, [WHOLE]),
        ("identity", [WHOLE[:3], WHOLE[3:]]),
        ("gzip", [gzip.compress(WHOLE)]),
        (" GZIP ", [gzip.compress(WHOLE)[:5], gzip.compress(WHOLE)[5:]]),
    ],
    ids=["plain", "said to be plain", "packed", "packed, in pieces"],
)
def test_a_body_is_unpacked_as_it_was_asked_for(encoding: str | None, pieces: list[bytes]) -> None:
    assert virtual_time.run(get(Body(*pieces), encoding)).body == WHOLE


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(ZEROS), exchange.TOO_LARGE),
        (None, ZEROS, exchange.TOO_LARGE),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS)), "sent a body packed in a way that was not asked for"),
        ("br", b"\x00", "sent a body packed in a way that was not asked for"),
        ("gzip", WHOLE, "sent a body that cannot be unpacked"),
    ],
    ids=["a bomb", "simply large", "packed twice", "packed otherwise", "not packed"],
)
def test_a_body_beyond_that_is_refused_in_little_memory(encoding: str | None, body: bytes, reason: str) -> None:
    tracemalloc.start()
    with pytest.raises(BrokenError, match=reason):
        virtual_time.run(get(Body(*(body[at : at + 65_536] for at in range(0, len(body), 65_536))), encoding))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * exchange.MAX_BODY_BYTES


def test_a_body_that_stops_in_the_middle_is_given_up_soon() -> None:
    async def wait() -> None:
        with pytest.raises(BrokenError, match="did not answer in time"):
            await get(Body(WHOLE[:3], then_s=3600), None)

    assert virtual_time.run_timed(wait())[1] == pytest.approx(exchange.STALL_S, abs=0.1)
