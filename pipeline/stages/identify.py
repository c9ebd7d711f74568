"""What the links of a row already prove, without a request.

in -> out: `Entry` -> `Identifier`s, those of the paper link first; an address -> the facts that it states.
Rules: `stages/addresses.py` has the forms. Evidence names the address as written: `link ...` for the paper link, `other
link ...` for the rest, with `derived from` in front where the address does not spell the identifier out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from pipeline.model import Entry, Identifier, SchemeName
from pipeline.stages.addresses import read_claims
from pipeline.stages.minting import Claim
from pipeline.text import arxiv, doi, link

_PLAIN = re.compile(r"(doi|arxiv|pmid|pmcid)\s?:\s?(?=\S)", re.IGNORECASE)
_SCHEMES: dict[str, SchemeName] = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid"}
_FORMS = {
    "pii": re.compile(r"S\d{7}[\dX]\d{7}[\dX]|B(?:\d{13}|\d{9}[\dX])\d{5}[\dX]"),
    "pmid": re.compile(r"[1-9]\d{0,7}"),
    "pmcid": re.compile(r"PMC[1-9]\d{2,8}"),
    "openalex": re.compile(r"W\d+"),
}
_DERIVED = "derived from "
_PII_MARKS = str.maketrans("", "", "-()")


class LinkFacts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a link itself says about the paper, beside identifiers."""

    volume: str | None = None
    venue: str | None = None
    publisher: str | None = None
    year: int | None = None


_NEURIPS = LinkFacts(venue="Advances in Neural Information Processing Systems")
_PMLR = LinkFacts(venue="Proceedings of Machine Learning Research", publisher="PMLR")
_FACTS = (
    ("proceedings.mlr.press", re.compile(r"/v(?P<volume>\d{1,4})/\w"), _PMLR),
    ("jmlr.org", re.compile(r"/proceedings/papers/v(?P<volume>\d{1,4})/\w"), _PMLR),
    ("jmlr.org", re.compile(r"/papers/v(?:olume)?(?P<volume>\d{1,3})/\w"),
     LinkFacts(venue="Journal of Machine Learning Research")),
    ("proceedings.neurips.cc", re.compile(r"/paper(?:_files/paper)?/(?P<year>\d{4})/"), _NEURIPS),
    ("papers.nips.cc", re.compile(r"/paper(?:_files/paper)?/(?:(?P<year>\d{4})/|\d)"), _NEURIPS),
    ("papers.neurips.cc", re.compile(r"/paper(?:_files/paper)?/(?:(?P<year>\d{4})/|\d)"), _NEURIPS),
    ("ijcai.org", re.compile(r"/proceedings/(?P<year>\d{4})/\d"),
     LinkFacts(venue="International Joint Conference on Artificial Intelligence")),
)  # fmt: skip


def identify(entry: Entry) -> tuple[Identifier, ...]:
    """Return the identifiers that the row's links state, the paper link's first, each scheme and value once."""
    found = list(from_url(entry.url)) if entry.url else []
    for address in entry.links:
        found += [_of_other_link(identifier) for identifier in from_url(address)]
    first: dict[tuple[str, str], Identifier] = {}
    for identifier in found:
        first.setdefault((identifier.scheme, identifier.value), identifier)
    return tuple(first.values())


@lru_cache(maxsize=16_384)
def from_url(url: str) -> tuple[Identifier, ...]:
    """Return the identifiers that one address, or a plain `doi:` or `arxiv:`, states.

    A DOI of arXiv is given as the arXiv id that it stands for.

    >>> [(one.scheme, one.value) for one in from_url("https://link.springer.com/chapter/10.1007/978-3-030-78191-0_51")]
    [('doi', '10.1007/978-3-030-78191-0_51')]
    >>> from_url("https://www.nature.com/articles/srep12345")[0].evidence
    'derived from link https://www.nature.com/articles/srep12345'
    """
    address = url.strip()
    found: list[Identifier] = []
    for claim in _claims(address):
        scheme, value = _clean(claim)
        evidence = f"{_DERIVED if claim.is_derived else ''}link {address}"
        if value:
            found.append(Identifier(scheme=scheme, value=value, evidence=evidence))
    return tuple(found)


def is_derived(identifier: Identifier) -> bool:
    """Tell whether the identifier was composed from an address, so that only a record can prove it."""
    return identifier.evidence.startswith(_DERIVED)


def normalise_link(url: str) -> str:
    """Return the spelling by which two addresses are compared, without scheme; see `text/link.py`."""
    return link.normalise(url)


def facts(url: str) -> LinkFacts:
    """Return volume, venue, publisher and year where the address states them, and nothing else.

    >>> facts("https://proceedings.mlr.press/v126/hu20a.html").volume
    '126'
    >>> facts("https://www.jmlr.org/papers/v22/20-451.html").venue
    'Journal of Machine Learning Research'
    """
    parsed = link.parse(url)
    for host, form, known in _FACTS:
        match = form.match(parsed.path) if parsed and parsed.host == host else None
        if match:
            said = match.groupdict()
            year = int(said["year"]) if said.get("year") else None
            return msgspec.structs.replace(known, volume=said.get("volume"), year=year)
    return LinkFacts()


def _of_other_link(identifier: Identifier) -> Identifier:
    evidence = identifier.evidence.removeprefix(_DERIVED)
    prefix = _DERIVED if is_derived(identifier) else ""
    return msgspec.structs.replace(identifier, evidence=f"{prefix}other {evidence}")


def _claims(address: str) -> Iterator[Claim]:
    plain = _PLAIN.match(address)
    parsed = link.parse(address)
    if plain:
        yield Claim(_SCHEMES[plain[1].lower()], address[plain.end() :])
    elif parsed:
        yield from read_claims(parsed)


def _clean(claim: Claim) -> tuple[SchemeName, str | None]:
    """Return scheme and canonical value; None where it is malformed or its registrant is never believed."""
    if claim.scheme == "doi":
        value = doi.clean(claim.text)
        if value and doi.is_arxiv(value):
            return "arxiv", doi.arxiv_id(value)
        return "doi", None if value and doi.is_denied(value) else value
    if claim.scheme == "arxiv":
        return "arxiv", arxiv.clean(claim.text)
    if claim.scheme not in _FORMS:
        return claim.scheme, claim.text
    plain = claim.text.strip().translate(_PII_MARKS).upper()
    return claim.scheme, plain if _FORMS[claim.scheme].fullmatch(plain) else None
