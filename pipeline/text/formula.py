r"""Formulas in titles and abstracts.

in -> out: text with `$...$`, `$$...$$`, `\(...\)` or TeX accents -> readable text (`$\beta$-VAE` -> `β-VAE`).
Rules: what Crossref and arXiv titles hold (2016 to 2026): Greek letters, operators, sub- and superscripts, fonts. This
is not a TeX reader: whatever is no formula for certain, such as `$5 and $10`, stays as it is.
"""

import re
import unicodedata

_FORMULA = re.compile(r"\$\$([^$]{1,400})\$\$|\$([^$\s](?:[^$]{0,398}[^$\s])?)\$|\\\(([^$\\]{1,400})\\\)")
_MARKED = re.compile(r"[\\^_{]")
_AMOUNT = re.compile(r"\d[\d.,]*\D")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)", re.DOTALL)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]{1,200})\}\s*\{([^{}]{1,200})\}")
_SCRIPT = re.compile(r"[{}]|[_^](?=\S)")
_ACCENT = re.compile(r"""\\(?:(['"`^~=.])|([cvuHkr])(?=[{\s]))\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))""")
_MARKS = {
    "'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "to": "→", "rightarrow": "→", "leftrightarrow": "↔", "infty": "∞",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "lt": "<", "gt": ">", "neq": "≠", "ne": "≠", "approx": "≈",
    "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "ell": "ℓ", "circ": "°",
    "partial": "∂", "nabla": "∇", "in": "∈", "subset": "⊂", "cup": "∪", "cap": "∩", "otimes": "⊗", "oplus": "⊕",
    "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ", "varepsilon": "ε", "varphi": "φ",
    "vartheta": "ϑ", "prime": "′", "sqrt": "√", "sum": "∑", "prod": "∏", "int": "∫", "star": "⋆", "ast": "∗",
    "AA": "Å", "degree": "°", "hbar": "ħ", "Re": "Re", "Im": "Im", "dagger": "†", "perp": "⊥", "parallel": "∥",
    "and": "&",
}  # fmt: skip
_FONTS = re.compile(
    r"math\w+|text\w*|rm|bf|it|sf|tt|cal|boldsymbol|bm|operatorname|mbox|hbox|left|right|[bB]igg?[lr]?|displaystyle|"
    r"overline|underline|bar|hat|widehat|tilde|widetilde|vec|dot|ddot|limits|nolimits|emph|ensuremath|mathop|rule|hspace"
)
_DOCUMENT = "\\documentclass"
_BEGIN, _END = "\\begin{document}", "\\end{document}"


def read(text: str) -> str:
    r"""Make the formulas of a text readable.

    >>> read(r"$${\mathrm{CO}}_{2}$$ and $\beta$-cells"), read("$k$-means for $5 and $10")
    ('CO2 and β-cells', 'k-means for $5 and $10')
    >>> read(r"$O(\log n)$ at $\frac{1}{2}$ by Poincar\'e")
    'O(log n) at 1/2 by Poincaré'
    """
    if _DOCUMENT in text:
        text = _without_preambles(text)
    if "$" in text or "\\(" in text:
        text = _FORMULA.sub(_read_formula, text)
    return _ACCENT.sub(_read_accent, text) if "\\" in text else text


def _without_preambles(text: str) -> str:
    r"""Drop the `\documentclass ... \begin{document}` that Springer deposits around every formula."""
    first, *others = text.split(_DOCUMENT)
    bodies = (other.partition(_BEGIN)[2] if _BEGIN in other else other for other in others)
    return "".join([first, *bodies]).replace(_END, "")


def _read_formula(formula: re.Match[str]) -> str:
    body = next(group for group in formula.groups() if group is not None)
    if formula[0][:2] not in ("$$", "\\(") and not _MARKED.search(body) and (_AMOUNT.match(body) or "  " in body):
        return formula[0]
    body = _FRACTION.sub(r"\1/\2", body)
    return _SCRIPT.sub("", _COMMAND.sub(_read_command, body))


def _read_command(command: re.Match[str]) -> str:
    r"""Return what a command shows; of one that we do not know the name, which is what `\log` and its like show."""
    name, escaped = command.groups()
    if not name:
        return " " if escaped in " ,;:\\" else escaped if escaped in "%&#$" else ""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if _FONTS.fullmatch(name):
        return ""
    return greek(name.removeprefix("var"), capital=name[0].isupper()) or f"{name} "


def greek(name: str, *, capital: bool = False) -> str | None:
    """Return the Greek letter of a name, None where there is none; Unicode spells them as TeX does, lambda apart.

    >>> greek("lambda"), greek("Omega", capital=True), greek("log")
    ('λ', 'Ω', None)
    """
    spelled = name.upper().replace("LAMBDA", "LAMDA")
    try:
        return unicodedata.lookup(f"GREEK {'CAPITAL' if capital else 'SMALL'} LETTER {spelled}")
    except KeyError:
        return None


def _read_accent(accent: re.Match[str]) -> str:
    mark, letter = accent[1] or accent[2], accent[3] or accent[4]
    return unicodedata.normalize("NFC", letter + _MARKS[mark])
