"""Any number of invented works, the same ones every time, for measuring.

in -> out: a number -> facts, records, or a Markdown list of them. Nothing here exists: the prefix 10.5555 is nobody's,
arXiv has never had 90,000 papers a month, and the names are made of syllables. The first works of a larger number are
those of a smaller one. About 3 % are found by an OpenAlex singleton only.
"""

import random
from collections.abc import Iterable, Iterator

from tests.services.library import Records, from_facts
from tests.services.shapes.facts import Facts, Shape

SYLLABLES = ("ba", "co", "di", "fu", "ga", "hel", "jo", "ka", "lum", "mer", "no", "pri", "qua", "ro", "sel", "tu")
METHODS = ("Contrastive", "Generative", "Predictive", "Masked", "Distilled", "Multi-task", "Rotational", "Federated")
THINGS = ("Pretraining", "Representations", "Encoders", "Embeddings", "Transformers", "Clustering", "Registration")
ORGANS = ("Retinal", "Cardiac", "Hepatic", "Pulmonary", "Spinal", "Renal", "Cortical", "Dental", "Ocular", "Skeletal")
IMAGES = ("Volumes", "Radiographs", "Ultrasound", "Histology", "Tomography", "Angiography", "Endoscopy", "Microscopy")
VENUES = ("Invented Journal of Imaging", "Annals of Made-up Medicine", "Proceedings of the Nowhere Conference")
SHAPES: tuple[tuple[Shape, int], ...] = (
    ("plain", 55), ("merged", 20), ("separate", 9), ("null-source", 7), ("crossref-only", 4), ("hidden", 3),
    ("preprint", 2),
)  # fmt: skip
"""How many in a hundred; close to what samples of the services show, `hidden` as the issue asks."""


def papers(count: int) -> Iterator[Facts]:
    """Yield so many invented papers."""
    chance = random.Random(20260101)
    shapes, weights = zip(*SHAPES, strict=True)
    for number in range(1, count + 1):
        yield _paper(number, chance.choices(shapes, weights)[0], chance)


def records(count: int) -> Records:
    """Return what the services would know of them."""
    return from_facts(papers(count))


def render_list(rows: Iterable[Facts]) -> str:
    """Return a Markdown list of papers, every third with a DOI link, every third with another link or none."""
    lines = ["# Invented papers", "", "| Paper title | Journal/Conference | Year | Link |", "|---|---|---|---|"]
    return "\n".join([*lines, *map(_row, rows)]) + "\n"


def _row(facts: Facts) -> str:
    link = f"https://doi.org/{facts.doi}" if facts.doi else ""
    if facts.arxiv and (facts.number % 3 == 1 or not facts.doi):
        link = f"https://arxiv.org/abs/{facts.arxiv}"
    cell = f"[Link]({link})" if link and (facts.number % 3 or not facts.doi) else "N/A"
    return f"| {facts.title} | {facts.container or 'ArXiv'} | {facts.year} | {cell} |"


def _word(number: int, length: int) -> str:
    """Return a word that no other number has."""
    letters = ""
    for _ in range(length):
        number, rest = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[rest]
    return letters.capitalize()


def _paper(number: int, shape: Shape, chance: random.Random) -> Facts:
    pick = chance.choice
    title = f"{pick(METHODS)} {pick(THINGS)} of {pick(ORGANS)} {pick(IMAGES)}: the {_word(number, 5)} Study"
    authors = tuple(
        (_word(chance.randrange(256), 2), _word(chance.randrange(4096), 3)) for _ in range(chance.randint(1, 8))
    )
    has_arxiv = shape in {"merged", "separate", "preprint"}
    year, cited, first = chance.randint(2015, 2025), int(chance.paretovariate(1.2)), chance.randint(1, 900)
    arxiv = f"{(year - 2000):02d}{number // 10_000 % 12 + 1:02d}.9{number % 10_000:04d}" if has_arxiv else None
    if shape == "preprint":
        return Facts(number=number, title=title, authors=authors, type="preprint", year=year, arxiv=arxiv, cited=cited)
    venue = pick(VENUES)
    return Facts(
        number=number, title=title, authors=authors, container=venue, publisher="Invented Press", year=year,
        type="inproceedings" if venue.startswith("Proceedings") else "article", volume=str(year - 2000),
        pages=f"{first}-{first + 11}", doi=f"10.5555/inv.{number:06d}", arxiv=arxiv, shape=shape, cited=cited,
        referenced=cited * 3 // 4,
    )  # fmt: skip
