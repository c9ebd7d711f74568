"""Exact questions: which to ask about one identifier, and which of the records speak of it.

in -> out: an identifier and the `Inquiry` -> the records that name it. The routing is design.md's "Politeness and
money": Crossref or DataCite by prefix, DataCite also for what Crossref lacks, doiRA for what both lack, arXiv ids by
their DOI and their landing pages in the same round.
"""

from collections.abc import Mapping
from functools import partial
from typing import Literal

import msgspec

from pipeline.model import Query, Record, SourceName
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
    is_absent: bool = False
    """Every source that could know it said that it does not."""
    agency: str | None = None
    """The registration agency of a DOI that no source of ours has."""


def _with_volatile(record: Record, newer: Reply, memory: Record | None) -> Record:
    """Overlay the volatile fields of a newer answer; whatever else is in it is not asked for and not believed.

    What it does not say, or not readably, is as the catalog has it: that is newer than the full record.
    """
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


class _Heard(msgspec.Struct, frozen=True):
    """One source's answer about one identifier."""

    reply: Reply
    records: tuple[Record, ...]
    """With today's volatile fields."""

    @property
    def is_missing(self) -> bool:
        """Whether the source said that it has no such work."""
        return self.reply.status == "missing"


def _hear(inquiry: Inquiry, source: SourceName, kind: str, value: str) -> _Heard:
    """Ask one source, and where its answer is too old for counts, for these too."""
    reply = inquiry.get(Query(source=source, kind=kind, value=value))
    return _Heard(reply, tuple(inquiry.side_by_side(partial(_current, inquiry, reply, r) for r in reply.records)))


def _hear_agency(inquiry: Inquiry, doi: str) -> list[_Heard]:
    """Ask the registration agency of a DOI; DataCite has some under prefixes that look like Crossref's."""
    if doi_text.agency_hint(doi) == "datacite":
        return [_hear(inquiry, "datacite", "doi", doi)]
    heard = _hear(inquiry, "crossref", "doi", doi)
    return [heard, _hear(inquiry, "datacite", "doi", doi)] if heard.is_missing else [heard]


def _current(inquiry: Inquiry, reply: Reply, record: Record) -> Record:
    """Return a record with fresh volatile fields, asking for these where they are too old."""
    query = None
    if record.source == "openalex" and record.ids.openalex:
        query = Query(source="openalex", kind="volatile", value=record.ids.openalex)
    elif record.source == "crossref" and record.ids.doi:
        query = Query(source="crossref", kind="volatile", value=record.ids.doi)
    newer = inquiry.volatile(reply, query) if query else None
    return _with_volatile(record, newer, _memory(inquiry, record)) if newer else record


def find_doi(inquiry: Inquiry, doi: str) -> Lookup:
    """Ask every source that should know a DOI, and return the records that bear it."""
    openalex, agency = inquiry.side_by_side(
        (lambda: [_hear(inquiry, "openalex", "doi", doi)], lambda: _hear_agency(inquiry, doi))
    )
    heard = [*openalex, *agency]
    is_missing = all(one.is_missing for one in heard)
    registrar = inquiry.get(Query(source="doira", kind="doi", value=doi)) if is_missing else None
    ours = OURS.get(registrar.agency or "") if registrar else None
    if ours is not None:
        # The agency registered the DOI and says that it has not: that is no absence but a lapse.
        inquiry.ask_again(Query(source=ours, kind="doi", value=doi))
    return Lookup(
        records=tuple(r for one in heard for r in one.records if doi in (r.ids.doi, _arxiv_doi(r))),
        is_absent=registrar is not None and registrar.status != "failed" and ours is None,
        agency=registrar.agency if registrar else None,
    )


def find_agency(inquiry: Inquiry, doi: str) -> Lookup:
    """Ask only the registration agency of a DOI."""
    heard = _hear_agency(inquiry, doi)
    return Lookup(records=tuple(record for one in heard for record in one.records if record.ids.doi == doi))


def find_arxiv(inquiry: Inquiry, arxiv_id: str) -> Lookup:
    """Ask for an arXiv id by its DOI and by its landing pages, side by side."""
    doi = arxiv_text.doi(arxiv_id)
    asks: tuple[tuple[SourceName, str, str], ...]
    asks = (("openalex", "doi", doi), ("datacite", "doi", doi), ("openalex", "arxiv", arxiv_id))
    heard = inquiry.side_by_side(partial(_hear, inquiry, *ask) for ask in asks)
    records: dict[tuple[str, str | None], Record] = {}
    for record in (record for one in heard for record in one.records):
        if arxiv_id == record.ids.arxiv or doi == record.ids.doi:
            records.setdefault((record.source, record.ids.openalex or record.ids.doi), record)
    return Lookup(records=tuple(records.values()), is_absent=all(one.is_missing for one in heard))


def find_openalex(inquiry: Inquiry, kind: str, value: str) -> Lookup:
    """Ask OpenAlex by its own id, a PMID, a PMCID or a landing page."""
    heard = _hear(inquiry, "openalex", kind, value)
    return Lookup(records=heard.records, is_absent=heard.is_missing)


def find_pii(inquiry: Inquiry, pii: str) -> Lookup:
    """Ask Crossref by the publisher's item identifier; only records that carry it count."""
    heard = _hear(inquiry, "crossref", "pii", pii)
    return Lookup(records=tuple(r for r in heard.records if r.ids.pii == pii), is_absent=heard.is_missing)


def _arxiv_doi(record: Record) -> str | None:
    return arxiv_text.doi(record.ids.arxiv) if record.ids.arxiv else None
