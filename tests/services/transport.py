"""The door for httpx in process, without sockets; knows the stand-in's address and the official ones.

in -> out: `httpx.Request` -> `httpx.Response`, or the exception that a network would have caused. Time limits of the
request are kept, so that a black hole ends as it does outside.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx

from tests.services.wire import Request

if TYPE_CHECKING:
    from tests.services.stand_in import StandIn

PIECE_BYTES = 65_536
BASE = "http://stand-in.test"
OFFICIAL = {
    "api.openalex.org": "openalex", "api.crossref.org": "crossref", "api.datacite.org": "datacite",
    "doi.org": "doi", "dx.doi.org": "doi",
}  # fmt: skip


class UnknownAddress(AssertionError):  # noqa: N818 - the address is what the reader needs
    """The pipeline asked for something that no service of ours has."""


class _Body(httpx.AsyncByteStream):
    """A body as it comes over a wire: in pieces, or not to its end."""

    def __init__(self, body: bytes, broken: str | None, read_s: float | None, request: httpx.Request) -> None:
        self._body, self._broken, self._read_s, self._request = body, broken, read_s, request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        whole = len(self._body) // 2 if self._broken == "half-body" else len(self._body)
        for start in range(0, whole, PIECE_BYTES):
            yield self._body[start : min(start + PIECE_BYTES, whole)]
        if self._broken is not None:
            await asyncio.sleep(self._read_s or 0)
            raise httpx.ReadTimeout("", request=self._request)


class InProcess(httpx.AsyncBaseTransport):
    """The transport; several may share a stand-in."""

    def __init__(self, stand_in: "StandIn") -> None:
        self.stand_in = stand_in

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        source, asked = self._addressed(request)
        family = self.stand_in.enter(source, asked)
        timeout = request.extensions.get("timeout", {})
        try:
            reply = self.stand_in.reply(source, asked)
            if reply.unplayed:
                raise UnknownAddress(f"the stand-in does not play {reply.unplayed}: {request.url}")
            if reply.broken == "refused":
                raise httpx.ConnectError("connection refused", request=request)
            if reply.broken == "dropped":
                raise httpx.RemoteProtocolError("peer closed connection", request=request)
            await self._wait(None if reply.broken == "black-hole" else reply.delay_s, timeout.get("read"), request)
        finally:
            self.stand_in.leave(family)
        response = reply.response
        length = {"content-length": str(len(response.body))} if reply.broken is None else {}
        headers = {**length, **response.headers}
        body = _Body(response.body, reply.broken, timeout.get("read"), request)
        return httpx.Response(response.status or 200, headers=headers, stream=body, request=request)

    async def _wait(self, delay_s: float | None, read_s: float | None, request: httpx.Request) -> None:
        """Sleep until the answer is there (None: never) or the caller has had enough."""
        if delay_s is not None and (read_s is None or delay_s <= read_s):
            # Even without latency others get their turn, or nothing would ever happen side by side.
            await asyncio.sleep(delay_s)
            return
        if read_s is None:
            raise AssertionError(f"no read timeout: this would have waited for ever: {request.url}")
        await asyncio.sleep(read_s)
        raise httpx.ReadTimeout("", request=request)

    def _addressed(self, request: httpx.Request) -> tuple[str, Request]:
        url = request.url
        path, _, query = url.raw_path.decode("ascii").partition("?")
        source = OFFICIAL.get(url.host)
        base = f"{url.scheme}://{url.host}"
        if source is None and base == BASE:
            _, source, rest = (path + "/").split("/", 2)
            path, base = "/" + rest.removesuffix("/"), f"{BASE}/{source}"
        if source not in self.stand_in.services:
            raise UnknownAddress(str(url))
        headers = {k.lower(): v for k, v in request.headers.items()}
        return source, Request(path, query, headers, request.method, base)
