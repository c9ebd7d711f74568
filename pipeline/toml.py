"""TOML, read with bounds.

in -> out: text -> a document, or `UsageError` with the line. The standard library reads it; what takes it much longer
than a text's size explains, or more than the interpreter has, is refused: nobody writes that by hand.
"""

import re
import tomllib
from typing import Any

from pipeline.errors import UsageError

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_MOST_DOTS = 1_000
"""In the part of a line that may be a key: tomllib takes quadratic time for `a.a.a.…`; a real key has two or three."""


def loads(text: str, name: str) -> dict[str, Any]:
    """Read a document; `name` is the file as messages call it. Raises `UsageError`."""
    if any(line.partition("=")[0].count(".") > _MOST_DOTS for line in text.splitlines()):
        raise _beyond_measure(name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise UsageError(f"{name}:{line}: not TOML: {_POSITION.sub('', str(error))}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, tables in tables in tables
        raise _beyond_measure(name) from None


def _beyond_measure(name: str) -> UsageError:
    return UsageError(f"{name}: not TOML that anybody wrote: numbers, names or nesting beyond every measure.")
