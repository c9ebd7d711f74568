"""A paper that the ledger has settled: it is refreshed, never searched again.

in -> out: the `Inquiry` of a settled entry -> its `Work` with today's records. Exact questions by the ledger's own
identifiers, and for a preprint the look for its publication, at a pace that falls with its age. "Decisions stick":
design.md, "Getting the right paper".
"""

from functools import partial

import msgspec

from pipeline.model import Paper, Record
from pipeline.stages.matching import match
from pipeline.stages.resolving import lookup, versions
from pipeline.stages.resolving.inquiry import SETTLED, Case, Inquiry
from pipeline.stages.resolving.work import Work, is_preprint
from pipeline.text import doi as doi_text


def is_settled(case: Case) -> bool:
    """Return whether the ledger already knows the work and no human decision says otherwise."""
    old = case.old
    if old is None or old.status not in SETTLED or case.decision.pinned or case.decision.is_unpublished:
        return False
    if old.status == "corrected" or not case.decision.denied.isdisjoint(old.ids.values):
        return False
    if old.resolution.method == "title-search" and _is_overruled(old, case.known):
        return False
    return bool(old.ids.doi or old.ids.openalex or old.ids.arxiv)


def _is_overruled(old: Paper, known: Record | None) -> bool:
    """Return whether a human has since verified another DOI than the one that a search had found."""
    if known is None or known.ids.doi is None or is_preprint(known) != (old.type == "preprint"):
        return False
    return known.ids.doi not in (old.ids.doi, *(version.doi for version in old.versions))


def refreshed(inquiry: Inquiry) -> Work:
    """Refresh a work that the ledger knows: exact questions only, and the search for a preprint's publication."""
    old = inquiry.case.old
    assert old is not None
    records = tuple(
        record
        for found in inquiry.side_by_side((partial(_of_openalex, inquiry, old), partial(_of_agency, inquiry, old)))
        for record in found
    )
    # Records must bear the row's title, as in the first run. Where the row was edited since, they must bear the settled
    # paper's title instead: a better wording of the list undoes no decision.
    named = msgspec.structs.replace(inquiry.case.entry, title=old.title)
    judge = match.Judge(named) if inquiry.case.row_changed else inquiry.judge
    records = tuple(record for record in records if judge.exact(record).accepted)
    is_published = old.versions[0].kind == "published" if old.versions else old.type != "preprint"
    identity = tuple(record for record in records if is_preprint(record) != is_published)
    known = inquiry.case.known
    if is_published and old.ids.doi is None and known is not None and not is_preprint(known):
        identity = (*identity, known)
    work = Work(
        status=old.status,
        method=old.resolution.method,
        score=old.resolution.score,
        evidence=old.resolution.evidence,
        records=identity,
        preprints=tuple(record for record in records if record not in identity),
        candidates=old.resolution.candidates,
    )
    _note_contested(inquiry)
    if not is_published and records:
        return versions.with_published(inquiry, work)
    if is_published and not any(version.kind == "preprint" for version in old.versions):
        return versions.with_preprint(inquiry, work)  # its agency may have been silent when the paper was settled
    return work


def _of_openalex(inquiry: Inquiry, old: Paper) -> tuple[Record, ...]:
    records: tuple[Record, ...] = ()
    by_id = lookup.find_openalex(inquiry, "id", old.ids.openalex) if old.ids.openalex else None
    if by_id is not None and not by_id.is_absent:
        records = by_id.records
    elif old.ids.doi:
        # The work was merged or deleted at OpenAlex: its DOI finds the one that stands for it now.
        records = tuple(r for r in lookup.find_doi(inquiry, old.ids.doi).records if r.source == "openalex")
    if old.ids.arxiv and not old.ids.openalex and (old.ids.doi is None or doi_text.is_arxiv(old.ids.doi)):
        records += lookup.find_openalex(inquiry, "arxiv", old.ids.arxiv).records  # not asked, or not there, last time
    return records


def _of_agency(inquiry: Inquiry, old: Paper) -> tuple[Record, ...]:
    return lookup.find_agency(inquiry, old.ids.doi).records if old.ids.doi else ()


def _note_contested(inquiry: Inquiry) -> None:
    """A row whose link changed may now name another work: that is for a human to decide."""
    case, old = inquiry.case, inquiry.case.old
    assert old is not None
    if not case.row_changed or old.listed.url == case.entry.url:
        return
    own = set(old.ids.values) | {version.doi for version in old.versions}
    for identifier in case.identifiers:
        if identifier.scheme == "doi" and identifier.value not in own:
            found = lookup.find_doi(inquiry, identifier.value)
            verdicts = [inquiry.judge.exact(record) for record in found.records]
            if verdicts and not any(verdict.accepted for verdict in verdicts):
                inquiry.note("identifier-rejected", verdicts[0].issue or f"{identifier.value} is another paper.")
            elif verdicts:
                kept = old.ids.doi or old.ids.openalex or old.ids.arxiv
                inquiry.note(
                    "identity-contested",
                    f"The link now names {identifier.value}, but the entry was resolved to {kept}, which is kept.",
                )
