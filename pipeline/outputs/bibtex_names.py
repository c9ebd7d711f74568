"""The `author` field of BibTeX.

in -> out: authors -> `Family, Given and Family, Jr., Given and {A Corporation}`. Rules: btxdoc.pdf, section 4 on names.
The comma form keeps particles and double family names with the family, braces keep corporate names whole, and braces
defuse what BibTeX would read as syntax (` and `, `others`, commas). The classic `bibtex` reads bytes: a style that
abbreviates takes the first byte of a name, and `alpha` the first three of a single author's family name. A letter that
would be cut in half there is written as its LaTeX command, in the UTF-8 form too.
"""

import re
import unicodedata
from collections.abc import Iterable

from pipeline.model import Author
from pipeline.outputs.reference import line
from pipeline.text import latex

_SEPARATOR = re.compile(r"([ -])")
# Signs that no name begins with; biber would make half a command of them when it looks for an initial.
_SIGNS = r"\{}$&#%_^~<>|`"
_WORD = r"(?!(?:and|others)\b)[a-z]{1,30}\.?"
_PLAIN = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,4}}", re.IGNORECASE | re.ASCII)
"""Words and initials, as in most names: no rule below changes them."""
_SYNTAX = re.compile(rf",|(?:^| )(?:and|others)(?: |$)|[ -][{re.escape(_SIGNS)}]|[\[\]]|^-|-$", re.IGNORECASE)
"""Also brackets, at which natbib ends a label, and hyphens at an end, which part words and leave nothing between."""
_SIGN_FIRST = re.compile(r"(?:^|[ -])(?:\{\\text(?!commabelow)|\{?\$)")
"""A word that begins with the command of a sign and not of a letter, of which biber makes half an initial."""
_CLUSTER = re.compile(".[\u0300-\u036f]*", re.DOTALL)
_LABEL_BYTES = 3
_MOST_COMMAS = 2
"""For more in a name biber drops the entry, braces or not, unless they are around the whole of it."""
_EQUALS = re.compile(r"(?<!\\)=")
_INITIAL_BYTES = 1
_LONGEST_NAME_BYTES = 230
"""Styles cut a label of more than 500 bytes, in the middle of a command too; it may hold two names and a year."""


def render_names(authors: Iterable[Author], *, ascii_only: bool = False) -> str:
    r"""Render all authors, however many; empty when there are none.

    >>> render_names([Author(given="Álvaro S.", family="Hervella"), Author(given="Ludwig", family="van Beethoven")])
    "Hervella, {\\'A}lvaro S. and van Beethoven, Ludwig"
    >>> render_names([Author(literal="Search and Rescue"), Author(given="Sammy", family="Davis", suffix="Jr.")])
    '{Search and Rescue} and Davis, Jr., Sammy'
    """
    names = (_name(author, ascii_only=ascii_only) for author in authors)
    return " and ".join(name for name in names if name)


def _name(author: Author, *, ascii_only: bool) -> str:
    if not (author.suffix or author.literal) and all(
        _PLAIN.fullmatch(part or "") for part in (author.family, author.given)
    ):
        return f"{author.family}, {author.given}"
    given, family, suffix = _clean(author.given), _clean(author.family), _clean(author.suffix)
    whole = _clean(author.literal) or (given if family is None else None)
    if family is not None and given is None and (suffix or " " in family):
        whole = " ".join(part for part in (family, suffix) if part)
    if ", ".join(part for part in (family, suffix, given) if part).count(",") > _MOST_COMMAS:
        whole = " ".join(part for part in (given, family, suffix) if part)
    if whole is not None:
        return f"{{{_text(whole, _LABEL_BYTES, ascii_only=ascii_only)}}}"
    sizes = [(family, _LABEL_BYTES), (suffix, _INITIAL_BYTES), (given, _INITIAL_BYTES)]
    parts = [(part, _text(part, size, ascii_only=ascii_only)) for part, size in sizes if part]
    return ", ".join(
        f"{{{said}}}" if _SYNTAX.search(part) or _SIGN_FIRST.search(said) else said for part, said in parts
    )


def _clean(part: str | None) -> str | None:
    return latex.spelled_out(line(part) or "").lstrip(_SIGNS + " ") or None


def _text(part: str, size: int, *, ascii_only: bool) -> str:
    """Escape a part of a name, cut where no label could hold it; a style may take its first `size` bytes alone."""
    said = _escaped(part, size, ascii_only=ascii_only)
    while len(said.encode()) > _LONGEST_NAME_BYTES:
        part = part.removesuffix("...")[: len(part) * 3 // 4] + "..."
        said = _escaped(part, size, ascii_only=ascii_only)
    return _EQUALS.sub("{=}", said)  # biber's own names are `family=Doe, given=Ann`


def _escaped(part: str, size: int, *, ascii_only: bool) -> str:
    if ascii_only or part.isascii():
        return latex.encode(part) if ascii_only else latex.escape(part)
    pieces = _SEPARATOR.split(unicodedata.normalize("NFC", part))
    return "".join(piece if piece in {" ", "-"} else _uncut(piece, size) for piece in pieces)


def _uncut(word: str, size: int) -> str:
    """Escape a word so that its first `size` bytes are whole letters for BibTeX, which counts a command as one."""
    pieces: list[str] = []
    left, end = size, 0
    for match in _CLUSTER.finditer(word):
        if left <= 0:
            break
        letter, end = match[0], match.end()
        weight = len(letter.encode())
        is_cut = weight > (left if pieces else 1)
        pieces.append((latex.command(letter) if is_cut else None) or latex.escape(letter))
        left -= 1 if is_cut else weight
    return "".join((*pieces, latex.escape(word[end:])))
