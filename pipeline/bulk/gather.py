"""Gathering: the steps of `gather.sql`, with their numbers filled in.

in -> out: the engine's name of binary columns -> the SQL of each step. The text is one for every engine.
"""

import re
from importlib.resources import files

from pipeline.bulk.layout import ANY_PART
from pipeline.text.blocking import IDENTIFIER, SECTION, WHOLE

CROWD = 100
"""A key that more works share is not followed: it tells nothing. A row whose whole title is such a key stays open."""
BEST = 8
"""Records of one source that a row is held against, where a service's search gives five."""
CASE, CROWDED, ASKED = -1, -2, -3
"""Places of what is no record: the case itself, the mark of a crowded title, the keys of a second round."""
GATHERED = "gathered"
"""The last step."""

_STEP = re.compile(r"^-- step: (\w+)\n", re.MULTILINE)


def steps(*, binary: str) -> dict[str, str]:
    """Return the steps, in their order."""
    text = files("pipeline.bulk").joinpath("gather.sql").read_text("utf-8")
    _, *parts = _STEP.split(text)
    numbers = {
        "any_part": ANY_PART, "crowd": CROWD, "best": BEST, "identifier": IDENTIFIER, "section": SECTION,
        "whole": WHOLE, "crowded": CROWDED, "binary": binary,
    }  # fmt: skip
    return {name: sql.format(**numbers) for name, sql in zip(parts[::2], parts[1::2], strict=True)}
