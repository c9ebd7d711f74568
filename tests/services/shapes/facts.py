"""The facts of one paper, from which the services' records are built; one row of the tables in `records/`.

in -> out: JSON rows -> `Facts`.
"""

import re
from typing import Literal

import msgspec

Shape = Literal["plain", "merged", "separate", "null-source", "hidden", "no-doi", "preprint", "crossref-only"]


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper. Everything is as the publisher or arXiv has it, apart from `number`, `cited` and `referenced`."""

    number: int
    """Makes the invented OpenAlex id W99........ ."""
    title: str
    authors: tuple[tuple[str, str], ...] = ()
    """(given, family)."""
    type: Literal["article", "inproceedings", "chapter", "preprint"] = "article"
    container: str | None = None
    series: str | None = None
    publisher: str | None = None
    year: int
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    issn: tuple[str, ...] = ()
    isbn: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    link: str | None = None
    """The paper's page; PII and document number are read from it."""
    shape: Shape = "plain"
    """How OpenAlex has it: merged with its preprint, as separate works, hidden from lists, without its source, ..."""
    cited: int = 0
    """OpenAlex's citation count: invented."""
    referenced: int = 0
    """Crossref's citation count: invented."""
    cites: tuple[int, ...] = ()
    """Numbers of the works that OpenAlex says it cites: invented."""

    @property
    def pii(self) -> str | None:
        """Elsevier's number of the article, without punctuation."""
        match = re.search(r"/pii/([A-Z0-9]+)", self.link or "")
        return match[1] if match else None

    @property
    def document(self) -> str | None:
        """IEEE's document number."""
        match = re.search(r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d+)", self.link or "")
        return match[1] if match else None

    @property
    def arxiv_doi(self) -> str | None:
        return f"10.48550/arxiv.{self.arxiv}" if self.arxiv else None

    @property
    def arxiv_year(self) -> int:
        """The year that an arXiv id states."""
        return 2000 + int((self.arxiv or "99")[:2])

    @property
    def is_preprint(self) -> bool:
        """Nothing but the preprint is known."""
        return self.type == "preprint"
