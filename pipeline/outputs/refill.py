"""A human's `.bib`, completed: every byte that was written stays, fields that were missing are added.

in -> out: the file as the human wrote it and the same entries as we render them -> the file to publish. With
`overwrite` our fields replace the human's; fields that we do not have, comments and strings stay in any case.
"""

import re
from collections.abc import Collection, Iterable

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, Field

_SAME = {"journaltitle": "journal", "date": "year", "school": "institution", "annote": "note"}
"""biblatex's names of fields that BibTeX calls otherwise."""
_CONTAINERS = frozenset(["journal", "booktitle", "crossref", "xdata"])
"""Each of them says where the work stands; a second one would contradict it."""


def refill(written: str, rendered: str, *, overwrite: bool = False, passed_over: Collection[str] = ()) -> str:
    r"""Return the human's file with what the rendered entries of the same keys add, but for those `passed_over`.

    >>> print(refill("@misc{a, title={Moss}} % mine", "@misc{a,\n  title = {Moss!},\n  doi = {10.5/x}\n}"))
    @misc{a, title={Moss},
      doi = {10.5/x}
    } % mine
    """
    ours = {
        block.key: block
        for block in parse_string(rendered, parse_stack=()).blocks
        if isinstance(block, Entry) and block.key not in passed_over
    }
    text, position = [], 0
    for block in parse_string(written, parse_stack=()).blocks:
        own = ours.get(block.key) if isinstance(block, Entry) else None
        if not isinstance(block, Entry) or own is None:
            continue
        raw = block.raw or ""
        start = written.find(raw, position)
        if start < 0:
            continue
        text += [written[position:start], _replace(block, own) if overwrite else _complete(raw, block, own)]
        position = start + len(raw)
    return "".join([*text, written[position:]])


def _complete(raw: str, block: Entry, own: Entry) -> str:
    names = _names(block)
    missing = [field for field in own.fields if _name(field) not in names]
    if not missing:
        return raw
    end = raw.rstrip()
    body = end[:-1].rstrip()
    comma = "" if body.endswith((",", "{")) else ","
    return f"{body}{comma}{_lines(missing, raw)}{end[-1]}{raw[len(end) :]}"


def _replace(block: Entry, own: Entry) -> str:
    names = _names(own)
    fields = [*own.fields, *(field for field in block.fields if _name(field) not in names)]
    return f"@{own.entry_type}{{{block.key},{_lines(fields, block.raw or '')}}}"


def _lines(fields: Iterable[Field], raw: str) -> str:
    """Render fields, each on a line of its own that ends as those of the human's entry do."""
    newline = "\r\n" if "\r\n" in raw else "\n"
    return newline + f",{newline}".join(f"  {field.key} = {field.value}" for field in fields) + newline


def _names(block: Entry) -> set[str]:
    """Return what an entry says: whoever names one container names them all."""
    names = {_name(field) for field in block.fields}
    return names | _CONTAINERS if names & _CONTAINERS else names


def _name(field: Field) -> str:
    name = re.sub(r"\s+", "", field.key.lower())
    return _SAME.get(name, name)
