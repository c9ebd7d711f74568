"""Notices about a paper: retractions, corrections, expressions of concern.

in -> out: the end of a conversation and the records of the work -> the notices, and the source to note for them. Both
directions count: `updated-by` on the work, and `update-to` on a notice that was fetched anyway (Crossref's words).
"""

from collections.abc import Mapping

from pipeline.model import Notice, Record
from pipeline.stages.resolving.inquiry import Resolved

UPDATE_TO = "update-to"
"""Source of notices that were read on the notice itself."""


def find(resolved: Resolved, by_source: Mapping[str, Record]) -> tuple[tuple[Notice, ...], str]:
    """Return the notices about the work, by kind and DOI, and their source.

    Those that only name the work themselves are met by chance, in a search, so once seen they are remembered.
    """
    old = resolved.case.old
    met = list(resolved.announced)
    if old is not None and old.sources.get("notices") == UPDATE_TO and old.ids.doi == resolved.ids.doi:
        met += old.notices
    own = {(notice.kind, notice.doi): notice for record in by_source.values() for notice in record.notices}
    notices = {(notice.kind, notice.doi): notice for notice in met} | own
    found = tuple(notices[key] for key in sorted(notices, key=lambda key: (key[0], key[1] or "")))
    return found, "crossref" if len(own) == len(notices) else UPDATE_TO
