"""Since when a paper's values are old.

in -> out: the end of a conversation and the records of the work -> a day, or None for a paper that is up to date. The
rule is design.md's `stale_since`.
"""

from collections.abc import Collection, Mapping

from pipeline.model import Record
from pipeline.stages.resolving.inquiry import Resolved


def stale_since(resolved: Resolved, by_source: Mapping[str, Record], doubted: Collection[str] = ()) -> str | None:
    """Return the day of the last usable answer of the oldest source that was due, asked, and failed.

    A source that is doubted, because it said less than before or has the work no more, has failed as well.
    """
    old = resolved.case.old
    failures = dict.fromkeys(doubted) | dict(resolved.failures)
    if not failures:
        return None if resolved.was_asked or old is None else old.stale_since
    days = []
    counts = [count for count in (old.citations.openalex, old.citations.crossref) if count] if old else []
    oldest = min((count.as_of for count in counts), default=None)
    for source, day in failures.items():
        # Without a cache nobody knows the day; the newest one on which the source spoke of any paper comes close.
        best = day or (old.stale_since if old else None) or resolved.case.last_days.get(source) or oldest
        if best and source in by_source:
            days.append(best)
    return min(days, default=None)
