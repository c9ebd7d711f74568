"""Resolving: what to ask next about an entry, and which work it is.

in -> out: a `Case` and the replies so far -> further questions, or a `Resolved`. Pure: the same code reads the replies
for both, so a question is asked exactly when its answer is used. Rules: design.md, "Getting the right paper".
"""

from collections.abc import Mapping
from functools import partial

import msgspec

from pipeline.addresses.identifiers import from_url
from pipeline.model import Age, Identifier, Method, Query, Record, SchemeName
from pipeline.stages.matching import match
from pipeline.stages.resolving import conclude, lookup, search, settled, versions
from pipeline.stages.resolving.inquiry import Case, Freshness, Inquiry, NotAnswered, Reply, Resolved
from pipeline.stages.resolving.work import Work, as_preprint, is_preprint
from pipeline.text import doi as doi_text

METHOD_BY_SCHEME: dict[SchemeName, Method] = {
    "doi": "link-doi", "acl": "link-doi", "arxiv": "link-arxiv", "pii": "pii",
    "pmid": "link-pmid", "pmcid": "link-pmid", "openalex": "link-page",
}  # fmt: skip


NOTHING = match.Match(outcome="none")
"""A bare identifier that no record bears is not searched for: it has no title."""


def next_step(
    case: Case, replies: Mapping[Query, Reply], freshness: Freshness, judge: match.Judge | None = None
) -> dict[Query, Age] | Resolved:
    """Return what to ask next, with the age that a cached answer may have; when all is said, which work it is.

    Whoever takes several steps hands in one judge (`inquiry.judge_of`), so that no record is judged again in each.
    """
    inquiry = Inquiry(case, replies, freshness, judge)
    try:
        work = _settle(inquiry)
    except NotAnswered:
        return inquiry.questions
    return conclude.resolved(inquiry, work)


def _settle(inquiry: Inquiry) -> Work:
    """The whole way of an entry: a human's decision, the ledger, the row's links, known.bib, and at last a search."""
    case = inquiry.case
    if case.decision.is_unpublished:
        return Work(status="corrected", method="correction", evidence=case.decision.why)
    if case.decision.pinned is not None:
        named = _pinned(inquiry, case.decision.pinned)
        return versions.with_preprint(inquiry, named) if named else conclude.unresolved(inquiry, NOTHING)
    if settled.is_settled(case):
        return settled.refreshed(inquiry)
    verdict, work = None, _from_links(inquiry) or _from_known(inquiry)
    if work is None and search.is_due(inquiry):
        work, verdict = search.find_work(inquiry)
    if work is None and not inquiry.is_contradicted:
        work = _from_known_preprint(inquiry)
    if work is None:
        return conclude.unresolved(inquiry, verdict)
    return versions.with_preprint(inquiry, versions.with_published(inquiry, work))


def _find(inquiry: Inquiry, identifier: Identifier) -> lookup.Lookup | None:
    """Ask about one identifier; None for a scheme that nobody can be asked by."""
    match identifier.scheme:
        case "doi":
            return lookup.find_doi(inquiry, identifier.value)
        case "arxiv":
            return lookup.find_arxiv(inquiry, identifier.value)
        case "pii":
            return lookup.find_pii(inquiry, identifier.value)
        case "pmid" | "pmcid":
            return lookup.find_openalex(inquiry, identifier.scheme, identifier.value)
        case "openalex":
            return lookup.find_openalex(inquiry, "id", identifier.value)
        case "ieee" | "openreview" | "acl":
            return None


def _from_links(inquiry: Inquiry) -> Work | None:
    """The work that the row's own links prove; all are asked side by side, the paper link's identifiers win."""
    case = inquiry.case
    own = {found.value for found in from_url(case.entry.url)} if case.entry.url else set()
    usable = [identifier for identifier in case.identifiers if identifier.value not in case.decision.denied]
    works = inquiry.side_by_side(partial(_judged, inquiry, one, is_own=one.value in own) for one in usable)
    accepted = [work for work in works if work is not None]
    if not accepted:
        return None
    work = _completed(inquiry, accepted[0])
    if not all(is_preprint(record) for record in work.records):
        return work
    # The row names a preprint first and the published version too (or the other way round): keep what both say.
    others = tuple(record for other in accepted[1:] for record in other.records if is_preprint(record))
    return msgspec.structs.replace(work, preprints=tuple(dict.fromkeys((*work.preprints, *others))))


def _judged(inquiry: Inquiry, identifier: Identifier, *, is_own: bool) -> Work | None:
    """Hold the records of one identifier against the row; a record with another title is another paper."""
    found = _find(inquiry, identifier)
    if found is None:
        return None
    denied = inquiry.case.decision.denied
    if found.is_absent and is_own:
        inquiry.is_identifier_absent = True
    if found.is_absent and is_own and identifier.scheme == "doi":
        _note_absent(inquiry, identifier, found)
    usable = [r for r in found.records if not doi_text.is_denied(r.ids.doi or "") and denied.isdisjoint(r.ids.values)]
    verdicts = [(record, inquiry.judge.exact(record)) for record in usable]
    accepted = tuple(record for record, verdict in verdicts if verdict.accepted)
    notes = [(verdict.rule, verdict.issue) for _, verdict in verdicts if verdict.issue]
    agreeing = [verdict for record, verdict in verdicts if record in accepted and not verdict.issue]
    if accepted and (agreeing or (is_own and not identifier.is_derived)):
        if not agreeing:
            inquiry.note(*notes[0])
        best = max((verdict.agreement.score for record, verdict in verdicts if record in accepted), default=1.0)
        return Work(
            status="exact",
            method=METHOD_BY_SCHEME[identifier.scheme],
            score=best,
            evidence=(identifier.evidence, *(f"{record.source} record agrees" for record in accepted)),
            records=accepted,
        )
    if found.records and notes and is_own:
        inquiry.is_link_refused = True
        inquiry.note("identifier-rejected", notes[0][1])
    return None


def _note_absent(inquiry: Inquiry, identifier: Identifier, found: lookup.Lookup) -> None:
    if found.agency is None:
        inquiry.is_link_refused = True
        inquiry.note("doi-not-found", f"The DOI {identifier.value} of the link does not exist.")
    else:
        inquiry.foreign_agency = found.agency
        message = f"The DOI {identifier.value} is registered with {found.agency}, which is not asked; it is kept."
        inquiry.note("doi-elsewhere", message)


def _completed(inquiry: Inquiry, work: Work) -> Work:
    """Ask every source for the DOI that a record found by another identifier bears."""
    preprints = tuple(record for record in work.records if is_preprint(record))
    published = tuple(record for record in work.records if not is_preprint(record))
    if work.method == "link-arxiv":
        # A merged OpenAlex work bears the publisher's DOI: that is a claim, versions.with_published asks for its proof.
        alone = tuple(as_preprint(record) for record in published if record.ids.arxiv)
        return msgspec.structs.replace(work, records=preprints or alone[:1] or published, preprints=published)
    doi = next((record.ids.doi for record in work.records if record.ids.doi), None)
    if doi is None or work.method == "link-doi":
        return work
    found = lookup.find_doi(inquiry, doi)
    return msgspec.structs.replace(work, records=found.records or work.records)


def _from_known(inquiry: Inquiry) -> Work | None:
    """Confirm the DOI of known.bib with the sources, where the row's links prove nothing."""
    known = inquiry.case.known
    if known is None or known.ids.doi is None or known.ids.doi in inquiry.case.decision.denied:
        return None
    found = lookup.find_arxiv(inquiry, known.ids.arxiv) if is_preprint(known) and known.ids.arxiv else None
    return _agreed(inquiry, (found or lookup.find_doi(inquiry, known.ids.doi)).records)


def _from_known_preprint(inquiry: Inquiry) -> Work | None:
    """Confirm the preprint that known.bib names beside a publication that no search has found."""
    known = inquiry.case.known
    if known is None or known.ids.arxiv is None or known.ids.arxiv in inquiry.case.decision.denied:
        return None
    records = lookup.find_arxiv(inquiry, known.ids.arxiv).records
    return _agreed(inquiry, tuple(record for record in records if is_preprint(record)))


def _agreed(inquiry: Inquiry, records: tuple[Record, ...]) -> Work | None:
    """The work that known.bib names, if its records bear the row's title."""
    verdicts = [(record, inquiry.judge.exact(record)) for record in records]
    agreeing = tuple(record for record, verdict in verdicts if verdict.accepted and not verdict.issue)
    evidence = ("known.bib names it", *(f"{record.source} record agrees" for record in agreeing))
    if not agreeing:
        return None
    numbers = {identifier.value for identifier in inquiry.case.identifiers if identifier.scheme == "ieee"}
    if numbers & {record.ids.ieee for record in agreeing}:  # the row's own link says so too
        return Work(status="exact", method="document-number", evidence=evidence, records=agreeing)
    return Work(status="matched", method="known", evidence=evidence, records=agreeing)


def _pinned(inquiry: Inquiry, identifier: Identifier) -> Work | None:
    """The work that a human named; its records are taken as they are. None where a bare identifier names none."""
    found = _find(inquiry, identifier)
    records = found.records if found else ()
    if found is not None and found.is_absent and identifier.scheme == "doi":
        _note_absent(inquiry, identifier, found)
    if identifier.scheme == "openalex" and records and records[0].ids.doi:
        records = lookup.find_doi(inquiry, records[0].ids.doi).records or records
    if identifier.scheme == "arxiv":
        records = tuple(record for record in records if is_preprint(record))
    evidence = (identifier.evidence, *inquiry.case.decision.why)
    if inquiry.case.decision.is_row:
        method = METHOD_BY_SCHEME[identifier.scheme]
        return Work(status="exact", method=method, score=1.0, evidence=evidence, records=records) if records else None
    return Work(status="corrected", method="correction", evidence=evidence, records=records)
