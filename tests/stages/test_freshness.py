import contextlib
from datetime import UTC, datetime

import msgspec
import pytest

from pipeline.config import ListSettings
from pipeline.model import (
    Age,
    Catalog,
    Citations,
    Count,
    Ids,
    Issue,
    Listed,
    ListInfo,
    OpenAccess,
    Paper,
    Query,
    Record,
)
from pipeline.stages.catalog import expect, ledger
from pipeline.stages.resolving.inquiry import Case, Freshness, Inquiry, NotAnswered, Reply, is_nonsense
from pipeline.stages.resolving.lookup import find_openalex
from tests.stages.dialogue import DOI, NOW, TITLE, entry, record

WORK = Query(source="openalex", kind="id", value="W99")
VOLATILE = Query(source="openalex", kind="volatile", value="W99")
FULL = Reply(status="found", records=(record("openalex", citation_count=10),), at="2026-10-01T12:00:00Z")
GARBLED = record("openalex", issues=("`cited_by_count` could not be read",))


def old_paper(**fields: object) -> Paper:
    """The ledger's row: 12 citations were counted since the full record was read."""
    usual = {
        "key": "example2021learning", "key_provisional": False, "listed": Listed(line=10, title=TITLE), "title": TITLE,
        "status": "exact", "ids": Ids(doi=DOI, openalex="W99"),
        "citations": Citations(openalex=Count(count=12, as_of="2026-11-08")),
        "open_access": OpenAccess(status="green"), "sources": {"open_access": "openalex"},
    }  # fmt: skip
    return Paper(**(usual | fields))  # type: ignore[arg-type]


def asked(replies: dict[Query, Reply], old: Paper | None = None, **ages: object) -> tuple[Inquiry, Record | None]:
    """Ask OpenAlex for the work; return the inquiry, and the record once there is one."""
    case = Case(entry=entry(), old=old or old_paper())
    inquiry = Inquiry(case, replies, Freshness(now=NOW, **ages))  # type: ignore[arg-type]
    with contextlib.suppress(NotAnswered):
        return inquiry, next(iter(find_openalex(inquiry, "id", "W99").records), None)
    return inquiry, None


@pytest.mark.parametrize(
    ("searches", "days"), [(0, 30), (1, 30), (2, 60), (3, 120), (4, 240), (5, 365), (50, 365)], ids=str
)
def test_fruitless_searches_pause_longer_and_longer(searches: int, days: float) -> None:
    assert Freshness(now=NOW).search_pause(searches) == days


@pytest.mark.parametrize(
    ("submitted", "days"),
    [((2026, 11), 30), ((2026, 3), 66.5), ((2024, 11), 187.75), ((2015, 1), 365), ((2027, 1), 30), (None, 30)],
    ids=["this month", "in spring", "two years ago", "long ago", "in the future", "nobody knows"],
)
def test_old_preprints_are_asked_again_more_rarely(submitted: tuple[int, int] | None, days: float) -> None:
    assert Freshness(now=NOW).preprint_pause(submitted) == pytest.approx(days, abs=1)


def test_ages_are_shortened_by_a_share_that_only_the_question_decides() -> None:
    questions = [Query(source="crossref", kind="doi", value=f"10.5555/{n}") for n in range(400)]
    ages = [Freshness(now=NOW).shortened(100, query) for query in questions]
    assert ages == [Freshness(now=datetime(2027, 1, 1, tzinfo=UTC)).shortened(100, query) for query in questions]
    assert 75 <= min(ages) < 77
    assert 98 < max(ages) <= 100
    assert len(set(ages)) == len(ages)


@pytest.mark.parametrize("days", [0.0, -1.0])
def test_ages_that_ask_anew_are_not_shortened(days: float) -> None:
    assert Freshness(now=NOW).shortened(days, WORK) == days


def test_counts_are_asked_alone_when_only_they_are_too_old() -> None:
    inquiry, _ = asked({WORK: FULL})
    assert list(inquiry.questions) == [VOLATILE]


@pytest.mark.parametrize(
    "full",
    [
        msgspec.structs.replace(FULL, at="2026-11-21T12:00:00Z"),
        msgspec.structs.replace(FULL, fresh=True),
        msgspec.structs.replace(FULL, reason="offline"),
    ],
    ids=["young", "fetched in this run", "offline"],
)
def test_counts_are_not_asked_again_after_an_answer_that_has_them(full: Reply) -> None:
    inquiry, _ = asked({WORK: full})
    assert not inquiry.questions


def test_refresh_asks_for_counts_however_young() -> None:
    inquiry, _ = asked({WORK: msgspec.structs.replace(FULL, at="2026-11-22T11:00:00Z")}, refresh=True)
    assert inquiry.questions == {VOLATILE: Age(found_days=-1, missing_days=-1)}


@pytest.mark.parametrize(
    ("status", "days"), [("exact", (135, 180)), ("unmatched", (-1, -1))], ids=["settled", "unsettled"]
)
def test_refresh_asks_everything_of_the_unsettled_anew(status: str, days: tuple[float, float]) -> None:
    inquiry, _ = asked({}, old_paper(status=status), refresh=True)
    assert days[0] <= (inquiry.questions[WORK].found_days or 0) <= days[1]


def test_a_record_that_was_not_understood_is_asked_again_like_a_count() -> None:
    unread = Issue(rule="record-unreadable", line=10, message="openalex: `title` could not be read")
    inquiry, _ = asked({}, old_paper(issues=(unread,)))
    assert (inquiry.questions[WORK].found_days or 0) <= 7


@pytest.mark.parametrize(
    ("newer", "count"),
    [
        (Reply(status="found", records=(record("openalex", citation_count=14),), at="2026-11-22"), 14),
        (Reply(status="found", records=(record("openalex", citation_count=0),), at="2026-11-22"), 0),
        (Reply(status="missing", at="2026-11-22"), 12),
        (Reply(status="failed", reason="down"), 12),
        (Reply(status="found", records=(GARBLED,), at="2026-11-22", fresh=True), 12),
    ],
    ids=["more", "none at all", "not in the list", "no answer", "not readable"],
)
def test_the_count_is_the_newest_that_was_ever_said(newer: Reply, count: int) -> None:
    _, found = asked({WORK: FULL, VOLATILE: newer})
    assert found is not None
    assert found.citation_count == count


def test_only_the_volatile_fields_of_a_newer_answer_are_believed() -> None:
    newer = record("openalex", title="Another title", citation_count=14, open_access=OpenAccess(status="gold"))
    _, found = asked({WORK: FULL, VOLATILE: Reply(status="found", records=(newer,), at="2026-11-22")})
    assert found is not None
    assert (found.title, found.open_access.status) == (TITLE, "gold")


@pytest.mark.parametrize(
    ("replies", "day"),
    [
        ({WORK: msgspec.structs.replace(FULL, reason="down")}, "2026-10-01"),
        ({WORK: FULL, VOLATILE: msgspec.structs.replace(FULL, at="2026-11-15T12:00:00Z", reason="down")}, "2026-11-15"),
        ({WORK: FULL, VOLATILE: Reply(status="failed", reason="down")}, "2026-10-01"),
        ({WORK: Reply(status="failed", reason="down")}, None),
    ],
    ids=["an old answer", "newer counts", "an old answer and no counts", "no answer ever"],
)
def test_a_failed_source_is_known_with_the_day_of_its_last_answer(replies: dict[Query, Reply], day: str | None) -> None:
    inquiry, _ = asked(replies)
    assert inquiry.failures == {"openalex": day}


def test_offline_is_no_failure() -> None:
    inquiry, _ = asked({WORK: msgspec.structs.replace(FULL, reason="offline")})
    assert not inquiry.failures


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (GARBLED, True),
        (record("openalex", issues=("an unknown type",), citation_count=0), False),
        (record("openalex"), False),
        (record("datacite", issues=("`titles` could not be read",)), False),
    ],
    ids=["no count", "an oddity", "no count, and nothing odd", "a source without counts"],
)
def test_a_record_without_a_readable_count_is_nonsense(one: Record, expected: bool) -> None:
    assert is_nonsense(one) is expected


def test_the_catalog_tells_when_a_source_last_spoke() -> None:
    one, other = old_paper(), old_paper(citations=Citations(openalex=Count(count=1, as_of="2026-11-15")))
    listed = Catalog(list=ListInfo(path="list.md"), papers=(one, other))
    assert ledger.last_days(listed) == {"openalex": "2026-11-15"}
    assert ledger.last_days(None) == {}


def test_a_published_key_that_is_gone_is_a_missed_expectation() -> None:
    info = ListInfo(path="list.md")
    old = Catalog(list=info, papers=(old_paper(), old_paper(key="entry-1", key_provisional=True)))
    assert expect.missed(Catalog(list=info), old, ListSettings(), was_answered=True) == (
        "list.md: published keys are gone: example2021learning",
    )
