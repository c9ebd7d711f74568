"""What became of a request, as the door to the network tells the desk.

in -> out: nothing is computed here. Exactly one of four, taken apart with `match`.
"""

from collections.abc import Mapping

import msgspec

from pipeline.model import Query

DEADLINE = "the deadline has passed"
"""Reason of the failures that the end of a run's time causes."""


class Works(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The source answered; a question without a work here got none."""

    by_query: Mapping[Query, tuple[bytes, ...]]


class Missing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The source knows no such work."""


class Refused(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The source did not understand the request; a smaller one may do."""

    reason: str


class Failure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Nothing usable was said."""

    reason: str
    """In fixed words, since it may appear in outputs."""
    is_deferred: bool = False
    """The money for it is gone; it is left for tomorrow."""


Outcome = Works | Missing | Refused | Failure
