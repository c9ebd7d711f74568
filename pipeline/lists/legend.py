"""The list's own legend of venues: what its short names stand for.

in -> out: the items of a bullet list -> pairs (short, long). Read where the heading announces venues, or where nearly
all items have the form `Long Name (SHORT)`.
"""

import re
from collections.abc import Sequence

_BEHIND = re.compile(r"^(?P<long>[A-Z][^()]{7,200}?)\s*\((?P<short>[A-Z][\w&/+.\- ]{1,20})\)\W*$")
_AHEAD = re.compile(r"^(?P<short>[A-Z][\w&/+.-]{1,14})\s*[:：=–—-]\s+(?P<long>[A-Z][^:：]{9,200})$")


def read_legend(items: Sequence[str], *, announced: bool) -> list[tuple[str, str]]:
    """Read a legend; [] when the items are not one.

    >>> read_legend(["Medical Image Analysis (MedIA)", "Neurocomputing"], announced=True)
    [('MedIA', 'Medical Image Analysis')]
    >>> read_legend(["Deep Sets (NIPS)", "Attention Is All You Need"], announced=False)
    []
    """
    pairs = [pair for item in items if (pair := _read_item(item.strip()))]
    enough = bool(pairs) and (announced or (len(items) > 2 and len(pairs) * 10 >= len(items) * 9))
    return pairs if enough else []


def _read_item(item: str) -> tuple[str, str] | None:
    match = _BEHIND.match(item) or _AHEAD.match(item)
    if match is None:
        return None
    short, long = match["short"].strip(), match["long"].strip()
    return (short, long) if _is_short_of(short, long) else None


def _is_short_of(short: str, long: str) -> bool:
    """The letters of the short form occur in the long one in this order: `IJCARS` in `International Journal of ...`."""
    letters = iter(character for character in long.lower() if character.isalnum())
    wanted = [character for character in short.lower() if character.isalnum()]
    found = sum(1 for character in wanted if character in letters)
    # One letter may differ, as in `NIPS` for what is now called otherwise.
    return len(short) < len(long) and found >= len(wanted) - 1
