"""What the settings expect of a list, held against what a run found.

in -> out: the catalog and the list's settings -> sentences, one for each expectation that was missed.
"""

from pipeline.config import ListSettings
from pipeline.model import Catalog
from pipeline.stages.resolving.inquiry import SETTLED
from pipeline.text.counted import counted


def missed(new: Catalog, old: Catalog | None, settings: ListSettings, *, was_answered: bool) -> tuple[str, ...]:
    """Return every missed expectation, naming the list.

    Args:
        new: this run's catalog.
        old: the catalog before.
        settings: what is expected of this list.
        was_answered: whether any source answered; the share of resolved papers is not judged otherwise.
    """
    path = new.list.path
    found = []
    if len(new.papers) < settings.min_entries:
        found.append(f"{path}: {counted(len(new.papers), 'paper')}, at least {settings.min_entries} expected")
    share = 100 * sum(paper.status in SETTLED for paper in new.papers) / max(1, len(new.papers))
    if was_answered and share < settings.min_resolved_percent:
        found.append(f"{path}: {share:.1f} % resolved, at least {settings.min_resolved_percent:g} % are expected")
    gone = published_keys(old) - published_keys(new) if old else set()
    if gone:
        found.append(f"{path}: published keys are gone: {', '.join(sorted(gone))}")
    return tuple(found)


def published_keys(catalog: Catalog) -> set[str]:
    """Return every key that somebody may cite: of the papers and of the retired."""
    return {p.key for p in catalog.papers if not p.key_provisional} | {row.key for row in catalog.retired}
