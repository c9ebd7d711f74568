"""What became of a request, as the door to the network tells the desk.

in -> out: nothing is computed here. Exactly one of five, taken apart with `match`.
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
    """The source did not understand the request, or not all of its answer fits into one; a smaller one may do."""

    reason: str
    is_cut: bool = False
    """It was understood, and its answer cut short."""


class Failure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Nothing usable was said."""

    reason: str
    """In fixed words, since it may appear in outputs."""
    is_deferred: bool = False
    """The money for it is gone; it is left for tomorrow."""


class Declined(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """It was not sent: requests of its kind have had their share of the money."""


Outcome = Works | Missing | Refused | Declined | Failure
