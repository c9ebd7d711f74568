"""The work that an entry turned out to be, while its conversation goes on.

in -> out: records of one or two versions -> `Work`, the identity version apart from its preprint. The rule of identity
is design.md's: the published version where that is proven, else the preprint.
"""

from typing import Literal

import msgspec

from pipeline.model import Candidate, Ids, Method, Record, Status, Version
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Records of the identity version and of its preprint, with how they were found."""

    status: Status
    method: Method
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    preprints: tuple[Record, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def with_evidence(self, *more: str) -> "Work":
        """Add evidence that is not there yet."""
        new = tuple(text for text in more if text and text not in self.evidence)
        return msgspec.structs.replace(self, evidence=(*self.evidence, *new)) if new else self


def is_preprint(record: Record) -> bool:
    """Return whether a record speaks of a preprint: an arXiv DOI, or no publisher's DOI and a preprint's type."""
    if record.ids.doi is None:
        return record.type == "preprint" and not any(version.kind == "published" for version in record.versions)
    return doi_text.is_arxiv(record.ids.doi) or record.type == "preprint"


def as_preprint(record: Record) -> Record:
    """Return what a merged OpenAlex work proves about the preprint that it holds: that it exists, under its title.

    Its DOI, venue, authors and counts may be those of another paper (polluted records), so they wait for the agency.
    """
    assert record.ids.arxiv is not None
    year = arxiv_text.year(record.ids.arxiv)
    ids = Ids(doi=arxiv_text.doi(record.ids.arxiv), arxiv=record.ids.arxiv)
    years = (year,) if year else ()
    return Record(source=record.source, title=record.title, type="preprint", year=year, years=years, ids=ids)


def identity_doi(records: tuple[Record, ...]) -> str | None:
    """Return the one DOI that the records of a version bear, the registration agency's first."""
    ranked = sorted(records, key=lambda record: record.source == "openalex")
    return next((record.ids.doi for record in ranked if record.ids.doi), None)


def merged_ids(records: tuple[Record, ...], preprints: tuple[Record, ...], arxiv: str | None) -> Ids:
    """Collect the identifiers of the identity version; an arXiv id belongs to it only when its preprint is proven."""
    doi = identity_doi(records)
    if doi is None and arxiv is not None and all(is_preprint(record) for record in records):
        doi = arxiv_text.doi(arxiv)
    told = [record.ids for record in records]
    found = {
        scheme: next(filter(None, [getattr(ids, scheme) for ids in told]), None)
        for scheme in ("pmid", "pmcid", "pii", "ieee", "openreview", "acl")
    }
    works = [record for record in records if record.source == "openalex"]
    if doi is None or doi_text.is_arxiv(doi):  # OpenAlex keeps a preprint and its DOI-less publication as one work
        works += [
            r for r in preprints if r.source == "openalex" and (r.ids.doi is None or doi_text.is_arxiv(r.ids.doi))
        ]
    openalex = next((record.ids.openalex for record in works), None)
    proven = arxiv or next((r.ids.arxiv for r in preprints if r.ids.arxiv), None)
    return Ids(doi=doi, arxiv=proven, openalex=openalex, **found)


def versions(records: tuple[Record, ...], preprints: tuple[Record, ...], ids: Ids) -> tuple[Version, ...]:
    """List the versions that are proven: the identity version first, then its preprint."""
    listed = []
    if records:
        kind: Literal["preprint", "published"] = (
            "preprint" if all(is_preprint(record) for record in records) else "published"
        )
        years = [record.year for record in records if record.year and record.source != "openalex"]
        years += [record.year for record in records if record.year]
        pages = (url for record in records for url in record.landing_urls if kind == "preprint" or not _is_arxiv(url))
        url = None if ids.doi else next(pages, None)
        listed.append(Version(kind=kind, doi=ids.doi, url=url or _doi_url(ids.doi), year=years[0] if years else None))
    if preprints and not all(is_preprint(record) for record in records):
        doi = identity_doi(preprints) or (arxiv_text.doi(ids.arxiv) if ids.arxiv else None)
        year = next((record.year for record in preprints if record.year), None)
        url = arxiv_text.url(ids.arxiv) if ids.arxiv else _doi_url(doi)
        listed.append(Version(kind="preprint", doi=doi, url=url, year=year))
    return tuple(listed)


def _is_arxiv(url: str) -> bool:
    return bool(arxiv_text.find(url))


def _doi_url(doi: str | None) -> str | None:
    return f"https://doi.org/{doi}" if doi else None
