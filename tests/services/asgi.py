"""The door for servers: an ASGI application with the four services and the stand-in's own endpoints below `/_stand-in`.

in -> out: ASGI scope, receive, send -> the stand-in's reply, late or never where the reply says so.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec

from tests.services.wire import Request, Response, json_response

if TYPE_CHECKING:
    from tests.services.stand_in import StandIn

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Asgi:
    """The application; one for each stand-in."""

    def __init__(self, stand_in: "StandIn") -> None:
        self.stand_in = stand_in

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        path = scope["raw_path"].decode("latin-1")
        _, source, rest = (path + "/").split("/", 2)
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        query = scope["query_string"].decode("latin-1")
        base = f"http://{headers.get('host', 'localhost')}/{source}"
        request = Request("/" + rest.removesuffix("/"), query, headers, scope["method"], base)
        if source == "_stand-in":
            await _send(send, self._own(request, await _body(receive)))
        elif source in self.stand_in.services:
            await self._play(source, request, receive, send)
        else:
            await _send(send, json_response({"stand-in has no": path}, 501))

    async def _play(self, source: str, request: Request, receive: Receive, send: Send) -> None:
        family = self.stand_in.enter(source, request)
        try:
            reply = self.stand_in.reply(source, request)
            if reply.broken == "black-hole":
                await _gone(receive)
                return
            if reply.delay_s:
                await asyncio.sleep(reply.delay_s)
            if reply.broken in {"headers-only", "half-body"}:
                await _send_half(send, reply.response)
                await _gone(receive)
                return
            await _send(send, reply.response, is_cut=reply.broken is not None)
        finally:
            self.stand_in.leave(family)

    def _own(self, request: Request, body: bytes) -> Response:
        """Answer for the stand-in itself: report, faults, switches."""
        stand_in, value = self.stand_in, msgspec.json.decode(body) if body else {}
        match request.method, request.path.strip("/"):
            case "GET", "report":
                return json_response(stand_in.report)
            case "GET", "seen":
                return json_response([seen.line() for seen in stand_in.seen])
            case "POST", "faults":
                stand_in.fail(value.pop("source", "all"), value.pop("kind"), **value)
            case "DELETE", "faults":
                stand_in.heal(request.param.get("source"))
            case "POST", "switches":
                for name, setting in value.items():
                    if name not in stand_in.switches.__struct_fields__:
                        return json_response({"stand-in has no switch": name}, 404)
                    setattr(stand_in.switches, name, setting)
            case "POST", "reset":
                stand_in.meter.reset()
            case _:
                return json_response({"stand-in has no": request.path}, 404)
        return json_response({"ok": True})


async def _body(receive: Receive) -> bytes:
    body, is_more = b"", True
    while is_more:
        message = await receive()
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
    return body


async def _gone(receive: Receive) -> None:
    """Wait until the caller hangs up."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_half(send: Send, response: Response) -> None:
    """Send the headers and half of the body there is; the rest never comes."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": response.body[: len(response.body) // 2], "more_body": True})


async def _send(send: Send, response: Response, *, is_cut: bool = False) -> None:
    headers = {"content-length": str(len(response.body) + (1000 if is_cut else 0)), **response.headers}
    raw = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
    status = 200 if is_cut else response.status
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": response.body, "more_body": False})
