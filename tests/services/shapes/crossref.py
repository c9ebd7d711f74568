"""How Crossref says it.

in -> out: `Facts` -> the message of `/works/{doi}`, without `score`, which the service adds.
"""

from typing import Any

from tests.services.shapes.facts import Facts

Record = dict[str, Any]
TYPES = {"article": "journal-article", "inproceedings": "proceedings-article", "chapter": "book-chapter"}
MEMBERS = {"10.1007": "297", "10.1016": "78", "10.1109": "263", "10.1038": "297", "10.5555": "0"}
DEPOSITED = {"date-parts": [[2026, 10, 1]], "date-time": "2026-10-01T00:00:00Z", "timestamp": 1790812800000}


def work(facts: Facts) -> Record:
    """Return the record of a paper that has a DOI of Crossref's."""
    assert facts.doi is not None
    prefix = facts.doi.split("/")[0]
    issued = {"date-parts": [[facts.year]]}
    containers = [c for c in (facts.series if facts.type == "chapter" else None, facts.container) if c]
    pages = (facts.pages or "").replace("–", "-")
    record: Record = {
        "indexed": DEPOSITED, "reference-count": 0, "publisher": facts.publisher, "issue": facts.issue,
        "content-domain": {"domain": [], "crossmark-restriction": False}, "short-container-title": [],
        "published-print": issued, "DOI": facts.doi, "type": TYPES[facts.type], "created": DEPOSITED,
        "page": pages or None, "source": "Crossref", "is-referenced-by-count": facts.referenced,
        "title": [facts.title], "prefix": prefix, "volume": facts.volume, "author": _authors(facts),
        "member": MEMBERS.get(prefix, "0"), "container-title": containers, "original-title": [],
        "deposited": DEPOSITED, "resource": {"primary": {"URL": _page(facts)}}, "subtitle": [], "short-title": [],
        "issued": issued, "ISBN": [facts.isbn.replace("-", "")] if facts.isbn else None, "references-count": 0,
        "alternative-id": [facts.pii] if facts.pii else None, "URL": f"https://doi.org/{facts.doi}", "relation": {},
        "ISSN": list(facts.issn) or None, "issn-type": [{"value": v, "type": "print"} for v in facts.issn[:1]] or None,
        "subject": [], "published": issued, "article-number": pages if facts.pii and pages.isdigit() else None,
    }  # fmt: skip
    return {k: v for k, v in record.items() if v is not None and not (k == "author" and not v)}


def _authors(facts: Facts) -> list[Record]:
    return [
        {"given": given, "family": family, "sequence": "additional" if n else "first", "affiliation": []}
        for n, (given, family) in enumerate(facts.authors)
    ]


def _page(facts: Facts) -> str:
    if facts.document:
        return f"https://ieeexplore.ieee.org/document/{facts.document}/"
    if facts.pii:
        return f"https://linkinghub.elsevier.com/retrieve/pii/{facts.pii}"
    return facts.link or f"https://doi.org/{facts.doi}"
