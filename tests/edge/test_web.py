"""The door to the network against services in every mood, on a clock that jumps."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import httpx
import pytest

from pipeline.edge import exchange
from pipeline.edge.access import Access
from pipeline.edge.response import Failure, Missing, Outcome, Refused, Works
from pipeline.edge.web import Web
from pipeline.sources import Pool, Request
from tests.edge.toy import Service, Toy, by_id, seconds, works
from tests.services.virtual_time import run

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Moment = Callable[[int], httpx.Response | Exception | None]
"""The number of the request, from 0 -> what happens instead of an answer."""


def request(ids: str = "a", source: str = "openalex", pool: Pool = "list") -> Request:
    path = f"/works/{ids}" if pool == "single" else f"/works?ids={','.join(ids)}"
    return Request(source=source, pool=pool, path=path, queries=tuple(by_id(x, source) for x in ids))  # type: ignore[arg-type]


def service(moment: Moment, *, delay_s: float = 0.1) -> Service:
    """Play a service that does what `moment` says and answers otherwise."""

    async def before(_: httpx.Request) -> httpx.Response | None:
        what = moment(len(made.seen) - 1)
        if isinstance(what, Exception):
            raise what
        return what

    made = Service(works=works(*"abcdefghijklmnopqrstuvwxyz"), before=before, delay_s=delay_s)
    return made


def get(
    made: Service, *requests: Request, access: Access | None = None, toys: Sequence[Toy] = (Toy(),), **options: object
) -> tuple[list[Outcome], Web, float]:
    """Ask one after the other; give the outcomes, the door and the seconds it took."""

    async def go() -> tuple[list[Outcome], Web, float]:
        sources = {toy.name: toy for toy in toys}
        web = Web(access or Access(version="1"), sources, transport=made.transport, now=lambda: NOW, **options)  # type: ignore[arg-type]
        async with web:
            return [await web.get(one) for one in requests], web, seconds()

    return run(go())


def side_by_side(made: Service, requests: Sequence[Request], toys: Sequence[Toy]) -> tuple[list[Outcome], Web, float]:
    async def go() -> tuple[list[Outcome], Web, float]:
        web = Web(Access(version="1"), {toy.name: toy for toy in toys}, transport=made.transport)
        async with web:
            return list(await asyncio.gather(*map(web.get, requests))), web, seconds()

    return run(go())


def status(code: int, body: str = "", **headers: str) -> httpx.Response:
    return httpx.Response(code, text=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def first(count: int, what: Callable[[], httpx.Response | Exception]) -> Moment:
    return lambda number: what() if number < count else None


def always(what: Callable[[], httpx.Response | Exception]) -> Moment:
    return lambda _: what()


def never(_: int) -> None:
    return None


def test_an_answer_is_handed_to_its_questions() -> None:
    (outcome,), web, _ = get(service(never), request("ab"))
    assert isinstance(outcome, Works)
    assert set(outcome.by_query) == {by_id("a"), by_id("b")}
    assert web.has_network


def test_a_404_is_an_answer_for_a_single_work_and_none_for_a_list() -> None:
    outcomes, _, _ = get(service(always(lambda: status(404))), request("a", pool="single"), request("a"))
    assert isinstance(outcomes[0], Missing)
    assert isinstance(outcomes[1], Failure)


@pytest.mark.parametrize(
    "trouble",
    [
        lambda: status(500),
        lambda: status(503, "<h1>later</h1>"),
        lambda: status(504, '{"error":"Gateway timeout"}'),
        lambda: status(429),
        lambda: httpx.ReadTimeout(""),
        lambda: httpx.RemoteProtocolError("server disconnected"),
        lambda: status(200, "<html>Welcome to the hotel's network</html>"),
        lambda: status(200, '{"works": ['),
        lambda: status(200, "nonsense", content_encoding="gzip"),
    ],
    ids=["500", "503 html", "504", "429 bare", "timeout", "cut off", "portal", "truncated", "broken gzip"],
)
def test_trouble_that_passes_is_waited_out(trouble: Callable[[], httpx.Response | Exception]) -> None:
    # The source was heard before, so that a lost connection does not count as no network.
    made = service(lambda number: trouble() if number == 1 else None)
    outcomes, _, _ = get(made, request("a"), request("b"))
    assert [type(outcome) for outcome in outcomes] == [Works, Works]
    assert len(made.seen) == 3


@pytest.mark.parametrize(
    ("headers", "least_s", "most_s"),
    [({"retry_after": "20"}, 20, 21), ({"retry_after": "Sun, 22 Nov 2026 12:00:15 GMT"}, 15, 16), ({}, 0.5, 2)],
    ids=["seconds", "date", "silent"],
)
def test_the_pause_is_the_one_the_source_asked_for(headers: dict[str, str], least_s: float, most_s: float) -> None:
    _, _, took = get(service(first(1, lambda: status(503, **headers))), request("a"))
    assert least_s <= took <= most_s


def test_others_wait_too_when_the_source_asked_for_a_pause() -> None:
    async def go() -> list[float]:
        made = service(lambda number: status(503, retry_after="30") if number == 0 else None)
        times: list[float] = []

        async def one(web: Web, number: int) -> None:
            await asyncio.sleep(number)
            await web.get(request("abcde"[number]))
            times.append(seconds())

        async with Web(Access(version="1"), {"openalex": Toy()}, transport=made.transport) as web:
            await asyncio.gather(*(one(web, number) for number in range(5)))
        return times

    assert min(run(go())) >= 30


def test_a_source_that_asks_for_too_long_a_pause_is_left_alone() -> None:
    made = service(always(lambda: status(503, retry_after="3600")))
    outcomes, web, took = get(made, request("a"), request("b"))
    assert all(isinstance(outcome, Failure) for outcome in outcomes)
    assert len(made.seen) == 1
    assert took < 1
    assert "pause" in str(web.lines["openalex"].queues["list"].closed)


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (lambda: status(503), "answered with status 503"),
        (lambda: status(429), "answered with status 429"),
        (lambda: status(200, "garbage"), "sent a body that cannot be read"),
        (lambda: httpx.ReadError("reset"), "broke the connection"),
    ],
    ids=["503", "429", "garbage", "resets"],
)
def test_after_a_few_failures_in_a_row_a_source_is_left_alone(
    trouble: Callable[[], httpx.Response | Exception], reason: str
) -> None:
    made = service(always(trouble))
    letters = "abcdefghijklmnopqrstuvwxyz"
    outcomes, web, took = side_by_side(made, [request(x) for x in letters], [Toy()])
    assert all(isinstance(outcome, Failure) for outcome in outcomes)
    assert len(made.seen) <= 8
    assert took < 15
    assert web.lines["openalex"].queues["list"].closed in {"cannot be reached", f"{reason}, 4 times in a row"}


def test_failures_between_successes_close_nothing() -> None:
    made = service(lambda number: status(500) if number % 2 else None)
    outcomes, web, _ = get(made, *(request(x) for x in "abcdefgh"))
    assert all(isinstance(outcome, Works) for outcome in outcomes)
    assert web.lines["openalex"].queues["list"].closed is None


def test_requests_that_fail_together_count_once() -> None:
    made = service(lambda number: status(503) if 1 <= number <= 6 else None)
    toys = [Toy()]

    async def go() -> list[Outcome]:
        async with Web(Access(version="1"), {"openalex": toys[0]}, transport=made.transport) as web:
            await web.get(request("a"))
            return list(await asyncio.gather(*(web.get(request(x)) for x in "bcdefg")))

    assert all(isinstance(outcome, Works) for outcome in run(go()))


def test_a_400_is_never_tried_again() -> None:
    made = service(always(lambda: status(400, '{"error":"Invalid query parameters error."}')))
    outcomes, _, _ = get(made, request("ab"), request("a", pool="single"))
    assert [type(outcome) for outcome in outcomes] == [Refused, Refused]
    assert len(made.seen) == 2


def test_a_source_that_never_understands_is_left_alone() -> None:
    made = service(always(lambda: status(400)))
    get(made, *[request("ab")] * 40)
    assert len(made.seen) == 10


@pytest.mark.parametrize("code", [400, 403, 404, 414])
def test_a_question_that_a_useful_source_refuses_costs_no_other(code: int) -> None:
    async def before(asked: httpx.Request) -> httpx.Response | None:
        return status(code) if "!" in str(asked.url) else None

    made = Service(works=works(*"abc"), before=before)
    one_each = [request("a"), *(request("!", pool="search") for _ in range(5)), request("b"), request("c")]
    outcomes, _, _ = get(made, *one_each)
    assert [type(outcome) for outcome in outcomes] == [Works, *[Refused] * 5, Works, Works]
    assert len(made.seen) == len(one_each)


def test_refusals_of_requests_that_were_in_flight_together_count_once() -> None:
    async def before(asked: httpx.Request) -> httpx.Response | None:
        return status(400) if "!" in str(asked.url) else None

    async def go() -> list[Outcome]:
        made = Service(works=works(*"abc"), before=before)
        async with Web(Access(version="1"), {"openalex": Toy()}, transport=made.transport) as web:
            await web.get(request("a"))
            return list(await asyncio.gather(*(web.get(request("!")) for _ in range(30)), web.get(request("b"))))

    outcomes = run(go())
    assert isinstance(outcomes[-1], Works)


def test_a_403_stops_the_source_and_no_other() -> None:
    async def before(asked: httpx.Request) -> httpx.Response | None:
        return status(403) if asked.url.host == "openalex.test" else None

    made = Service(works=works("a"), before=before)
    requests = [request("a"), request("a", pool="single"), request("a", "crossref")]
    outcomes, _, _ = get(made, *requests, toys=[Toy(), Toy("crossref")])
    assert [type(outcome) for outcome in outcomes] == [Failure, Failure, Works]
    assert len(made.seen) == 2


def test_a_refused_key_is_said_once_and_the_run_goes_on_without_it() -> None:
    async def before(asked: httpx.Request) -> httpx.Response | None:
        return status(401, '{"error":"Invalid or missing API key"}') if "Authorization" in asked.headers else None

    made, said = Service(works=works(*"abc"), before=before), list[str]()
    access = Access(version="1", openalex_key="wrong-key")
    outcomes, _, _ = get(made, *(request(x) for x in "abc"), access=access, say=said.append)
    assert all(isinstance(outcome, Works) for outcome in outcomes)
    assert len(made.seen) == 4
    assert said == ["OPENALEX_API_KEY was refused; the run goes on without it"]


@pytest.mark.parametrize(
    "odd",
    [
        lambda: status(401),
        lambda: status(404),
        lambda: status(302, location="https://portal.example/"),
        lambda: httpx.ConnectError("refused"),
    ],
    ids=["a key is asked for", "a list is missing", "sent to another host", "no connection"],
)
def test_what_looks_like_somebody_elses_door_is_looked_at_twice(
    odd: Callable[[], httpx.Response | Exception],
) -> None:
    made = service(always(odd))
    outcomes, _, _ = get(made, request("a"), request("b"))
    assert [type(outcome) for outcome in outcomes] == [Failure, Failure]
    assert len(made.seen) == 2
    outcomes, _, _ = get(service(first(1, odd)), request("a"), request("b"))
    assert [type(outcome) for outcome in outcomes] == [Works, Works]


def test_a_pause_until_the_end_of_the_century_is_not_believed() -> None:
    never = "Sun, 22 Nov 2099 00:00:09 GMT"
    outcomes, _, took = get(service(first(1, lambda: status(500, retry_after=never))), request("a"))
    assert ([type(outcome) for outcome in outcomes], took < 3) == ([Works], True)


def test_without_money_paid_requests_stop_and_free_ones_go_on() -> None:
    headers = {"retry_after": "53578", "x_ratelimit_remaining": "0", "x_ratelimit_credits_required": "1"}

    async def before(asked: httpx.Request) -> httpx.Response | None:
        return status(429, '{"message":"Insufficient budget"}', **headers) if "ids" in asked.url.params else None

    made = Service(works=works("a"), before=before)
    requests = [request("a"), request("b"), request("a", pool="single")]
    outcomes, web, took = get(made, *requests, toys=[Toy(price=0.0001)])
    assert [getattr(outcome, "is_deferred", None) for outcome in outcomes] == [True, True, None]
    assert isinstance(outcomes[2], Works)
    assert len(made.seen) == 2
    assert took < 1
    assert web.lines["openalex"].budget.remaining_usd == 0


def test_the_limit_of_the_run_is_never_overdrawn() -> None:
    made = service(never)
    outcomes, web, _ = get(made, *(request(x) for x in "abcd"), toys=[Toy(price=0.0001)], budget_usd=0.0002)
    assert [type(outcome) for outcome in outcomes] == [Works, Works, Failure, Failure]
    assert web.lines["openalex"].budget.spent_usd == pytest.approx(0.0002)


def test_a_429_of_the_plan_fails_its_question_and_nothing_else() -> None:
    made = service(first(1, lambda: status(429, '{"error":"Plan upgrade required"}')))
    outcomes, _, _ = get(made, request("a"), request("b"))
    assert [type(outcome) for outcome in outcomes] == [Failure, Works]
    assert len(made.seen) == 2


def test_a_slow_answer_is_borne_once_the_source_was_heard() -> None:
    made = service(never)

    async def before(_: httpx.Request) -> None:
        await asyncio.sleep(0 if len(made.seen) == 1 else 25)

    made.before = before
    outcomes, _, _ = get(made, request("a"), request("b"))
    assert all(isinstance(outcome, Works) for outcome in outcomes)


def test_no_exchange_takes_longer_than_its_bound() -> None:
    made = service(never)

    async def before(_: httpx.Request) -> None:
        await asyncio.sleep(0 if len(made.seen) == 1 else 3600)

    made.before = before
    outcomes, _, took = get(made, request("a"), request("b"))
    assert isinstance(outcomes[1], Failure)
    assert took < 3 * exchange.EXCHANGE_S + 5


async def _sleep_for_ever(_: httpx.Request) -> httpx.Response | None:
    await asyncio.sleep(1e6)
    return None


async def _refuse(_: httpx.Request) -> httpx.Response | None:
    raise httpx.ConnectError("All connection attempts failed")


async def _time_out(_: httpx.Request) -> httpx.Response | None:
    await asyncio.sleep(exchange.CONNECT_S)
    raise httpx.ConnectTimeout("")


@pytest.mark.parametrize(
    "before", [_sleep_for_ever, _refuse, _time_out], ids=["black hole", "nothing listens", "packets vanish"]
)
def test_no_network_is_known_within_three_seconds_and_costs_a_handful_of_requests(
    before: Callable[[httpx.Request], Awaitable[httpx.Response | None]],
) -> None:
    made = Service(before=before, delay_s=0)
    toys = [Toy("openalex", per_second=24), Toy("crossref", per_second=9), Toy("datacite")]
    requests = [request(x, source) for x in "abcdefgh" * 5 for source in ("openalex", "crossref")]
    outcomes, web, took = side_by_side(made, requests, toys)
    assert all(isinstance(outcome, Failure) for outcome in outcomes)
    assert took <= 3
    assert len(made.seen) <= 6
    assert not web.has_network
    assert web.lines["datacite"].queues["list"].closed == "no network"


def test_one_source_out_of_reach_is_left_alone_while_another_answers() -> None:
    async def before(asked: httpx.Request) -> httpx.Response | None:
        return await _refuse(asked) if asked.url.host == "crossref.test" else None

    made = Service(works=works(*"ab"), before=before)
    requests = [request(x, source) for x in "ab" for source in ("openalex", "crossref")]
    outcomes, web, _ = side_by_side(made, requests, [Toy(), Toy("crossref"), Toy("datacite")])
    assert [type(outcome) for outcome in outcomes] == [Works, Failure, Works, Failure]
    assert web.has_network
    assert web.lines["datacite"].queues["list"].closed is None


@pytest.mark.parametrize(("slow_s", "is_answered"), [(10, True), (100, False)], ids=["slow", "silent"])
def test_a_slow_first_answer_is_waited_for_where_another_source_answers(slow_s: float, is_answered: bool) -> None:
    async def before(asked: httpx.Request) -> None:
        if asked.url.host == "crossref.test":
            await asyncio.sleep(slow_s)

    made = Service(works=works("a"), before=before)
    outcomes, web, took = side_by_side(
        made, [request("a", source) for source in ("openalex", "crossref")], [Toy(), Toy("crossref")]
    )
    assert [isinstance(outcome, Works) for outcome in outcomes] == [True, is_answered]
    assert web.has_network
    assert took < 46


def test_a_tls_handshake_proves_that_somebody_is_there() -> None:
    async def before(asked: httpx.Request) -> None:
        await asked.extensions["trace"]("connection.start_tls.complete", {})
        await asyncio.sleep(20)

    outcomes, _, took = get(Service(works=works("a"), before=before), request("a"))
    assert isinstance(outcomes[0], Works)
    assert took > 20


def test_our_own_slowness_is_not_taken_for_silence() -> None:
    async def before(_: httpx.Request) -> None:
        # As if we had computed for five seconds while the answer lay there.
        asyncio.get_running_loop()._virtual.now += 5  # type: ignore[attr-defined]

    outcomes, web, _ = get(Service(works=works("a"), before=before), request("a"))
    assert isinstance(outcomes[0], Works)
    assert web.has_network


def test_several_requests_are_in_flight_at_once() -> None:
    _, _, took = side_by_side(service(never, delay_s=1.0), [request(x) for x in "abcdefgh"], [Toy()])
    assert took < 4


def test_seconds_are_those_in_which_the_source_had_something_to_do() -> None:
    _, web, _ = get(service(never, delay_s=2.0), request("a"), request("b"))
    assert web.lines["openalex"].seconds == pytest.approx(4.0, abs=0.1)
