"""Agencies' text.

in -> out: titles, names and abstracts with entities, JATS, MathML, HTML or TeX -> plain text.
Rules: what Crossref and DataCite members deposit (records of 2016 to 2026): entities escaped once or twice, face
markup, MathML beside its TeX source, line breaks and indentation. Only tags with known names are taken for tags, so
that `p < 0.05 and q > 3` survives. Mojibake is left alone: a repair is a guess.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from pipeline.text import formula, invisible
from pipeline.text.title_case import calm, is_shouting

__all__ = ["abstract", "calm", "clean", "is_garbled", "is_shouting", "unescape"]

_BLOCK = (
    "abstract br disp-formula div h1 h2 h3 h4 h5 h6 hr img label li list list-item mspace ol p sec section td th title "
    "tr ul"
)
_INLINE = (
    "a abbr alternatives annotation annotation-xml b big bold em ext-link fn font i inf inline-formula inline-graphic "
    "italic math menclose mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms msqrt "
    "mstyle msub msubsup msup mtable mtd mtext mtr munder munderover named-content none overline roman s sc scp "
    "semantics small span strike strong styled-content sub sup tex-math tt u underline xref"
)
_NAMES = "|".join(sorted(f"{_INLINE} {_BLOCK}".split(), key=len, reverse=True))
# Possessive throughout: no attempt reads beyond the next `<`, so that hostile input costs linear time.
_TAG = re.compile(
    rf"<(/?)(?:[a-z]{{1,8}}:)?({_NAMES})(?=[\s/>])"
    r"(?:\s++[\w:.-]++(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>]++))?+)*+\s*+/?+>",
    re.IGNORECASE,
)
# Some members lose the blanks around species names (`Ant,<i>Melophorus bagoti</i>Lubbock`), and some deposit the marks
# of footnotes at the end of the title, or of its numeral: `Rearrangement<sup>1</sup>`, `XIX.<sup>1</sup>`.
_SPECIES = re.compile(r"<((?i:jats:)?(?i:i|em|italic))>(\s*[A-Z][a-z]{2}[^<>]*)</\1>")
_FOOTNOTE = re.compile(
    r"(?:(?<=[A-Za-z]{4})<sup>\d{1,2}(?:,\d{1,2}){0,3}</sup>(?=\s*$)|(?<=[A-Za-z]\.)<sup>\d{1,2}</sup>)"
)
_MARKED = re.compile(r"[&<$\\]")
"""Nothing is an entity, a tag or a formula without one of these."""
_COMMENT = re.compile(r"<!--[^<>]*-->|<!\[CDATA\[|\]\]>")
_BREAKS = frozenset(_BLOCK.split())
_HIDDEN = frozenset(["annotation", "annotation-xml"])
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_GARBLED = re.compile(
    r"[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2[\u0080\u20ac][\u0080-\u00bf\u0152-\u2122]|\ufffd"
)
"""UTF-8 read as Latin-1 or Windows-1252, and the sign that stands for a lost letter."""
_AMPERSANDS = re.compile(r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)+")
_MAX_ESCAPED = 4
"""Text is seen escaped up to twice; deeper nesting is hostile and stays."""
_INVISIBLE = re.compile(
    # What Python takes for white space is that, a soft hyphen or a word joiner dirt.
    f"(?![\x0b\x0c\x1c-\x1f\x85])[{invisible.CLASS}\u00ad\u200b\u2060-\u2064\ufeff]"
    # Joiners are spelling in Arabic and Indic scripts, dirt everywhere else.
    "|(?<![\u0600-\u0dff])[\u200c\u200d]"
)
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
    """
    if not text:
        return None
    if text.isascii() and text.isprintable() and not _MARKED.search(text):
        return " ".join(text.split()) or None  # as nearly all names and most titles are
    plain = unescape(_INVISIBLE.sub("", text))
    if "<" in plain:
        plain = _without_tags(plain)
    plain = unicodedata.normalize("NFC", formula.read(_INVISIBLE.sub("", plain)))
    return " ".join(plain.split()) or None


def is_garbled(text: str) -> bool:
    """Return whether letters were lost on the way; such text is used only where no other source has better.

    >>> is_garbled("Ã‰tude des graphes"), is_garbled("It’s São Paulo’s “Étude”")
    (True, False)
    """
    return _GARBLED.search(text) is not None


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


def _space_species(italics: re.Match[str]) -> str:
    before, after = (
        italics.string[max(0, italics.start() - 1) : italics.start()],
        italics.string[italics.end() : italics.end() + 1],
    )
    left = " " if before.isalnum() or before in tuple(",;:)") else ""
    right = " " if after.isalpha() or after == "(" else ""
    return f"{left}{italics[2]}{right}"


def _without_tags(text: str) -> str:
    """Drop tags, with what stands in annotations and in TeX sources beside MathML."""
    text = _SPECIES.sub(_space_species, _FOOTNOTE.sub("", _COMMENT.sub(" ", text)))
    has_mathml = any(tag[2].lower() == "math" for tag in _TAG.finditer(text))
    hidden_names = _HIDDEN | {"tex-math"} if has_mathml else _HIDDEN
    kept: list[str] = []
    hidden_by: str | None = None
    in_math = False
    for before, is_closing, name in _pieces(text):
        if hidden_by is None:
            # Indentation between MathML's elements means nothing, blanks inside its text do.
            kept.append(before.strip() if in_math and name != "mtext" else before)
        if is_closing and name == hidden_by:
            hidden_by = None
        elif not is_closing and hidden_by is None and name in hidden_names:
            hidden_by = name
        in_math = not is_closing if name == "math" else in_math
        if name in _BREAKS:
            kept.append(" ")
    return "".join(kept)


def _pieces(text: str) -> Iterator[tuple[str, bool, str | None]]:
    """Yield the text before each tag, whether the tag closes, and its name; last the rest, with None."""
    position = 0
    for tag in _TAG.finditer(text):
        yield text[position : tag.start()], tag[1] == "/" or tag[0].endswith("/>"), tag[2].lower()
        position = tag.end()
    yield text[position:], False, None
