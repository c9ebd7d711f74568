"""References of single papers, cut out of the files that hold them all.

in -> out: `references.bib`, `.ris` and `.json` as text -> the entries of each paper, by key. What is cut is what the
formats' own code has written: an entry begins in a line with `@`, a record ends in a line with `ER`, and no value has
more than one line.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from pipeline.model import Paper
from pipeline.outputs import bibtex, csl, ris

ABSTRACT = "\ue000"
"""Stands for the abstract, which two formats repeat (`script/references.mjs`); a letter for private use."""
_ENTRY = re.compile(r"^@\w+\{([^,\n]+),\n.*?^\}\n", re.MULTILINE | re.DOTALL)
_RECORD = re.compile(r"^TY  - .*?^ER  - *\n", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"^ID  - (.*)$", re.MULTILINE)
_ABSTRACT = re.compile(r"^AB  - .*$", re.MULTILINE)


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in each format, its abstract left out."""

    bib: str
    ris: str
    csl: msgspec.Raw
    """As JSON, which takes a fraction of the memory of what it says."""


def cut(bib: str, ris_text: str, csl_text: str) -> dict[str, Reference]:
    """Return the references by key."""
    entries = {found[1]: found[0] for found in _ENTRY.finditer(bib)}
    records = {id_line[1]: record for record in _RECORD.findall(ris_text) if (id_line := _ID.search(record))}
    items = dict(map(_item, msgspec.json.decode(csl_text, type=tuple[msgspec.Raw, ...])))
    return {
        key: Reference(
            bib=entry,
            ris=_ABSTRACT.sub(f"AB  - {ABSTRACT}", records[key]),
            csl=items[key],
        )
        for key, entry in entries.items()
    }


def _item(sent: msgspec.Raw) -> tuple[str, msgspec.Raw]:
    """Return the key of an item, and its JSON in one line without the abstract."""
    item: dict[str, Any] = msgspec.json.decode(sent)
    if "abstract" in item:
        item["abstract"] = ABSTRACT
    return item["id"], msgspec.Raw(msgspec.json.encode(item))


def render(papers: Sequence[Paper]) -> dict[str, Reference]:
    """Render the references of papers that no file has been written of."""
    return cut(bibtex.render(papers), ris.render(papers), csl.render(papers))
