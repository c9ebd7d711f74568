"""Which of a row's links is the paper, which the code, and which others may identify the paper.

in -> out: a row's links -> `Chosen`. Order of the paper link: what is labelled as the paper (or is the title's own link
to a place of papers), PDF and publisher, preprint, any other address of a paper, whatever its label; project pages,
videos and code only when the title itself leads there. What stands in a remark (`see also ...`) is nothing while the
row has a link of its own.
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.addresses.kind import find_kind
from pipeline.lists.label import find_role
from pipeline.lists.span import Span

Evidence = Literal["proof", "likely", "weak", "none"]

_PREPRINT = re.compile(r"rxiv|preprint", re.IGNORECASE)
_BROKEN = re.compile(r"\]\(|\s|^<|>$")
# Labels of what lies beside the paper at its own place.
_BESIDE = re.compile(
    r"\b(?:supp|suppl|supplement\w*|appendix|bib|bibtex|slides?|poster|errat(?:a|um)|video|talk|reviews?|discussion|comments?"
    r"|cite|citation|dataset|data)\b",
    re.IGNORECASE,
)


class Chosen(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The links of a row by what they are for."""

    url: str | None = None
    code_url: str | None = None
    links: tuple[str, ...] = ()
    """Other addresses that may identify the paper, best first."""
    evidence: Evidence = "none"
    """How sure the links make it that the row is a paper: an address of papers, a label, a title's link, nothing."""
    beside: bool = False
    """The title leads to code or data, and the paper is linked beside it."""


def choose_links(title_link: Span | None, others: Sequence[Span]) -> Chosen:
    """Choose among the links of one row."""
    ranked = [(_rank(link, is_title=False), at, link) for at, link in enumerate(others, 1)]
    if title_link is not None:
        ranked.append((_rank(title_link, is_title=True), 0, title_link))
    papers = sorted((item for item in ranked if item[0] < _NO_PAPER), key=lambda item: item[:2])
    best = papers[0] if papers else None
    urls = [url for rank, _, link in papers if rank < _TITLE or link is papers[0][2] for url in _clean_urls(link.url)]
    code = next((link for _, _, link in sorted(ranked, key=lambda item: item[1]) if _is_code(link)), None)
    urls = list(dict.fromkeys(urls))
    title_kind = find_kind(title_link.url or "") if title_link else ""
    return Chosen(
        url=urls[0] if urls else None,
        code_url=_clean_urls(code.url)[0] if code else None,
        links=tuple(urls[1:]),
        evidence=_judge(best[0], best[2]) if best else "none",
        beside=title_kind in ("code", "data", "page", "media") and best is not None and best[1] != 0,
    )


# Ranks of `_rank`, best first. What has no place in the order is not the paper.
_LABELLED, _FORMAL, _PREPRINTED, _PLACE, _TITLE, _REMARK, _TITLE_ELSEWHERE, _NO_PAPER = range(8)


def _rank(link: Span, *, is_title: bool) -> int:
    url = link.url or ""
    kind, role = find_kind(url), find_role(link.text, url)
    if kind == "anchor":
        return _NO_PAPER
    if is_title:
        return _LABELLED if kind in ("paper", "pdf") else _TITLE if kind == "page" else _TITLE_ELSEWHERE
    if link.remark:
        return _REMARK if kind in ("paper", "pdf") else _NO_PAPER
    if role == "paper" and link.text:
        return _rank_label(link.text, kind)
    if kind == "paper" and not _BESIDE.search(link.text):
        return _PLACE
    return _PLACE if kind == "pdf" and role in ("words", "paper") else _NO_PAPER


def _rank_label(label: str, kind: str) -> int:
    if kind in ("code", "media"):
        return _TITLE
    if _PREPRINT.search(label):
        return _PREPRINTED
    return _FORMAL if re.search(r"\b(?:pdf|doi|html|abs)\b", label, re.IGNORECASE) else _LABELLED


def _judge(rank: int, link: Span) -> Evidence:
    kind = find_kind(link.url or "")
    if kind == "paper":
        return "proof"
    if kind == "pdf" or rank < _TITLE:
        return "likely"
    return "weak" if kind in ("page", "media", "data") or rank < _TITLE_ELSEWHERE else "none"


def _is_code(link: Span) -> bool:
    url = link.url or ""
    role, kind = find_role(link.text, url), find_kind(url)
    return kind not in ("anchor", "paper") and (
        role == "code" or (kind == "code" and role != "other" and not link.picture)
    )


def _clean_urls(url: str | None) -> list[str]:
    """Return the addresses in a link's target, of which a broken link may hold two (`a](b`)."""
    parts = [_strip_brackets(part) for part in _BROKEN.split(url or "")]
    return [part for part in parts if part] or [url or ""]


def _strip_brackets(url: str) -> str:
    """Take off brackets at the ends that have no partner: balanced ones belong to a DOI."""
    for opening, closing in ("()", "[]"):
        url = url.lstrip(opening)
        while url.endswith(opening) or (url.endswith(closing) and url.count(closing) > url.count(opening)):
            url = url[:-1]
    return url
