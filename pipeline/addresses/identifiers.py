"""What an address states without a request: identifiers, facts, and which page it is.

in -> out: an address -> its `Identifier`s, the facts that it states beside them, one name for the page.
Rules: `addresses/forms.py` has the forms. Evidence names the address as written: `link ...` for the paper link, `other
link ...` for the rest, with `derived from` in front where the address does not spell the identifier out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from pipeline.addresses import link
from pipeline.addresses.forms import read_claims
from pipeline.addresses.publishers import Claim
from pipeline.model import Identifier, SchemeName
from pipeline.text import arxiv, doi, pii

_PLAIN = re.compile(r"(doi|arxiv|pmid|pmcid)\s?:\s?(?=\S)", re.IGNORECASE)
_SCHEMES: dict[str, SchemeName] = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid"}
_FORMS = {
    "pmid": re.compile(r"[1-9]\d{0,7}"),
    "pmcid": re.compile(r"PMC[1-9]\d{2,8}"),
    "openalex": re.compile(r"W\d+"),
}


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


_ONLY_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.(?!48550/)\d{4,9}/[\w./()-]+", re.ASCII)
"""A record's commonest address: it states its DOI and nothing else, as can be seen without taking it apart."""


@lru_cache(maxsize=65_536)
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
        if value:
            evidence = f"derived from link {address}" if claim.is_derived else f"link {address}"
            found.append(Identifier(scheme=scheme, value=value, evidence=evidence, is_derived=claim.is_derived))
            if scheme == "doi" and value.endswith("/"):
                bare = {"value": value[:-1], "evidence": f"derived from link {address}", "is_derived": True}
                found.append(msgspec.structs.replace(found[-1], **bare))
    return tuple(found)


def find(scheme: SchemeName, urls: Iterable[str]) -> tuple[str, ...]:
    """Return what addresses, such as the landing pages of a record, spell out of one scheme, each once.

    >>> find("ieee", ["https://ieeexplore.ieee.org/document/9343323/", "https://doi.org/10.1109/TMI.2021.1"])
    ('9343323',)
    """
    told = tuple(urls) if scheme == "doi" else _more_than_dois(tuple(urls))
    if not told:
        return ()
    stated = [one for url in told for one in from_url(url) if one.scheme == scheme and not one.is_derived]
    return tuple(dict.fromkeys([one.value for one in stated]))


def find_first(scheme: SchemeName, urls: Iterable[str]) -> str | None:
    """Return the first identifier of one scheme that the addresses spell out."""
    return next(iter(find(scheme, urls)), None)


@lru_cache(maxsize=256)
def _more_than_dois(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Remembered for a while: each record's addresses are asked for one scheme after the other."""
    return tuple([url for url in urls if not _ONLY_DOI.fullmatch(url)])


@lru_cache(maxsize=65_536)
def page_name(url: str) -> str:
    """Return one name for all addresses of a paper's page: the identifier that they spell out, else the address.

    >>> page_name("https://arxiv.org/pdf/2101.05224v2.pdf"), page_name("http://www.example.org/a/?utm_source=x#top")
    ('arxiv:2101.05224', 'link:example.org/a')
    """
    stated = next((one for one in from_url(url) if not one.is_derived), None)
    return f"{stated.scheme}:{stated.value}" if stated else f"link:{link.normalise(url)}"


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


def _claims(address: str) -> Iterator[Claim]:
    plain = _PLAIN.match(address)
    parsed = link.parse(address)
    if plain:
        # The label stays, since it says of a number what it is.
        scheme = _SCHEMES[plain[1].lower()]
        yield Claim(scheme, address if scheme == "arxiv" else address[plain.end() :])
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
    if claim.scheme == "pii":
        return "pii", pii.clean(claim.text)
    if claim.scheme not in _FORMS:
        return claim.scheme, claim.text
    plain = claim.text.strip().upper()
    return claim.scheme, plain if _FORMS[claim.scheme].fullmatch(plain) else None
