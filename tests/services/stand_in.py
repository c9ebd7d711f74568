"""The stand-in: four services behind one door, with their records, limits, faults and a report.

in -> out: a `Request` to one source -> a `Reply` (the response, and what the door has to do about time). The doors are
`asgi` (on a port), `transport` (httpx in process) and `StandIn.get` (without HTTP).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import msgspec

from tests.services.asgi import Asgi
from tests.services.crossref.service import Crossref
from tests.services.datacite import DataCite
from tests.services.doi import DoiOrg
from tests.services.faults import BROKEN, ON_ANSWERS, Fault, FaultBook, Kind, instead, spoiled
from tests.services.library import Records, own_records
from tests.services.meter import Meter, Seen
from tests.services.openalex.service import OpenAlex
from tests.services.switches import Switches
from tests.services.terms import Terms, loop_time, utc_now
from tests.services.transport import BASE, InProcess
from tests.services.wire import Request, Response, Unplayed, json_response

SOURCES = ("openalex", "crossref", "datacite", "doi")
Service = OpenAlex | Crossref | DataCite | DoiOrg


@dataclass(frozen=True)
class Reply:
    """A response, and what the door has to do about time and connection."""

    response: Response
    delay_s: float = 0.0
    broken: Kind | None = None
    """`black-hole`, `refused` or `dropped`: there is no response; `headers-only`, `half-body`: the rest never comes."""
    unplayed: str | None = None
    """What the stand-in does not know how to answer."""


class StandIn:
    """Plays OpenAlex, Crossref, DataCite and doi.org; see README.md in this folder."""

    def __init__(
        self,
        records: Records | None = None,
        *,
        keys: Collection[str] = (),
        limits: bool = True,
        latency_s: float = 0.0,
        switches: Switches | None = None,
        clock: Callable[[], float] | None = None,
        now: Callable[[], datetime] | None = None,
        seed: int = 0,
    ) -> None:
        self.records = own_records() if records is None else records
        self.keys, self.latency_s, self.faults = set(keys), latency_s, FaultBook(seed)
        self.terms = Terms(switches or Switches(), limits=limits, clock=clock or loop_time, now=now or utc_now)
        self.services = self._services()
        self.app = Asgi(self)

    def _services(self) -> dict[str, Service]:
        records, terms = self.records, self.terms
        return {
            "openalex": OpenAlex(records.openalex, records.merged, keys=self.keys, terms=terms),
            "crossref": Crossref(records.crossref, records.agency, terms),
            "datacite": DataCite(records.datacite, terms),
            "doi": DoiOrg(records.agency, terms),
        }

    @property
    def switches(self) -> Switches:
        """Which of two possible truths is played; may be changed at any time."""
        return self.terms.switches

    @property
    def meter(self) -> Meter:
        """The counters."""
        return self.terms.meter

    @property
    def report(self) -> dict[str, Any]:
        """What has been asked so far, and how politely."""
        return self.meter.report()

    @property
    def seen(self) -> list[Seen]:
        """Every request so far, in order."""
        return self.meter.log

    def reset(self) -> None:
        """Forget what was asked and spent; records, faults and switches stay."""
        self.meter.reset()

    def fail(self, source: str, kind: Kind, **details: Any) -> None:
        """Let a source (or `all`) fail; `details` are the fields of `Fault`, e.g. `times=2, pool="single"`."""
        if source not in {*SOURCES, "all"}:
            raise ValueError(f"no source {source}")
        for name in SOURCES if source == "all" else (source,):
            if kind in {"budget", "budget-everywhere", "plan"} and name != "openalex":
                raise ValueError(f"{name} has no {kind}")
            self.faults.add(name, msgspec.convert({"kind": kind, **details}, Fault))

    def heal(self, source: str | None = None) -> None:
        """End the faults of one source, or all."""
        self.faults.heal(source)

    def spend(self, price: int, key: str | None = None) -> None:
        """Use up credits of today's OpenAlex budget."""
        self.meter.spent[str(self.terms.now().date()), key or "keyless"] += price

    def client(self, **options: Any) -> httpx.AsyncClient:
        """Return an HTTP client that reaches this stand-in in process, under its own and the official addresses."""
        return httpx.AsyncClient(transport=self.transport(), **options)

    def transport(self) -> httpx.AsyncBaseTransport:
        """Return the door for httpx."""
        return InProcess(self)

    @property
    def addresses(self) -> dict[str, str]:
        """Base address of each source, for the in-process transport."""
        return {source: f"{BASE}/{source}" for source in SOURCES}

    def get(self, address: str, **headers: str) -> Response:
        """Ask without HTTP: `stand_in.get("/crossref/works?rows=1", user_agent="...")`. Raises `Unplayed`."""
        path, _, query = address.partition("?")
        source, _, rest = path.lstrip("/").partition("/")
        named = {name.replace("_", "-").casefold(): value for name, value in headers.items()}
        reply = self.reply(source, Request(f"/{rest}", query, named))
        if reply.unplayed:
            raise Unplayed(reply.unplayed)
        return reply.response

    def reply(self, source: str, request: Request) -> Reply:
        """Answer one request of one source, and book it."""
        service, at = self.services[source], self.terms.clock()
        pool = service.pool(request)
        try:
            reply = self._reply(service, request, self.faults.take(source, pool))
        except Unplayed as gap:
            self.meter.violations[source, "unplayed"] += 1
            reply = Reply(json_response({"stand-in does not play": str(gap)}, 501), unplayed=str(gap))
        self.meter.add(Seen(source, pool, request.target, dict(request.headers), reply.response.status, at))
        return reply

    def _reply(self, service: Service, request: Request, fault: Fault | None) -> Reply:
        # Asked for its counting even when a fault then decides: a failing service is not to be hammered either.
        refused = service.refusal(request)
        if fault is not None and fault.kind not in ON_ANSWERS:
            return self._failed(service, request, fault)
        response = refused or service.answer(request)
        if fault is None:
            return Reply(response, self.latency_s)
        delay_s = self.latency_s + (fault.seconds if fault.kind == "slow" else 0.0)
        broken = fault.kind if fault.kind in BROKEN else None
        return Reply(spoiled(fault, response, self.faults.chance), delay_s, broken=broken)

    def _failed(self, service: Service, request: Request, fault: Fault) -> Reply:
        if fault.kind in BROKEN:
            return Reply(Response(0), broken=fault.kind)
        if fault.kind == "throttled" and fault.retry_after is None:
            return Reply(service.too_many(request), self.latency_s)
        if isinstance(service, OpenAlex) and fault.kind in {"budget", "plan"}:
            return Reply(self._unpaid(service, request, fault), self.latency_s)
        return Reply(instead(fault, service.name), self.latency_s)

    def _unpaid(self, service: OpenAlex, request: Request, fault: Fault) -> Response:
        """Refuse what costs money; free singletons still work without any."""
        if not service.edge.price(request):
            return service.answer(request)
        return service.edge.budget_gone(request) if fault.kind == "budget" else service.edge.plan_required(request)

    def enter(self, source: str, request: Request) -> str:
        """Count one more request under way; returns what `leave` needs."""
        family = f"{source} {self.services[source].pool(request).partition('-')[0]}"
        self.meter.active[family] += 1
        return family

    def leave(self, family: str) -> None:
        """Count one less."""
        self.meter.active[family] -= 1
