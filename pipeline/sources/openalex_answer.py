"""Which questions a work of OpenAlex answers.

in -> out: one work's JSON -> the values of each kind of question that it is the answer to. Values are compared in their
canonical form only (DOI, W-id, PMID, arXiv id, address); a work is never taken for an answer because of its position.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec

from pipeline.addresses import identifiers, link
from pipeline.model import Query
from pipeline.sources import UnreadableBody, body


class Ids(msgspec.Struct):
    """The identifiers besides DOI and W-id."""

    pmid: str | None = None
    pmcid: str | None = None


class Location(msgspec.Struct):
    """One place where the work is found."""

    landing_page_url: str | None = None


class Key(msgspec.Struct):
    """What tells which questions a work answers."""

    id: str
    doi: str | None = None
    title: str | None = None
    ids: Ids | None = None
    locations: tuple[Location, ...] | None = None
    type: str | msgspec.UnsetType | None = msgspec.UNSET
    """Unset in an answer to a `volatile` question."""


@lru_cache(maxsize=256)
def read_key(raw: bytes) -> Key:
    """Read what identifies a work. Raises `UnreadableBody` when it has no W-id.

    Remembered for the works of a list, which are handed out first and then asked what else they answer.
    """
    key, _ = body.decode(raw, Key)
    if not _ids(key):
        raise UnreadableBody(f"not the id of a work: {key.id[:100]}")
    return key


def find_values(kind: str, key: Key) -> tuple[str, ...]:
    """Return the values of a kind of question that the work answers."""
    return _VALUES[kind](key)


def find_aliases(key: Key) -> tuple[tuple[str, str], ...]:
    """Return (kind, value) of all questions that this one work answers; an answer to `volatile` answers no more."""
    kinds = _VOLATILE_KINDS if key.type is msgspec.UNSET else _KINDS
    return tuple((kind, value) for kind in kinds for value in _VALUES[kind](key))


def canonical(query: Query) -> str:
    """Return a question's value in the form in which `find_values` gives it."""
    if query.kind == "title":
        return fold_title(query.value)
    return link.normalise(query.value) if query.kind == "landing" else query.value


def fold_title(title: str) -> str:
    """Return a title as the exact filter compares it: case does not matter, nor which apostrophe was asked for."""
    return " ".join(title.lower().replace("’", "'").split())


def _ids(key: Key) -> tuple[str, ...]:
    openalex_id = key.id.rsplit("/", 1)[-1].upper()
    return (openalex_id,) if re.fullmatch(r"W\d+", openalex_id) else ()


def _dois(key: Key) -> tuple[str, ...]:
    return body.unique([body.bare_doi(key.doi)])


def _pmids(key: Key) -> tuple[str, ...]:
    found = re.search(r"(\d+)/?$", key.ids.pmid) if key.ids and key.ids.pmid else None
    return (found[1],) if found else ()


def _pmcids(key: Key) -> tuple[str, ...]:
    found = re.search(r"(\d+)/?$", key.ids.pmcid) if key.ids and key.ids.pmcid else None
    return (f"PMC{found[1]}",) if found else ()


def _pages(key: Key) -> tuple[str, ...]:
    return body.unique(location.landing_page_url for location in key.locations or ())


def _arxiv_ids(key: Key) -> tuple[str, ...]:
    return identifiers.find("arxiv", _pages(key))


def _addresses(key: Key) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.normalise(page) for page in _pages(key)))


def _titles(key: Key) -> tuple[str, ...]:
    return (fold_title(key.title),) if key.title else ()


_VALUES: Mapping[str, Callable[[Key], tuple[str, ...]]] = {
    "doi": _dois, "volatile-doi": _dois, "id": _ids, "volatile": _ids, "pmid": _pmids, "pmcid": _pmcids,
    "arxiv": _arxiv_ids, "landing": _addresses, "title": _titles,
}  # fmt: skip
_VOLATILE_KINDS = ("volatile", "volatile-doi")
# Not `arxiv`, `landing` and `title`: several works may have the page or the title, and only the filter knows them all.
_KINDS = ("id", "doi", "pmid", "pmcid", *_VOLATILE_KINDS)
