"""On which day there was last news about a paper: the day we learned it, whatever day a notice bears.

in -> out: a paper, what it was last time, the day -> the day of its last news. News is that the paper is on the list,
that it was retracted (or is so no more), that a notice about it is known, that it is published now.
"""

from pipeline.model import Catalog, Paper


def last_news(paper: Paper, old: Paper | None, before: Catalog | None, today: str) -> str | None:
    """Return the day of the last news, None where there is none; a paper without a key is none yet.

    Args:
        paper: this run's.
        old: last run's of the same key.
        before: last run's catalog.
        today: the run's day.
    """
    if paper.key_provisional:
        return None
    if old is None or old.key_provisional:
        gone = (row for row in before.retired if row.key == paper.key) if before is not None else iter(())
        back = next(gone, None)
        return back.news if back is not None else today
    return today if _has_news(paper, old) else old.news


def _has_news(paper: Paper, old: Paper) -> bool:
    told = {(notice.kind, notice.doi) for notice in old.notices}
    return (
        paper.retracted != old.retracted
        or any((notice.kind, notice.doi) not in told for notice in paper.notices)
        or (old.type == "preprint" and paper.type != "preprint")
    )
