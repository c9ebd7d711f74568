"""What many papers of the list cite and the list lacks: candidates to add.

in -> out: the papers' references -> questions about the works that most of them cite; the answers -> `Suggestions`. The
references are OpenAlex ids; a work's title costs a hundredth of a list request.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.model import Paper, Query, Suggestion, Suggestions
from pipeline.stages.catalog.assemble import Merged
from pipeline.stages.resolving.inquiry import Reply
from pipeline.text import title as title_text

LEAST = 3
"""Papers that cite a candidate; two may be a group that cites itself (a guess)."""
MOST = 20
"""Candidates that are kept: what a maintainer looks through."""
MOST_ASKED = 100
"""Works that are asked for: one list request; some turn out to be other records of listed papers."""


def questions(merged: Sequence[Merged], old: Suggestions) -> tuple[Query, ...]:
    """Return what must be asked to name the candidates; nothing where last time's are to stand."""
    if _telling(merged) < old.papers:
        return ()
    return tuple(Query(source="openalex", kind="id", value=work) for work, _ in _count(merged))


def suggest(
    merged: Sequence[Merged], papers: Sequence[Paper], old: Suggestions, replies: Mapping[Query, Reply]
) -> Suggestions:
    """Return the candidates, most cited first.

    Last time's stand where fewer papers have told their references than then: an outage or a lost cache is no reason to
    forget them. Works whose title nobody has told are left out, as are those that have been listed since.
    """
    telling = _telling(merged)
    listed = _Listed(papers)
    if telling < old.papers or not replies:
        kept = tuple(one for one in old.works if not listed.has(one))
        return Suggestions(papers=old.papers, works=kept)
    before = {one.openalex: one for one in old.works}
    named = (
        _name(work, count, replies.get(Query(source="openalex", kind="id", value=work)), before.get(work))
        for work, count in _count(merged)
    )
    found = [one for one in named if one is not None and not listed.has(one)]
    return Suggestions(papers=telling, works=tuple(found[:MOST]))


def _name(work: str, count: int, reply: Reply | None, before: Suggestion | None) -> Suggestion | None:
    """Return a candidate with what OpenAlex says of it, or while it is silent with what it said last time."""
    if reply is None or reply.status == "failed":
        return msgspec.structs.replace(before, cited_by=count) if before else None
    record = reply.records[0] if reply.records else None
    if record is None or record.title is None:
        return None
    title, _ = title_text.strip_notice(record.title)
    return Suggestion(openalex=work, doi=record.ids.doi, title=title, year=record.year, cited_by=count)


def _telling(merged: Iterable[Merged]) -> int:
    """Return how many papers have told their references."""
    return sum(bool(item.references) for item in merged)


def _count(merged: Iterable[Merged]) -> list[tuple[str, int]]:
    """Return the works that most papers cite and none is, with how many do; rows of one paper count once."""
    items = {item.paper.ids.openalex or str(at): item for at, item in enumerate(merged)}
    counted = Counter(work for item in items.values() for work in set(item.references) if work.startswith("W"))
    often = [(work, count) for work, count in counted.items() if count >= LEAST and work not in items]
    return sorted(often, key=lambda pair: (-pair[1], pair[0]))[:MOST_ASKED]


class _Listed:
    """What the list has, by identifier and by title: OpenAlex may have two records of one paper."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._names: set[str | None] = set()
        for paper in papers:
            self._names |= {paper.ids.openalex, paper.ids.doi, *(version.doi for version in paper.versions)}
            self._names |= {title_text.fold(paper.title), title_text.fold(paper.listed.title)}
        self._names.discard(None)

    def has(self, one: Suggestion) -> bool:
        return not self._names.isdisjoint({one.openalex, one.doi, title_text.fold(one.title)})
