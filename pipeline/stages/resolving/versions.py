"""Preprint and published version: finding the other one, with proof.

in -> out: a `Work` -> the same work with its published version as identity, or with its preprint kept beside it. The
proof is `match.is_same_work` between records of two sources; one source's assertion alone moves nothing.
"""

from itertools import product

import msgspec

from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Age, Query, Record
from pipeline.stages.matching import match
from pipeline.stages.resolving import lookup
from pipeline.stages.resolving.inquiry import Inquiry
from pipeline.stages.resolving.work import Work, is_preprint
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text

HOSTS_WITHOUT_DOIS = frozenset(
    {
        "proceedings.mlr.press", "jmlr.org", "papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc",
        "openreview.net", "openaccess.thecvf.com", "aclanthology.org", "ojs.aaai.org", "ecva.net",
        "roboticsproceedings.org",
    }
)  # fmt: skip
"""Hosts of venues whose pages give no DOI away."""


def with_published(inquiry: Inquiry, work: Work) -> Work:
    """Make the published version the identity where two sources prove it."""
    if not work.records or not all(is_preprint(record) for record in work.records):
        return work
    for doi in _asserted_dois(inquiry, work):
        proven = _proven_publication(inquiry, work, lookup.find_doi(inquiry, doi).records)
        if proven is not None:
            return proven
    merged = _published_without_doi(work)
    if merged is not None:
        return merged
    known = inquiry.case.known
    if known is not None and known.ids.doi is None and known.type not in (None, "preprint", "misc"):
        return _known_publication(work, known)
    return _searched_publication(inquiry, work)


def with_preprint(inquiry: Inquiry, work: Work) -> Work:
    """Keep the preprint of a published work beside it where two sources prove it."""
    if not work.records or work.preprints or all(is_preprint(record) for record in work.records):
        return work
    for doi in _preprint_dois(inquiry, work):
        preprints = tuple(record for record in _preprint_records(inquiry, work, doi) if is_preprint(record))
        evidence = _proof(preprints, work.records)
        if evidence:
            return msgspec.structs.replace(work, preprints=preprints).with_evidence(f"preprint {doi}: {evidence}")
    return work


def _preprint_records(inquiry: Inquiry, work: Work, doi: str) -> tuple[Record, ...]:
    """Beside OpenAlex's record of the publication, the agency's record of the preprint is proof enough."""
    if any(record.source == "openalex" for record in work.records):
        found = lookup.find_agency(inquiry, doi)
        if found.records:
            return found.records
    return lookup.find_doi(inquiry, doi).records


def _proof(preprints: tuple[Record, ...], published: tuple[Record, ...]) -> str | None:
    for one, other in product(preprints, published):
        if one.source != other.source:
            is_same, evidence = match.is_same_work(one, other)
            if is_same:
                return evidence
    return None


def _asserted_dois(inquiry: Inquiry, work: Work) -> tuple[str, ...]:
    """DOIs that known.bib, any record or the row's other links name as the published version."""
    known = inquiry.case.known
    claims = [known.ids.doi] if known else []  # first: it outranks what the sources claim
    claims += [record.ids.doi for record in work.preprints]
    claims += [v.doi for record in (*work.records, *work.preprints) for v in record.versions if v.kind == "published"]
    claims += [identifier.value for identifier in inquiry.case.identifiers if identifier.scheme == "doi"]
    own = {record.ids.doi for record in work.records}
    usable = (doi for doi in claims if doi and doi not in own and not doi_text.is_arxiv(doi))
    return tuple(
        dict.fromkeys(doi for doi in usable if not doi_text.is_denied(doi) and doi not in inquiry.case.decision.denied)
    )


def _proven_publication(inquiry: Inquiry, work: Work, records: tuple[Record, ...]) -> Work | None:
    published = tuple(record for record in records if not is_preprint(record))
    # A claim is a merged record: it bears the preprint's page and the publisher's DOI, so the other source must agree.
    agency = tuple(record for record in published if record.source != "openalex")
    evidence = _proof((*work.records, *work.preprints), agency)
    if evidence is None or not any(inquiry.judge.exact(record).accepted for record in published):
        return None
    return None if inquiry.is_contradicted_by_known(published) else _published(work, published, evidence)


def _published(work: Work, published: tuple[Record, ...], evidence: str) -> Work:
    preprints = tuple(record for record in (*work.records, *work.preprints) if is_preprint(record))
    doi = next((record.ids.doi for record in published if record.ids.doi), "without a DOI")
    return msgspec.structs.replace(work, records=published, preprints=preprints).with_evidence(
        f"published version {doi}: {evidence}"
    )


def _published_without_doi(work: Work) -> Work | None:
    """A merged OpenAlex work with the paper's page at a venue that mints no DOIs, which the preprint's agency confirms.

    No agency can speak for such venues, so the page at the venue's own host and the agency's record of the preprint are
    the two sources.
    """
    for record in (*work.records, *work.preprints):
        hosts = {normalise_link(url).partition("/")[0] for url in record.landing_urls}
        if record.source == "openalex" and not is_preprint(record) and hosts & HOSTS_WITHOUT_DOIS:
            preprints = tuple(other for other in work.records if is_preprint(other))
            evidence = _proof(preprints, (record,))
            if evidence and record.ids.doi is None:
                return _published(work, (record,), evidence)
    return None


def _known_publication(work: Work, known: Record) -> Work:
    """Published without a DOI, and known.bib says so: its facts are the identity's, the records are the preprint's."""
    both = (*work.records, *work.preprints)
    claims = tuple(record for record in both if record.ids.doi is None and not is_preprint(record))
    return _published(work, (*claims, known), "known.bib")


def _searched_publication(inquiry: Inquiry, work: Work) -> Work:
    """Look for the published version by title and authors, at a pace that falls with the preprint's age."""
    if not any(record.authors for record in work.records):
        return work  # nobody's names to compare: a search could prove nothing, and would start a pause
    fresh, old = inquiry.freshness, inquiry.case.old
    pause = fresh.preprint_pause(_submitted(work))
    waited = fresh.days_since(old.resolution.searched) if old is not None and old.status != "linked" else float("inf")
    if waited <= pause and not inquiry.case.row_changed:
        return work
    title = next((record.title for record in work.records if record.title), inquiry.case.entry.title)
    people = next((record.authors for record in work.records if record.authors), ())
    families = [author.family or author.literal or "" for author in people[:2]]
    query = Query(source="crossref", kind="search", value=" ".join((title_text.safe_words(title), *families)).strip())
    age = fresh.shortened(pause, query)
    reply = inquiry.get(query, lambda _: Age(found_days=age, missing_days=age))
    if reply.at is not None and reply.status != "failed":
        inquiry.searched = max(inquiry.searched or "", reply.at[:10])
    proven: dict[str, Record] = {}
    for record in reply.records:
        doi = record.ids.doi
        if doi and not is_preprint(record) and not record.notice_of and not doi_text.is_denied(doi):
            evidence = _proof(work.records, (record,))
            if evidence and doi not in inquiry.case.decision.denied:
                proven[doi] = record
    if len(proven) > 1:
        inquiry.note(
            "published-version-unclear",
            "Several published versions fit the preprint, so none was chosen: " + ", ".join(sorted(proven)) + ".",
        )
    if len(proven) != 1:
        return work
    found = lookup.find_doi(inquiry, next(iter(proven)))
    return _proven_publication(inquiry, work, found.records or tuple(proven.values())) or work


def _submitted(work: Work) -> tuple[int, int] | None:
    ids = next((record.ids.arxiv for record in work.records if record.ids.arxiv), None)
    if ids:
        return arxiv_text.submitted(ids)
    return next(((record.year, record.month or 1) for record in work.records if record.year), None)


def _preprint_dois(inquiry: Inquiry, work: Work) -> tuple[str, ...]:
    """DOIs of preprints that the row's links, the records or known.bib name."""
    known = inquiry.case.known
    ids = [identifier.value for identifier in inquiry.case.identifiers if identifier.scheme == "arxiv"]
    ids += [record.ids.arxiv for record in (*work.records, *((known,) if known else ())) if record.ids.arxiv]
    relations = [v.doi for record in work.records for v in record.versions if v.kind == "preprint" and v.doi]
    return tuple(dict.fromkeys((*(arxiv_text.doi(arxiv_id) for arxiv_id in ids), *relations)))
