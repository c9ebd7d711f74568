"""What stands in `references-retired.bib` is checked before it is kept: others write in a repository too.

in -> out: the file's text -> the first line with something that no run of ours writes there and that TeX would obey.
BibTeX carries a preamble and the values of fields into every document; it looks into comments for entries, too.
"""

import re
from functools import cache

import msgspec
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, ExplicitComment, ImplicitComment

from pipeline.model import Key
from pipeline.text import latex

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_BY_HAND = frozenset(["emph", "textit", "textbf", "textsc", "mbox", "url", "texttt", "&", "%", "#", "_", "$", "-", " "])
"""What people write besides, and what only sets type."""


def find_foreign(text: str) -> tuple[int, str] | None:
    """Return line and sentence about what does not belong there; None where all does."""
    for block in parse_string(text, parse_stack=[]).blocks:
        raw, line = block.raw or "", (block.start_line or 0) + 1
        if isinstance(block, Entry):
            odd = _in_entry(block.key, raw)
        elif isinstance(block, ExplicitComment | ImplicitComment):
            odd = "an entry in a comment" if "@" in raw.lstrip().removeprefix("@") else None
        else:
            odd = f"`{raw.strip().partition('{')[0][:20]}`, which is no entry"
        if odd:
            return line, f"The file holds {odd}; no run wrote it, remove it."
    return None


def _in_entry(key: str, raw: str) -> str | None:
    try:
        msgspec.convert(key, Key)
    except msgspec.ValidationError:
        return "a key that is none"
    if "^^" in raw:
        return "`^^`, which hides a command"
    odd = next((found[1] for found in _COMMAND.finditer(raw) if found[1] not in _harmless()), None)
    return f"the command `\\{odd}`" if odd else None


@cache
def _harmless() -> frozenset[str]:
    return _BY_HAND | frozenset(_COMMAND.findall(" ".join(latex.written())))
