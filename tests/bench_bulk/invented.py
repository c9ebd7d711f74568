"""Works and rows that nobody wrote, as hard to tell apart as real ones.

in -> out: a number -> a `Family` of works, always the same one: a work and those that look like it. Titles are chains
of the repository's labelled titles in which terms of science stand for many of the words; common terms are common, so
that works share words, parts of titles, and now and then the whole title. A look-alike has what real ones have in
common with their work: an erratum or a second part its title, another subtitle or a swapped word also authors and year.
One paper in eight is hidden: a row cites it, its look-alikes are in the snapshot, and no answer is right.
"""

import csv
import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.text.spelling import STOP_WORDS
from tests.labelled import FOLDER

HIDDEN_SHARE, HIDDEN_TWIN_SHARE = 0.12, 0.6
"""Papers that a snapshot lacks, and how many of these have a look-alike in it."""
TWIN_SHARE = 0.09
"""Papers in the snapshot that have a look-alike."""
CROSSREF_SHARE, DOI_SHARE = 0.66, 0.85
"""As in the published snapshots."""
TERM_SHARE, SUBTITLE_SHARE, COMMONPLACE_SHARE, GENERIC_SHARE = 0.5, 0.3, 0.02, 0.004
LEAST_WORDS, LEAST_TERMS, MOST_WORDS = 3, 2, 12
"""A title has two terms at least and is nearly always the only one; the commonplace are chains as they come."""
WORKS_A_FAMILY = 2
"""Numbers that each family has for its works."""
GENERIC = ("Editorial", "Introduction", "Book Review", "Preface", "In This Issue", "Letter to the Editor")
TWINS = (
    "subtitle", "subtitle", "swap", "swap", "same", "same", "erratum", "part", "reply", "preprint", "preprint",
)  # fmt: skip
"""Kinds of look-alikes; those that differ least are the most."""

_CHOICE = re.compile(r"\{([^|}]*)\|[^}]*\}")
"""The labelled papers' list names two words where a look-alike differs."""
_BEGINNINGS = (
    "bio cardio chemo chrono cryo cyber cyto dermo electro endo eco entero ferro geno geo glyco hemo hepato hetero "
    "histo homo hydro hygro hyper immuno iso kinetic litho macro magneto meta micro mono morpho multi myo nano "
    "nephro neuro onco ortho osteo oxy paleo patho pharmaco phospho photo phyto piezo poly proto psycho pyro radio "
    "rheo seismo socio spectro stereo sub tele thermo topo tribo ultra vaso viro xeno zoo"
)
_ENDINGS = (
    "chemistry cline crystals cycles dynamics fibers films flow flux gels genesis genetics genomics grams graphy "
    "kines lipids logy lysis magnetism markers mechanics membranes metrics metry modeling morphs networks nomics "
    "optics particles pathology pathways phages phases physics plasty plastics polymers porosis proteins receptors "
    "regulation resonance rhythms sensing sensors sonics spheres stasis statics structures surfaces synthesis taxis "
    "therapy tissues toxins tropes tropism tubes types valves vectors waves"
)
_FIELDS = (
    "Applied Clinical Comparative Computational Experimental Industrial International Modern Molecular Theoretical"
)
_KINDS = ("Journal of {}", "Annals of {}", "{} Letters", "Proceedings of the Conference on {}", "Archives of {}")
_SUBJECTS = "Anchors Bells Bridges Clocks Dunes Feathers Glaciers Kettles Lanterns Ledgers Looms Marshes Orchards Sails"
_GIVEN = (
    "Ada Akiko Amir Anna Boris Carla Chen Dana Elif Emil Farid Grace Hana Hugo Ines Ivan Jana Jonas Kemal Lena Li "
    "Lucas Mara Mei Nadia Nils Olga Omar Paula Pavel Ravi Rosa Sami Sofia Tariq Uma Vera Wei Yara Yuki Zoe"
)


class Work(NamedTuple):
    """One invented work."""

    number: int
    title: str
    subtitle: str | None
    year: int
    venue: str
    authors: tuple[tuple[str, str], ...]
    """(given, family)."""
    type: str
    doi: str | None
    in_crossref: bool

    @property
    def whole(self) -> str:
        """Title and subtitle."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


class Family(NamedTuple):
    """A paper, and the works that look like it."""

    paper: Work
    is_hidden: bool
    twins: tuple[Work, ...]
    preprint: str | None
    """DOI of the paper's own preprint, which is one of the twins."""

    @property
    def works(self) -> tuple[Work, ...]:
        """The works that a snapshot holds."""
        return self.twins if self.is_hidden else (self.paper, *self.twins)


def family(number: int) -> Family:
    """Return one family."""
    draw = random.Random(number)
    paper = _work(draw, number * WORKS_A_FAMILY)
    is_hidden = draw.random() < HIDDEN_SHARE
    if draw.random() >= (HIDDEN_TWIN_SHARE if is_hidden else TWIN_SHARE):
        return Family(paper, is_hidden, (), None)
    kind = draw.choice(TWINS[:-2] if is_hidden else TWINS)  # a hidden paper's preprint would be an answer
    if kind == "subtitle" and paper.subtitle is None:  # or nothing would tell which of the two a row means
        paper = paper._replace(subtitle=_title(draw))
    twin = _twin(draw, paper, kind)
    return Family(paper, is_hidden, (twin,), twin.doi if kind == "preprint" else None)


def _work(draw: random.Random, number: int) -> Work:
    title = draw.choice(GENERIC) if draw.random() < GENERIC_SHARE else _title(draw)
    has_doi = draw.random() < DOI_SHARE
    return Work(
        number=number,
        title=title,
        subtitle=_title(draw) if draw.random() < SUBTITLE_SHARE and title not in GENERIC else None,
        year=2025 - int(45 * draw.random() ** 2),
        venue=_one(draw, _venues()),
        authors=tuple((_one(draw, _given()), _skewed(draw, _families())) for _ in range(int(1 + 6 * draw.random()))),
        type="article",
        doi=f"10.5555/scale.{number}" if has_doi else None,
        in_crossref=has_doi and draw.random() < CROSSREF_SHARE / DOI_SHARE,
    )


def _twin(draw: random.Random, paper: Work, kind: str) -> Work:
    number = paper.number + 1
    twin = paper._replace(number=number, doi=f"10.5555/scale.{number}" if paper.doi else None)
    if kind == "subtitle":
        return twin._replace(subtitle=_title(draw), year=paper.year + draw.choice((-1, 0, 0, 1)))
    if kind == "swap":
        if paper.subtitle:
            return twin._replace(subtitle=_swapped(draw, paper.subtitle))
        return twin._replace(title=_swapped(draw, paper.title))
    if kind == "erratum":
        start = draw.choice(("Erratum to: {}", "Correction to: {}", "Corrigendum to “{}”"))
        return twin._replace(title=start.format(paper.whole), subtitle=None)
    if kind == "reply":
        return twin._replace(title=f"Comment on “{paper.whole}”", subtitle=None, authors=_work(draw, 0).authors)
    if kind == "part":
        return twin._replace(title=f"{paper.title}. {draw.choice(('II', 'Part 2'))}")
    if kind == "preprint":
        doi = f"10.48550/arxiv.{_arxiv_id(number // WORKS_A_FAMILY)}"
        year = paper.year - draw.randrange(2)
        return twin._replace(type="preprint", doi=doi, venue="arXiv", in_crossref=False, year=year)
    other = _work(draw, number)
    return other._replace(title=paper.title, subtitle=paper.subtitle)


def _arxiv_id(number: int) -> str:
    """Return an id for each number below 11 million, all different."""
    rest, month = divmod(number, 12)
    place, year = divmod(rest, 11)
    return f"{year + 15}{month + 1:02d}.{place + 10_000}"


def _title(draw: random.Random) -> str:
    after, terms = _words(), _terms()
    chain: list[str] = []
    word = _one(draw, after[""])
    least = 0 if draw.random() < COMMONPLACE_SHARE else LEAST_TERMS
    while len(chain) < MOST_WORDS and (word or len(chain) < LEAST_WORDS):
        if word:
            is_term = word.lower() not in STOP_WORDS and draw.random() < TERM_SHARE
            chain.append(_skewed(draw, terms) if is_term else word)
            least -= is_term
        word = _one(draw, after[word])
    chain += [_skewed(draw, terms) for _ in range(max(least, chain[-1].lower() in STOP_WORDS))]
    return f"{chain[0][0].upper()}{chain[0][1:]} {' '.join(chain[1:])}"


def _swapped(draw: random.Random, title: str) -> str:
    """Put another term for one of the longer words."""
    words = title.split()
    at = max(range(len(words)), key=lambda place: (len(words[place]) + draw.randrange(6), place))
    return " ".join([*words[:at], _skewed(draw, _terms()), *words[at + 1 :]])


def _one(draw: random.Random, values: Sequence[str]) -> str:
    """Draw one, in half the time that `choice` takes."""
    return values[int(len(values) * draw.random())]


def _skewed(draw: random.Random, values: list[str]) -> str:
    """Common ones first: of 10,000 the first hundred are a tenth of what is drawn."""
    return values[int(len(values) * draw.random() ** 2)]


@cache
def _words() -> Mapping[str, list[str]]:
    """Word -> words that follow it in the titles of the labelled papers."""
    invented = (FOLDER / "invented.txt").read_text("utf-8").splitlines()
    with (FOLDER / "real.csv").open(encoding="utf-8", newline="") as file:
        titles = [*(row["title"] for row in csv.DictReader(file)), *invented]
    after: dict[str, list[str]] = {}
    for title in titles:
        words = [word for part in _CHOICE.sub(r"\1", title).split() if (word := part.strip(':;.,()[]“”"?!-–—'))]
        for one, following in pairwise(["", *words, ""]):
            after.setdefault(one, []).append(following)
    return after


@cache
def _terms() -> list[str]:
    terms = [start + end for start in _BEGINNINGS.split() for end in _ENDINGS.split()]
    return random.Random("terms").sample(terms, len(terms))


@cache
def _families() -> list[str]:
    draw = random.Random("families")
    syllables = [one + other for one in "bdfghklmnprstvz" for other in "aeiou"]
    names = {"".join(draw.choices(syllables, k=draw.choice((2, 3, 3)))).title() for _ in range(12_000)}
    return draw.sample(sorted(names), len(names))


@cache
def _given() -> list[str]:
    return _GIVEN.split()


@cache
def _venues() -> list[str]:
    names = [f"{field} {subject}" for field in _FIELDS.split() for subject in _SUBJECTS.split()]
    return [kind.format(name) for kind in _KINDS for name in names]
