r"""DOIs.

in -> out: a DOI in any notation (address, `doi:`, percent-encoded, with a publisher's page suffix) -> bare, lower case.
Rules: the DOI Handbook (case-insensitive; `10.`, registrant, `/`, anything) and the suffixes that publishers append in
their addresses. Forms with `<>();[]#?` are the old SICI ones, which Wiley and the AMS registered by the ten thousand.
"""

import re
from typing import Literal
from urllib.parse import unquote

from pipeline.text import arxiv, markup
from pipeline.text.folding import INVISIBLE

_DENIED_REGISTRANT = "65215"
_DENIED = f"10.{_DENIED_REGISTRANT}/"
"""Fake works under famous titles, seen in OpenAlex and Crossref in October 2026."""
_ARXIV = "10.48550/arxiv."
_LONGEST = 2048
"""Longer text is no DOI."""
_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9})*/"
_LABEL = r"(?:(?:https?:)?(?://)?(?:(?:dx|www)\.)?doi\.org[/:]|(?:info:|urn:)?doi[:/]|doi)\s*"
_WHOLE = re.compile(rf"(?:{_LABEL}){{0,3}}/?({_PREFIX}[^\s\x00-\x1f\x7f]+)", re.IGNORECASE)
_START = re.compile(rf"(?<![\d.]){_PREFIX}")
_NOT_EMPTY = re.compile(rf"{_PREFIX}[^/]")
_END_IN_TEXT = re.compile(
    r"""[\s"|\x00-\x1f\x7f]|\]\(|</|<br|['’]>|[,;)\]](?=\s?(?:doi:|https?:|10\.\d{4}))""", re.IGNORECASE
)
# `;2-?` and `;2-#` end SICI codes, any other question mark or number sign begins a query or fragment.
_QUERY = re.compile(r"(?<!;2-)[?#]|(?<=;2-)[?#](?=[^/])|&(?=\w+=)")
_LATEX = re.compile(r"\{?\\([_%&#$])\}?")
_SUFFIX = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|meta|summary|html|fulltext|fulltext\.html|full-text|ampdf)"
    r"|(?:\.full|\.full-text|\.abstract|\.short)?\.pdf(?:\+html)?|\.full|\.full-text)/?$",
    re.IGNORECASE,
)
_LONGEST_SUFFIX = 24
_HYPHENS = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013], "-")
_AROUND = " \t\r\n([{<\"'`*"
_BEHIND = ".,;:'\"`*|\\’”»…"
_OPENERS = {")": "(", "]": "[", "}": "{", ">": "<"}
# arXiv, Zenodo, figshare, Mendeley Data, Dryad, Harvard Dataverse, OSF projects, Dagstuhl, ResearchGate.
_DATACITE = "10.48550 10.5281 10.6084 10.17632 10.5061 10.7910 10.17605 10.4230 10.13140"
_CROSSREF = (
    "10.1001 10.1002 10.1007 10.1016 10.1021 10.1038 10.1039 10.1049 10.1056 10.1057 10.1063 10.1073 10.1080 10.1088 "
    "10.1093 10.1101 10.1103 10.1109 10.1111 10.1117 10.1126 10.1136 10.1137 10.1142 10.1145 10.1155 10.1162 10.1177 "
    "10.1186 10.1214 10.1371 10.1609 10.2139 10.3389 10.3390 10.7554 10.7717 10.18653 10.20944 10.21203 10.24963 "
    "10.31234 10.52202 10.64898"
)
_AGENCIES: dict[str, Literal["datacite", "crossref"]] = {
    **dict.fromkeys(_CROSSREF.split(), "crossref"),
    **dict.fromkeys(_DATACITE.split(), "datacite"),
}


def clean(text: str | None) -> str | None:
    r"""Return the bare lower-case DOI, or None when the text is not one.

    >>> clean("https://doi.org/10.1007/978-3-030-78191-0_51"), clean("doi: 10.1016%2Fj.patcog.2021.107826.")
    ('10.1007/978-3-030-78191-0_51', '10.1016/j.patcog.2021.107826')
    >>> clean("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2")
    '10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2'
    >>> clean(r"(10.1007/978-3-030-00931-1\_76)"), clean("10.3389/fonc.2021.1/full"), clean("10.1.1.218.7805")
    ('10.1007/978-3-030-00931-1_76', '10.3389/fonc.2021.1', None)
    """
    if not text or len(text) > _LONGEST:
        return None
    plain = text if text.isascii() else text.translate(INVISIBLE)
    plain = markup.unescape(plain).translate(_HYPHENS).lstrip(_AROUND)
    match = _WHOLE.match(_LATEX.sub(r"\1", unquote(plain)))
    doi = _trim(_QUERY.split(match[1], maxsplit=1)[0]).lower() if match else ""
    return doi if _NOT_EMPTY.match(doi) else None


def find(text: str) -> tuple[str, ...]:
    """Return all DOIs of a free text, in order, each once.

    >>> find("(see 10.1000/a.b, [10.1000/C](https://doi.org/10.1000/c)) and 10.1.1.218.7805")
    ('10.1000/a.b', '10.1000/c')
    """
    found: list[str] = []
    position = 0
    while start := _START.search(text, position):
        end = _END_IN_TEXT.search(text, start.end())
        position = end.start() if end else len(text)
        if doi := clean(text[start.start() : position]):
            found.append(doi)
    return tuple(dict.fromkeys(found))


def is_denied(doi: str) -> bool:
    """Tell whether the DOI is of a registrant whose records are never believed."""
    return doi.lower().startswith(_DENIED)


def find_denied(text: str) -> tuple[str, ...]:
    """Return the DOIs in a text whose registrant is never believed.

    >>> find_denied("https://doi.org/10.65215/abc"), find_denied("https://doi.org/10.1007/abc")
    (('10.65215/abc',), ())
    """
    return tuple(doi for doi in find(text) if is_denied(doi)) if _DENIED_REGISTRANT in text else ()


def is_arxiv(doi: str) -> bool:
    """Tell whether arXiv registered the DOI."""
    return doi.lower().startswith(_ARXIV)


def arxiv_id(doi: str) -> str | None:
    """Return the arXiv id that a DOI of arXiv stands for.

    >>> arxiv_id("10.48550/arxiv.2101.05224"), arxiv_id("10.1007/s11548-018-1772-0")
    ('2101.05224', None)
    """
    return arxiv.clean(doi) if is_arxiv(doi) else None


def agency_hint(doi: str) -> Literal["datacite", "crossref"] | None:
    """Return the registration agency where the prefix leaves no doubt; only doi.org knows for all others.

    >>> agency_hint("10.48550/arxiv.2101.05224"), agency_hint("10.1109/tmi.2021.1"), agency_hint("10.9999/x")
    ('datacite', 'crossref', None)
    """
    return _AGENCIES.get(doi.partition("/")[0])


def _trim(doi: str) -> str:
    """Drop what the surrounding text and publishers' addresses left at the end."""
    length = 0
    while length != len(doi):
        length = len(doi)
        doi = doi.rstrip(_BEHIND)
        if doi.endswith("/"):
            # The resolver knows no DOI with a slash too many, so a link that works has it in its DOI. The large
            # registrants' DOIs never end in one: there it was appended.
            doi = doi.rstrip("/") + ("" if doi.partition("/")[0] in _AGENCIES else "/")
        if suffix := _SUFFIX.search(doi, max(0, len(doi) - _LONGEST_SUFFIX)):
            doi = doi[: suffix.start()]
        opener = _OPENERS.get(doi[-1:])
        if opener and doi.count(doi[-1]) > doi.count(opener):
            doi = doi[:-1]
    return doi
