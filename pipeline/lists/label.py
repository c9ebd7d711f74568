"""What the label of a link says about the link: this is the paper, the code, something else, or the title itself.

in -> out: a label and its address -> `Role`. A label has a role only when all its words do: `Code` is code, `Code
Llama: Open Foundation Models` is a title.
"""

import re
from functools import lru_cache
from typing import Literal

from pipeline.addresses.kind import find_kind
from pipeline.lists.imprint import names_venue, read_imprint
from pipeline.lists.names import read_mark
from pipeline.lists.words import CODE_LABELS, FILLER_LABELS, LABEL_LIKE_VENUES, OTHER_LABELS, PAPER_LABELS

Role = Literal["paper", "code", "other", "words"]

_SPLIT = re.compile(
    r"[\s\-/|,()\[\]{}:;.!?'\"’“”_*\\<>#~•→➡、，。：（）【】]+|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+"
)
# Places of papers whose names are words of other things, too.
_PLATFORM = re.compile(
    r"\b(?:acm dl|(?:acm )?digital library|(?:wiley )?online library|(?:mit )?press direct|mit press|oxford academic"
    r"|cambridge core|taylor (?:&|and) francis(?: online)?|sage journals?|nature portfolio|ieee explore|ieee cs"
    r"|computer society|project muse|royal society|annual reviews|research ?gate|web of science|proquest)\b"
)
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_VERSION = re.compile(r"^v?\d[\dv-]*$")
# From so many words on, a name with a year that no word marks as a venue's is a title.
_PHRASE = 3
_AUTHORS = re.compile(r"^[\w.\- ]{2,40}(?:et\.? al\.?|等)[,.]?\s*\(?\d{0,4}\)?$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def find_role(label: str, url: str) -> Role:
    """Return the role of a link; `words` when the label says something of its own, such as a title or a person.

    >>> find_role("Paper (arXiv)", "https://x.org"), find_role("official code", ""), find_role("CVPR 2021", "https://x.org")
    ('paper', 'code', 'paper')
    >>> find_role("Code Llama: Open Foundation Models for Code", "https://x.org"), find_role("here", "https://youtu.be/x")
    ('words', 'other')
    """
    roles = _find_roles(label)
    if None in roles:
        return _judge_phrase(label, url)
    if not roles or roles == {"paper", "code"}:
        return _judge_address(url)
    if roles == {"paper"} and _names_own_page(label, url):
        return "other"
    return "code" if "code" in roles else "other" if "other" in roles else "paper"


def is_label(text: str) -> bool:
    """Tell whether all words of `text` are words of labels: `Paper`, `[official code]`, `Project Page`."""
    roles = _find_roles(text)
    return bool(roles) and None not in roles


def is_short_reference(label: str) -> bool:
    """Tell whether a label only points at a paper by its authors: `Vaswani et al., 2017`, `Licklider (1960)`."""
    return bool(_AUTHORS.match(label.strip())) or read_mark(label) is not None


def _find_roles(label: str) -> set[Role | None]:
    """Return the roles of a label's words, and None alone where one of them is no word of labels."""
    text = label.lower()
    if text.strip("[]() ") in LABEL_LIKE_VENUES:
        return {None}
    text = _SHORTCODE.sub(" ", text) if ":" in text else text
    roles: set[Role | None] = set()
    for word in _SPLIT.split(_PLATFORM.sub(" paper ", text)):
        if word and word not in FILLER_LABELS and not _VERSION.match(word):
            role = _find_word_role(word)
            if role is None:
                return {None}
            roles.add(role)
    return roles


def _find_word_role(word: str) -> Role | None:
    for form in (word, word.rstrip("0123456789")):
        if form in PAPER_LABELS:
            return "paper"
        if form in CODE_LABELS:
            return "code"
        if form in OTHER_LABELS:
            return "other"
    return None


def _judge_phrase(label: str, url: str) -> Role:
    """A venue with a year, or at a place of papers, labels the paper; a venue alone may label its own page."""
    imprint, kind = read_imprint(label), find_kind(url)
    if is_short_reference(label):
        return "paper"
    if not imprint.pure:
        return "words"
    # `2019 - Building Fast Fuzzers` is a title behind its year; `[Journal of Sets 2019]` is a venue.
    short = len((imprint.venue or "").split()) < _PHRASE or label.strip()[:1] in ("[", "(")
    if not (imprint.known or names_venue(label) or short):
        return "words"
    if imprint.year or kind in ("paper", "pdf"):
        return "paper"
    return "other" if imprint.known else "words"


def _names_own_page(label: str, url: str) -> bool:
    """Tell whether a venue alone, such as `[ACL](https://2019.acl.org)`, labels its own page and no paper."""
    imprint = read_imprint(label)
    return imprint.known and imprint.venue is not None and not imprint.year and find_kind(url) == "page"


def _judge_address(url: str) -> Role:
    match find_kind(url):
        case "paper" | "pdf":
            return "paper"
        case "code":
            return "code"
    return "other"
