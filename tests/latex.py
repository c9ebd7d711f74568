r"""Reading LaTeX back: what the tests hold what is written against."""

import re
import unicodedata

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from pipeline.text import latex

_STAND_IN = re.compile(r"\{?\\texttt\{<U\+([0-9A-F]{4,6})>\}\}?", re.IGNORECASE)
_COMMA_BELOW = re.compile(r"\\textcommabelow ?\{?([A-Za-z])\}?")
_MARKUP = re.compile(r"[\\{}$~%`]|--|''")
_CONTEXT = get_default_latex_context_db()
_CONTEXT.add_context_category(
    "signs of this module",
    prepend=True,
    macros=[
        MacroTextSpec("url", "%s"),
        MacroTextSpec("SS", "ẞ"),
        MacroTextSpec("textperiodcentered", "·"),
        *(MacroTextSpec(said[2:-1], sign) for sign, said in latex.SPECIALS.items() if said.startswith("{")),
    ],
)
_TO_TEXT = LatexNodes2Text(latex_context=_CONTEXT, math_mode="text")


def decode(text: str) -> str:
    """Return what LaTeX, as people write it in .bib files, says."""
    if _MARKUP.search(text):
        named = _STAND_IN.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), text)
        named = _COMMA_BELOW.sub("\\1\u0326", named)
        text = unicodedata.normalize("NFC", _TO_TEXT.latex_to_text(named))
    return " ".join(text.split())
