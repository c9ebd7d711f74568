"""Dates as sources write them.

in -> out: Crossref `date-parts`, ISO strings, dates with month names -> `Date` (ISO text, year, month).
Rules: Crossref REST documentation of `date-parts` (November 2026), where every part but the year may be missing and the
year may be `null`. A part that cannot be is dropped together with the finer ones; nothing is ever filled in.
"""

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

_YEARS = range(1000, 2101)
# Spelled out, since the standard library's names follow the locale of the process.
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+|\d+")


class Date(NamedTuple):
    """A date as precise as its source; all three are None where there is none."""

    iso: str | None = None
    year: int | None = None
    month: int | None = None


def clean(value: object) -> Date:
    """Read date-parts (`[[y, m?, d?]]` or `[y, m?, d?]`), an ISO string, a year, or a date with a month's name.

    >>> clean([[2021, 6, 14]])
    Date(iso='2021-06-14', year=2021, month=6)
    >>> clean([[None]])
    Date(iso=None, year=None, month=None)
    >>> clean("14 June 2021").iso, clean("2021-06-14T03:00:00Z").iso, clean([[2021, 13, 1]]).iso
    ('2021-06-14', '2021-06-14', '2021')
    """
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, (list, tuple)):
        parts = value[0] if value and isinstance(value[0], (list, tuple)) else value
        return _from_parts(tuple([_number(part) for part in parts[:3]]))
    return _from_parts((_number(value),))


def month(text: str | int | None) -> int | None:
    """Return the number of a month written as a number, an English name or its abbreviation.

    >>> month("June"), month("sept."), month("06"), month("13"), month("Spring")
    (6, 9, 6, None, None)
    """
    word = str(text or "").strip().rstrip(".").lower()
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    fitting = (number for number, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word))
    return next(fitting, None)


def _number(part: object) -> int | None:
    """Crossref writes parts as numbers, older records and some mirrors as strings of digits."""
    if type(part) is int:  # neither true nor false, which are numbers to Python
        return part if 0 <= part <= 9999 else None
    if isinstance(part, bool) or not isinstance(part, (int, str)):
        return None
    text = str(part).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


@lru_cache(maxsize=16_384)
def _from_parts(parts: tuple[int | None, ...]) -> Date:
    year, month_number, day = (*parts, None, None, None)[:3]
    if year not in _YEARS:
        return Date()
    assert year is not None
    if month_number is None or not 1 <= month_number <= 12:
        return Date(f"{year}", year)
    if day is None or not 1 <= day <= calendar.monthrange(year, month_number)[1]:
        return Date(f"{year}-{month_number:02}", year, month_number)
    return Date(f"{year}-{month_number:02}-{day:02}", year, month_number)


@lru_cache(maxsize=16_384)
def _from_text(text: str) -> Date:
    if iso := _ISO.fullmatch(text):
        return _from_parts(tuple(map(_number, iso.groups())))
    words = _WORD.findall(text)[:4]
    years = [int(word) for word in words if len(word) == 4 and word.isascii() and word.isdigit()]
    days = [_number(word) for word in words if len(word) <= 2 and word.isascii() and word.isdigit()]
    names = [number for word in words if not word.isdigit() and (number := month(word))]
    # Two of a kind (a span of months or years) are not one date.
    if len(years) != 1 or len(names) > 1 or len(days) > 1:
        return Date(f"{years[0]}", years[0]) if len(set(years)) == 1 and years[0] in _YEARS else Date()
    return _from_parts((years[0], *names, *(days if names else [])))
