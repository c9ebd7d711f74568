"""The desk: few requests, full ones at once, everybody gets an answer."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from pipeline.edge.access import Access
from pipeline.edge.desk import Desk
from pipeline.edge.open import open_desk
from pipeline.edge.report import Report
from pipeline.model import Age, Answer, Query
from tests.edge.toy import Service, Toy, by_id, count_requests, seconds, works
from tests.services.virtual_time import run

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ANY, NEW = Age(), Age(found_days=-1, missing_days=-1)
Answers = list[dict[Query, Answer]]


def search(words: str) -> Query:
    return Query(source="openalex", kind="search", value=words)


def title(name: str) -> Query:
    return Query(source="openalex", kind="title", value=f"title-{name}")


def titles(names: str) -> list[tuple[Mapping[Query, Age], ...]]:
    return [({title(name): ANY},) for name in names]


async def converse(desk: Desk, *rounds: Mapping[Query, Age]) -> dict[Query, Answer]:
    answers: dict[Query, Answer] = {}
    async with desk.conversation():
        for questions in rounds:
            answers |= await desk.ask(questions)
    return answers


def hold(
    service: Service,
    conversations: Iterable[tuple[Mapping[Query, Age], ...]],
    *,
    toys: Iterable[Toy] = (Toy(),),
    cache: Path | None = None,
    now: datetime = NOW,
    **options: object,
) -> tuple[Answers, Report, float]:
    """Hold the conversations side by side; give the answers, the report and the seconds it took."""

    async def go() -> tuple[Answers, Report, float]:
        sources, access = {toy.name: toy for toy in toys}, Access(version="1")
        async with open_desk(
            access,
            cache,
            now=now,
            sources=sources,
            transport=service.transport,
            **options,  # type: ignore[arg-type]
        ) as desk:
            answers = await asyncio.gather(*(converse(desk, *rounds) for rounds in conversations))
            return list(answers), desk.report(), seconds()

    return run(go())  # fmt: skip


def one_each(ids: str, age: Age = ANY) -> list[tuple[Mapping[Query, Age], ...]]:
    return [({by_id(value): age},) for value in ids]


def statuses(answers: Answers) -> str:
    """The first letters of all statuses: found, missing, failed as f, m, x."""
    return "".join("x" if a.status == "failed" else a.status[0] for each in answers for a in each.values())


def test_questions_of_all_conversations_share_as_few_requests_as_possible() -> None:
    service = Service(works=works(*"abcdefg"))
    answers, report, _ = hold(service, one_each("abcdefg"))
    assert statuses(answers) == "fffffff"
    assert service.asked == ["/works?ids=a,b,c", "/works?ids=d,e,f", "/works?ids=g"]
    assert count_requests(report) == 3


def test_each_answer_holds_body_time_and_that_it_is_new() -> None:
    answers, _, _ = hold(Service(works=works("a")), one_each("a"))
    body, at = b'{"id": "a", "title": "title-a"}', "2026-11-22T03:00:00Z"
    assert answers[0][by_id("a")] == Answer(query=by_id("a"), status="found", bodies=(body,), at=at, fresh=True)


def test_a_question_of_several_conversations_is_asked_once() -> None:
    service = Service(works=works("a"))
    answers, report, _ = hold(service, one_each("aaaa"))
    assert statuses(answers) == "ffff"
    assert len(service.seen) == 1
    assert report.sources[0].answered == 1


def test_a_batch_with_room_left_waits_for_questions_that_answers_may_raise() -> None:
    # Six first questions go at once in two full batches; what they raise comes at different times, yet goes together.
    service = Service(works=works(*"abcdefuvwxyz"))
    rounds = [({by_id(a): ANY}, {by_id(b): ANY}) for a, b in zip("abcdef", "uvwxyz", strict=True)]
    hold(service, rounds, toys=[Toy(batch=6)])
    assert service.asked == ["/works?ids=a,b,c,d,e,f", "/works?ids=u,v,w,x,y,z"]


def test_a_conversation_that_still_thinks_holds_small_batches_back() -> None:
    service = Service(works=works(*"ab"))

    async def go() -> None:
        async with open_desk(
            Access(version="1"), None, now=NOW, sources={"openalex": Toy()}, transport=service.transport
        ) as desk:

            async def slow() -> None:
                async with desk.conversation():
                    await asyncio.sleep(10)
                    await desk.ask({by_id("b"): ANY})

            await asyncio.gather(converse(desk, {by_id("a"): ANY}), slow())

    run(go())
    assert service.asked == ["/works?ids=a,b"]


def test_a_conversation_that_ends_without_a_question_holds_nobody_back() -> None:
    answers, _, _ = hold(Service(works=works("a")), [({by_id("a"): ANY},), ()])
    assert statuses(answers) == "f"


def test_without_a_conversation_questions_go_at_once() -> None:
    async def go() -> dict[Query, Answer]:
        service = Service(works=works("a"))
        async with open_desk(
            Access(version="1"), None, now=NOW, sources={"openalex": Toy()}, transport=service.transport
        ) as desk:
            return await desk.ask({by_id("a"): ANY, by_id("b"): ANY})

    assert statuses([run(go())]) == "fm"


def test_sources_are_asked_side_by_side() -> None:
    service = Service(works=works("a"), delay_s=1.0)
    names = ("openalex", "crossref", "datacite")
    questions = {by_id("a", name): ANY for name in names}
    _, report, took = hold(service, [(questions,)], toys=[Toy(name) for name in names])
    assert took < 1.5
    assert [source.source for source in report.sources] == list(names)


def test_what_a_list_does_not_show_is_asked_singly_and_only_then_missing() -> None:
    service = Service(works=works(*"abc"), hidden=frozenset("b"))
    answers, report, _ = hold(service, one_each("abz"))
    assert statuses(answers) == "ffm"
    assert sorted(service.asked) == ["/works/b", "/works/z", "/works?ids=a,b,z"]
    assert report.sources[0].requests == {"list": 1, "single": 2}


def test_without_single_requests_a_miss_of_the_list_is_missing() -> None:
    service = Service(works=works("a"))
    answers, report, _ = hold(service, one_each("ab"), toys=[Toy(has_singles=False)])
    assert statuses(answers) == "fm"
    assert len(service.seen) == 1
    assert report.sources[0].answered == 2


def test_a_work_answers_everything_that_it_is_known_by() -> None:
    service = Service(works={"a": {"id": "a", "also": ["b", "c"]}})
    rounds = [({by_id("a"): ANY}, {by_id("b"): ANY, by_id("c"): NEW})]
    answers, _, _ = hold(service, rounds)
    assert statuses(answers) == "fff"
    assert len(service.seen) == 1
    assert all(answer.fresh for answer in answers[0].values())


def test_searches_go_at_once_and_give_the_best_first() -> None:
    service = Service(works={x: {"id": x, "title": "words"} for x in "abc"})
    answers, _, _ = hold(service, [({search("words"): ANY, search("none"): ANY},)])
    assert [len(answer.bodies) for answer in answers[0].values()] == [2, 0]
    assert statuses(answers) == "fm"


def test_a_question_that_cannot_be_asked_ends_without_a_request() -> None:
    service = Service()
    answers, report, _ = hold(service, [({search(""): ANY},)])
    assert answers[0][search("")].status == "unasked"
    assert not service.seen
    assert not report.due_failed


@pytest.mark.parametrize(
    ("age", "days", "asked"),
    [
        (Age(), 3650, 0),
        (Age(found_days=7, missing_days=7), 6.9, 0),
        (Age(found_days=7, missing_days=7), 7.1, 1),
        (Age(found_days=7), 7.1, 1),
        (Age(missing_days=7), 7.1, 0),
        (NEW, 0, 1),
        (Age(found_days=7, missing_days=7), -0.9, 0),
        (Age(found_days=7, missing_days=7), -3, 1),
        (Age(found_days=7, missing_days=7), -26_000, 1),
    ],
    ids=["for ever", "young", "too old", "found is too old", "missing would be", "ask anew", "from a clock ahead",
         "from the future", "from 2099"],
)  # fmt: skip
def test_an_answer_is_taken_from_the_cache_up_to_its_age(tmp_path: Path, age: Age, days: float, asked: int) -> None:
    path = tmp_path / "cache.db"
    hold(Service(works=works("a")), one_each("a"), cache=path)
    service = Service(works=works("a"))
    answers, report, _ = hold(service, one_each("a", age), cache=path, now=NOW + timedelta(days=days))
    assert statuses(answers) == "f"
    assert len(service.seen) == asked
    assert answers[0][by_id("a")].fresh is bool(asked)
    assert bool(report.sources) is bool(asked)


HALF = {"id": "a", "half": True}


@pytest.mark.parametrize(
    ("halves", "statuses_then"), [(1, "f"), (2, "f"), (3, "x")], ids=["once", "twice", "three times"]
)
def test_half_an_answer_is_asked_again_and_never_kept(tmp_path: Path, halves: int, statuses_then: str) -> None:
    service = Service(works=works("a"))

    async def before(_request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(200, json={"works": [HALF]}) if len(service.seen) <= halves else None

    service.before = before
    answers, _, _ = hold(service, one_each("a"), cache=tmp_path / "cache.db")
    assert statuses(answers) == statuses_then
    assert len(service.seen) == min(halves + 1, 3)
    service.before = None
    again, _, _ = hold(service, one_each("a"), cache=tmp_path / "cache.db")
    assert statuses(again) == "f"
    assert len(service.seen) == (halves + 1 if statuses_then == "f" else 4)


@pytest.mark.parametrize(
    ("halves", "statuses_then", "asked"),
    [
        (1, "fff", ["a,b,c", "a"]),
        (2, "fff", ["a,b,c", "a", "a"]),
        (9, "xff", ["a,b,c", "a", "a", "a"]),
    ],
    ids=["once", "twice", "always"],
)
def test_half_a_work_among_whole_ones_is_asked_again_alone(halves: int, statuses_then: str, asked: list[str]) -> None:
    service = Service(works=works(*"abc"))

    async def before(request: httpx.Request) -> httpx.Response | None:
        if len(service.seen) > halves:
            return None
        ids = request.url.params["ids"].split(",")
        return httpx.Response(200, json={"works": [HALF, *(works(name)[name] for name in ids if name != "a")]})

    service.before = before
    answers, report, _ = hold(service, one_each("abc"))
    assert statuses(answers) == statuses_then
    assert [path.removeprefix("/works?ids=") for path in service.asked] == asked
    assert report.sources[0].answered == statuses_then.count("f")


def test_half_an_answer_leaves_the_old_one_standing(tmp_path: Path) -> None:
    hold(Service(works=works("a")), one_each("a"), cache=tmp_path / "cache.db")
    answers, _, _ = hold(Service(works={"a": HALF}), one_each("a", NEW), cache=tmp_path / "cache.db")
    (answer,) = answers[0].values()
    assert (answer.status, answer.reason) == ("found", "left out what it always says")
    assert b"title-a" in answer.bodies[0]


def test_missing_is_kept_and_has_an_age_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    hold(Service(), one_each("a"), cache=path)
    service = Service(works=works("a"))
    age, later = Age(missing_days=30), NOW + timedelta(days=31)
    assert statuses(hold(service, one_each("a", age), cache=path)[0]) == "m"
    assert statuses(hold(service, one_each("a", age), cache=path, now=later)[0]) == "f"


def test_what_was_asked_in_this_run_is_not_asked_again_however_new_it_must_be() -> None:
    service = Service(works=works("a"))
    hold(service, [({by_id("a"): NEW, by_id("z"): NEW}, {by_id("a"): NEW, by_id("z"): NEW})])
    assert service.asked == ["/works?ids=a,z", "/works/z"]


def down(_: httpx.Request) -> httpx.Response:
    return httpx.Response(503)


async def _down(request: httpx.Request) -> httpx.Response | None:
    return down(request)


async def _garbage(_: httpx.Request) -> httpx.Response | None:
    return httpx.Response(200, text="<html>hello</html>")


@pytest.mark.parametrize("before", [_down, _garbage], ids=["down", "garbage"])
def test_an_outage_leaves_the_old_answer_with_its_reason_and_is_not_kept(tmp_path: Path, before: object) -> None:
    path = tmp_path / "cache.db"
    hold(Service(works=works("a")), one_each("a"), cache=path)
    broken = Service(before=before)  # type: ignore[arg-type]
    answers, report, _ = hold(broken, one_each("ab", NEW), cache=path, now=NOW + timedelta(days=9))
    old, none = answers[0][by_id("a")], answers[1][by_id("b")]
    assert (old.status, old.at, old.fresh) == ("found", "2026-11-22T03:00:00Z", False)
    assert old.reason
    assert (none.status, none.reason, none.at) == ("failed", old.reason, None)
    assert report.due_failed == {"openalex"}
    assert report.sources[0].failed == 2
    healed, _, _ = hold(Service(works=works(*"ab")), one_each("ab", NEW), cache=path)
    assert statuses(healed) == "ff"


def test_what_failed_in_this_run_is_not_asked_again() -> None:
    service = Service(before=_down)
    _, _, _ = hold(service, [({by_id("a"): ANY}, {by_id("a"): ANY}, {by_id("a"): ANY})])
    assert len(service.seen) == 3


def test_one_bad_value_does_not_cost_the_others_their_answer() -> None:
    async def before(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(400) if "!" in request.url.raw_path.decode() else None

    for has_singles in (True, False):
        service = Service(works=works(*"abcdefg"), before=before)
        answers, _, _ = hold(service, one_each("abcd!efg"), toys=[Toy(batch=8, has_singles=has_singles)])
        assert statuses(answers) == "ffffxfff"
        assert answers[4][by_id("!")].reason == "answered with status 400"


def test_what_a_search_comes_upon_fills_gaps_and_replaces_no_answer(tmp_path: Path) -> None:
    """Or what a paper comes to would hang on whether its own question or another paper's search was first."""
    path = tmp_path / "cache.db"
    hold(Service(), one_each("a"), cache=path)
    known = works(*"ab") | {"c": {"id": "c", "title": "title-a"}}
    conversations = [({search("title-a"): ANY},)]
    hold(Service(works=known), conversations, cache=path)
    answers, _, _ = hold(Service(), one_each("ac"), cache=path, offline=True)
    assert statuses(answers) == "mf"


@pytest.mark.parametrize("odd", [{3}, {0, 9, 18, 27, 36, 45}, {0, 1}, {48, 49}, set(range(0, 50, 3))])
def test_a_few_bad_values_of_fifty_do_not_make_a_source_look_closed(odd: set[int]) -> None:
    async def before(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(400) if "!" in request.url.raw_path.decode() else None

    ids = [f"!{n}" if n in odd else f"w{n}" for n in range(50)]
    service = Service(works=works(*ids), before=before)
    conversations = [({by_id(name): ANY},) for name in ids]
    answers, _, _ = hold(service, conversations, toys=[Toy(batch=50, has_singles=False)])
    assert statuses(answers) == "".join("x" if n in odd else "f" for n in range(50))


def test_offline_nothing_is_asked_and_every_kept_answer_is_given(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    hold(Service(works=works("a")), one_each("a"), cache=path)
    service = Service(works=works(*"ab"))
    answers, report, _ = hold(service, [({by_id("a"): NEW, by_id("b"): ANY},)], cache=path, offline=True)
    assert statuses(answers) == "fx"
    assert {answer.reason for answer in answers[0].values()} == {"offline"}
    assert not service.seen
    assert report == Report()


def test_without_money_lists_fall_back_to_free_single_requests_and_searches_wait_for_tomorrow() -> None:
    service = Service(works=works(*"abcd"))
    conversations = [*one_each("abcd"), ({search("x"): ANY},)]
    answers, report, _ = hold(service, conversations, toys=[Toy(price=0.0001)], budget_usd=0.0)
    assert statuses(answers) == "ffffx"
    assert report.deferred == (search("x"),)
    assert report.sources[0].dollars == 0


def test_money_that_ends_in_between_holds_up_nobody_who_needs_none() -> None:
    async def before(request: httpx.Request) -> httpx.Response | None:
        is_paid = "ids" in request.url.params
        return httpx.Response(429, text="Insufficient budget") if is_paid and len(service.seen) > 3 else None

    ids = [chr(number) for number in range(0x4E00, 0x4E00 + 200)]
    service = Service(works=works(*ids), before=before)
    toys = [Toy(price=0.0001, batch=5, concurrency=1)]
    answers, report, _ = hold(service, one_each("".join(ids)), toys=toys)
    assert statuses(answers) == "f" * 200
    assert not report.deferred


def test_what_is_left_for_tomorrow_begins_with_the_most_answers_for_a_dollar() -> None:
    toys = [Toy(price=0.0001, has_singles=False)]
    conversations = [({search("x"): ANY},), *one_each("abcd")]
    _, report, _ = hold(Service(), conversations, toys=toys, budget_usd=0.0)
    assert report.deferred == (by_id("a"), by_id("b"), by_id("c"), by_id("d"), search("x"))


def test_progress_ends_with_everything_answered() -> None:
    seen: list[tuple[int, int, Collection[str]]] = []
    hold(Service(works=works(*"abc")), one_each("abcz"), progress=lambda *told: seen.append(told))
    assert seen[-1] == (4, 4, ())
    assert seen == sorted(seen)


@pytest.mark.parametrize("name", ["ask", "split", "aliases", "follow_up"])
def test_a_fault_of_ours_is_raised_where_somebody_waits_and_nobody_hangs(name: str) -> None:
    def fail(*_: object) -> object:
        raise ZeroDivisionError

    faulty = Toy()
    setattr(faulty, name, fail)
    with pytest.raises(ZeroDivisionError):
        hold(Service(works=works("a")), one_each("ab"), toys=[faulty])


def test_a_run_that_is_broken_off_leaves_no_request_behind() -> None:
    service = Service(works=works("a"), delay_s=1e6)

    async def go() -> tuple[int, float]:
        sources = {"openalex": Toy()}
        with suppress(TimeoutError):
            async with asyncio.timeout(1), open_desk(
                Access(version="1"), None, now=NOW, sources=sources, transport=service.transport
            ) as desk:  # fmt: skip
                await desk.ask({by_id("a"): ANY})
        return len(asyncio.all_tasks()), seconds()

    tasks, took = run(go())
    assert tasks == 1
    assert took < 2  # nobody waits for what is in flight


def test_a_thousand_conversations_need_no_more_requests_than_their_questions_fill() -> None:
    ids = [f"w{number}" for number in range(1000)]
    service = Service(works=works(*ids))
    conversations = [({by_id(value): ANY, by_id(value, "crossref"): ANY},) for value in ids]
    answers, report, _ = hold(service, conversations, toys=[Toy(batch=100), Toy("crossref", batch=50)])
    assert statuses(answers) == "f" * 2000
    assert count_requests(report) == 30


def test_a_question_in_flight_is_not_sent_again() -> None:
    service = Service(works=works(*"abc"), delay_s=1)

    async def go() -> Answers:
        async with open_desk(
            Access(version="1"), None, now=NOW, sources={"openalex": Toy()}, transport=service.transport
        ) as desk:

            async def late() -> dict[Query, Answer]:
                async with desk.conversation():
                    await asyncio.sleep(0.5)  # a full request is on its way by now
                    return await desk.ask({by_id(value): ANY for value in "abc"})

            return list(await asyncio.gather(converse(desk, {by_id(value): ANY for value in "abc"}), late()))

    assert statuses(run(go())) == "ffffff"
    assert service.asked == ["/works?ids=a,b,c"]


def by_title(service: Service) -> list[str]:
    return [path.partition("titles=")[2].replace("title-", "") for path in service.asked if "titles=" in path]


def test_the_first_request_of_an_unproven_kind_goes_alone_and_the_others_follow_when_it_works() -> None:
    service, in_flight = Service(works=works(*"abcdefgh")), []

    async def count(_: httpx.Request) -> None:
        in_flight.append(len(service.seen))

    service.before = count
    answers, _, took = hold(service, titles("abcdefgh"))
    assert by_title(service) == ["a,b,c", "d,e,f", "g,h"]
    assert statuses(answers) == "ffffffff"
    assert took >= 2 * service.delay_s


@pytest.mark.parametrize("status", [200, 400], ids=["finds nothing", "is refused"])
def test_an_unproven_kind_that_does_not_work_costs_one_request(status: int) -> None:
    names = "abcdefghijklmnopqrstuvwxyz"

    async def answer(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(status, json={"works": []}) if b"titles" in request.url.query else None

    service = Service(works=works(*names), before=answer)
    answers, report, _ = hold(
        service, [*titles(names), ({by_id("a"): ANY}, {title("late"): ANY})], toys=[Toy(batch=12)]
    )
    assert len(by_title(service)) == 1
    assert statuses(answers).count("u") == (15 if status == 200 else 27)
    assert not report.due_failed
    assert report.sources[0].failed == 0


def test_a_small_list_that_finds_nothing_decides_nothing() -> None:
    service = Service(works=works("a"))
    answers, _, _ = hold(service, [({title("x"): ANY}, {title("a"): ANY})])
    assert statuses(answers) == "mf"


def test_an_answer_that_is_cut_short_is_asked_for_in_parts() -> None:
    service = Service(works=works(*"abcdef"))
    answers, _, _ = hold(service, titles("abcdef"), toys=[Toy(batch=6)])
    assert by_title(service) == ["a,b,c,d,e,f", "a,b,c", "d,e,f"]
    assert statuses(answers) == "ffffff"


def test_paid_searches_go_last_and_the_most_promising_first() -> None:
    service = Service(works=works(*"ab"))
    searches = [({search(words): Age(promise=promise)},) for words, promise in (("x", 0.1), ("y", 1.0), ("z", 0.5))]
    hold(service, [*searches, ({by_id("a"): ANY}, {by_id("b"): ANY})], toys=[Toy(price=0.0001)], budget_usd=1.0)
    assert service.asked == ["/works?ids=a", "/works?ids=b", "/search?q=y", "/search?q=z", "/search?q=x"]


def test_paid_searches_take_a_share_of_the_money_and_the_rest_is_left_out() -> None:
    service = Service()
    searches = [({search(f"x{number}"): ANY},) for number in range(12)]
    answers, report, _ = hold(service, searches, toys=[Toy(price=0.0001)], budget_usd=0.1)
    assert statuses(answers) == "m" * 8 + "u" * 4
    assert (report.deferred, report.sources[0].failed) == ((), 0)
