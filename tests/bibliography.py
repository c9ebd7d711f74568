"""Labelled rows as the bibliography of one field has them: authors, short venues, columns that recur every year.

in -> out: a seed -> rows, labels and the services' records. Unlike `tests/labelled.py` it has authors in any order,
venues named otherwise than in the records (`VLDB J.`, `SIGMOD Conference`), conference and journal version of one work,
columns and editorials that share a title, marks such as `(abstract)` on one side. The venues are real; no paper is.
"""

import random
from collections.abc import Iterator

import msgspec

from tests.services import Facts, Records
from tests.services.library import Case, from_cases

SEED = 20261129
WORKS = 420
YEARS = (1994, 2003)
HEAD = ("# A bibliography", "", "| Title | Authors | Venue | Year |", "| :-- | :-- | :-- | :-- |")
Author = tuple[str, str]


class Place(msgspec.Struct, frozen=True):
    """A venue: its names in lists and in records; `{year}`, `{short}` (two figures) and `{nth}` are filled in."""

    listed: tuple[str, ...]
    recorded: tuple[str, ...]
    is_journal: bool = False
    weight: int = 1


PLACES = (
    Place(
        ("SIGMOD Conference",),
        (
            "International Conference on Management of Data",
            "Proceedings of the {year} ACM SIGMOD international conference on Management of data  - SIGMOD '{short}",
        ),
        weight=5,
    ),
    Place(
        ("VLDB",),
        ("Very Large Data Bases", "Proceedings of the {nth} International Conference on Very Large Data Bases"),
        weight=5,
    ),
    Place(("SIGMOD Record",), ("ACM SIGMOD Record",), is_journal=True, weight=4),
    Place(
        ("VLDB J.",),
        ("The VLDB Journal The International Journal on Very Large Data Bases", "The VLDB Journal — The International "
         "Journal on Very Large Data Bases"),
        is_journal=True,
        weight=2,
    ),
    Place(
        ("ACM Trans. Database Syst.", "TODS"),
        ("ACM Transactions on Database Systems (TODS)", "ACM Transactions on Database Systems"),
        is_journal=True,
        weight=2,
    ),
    Place(("PVLDB", "Proc. VLDB Endow."), ("Proceedings of the VLDB Endowment",), is_journal=True),
    Place(("ACM Comput. Surv.",), ("ACM Computing Surveys",), is_journal=True),
    Place(
        ("CIKM",),
        ("Proceedings of the {nth} international conference on Information and knowledge management - CIKM '{short}",),
    ),
    Place(("Inf. Syst.",), ("Information Systems",), is_journal=True),
    Place(
        ("DOLAP",),
        ("Proceedings of the {nth} ACM international workshop on Data warehousing and OLAP  - DOLAP '{short}",),
    ),
)  # fmt: skip
SIGMOD, VLDB, RECORD, VLDBJ, TODS, *_ = PLACES
GIVEN_TEXT = (
    "Ada Bo Carla Dinesh Elif Farid Gerda Hiro Ines Jan Karin Luis Mei Nadia Olaf Priya Quentin Rosa Sven Tomoko Uwe "
    "Vera Wei Xenia Yusuf Zoe Michael Elena Jian Surajit Anna-Maria Hans-Peter"
)
GIVEN = GIVEN_TEXT.split()
FAMILY_TEXT = (
    "Wang Li Chen Zhang Kim Smith Jones Mueller Garcia Rossi Novak Tanaka Ivanov Quillberg Featherstone Anchorman "
    "Lampwick Saltmarsh Okonkwo Vandersteen Brightwater Kowalczyk Papadimitrou Haldorsen Ramaswamy Chaudhury Lindqvist "
    "Delacroix Abernathy Szekeres Montalban O'Hara Nakamoto Petrosyan"
)
FAMILY = FAMILY_TEXT.split()
ADJECTIVES_TEXT = (
    "adaptive efficient scalable distributed parallel incremental temporal spatial approximate semistructured "
    "multidimensional declarative transactional replicated heterogeneous optimal robust dynamic secure active"
)
ADJECTIVES = ADJECTIVES_TEXT.split()
NOUNS_TEXT = (
    "queries|indexes|views|joins|caches|transactions|warehouses|streams|schemas|constraints|triggers|histograms|cubes|"
    "rules|workflows|mediators|wrappers|signatures|documents|trees|logs|locks|sequences|samples|intervals"
)
NOUNS = NOUNS_TEXT.split("|")
VERBS_TEXT = (
    "Maintaining Optimizing Indexing Mining Querying Integrating Estimating Clustering Compressing Monitoring Ranking "
    "Partitioning Scheduling Rewriting Translating"
)
VERBS = VERBS_TEXT.split()
SYSTEMS_TEXT = "Lodestar Quercus Tarn Bramble Osprey Halyard Kestrel Sextant Mooring Pelican Trellis Gantry"
SYSTEMS = SYSTEMS_TEXT.split()
COLUMNS = (
    ("Editor's Notes", RECORD), ("Guest Editorial", VLDBJ), ("Chair's Message", RECORD), ("Book Review Column", RECORD),
    ("Reminiscences on Influential Papers", RECORD), ("Foreword", TODS), ("Editorial", TODS),
    ("Treasurer's Message", RECORD), ("Introduction to the Special Issue", VLDBJ), ("Letter from the Editor", RECORD),
    ("In Memoriam", RECORD), ("Report on the Annual Workshop", RECORD),
)  # fmt: skip
MARKS = (
    ("", " (abstract)"), ("", " (panel session)"), (" (Panel)", " (panel session)"), (" [invited]", ""),
    (" (Abstract)", " (abstract)"), ("", " (tutorial session)"), (" (Extended Abstract)", ""), ("", " (poster paper)"),
)  # fmt: skip


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled row, and the work that the services hold on its account."""

    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    kind: str
    facts: Facts | None
    """None where the services lack the work."""


def rows() -> tuple[Row, ...]:
    """Return all rows, in the order of the list."""
    chance = random.Random(SEED)
    made = [*_papers(chance), *_columns(chance)]
    chance.shuffle(made)
    return tuple(made)


def records() -> Records:
    """Return what the services know of the rows."""
    return from_cases([Case(facts=row.facts) for row in rows() if row.facts])


def render_rows() -> str:
    """Return the list."""
    cells = (f"| {row.title} | {', '.join(row.authors)} | {row.venue} | {row.year} |" for row in rows())
    return "\n".join([*HEAD, *cells]) + "\n"


def render_gold() -> str:
    """Return the labels."""
    labels = (
        f"{line},{row.facts.doi if row.facts else ''},{'' if row.facts else 'absent:'}{row.kind}"
        for line, row in enumerate(rows(), len(HEAD) + 1)
    )
    return "\n".join(["line,doi,kind", *labels]) + "\n"


def _papers(chance: random.Random) -> Iterator[Row]:
    """Papers, a sixth of them also in another version: both are listed, and the services lack one work in seven."""
    seen: set[str] = set()
    number = 40_000
    while len(seen) < WORKS:
        title = _title(chance)
        if title in seen:
            continue
        seen.add(title)
        number += 10
        authors = tuple(_people(chance, chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 9))))
        place, year = chance.choices(PLACES, [place.weight for place in PLACES])[0], chance.randint(*YEARS)
        listed, recorded = chance.choice(MARKS) if not place.is_journal and chance.random() < 0.12 else ("", "")
        yield _row(number, title + recorded, title + listed, authors, place, year, chance, kind="paper")
        if not place.is_journal and not recorded and chance.random() < 0.25:
            journal = chance.choice((RECORD, VLDBJ, TODS))
            later = year + chance.choice((0, 1, 1, 2))
            yield _row(number + 1, title, title, authors, journal, later, chance, kind="version")


def _columns(chance: random.Random) -> Iterator[Row]:
    """Columns by one author for some years, then by another; some years have two, and the services lack a third."""
    number = 60_000
    for title, place in COLUMNS:
        author = _people(chance, chance.choice((1, 1, 2)))
        for year in range(*YEARS):
            if chance.random() < 0.25:
                author = _people(chance, chance.choice((1, 1, 2, 9 if "Reminiscences" in title else 2)))
            number += 1
            if chance.random() < 0.75:
                yield _row(number, title, title, tuple(author), place, year, chance, kind="column", absent=0.35)


def _row(
    number: int, title: str, listed: str, authors: tuple[Author, ...], place: Place, year: int, chance: random.Random,
    *, kind: str, absent: float = 0.14,
) -> Row:  # fmt: skip
    filled = {"year": year, "short": f"{year % 100:02}", "nth": f"{year - 1974}th"}
    facts = Facts(
        number=number,
        title=title[0].upper() + title[1:],
        authors=authors,
        type="article" if place.is_journal else "inproceedings",
        container=chance.choice(place.recorded).format(**filled),
        publisher="Invented Press",
        year=year,
        volume=str(year - 1974),
        pages=f"{number % 397 + 1}-{number % 397 + 12}",
        doi=f"10.5555/bib.{number}",
        shape=chance.choices(("plain", "crossref-only"), (85, 15))[0],
    )
    done = kind
    names = [_listed_name(author, chance) for author in authors]
    if len(names) > 1 and chance.random() < 0.5:
        chance.shuffle(names)
        done += "+order"
    if len(names) > 3 and chance.random() < 0.2:
        names.pop()
        done += "+fewer"
    if chance.random() < 0.1:
        listed, done = _with_slip(listed, chance), done + "+typo"
    is_absent = chance.random() < absent
    venue = chance.choice(place.listed)
    return Row(
        title=listed, authors=tuple(names), venue=venue, year=year, kind=done, facts=None if is_absent else facts
    )


def _title(chance: random.Random) -> str:
    adjective, other = chance.sample(ADJECTIVES, 2)
    noun, second, third = chance.sample(NOUNS, 3)
    return chance.choice(
        (
            f"{chance.choice(VERBS)} {adjective} {noun} over {other} {second}",
            f"{chance.choice(SYSTEMS)}: {adjective} {noun} for {second}",
            f"On the {second} of {adjective} {noun} and {third}",
            f"{adjective.capitalize()} {noun} with {other} {second}: {third} revisited",
            f"The {chance.choice(SYSTEMS)} project: {noun} and {second} for {other} {third}",
            f"{chance.choice(VERBS)} {noun}",
            f"{adjective.capitalize()} {noun} in {other} {second} under {third}",
        )
    )


def _people(chance: random.Random, count: int) -> list[Author]:
    return [
        (chance.choice(GIVEN) + (f" {chance.choice('ABCDEJMR')}." if chance.random() < 0.3 else ""), family)
        for family in chance.sample(FAMILY, count)
    ]


def _listed_name(author: Author, chance: random.Random) -> str:
    """The name as a bibliography has it: in full, without the middle initial, or initials only."""
    given, family = author
    first = given.split()[0]
    return f"{chance.choices((given, first, first[0] + '.'), (6, 3, 1))[0]} {family}"


def _with_slip(title: str, chance: random.Random) -> str:
    """Swap two letters inside a long word."""
    words = title.split()
    long = [at for at, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return title
    at = chance.choice(long)
    word, cut = words[at], chance.randint(2, len(words[at]) - 4)
    words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)
