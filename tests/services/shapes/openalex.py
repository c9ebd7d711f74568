"""How OpenAlex says it: one work, or a published work and a preprint that nobody merged.

in -> out: `Facts` -> works as `/works/{id}` sends them.
"""

from typing import Any

from tests.services.shapes.facts import Facts

Record = dict[str, Any]
ARXIV = {
    "id": "https://openalex.org/S4306400194", "display_name": "arXiv (Cornell University)", "issn_l": None,
    "issn": None, "is_oa": True, "is_in_doaj": False, "is_core": False, "host_organization": "https://openalex.org/I205783295",
    "host_organization_name": "Cornell University", "type": "repository",
}  # fmt: skip
RAW_TYPES = {"article": "journal-article", "inproceedings": "proceedings-article", "chapter": "book-chapter"}
TYPES = {"article": "article", "inproceedings": "conference-paper", "chapter": "book-chapter", "preprint": "preprint"}


def works(facts: Facts) -> list[Record]:
    """Return the one or two works of a paper."""
    if facts.shape == "crossref-only":
        return []
    if facts.is_preprint:
        return [_preprint(facts, _id(facts.number))]
    if facts.shape == "separate":
        return [_published(facts, [_publisher_location(facts)]), _preprint(facts, _id(facts.number, "7"))]
    locations = [_publisher_location(facts)]
    if facts.arxiv and facts.shape != "plain":
        locations += _arxiv_locations(facts)[: 1 if facts.shape == "no-doi" else 2]
    return [_published(facts, locations)]


def _id(number: int, kind: str = "9") -> str:
    return f"W9{kind}{number:08d}"


def _published(facts: Facts, locations: list[Record]) -> Record:
    first, _, last = (facts.pages or "").replace("–", "-").partition("-")
    biblio = {
        "volume": facts.volume,
        "issue": facts.issue,
        "first_page": first or None,
        "last_page": last or first or None,
    }
    kind = TYPES[facts.type]
    return _work(
        facts, _id(facts.number), doi=facts.doi, year=facts.year, kind=kind, locations=locations, biblio=biblio
    )


def _preprint(facts: Facts, identifier: str) -> Record:
    biblio = dict.fromkeys(("volume", "issue", "first_page", "last_page"))
    locations, doi = _arxiv_locations(facts), facts.arxiv_doi
    return _work(facts, identifier, doi=doi, year=facts.arxiv_year, kind="preprint", locations=locations, biblio=biblio)


def _work(
    facts: Facts, identifier: str, *, doi: str | None, year: int, kind: str, locations: list[Record], biblio: Record
) -> Record:
    url = f"https://openalex.org/{identifier}"
    doi_url = f"https://doi.org/{doi}" if doi else None
    free = next((place for place in locations if place["is_oa"]), None)
    access = {
        "is_oa": free is not None, "oa_status": "green" if free else "closed",
        "oa_url": free and (free["pdf_url"] or free["landing_page_url"]),
        "any_repository_has_fulltext": free is not None,
    }  # fmt: skip
    return {
        "id": url, "doi": doi_url, "title": facts.title, "display_name": facts.title, "publication_year": year,
        "publication_date": f"{year}-01-01", "ids": {"openalex": url} | ({"doi": doi_url} if doi_url else {}),
        "language": "en", "primary_location": locations[0], "type": kind, "indexed_in": _indexed_in(facts, doi),
        "open_access": access, "authorships": _authorships(facts), "institutions": [], "countries_distinct_count": 0,
        "institutions_distinct_count": 0, "corresponding_author_ids": [], "corresponding_institution_ids": [],
        "apc_list": None, "apc_paid": None, "fwci": None, "has_fulltext": False, "cited_by_count": facts.cited,
        "citation_normalized_percentile": None, "cited_by_percentile_year": None, "biblio": biblio,
        "is_retracted": False, "is_paratext": False, "is_xpac": facts.shape == "hidden", "primary_topic": None,
        "topics": [], "keywords": [], "concepts": [], "mesh": [], "locations_count": len(locations),
        "locations": locations, "best_oa_location": free, "sustainable_development_goals": [], "awards": [],
        "funders": [], "has_content": {"pdf": False, "grobid_xml": False}, "content_urls": None,
        "referenced_works_count": len(facts.cites),
        "referenced_works": [f"https://openalex.org/{_id(number)}" for number in facts.cites],
        "related_works": [], "abstract_inverted_index": None,
        "counts_by_year": _by_year(facts.cited), "updated_date": "2026-10-01T00:00:00.000000",
        "created_date": "2025-10-10T00:00:00",
    }  # fmt: skip


def _indexed_in(facts: Facts, doi: str | None) -> list[str]:
    if doi and doi == facts.doi and not facts.is_preprint:
        return ["crossref"]
    return ["arxiv", "datacite"] if doi else []


def _by_year(cited: int) -> list[Record]:
    """Spread an invented count over the last two years, in no order."""
    return [{"year": y, "cited_by_count": n} for y, n in ((2025, cited // 2), (2026, cited // 4)) if n]


def _authorships(facts: Facts) -> list[Record]:
    last = len(facts.authors) - 1
    return [
        {
            "author_position": "first" if n == 0 else "last" if n == last else "middle",
            "author": {"id": f"https://openalex.org/A99{facts.number:06d}{n:02d}", "display_name": f"{given} {family}",
                       "orcid": None},
            "institutions": [], "countries": [], "is_corresponding": False, "raw_author_name": f"{given} {family}",
            "raw_affiliation_strings": [], "raw_orcid": None, "affiliations": [],
        }
        for n, (given, family) in enumerate(facts.authors)
    ]  # fmt: skip


def _publisher_location(facts: Facts) -> Record:
    page = f"https://doi.org/{facts.doi}" if facts.doi else facts.link
    source = None if facts.shape in {"null-source", "no-doi"} else _source(facts)
    return {
        "id": f"doi:{facts.doi}" if facts.doi else f"mag:99{facts.number:08d}", "is_oa": False,
        "landing_page_url": page, "pdf_url": None, "source": source, "license": None, "license_id": None,
        "version": "publishedVersion", "is_accepted": True, "is_published": True, "raw_source_name": facts.container,
        "raw_type": RAW_TYPES.get(facts.type),
    }  # fmt: skip


def _source(facts: Facts) -> Record | None:
    name = facts.series if facts.type == "chapter" else facts.container
    if not name:
        return None
    kind = "journal" if facts.type == "article" else "book series" if facts.type == "chapter" else "conference"
    return {
        "id": f"https://openalex.org/S99{sum(map(ord, name)):08d}", "display_name": name,
        "issn_l": facts.issn[0] if facts.issn else None, "issn": list(facts.issn) or None, "is_oa": False,
        "is_in_doaj": False, "is_core": False, "host_organization": None, "host_organization_name": facts.publisher,
        "type": kind,
    }  # fmt: skip


def _arxiv_locations(facts: Facts) -> list[Record]:
    """Return the two forms under which OpenAlex knows an arXiv paper: its OAI page and its DataCite DOI."""
    common = {"is_oa": True, "source": ARXIV, "license": None, "license_id": None, "is_accepted": False}
    return [
        {"id": f"pmh:oai:arXiv.org:{facts.arxiv}", "landing_page_url": f"http://arxiv.org/abs/{facts.arxiv}",
         "pdf_url": f"https://arxiv.org/pdf/{facts.arxiv}", "version": "submittedVersion", "is_published": False,
         "raw_source_name": "", "raw_type": "text", **common},
        {"id": f"doi:{facts.arxiv_doi}", "landing_page_url": f"https://doi.org/{facts.arxiv_doi}", "pdf_url": None,
         "version": None, "is_published": None, "raw_source_name": None, "raw_type": "article-journal", **common},
    ]  # fmt: skip
