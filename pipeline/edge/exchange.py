"""One GET over the wire: bounded in time, in bytes and in redirects; every failure has one of our names.

in -> out: address and headers -> `HttpReply`, or `BrokenError`/`UnreachableError` with a reason in fixed words. httpx
is used here and in `web.py` only. Rules: documentation of httpx 0.28 (time limits, streaming, the `trace` extension).
"""

import asyncio
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from importlib.util import find_spec

import httpx

from pipeline.edge.status import HttpReply

if find_spec("sniffio") is None:
    # httpcore looks for it on the disk some ten times a request, a fifth of what a request costs. This says no at once.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

CONNECT_S = 2.2
"""Time to reach a source at all; the run promises to know within three seconds that there is no network."""
EXCHANGE_S = 30.0
"""Time for one whole exchange: lists of a hundred full records and slow queries are normal."""
STALL_S = 10.0
"""Time between two pieces of a body. A question may be hard to answer; what has begun to be sent comes at once."""
MAX_BODY_BYTES = 64 * 1024 * 1024
"""Decompressed; about ten times a list answer of a hundred full records (guess from recorded ones)."""
STEP_BYTES = 1024 * 1024
"""Unpacked at once, so that no chunk of a hostile body ever becomes gigabytes."""
MAX_REDIRECTS = 3

TOO_LARGE = "sent a body beyond every measure"

TIMEOUT = httpx.Timeout(EXCHANGE_S, connect=CONNECT_S, pool=None)


class BrokenError(Exception):
    """The exchange failed; `can_heal` when another try may succeed."""

    def __init__(self, reason: str, *, can_heal: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.can_heal = reason, can_heal


class AstrayError(BrokenError):
    """We were sent elsewhere, or on and on; whoever does that is not the service."""


class UnreachableError(BrokenError):
    """There was not even a connection."""


async def fetch(
    client: httpx.AsyncClient, url: str, headers: Mapping[str, str], *, on_heard: Callable[[], None]
) -> HttpReply:
    """Fetch one address; redirects are followed on the same host only, so that no credential leaves it.

    `on_heard` is called as soon as the source itself has sent a byte.
    """
    try:
        async with asyncio.timeout(EXCHANGE_S):
            return await _follow(client, httpx.URL(url), headers, on_heard)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
        raise UnreachableError("cannot be reached") from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise BrokenError("did not answer in time") from error
    except httpx.TransportError as error:
        raise BrokenError("broke the connection") from error
    except httpx.RequestError as error:
        raise BrokenError("sent a body that cannot be unpacked") from error
    except httpx.InvalidURL as error:
        raise BrokenError("cannot be asked under such an address", can_heal=False) from error


async def _follow(
    client: httpx.AsyncClient, url: httpx.URL, headers: Mapping[str, str], on_heard: Callable[[], None]
) -> HttpReply:
    home = url
    # By hand, since httpx would follow anywhere, only without the key.
    for _ in range(MAX_REDIRECTS + 1):
        reply, target = await _send(client, url, headers, on_heard)
        if target is None:
            return reply
        if (target.host, target.port, target.scheme) != (home.host, home.port, home.scheme):
            raise AstrayError("redirected to another host", can_heal=False)
        url = target
    raise AstrayError("redirected too often", can_heal=False)


async def _send(
    client: httpx.AsyncClient, url: httpx.URL, headers: Mapping[str, str], on_heard: Callable[[], None]
) -> tuple[HttpReply, httpx.URL | None]:
    async def trace(event: str, _info: object) -> None:
        # A finished TLS handshake proves a live peer, however slow its first answer will be.
        if event.endswith("start_tls.complete"):
            on_heard()

    async with client.stream("GET", url, headers=headers, extensions={"trace": trace}) as response:
        on_heard()
        names = {name.lower(): value for name, value in response.headers.items()}
        if response.has_redirect_location:
            target = url.join(response.headers["location"])
            return HttpReply(status=response.status_code, body=b"", headers=names), target
        return HttpReply(status=response.status_code, body=await _read_body(response), headers=names), None


async def _read_body(response: httpx.Response) -> bytes:
    if response.is_stream_consumed:  # a transport that hands over whole responses has unpacked it already
        return _bounded([response.content])
    unpack = _unpacker(response.headers.get("content-encoding", "identity"))
    chunks: list[bytes] = []
    size = 0
    # Not httpx's own unpacking: it takes a chunk as a whole, and as many layers of packing as a header names.
    pieces = response.aiter_raw()
    while (packed := await _next(pieces)) is not None:
        for chunk in unpack(packed):
            size += len(chunk)
            chunks.append(chunk)
            if size > MAX_BODY_BYTES:
                raise BrokenError(TOO_LARGE)
    return b"".join(chunks)


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    async with asyncio.timeout(STALL_S):
        return await anext(pieces, None)


def _bounded(chunks: list[bytes]) -> bytes:
    if sum(map(len, chunks)) > MAX_BODY_BYTES:
        raise BrokenError(TOO_LARGE)
    return b"".join(chunks)


def _unpacker(encoding: str) -> Callable[[bytes], Iterator[bytes]]:
    """Return what unpacks a body piece by piece; only what we ask for is understood, and only once."""
    match encoding.strip().lower():
        case "identity" | "":
            return lambda packed: iter((packed,))
        case "gzip" | "x-gzip":
            decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        case _:
            raise BrokenError("sent a body packed in a way that was not asked for")

    def unpack(packed: bytes) -> Iterator[bytes]:
        try:
            while packed:
                yield decoder.decompress(packed, STEP_BYTES)
                packed = decoder.unconsumed_tail
        except zlib.error as error:
            raise BrokenError("sent a body that cannot be unpacked") from error

    return unpack
