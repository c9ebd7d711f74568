"""The records that a stand-in holds: its own, a folder's, or invented ones in any number.

in -> out: `records/*.json`, `Facts`, JSON values or a folder of JSON lines -> `Records`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tests.services.corpus import Corpus, load_lines
from tests.services.crossref.filters import INDEXED
from tests.services.datacite import doi_of
from tests.services.shapes import crossref, datacite, openalex
from tests.services.shapes.facts import Facts

FOLDER = Path(__file__).parent / "records"


@dataclass
class Records:
    """What each service knows."""

    openalex: Corpus = field(default_factory=lambda: Corpus(()))
    crossref: Corpus = field(default_factory=lambda: Corpus(()))
    datacite: Corpus = field(default_factory=lambda: Corpus(()))
    merged: dict[str, str] = field(default_factory=dict)
    """OpenAlex id of a work that was merged away -> id of the work it is now."""
    foreign: dict[str, str] = field(default_factory=dict)
    """DOIs that other agencies registered -> agency."""

    def agency(self, doi: str) -> str | None:
        """Return who registered a DOI, given in lower case: `crossref`, `datacite`, `medra`, ..., None for nobody."""
        if doi in self.crossref.index("doi", INDEXED["doi"][0]):
            return "crossref"
        if doi in self.datacite.index("doi", lambda record: [doi_of(record)]):
            return "datacite"
        return self.foreign.get(doi)

    def __add__(self, other: "Records") -> "Records":
        return Records(
            Corpus(self.openalex.raws + other.openalex.raws),
            Corpus(self.crossref.raws + other.crossref.raws),
            Corpus(self.datacite.raws + other.datacite.raws),
            self.merged | other.merged,
            self.foreign | other.foreign,
        )


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper, and what is odd about its records."""

    case: str = "plain"
    facts: Facts
    crossref: dict[str, Any] | None = {}
    """Fields that differ from what the facts give, null to leave one out; null in all: no record."""
    openalex: dict[str, Any] | None = {}
    """The same for the first work, but null is a value there."""
    datacite: dict[str, Any] = {}
    """The same for the attributes."""
    authors_count: int = 0
    """Makes so many invented authors."""
    merged_ids: tuple[str, ...] = ()
    """Ids of works that OpenAlex merged into this one."""
    agency: str | None = None
    """Registered there, and unknown to all services but doi.org."""

    def paper(self) -> Facts:
        """Return the facts, with the invented authors."""
        if not self.authors_count:
            return self.facts
        authors = tuple((f"Given{n}", f"Family{n}") for n in range(1, self.authors_count + 1))
        return msgspec.structs.replace(self.facts, authors=authors)


def from_values(
    *,
    openalex: Iterable[Any] = (),
    crossref: Iterable[Any] = (),
    datacite: Iterable[Any] = (),
    merged: dict[str, str] | None = None,
    foreign: dict[str, str] | None = None,
) -> Records:
    """Return records given as JSON values in the services' own shapes."""
    return Records(
        Corpus(map(msgspec.json.encode, openalex)),
        Corpus(map(msgspec.json.encode, crossref)),
        Corpus(map(msgspec.json.encode, datacite)),
        merged or {},
        foreign or {},
    )


def from_facts(papers: Iterable[Facts]) -> Records:
    """Return the records that the services would have of these papers."""
    return from_cases([Case(facts=facts) for facts in papers])


def from_cases(cases: Sequence[Case]) -> Records:
    """Return the records of papers with oddities."""
    known = [case for case in cases if case.agency is None]
    return from_values(
        openalex=(work for case in known for work in _works(case)),
        crossref=(record for case in known for record in _crossref_record(case)),
        datacite=(resource for case in known for resource in _resource(case)),
        merged={old: f"W99{case.facts.number:08d}" for case in known for old in case.merged_ids},
        foreign={str(case.facts.doi): case.agency for case in cases if case.agency},
    )


def _works(case: Case) -> list[dict[str, Any]]:
    if case.openalex is None:
        return []
    first, *others = openalex.works(case.paper()) or [{}]
    return [first | case.openalex, *others] if first else []


def _crossref_record(case: Case) -> list[dict[str, Any]]:
    facts = case.paper()
    if case.crossref is None or facts.is_preprint or not facts.doi:
        return []
    record = crossref.work(facts) | case.crossref
    return [{name: value for name, value in record.items() if value is not None}]


def _resource(case: Case) -> list[dict[str, Any]]:
    facts = case.paper()
    if not facts.arxiv:
        return []
    resource = datacite.resource(facts)
    return [{**resource, "attributes": resource["attributes"] | case.datacite}]


def load_folder(folder: Path) -> Records:
    """Read `openalex.jsonl`, `crossref.jsonl` and `datacite.jsonl`, each perhaps with `.gz`, each perhaps missing."""
    return Records(
        Corpus(load_lines(folder / "openalex.jsonl")),
        Corpus(load_lines(folder / "crossref.jsonl")),
        Corpus(load_lines(folder / "datacite.jsonl")),
    )


def load_cases(name: str) -> tuple[Case, ...]:
    """Read one table of `records/`: `listed` holds facts, the others cases."""
    text = (FOLDER / f"{name}.json").read_bytes()
    if name == "listed":
        return tuple(Case(facts=facts) for facts in msgspec.json.decode(text, type=tuple[Facts, ...]))
    return msgspec.json.decode(text, type=tuple[Case, ...])


def own_records(*, look_alikes: bool = False) -> Records:
    """Return the listed papers and the difficult inventions, with look-alikes if asked."""
    names = ("listed", "difficulties", *(["look_alikes"] if look_alikes else []))
    return from_cases([case for name in names for case in load_cases(name)])
