"""Sizes of memory as people write them.

in -> out: `4GB` -> bytes.
"""

import re

from pipeline.errors import UsageError


def parse_memory(text: str) -> int:
    """Return bytes.

    >>> parse_memory("2GB"), parse_memory("500 mb"), parse_memory("4GiB")
    (2000000000, 500000000, 4294967296)
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B?\s*", text, re.IGNORECASE)
    if not match:
        raise UsageError(f"--memory takes a size like 4GB, not {text!r}.")
    base = 1024 if match[3] else 1000
    return int(float(match[1]) * base ** " KMGT".index(match[2].upper() or " "))
