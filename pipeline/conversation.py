"""One entry's conversation with the desk: ask what resolving wants to know until it wants to know nothing more.

in -> out: a `Case` and a desk -> `Resolved`. The stages decide what to ask and what it means; this loop carries
questions there and answers back.
"""

from collections.abc import Mapping
from typing import Protocol

from pipeline.model import Age, Answer, Query
from pipeline.sources import UnreadableBody, crossref, datacite, doira, openalex
from pipeline.stages.resolving import resolve
from pipeline.stages.resolving.inquiry import Case, Freshness, Reply, Resolved, judge_of

READERS = {"openalex": openalex.read, "crossref": crossref.read, "datacite": datacite.read}


class Asks(Protocol):
    """What a conversation needs of the desk."""

    async def ask(self, questions: Mapping[Query, Age]) -> Mapping[Query, Answer]:
        """Answer every question."""


async def converse(case: Case, desk: Asks, freshness: Freshness) -> tuple[Resolved, dict[Query, Reply]]:
    """Hold an entry's conversation; return its end and all replies."""
    replies: dict[Query, Reply] = {}
    judge = judge_of(case)
    while not isinstance(step := resolve.next_step(case, replies, freshness, judge), Resolved):
        answers = await desk.ask(step)
        replies.update((query, read(answer)) for query, answer in answers.items())
    return step, replies


def read(answer: Answer) -> Reply:
    """Read an answer's bodies; those that their adapter cannot read are passed over, and are a failure if all are."""
    if answer.query.source == "doira":
        return _read_agency(answer)
    records, errors = [], []
    for body in answer.bodies:
        try:
            records.append(READERS[answer.query.source](body))
        except UnreadableBody as error:
            errors.append(error)
    if errors and not records:
        return Reply(status="failed", at=answer.at, reason=f"unreadable: {errors[0]}", fresh=answer.fresh)
    return Reply(status=answer.status, records=tuple(records), at=answer.at, reason=answer.reason, fresh=answer.fresh)


def _read_agency(answer: Answer) -> Reply:
    try:
        named = doira.read_agency(answer.bodies[0]) if answer.bodies else doira.NO_SUCH_DOI
    except UnreadableBody as error:
        return Reply(status="failed", at=answer.at, reason=f"unreadable: {error}", fresh=answer.fresh)
    agency = None if named == doira.NO_SUCH_DOI else named
    return Reply(status=answer.status, agency=agency, at=answer.at, reason=answer.reason, fresh=answer.fresh)
