"""What is known about one entry before and while its questions are asked.

in -> out: values only. `Case` is what the run starts from, `Reply` an `Answer` that was read, `Inquiry` the ledger of
what was asked of whom in one conversation; `Resolved` is the end of it. The rules of age are in docs/automation.md.

A stage asks with `Inquiry.get` and goes on as if every answer were there. Where one is not, `NotAnswered` breaks the
stage off; `resolve.next_step` alone catches it, hands the open questions out, and begins anew once they are answered.
So `None` always means that there is nothing, never that nothing is known yet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import TypeVar

import msgspec

from pipeline.model import (
    Age,
    AnswerStatus,
    Author,
    Entry,
    FieldValue,
    Identifier,
    Ids,
    Issue,
    Notice,
    Paper,
    Query,
    Record,
    Resolution,
    SourceName,
    Status,
    Version,
)
from pipeline.rules import BY_NAME
from pipeline.stages.matching import known, match

Found = TypeVar("Found")

SETTLED: frozenset[Status] = frozenset({"exact", "matched", "corrected"})
"""Statuses whose identity is never searched again."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a human said about one entry in corrections.toml."""

    pinned: Identifier | None = None
    """The entry IS this work."""
    is_row: bool = False
    """The list's row is nothing but the pinned identifier."""
    is_unpublished: bool = False
    """The entry is in no source: nothing is to be looked for."""
    denied: frozenset[str] = frozenset()
    """Canonical identifiers (`10.x/y`, arXiv ids, `W...`) that the entry is NOT."""
    fields: tuple[tuple[str, FieldValue], ...] = ()
    why: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that one entry's conversation starts from."""

    entry: Entry
    identifiers: tuple[Identifier, ...] = ()
    """What the row's links prove, the paper link's first."""
    known: Record | None = None
    old: Paper | None = None
    """The ledger row of the paper."""
    decision: Decision = Decision()
    kept: tuple[tuple[str, FieldValue | tuple[Author, ...]], ...] = ()
    """Fields that a human wrote into the list, a `.bib` for example, which no source overrules."""
    key: str | None = None
    """The citation key that the list itself gives the paper."""
    aliases: tuple[tuple[str, str], ...] = ()
    """The list's legend of venues."""
    last_days: Mapping[str, str] = {}
    """Source -> the newest day on which the old catalog shows an answer of it, about whichever paper."""

    @property
    def row_changed(self) -> bool:
        """Whether what the row says about the paper is new since the ledger was written."""
        old = self.old
        return old is None or (old.listed.title, old.listed.url, old.listed.year, old.listed.venue) != (
            self.entry.title,
            self.entry.url,
            self.entry.year,
            self.entry.venue,
        )


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """Ages in days for this run; negative means: ask anew."""

    now: datetime
    bibliographic_days: float = 180.0
    volatile_days: float = 7.0
    missing_days: float = 30.0
    search_pause_days: float = 30.0
    jitter: float = 0.25
    refresh: bool = False
    """Volatile fields of the settled, and everything of the unsettled, are due now."""

    def days_since(self, day: str | None) -> float:
        """Return the days since an ISO date or time; infinite when there is none, and for one in the future.

        Such a day was written by a clock that was wrong, and would keep us from asking for years.
        """
        if day is None:
            return float("inf")
        try:
            then = datetime.fromisoformat(day)
        except ValueError:  # the 31st of February
            return float("inf")
        days = (self.now - then.replace(tzinfo=self.now.tzinfo)).total_seconds() / 86400
        return days if days >= -1 else float("inf")

    def shortened(self, days: float, query: Query) -> float:
        """Shorten an age by a share that the question's hash decides, so that answers expire on different nights."""
        digest = blake2b(f"{query.source}|{query.kind}|{query.value}".encode(), digest_size=4).digest()
        return days * (1 - self.jitter * int.from_bytes(digest, "big") / 2**32) if days > 0 else days

    def search_pause(self, searches: int) -> float:
        """Return the pause in days after so many fruitless searches: it doubles, up to a year."""
        if self.search_pause_days <= 0:
            return self.search_pause_days
        doublings = min(max(searches - 1, 0), 32)  # a year is reached long before; the file may say anything
        return min(self.search_pause_days * 2.0**doublings, max(365.0, self.search_pause_days))

    def preprint_pause(self, submitted: tuple[int, int] | None) -> float:
        """Return the pause in days between looks for a published version; a quarter of the preprint's age."""
        if submitted is None or self.search_pause_days <= 0:
            return self.search_pause_days
        age_days = (self.now.date() - date(submitted[0], submitted[1], 1)).days
        return min(max(age_days / 4, self.search_pause_days), max(365.0, self.search_pause_days))


class Reply(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An `Answer`, read."""

    status: AnswerStatus
    records: tuple[Record, ...] = ()
    agency: str | None = None
    """Only from doiRA: the registration agency, or None when the DOI does not exist."""
    at: str | None = None
    reason: str | None = None
    fresh: bool = False


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The end of one entry's conversation: which work it is, and all that was said about it."""

    case: Case
    status: Status
    resolution: Resolution
    ids: Ids = Ids()
    records: tuple[Record, ...] = ()
    """Of the identity version."""
    preprints: tuple[Record, ...] = ()
    """Of the preprint, where the identity is the published version."""
    versions: tuple[Version, ...] = ()
    issues: tuple[Issue, ...] = ()
    missing: frozenset[str] = frozenset()
    """Sources that said they do not have the work."""
    announced: tuple[Notice, ...] = ()
    """Notices about the work that name it themselves (`update-to`)."""
    was_asked: bool = False
    """Whether anything was answered anew in this run."""
    failures: tuple[tuple[str, str | None], ...] = ()
    """(source, day of its last usable answer) of every source that was due, asked, and failed."""


def is_nonsense(record: Record) -> bool:
    """Return whether a record cannot be believed: not even the count, which both sources always give, could be read."""
    return bool(record.issues) and record.source in ("openalex", "crossref") and record.citation_count is None


class NotAnswered(Exception):  # noqa: N818 - a signal, not an error
    """Something was asked that has no reply yet."""


def judge_of(case: Case) -> match.Judge:
    """Return the judge of a case's row, with all that the case knows besides the row."""
    return match.Judge(
        case.entry,
        aliases=case.aliases,
        identifiers=case.identifiers,
        known=case.known,
        denied=case.decision.denied,
    )


class Inquiry:
    """One conversation: the replies so far, and the questions that are still to be asked."""

    def __init__(
        self, case: Case, replies: Mapping[Query, Reply], freshness: Freshness, judge: match.Judge | None = None
    ) -> None:
        self.case = case
        self.judge = judge or judge_of(case)
        """Of the case's row."""
        self.freshness = freshness
        self.questions: dict[Query, Age] = {}
        """What has no reply yet."""
        self.issues: list[Issue] = []
        self.failures: dict[str, str | None] = {}
        self.searched: str | None = None
        """Day of the newest title search that was answered."""
        self.was_asked = False
        self.is_contradicted = False
        """Whether something was found that known.bib contradicts."""
        self.is_link_refused = False
        """Whether the row's own link names another paper or none."""
        self.is_identifier_absent = False
        """Whether no source that could have the identifier of the row's own link has it."""
        self.foreign_agency: str | None = None
        """The agency that registered the DOI of the row's own link, where it is none that we ask."""
        self.is_incomplete = False
        """Whether something that could settle the entry got no answer at all, not even an old one."""
        self._replies = replies
        self._used: dict[Query, Reply] = {}
        """The replies to what was asked: who answers may hold more."""

    def note(self, rule: str, message: str) -> None:
        """Keep an issue for the entry's line, once."""
        issue = Issue(rule=rule, line=self.case.entry.line, message=message)
        if issue not in self.issues:
            self.issues.append(issue)

    def is_contradicted_by_known(self, records: Sequence[Record]) -> bool:
        """Return whether known.bib contradicts what was found; a human must then see both."""
        facts = self.case.known
        reason = known.contradiction(facts, records, aliases=self.case.aliases) if facts else None
        if facts is None or reason is None:
            return False
        self.is_contradicted = True
        name = f"{facts.ids.doi or 'a work without a DOI'} ({facts.bibtex_key or facts.title})"
        found = next((r.ids.doi or r.ids.openalex or r.title for r in records if r.title), None)
        self.note(
            "known-contradicted",
            f"known.bib names {name}, but {found} was found: {reason}. Nothing was taken from what was found.",
        )
        return True

    def side_by_side(self, asks: Iterable[Callable[[], Found]]) -> list[Found]:
        """Return what each of several calls finds; all of them ask before the first one has to be answered."""
        found, is_answered = [], True
        for ask in asks:
            try:
                found.append(ask())
            except NotAnswered:
                is_answered = False
        if not is_answered:
            raise NotAnswered
        return found

    def get(self, query: Query, age: Callable[[Query], Age] | None = None) -> Reply:
        """Return the reply to a question; `age` says how old it may be, by default as old as an exact answer.

        It is only asked for where there is no reply yet.

        Raises:
            NotAnswered: there is none yet; the question is noted as open.
        """
        reply = self._replies.get(query)
        if reply is None:
            self.questions[query] = (age or self.exact_age)(query)
            raise NotAnswered
        self._used[query] = reply
        self.was_asked = self.was_asked or reply.fresh
        if reply.status == "unasked":
            return reply
        self.is_incomplete = self.is_incomplete or reply.status == "failed"
        if reply.reason is not None and reply.reason != "offline":
            self.fail(query.source, reply.at)
        elif reply.fresh and any(is_nonsense(record) for record in reply.records):
            self.fail(query.source)
        return reply

    def ask_again(self, query: Query) -> None:
        """Doubt a reply: one that is not of this run is asked for anew, and one that is counts as none."""
        reply = self._replies.get(query)
        if reply is not None and not reply.fresh and reply.reason is None:
            self.questions[query] = Age(found_days=-1, missing_days=-1)
            raise NotAnswered
        self.is_incomplete = True
        self.fail(query.source)

    def fail(self, source: str, at: str | None = None) -> None:
        """Keep the newest usable answer of a source that failed: the other questions about the work count as well."""
        days = [day for day in (self.failures.get(source), at[:10] if at else None) if day]
        self.failures[source] = max(days, default=None)

    def missing_for(self, ids: Ids) -> frozenset[str]:
        """Return the sources that have said that they do not have the work."""
        asked: list[tuple[SourceName, str, str | None]]
        asked = [("openalex", "id", ids.openalex), ("openalex", "doi", ids.doi)]
        asked += [("crossref", "doi", ids.doi), ("datacite", "doi", ids.doi)]
        said: dict[str, set[str]] = {}
        for source, kind, value in asked:
            reply = self._used.get(Query(source=source, kind=kind, value=value)) if value else None
            if reply is not None:
                said.setdefault(source, set()).add(reply.status)
        return frozenset(source for source, statuses in said.items() if statuses == {"missing"})

    def announced(self, doi: str | None) -> tuple[Notice, ...]:
        """Return the notices about a DOI among all records that happen to be there."""
        return tuple(
            Notice(kind=record.notice_kind, doi=record.ids.doi, date=record.date)
            for reply in self._used.values()
            for record in reply.records
            if record.notice_kind is not None and doi in record.notice_of
        )

    def exact_age(self, query: Query) -> Age:
        """Return how old an answer about an identifier may be."""
        fresh, old = self.freshness, self.case.old
        if fresh.refresh and (old is None or old.status not in SETTLED):
            return Age(found_days=-1, missing_days=-1)
        doubted = {BY_NAME[issue.rule].asks_again for issue in old.issues if issue.rule in BY_NAME} if old else set()
        found_days = fresh.volatile_days if "soon" in doubted else fresh.bibliographic_days
        return Age(
            found_days=-1 if "found" in doubted else fresh.shortened(found_days, query),
            missing_days=-1 if "missing" in doubted else fresh.shortened(fresh.missing_days, query),
        )

    def volatile(self, full: Reply, query: Query) -> Reply | None:
        """Ask for the volatile fields when the full answer is too old for them; None when it is not."""
        fresh = self.freshness
        if full.status != "found" or full.fresh or full.reason == "offline":
            return None
        limit = -1.0 if fresh.refresh else fresh.shortened(fresh.volatile_days, query)
        if fresh.days_since(full.at) <= limit:
            return None
        reply = self.get(query, lambda _: Age(found_days=limit, missing_days=limit))
        if reply.reason not in (None, "offline"):
            self.fail(query.source, full.at)
        return reply
