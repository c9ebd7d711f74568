"""`catalog.json`: what a run found, and the memory that the next run starts from.

in -> out: `Catalog` -> text, and back. The shape is the structs of `model.py` in their field order;
docs/catalog.schema.json states it for readers in other languages.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from pipeline.errors import UsageError
from pipeline.model import Catalog, ListInfo, Paper, Retired
from pipeline.text import preprint_servers, venue

_BYTE = re.compile(r" \(byte (\d+)\)$")


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """The outermost object without defaults: a catalog whose papers are missing must not pass for an empty one."""

    schema: Literal[1, 2]
    list: ListInfo
    papers: tuple[Paper, ...]
    retired: tuple[Retired, ...]


class _Frame(msgspec.Struct, forbid_unknown_fields=True):
    """The same with its papers still to be read."""

    schema: Literal[1, 2]
    list: ListInfo
    papers: tuple[msgspec.Raw, ...]
    retired: tuple[Retired, ...]


def render(catalog: Catalog) -> str:
    """Render the catalog: two-space indent, keys in field order, one trailing newline.

    The free-form objects (`sources`, `by_year`) are sorted by key, so that equal catalogs are equal bytes.
    """
    return encode(catalog).decode()


def encode(catalog: Catalog) -> bytes:
    """Render the catalog as the bytes of its file; as text it would need up to four times the memory."""
    return msgspec.json.format(_encode(catalog), indent=2) + b"\n"


def digest(catalog: Catalog) -> str:
    """Return what tells one catalog from another."""
    return hashlib.blake2b(_encode(catalog), digest_size=16).hexdigest()


def _encode(catalog: Catalog) -> bytes:
    """Return the file's content on one line."""
    return msgspec.json.encode(catalog, order="deterministic")


def read(text: str, name: str) -> Catalog:
    """Read what `render` wrote; `name` is the file's name for messages.

    Raises:
        UsageError: The text is not a whole catalog. It holds the keys that people cite, so it is never replaced unread.
    """
    try:
        written = _decode(text.encode())
    except (msgspec.DecodeError, RecursionError) as error:
        raise UsageError(
            f"{name} cannot be read as a catalog: {_explain(str(error), text)}. Restore it from version control,"
            " or move it away to start without its keys and values."
        ) from error
    papers = written.papers if written.schema != 1 else tuple(map(_lift, written.papers))
    return Catalog(list=written.list, papers=papers, retired=written.retired)


def check(encoded: bytes) -> None:
    """Hold what is about to be saved against what `read` takes. Raises msgspec.ValidationError: a fault of ours.

    Paper by paper: a large catalog need not be in memory twice.
    """
    written = msgspec.json.decode(encoded, type=_Frame)
    _check_keys((msgspec.json.decode(sent, type=Paper).key for sent in written.papers), written.retired)


def _decode(encoded: bytes) -> _Written:
    written = msgspec.json.decode(encoded, type=_Written)
    _check_keys((paper.key for paper in written.papers), written.retired)
    return written


def _check_keys(papers: Iterable[str], retired: Iterable[Retired]) -> None:
    for name, keys in (("papers", papers), ("retired", (row.key for row in retired))):
        held = list(keys)
        if "" in held:
            raise msgspec.ValidationError(f"A key is empty - at `$.{name}[{held.index('')}].key`")


def _lift(paper: Paper) -> Paper:
    """Give a paper of schema 1 what was derived then: the series that its ISSN stands for, a preprint's server."""
    new: dict[str, str | None] = {}
    sources = paper.sources
    if paper.type in ("inproceedings", "incollection", "book"):
        new, witness = {"series": venue.series(paper.issn)}, "issn"
    elif paper.type == "preprint" and paper.venue is None:
        new, witness = {"venue": preprint_servers.of_doi(paper.ids.doi)}, "type"
    new = {name: value for name, value in new.items() if value not in (None, paper.venue)}
    if new and witness in sources:
        sources = dict(sorted((sources | dict.fromkeys(new, sources[witness])).items()))
    return msgspec.structs.replace(paper, sources=sources, **new)


def _explain(reason: str, text: str) -> str:
    """Return the decoder's reason with a line in the place of a byte offset."""
    at = _BYTE.search(reason)
    if at is None:
        return reason
    line = text.encode()[: int(at[1])].count(b"\n") + 1
    return f"{_BYTE.sub('', reason)} in line {line}"
