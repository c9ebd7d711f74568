"""What makes real records heavy: abstracts, affiliations, topics, references, licences. All of it is invented.

in -> out: facts -> a `Case` whose records are as large as real ones, which are several kB each: with the fields that we
select, 9.4 kB from OpenAlex and 3.8 kB from Crossref on average.
"""

import random
from typing import Any

from tests.services.library import Case
from tests.services.shapes import crossref, openalex
from tests.services.shapes.facts import Facts

TEXT = """
    the of and in a to with for is that are on by as an image images method methods results model models learning data
    clinical patients segmentation training performance network networks study approach diagnosis features deep propose
    self-supervised annotated contrastive volumes classification accuracy compared using we our from this which can be
"""
WORDS = tuple(TEXT.split())
ABSTRACT_WORDS = 140
REFERENCES = 30
INSTITUTIONS = 600
TOPICS = 200


def weighed_down(facts: Facts) -> Case:
    """Return a paper whose records hold all that."""
    chance = random.Random(facts.number)
    abstract = [chance.choice(WORDS) for _ in range(ABSTRACT_WORDS)]
    homes = [chance.randrange(INSTITUTIONS) for _ in facts.authors]
    works = openalex.works(facts)
    work = _openalex(works[0], abstract, homes, chance) if works else {}
    return Case(facts=facts, openalex=work, crossref=_crossref(facts, abstract, homes) if facts.doi else {})


def _institution(number: int) -> str:
    return f"Department of Invented Imaging {number}, University of Nowhere {number % 97}"


def _openalex(work: dict[str, Any], abstract: list[str], homes: list[int], chance: random.Random) -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for position, word in enumerate(abstract):
        index.setdefault(word, []).append(position)
    return {
        "authorships": [_authorship(one, home) for one, home in zip(work["authorships"], homes, strict=True)],
        "topics": [_topic(chance.randrange(TOPICS)) for _ in range(3)],
        "keywords": [_keyword(chance.randrange(TOPICS)) for _ in range(6)],
        "abstract_inverted_index": index,
        "referenced_works": [f"https://openalex.org/W{chance.randrange(10**9, 4 * 10**9)}" for _ in range(REFERENCES)],
        "counts_by_year": [{"year": year, "cited_by_count": chance.randrange(40)} for year in range(2019, 2027)],
    }


def _authorship(one: dict[str, Any], home: int) -> dict[str, Any]:
    name, url = _institution(home), f"https://openalex.org/I{home:09d}"
    place = {"id": url, "display_name": name, "ror": f"https://ror.org/0{home:06d}00", "country_code": "US",
             "type": "education", "lineage": [url]}  # fmt: skip
    author = one["author"] | {"orcid": f"https://orcid.org/0000-0002-1825-{home:04d}" if home % 3 else None}
    return one | {
        "author": author, "institutions": [place], "countries": ["US"],
        "raw_affiliation_strings": [f"{name}, Street {home}, 12345 Nowhere, Utopia"],
        "affiliations": [{"raw_affiliation_string": f"{name}, Street {home}, 12345 Nowhere, Utopia",
                          "institution_ids": [url]}],
    }  # fmt: skip


def _topic(number: int) -> dict[str, Any]:
    parts = ("subfield", "field", "domain")
    named = {
        part: {"id": f"https://openalex.org/{part}s/{number}", "display_name": f"{part} {number}"} for part in parts
    }
    return {"id": f"https://openalex.org/T{number}", "display_name": f"Invented topic {number}", "score": 0.9, **named}


def _keyword(number: int) -> dict[str, Any]:
    return {"id": f"https://openalex.org/keywords/k-{number}", "display_name": f"Keyword {number}", "score": 0.5}


def _crossref(facts: Facts, abstract: list[str], homes: list[int]) -> dict[str, Any]:
    authors = crossref.work(facts)["author"] if facts.authors else []
    url = f"https://doi.org/{facts.doi}"
    date = {"date-parts": [[facts.year, 3, 1]], "date-time": f"{facts.year}-03-01T00:00:00Z", "timestamp": 0}
    return {
        "author": [one | {"affiliation": [{"name": f"{_institution(home)}, Street {home}, 12345 Nowhere, Utopia"}]}
                   for one, home in zip(authors, homes, strict=True)],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{' '.join(abstract)}</jats:p>",
        "license": [{"start": date, "content-version": version, "delay-in-days": 0,
                     "URL": "https://creativecommons.org/licenses/by/4.0/"} for version in ("vor", "tdm")],
        "link": [{"URL": f"{url}.{kind}", "content-type": f"text/{kind}", "content-version": "vor",
                  "intended-application": "text-mining"} for kind in ("pdf", "xml", "html")],
        "assertion": [{"value": f"{day} March {facts.year}", "order": day, "name": name, "label": name.title(),
                       "group": {"name": "history", "label": "Article History"}}
                      for day, name in enumerate(("received", "accepted", "published"), start=1)],
        "alternative-id": [str(facts.number)],
    }  # fmt: skip
