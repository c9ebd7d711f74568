"""A thousand invented works of all kinds, in the shapes that real ones have; nobody and nothing named here exists."""

from itertools import cycle, islice, product
from typing import Any

from pipeline.model import Author, Ids, Listed, Notice, Paper, WorkType

TITLES = (
    "Mapping β-catenin in Nowhere: a 3D study of α→γ decay", "Die Vermessung der Mooslaternen",
    "CO2 & H₂O at 100 % humidity", "Étude du noyau caudé à Nullepart",
    "Is {this} <title> | safe_enough? ~ 50 $ of \\commands", "Über das Leuchten der Moose",
    "Superfluid 3He in √s = 13 TeV collisions", "La luz del musgo en el valle",
    "Growth of Bryum argenteum in Glass Jars",
    "On p ≤ 0.05 and Γ-convergence", "Fin de Siècle: an Introduction", "深い学習と苔", "Мох и свет",
    "x" * 40 + " in long words",
)  # fmt: skip
PEOPLE = (
    (Author(given="Adaeze", family="Okafor"), Author(given="Ludwig", family="van Moos")),
    (Author(literal="Moss and Light Consortium"),),
    (Author(given="Zoé", family="Gâteau"), Author(given="J. R. R.", family="Quill", suffix="Jr.")),
    (Author(given="Łukasz", family="Ørsted"), Author(given="Thị", family="Nguyễn")),
)
EDITORS = (
    (Author(given="Ina", family="Draft"),),
    (Author(given="Bo", family="Roe"), Author(given="Ann", family="Doe")),
)
PAGES = ("295-308.e4", "49.e9-49.e14", "1:1-1:24", "8-1-8-41", "12953-12976", "ix", "S12-S15", None)
PLACES: dict[WorkType, dict[str, Any]] = {
    "article": {"venue": "Journal of Glowing Moss", "volume": "7", "issue": "2", "issn": ("2049-3630",)},
    "inproceedings": {"venue": "4th Conference on Moss", "series": "Lecture Notes in Moss", "volume": "107",
                      "publisher": "Moss and Sons", "isbn": ("9783863952136",)},
    "incollection": {"venue": "Handbook of Moss", "series": "Moss & Light", "publisher": "Invented Press",
                     "isbn": ("9783863952136",)},
    "book": {"series": "Studies in Moss", "volume": "3", "publisher": "Boydell and Brewer Limited",
             "isbn": ("9783863952136",)},
    "preprint": {"venue": "bioRxiv", "publisher": "Cold Spring Harbor Laboratory"},
    "thesis": {"institution": "University of Moss and Light", "degree": "master"},
    "report": {"institution": "Office of Moss and Light", "issue": "12"},
    "standard": {"publisher": "Moss Standards Institute"},
    "dataset": {"publisher": "Moss Archive"},
    "software": {"publisher": "Moss Archive"},
    "misc": {"publisher": "Front Matter"},
}  # fmt: skip
LANGUAGES = (None, "en", "de", "fr", "es", "ja")


def mixed(count: int = 1000) -> tuple[Paper, ...]:
    """Return so many works: every kind with every title, with other people, pages and languages each time."""
    people, editors, pages, languages = cycle(PEOPLE), cycle(EDITORS), cycle(PAGES), cycle(LANGUAGES)
    kinds = islice(cycle(product(PLACES, TITLES)), count)
    return tuple(
        Paper(
            key=f"moss{number}",
            key_provisional=False,
            listed=Listed(line=number + 1, title=title, category="Field study"),
            status="exact",
            type=kind,
            title=title,
            # Only a book may have editors alone; whatever else lacks an author is the record's own fault.
            authors=() if kind == "book" and number % 2 else next(people),
            editors=next(editors) if kind in ("book", "incollection", "inproceedings") else (),
            year=1876 + number % 150,
            month=number % 12 + 1,
            pages=next(pages) if kind not in ("book", "thesis", "preprint") else None,
            language=next(languages),
            ids=Ids(doi=f"10.5555/moss.{number}"),
            retracted=number % 50 == 0,
            notices=(Notice(kind="retraction", doi=f"10.5555/moss.{number}"),) if number % 50 == 0 else (),
            **PLACES[kind],
        )
        for number, (kind, title) in enumerate(kinds)
    )
