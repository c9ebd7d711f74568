r"""Text to LaTeX: what a catalog says, as data that LaTeX prints and never obeys.

text -> LaTeX text (UTF-8 or ASCII). No command, brace or comment sign of the input survives as
such, and braces are always balanced in the sense of BibTeX, which counts `\{` as a brace. Accents are written in
BibTeX's "special character" form `{\'e}`, the one that its styles can abbreviate, label and sort. Sources of the
rules: btxdoc.pdf and btxhak.pdf ("special characters"), fntguide.pdf and utf8ienc.pdf of LaTeX; what compiles was
measured letter by letter with pdflatex of TeX Live 2022 and `\usepackage[T1]{fontenc}`, and nothing else loaded.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from pipeline.text.invisible import INVISIBLE

# What it says of commands without their arguments is for programmers, and would end on a user's terminal.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())

_LATEX = re.compile(r"[\\{}~$]")
_UNKNOWN = {
    "textbraceleft": r"\{", "textbraceright": r"\}", "textasciicircum": "^", "textperiodcentered": "·", "SS": "ẞ",
}  # fmt: skip
"""Commands that we write and pylatexenc does not read, or reads as another sign."""
_UNREAD = re.compile(
    rf"\\(?:({'|'.join(_UNKNOWN)})(?![A-Za-z])[ \t]*|textcommabelow[ \t]*(?:\{{([A-Za-z])\}}|([A-Za-z])))"
)
_COMMAND = re.compile(r"\\[A-Za-z]+[ \t]*")
_BARE_SPECIAL = re.compile(r"(?<!\\)([%&#])")

SPECIALS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
    "`": "{`}",
    **{sign: f"\\{sign}" for sign in "$%&#_"},
}
_ACCENTS = {
    "\u0300": "\\`", "\u0301": "\\'", "\u0302": "\\^", "\u0303": "\\~", "\u0304": "\\=", "\u0306": "\\u",
    "\u0307": "\\.", "\u0308": '\\"', "\u030a": "\\r", "\u030b": "\\H", "\u030c": "\\v", "\u0323": "\\d",
    "\u0326": "\\textcommabelow", "\u0327": "\\c", "\u0328": "\\k", "\u0331": "\\b",
}  # fmt: skip
_LETTERS = {
    "ß": r"\ss", "ẞ": r"\SS", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE", "ø": r"\o", "Ø": r"\O", "ł": r"\l",
    "Ł": r"\L", "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ŋ": r"\ng",
    "Ŋ": r"\NG", "ı": r"\i", "ȷ": r"\j",
}  # fmt: skip

_RAISED = {"<super>": "\\textsuperscript", "<sub>": "\\textsubscript"}
_LIGATURES = {"–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''"}


def _ranges(text: str) -> frozenset[str]:
    """Hexadecimal ranges -> their letters; `a0-a2 b0` has four."""
    ends = [(part.split("-")[0], part.split("-")[-1]) for part in text.split()]
    return frozenset(chr(code) for first, last in ends for code in range(int(first, 16), int(last, 16) + 1))


# Written as they are in the UTF-8 form: pdflatex knows them by itself.
_TYPEABLE = _ranges(
    "a1-ac ae-125 128-137 139-13e 141-148 14a-165 168-17e 192 1cd-1d4 1e2-1e3 1e6-1eb 1f0 1f4-1f5 218-21b 232-233"
    " 1e02-1e03 1e0d 1e1e-1e21 1e25 1e30-1e31 1e37 1e43 1e45 1e47 1e5b 1e63 1e6d 1e8e-1e91 1e9e 1ef2-1ef3 2013-2014"
    " 2018-201a 201c-201e 2020-2022 2026 2030-2031 2039-203a 20ac 2116 2120 2122"
    # Signs of the companion fonts, and what LaTeX calls by the Unicode name.
    " 2012 2015-2016 203b 203d 2044 204e 20a1 20a4 20a6 20a9 20ab 20b1 2103 2117 211e 2126-2127 2190-2193 25e6"
    " 266a 27e8-27e9"
)
# Written as pylatexenc has them: letters and signs that are neither Latin nor in need of a further package.
_COMMANDS = _ranges(
    "a1-ac ae-b7 b9-bf d7 f7 192 386 388-38a 38c 38e-38f 391-3a1 3a3-3ce 3d1 3d5-3d6 3f1 3f5 2010-2016 2018-201a"
    " 201c-201e 2020-2022 2024-2026 2030-2034 2039-203b 203d 2044 204e 20a1 20a4 20a6 20a9"
    " 20ab-20ac 20b1 2103 2109-210a 210e-210f 2113 2116-2118 211e 2120 2122 2126-2127 212b 212f 2134-2135 2190-2199"
    " 21a6 21d0-21d5 2200 2202-2203 2206-2209 220b-220d 220f-2213 2217-2218 221a 221d-221e 2220 2223 2225 2227-222b"
    " 222e 223c 2243 2245 2248 224d 2260-2262 2264-2265 226a-226b 2282-2287 2295-2299 22a4-22a5 22c5 22ee-22ef"
    " 2308-230b 25b3 25e6 2662 266a 27e8-27e9 27f5-27fa"
)
_FORMULAS = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "ς": "varsigma", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ϑ": "vartheta", "ϕ": "phi", "ϖ": "varpi", "ϵ": "epsilon", "∞": "infty",
}  # fmt: skip
_SIGNS = {sign: f"$\\{name}$" if name.islower() else f"{{$\\{name}$}}" for sign, name in _FORMULAS.items()}
_SIGNS |= {sign: f"$^{digit}$" for sign, digit in zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0456789+-n", strict=True)}
_SIGNS |= {sign: f"$_{digit}$" for sign, digit in zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-", strict=True)}
"""Formulas that bibtex, biber, pandoc and Zotero's translator all read (tests/text/test_readers.py has the matrix).
BibTeX would make `\\gamma` of a `\\Gamma` outside braces. No other sign has a form that all four read but itself."""
_READ_BY_PANDOC = {
    "←": r"$\leftarrow$", "↑": r"$\uparrow$", "→": r"$\rightarrow$", "↓": r"$\downarrow$", "¬": r"$\neg$",
    "±": r"$\pm$", "×": r"$\times$", "÷": r"$\div$", "¹": "$^1$", "²": "$^2$", "³": "$^3$", "µ": r"$\mu$", "‖": r"$\|$",
    "\u2126": r"{$\Omega$}", "⁎": r"$\ast$",
}  # fmt: skip
"""For the ASCII form: pandoc drops the text commands of these signs (`{\\textrightarrow}`)."""
_HYPHENS = frozenset("\u2010\u2011")
_LOST = "\ufffd"
"""The sign that stands for a lost letter: LuaTeX takes it for a broken file."""
_ENSURED = re.compile(r"\\ensuremath\{(.+)\}")
_PYLATEXENC: dict[int, str] = get_builtin_uni2latex_dict()
_MARKED = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{3,}|.[\u0300-\u036f]+", re.DOTALL)
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{3}")
"""Three letters are Greek, not mathematics: the UTF-8 form has them as they are."""


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each letter once."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__()
        self.ascii_only = ascii_only

    def __missing__(self, code: int) -> str:
        self[code] = letter = self._letter(chr(code))
        return letter

    def _letter(self, char: str) -> str:
        if char.isascii() and char.isprintable():
            return SPECIALS.get(char, char)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs") or INVISIBLE.match(char):
            return ""
        if not self.ascii_only and char in _TYPEABLE:
            return char
        if char in _HYPHENS:
            return "-"
        if char == _LOST:
            return "?"
        if not self.ascii_only and (char in _SIGNS or char in _COMMANDS or _is_raised(char)):
            return _SIGNS.get(char, char)
        return command(char) or self._plain(char) or (stand_in(char) if self.ascii_only else char)

    def _plain(self, char: str) -> str | None:
        """Return ligatures, full-width and mathematical letters as the letters that they stand for."""
        plain = unicodedata.normalize("NFKC", char)
        return None if plain == char or not plain.isascii() else plain.translate(self)


def _accented(letter: str) -> str | None:
    """A Latin letter followed by its marks -> nested accent commands in braces."""
    base, marks = letter[0], letter[1:]
    if not marks:
        return None
    inner = _LETTERS.get(base, base)
    if not inner.isascii() or not base.isalpha() or any(mark not in _ACCENTS for mark in marks):
        return None
    is_typeable = unicodedata.normalize("NFC", letter) in _TYPEABLE
    for mark in marks:
        accent = _ACCENTS[mark]
        if accent[1].isalpha() or (is_typeable and len(inner) > 1):
            inner = f"{accent}{{{inner}}}"
        else:
            # biber would make `\~{\^e}` the letter ê with a command that takes its first byte; two braces stop it.
            inner = f"{accent}{inner}" if is_typeable else f"{accent}{{{{{inner}}}}}"
    return f"{{{inner}}}"


_UTF8 = _Table(ascii_only=False)
_ASCII = _Table(ascii_only=True)


def spelled_out(text: str) -> str:
    """Return the text with full-width and enclosed letters as the ASCII that is written for them.

    Whoever looks for syntax must see what will stand there.

    >>> spelled_out("张三，李四"), spelled_out("Ann ａｎｄ Bo"), spelled_out("José²")
    ('张三,李四', 'Ann and Bo', 'José²')
    """
    return text if text.isascii() else "".join(map(_spelled_out, text))


def _spelled_out(char: str) -> str:
    if char.isascii() or char in _TYPEABLE or command(char):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain.isascii() else char


def stand_in(char: str) -> str:
    r"""Name a letter for which LaTeX has no command.

    >>> stand_in("学")
    '{\\texttt{<U+5B66>}}'
    """
    return f"{{\\texttt{{<U+{ord(char):04X}>}}}}"


def command(letter: str) -> str | None:
    r"""One letter with its marks -> its ASCII command in braces, None if LaTeX has none.

    >>> command("é"), command("Đ"), command("王")
    ("{\\'e}", '{\\DJ}', None)
    """
    if letter in _HYPHENS:  # pylatexenc's command for one of them needs amsmath
        return "-"
    if letter in _LETTERS:
        return f"{{{_LETTERS[letter]}}}"
    if letter in _LIGATURES:
        return _LIGATURES[letter]
    if letter in _SIGNS or letter in _READ_BY_PANDOC:
        return _SIGNS.get(letter) or _READ_BY_PANDOC[letter]
    if letter in _COMMANDS and (formula := _ENSURED.fullmatch(_PYLATEXENC[ord(letter)])):
        return f"${formula[1]}$" if formula[1].islower() else f"{{${formula[1]}$}}"
    if letter in _COMMANDS:
        name = _PYLATEXENC[ord(letter)]
        return f"{{{name}}}" if "\\" in name else name
    if _is_raised(letter):
        plain = unicodedata.normalize("NFKC", letter).replace("−", "-")
        return f"{{{_RAISED[unicodedata.decomposition(letter).partition(' ')[0]]}{{{plain}}}}}"
    return _accented(unicodedata.normalize("NFD", letter))


def _is_raised(letter: str) -> bool:
    """Tell an index or exponent that stands for an ASCII letter."""
    kind = unicodedata.decomposition(letter).partition(" ")[0] if len(letter) == 1 else ""
    return kind in _RAISED and unicodedata.normalize("NFKC", letter).replace("−", "-").isascii()


def written() -> Iterator[str]:
    """Yield every command that this module ever writes, as it stands in a file."""
    yield from (*SPECIALS.values(), *_LETTERS.values(), *_ACCENTS.values(), *_RAISED.values(), *_SIGNS.values())
    yield from (*_READ_BY_PANDOC.values(), *(_PYLATEXENC[ord(sign)] for sign in _COMMANDS if ord(sign) in _PYLATEXENC))


def escape(text: str) -> str:
    r"""Text -> UTF-8 LaTeX that prints it; a letter unknown to pdflatex becomes its command if it has one.

    Letters without a command (Chinese, Cyrillic, emoji, ...) stay as they are and need lualatex or xelatex.

    >>> escape("50% of R&D_x \\input{é}")
    '50\\% of R\\&D\\_x {\\textbackslash}input{\\textbraceleft}é{\\textbraceright}'
    >>> escape("β-VAE by Nguyễn and 王")
    '$\\beta$-VAE by Nguy{\\~{{\\^{{e}}}}}n and 王'
    """
    return _translated(text, _UTF8)


def encode(text: str) -> str:
    r"""Text -> ASCII LaTeX that prints it; letters without a command are named by their code point.

    >>> encode("Žižek, Łoś and Ørsted")
    "{\\v{Z}}i{\\v{z}}ek, {\\L}o{\\'s} and {\\O}rsted"
    >>> encode("学")
    '{\\texttt{<U+5B66>}}'
    """
    return _translated(text, _ASCII)


def _translated(text: str, table: _Table) -> str:
    if text.isalnum() and text.isascii():  # as most words are
        return text
    text = " ".join(text.split())
    if text.isascii():
        return text.translate(table)
    text = unicodedata.normalize("NFC", text)
    last, pieces = 0, []
    for match in _MARKED.finditer(text):
        said = None if _GREEK_WORD.match(match[0]) else _accented(match[0])
        if said is None:
            said = match[0] if not table.ascii_only and _GREEK_WORD.match(match[0]) else match[0].translate(table)
        pieces += [text[last : match.start()].translate(table), said]
        last = match.end()
    return "".join((*pieces, text[last:].translate(table)))


@cache
def _decoder() -> LatexDecodingMiddleware:
    return LatexDecodingMiddleware()


def _read(command: re.Match[str]) -> str:
    if command[1]:
        return _UNKNOWN[command[1]]
    return unicodedata.normalize("NFC", f"{command[2] or command[3]}\u0326")


def decode(value: str) -> str:
    """Turn LaTeX into text; text without LaTeX is left alone, and an unescaped `%` is a per cent sign."""
    if not _LATEX.search(value):
        return value
    said = _decoded(value)
    # Where a command lacks its arguments (`\frac` alone), pylatexenc puts its own pattern there.
    return said if said.count("%s") <= value.count("%s") else _decoded(_COMMAND.sub("", value))


def _decoded(value: str) -> str:
    field = Field("value", _UNREAD.sub(_read, _BARE_SPECIAL.sub(r"\\\1", value)))
    _decoder().transform_entry(Entry("misc", "key", [field]), Library())
    return str(field.value)
