"""Running heads: what stands on top of a paper's pages, and some members deposit as its subtitle.

in -> out: a subtitle and its title -> whether the subtitle is none. Rules: Wiley's and the American Geophysical Union's
deposits of 2012 to 2020 (`CEPPI ET AL.`, `HARMONIC INTERACTION OF THE UPFC`, `Sandou/Metaheuristic Optimization`), the
American Psychological Association's numbers (`(523352013-007)`).
"""

import re
from functools import lru_cache

from pipeline.text.folding import fold
from pipeline.text.spelling import STOP_WORDS

_ET_AL = re.compile(r"\bet\.? al\b\.?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_STEM = 5
"""Letters by which a shortened title still knows its words: `Glacial` of `Glacially`, not `model` of `mode`."""
_LONGEST_HEAD = 8
"""Words; a subtitle that says the title again is longer than that nowhere in the records we read."""


@lru_cache(maxsize=4096)
def is_running_head(subtitle: str, title: str) -> bool:
    """Tell a running head from a subtitle, which says something that the title does not.

    >>> is_running_head("CEPPI ET AL.", "The response of the jet"), is_running_head("(523352013-007)", "Attitudes")
    (True, True)
    >>> is_running_head("Glacial Overpressure", "Glacially generated overpressure on the shelf")
    True
    >>> is_running_head("ephemeral endpoints for serverless networking", "Particle")
    False
    """
    words = _WORD.findall(subtitle)
    if not words or _ET_AL.search(subtitle):
        return True
    if subtitle.isupper() and not title.isupper() and len(words) > 1:
        return True
    stems = {word[:_STEM] for word in fold(title).split()}
    said = [word for word in fold(subtitle.rpartition("/")[2]).split() if word not in STOP_WORDS]
    return bool(said) and len(said) <= _LONGEST_HEAD and all(word[:_STEM] in stems for word in said)
