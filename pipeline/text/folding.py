"""Canonical form of text that two sources write differently.

in -> out: a title as anybody wrote it -> lower-case words with one blank between them, for equality, hashes and
alignment. Rules: Unicode NFKD (UAX 15), HTML 5 entities (some publishers deposit them escaped twice), MathML and JATS
tags as Crossref deposits hold them, the LaTeX that arXiv and BibTeX titles hold.
"""

import html
import re
import unicodedata
from functools import lru_cache

from pipeline.text.mojibake import mend

_LONGEST = 4000
"""Longer text is cut: no title is a page long, and the work per title stays bounded."""
INVISIBLE = dict.fromkeys([0xAD, *range(0x80, 0xA0), *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
"""What copying from web pages leaves behind: soft hyphens, zero-width characters, controls of direction."""
_MARKED = re.compile(r"[&<\\{$]")
"""Nothing in ASCII is an entity, a tag or LaTeX without one of these."""
_ANNOTATION = re.compile(r"<(?:\w+:)?annotation\b[^<>]*>[^<>]*</(?:\w+:)?annotation>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:br|p|/p|title|/title|jats:p|/jats:p)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^\s<>/]*(?:\s[^<>]*)?/?>|<!--[^<>]*-->")
_ACCENT = re.compile(r"\\[\"'`^~=.](?=[{A-Za-z\\])")
_COMMAND = re.compile(r"\\([A-Za-z]+)[ ]?")
_SQUEEZED = re.compile(r"[\\{}$^_]")
_GREEK_RUN = re.compile(r"(?<![\u03b1-\u03c9])[\u03b1-\u03c9]{1,2}(?![\u03b1-\u03c9])")
_APOSTROPHE = re.compile(r"['’‘‛`´ʹʼ′]")
_WORD = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK_NAMES.split(), strict=True))
_LATEX_LETTERS = {"o": "o", "l": "l", "ae": "ae", "oe": "oe", "aa": "a", "ss": "ss", "i": "i", "j": "j"} | {
    name: name for name in (*_GREEK.values(), "and")
}
_LATEX_LETTERS |= {"var" + name: name for name in _GREEK.values()}
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_SIGNS = {"&": " and ", "+": " plus ", "%": " percent "}


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    r"""Return the canonical form; two titles are the same, letter by letter, when their forms are equal.

    >>> fold("Rubik’s Cube+: A <i>self-supervised</i> framework"), fold("{BERT} &amp;amp; friends")
    ('rubiks cube plus a self supervised framework', 'bert and friends')
    >>> fold("TNF-α in É. coli"), fold(r"TNF-$\alpha$ in \'E. coli")
    ('tnf alpha in e coli', 'tnf alpha in e coli')
    >>> fold("H<sub>2</sub>O"), fold("H$_2$O"), fold("Ｈ₂Ｏ")
    ('h2o', 'h2o', 'h2o')
    """
    text = plain(text)
    if text.isascii():  # as most titles are: nothing is to be normalised
        text = text.replace("'", "").replace("`", "").lower()
    else:
        text = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text))
        text = _APOSTROPHE.sub("", text).casefold()  # the full-width one is an apostrophe only now
        # Only marks over Latin, Greek and Cyrillic letters go; a Japanese or Indic mark is a letter of its own.
        text = "".join(char for char in text if not "\u0300" <= char <= "\u036f").translate(_LETTERS)
        text = _GREEK_RUN.sub(lambda run: "".join(_GREEK[char] for char in run[0]), text)
        text = unicodedata.normalize("NFC", text)
    for sign, name in _SIGNS.items():
        text = text.replace(sign, name)
    return " ".join(_WORD.findall(text))


def plain(text: str) -> str:
    """Remove entities, HTML, MathML and LaTeX, and keep what they show; case and punctuation stay.

    >>> plain("A &lt;i&gt;new&lt;/i&gt; look at {BERT}: $x < y$")
    'A new look at BERT: x < y'
    """
    text = text[:_LONGEST]
    if text.isascii() and not _MARKED.search(text):
        return text
    text = mend(html.unescape(html.unescape(text))).translate(INVISIBLE)
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub(" ", _ANNOTATION.sub("", text)))
    if "\\" in text:
        text = _ACCENT.sub("", text).replace("\\&", "&").replace("\\%", "%")
        text = _COMMAND.sub(lambda command: _LATEX_LETTERS.get(command[1].lower(), ""), text)
    if any(char in text for char in "\\{$"):
        text = _SQUEEZED.sub("", text)
    return text
