"""Theses: the degree that one is for.

in -> out: what a record says of the degree, in whatever language -> `phd`, `master` or `bachelor`, None where it says
nothing of the kind.
"""

import re

from pipeline.model import Degree

_DEGREES: tuple[tuple[Degree, re.Pattern[str]], ...] = (
    (
        "master",
        re.compile(
            r"\bmaster|\bm\.? ?(?:sc|a|eng|phil|ed|ba|s|res|tech|f\.?a|p\.?h)\b\.?(?! ?d)|maestr|mestr|magist"
            r"|\bdiplom(?:arbeit)?\b|\blicentiate\b|\bmémoire\b",
            re.IGNORECASE,
        ),
    ),
    ("bachelor", re.compile(r"\bbachelor|\bb\.? ?(?:sc|a|eng|ed|s)\b\.?|licenciatura|grado\b", re.IGNORECASE)),
    (
        "phd",
        re.compile(
            r"\bph\.? ?d|\bd\.? ?phil|doctor|doutor|dottor|doktor|dissertation\b.*\bdr\b"
            r"|\bed\.? ?d\b|\bsc\.? ?d\b|habilitation",
            re.IGNORECASE,
        ),
    ),
)
"""Masters first: "Master of Philosophy", but a "PhD" is never called one; the doctor's word is looked for last, since
"Doctoral School" may stand beside any degree."""


def degree(text: str | None) -> Degree | None:
    """Return the degree that the words name.

    >>> degree("Master of Science in Computer Science (MSCS)"), degree("PhD Thesis"), degree("B.Sc."), degree("Thesis")
    ('master', 'phd', 'bachelor', None)
    """
    return next((name for name, pattern in _DEGREES if text and pattern.search(text)), None)
