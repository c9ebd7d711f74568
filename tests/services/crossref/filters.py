"""Crossref's `filter=` language: names and values parted by commas after decoding, with no way to protect a comma.

in -> out: the decoded value of `filter=` -> name -> values; those -> positions of works. Different names must all hold,
of one name's values any.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from tests.services.corpus import Corpus, Record
from tests.services.crossref.errors import Invalid
from tests.services.crossref.facts import FILTERS, TYPES
from tests.services.wire import Unplayed


def parse_filters(text: str) -> dict[str, tuple[str, ...]]:
    """Read the decoded value of `filter=`. Raises `Invalid`, also for the rest of a DOI that holds a comma."""
    found: dict[str, list[str]] = {}
    for piece in text.split(","):
        name, _, value = piece.partition(":")
        if name not in FILTERS:
            raise Invalid(
                "filter-not-available", name, f"Filter {name} specified but there is no such filter for this route."
            )
        if name == "type" and value not in TYPES:
            raise Invalid("type-not-valid", value, f"Type {value} is not a valid type.")
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _listed(name: str) -> Callable[[Record], Iterable[object]]:
    """Return the values of a field that may be missing, one or many, folded."""

    def values(work: Record) -> Iterable[object]:
        value = work.get(name)
        return [str(v).casefold() for v in (value if isinstance(value, list) else [value]) if v is not None]

    return values


def _compact(name: str) -> Callable[[Record], Iterable[object]]:
    """Return ISSNs and ISBNs without address and hyphens."""
    return lambda work: [_bare_number(v) for v in _listed(name)(work)]


def _bare_number(value: object) -> str:
    return str(value).rsplit("/", 1)[-1].replace("-", "").casefold()


def _related(part: str) -> Callable[[Record], Iterable[object]]:
    def values(work: Record) -> Iterable[object]:
        relation = work.get("relation") or {}
        if part == "type":
            return list(relation)
        return [str(o.get(part)).casefold() for objects in relation.values() for o in objects]

    return values


def _flag(test: Callable[[Record], Any]) -> Callable[[Record], Iterable[object]]:
    return lambda work: ["true" if test(work) else "false"]


def first_date(work: Record, name: str) -> str | None:
    """Return `YYYY-MM-DD` as precise as given, None for a missing or empty date."""
    parts = ((work.get(name) or {}).get("date-parts") or [[None]])[0]
    if not parts or parts[0] is None:
        return None
    return "-".join(f"{int(p):02d}" for p in parts)


def _fold(value: str) -> str:
    return value.casefold()


INDEXED: dict[str, tuple[Callable[[Record], Iterable[object]], Callable[[str], object]]] = {
    # name: (values of a work, form of an asked value)
    "doi": (_listed("DOI"), lambda v: re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", v.casefold())),
    "alternative-id": (_listed("alternative-id"), _fold),
    "article-number": (_listed("article-number"), _fold),
    "issn": (_compact("ISSN"), _bare_number),
    "isbn": (_compact("ISBN"), _bare_number),
    "type": (_listed("type"), _fold),
    "container-title": (_listed("container-title"), _fold),
    "prefix": (lambda work: [work["DOI"].split("/")[0]], _fold),
    "member": (lambda work: [str(work.get("member")).rsplit("/", 1)[-1]], _fold),
    "orcid": (lambda work: [_bare_number(a.get("ORCID", "")) for a in work.get("author") or ()], _bare_number),
    "has-abstract": (_flag(lambda w: w.get("abstract")), _fold),
    "has-relation": (_flag(lambda w: w.get("relation")), _fold),
    "has-update": (_flag(lambda w: w.get("updated-by")), _fold),
    "is-update": (_flag(lambda w: w.get("update-to")), _fold),
    "has-references": (_flag(lambda w: w.get("reference")), _fold),
    "has-orcid": (_flag(lambda w: any("ORCID" in a for a in w.get("author") or ())), _fold),
    "update-type": (lambda work: [u.get("type") for u in work.get("update-to") or ()], _fold),
    "updates": (lambda work: [str(u.get("DOI")).casefold() for u in work.get("update-to") or ()], _fold),
    "relation.type": (_related("type"), _fold),
    "relation.object": (_related("id"), _fold),
    "relation.object-type": (_related("id-type"), _fold),
}
DATES = {
    "pub": "issued", "issued": "issued", "print-pub": "published-print", "online-pub": "published-online",
    "posted": "posted", "created": "created", "deposit": "deposited",
}  # fmt: skip


def matching(corpus: Corpus, name: str, values: tuple[str, ...]) -> set[int]:
    """Return the positions of the works of which one filter holds."""
    if match := re.fullmatch(r"(from|until)-(.+)-date", name):
        if match[2] not in DATES:
            raise Unplayed(f"Crossref filter {name}")
        return _dated(corpus, DATES[match[2]], values, is_from=match[1] == "from")
    if name not in INDEXED:
        raise Unplayed(f"Crossref filter {name}")
    of_work, form = INDEXED[name]
    index = corpus.index(name, of_work)
    return {p for value in values for p in index.get(form(value), ())}


def _dated(corpus: Corpus, name: str, bounds: tuple[str, ...], *, is_from: bool) -> set[int]:
    for bound in bounds:
        if not re.fullmatch(r"\d{4}(?:-\d{1,2}){0,2}", bound):
            raise Invalid("date-not-valid", bound, f"Date specified as {bound} but must be of the form yyyy-MM-dd.")
    index = corpus.index(f"date {name}", lambda work: [d for d in [first_date(work, name)] if d])
    # A bound covers all of its year or month: 2021 as `until` takes in 2021-12-31.
    wanted = [
        k for k in index for b in bounds
        if (str(k) >= b if is_from else str(k)[: len(b)] <= b)
    ]  # fmt: skip
    return {p for key in wanted for p in index[key]}
