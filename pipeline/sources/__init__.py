"""What the pipeline knows about each provider: how to ask it, and how to read what it says. No I/O.

Every network source is a module with the functions of `Source`; `edge/desk.py` is their only caller for asking, the
stages for reading. `Request` addresses are relative to the source's base address and hold no credentials.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

import msgspec

from pipeline.model import Query, Record, SourceName

Pool = Literal["list", "single", "search"]


class Request(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One HTTP GET that answers one or many questions."""

    source: SourceName
    pool: Pool
    """Which rate limit and which price apply."""
    path: str
    """Path and query behind the base address, percent-encoded, e.g. `/works?filter=doi:10.1/a%7C10.1/b`."""
    queries: tuple[Query, ...]
    full: bool = True
    """False when further questions of the same kind would still fit in."""
    is_unproven: bool = False
    """Whether nobody has yet seen the source answer such a request: the first one of a run goes alone, and where it
    brings nothing, no further one follows."""


class Limit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A published rate limit of one pool, used until response headers say otherwise."""

    per_second: float
    concurrency: int


class UnreadableBody(ValueError):  # noqa: N818 - it is the body that is unreadable, not an error of ours
    """The body is not what the source's contract promises; counts as a failure of the source, is never cached."""


class CutShort(ValueError):  # noqa: N818 - it is the answer that is cut short
    """More works fit the questions than one answer holds: fewer questions at a time may all be answered."""


class Source(Protocol):
    """What a module in this folder offers."""

    BASE_URL: str
    """Official base address; the environment may replace it."""
    LIMITS: Mapping[tuple[Pool, bool], Limit]
    """(pool, identified) -> limit; identified = with a key (OpenAlex) or a contact address (Crossref, DataCite)."""
    PRICE_USD: Mapping[Pool, float]

    def ask(self, queries: Iterable[Query]) -> tuple[Request, ...]:
        """Merge questions into as few requests as the service allows; the last of each kind may be not `full`."""

    def follow_up(self, query: Query) -> Request | None:
        """Return the free single request for a question that its batch did not answer, None if there is none."""

    def split(self, request: Request, body: bytes) -> dict[Query, tuple[bytes, ...]]:
        """Hand each work of a 200 body to its question; what is not in the result is not there.

        An empty tuple says that the answer is not about the question at all: it holds what nobody asked for instead.
        Raises `UnreadableBody`, also where it is about none of them, or `CutShort`.
        """

    def aliases(self, body: bytes) -> tuple[tuple[str, str], ...]:
        """(kind, value) of every question that this one work answers too, so that it is not asked again."""

    def find_gaps(self, kind: str, body: bytes) -> tuple[str, ...]:
        """Fields that the source always states and that this answer to a kind of question leaves out (`gaps.py`)."""

    def read(self, body: bytes) -> Record:
        """One work's JSON -> its claims. Raises `UnreadableBody`."""
