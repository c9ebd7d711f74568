"""One GET: redirects stay at home, bodies stay bounded, and every failure has a name of ours."""

import gzip
from collections.abc import Callable

import httpx
import pytest

from pipeline.edge import exchange
from pipeline.edge.exchange import BrokenError, UnreachableError, fetch
from pipeline.edge.status import HttpReply
from tests.services.virtual_time import run

HOME = "https://api.test/works"
HEADERS = {"Authorization": "Bearer key", "User-Agent": "x"}


def get(answer: Callable[[httpx.Request], httpx.Response], url: str = HOME) -> tuple[HttpReply, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(request)

    async def go() -> HttpReply:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
            return await fetch(client, url, HEADERS, on_heard=lambda: None)

    return run(go()), seen


def moved(target: str) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: (
        httpx.Response(301, headers={"location": target})
        if str(request.url) == HOME
        else httpx.Response(200, text="ok")
    )


@pytest.mark.parametrize("target", ["/works/W2", "https://api.test/works/W2", "works/W2"])
def test_a_redirect_at_home_is_followed_with_all_headers(target: str) -> None:
    reply, seen = get(moved(target))
    assert reply.body == b"ok"
    assert [request.headers["Authorization"] for request in seen] == ["Bearer key"] * 2


@pytest.mark.parametrize(
    "target",
    ["https://evil.test/works", "http://api.test/works", "https://api.test:8443/works", "//evil.test/x", "file:///etc/passwd"],
    ids=["another host", "without encryption", "another port", "host without scheme", "a file"],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed(target: str) -> None:
    with pytest.raises(BrokenError, match="another host") as caught:
        get(moved(target))
    assert not caught.value.can_heal


def test_a_redirect_in_circles_ends() -> None:
    with pytest.raises(BrokenError, match="too often"):
        get(lambda _: httpx.Response(302, headers={"location": HOME}))


def test_the_query_of_an_address_is_sent_as_it_was_built() -> None:
    url = "https://api.test/works/doi:10.1%2Fa%23b?filter=doi:%2210.1/a%7C10.1/b%22&select=id,doi"
    _, seen = get(lambda _: httpx.Response(200), url)
    assert seen[0].url.raw_path.decode() == url.removeprefix("https://api.test")


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_body_beyond_every_measure_is_not_read_to_its_end(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MAX_BODY_BYTES", 1000)
    body = b"0" * 1001 if encoding == "identity" else gzip.compress(b"0" * 1001)
    with pytest.raises(BrokenError, match="beyond every measure"):
        get(lambda _: httpx.Response(200, content=body, headers={"content-encoding": encoding}))
    monkeypatch.setattr(exchange, "MAX_BODY_BYTES", 1001)
    assert get(lambda _: httpx.Response(200, content=b"0" * 1001))[0].body == b"0" * 1001


def raising(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (httpx.ConnectError("x"), UnreachableError, "cannot be reached"),
        (httpx.ConnectTimeout("x"), UnreachableError, "cannot be reached"),
        (httpx.ProxyError("x"), UnreachableError, "cannot be reached"),
        (httpx.ReadTimeout("x"), BrokenError, "did not answer in time"),
        (httpx.PoolTimeout("x"), BrokenError, "did not answer in time"),
        (httpx.ReadError("x"), BrokenError, "broke the connection"),
        (httpx.RemoteProtocolError("x"), BrokenError, "broke the connection"),
        (httpx.DecodingError("x"), BrokenError, "cannot be unpacked"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_failure_has_a_name_of_ours(error: Exception, kind: type[BrokenError], words: str) -> None:
    with pytest.raises(kind, match=words):
        get(raising(error))


def test_an_address_that_no_request_can_carry_is_a_failure_and_no_crash() -> None:
    with pytest.raises(BrokenError, match="such an address"):
        get(lambda _: httpx.Response(200), "https://api.test/" + "a" * 70_000)
