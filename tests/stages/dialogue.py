"""A conversation without a network: records in memory answer the questions that resolving asks.

All records here and in the tests beside are invented (prefix 10.5555, nobody in them exists).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Author, Entry, Ids, Paper, Query, Record
from pipeline.stages import identify
from pipeline.stages.merging import merge
from pipeline.stages.resolving import resolve
from pipeline.stages.resolving.inquiry import Case, Decision, Freshness, Reply, Resolved
from pipeline.text import arxiv
from pipeline.text.title import content_words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = "2026-11-22"
TITLE = "Learning to fold invented proteins with patient networks"
AUTHORS = (Author(given="Ada", family="Example"), Author(given="Ben", family="Sample"))
DOI = "10.5555/fold.2021"
ARXIV = "2101.90001"


def entry(**fields: object) -> Entry:
    """One row of an invented list."""
    return Entry(**({"line": 10, "title": TITLE, "year": 2021, "venue": "Journal of Invented Results"} | fields))  # type: ignore[arg-type]


def case(row: Entry | None = None, **fields: object) -> Case:
    """The case of a row, with the identifiers that its links prove."""
    row = row or entry()
    return Case(entry=row, identifiers=identify.identify(row), **fields)  # type: ignore[arg-type]


def record(source: str, **fields: object) -> Record:
    """A record of the published version, unless the fields say otherwise."""
    usual = {
        "title": TITLE, "authors": AUTHORS, "type": "article", "year": 2021, "years": (2021,),
        "venue": "Journal of Invented Results", "ids": Ids(doi=DOI, openalex="W99" if source == "openalex" else None),
    }  # fmt: skip
    return Record(source=source, **(usual | fields))  # type: ignore[arg-type]


def preprint(source: str, **fields: object) -> Record:
    """A record of the preprint."""
    usual = {
        "type": "preprint", "venue": None, "year": 2020, "years": (2020,),
        "ids": Ids(doi=arxiv.doi(ARXIV), arxiv=ARXIV, openalex="W98" if source == "openalex" else None),
    }  # fmt: skip
    return record(source, **(usual | fields))


def reply(query: Query, records: Sequence[Record], at: str) -> Reply:
    """Answer one question from the records, as the service would."""
    own = [known for known in records if known.source == query.source]
    match query.kind:
        case "search":
            words = set(content_words(query.value))
            found = [known for known in own if len(words & set(content_words(known.title or ""))) > len(words) / 3]
        case "title":
            found = [known for known in own if (known.title or "").lower() == query.value.lower()]
        case "arxiv":
            found = [known for known in own if known.ids.arxiv == query.value]
        case "doi" | "pii" | "pmid" | "pmcid":
            found = [known for known in own if getattr(known.ids, query.kind) == query.value]
        case "landing":
            found = [k for k in own if query.value in {normalise_link(url) for url in k.landing_urls}]
        case "id" | "volatile":
            found = [known for known in own if query.value in (known.ids.openalex, known.ids.doi)]
        case _:
            raise AssertionError(f"no record can answer {query}")
    return Reply(status="found" if found else "missing", records=tuple(found), at=at, fresh=True)


def resolved(
    one: Case,
    records: Sequence[Record] = (),
    *,
    down: Collection[str] = (),
    agencies: Mapping[str, str] = {},
    now: datetime = NOW,
    **ages: object,
) -> tuple[Resolved, list[Query]]:
    """Hold the whole conversation; sources in `down` fail, `agencies` registered DOIs that no record bears.

    Return its end and the questions in order.
    """
    freshness = Freshness(now=now, **ages)  # type: ignore[arg-type]
    replies: dict[Query, Reply] = {}
    while not isinstance(step := resolve.next_step(one, replies, freshness), Resolved):
        for query in step:
            failed = Reply(status="failed", reason="down")
            at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
            replies[query] = failed if query.source in down else reply(query, records, at)
            if query.source == "doira" and query.value in agencies:
                replies[query] = Reply(status="found", agency=agencies[query.value], at=at, fresh=True)
    return step, list(replies)


def paper(one: Case, records: Sequence[Record] = (), *, now: datetime = NOW, **more: Any) -> Paper:
    """The merged paper at the end of the conversation."""
    return merge.merge(resolved(one, records, now=now, **more)[0], now.date().isoformat())


def decided(**fields: object) -> Decision:
    """A human's decision."""
    return Decision(why=("said so",), **fields)  # type: ignore[arg-type]
