"""The end of a conversation: what is known of the entry now, with or without a proven work.

in -> out: the `Inquiry` and the `Work` it led to, or the verdict of a search -> `Resolved`, with identifiers, versions
and what the next run must remember. Rules of the statuses: design.md, "catalog.json".
"""

import msgspec

from pipeline.addresses.identifiers import from_url
from pipeline.model import KNOWN_NOTE, Candidate, Ids, Paper, Resolution, Status
from pipeline.stages.matching import match
from pipeline.stages.resolving import search
from pipeline.stages.resolving.inquiry import SETTLED, Inquiry, Resolved
from pipeline.stages.resolving.settled import is_settled
from pipeline.stages.resolving.work import Work, is_preprint, merged_ids, versions
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text


def unresolved(inquiry: Inquiry, verdict: match.Match | None) -> Work:
    """What can be said without a proven work: candidates, a DOI of known.bib or of the link, or nothing."""
    case, old = inquiry.case, inquiry.case.old
    candidates: tuple[Candidate, ...] = verdict.candidates if verdict else ()
    outcome: str | None = verdict.outcome if verdict else None
    if verdict is None and _is_pausing(inquiry) and old is not None:
        outcome, candidates = old.status, old.resolution.candidates
    if case.known is not None:
        # Without an answer about it, what contradicted known.bib last time still does.
        was_ambiguous = old is not None and old.status == "ambiguous" and not case.row_changed
        is_open = inquiry.is_contradicted or (inquiry.is_incomplete and was_ambiguous)
        note = (f"{KNOWN_NOTE}{case.known.note}",) if case.known.note else ()
        return Work(
            status="ambiguous" if is_open else "known",
            method="known",
            evidence=("known.bib", *note),
            records=(case.known,),
            candidates=candidates or (old.resolution.candidates if is_open and old is not None else ()),
        )
    status: Status = "unmatched"
    if inquiry.foreign_agency is not None:
        status = "linked"  # the DOI exists, and nobody whom we ask has its record
    elif outcome is None or inquiry.is_incomplete:
        status = "linked" if _linked_ids(inquiry) else "open"
    elif outcome == "ambiguous":
        status = "ambiguous"
    return Work(status=status, method="none", score=0.0, candidates=candidates)


def resolved(inquiry: Inquiry, work: Work) -> Resolved:
    """Put the end of the conversation together."""
    case = inquiry.case
    ids = _ids(inquiry, work)
    listed = versions(work.records, work.preprints, ids)
    if case.old is not None and is_settled(case) and ids.doi == case.old.ids.doi:
        listed = (*case.old.versions, *listed[len(case.old.versions) :])
    return Resolved(
        case=case,
        status=work.status,
        resolution=_resolution(inquiry, work),
        ids=ids,
        records=work.records,
        preprints=work.preprints,
        versions=listed,
        issues=tuple(inquiry.issues),
        missing=inquiry.missing_for(ids),
        announced=inquiry.announced(ids.doi),
        was_asked=inquiry.was_asked,
        failures=tuple(sorted(inquiry.failures.items())),
    )


def _is_pausing(inquiry: Inquiry) -> bool:
    """Whether the last search's outcome still stands because its pause is not over."""
    return not search.is_due(inquiry) and not inquiry.is_incomplete


def _linked_ids(inquiry: Inquiry) -> dict[str, str]:
    """Identifiers that the row's own link states and that nobody has refused, by scheme."""
    case = inquiry.case
    own = from_url(case.entry.url) if case.entry.url and not inquiry.is_link_refused else ()
    # A composed DOI is a guess until a record bears it; only what the link itself states is filled in.
    stated = [found for found in own if not found.is_derived]
    return {found.scheme: found.value for found in stated if found.value not in case.decision.denied}


def _ids(inquiry: Inquiry, work: Work) -> Ids:
    """The identifiers of the identity version; the ledger's stay, the row's own stand while nobody has answered."""
    case, linked = inquiry.case, _linked_ids(inquiry)
    if work.status == "linked":
        stated = Ids(**linked)
        return msgspec.structs.replace(stated, doi=arxiv_text.doi(stated.arxiv)) if stated.arxiv else stated
    known_arxiv = case.known.ids.arxiv if case.known else None
    listed_arxiv = linked.get("arxiv") if work.method == "link-arxiv" or not work.records else None
    found = merged_ids(work.records, work.preprints, listed_arxiv or known_arxiv)
    if work.status == "corrected":
        return _corrected_ids(inquiry, work, found)
    if is_settled(case) and case.old is not None:
        return _settled_ids(case.old, found, work)
    found = _filled(found, Ids(**{s: v for s, v in linked.items() if s in ("pii", "ieee", "acl", "openreview")}))
    if work.status == "known" and found.doi is None and is_preprint(work.records[0]):
        found = msgspec.structs.replace(found, doi=linked.get("doi"))
    return found


def _corrected_ids(inquiry: Inquiry, work: Work, found: Ids) -> Ids:
    """What a human pinned, with what the ledger knows of the same work where a source is silent."""
    pinned, old = inquiry.case.decision.pinned, inquiry.case.old
    if pinned is not None and not work.records:
        doi = arxiv_text.doi(pinned.value) if pinned.scheme == "arxiv" else None
        found = msgspec.structs.replace(Ids(doi=doi), **{pinned.scheme: pinned.value})
    if pinned is not None and pinned.scheme == "arxiv":
        found = msgspec.structs.replace(found, arxiv=pinned.value)
    is_same = old is not None and old.status == "corrected" and bool(found.values)
    return _filled(found, old.ids) if is_same and old and set(found.values) & set(old.ids.values) else found


def _settled_ids(old: Paper, found: Ids, work: Work) -> Ids:
    kept = {scheme: value for scheme in Ids.__struct_fields__ if (value := getattr(old.ids, scheme))}
    kept |= {"doi": old.ids.doi}
    if _is_upgrade(old, found, work):
        kept |= {"doi": found.doi, "openalex": found.openalex or old.ids.openalex}
    return msgspec.structs.replace(found, **kept)


def _filled(ids: Ids, old: Ids) -> Ids:
    """Fill what a silent source has not said again with what the ledger knows of the same work."""
    return msgspec.structs.replace(
        ids, **{scheme: getattr(old, scheme) for scheme in Ids.__struct_fields__ if not getattr(ids, scheme)}
    )


def _is_upgrade(old: Paper, found: Ids, work: Work) -> bool:
    """The one change that happens by itself: from a preprint to its proven published version."""
    was_preprint = old.ids.doi is not None and doi_text.is_arxiv(old.ids.doi)
    is_proven = any(not is_preprint(record) for record in work.records)
    return was_preprint and is_proven and found.doi != old.ids.doi


def _resolution(inquiry: Inquiry, work: Work) -> Resolution:
    old = inquiry.case.old.resolution if inquiry.case.old else Resolution()
    # A search counts only when all that could settle the entry has answered: an outage must not start a pause.
    searched = inquiry.searched if work.status in SETTLED or not inquiry.is_incomplete else None
    searches = 0 if work.status in SETTLED else old.searches + (searched is not None and searched != old.searched)
    return Resolution(
        method=work.method,
        score=round(work.score, 2),
        evidence=work.evidence,
        searched=searched or old.searched,
        searches=searches,
        candidates=work.candidates if work.status not in SETTLED else (),
    )
