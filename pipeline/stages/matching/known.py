"""Whether a work can be the one that known.bib describes.

in -> out: the facts of known.bib and the records of one work -> what contradicts, in words, or None. A human verified
these facts, so they outrank a search: one that contradicts them decides nothing (design.md, "Order of trust").
"""

from collections.abc import Sequence

from pipeline.model import Author, Entry, Record
from pipeline.stages.matching import match
from pipeline.stages.matching.scoring import Context, score

SHARED = ("openalex", "pmid", "pmcid", "pii", "ieee", "openreview", "acl")
"""Identifiers that one version of a work bears alone; an arXiv id stands in the record of every version."""


def contradiction(known: Record, records: Sequence[Record], *, aliases: Sequence[tuple[str, str]] = ()) -> str | None:
    """Return how known.bib contradicts a work, None where both may speak of one work or of two versions of it."""
    dois = {record.ids.doi for record in records} - {None}
    if known.ids.doi in dois or any(match.is_same_work(known, record)[0] for record in records):
        return None
    if known.ids.doi and dois:
        return f"it names {known.ids.doi}"
    for record in records:
        same = [scheme for scheme in SHARED if getattr(known.ids, scheme)]
        if any(getattr(known.ids, scheme) == getattr(record.ids, scheme) for scheme in same):
            return None
    return _other_facts(known, records, aliases)


def _other_facts(known: Record, records: Sequence[Record], aliases: Sequence[tuple[str, str]]) -> str | None:
    """Weigh the work as if known.bib were the row; a conference paper and its journal version are two works."""
    row = Entry(
        line=0,
        title=known.title or "",
        year=known.year,
        venue=known.venue,
        authors=tuple(name for author in known.authors if (name := _name(author))),
    )
    scored = score(row, records, Context(aliases=tuple(aliases)))
    against = [one.text for one in scored.heard if one.weight < 0]
    return scored.veto or next(iter(against), None)


def _name(author: Author) -> str | None:
    """A comma keeps a family name of several words together."""
    return author.literal or ", ".join(part for part in (author.family, author.given) if part)
