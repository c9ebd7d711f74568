"""The desk with the real adapters against the stand-in of the services, in every mood that it can play."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.edge.access import Access
from pipeline.edge.open import open_desk
from pipeline.edge.report import Report
from pipeline.model import Age, Answer, Query
from tests.edge.toy import count_requests
from tests.services import StandIn, from_facts, invent
from tests.services.faults import KINDS
from tests.services.virtual_time import run_timed

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
PAPERS = [paper for paper in invent.papers(150) if paper.doi][:120]
KEY = "sesame"
Answers = dict[Query, Answer]


def new_stand_in() -> StandIn:
    return StandIn(from_facts(PAPERS), keys={KEY}, latency_s=0.2)


def ask(
    stand_in: StandIn, sources: Iterable[str], cache: Path | None, key: str | None
) -> tuple[Answers, Report, float]:
    """Ask each source for all papers at once; give the answers, the report and the seconds it took."""
    questions = {
        Query(source=source, kind="doi", value=str(paper.doi)): Age()  # type: ignore[arg-type]
        for source in sources
        for paper in PAPERS
    }

    async def go() -> tuple[Answers, Report]:
        access = Access(version="1", mailto="somebody@example.org", openalex_key=key)
        async with open_desk(access, cache, now=NOW, transport=stand_in.transport()) as desk:
            return await desk.ask(questions), desk.report()

    (answers, report), seconds = run_timed(go())
    return answers, report, seconds


@pytest.fixture(scope="module")
def healthy() -> dict[Query, str]:
    answers, _, _ = ask(new_stand_in(), ("openalex", "crossref"), None, KEY)
    return {query: answer.status for query, answer in answers.items()}


@pytest.mark.parametrize("key", [None, KEY], ids=["without a key", "with a key"])
def test_limits_are_used_and_never_exceeded(key: str | None) -> None:
    stand_in = new_stand_in()
    answers, report, seconds = ask(stand_in, ("openalex", "crossref"), None, key)
    assert not any(answer.reason for answer in answers.values())
    assert not stand_in.report["throttled"]
    assert not any(times for kinds in stand_in.report["violations"].values() for times in kinds.values())
    assert sum(source.requests["list"] for source in report.sources) == 5
    assert report.sources[0].dollars == pytest.approx(stand_in.report["dollars"]["openalex"])
    assert seconds < 4


MOODS = [("openalex", kind) for kind in KINDS] + [
    # Crossref costs nothing, and half a list looks like a whole one.
    ("crossref", kind)
    for kind in KINDS
    if kind not in {"budget", "budget-everywhere", "plan", "no-records"}
]


@pytest.mark.parametrize(("source", "kind"), MOODS)
def test_no_mood_of_a_service_makes_a_known_work_missing_and_the_next_run_heals(
    tmp_path: Path, healthy: dict[Query, str], source: str, kind: str
) -> None:
    stand_in = new_stand_in()
    stand_in.fail(source, kind)  # type: ignore[arg-type]
    answers, report, seconds = ask(stand_in, ("openalex", "crossref"), tmp_path / "cache.db", KEY)
    assert {query: answer.status for query, answer in answers.items() if not answer.reason}.items() <= healthy.items()
    assert all(answer.reason is None for query, answer in answers.items() if query.source != source)
    failed = [query for query, answer in answers.items() if answer.reason]
    assert {answers[query].status for query in failed} <= {"failed"}
    assert report.due_failed == ({source} if len(failed) == len(PAPERS) else set())
    assert seconds < 300
    assert sum(sum(source.requests.values()) for source in report.sources) <= 40 or len(failed) < len(PAPERS)
    stand_in.heal()
    stand_in.reset()  # the clock of the next run begins at zero again
    again, _, _ = ask(stand_in, ("openalex", "crossref"), tmp_path / "cache.db", KEY)
    assert {query: answer.status for query, answer in again.items()} == healthy


@pytest.mark.parametrize("kind", ["refused", "black-hole"])
def test_without_any_network_a_run_knows_in_three_seconds(kind: str) -> None:
    stand_in = new_stand_in()
    stand_in.fail("all", kind)  # type: ignore[arg-type]
    _, report, seconds = ask(stand_in, ("openalex", "crossref", "datacite"), None, None)
    assert seconds < 3
    assert not report.has_network
    assert report.due_failed == {"openalex", "crossref", "datacite"}
    assert count_requests(report) < 10
