"""How some publishers make DOIs from what stands in their addresses.

in -> out: the match of an address form (`addresses/forms.py`) -> the claims that follow from it. Data, and the rules
that a pattern cannot say. Rules: the publishers' own DOIs, compared with their addresses in November 2026; everything
that is composed here is derived, so it is believed only if a record's title agrees.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.model import SchemeName
from pipeline.text import pii as pii_text


class Claim(NamedTuple):
    """An identifier as the address gives it, not yet cleaned."""

    scheme: SchemeName
    text: str
    is_derived: bool = False


Reader = Callable[[re.Match[str]], Iterator[Claim]]

# Ids of these journals are the DOI's suffix; others hide its dots (`onc2011123` is 10.1038/onc.2011.123).
_NATURE_PLAIN = re.compile(r"nature|ncomms|srep|n[a-z]+")
_NATURE_DOTTED = re.compile(r"([a-z]+)(20[01]\d)(\d{1,3})")
_NATURE_SURE = re.compile(r"s4\d{4}-|d4\d{4}-|nature\d")
_PALGRAVE = ("s41599-", "palcomms")
_ACL_SINCE_2020 = re.compile(
    r"20[2-9]\d\.(?:(?:acl|emnlp|naacl|eacl|aacl|findings|conll|semeval|starsem)-[a-z]+|(?<=2020\.)coling-main)\.\d+"
)
# First letter -> years whose volumes carry DOIs of ACL's own prefix, and of the one before.
_ACL_OWN = {
    "P": "16 17 18 19",
    "N": "16 18 19",
    "D": "15 16 17 18 19",
    "K": "15 16 17 18 19",
    "S": "16 17 18 19",
    "E": "17",
}
_ACL_FORMER = {"P": "14 15", "N": "15", "D": "14", "E": "14"}
_MDPI = {
    "1099-4300": "e", "1420-3049": "molecules", "1422-0067": "ijms", "1424-8220": "s", "1660-4601": "ijerph",
    "1996-1073": "en", "1996-1944": "ma", "1999-4893": "a", "2071-1050": "su", "2072-4292": "rs", "2072-6643": "nu",
    "2072-666X": "mi", "2072-6694": "cancers", "2073-4360": "polym", "2073-4409": "cells", "2073-4425": "genes",
    "2073-4433": "atmos", "2073-4441": "w", "2073-8994": "sym", "2075-1729": "life", "2075-4418": "diagnostics",
    "2075-4426": "jpm", "2076-3417": "app", "2076-3425": "brainsci", "2077-0383": "jcm", "2078-2489": "info",
    "2079-6374": "bios", "2079-7737": "biology", "2079-9292": "electronics", "2218-1989": "metabo",
    "2218-273X": "biom", "2218-6581": "robotics", "2220-9964": "ijgi", "2227-7080": "technologies",
    "2227-7390": "math", "2227-9032": "healthcare", "2227-9059": "biomedicines", "2227-9717": "pr",
    "2304-8158": "foods", "2306-5354": "bioengineering", "2306-5729": "data", "2313-433X": "jimaging",
    "2379-139X": "tomography", "2504-2289": "bdcc", "2504-446X": "drones", "2504-4990": "make", "2673-2688": "ai",
}  # fmt: skip
"""ISSN -> the journal's code in its DOIs; a journal that is not here has no derived DOI."""
_OSF = {"psyarxiv": "10.31234", "socarxiv": "10.31235", "osf": "10.31219", "engrxiv": "10.31224", "edarxiv": "10.35542"}


def stated(scheme: SchemeName, template: str = "{id}") -> Reader:
    """Return a reader for identifiers that the address spells out."""
    return lambda match: iter([Claim(scheme, template.format_map(match.groupdict()))])


def derived(template: str) -> Reader:
    """Return a reader for DOIs that are composed from parts of the address."""
    return lambda match: iter([Claim("doi", template.format_map(match.groupdict()), is_derived=True)])


def nothing(match: re.Match[str]) -> Iterator[Claim]:
    """Claim nothing: the address looks like more than it says."""
    del match
    return iter(())


def nature(match: re.Match[str]) -> Iterator[Claim]:
    """`s41599-...` and `palcomms...` are Palgrave's; bare numbers and old ids of Pediatric Research tell nothing."""
    article = match["id"].lower()
    registrant = "10.1057" if article.startswith(_PALGRAVE) else "10.1038"
    dotted = _NATURE_DOTTED.fullmatch(article)
    if dotted and not _NATURE_PLAIN.fullmatch(dotted[1]) and (dotted[1] != "pr" or dotted[2] >= "2012"):
        yield Claim("doi", f"{registrant}/{'.'.join(dotted.groups())}", is_derived=True)
    elif not article.isdigit() and not re.match(r"pr\d", article):
        yield Claim("doi", f"{registrant}/{article}", is_derived=not _NATURE_SURE.match(article))


def elsevier(match: re.Match[str]) -> Iterator[Claim]:
    """The PII; where it has no `S`, the DOI follows from it."""
    yield Claim("pii", match["id"])
    if doi := pii_text.doi(pii_text.clean(match["id"]) or ""):
        yield Claim("doi", doi, is_derived=True)


def acl(match: re.Match[str]) -> Iterator[Claim]:
    """Volumes of ACL's own have DOIs of one form; TACL and CL are MIT Press, LREC and most workshops have none."""
    paper = match["id"].upper() if match["id"][0].isalpha() else match["id"].lower()
    yield Claim("acl", paper)
    letter, year = paper[0], paper[1:3]
    if _ACL_SINCE_2020.fullmatch(paper) or year in _ACL_OWN.get(letter, "").split():
        yield Claim("doi", f"10.18653/v1/{paper}", is_derived=True)
    elif year in _ACL_FORMER.get(letter, "").split():
        yield Claim("doi", f"10.3115/v1/{paper}", is_derived=True)


def mdpi(match: re.Match[str]) -> Iterator[Claim]:
    """ISSN, volume, issue and article number make the DOI, if the journal's code is known."""
    code = _MDPI.get(match["issn"].upper())
    if code:
        yield Claim(
            "doi", f"10.3390/{code}{match['volume']}{match['issue']:0>2}{match['article']:0>4}", is_derived=True
        )


def osf(match: re.Match[str]) -> Iterator[Claim]:
    """Every preprint server on OSF has its own prefix."""
    prefix = _OSF.get(match["server"].lower())
    if prefix:
        yield Claim("doi", f"{prefix}/osf.io/{match['id']}", is_derived=True)
