"""What may go wrong with a service, on purpose.

in -> out: a `Fault` and the answer that would have been sent -> what is sent instead. What a fault does to the records
of an answer is in `damage.py`; faults that are about time or the connection are carried out by the doors, not here.
"""

import gzip
import json
import random
import zlib
from collections.abc import Callable
from typing import Any, Literal, get_args

import msgspec

from tests.services import damage
from tests.services.wire import Response, html_response, json_response

Kind = Literal[
    "status", "garbage", "truncated", "json", "oversized", "redirect", "redirect-loop", "slow", "black-hole",
    "refused", "dropped", "headers-only", "half-body", "throttled", "budget", "budget-everywhere", "plan", "forbidden",
    "unauthorized", "not-found", "empty", "no-content", "nested", "bomb", "not-packed", "rate-headers",
    "partial", "wrong-types", "nulls", "some-null", "some-missing", "only-ids", "emptied", "nameless",
    "negative-counts", "enormous-counts", "far-years", "odd-years", "odd-access", "foreign", "half-foreign",
    "foreign-inside", "no-records", "twice", "backwards", "mixed",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
MIXABLE: tuple[str, ...] = tuple(
    kind for kind in KINDS if kind not in {"mixed", "budget", "budget-everywhere", "plan", "not-found", "no-records"}
)
"""What one disturbed request of many may be. Left out is what a service only says of itself as a whole (its money), and
two lies that nothing tells from the truth in a first run: that a work is not there."""
ON_ANSWERS = frozenset({"truncated", "slow", "half-body", "not-packed", "rate-headers", *damage.CHANGES})
"""These let the service answer first."""
BROKEN = frozenset({"black-hole", "refused", "dropped", "headers-only", "half-body"})
"""Carried out by the doors."""
PACKED_BYTES = 200_000_000
NESTED = 200_000


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
    after: int = 0
    """How many requests are answered well before the first one fails."""
    share: float = 1.0
    """Which part of the requests fails, by chance."""
    every: int = 1
    """1 for all, 2 for every second request ..."""
    pool: str | None = None
    """Only requests whose pool contains this, e.g. `single`, `array`, `search`; None for all."""


class FaultBook:
    """The faults in force, by source; the first that fits is taken."""

    def __init__(self, seed: int = 0) -> None:
        self.by_source: dict[str, list[Fault]] = {}
        self.chance = random.Random(seed)
        self._met: dict[int, int] = {}
        """How many requests a fault was considered for."""
        self.struck = 0
        """How many requests met a fault."""

    def add(self, source: str, fault: Fault) -> None:
        self.by_source.setdefault(source, []).append(fault)

    def heal(self, source: str | None = None) -> None:
        """Forget the faults of one source, or all."""
        for name in [source] if source else list(self.by_source):
            self.by_source.pop(name, None)

    def take(self, source: str, pool: str) -> Fault | None:
        """Return the fault for this request and count it down."""
        for fault in self.by_source.get(source, ()):
            if (fault.pool is None or fault.pool in pool) and self._strikes(fault):
                self.struck += 1
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.by_source[source].remove(fault)
                return self._mixed(source) if fault.kind == "mixed" else fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        met = self._met[id(fault)] = self._met.get(id(fault), 0) + 1
        is_turn = met > fault.after and (met - fault.after) % fault.every == 0
        return is_turn and (fault.share >= 1 or self.chance.random() < fault.share)

    def _mixed(self, source: str) -> Fault:
        """Return any fault; big bodies are smaller here, since a seeded run meets many."""
        kind = self.chance.choice(MIXABLE)
        if kind == "unauthorized" and source == "openalex":
            kind = "garbage"  # a refused key is for the whole run, not for one request
        fault = msgspec.convert({"kind": kind, "size_bytes": 65_000_000}, Fault)
        if kind == "status":
            fault.status = self.chance.choice((400, 408, 418, 500, 502, 503, 504, 599))
        if kind in ("status", "throttled"):
            fault.retry_after = self.chance.choice((None, "1", "0", "-7", "soon", "5", "Sun, 22 Nov 2099 00:00:09 GMT"))
        if kind == "forbidden":
            fault.kind = "status"  # one 403 ends a source for the run; that is played by itself
        if kind == "slow":
            fault.seconds = self.chance.choice((0.5, 5.0, 29.0, 31.0))
        return fault


JSON = {"content-type": "application/json"}
INSTEAD: dict[str, Callable[[Fault], Response]] = {
    "status": lambda fault: html_response(f"<html><h1>{fault.status}</h1></html>".encode(), fault.status),
    "throttled": lambda _: Response(429),
    "forbidden": lambda _: html_response(b"<html><h1>403 Forbidden</h1></html>", 403),
    "unauthorized": lambda _: json_response({"error": "Invalid or missing API key", "message": "..."}, 401),
    "budget-everywhere": lambda _: json_response(
        {"error": "Rate limit exceeded", "message": "Insufficient budget"},
        429,
        {"x-ratelimit-remaining": "0", "x-ratelimit-credits-required": "1", "retry-after": "40000"},
    ),
    "not-found": lambda _: html_response(b"<html><h1>404 Not Found</h1></html>", 404),
    "garbage": lambda _: html_response(b"<!doctype html><title>Please log in</title><p>The hotel's network.", 200),
    "empty": lambda _: Response(200, b"", JSON),
    "no-content": lambda _: Response(204),
    "json": lambda fault: json_response(fault.value),
    "oversized": lambda fault: Response(200, b'{"results":"' + b"x" * fault.size_bytes + b'"}', JSON),
    "bomb": lambda _: Response(200, _bomb(), {**JSON, "content-encoding": "gzip, gzip"}),
    "redirect": lambda fault: Response(302, b"", {"location": fault.location}),
    "redirect-loop": lambda _: Response(302, b"", {"location": "#again"}),
}


def instead(fault: Fault, source: str = "openalex") -> Response:
    """Return what is sent without asking the service."""
    if fault.kind == "nested":
        return Response(200, (b"" if source == "doi" else b'{"results":') + b"[" * NESTED, JSON)
    response = INSTEAD[fault.kind](fault)
    return response.plus({"retry-after": fault.retry_after}) if fault.retry_after else response


def spoiled(fault: Fault, response: Response, chance: random.Random) -> Response:
    """Return the service's own answer, damaged."""
    if fault.kind in {"slow", "half-body"} or response.status != 200:
        return response
    if fault.kind == "truncated":
        return Response(200, response.body[: len(response.body) // 2], response.headers)
    if fault.kind == "not-packed":
        return Response(200, response.body, {**response.headers, "content-encoding": "gzip"})
    if fault.kind == "rate-headers":
        odd = {"x-rate-limit-limit": "1", "x-rate-limit-interval": "1000000s", "x-concurrency-limit": "-3"}
        return Response(200, response.body, {**response.headers, **odd})
    value = msgspec.json.decode(response.body)
    return Response(200, _encode(damage.damaged(value, fault.kind, chance)), response.headers)


def _encode(value: Any) -> bytes:
    """JSON of numbers of any length, which msgspec does not write."""
    return json.dumps(value, ensure_ascii=False).encode()


_BOMBS: list[bytes] = []


def _bomb() -> bytes:
    """Zeros, packed twice: a few hundred bytes that unpack to hundreds of millions."""
    if not _BOMBS:
        _BOMBS.append(gzip.compress(gzip.compress(bytes(PACKED_BYTES), 9, mtime=0), 9, mtime=0))
        assert zlib.decompress(_BOMBS[0], 31)
    return _BOMBS[0]
