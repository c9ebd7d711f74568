"""Publisher item identifiers.

in -> out: a PII with or without its punctuation -> the canonical PII without it, and the DOI that an old one makes.
Rules: NISO's and Elsevier's description of the PII: `S`, ISSN, two digits of the year, number, check character for
articles; `B`, ISBN, number, check character for chapters. Elsevier's articles until the middle of the nineties bear
it without the `S`; their DOIs are the PII with its punctuation, as their records at Crossref show (November 2026).
"""

import re

from stdnum import issn

_MARKS = str.maketrans("", "", "-() \u2010\u2011")
_WHOLE = re.compile(r"S\d{7}[\dX]\d{7}[\dX]|B(?:\d{13}|\d{9}[\dX])\d{5}[\dX]")
_OLD = re.compile(r"(\d{4})(\d{3}[\dX])(\d\d)(\d{5})([\dX])")


def clean(text: str) -> str | None:
    """Return a PII without its punctuation, or None; item numbers of other publishers are none.

    >>> clean("S0006-8993(22)00262-1"), clean("0304397594900108"), clean("675234")
    ('S0006899322002621', '0304397594900108', None)
    """
    plain = text.strip().translate(_MARKS).upper()
    return plain if _WHOLE.fullmatch(plain) or _old(plain) else None


def doi(pii: str) -> str | None:
    """Return the DOI of an article whose PII has no `S`; of all others it does not follow from the PII.

    >>> doi("0304397594900108"), doi("S0006899322002621")
    ('10.1016/0304-3975(94)90010-8', None)
    """
    old = _old(pii)
    return f"10.1016/{old[1]}-{old[2]}({old[3]}){old[4]}-{old[5]}".lower() if old else None


def _old(plain: str) -> re.Match[str] | None:
    """Without a letter in front only the ISSN's check digit tells a PII from any number of sixteen digits."""
    match = _OLD.fullmatch(plain)
    return match if match and issn.is_valid(plain[:8]) else None
