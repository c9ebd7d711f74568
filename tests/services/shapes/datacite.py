"""How DataCite says it: the preprint's own DOI.

in -> out: `Facts` with an arXiv id -> the resource of `/dois/{doi}`.
"""

from typing import Any

from tests.services.shapes.facts import Facts


def resource(facts: Facts) -> dict[str, Any]:
    """Return the record of the preprint; like arXiv's own, it names no published version."""
    doi = facts.arxiv_doi
    creators = [
        {"name": f"{family}, {given}", "nameType": "Personal", "givenName": given, "familyName": family,
         "affiliation": [], "nameIdentifiers": []}
        for given, family in facts.authors
    ]  # fmt: skip
    attributes = {
        "doi": doi, "prefix": "10.48550", "suffix": f"arxiv.{facts.arxiv}", "identifiers": [], "creators": creators,
        "titles": [{"title": facts.title}], "publisher": "arXiv", "container": {}, "publicationYear": facts.arxiv_year,
        "subjects": [], "contributors": [], "dates": [{"date": str(facts.arxiv_year), "dateType": "Issued"}],
        "language": None, "types": {"ris": "GEN", "bibtex": "misc", "citeproc": "article", "schemaOrg": "CreativeWork",
                                    "resourceType": "Article", "resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [], "version": "1", "rightsList": [], "descriptions": [],
        "url": f"https://arxiv.org/abs/{facts.arxiv}", "state": "findable", "citationCount": 0,
    }  # fmt: skip
    return {"id": doi, "type": "dois", "attributes": attributes, "relationships": {}}
