"""Citation keys: minted once, never changed, never given to another paper.

in -> out: papers in list order and the keys that are taken -> the same papers with their keys. The rule is
design.md's: family name + year + first content word, folded to `[a-z0-9]`; the catalog is the ledger of what was
minted. Where nobody is an author, the editors stand for authors, then the organisation, then the first content words
of the title.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from itertools import count, product
from string import ascii_lowercase

import msgspec

from pipeline.model import Author, Paper
from pipeline.text import person
from pipeline.text import title as title_text

MINTING_STATUSES = frozenset({"exact", "matched", "known", "corrected", "ambiguous", "unmatched"})
SURE_STATUSES = frozenset({"exact", "matched", "corrected"})
"""In which a paper without authors has a key too: a record spoke. Of a `known` one a source may yet name some."""
_TITLE_WORDS = 3
"""Of the title of a work that nobody is named for."""
_NAME_WORDS = 2
"""Of an organisation: `inventedpress`."""
_LONGEST_NAME, _LONGEST_WORD = 100, 50
"""Letters of a name and of a word in a key, which holds 200: what is longer, an answer made up or lost its blanks."""
_PARENTHESIS = re.compile(r"\s*\([^()]*\)$")
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
    return f"{name[:_LONGEST_NAME]}{year or ''}{word[:_LONGEST_WORD]}"


def proposal_without_authors(paper: Paper) -> str:
    """Return the key of a work without authors: by its editors, its organisation, or its title alone.

    >>> from pipeline.model import Listed
    >>> listed = Listed(line=1, title="On Moss")
    >>> moss = Paper(key="", key_provisional=True, listed=listed, status="exact", title="On Moss and Light", year=2031)
    >>> proposal_without_authors(moss)
    'mosslight2031'
    >>> proposal_without_authors(msgspec.structs.replace(moss, publisher="Invented Press (IP)"))
    'inventedpress2031moss'
    """
    if paper.editors:
        return proposal(paper.editors, paper.year, paper.title)
    organisation = _PARENTHESIS.sub("", paper.institution or paper.publisher or "")
    name = "".join(title_text.content_words(organisation)[:_NAME_WORDS]) if organisation else ""
    if name:
        return proposal((Author(literal=name),), paper.year, paper.title)
    words = (person.fold(word)[:_LONGEST_WORD] for word in title_text.content_words(paper.title))
    return f"{''.join(list(words)[:_TITLE_WORDS])}{paper.year or ''}"


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
    fixed: Mapping[int, str] = {},
) -> tuple[Paper, ...]:
    """Return the papers with their keys.

    Args:
        papers: in list order, one a work.
        old: the ledger row of a paper, by its position in `papers`.
        taken: every key that was ever minted, retired ones included.
        proposals: keys that known.bib proposes, by position.
        returning: keys of papers that had left the list, by position.
        fixed: keys that the list itself gives its papers, as a `.bib` does, by position.
    """
    used, given = {key.lower() for key in taken}, set[str]()
    keyed = []
    for at, paper in enumerate(papers):
        row = old.get(at)
        own = row.key if row is not None and not row.key_provisional else returning.get(at)
        if own is not None and own not in given:
            key, is_provisional = own, False
        elif at in fixed and fixed[at].lower() not in used:
            key, is_provisional = fixed[at], False
        elif paper.status in (MINTING_STATUSES if paper.authors else SURE_STATUSES):
            named = proposal(paper.authors, paper.year, paper.title) if paper.authors else None
            wanted = proposals.get(at) or named or proposal_without_authors(paper)
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
