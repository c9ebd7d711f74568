"""Laws of merging and of the choice among candidates: they hang on what was said, and not on who spoke first.

Everything here is invented; the words are few, so that titles, names and venues often agree in part.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Affiliation, Author, Entry, Ids, Notice, OpenAccess, Paper, Record, Resolution
from pipeline.stages.matching.match import Judge, Match
from pipeline.stages.merging.merge import merge
from pipeline.stages.resolving.inquiry import Resolved
from tests.laws.law import LAW
from tests.stages.dialogue import DOI, TITLE, TODAY, case, entry

WORDS = (
    "folding", "proteins", "networks", "deep", "2d", "3d", "part", "ii", "not", "protien", "a", "learning:", "of",
    "without", "colour", "color",
)  # fmt: skip
UNRELATED = "Zebra husbandry under quarantine"
PEOPLE = tuple(
    Author(given=given, family=family)
    for given, family in (("Ada", "Example"), ("A.", "Example"), ("Ben", "Sample"), ("Li", "Wang"), ("Lu", "Wang"))
)
VENUES = ("Journal of Invented Results", "J. Invented Results", "Annals of Nowhere", "NeurIPS", "arXiv", None)
titles = st.one_of(st.just(TITLE), st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join))
people = st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True).map(tuple)
years = st.sampled_from([None, 2019, 2020, 2021, 2022])
dated = years.map(lambda year: {"year": year, "years": (year,) if year else (), "date": str(year) if year else None})


def maybe(values: st.SearchStrategy[Any], empty: object = None) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(empty), values)


_BIBLIOGRAPHIC: dict[str, st.SearchStrategy[Any]] = {
    "title": st.one_of(st.just(TITLE), titles),
    "authors": people,
    "authors_complete": st.booleans(),
    "type": st.sampled_from(["article", "inproceedings", "misc", "book"]),
    "venue": st.sampled_from(VENUES),
    "volume": maybe(st.sampled_from(["7", "8"])),
    "issue": maybe(st.just("2")),
    "pages": maybe(st.sampled_from(["7-16", "e12"])),
    "publisher": maybe(st.sampled_from(["Press", "Other Press"])),
    "issn": maybe(st.just(("1234-5679",)), ()),
    "language": maybe(st.sampled_from(["en", "de"])),
}
_OF_SOURCE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "crossref": {
        "citation_count": st.integers(0, 3),
        "abstract": maybe(st.just("Words of the agency.")),
        "retracted": st.booleans(),
        "notices": maybe(st.just((Notice(kind="correction", doi="10.5555/erratum"),)), ()),
    },
    "openalex": {
        "citation_count": st.integers(0, 3),
        "citations_by_year": maybe(st.just((("2021", 2),)), ()),
        "abstract": maybe(st.just("Words.")),
        "topics": maybe(st.just(("Folding",)), ()),
        "keywords": maybe(st.just(("folding",)), ()),
        "retracted": st.booleans(),
        "open_access": maybe(st.just(OpenAccess(status="green", url="https://example.org/copy")), OpenAccess()),
    },
    "datacite": {"keywords": maybe(st.just(("cs.CV",)), ()), "abstract": maybe(st.just("Other words."))},
    "known": {},
}
"""Only what a source can say at all."""


def record(source: str) -> st.SearchStrategy[Record]:
    """What one source may say of the work that the row's link names."""
    ids = Ids(doi=DOI, openalex="W99" if source == "openalex" else None)

    def build(fields: dict[str, Any], day: dict[str, Any]) -> Record:
        if source == "openalex":
            there = (Affiliation(name="Invented Institute"),)
            fields["authors"] = tuple(msgspec.structs.replace(one, affiliations=there) for one in fields["authors"])
        return Record(source=source, ids=ids, **fields, **day)  # type: ignore[arg-type]

    return st.builds(build, st.fixed_dictionaries(_BIBLIOGRAPHIC | _OF_SOURCE[source]), dated)


answers = st.tuples(*(maybe(record(source)) for source in ("crossref", "openalex", "datacite"))).map(
    lambda some: [one for one in some if one is not None]
)
ROW = entry(url=f"https://doi.org/{DOI}")


def merged(
    records: Sequence[Record], *, old: Paper | None = None, known: Record | None = None, silent: Collection[str] = ()
) -> Paper:
    """The paper that a run writes, as the next one reads it."""
    end = Resolved(
        case=case(ROW, old=old, known=known), status="exact", resolution=Resolution(), ids=Ids(doi=DOI),
        records=tuple(records), failures=tuple((source, "2026-11-15") for source in sorted(silent)),
    )  # fmt: skip
    return msgspec.json.decode(msgspec.json.encode(merge(end, TODAY)), type=Paper)


def known_values(paper: Paper) -> Mapping[str, object]:
    """What is known of a paper, its issues and its staleness apart."""
    told: dict[str, Any] = msgspec.to_builtins(paper)
    return {name: value for name, value in told.items() if name not in ("issues", "stale_since", "sources")}


@LAW
@given(answers, maybe(record("known")), st.randoms(use_true_random=False))
def test_merging_does_not_hang_on_who_answered_first(
    records: list[Record], known: Record | None, chance: random.Random
) -> None:
    mixed = records.copy()
    chance.shuffle(mixed)
    assert merged(records, known=known) == merged(mixed, known=known)


@LAW
@given(answers, maybe(record("known")))
def test_merging_again_changes_nothing(records: list[Record], known: Record | None) -> None:
    first = merged(records, known=known)
    assert merged(records, old=first, known=known) == first


@LAW
@given(answers, maybe(record("known")), st.sets(st.sampled_from(["crossref", "openalex", "datacite"])))
def test_silence_loses_nothing(records: list[Record], known: Record | None, silent: set[str]) -> None:
    first = merged(records, known=known)
    heard = [one for one in records if one.source not in silent]
    again = merged(heard, old=first, known=known, silent=silent)
    assert known_values(again) == known_values(first)


# The choice among candidates

candidates = st.builds(
    lambda source, doi, title, authors, day, venue: Record(
        source=source, title=title, authors=authors, venue=venue, type="article", raw_type="journal-article",
        ids=Ids(doi=f"10.5555/{doi}", openalex=f"W{doi}" if source == "openalex" else None), **day,
    ),
    st.sampled_from(["crossref", "openalex"]), st.integers(1, 4), titles, people, dated, st.sampled_from(VENUES),
)  # fmt: skip
rows = st.builds(
    lambda title, authors, year, venue: Entry(
        line=3, title=title, authors=tuple(f"{one.given} {one.family}" for one in authors), year=year, venue=venue
    ),
    titles, people, years, st.sampled_from(VENUES),
)  # fmt: skip
found = st.lists(candidates, max_size=4, unique_by=lambda one: (one.source, one.ids.doi))


def decided(row: Entry, records: Sequence[Record]) -> tuple[str, str | None]:
    """The outcome and the work that was chosen."""
    match: Match = Judge(row).choose(records)
    return match.outcome, match.records[0].ids.doi if match.records else None


@LAW
@given(rows, found, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(row: Entry, records: list[Record], chance: random.Random) -> None:
    mixed = records.copy()
    chance.shuffle(mixed)
    assert decided(row, mixed) == decided(row, records)


@LAW
@given(rows, found)
def test_an_unrelated_candidate_changes_no_decision(row: Entry, records: list[Record]) -> None:
    other = Record(
        source="crossref", title=UNRELATED, authors=(Author(given="Zoe", family="Zorn"),), year=2021, years=(2021,),
        venue="Farming Today", type="article", raw_type="journal-article", ids=Ids(doi="10.5555/zebra"),
    )  # fmt: skip
    assert decided(row, [*records, other]) == decided(row, records)
    assert decided(row, [other, *records]) == decided(row, records)


@LAW
@given(rows, candidates, st.randoms(use_true_random=False))
def test_the_order_of_authors_decides_no_match_away(row: Entry, one: Record, chance: random.Random) -> None:
    """Of one work: between namesakes the order is a witness."""
    mixed = msgspec.structs.replace(one, authors=tuple(chance.sample(one.authors, len(one.authors))))
    assert decided(row, [mixed]) == decided(row, [one])
