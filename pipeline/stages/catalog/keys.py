"""Citation keys: minted once, never changed, never given to another paper.

in -> out: papers in list order and the keys that are taken -> the same papers with their keys. The rule is design.md's:
family name + year + first content word, folded to `[a-z0-9]`; the catalog is the ledger of what was minted.
"""

from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from itertools import count, product
from string import ascii_lowercase

import msgspec

from pipeline.model import Author, Paper
from pipeline.text import person
from pipeline.text import title as title_text

MINTING_STATUSES = frozenset({"exact", "matched", "known", "corrected", "ambiguous", "unmatched"})
PROVISIONAL_PREFIX = "entry-"


def proposal(authors: tuple[Author, ...], year: int | None, title: str) -> str:
    """Return the key that a paper would get if nobody had it.

    >>> proposal((Author(given="Aiham", family="Taleb"),), 2021, "Multimodal Self-supervised Learning")
    'taleb2021multimodal'
    >>> proposal((Author(family="Zhou"),), 2019, "The Self-supervised Way")
    'zhou2019selfsupervised'
    """
    first = authors[0] if authors else None
    name = person.fold((first.family or first.literal or "") if first else "")
    words = (person.fold(word) for word in title.split())  # a hyphenated word is joined by folding
    word = next((word for word in words if word and word not in title_text.STOP_WORDS), "")
    return f"{name}{year or ''}{word}"


def provisional(title: str) -> str:
    """Return the key of a paper that cannot have one yet: `entry-` and a hash of the folded listed title."""
    digest = blake2b(title_text.fold(title).encode(), digest_size=5).hexdigest()
    return PROVISIONAL_PREFIX + digest


def assign(
    papers: tuple[Paper, ...],
    old: Mapping[int, Paper],
    taken: Collection[str],
    *,
    proposals: Mapping[int, str],
    returning: Mapping[int, str],
) -> tuple[Paper, ...]:
    """Return the papers with their keys.

    Args:
        papers: in list order, one a work.
        old: the ledger row of a paper, by its position in `papers`.
        taken: every key that was ever minted, retired ones included.
        proposals: keys that known.bib proposes, by position.
        returning: keys of papers that had left the list, by position.
    """
    used, given = {key.lower() for key in taken}, set[str]()
    keyed = []
    for at, paper in enumerate(papers):
        row = old.get(at)
        own = row.key if row is not None and not row.key_provisional else returning.get(at)
        if own is not None and own not in given:
            key, is_provisional = own, False
        elif paper.authors and paper.status in MINTING_STATUSES:
            wanted = proposals.get(at) or proposal(paper.authors, paper.year, paper.title)
            key, is_provisional = _free(wanted or provisional(paper.title), used), False
        else:
            key, is_provisional = _free(provisional(paper.listed.title), used), True
        used.add(key.lower())
        given.add(key)
        keyed.append(msgspec.structs.replace(paper, key=key, key_provisional=is_provisional))
    return tuple(keyed)


def _free(wanted: str, used: Collection[str]) -> str:
    """Return the wanted key or its next form; BibTeX does not tell keys apart by capitals."""
    return next(key for suffix in _suffixes() if (key := wanted + suffix).lower() not in used)


def _suffixes() -> Iterator[str]:
    """Yield the empty suffix, then `a` ... `z`, `aa`, `ab`, ..."""
    for length in count():
        for letters in product(ascii_lowercase, repeat=length):
            yield "".join(letters)
