"""Exact questions: which to ask about one identifier, and which of the records speak of it.

in -> out: an identifier and the `Inquiry` -> the records that name it. The routing is design.md's "Politeness and
money": Crossref or DataCite by prefix, DataCite also for what Crossref lacks, doiRA for what both lack, arXiv ids by
their DOI and their landing pages in the same round.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from pipeline.model import Query, Record
from pipeline.stages.catalog import ledger
from pipeline.stages.resolving.inquiry import Inquiry, Reply, is_nonsense
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text

OURS: Mapping[str, Literal["crossref", "datacite"]] = {"Crossref": "crossref", "DataCite": "datacite"}
"""Agencies, as doi.org calls them, that are asked for every DOI of theirs."""
VOLATILE_FIELDS = ("citation_count", "citations_by_year", "open_access", "retracted", "notices")


class Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """What the exact questions about one identifier brought."""

    records: tuple[Record, ...] = ()
    is_waiting: bool = False
    is_absent: bool = False
    """Every source that could know it said that it does not."""
    agency: str | None = None
    """The registration agency of a DOI that no source of ours has."""


def _with_volatile(record: Record, newer: Reply | None, memory: Record | None) -> Record:
    """Overlay the volatile fields of a newer answer; whatever else is in it is not asked for and not believed.

    What it does not say, or not readably, is as the catalog has it: that is newer than the full record.
    """
    if newer is None:
        return record
    said = newer.records[0] if newer.records else memory or record
    believed = said
    if said.issues and memory is not None:
        believed = memory if is_nonsense(said) else ledger.completed(said, memory)
    fields = {name: getattr(believed, name) for name in VOLATILE_FIELDS}
    if record.source == "crossref":  # Crossref has neither counts by year nor the open copy.
        fields |= {"citations_by_year": record.citations_by_year, "open_access": record.open_access}
    return msgspec.structs.replace(record, **fields, issues=tuple(dict.fromkeys((*record.issues, *said.issues))))


def _memory(inquiry: Inquiry, record: Record) -> Record | None:
    """Return what the catalog knows from the record's source, if it speaks of the same version."""
    old = inquiry.case.old
    if old is None or record.ids.doi != old.ids.doi:
        return None
    return ledger.remembered(old, record.source)


def _current(inquiry: Inquiry, reply: Reply | None) -> tuple[Record, ...]:
    """Return the reply's records with fresh volatile fields, asking for these where they are too old."""
    current = []
    for record in reply.records if reply else ():
        query = None
        if record.source == "openalex" and record.ids.openalex:
            query = Query(source="openalex", kind="volatile", value=record.ids.openalex)
        elif record.source == "crossref" and record.ids.doi:
            query = Query(source="crossref", kind="volatile", value=record.ids.doi)
        newer = inquiry.volatile(reply, query) if query else None
        current.append(_with_volatile(record, newer, _memory(inquiry, record)))
    return tuple(current)


def find_doi(inquiry: Inquiry, doi: str) -> Lookup:
    """Ask every source that should know a DOI, and return the records that bear it."""
    agency = "datacite" if doi_text.agency_hint(doi) == "datacite" else "crossref"
    replies = [
        inquiry.get(Query(source="openalex", kind="doi", value=doi)),
        inquiry.get(Query(source=agency, kind="doi", value=doi)),  # type: ignore[arg-type]
    ]
    if agency == "crossref" and replies[1] is not None and replies[1].status == "missing":
        replies.append(inquiry.get(Query(source="datacite", kind="doi", value=doi)))
    absent = all(reply is not None and reply.status == "missing" for reply in replies)
    registrar = inquiry.get(Query(source="doira", kind="doi", value=doi)) if absent else None
    if registrar is not None and registrar.agency is not None and registrar.agency in OURS:
        # The agency registered the DOI and says that it has not: that is no absence but a lapse, so it is asked again.
        absent = False
        inquiry.ask_again(Query(source=OURS[registrar.agency], kind="doi", value=doi))
    records = tuple(
        record
        for reply in replies
        for record in _current(inquiry, reply)
        if doi in (record.ids.doi, _arxiv_doi(record))
    )
    return Lookup(
        records=records,
        is_waiting=any(reply is None for reply in replies) or (absent and registrar is None),
        is_absent=absent and registrar is not None and registrar.status != "failed",
        agency=registrar.agency if registrar else None,
    )


def find_agency(inquiry: Inquiry, doi: str) -> Lookup:
    """Ask only the registration agency of a DOI."""
    agency = "datacite" if doi_text.agency_hint(doi) == "datacite" else "crossref"
    replies = [inquiry.get(Query(source=agency, kind="doi", value=doi))]  # type: ignore[arg-type]
    if agency == "crossref" and replies[0] is not None and replies[0].status == "missing":
        replies.append(inquiry.get(Query(source="datacite", kind="doi", value=doi)))
    records = tuple(r for reply in replies for r in _current(inquiry, reply) if r.ids.doi == doi)
    return Lookup(records=records, is_waiting=any(reply is None for reply in replies))


def find_arxiv(inquiry: Inquiry, arxiv_id: str) -> Lookup:
    """Ask for an arXiv id by its DOI and by its landing pages, side by side."""
    doi = arxiv_text.doi(arxiv_id)
    replies = [
        inquiry.get(Query(source="openalex", kind="doi", value=doi)),
        inquiry.get(Query(source="datacite", kind="doi", value=doi)),
        inquiry.get(Query(source="openalex", kind="arxiv", value=arxiv_id)),
    ]
    records: dict[tuple[str, str | None], Record] = {}
    for reply in replies:
        for record in _current(inquiry, reply):
            if arxiv_id == record.ids.arxiv or doi == record.ids.doi:
                records.setdefault((record.source, record.ids.openalex or record.ids.doi), record)
    return Lookup(
        records=tuple(records.values()),
        is_waiting=any(reply is None for reply in replies),
        is_absent=all(reply is not None and reply.status == "missing" for reply in replies),
    )


def find_openalex(inquiry: Inquiry, kind: str, value: str) -> Lookup:
    """Ask OpenAlex by its own id, a PMID, a PMCID or a landing page."""
    reply = inquiry.get(Query(source="openalex", kind=kind, value=value))
    return Lookup(
        records=_current(inquiry, reply),
        is_waiting=reply is None,
        is_absent=reply is not None and reply.status == "missing",
    )


def find_pii(inquiry: Inquiry, pii: str) -> Lookup:
    """Ask Crossref by the publisher's item identifier; only records that carry it count."""
    reply = inquiry.get(Query(source="crossref", kind="pii", value=pii))
    return Lookup(
        records=tuple(record for record in _current(inquiry, reply) if record.ids.pii == pii),
        is_waiting=reply is None,
        is_absent=reply is not None and reply.status == "missing",
    )


def _arxiv_doi(record: Record) -> str | None:
    return arxiv_text.doi(record.ids.arxiv) if record.ids.arxiv else None
