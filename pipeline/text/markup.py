"""Agencies' text.

in -> out: titles, names and abstracts with entities, JATS, MathML, HTML or TeX -> plain text.
Rules: what Crossref and DataCite members deposit (records of 2002 to 2026): entities escaped once or twice, face
markup, MathML beside its TeX source, line breaks and indentation, OSTI's braces. `html.parser` of the standard library
finds the tags; only those with known names are taken for tags, so that `p < 0.05 and q > 3` survives. Where a blank
belongs beside a tag is `text/tags.py`'s to say.
"""

import html
import re
import unicodedata
from html.entities import html5

from pipeline.text import formula, invisible, tags
from pipeline.text.mojibake import is_garbled, mend
from pipeline.text.title_case import calm, is_shouting

__all__ = ["abstract", "calm", "clean", "is_garbled", "is_shouting", "unescape"]

_MARKED = re.compile(r"[&<$\\{]")
"""Nothing is an entity, a tag or a formula without one of these."""
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_AMPERSANDS = re.compile(r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)+")
_MAX_ESCAPED = 4
"""Text is seen escaped up to twice; deeper nesting is hostile and stays."""
_INVISIBLE = re.compile(
    # What Python takes for white space is that; C1 controls may be letters that were read wrongly (`mojibake.py`).
    f"(?![\x0b\x0c\x1c-\x1f\x80-\x9f])[{invisible.CLASS}\u00ad\u200b\u2060-\u2064\ufeff]"
    # Joiners are spelling in Arabic and Indic scripts, dirt everywhere else.
    "|(?<![\u0600-\u0dff])[\u200c\u200d]"
)
_INVISIBLE_ASCII = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
"""The same in plain text, which is quicker to look through."""
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
"""Half of a garbled letter as long as that is not mended, nothing afterwards."""
_BRACED = re.compile(r"\{(sup|sub)\s+([^{}]{1,40})\}|\{([A-Za-z]{2,12}|\+-|-\+|center_dot)\}")
"""OSTI writes `21{sup ST}`, `{gamma}` and `{+-}`."""
_BRACED_SIGNS = {
    "+-": "±", "-+": "∓", "center_dot": "·", "yields": "→", "times": "×", "approx": "≈", "degree": "°", "minus": "-",
    "angstrom": "Å", "infinity": "∞", "lt": "<", "gt": ">", "le": "≤", "ge": "≥",
}  # fmt: skip
_HEADING = re.compile(r"<((?:[a-z]{1,8}:)?title)\b[^<>]*>([^<>]*)</(?:[a-z]{1,8}:)?title\s*>", re.IGNORECASE)
# "Abstract interpretation is ..." begins with the word, not with a heading.
_HEADING_WORD = re.compile(
    r"(?:ABSTRACT|Abstract|SUMMARY|Summary)(?:\s?[:.—–-]\s+|(?=[A-Z][a-z])"
    r"|\s(?=(?:A|An|Background|Here|In|Introduction|Motivation|Objectives?|Our|Purpose|Recent|The|This|To|We)\b))"
)


def clean(text: str | None) -> str | None:
    r"""Return plain text in one line, NFC, or None when nothing is left.

    >>> clean("Review for &quot;the &amp;lt;i&amp;gt;Spadella&amp;lt;/i&amp;gt;&quot;\n   eye")
    'Review for "the Spadella" eye'
    >>> clean("CO<sub>2</sub> at p &lt; 0.05"), clean(" <p></p> ")
    ('CO2 at p < 0.05', None)
    >>> clean('<mml:math><mml:msub><mml:mi>H</mml:mi> <mml:mn>2</mml:mn></mml:msub></mml:math> gas')
    'H2 gas'
    >>> clean("Derive 21{sup st} century flows"), clean("Fin de SiÃ¨cle")
    ('Derive 21st century flows', 'Fin de Siècle')
    """
    if not text:
        return None
    if text.isascii() and text.isprintable() and not _MARKED.search(text):
        return " ".join(text.split()) or None  # as nearly all names and most titles are
    plain = mend(unescape(_visible(text)))
    if "<" in plain:
        plain = tags.drop(plain)
    if "{" in plain:
        plain = _BRACED.sub(_read_braced, plain)
    plain = formula.read(_CONTROLS.sub("", _visible(plain)))
    # Again, since what was read wrongly may have been written as LaTeX afterwards: `{\~A}¡`.
    plain = unicodedata.normalize("NFC", _CONTROLS.sub("", _visible(mend(plain))))
    return " ".join(plain.split()) or None


def _visible(text: str) -> str:
    if text.isprintable():  # so it holds none of them
        return text
    return (_INVISIBLE_ASCII if text.isascii() else _INVISIBLE).sub("", text)


def abstract(text: str | None) -> str | None:
    """Return an abstract as one paragraph, without its heading "Abstract".

    >>> abstract("<jats:title>Abstract</jats:title><jats:p>We learn.</jats:p><jats:p>It works.</jats:p>")
    'We learn. It works.'
    >>> abstract("<jats:sec><jats:title>Methods</jats:title><jats:p>We learn.</jats:p></jats:sec>")
    'Methods: We learn.'
    """
    plain = clean(_HEADING.sub(_read_heading, unescape(text))) if text else None
    heading = _HEADING_WORD.match(plain) if plain else None
    return plain[heading.end() :] if plain and heading else plain


def unescape(text: str) -> str:
    """Resolve entities, also twice-escaped ones; what lacks its semicolon (`&copy=1`) is text.

    >>> unescape("AT&amp;amp;T &lt; &#x3b2;"), unescape("?a=1&copy=2")
    ('AT&T < β', '?a=1&copy=2')
    """
    if "&" not in text:
        return text
    for _ in range(_MAX_ESCAPED):
        resolved = _ENTITY.sub(_read_entity, _AMPERSANDS.sub("&", text))
        if resolved == text:
            break
        text = resolved
    return text


def _read_entity(entity: re.Match[str]) -> str:
    name = entity[0][1:]
    return html.unescape(entity[0]) if name[0] == "#" else html5.get(name, entity[0])


def _read_heading(heading: re.Match[str]) -> str:
    """`Methods` becomes `Methods:`, a heading that only says what the text is goes."""
    title = heading[2].strip()
    if not title or title.rstrip(".:").lower() in ("abstract", "summary"):
        return " "
    return f" {title} " if title[-1] in ".:?!" else f" {title}: "


def _read_braced(braced: re.Match[str]) -> str:
    if braced[1]:
        return braced[2].lower() if re.fullmatch(r"ST|ND|RD|TH", braced[2]) else braced[2]
    name = braced[3].lower()
    return _BRACED_SIGNS.get(name) or formula.greek(name, capital=braced[3].istitle()) or braced[0]
