"""Questions, packed.

in -> out: questions of one kind -> groups that fit into one request each, in the order asked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.model import Query

PATH_BYTES = 3_900
"""Longest path that we send: 4,094 bytes of URL are documented, we promise 4,000, the base address needs some."""


class Batch(NamedTuple):
    """Questions that share a request."""

    queries: tuple[Query, ...]
    full: bool
    """False when further questions would still fit in."""


def by_kind(queries: Iterable[Query]) -> Iterator[tuple[str, tuple[Query, ...]]]:
    """Yield the different questions by kind; kinds in alphabetical order, questions in the order asked."""
    ordered = sorted(dict.fromkeys(queries), key=lambda query: query.kind)
    for kind, group in groupby(ordered, key=lambda query: query.kind):
        yield kind, tuple(group)


def pack(queries: Sequence[Query], *, most: int, room: int, cost: Callable[[Query], int]) -> Iterator[Batch]:
    """Yield batches of at most `most` questions whose costs in bytes add up to at most `room`.

    A question that is too long for any request goes alone: the service says what it thinks of it.
    """
    group: list[Query] = []
    used = 0
    for query in queries:
        price = cost(query)
        if group and (len(group) == most or used + price > room):
            yield Batch(tuple(group), full=True)
            group, used = [], 0
        group.append(query)
        used += price
    if group:
        yield Batch(tuple(group), full=len(group) == most)
