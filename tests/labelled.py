"""The repository's labelled rows: papers as lists write them, damaged, and what the services hold.

in -> out: the facts in `data/labelled/` and those of the stand-in -> `rows.md`, `gold.csv`, and the records of the
services. `python -m tests.labelled` writes the two files anew; they are the same every time. What is damaged, which
papers the services lack, and who looks like whom is drawn with a fixed seed.
"""

import csv
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tests.services import Facts, Records, invent, own_records
from tests.services.library import Case, from_cases, load_cases
from tests.services.shapes.facts import Shape

FOLDER = Path(__file__).parent / "data" / "labelled"
HEAD = ("# Labelled papers", "", "| Title | Venue | Year |", "| :-- | :-- | :-- |")
SEED = 20261123
ABSENT_SHARE, RIVAL_SHARE = 0.27, 0.25
"""A quarter of all papers, when the listed ones are never absent."""
STUDIES = 60
"""Rows that are works of `services/invent.py`, which differ from each other by few words."""
NOISE = 800
"""Works of `services/invent.py` in all."""
LOOK_ALIKES = ("erratum", "suffix", "part", "swap", "same")
ERRATA = ("Erratum to: {}", "Correction to: {}", "Corrigendum to “{}”", "Author Correction: {}", "{} (Erratum)")
SUFFIXES = ("{}: Reply", "Reply to: {}", "{} – Response", "Comment on “{}”", "{}. Discussion")
PARTS = ("{}: Part II", "{}, Part 2", "{} II", "{}. 2. Further results", "{}: Part B")
STRAY = (".", " --update references", " [arXiv]", " (to appear)", " [pdf]")
ARTICLES = re.compile(r"(?<= )(?:the|a|an|The|A|An) (?=\w)")
TWINS = re.compile(r"(?<=[^\W\d_])([^\W\d_])(?!\1)([^\W\d_])(?=[^\W\d_]{2})")
"""Two different letters inside a word of at least five."""
VENUES = (
    ("Invented Journal of Imaging", "Inv. J. Imaging"), ("Annals of Made-up Medicine", "Ann. Made-up Med."),
    ("Proceedings of the Nowhere Conference", "Nowhere Conf."),
    ("Journal of Improbable Engineering", "J. Improbable Eng."),
    ("Transactions on Imaginary Systems", "Trans. Imag. Syst."), ("Quolan Review of Household Physics", "QRHP"),
    ("Letters in Fictional Chemistry", "Lett. Fict. Chem."), ("Acta Nullipartis", "Acta Nullip."),
)  # fmt: skip
SHORT = {
    "Information Processing in Medical Imaging": "IPMI", "Expert Systems with Applications": "Expert Syst. Appl.",
    "Pattern Recognition": "Pattern Recognit.", "IEEE Transactions on Medical Imaging": "IEEE-TMI",
    "Medical Image Analysis": "MedIA", "IEEE Access": "IEEE Access", "Applied Soft Computing": "Appl. Soft Comput.",
    "Nature Machine Intelligence": "Nat. Mach. Intell.", "Advances in Neural Information Processing Systems": "NeurIPS",
    "International Journal of Computer Assisted Radiology and Surgery": "IJCARS",
}  # fmt: skip
OTHERS = (("Late", "Comer"), ("Sam", "Name"), ("Dop", "Pelganger"), ("Echo", "Second"))
Kinds = tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled row, and the cases that the services hold on its account."""

    title: str
    venue: str | None
    year: int | None
    doi: str | None
    """What is right; None where the services have no DOI for the paper."""
    family: str | None
    kind: str
    cases: tuple[Case, ...] = ()


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper before anything happens to it."""

    case: Case
    short: str | None = None
    """Its venue, abbreviated."""
    swapped: str | None = None
    """Its title with another content word."""
    is_held: bool = False
    """The stand-in's own records have it already."""

    @property
    def facts(self) -> Facts:
        return self.case.facts


@cache
def rows() -> tuple[Row, ...]:
    """Return all rows, in the order of the list."""
    chance = random.Random(SEED)
    made = [_row(paper, chance) for paper in _papers(chance)]
    chance.shuffle(made)
    return tuple(made)


def records() -> Records:
    """Return what the services know: the stand-in's own records with look-alikes, the rows' cases, and noise."""
    noise = [Case(facts=facts) for facts in _studies(NOISE)[STUDIES:]]
    return own_records(look_alikes=True) + from_cases([*(case for row in rows() for case in row.cases), *noise])


def families() -> Mapping[int, str]:
    """Return line -> family name of the first author, absent papers included."""
    return {line: row.family for line, row in enumerate(rows(), len(HEAD) + 1) if row.family}


def render_rows() -> str:
    """Return the list."""
    cells = (f"| {row.title} | {row.venue or 'N/A'} | {row.year or 'N/A'} |" for row in rows())
    return "\n".join([*HEAD, *cells]) + "\n"


def render_gold() -> str:
    """Return the labels; `absent:` and `rival:` stand before the look-alikes, then comes what was done to the row."""
    labels = (f"{line},{row.doi or ''},{row.kind}" for line, row in enumerate(rows(), len(HEAD) + 1))
    return "\n".join(["line,doi,kind", *labels]) + "\n"


def _papers(chance: random.Random) -> Iterator[Paper]:
    for facts in (case.facts for case in load_cases("listed")):
        yield Paper(case=Case(facts=facts), short=_short(facts.container), is_held=True)
    table = csv.DictReader((FOLDER / "real.csv").read_text(encoding="utf-8").splitlines())
    for number, line in enumerate(table, 5001):
        short, author = line.pop("short"), (line.pop("given"), line.pop("family"))
        told = {**line, "number": number, "authors": [author], "shape": _shape(chance)}
        yield Paper(case=Case(facts=msgspec.convert(told, Facts, strict=False)), short=short)
    titles = (FOLDER / "invented.txt").read_text(encoding="utf-8").splitlines()
    yield from (_invented(number, title, chance) for number, title in enumerate(titles, 5201))
    for facts in _studies(STUDIES):
        title = facts.title.replace("Study", "Trial")
        yield Paper(case=Case(facts=facts), short=dict(VENUES).get(facts.container or ""), swapped=title)


def _short(container: str | None) -> str | None:
    """The acronym that lists use for the venue of a listed paper."""
    known = (part for part in ("MICCAI", "ISBI", "ICCV", "ICASSP") if part in (container or ""))
    return SHORT.get(container or "") or next(known, None)


def _studies(count: int) -> list[Facts]:
    """Works of `services/invent.py`, with numbers that no other work here has."""
    return [msgspec.structs.replace(facts, number=facts.number + 20_000) for facts in invent.papers(count)]


def _shape(chance: random.Random) -> Shape:
    shapes: tuple[Shape, ...] = ("plain", "crossref-only", "hidden")
    return chance.choices(shapes, (82, 15, 3))[0]


def _name(length: int, chance: random.Random) -> str:
    return "".join(chance.choices(invent.SYLLABLES, k=length)).capitalize()


def _invented(number: int, line: str, chance: random.Random) -> Paper:
    """A paper from a line such as `Counting {sheep|ships}`: the word that it has, and the one that a swap gives it."""
    title, swapped = (re.sub(r"\{(.+?)\|(.+?)\}", rf"\{side}", line) for side in (1, 2))
    venue, short = chance.choice(VENUES)
    facts = Facts(
        number=number,
        title=title,
        authors=tuple((_name(2, chance), _name(3, chance)) for _ in range(3)),
        type="inproceedings" if venue.startswith("Proceedings") else "article",
        container=venue,
        publisher="Invented Press",
        year=chance.randint(1995, 2024),
        volume=str(chance.randint(1, 60)),
        doi=f"10.5555/row.{number}",
        shape=_shape(chance),
    )
    case = Case(facts=facts, crossref=_dressed(facts, short, chance))
    return Paper(case=case, short=short, swapped=swapped if swapped != title else None)


def _dressed(facts: Facts, short: str, chance: random.Random) -> dict[str, Any]:
    """What Crossref's record has of a short venue, an earlier year online, a subtitle apart, a title in capitals."""
    record: dict[str, Any] = {"short-container-title": [short]} if chance.random() < 0.4 else {}
    if chance.random() < 0.1:
        online = {"date-parts": [[facts.year - 1, 11]]}
        record |= {"published-online": online, "issued": online, "published": online}
    if ": " in facts.title and chance.random() < 0.2:
        main, _, subtitle = facts.title.partition(": ")
        return record | {"title": [main], "subtitle": [subtitle]}
    return record | ({"title": [facts.title.upper()]} if chance.random() < 0.05 else {})


def _row(paper: Paper, chance: random.Random) -> Row:
    facts, draw = paper.facts, chance.random()
    is_absent = not paper.is_held and draw < ABSENT_SHARE
    is_rival = not is_absent and draw < ABSENT_SHARE + RIVAL_SHARE
    usable = [kind for kind in LOOK_ALIKES if kind != "swap" or paper.swapped]
    alike = chance.sample(usable, chance.randint(1, 2)) if is_absent or is_rival else []
    title, done = _damaged_title(facts.title, chance, is_whole=bool(alike))
    venue, year, more = _damaged_place(paper, chance, is_whole=is_absent)
    doi = facts.doi or (facts.arxiv_doi if facts.is_preprint else None)
    kinds = [*(["preprint"] if facts.is_preprint else []), *([] if doi else ["no-doi"]), *alike]
    group = "absent:" if is_absent else "rival:" if is_rival else ""
    own = () if is_absent or paper.is_held else (paper.case,)
    return Row(
        title=title,
        venue=venue,
        year=year,
        doi=None if is_absent else doi,
        family=facts.authors[0][1] if facts.authors else None,
        kind=group + "+".join([*kinds, *(done + more or ("exact",))]),
        cases=(*own, *(_look_alike(kind, paper, chance) for kind in alike)),
    )


def _damaged_title(title: str, chance: random.Random, *, is_whole: bool) -> tuple[str, Kinds]:
    """Do to a title what lists do, mostly nothing or one thing; what tells it from a look-alike stays."""
    ways = (
        ("subtitle", 0.0 if is_whole else 0.04, lambda text: text.partition(": ")[0]),
        ("typo", 0.2, lambda text: _with_typo(text, chance)),
        ("dropword", 0.12, lambda text: ARTICLES.sub("", text, count=1)),
        ("plain", 0.25, _plain),
        ("lower", 0.12, str.lower),
        ("stop", 0.13, lambda text: text + chance.choice(STRAY)),
    )  # fmt: skip
    done: Kinds = ()
    for kind, share, change in ways:
        changed = change(title) if chance.random() < share else title
        if changed != title:
            title, done = changed, (*done, kind)
    return title, done


def _damaged_place(paper: Paper, chance: random.Random, *, is_whole: bool) -> tuple[str | None, int | None, Kinds]:
    """Do to venue and year what lists do; one of the two is always there, both where the row must find nothing."""
    draw, year = chance.random(), paper.facts.year
    venue: str | None = paper.facts.container or "ArXiv"
    done: Kinds = ()
    if draw < 0.2 and paper.short:
        venue, done = paper.short, ("abbr",)
    elif draw < 0.28 and not is_whole:
        return venue, None, ("noyear",)
    elif draw < 0.46 and not is_whole:
        venue, done = None, ("novenue",)
    if not is_whole and chance.random() < 0.13:
        return venue, year + chance.choice((-1, 1)), (*done, "year")
    return venue, year, done


def _with_typo(title: str, chance: random.Random) -> str:
    """Swap two letters inside a long word."""
    found = list(TWINS.finditer(title))
    if not found:
        return title
    twins = chance.choice(found)
    return title[: twins.start()] + twins[2] + twins[1] + title[twins.end() :]


def _plain(title: str) -> str:
    """Take away accents and hyphens."""
    letters = unicodedata.normalize("NFKD", re.sub(r"(?<=\w)[-‐–](?=\w)", " ", title))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _look_alike(kind: str, paper: Paper, chance: random.Random) -> Case:
    """A work that is easily taken for the paper, by the same authors unless it is a namesake or has another word."""
    facts = paper.facts
    number = 1_000_000 + 10 * facts.number + LOOK_ALIKES.index(kind)
    made = {"number": number, "doi": f"10.5555/alike.{number}", "arxiv": None, "link": None, "shape": _shape(chance)}
    made |= {"type": "article" if facts.is_preprint else facts.type, "container": facts.container or VENUES[0][0]}
    later = {"year": facts.year + chance.randint(0, 1)}
    match kind:
        case "erratum":
            title = chance.choice(ERRATA).format(facts.title)
            notice = {"update-to": [{"DOI": facts.doi or "10.5555/none", "type": "correction", "label": "Correction"}]}
            return Case(
                facts=msgspec.structs.replace(facts, **made, **later, title=title),
                crossref=notice if chance.random() < 0.5 else {},
                openalex={"type": "erratum"} if chance.random() < 0.7 else {},
            )
        case "suffix" | "part":
            title = chance.choice(SUFFIXES if kind == "suffix" else PARTS).format(facts.title)
            return Case(facts=msgspec.structs.replace(facts, **made, **later, title=title))
        case "swap":
            return Case(facts=msgspec.structs.replace(facts, **made, title=paper.swapped or "", authors=(OTHERS[0],)))
        case _:
            years = facts.year + chance.choice((-1, 1)) * chance.randint(3, 9)
            other = {"container": chance.choice([venue for venue, _ in VENUES if venue != facts.container])}
            return Case(
                facts=msgspec.structs.replace(facts, **(made | other), year=years, authors=(chance.choice(OTHERS),))
            )


if __name__ == "__main__":
    (FOLDER / "rows.md").write_text(render_rows(), encoding="utf-8")
    (FOLDER / "gold.csv").write_text(render_gold(), encoding="utf-8")
