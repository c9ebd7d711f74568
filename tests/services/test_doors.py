"""The doors: httpx in process, ASGI on a port, faults, latency, the report, virtual time."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.services import StandIn, from_values, virtual_time
from tests.services.port import on_port
from tests.services.transport import UnknownAddress
from tests.services.virtual_time import run, run_timed

DOI = "/works/doi:10.5555%2Fcase.118"
LIST = "https://api.crossref.org/works?rows=2&mailto=a@example.org"


def ask(stand_in: StandIn, *urls: str, **options: Any) -> list[httpx.Response]:
    """Ask in process, side by side, in virtual time."""

    async def main() -> list[httpx.Response]:
        async with stand_in.client(**options) as client:
            return await asyncio.gather(*(client.get(url) for url in urls))

    return run(main())


def test_official_and_own_addresses_lead_to_the_same_services() -> None:
    stand_in = StandIn()
    official, own = ask(stand_in, "https://api.openalex.org" + DOI, stand_in.addresses["openalex"] + DOI)
    assert official.json() == own.json()
    assert [seen.line() for seen in stand_in.seen] == [f"openalex single 200 {DOI}"] * 2


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.org/works", id="unknown host"),
        pytest.param("http://stand-in.test/europepmc/x", id="unknown service"),
        pytest.param("https://api.openalex.org/authors/A1", id="unplayed path"),
    ],
)
def test_an_unknown_address_is_named(url: str) -> None:
    with pytest.raises(UnknownAddress, match=url):
        ask(StandIn(), url)


@pytest.mark.parametrize("base", ["https://api.openalex.org", "http://stand-in.test/openalex"])
def test_redirects_stay_where_they_were_asked(base: str) -> None:
    (response,) = ask(StandIn(), f"{base}/works/W9800000118?select=id", follow_redirects=True)
    assert (str(response.url), response.status_code) == (f"{base}/works/W9900000118?select=id", 200)


def test_requests_under_way_count_against_concurrency() -> None:
    stand_in = StandIn(latency_s=0.1)
    responses = ask(stand_in, *[LIST.replace("rows=2", f"rows={n}") for n in range(1, 5)])
    assert sorted(r.status_code for r in responses) == [200, 200, 200, 429]
    assert stand_in.report["violations"]["crossref"]["over-concurrency"] == 1


def test_latency_and_rates_follow_virtual_time() -> None:
    stand_in = StandIn(latency_s=0.5)

    async def main() -> list[int]:
        async with stand_in.client() as client:
            return [(await client.get(LIST)).status_code for _ in range(8)]

    statuses, seconds = run_timed(main())
    assert statuses == [200] * 8
    assert seconds == pytest.approx(4.0)


FAULTS: list[tuple[str, dict[str, Any], Callable[[httpx.Response], bool]]] = [
    ("status", {"status": 502}, lambda r: r.status_code == 502),
    ("status", {"retry_after": "7"}, lambda r: (r.status_code, r.headers["retry-after"]) == (503, "7")),
    ("garbage", {}, lambda r: r.status_code == 200 and r.text.startswith("<!doctype")),
    ("truncated", {}, lambda r: r.status_code == 200 and not _is_json(r)),
    ("json", {"value": [1]}, lambda r: r.json() == [1]),
    ("wrong-types", {}, lambda r: isinstance(r.json()["message"]["items"][0]["title"], dict)),
    ("partial", {}, lambda r: len(r.json()["message"]["items"]) == 1),
    ("oversized", {"size_bytes": 5000}, lambda r: len(r.content) > 5000),
    ("redirect", {}, lambda r: (r.status_code, r.headers["location"]) == (302, "https://elsewhere.example/")),
    ("throttled", {}, lambda r: (r.status_code, r.content) == (429, b"")),
    ("throttled", {"retry_after": "9"}, lambda r: r.headers["retry-after"] == "9"),
    ("forbidden", {}, lambda r: r.status_code == 403),
    ("unauthorized", {}, lambda r: r.status_code == 401),
]


def _is_json(response: httpx.Response) -> bool:
    try:
        response.json()
    except json.JSONDecodeError:
        return False
    return True


@pytest.mark.parametrize(("kind", "details", "shows"), FAULTS, ids=[f"{f[0]} {f[1]}" for f in FAULTS])
def test_faults_replace_or_spoil_the_answer(kind: Any, details: dict[str, Any], shows: Any) -> None:
    stand_in = StandIn(limits=False)
    stand_in.fail("crossref", kind, **details, times=1)
    failed, good = ask(stand_in, LIST, LIST)
    assert shows(failed)
    assert len(good.json()["message"]["items"]) == 2


@pytest.mark.parametrize(
    ("kind", "error"),
    [("refused", httpx.ConnectError), ("dropped", httpx.RemoteProtocolError), ("black-hole", httpx.ReadTimeout)],
)
def test_broken_connections_are_the_exceptions_of_httpx(kind: Any, error: type[Exception]) -> None:
    stand_in = StandIn()
    stand_in.fail("all", kind)
    with pytest.raises(error):
        ask(stand_in, LIST, timeout=3)


@pytest.mark.parametrize(("seconds", "is_too_slow"), [(2.0, False), (4.0, True)])
def test_slow_answers_end_at_the_callers_patience(seconds: float, is_too_slow: bool) -> None:
    stand_in = StandIn()
    stand_in.fail("crossref", "slow", seconds=seconds)

    async def main() -> str:
        async with stand_in.client(timeout=3) as client:
            try:
                return str((await client.get(LIST)).status_code)
            except httpx.ReadTimeout:
                return "too slow"

    result, took = run_timed(main())
    assert (result, round(took, 3)) == (("too slow", 3) if is_too_slow else ("200", 2))


def test_waiting_for_ever_without_a_time_limit_is_a_mistake() -> None:
    stand_in = StandIn()
    stand_in.fail("crossref", "black-hole")
    with pytest.raises(AssertionError, match="waited for ever"):
        ask(stand_in, LIST, timeout=None)


def test_a_budget_fault_leaves_free_singletons() -> None:
    stand_in = StandIn()
    stand_in.fail("openalex", "budget")
    paid, free = ask(stand_in, "https://api.openalex.org/works?filter=doi:10.1/a", "https://api.openalex.org" + DOI)
    assert (paid.status_code, free.status_code) == (429, 200)
    with pytest.raises(ValueError, match="crossref has no budget"):
        stand_in.fail("crossref", "budget")
    with pytest.raises(ValueError, match="no source crosref"):
        stand_in.fail("crosref", "status")


def test_faults_may_concern_one_pool_and_are_healed() -> None:
    stand_in = StandIn(limits=False)
    stand_in.fail("crossref", "status", pool="single")
    single = "https://api.crossref.org/works/10.5555%2Fcase.118"
    assert [r.status_code for r in ask(stand_in, LIST, single)] == [200, 503]
    stand_in.heal("crossref")
    assert ask(stand_in, single)[0].status_code == 200


def on_a_port(stand_in: StandIn, talk: Callable[[httpx.AsyncClient, str], Awaitable[None]]) -> None:
    """Talk to a stand-in over sockets."""

    async def main(root: str) -> None:
        async with httpx.AsyncClient(timeout=3) as client:
            await talk(client, root)

    with on_port(stand_in) as bases:
        asyncio.run(main(bases["openalex"].removesuffix("/openalex")))


def test_on_a_port_services_answer_and_redirect_to_themselves() -> None:
    async def talk(client: httpx.AsyncClient, root: str) -> None:
        response = await client.get(f"{root}/openalex/works/W9800000118", follow_redirects=True)
        assert str(response.url) == f"{root}/openalex/works/W9900000118"
        assert (await client.get(f"{root}/crossref/works/10.5555%2Fcase%23124%2Ba%3Fb%252f%7Cc")).status_code == 200
        assert (await client.get(f"{root}/openalex/authors/A1")).status_code == 501
        assert (await client.get(f"{root}/europepmc/x")).status_code == 501

    on_a_port(StandIn(), talk)


def test_on_a_port_faults_switches_and_report_are_endpoints() -> None:
    async def talk(client: httpx.AsyncClient, root: str) -> None:
        own = f"{root}/_stand-in"
        await client.post(f"{own}/faults", json={"source": "doi", "kind": "status", "status": 500})
        await client.post(f"{own}/switches", json={"openalex_404_html": False})
        assert (await client.get(f"{root}/doi/doiRA/10.1/a")).status_code == 500
        assert (await client.get(f"{root}/openalex/works/W1")).json()["error"] == "Not Found"
        assert (await client.get(f"{own}/seen")).json()[0] == "doi doiRA 500 /doiRA/10.1/a"
        await client.delete(f"{own}/faults?source=doi")
        assert (await client.get(f"{root}/doi/doiRA/10.1/a")).status_code == 200
        report = (await client.get(f"{own}/report")).json()
        assert (report["total"], report["statuses"]["doi"]) == (3, {"200": 1, "500": 1})
        await client.post(f"{own}/reset")
        assert (await client.get(f"{own}/report")).json()["total"] == 0
        assert (await client.post(f"{own}/switches", json={"none": 1})).status_code == 404

    on_a_port(StandIn(limits=False), talk)


@pytest.mark.parametrize(("kind", "error"), [("black-hole", httpx.ReadTimeout), ("dropped", httpx.RemoteProtocolError)])
def test_on_a_port_connections_break_too(kind: Any, error: type[Exception]) -> None:
    async def talk(client: httpx.AsyncClient, root: str) -> None:
        with pytest.raises(error):
            await client.get(f"{root}/crossref/works", timeout=0.2)

    stand_in = StandIn()
    stand_in.fail("crossref", kind)
    on_a_port(stand_in, talk)


def test_the_report_keeps_the_largest_question_and_no_secret() -> None:
    stand_in = StandIn(keys={"sesame"})
    stand_in.get("/openalex/works?filter=doi:10.1/a|10.1/b", authorization="Bearer sesame")
    stand_in.get("/crossref/works?filter=doi:10.1/a,doi:10.1/b,doi:10.1/c")
    assert stand_in.report["largest"]["openalex values"] == 2
    assert stand_in.report["largest"]["crossref values"] == 3
    assert "sesame" not in json.dumps(stand_in.report) + stand_in.seen[0].line()
    stand_in.reset()
    assert stand_in.report["total"] == 0


def test_empty_records_know_nothing() -> None:
    stand_in = StandIn(from_values())
    assert stand_in.get("/openalex" + DOI).status == 404
    assert json.loads(stand_in.get("/openalex/works?search=a").body)["results"] == []
    assert json.loads(stand_in.get("/crossref/works?query=a").body)["message"]["total-results"] == 0


def test_virtual_time_jumps_over_sleep() -> None:
    result, seconds = run_timed(asyncio.sleep(3600, "slept"))
    assert (result, round(seconds, 3)) == ("slept", 3600)


def test_virtual_time_names_a_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual_time, "REAL_WAIT_S", 0.01)
    with pytest.raises(RuntimeError, match="for ever"):
        run(asyncio.Event().wait())


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_other_machines_are_out_of_reach(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=host):
        socket.create_connection((host, 80))


def test_fixtures_lead_to_one_stand_in(stand_in: StandIn, services_on_port: dict[str, str]) -> None:
    assert httpx.get(services_on_port["DATACITE_URL"] + "/dois/10.48550/arxiv.2101.90118").status_code == 200
    assert stand_in.report["requests"] == {"datacite": {"single": 1}}
