"""Key and contact address: in the requests that need them, and nowhere else."""

import asyncio
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pipeline.edge.access import parse_access
from pipeline.edge.open import open_desk
from pipeline.model import Age, Query
from pipeline.sources import Request
from tests.edge.toy import Service, Toy, by_id, works
from tests.services.virtual_time import run

KEY, MAIL = "secret-key-4711", "somebody.secret@example.org"
SECRETS = (KEY, MAIL, "somebody.secret%40example.org", "somebody.secret")
ENVIRONMENT = {"OPENALEX_API_KEY": KEY, "ENRICH_MAILTO": MAIL}


async def _moody(request: httpx.Request) -> httpx.Response | None:
    """Answer with every kind of trouble, the secrets of the request among the words."""
    words = f"{request.url} {request.headers!r} {KEY} {MAIL}"
    match request.url.raw_path.decode()[-1]:
        case "b":
            return httpx.Response(503, text=words)
        case "c":
            raise httpx.ReadError(words, request=request)
        case "d":
            return httpx.Response(301, headers={"location": f"https://evil.test/?{MAIL}"})
        case "e":
            return httpx.Response(200, text=words)
        case "f":
            return httpx.Response(401 if "Authorization" in request.headers else 400, text=words)
    return None


def ask_everything(cache: Path) -> tuple[str, Service]:
    """Meet every kind of trouble; return all that was said, and the service."""
    said: list[str] = []
    service = Service(works=works("a"), before=_moody)

    async def go() -> None:
        sources = {name: Toy(name, batch=1, has_singles=False) for name in ("openalex", "crossref", "datacite")}
        access = parse_access(ENVIRONMENT, "1")
        async with open_desk(
            access, cache, now=datetime(2026, 11, 22, tzinfo=UTC), sources=sources, transport=service.transport,
            say=said.append,
        ) as desk:  # fmt: skip
            for value in "abcdef":
                questions: dict[Query, Age] = {by_id(value, source): Age() for source in sources}
                said.append(repr(await desk.ask(questions)))
            said.append(repr((desk.report(), access, desk, vars(desk))))

    run(go())
    return "\n".join(said), service


def test_neither_is_in_a_file_a_log_or_anything_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said, service = ask_everything(tmp_path / "cache.db")
    assert len(service.seen) > 15
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in SECRETS:
        assert secret not in said
        assert secret not in caplog.text
        assert secret.encode() not in kept


def test_the_key_is_in_headers_to_openalex_and_the_contact_in_addresses_to_crossref_only(tmp_path: Path) -> None:
    _, service = ask_everything(tmp_path / "cache.db")
    for request in service.seen:
        assert KEY not in str(request.url)
        assert ("mailto=somebody.secret%40example.org" in str(request.url)) == (request.url.host == "crossref.test")
        assert MAIL in request.headers["User-Agent"]
        assert "Authorization" not in request.headers or request.url.host == "openalex.test"
        assert request.url.host != "evil.test"


def test_neither_is_in_the_traceback_of_a_crash() -> None:
    class Faulty(Toy):
        def split(self, request: Request, body: bytes) -> dict[Query, tuple[bytes, ...]]:
            raise ZeroDivisionError(request.path, body)

    async def go() -> None:
        async with open_desk(
            parse_access(ENVIRONMENT, "1"), None, now=datetime(2026, 11, 22, tzinfo=UTC),
            sources={"crossref": Faulty("crossref")}, transport=Service(works=works("a")).transport,
        ) as desk:  # fmt: skip
            await asyncio.gather(desk.ask({by_id("a", "crossref"): Age()}))

    with pytest.raises(ZeroDivisionError) as caught:
        run(go())
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    for secret in SECRETS:
        assert secret not in shown.replace(repr(ENVIRONMENT), "")
