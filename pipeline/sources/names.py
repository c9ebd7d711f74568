"""What a record is found by.

in -> out: nothing; the value that the adapters' `read_names` returns. It is what `read` says of the same work, and
nothing else: building an index reads hundreds of millions of works, and authors and venues are most of a reading.
"""

import msgspec

from pipeline.model import Ids


class Names(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Identifiers, titles and year of a work."""

    ids: Ids
    year: int | None
    title: str | None
    subtitle: str | None = None
    other_titles: tuple[str, ...] = ()
