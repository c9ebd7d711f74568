"""arXiv identifiers.

in -> out: ids, DOIs and addresses in any of their notations -> `2101.05224`, `math/0309136` (no version, no class).
Rules: arXiv's page "Understanding the arXiv identifier" (help/arxiv_identifier, July 2026): four digits after the dot
until 1412, five from 1501; before April 2007 `archive/YYMMNNN`, where the archive may carry a subject class.
"""

import re

from pipeline.text.folding import INVISIBLE

_NEW = r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
_OLD = r"(?P<archive>[a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.[a-z]{2,6}(?:-[a-z]{2,4})?)?/(?P<old>\d{2}(?:0[1-9]|1[0-2])\d{3})"
_ID = rf"(?:{_NEW}|{_OLD})(?:v\d{{1,3}})?(?![\d.]*\d)"
_PREFIX = (
    r"(?:https?://)?(?:(?:[a-z]{1,8}\.)?arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src)/"
    r"|(?:(?:dx\.)?doi\.org/|doi:\s?)?10\.48550/arxiv\.|arxiv[:.\s]\s?(?:abs/)?)"
)
_WHOLE = re.compile(rf"(?:{_PREFIX})*{_ID}(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?[.,;]?", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(?<![\w.])(?P<prefix>{_PREFIX}(?:arxiv:\s?)?)?{_ID}", re.IGNORECASE)
_LABEL = re.compile(r"arxiv[:.\s](?!org)", re.IGNORECASE)
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
)
_IS_ARCHIVE = frozenset(_ARCHIVES.split())


def clean(text: str | None) -> str | None:
    """Return the canonical id, or None when the text is not one arXiv id.

    >>> clean("arXiv:2101.05224v2 [cs.CV]"), clean("https://arxiv.org/pdf/2101.05224.pdf")
    ('2101.05224', '2101.05224')
    >>> clean("math.GT/0309136"), clean("10.48550/arXiv.hep-th/9901001")
    ('math/0309136', 'hep-th/9901001')
    >>> clean("2101.0522"), clean("2113.05224")
    (None, None)
    """
    match = _WHOLE.fullmatch((text or "").translate(INVISIBLE).strip())
    return _canonical(match) if match else None


def find(text: str) -> tuple[str, ...]:
    """Return all ids of a free text that say that they are arXiv's, in order, each once; old ids name their archive.

    >>> find("See arXiv:1911.05722, https://arxiv.org/abs/2002.05709v3, hep-ph/9510424; 1234.56789 is a number.")
    ('1911.05722', '2002.05709', 'hep-ph/9510424')
    """
    matches = _IN_TEXT.finditer(text.translate(INVISIBLE))
    found = (_canonical(match) for match in matches if match["prefix"] or _is_named(match))
    return tuple(dict.fromkeys(arxiv_id for arxiv_id in found if arxiv_id))


def doi(arxiv_id: str) -> str:
    """Return the DOI that arXiv registers for a canonical id.

    >>> doi("2101.05224")
    '10.48550/arxiv.2101.05224'
    """
    return f"10.48550/arxiv.{arxiv_id.lower()}"


def url(arxiv_id: str) -> str:
    """Return the address of the landing page of a canonical id."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def submitted(arxiv_id: str) -> tuple[int, int] | None:
    """Return year and month of the first version, which the id states.

    >>> submitted("2101.05224"), submitted("hep-th/9901001"), submitted("nonsense")
    ((2021, 1), (1999, 1), None)
    """
    canonical = clean(arxiv_id)
    if not canonical:
        return None
    digits = canonical.rpartition("/")[2]
    year_of_century = int(digits[:2])
    # arXiv began in 1991; only old ids can be of that century.
    century = 1900 if "/" in canonical and year_of_century >= 91 else 2000
    return century + year_of_century, int(digits[2:4])


def year(arxiv_id: str) -> int | None:
    """Return the year of the first version."""
    date = submitted(arxiv_id)
    return date[0] if date else None


def _is_named(match: re.Match[str]) -> bool:
    """Tell whether an old id stands in running text, and is no part of a path or of a longer word."""
    return match["old"] is not None and match.string[max(0, match.start() - 1) : match.start()] not in ("/", "-")


def _canonical(match: re.Match[str]) -> str | None:
    if number := match["new"]:
        length = 4 if number[:4] < "1501" else 5
        # `arXiv:` in front leaves no doubt about what is meant, so a digit too many is the list's own word; whether
        # there is such a paper, the sources say.
        fits = len(number) == 5 + length or (len(number) > 5 + length and _LABEL.match(match[0]))
        return number if number[:4] >= "0704" and fits else None
    archive, number = match["archive"].lower(), match["old"]
    is_dated = number[:2] >= "91" or number[:4] <= "0703"
    return f"{archive}/{number}" if archive in _IS_ARCHIVE and is_dated else None
