"""What may go wrong with a service, on purpose.

in -> out: a `Fault` and the answer that would have been sent -> what is sent instead. Faults that are about time or
the connection (`slow`, `black-hole`, `refused`, `dropped`) are carried out by the doors, not here.
"""

from typing import Any, Literal, get_args

import msgspec

from tests.services.wire import Response, html_response, json_response

Kind = Literal[
    "status", "garbage", "truncated", "json", "wrong-types", "partial", "oversized", "redirect",
    "slow", "black-hole", "refused", "dropped", "throttled", "budget", "plan", "forbidden", "unauthorized",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
ON_ANSWERS = frozenset({"truncated", "wrong-types", "partial", "slow"})
"""These let the service answer first."""


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One way of failing, for some or all requests of a source."""

    kind: Kind
    status: int = 503
    """For `status`."""
    retry_after: str | None = None
    """For `status`, `throttled` and `forbidden`: seconds or an HTTP date, as it goes into the header."""
    value: Any = msgspec.field(default_factory=lambda: {"unexpected": []})
    """For `json`: what is sent with 200."""
    size_bytes: int = 64 * 1024 * 1024
    """For `oversized`."""
    location: str = "https://elsewhere.example/"
    """For `redirect`."""
    seconds: float = 30.0
    """For `slow`: the pause before the answer."""
    times: int | None = None
    """How many requests fail; None for all until healed."""
    pool: str | None = None
    """Only requests whose pool contains this, e.g. `single`, `array`, `search`; None for all."""


class FaultBook:
    """The faults in force, by source; the first that fits is taken."""

    def __init__(self) -> None:
        self.by_source: dict[str, list[Fault]] = {}

    def add(self, source: str, fault: Fault) -> None:
        self.by_source.setdefault(source, []).append(fault)

    def heal(self, source: str | None = None) -> None:
        """Forget the faults of one source, or all."""
        for name in [source] if source else list(self.by_source):
            self.by_source.pop(name, None)

    def take(self, source: str, pool: str) -> Fault | None:
        """Return the fault for this request and count it down."""
        for fault in self.by_source.get(source, ()):
            if fault.pool is None or fault.pool in pool:
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.by_source[source].remove(fault)
                return fault
        return None


def instead(fault: Fault) -> Response:
    """Return what is sent without asking the service."""
    retry_after = {"retry-after": fault.retry_after} if fault.retry_after else {}
    match fault.kind:
        case "status":
            return html_response(f"<html><h1>{fault.status}</h1></html>".encode(), fault.status).plus(retry_after)
        case "throttled":
            return Response(429, b"", retry_after)
        case "forbidden":
            return html_response(b"<html><h1>403 Forbidden</h1></html>", 403).plus(retry_after)
        case "unauthorized":
            return json_response({"error": "Invalid or missing API key", "message": "..."}, 401)
        case "garbage":
            return html_response(b"<!doctype html><title>Please log in</title><p>Welcome to the hotel's network.", 200)
        case "json":
            return json_response(fault.value)
        case "oversized":
            return Response(
                200, b'{"results":"' + b"x" * fault.size_bytes + b'"}', {"content-type": "application/json"}
            )
        case "redirect":
            return Response(302, b"", {"location": fault.location})
    raise AssertionError(f"{fault.kind} is not an answer")


def spoiled(fault: Fault, response: Response) -> Response:
    """Return the service's own answer, damaged."""
    if fault.kind == "slow" or response.status != 200:
        return response
    if fault.kind == "truncated":
        return Response(200, response.body[: len(response.body) // 2], response.headers)
    value = msgspec.json.decode(response.body)
    change = _every_second if fault.kind == "partial" else _with_wrong_types
    return Response(200, msgspec.json.encode(_in_records(value, change)), response.headers)


def _in_records(value: Any, change: Any) -> Any:
    """Apply a change to the list of records of whichever service's envelope this is."""
    match value:
        case {"results": list(records)}:
            return {**value, "results": change(records)}
        case {"message": {"items": list(records)}}:
            return {**value, "message": {**value["message"], "items": change(records)}}
        case {"message": dict(record)}:
            return {**value, "message": change([record])[0]}
        case {"data": list(records)}:
            return {**value, "data": change(records)}
        case {"data": dict(record)}:
            return {**value, "data": change([record])[0]}
        case dict():
            return change([value])[0]
    return value


def _every_second(records: list[Any]) -> list[Any]:
    return records[::2]


def _with_wrong_types(records: list[Any]) -> list[Any]:
    """Turn every value of a record into one of another type, identifiers apart."""
    keep = {"id", "doi", "DOI", "type"}
    return [{k: v if k in keep else _other_type(v) for k, v in record.items()} for record in records]


def _other_type(value: Any) -> Any:
    match value:
        case bool() | int() | float() | None:
            return {"was": str(value)}
        case str():
            return [value]
        case list():
            return {"0": value}
    return str(value)
