"""A row that may become an entry, with what is known about where it stands.

in -> out: a `Row` and its `Section` -> `Draft`. Whether it is a paper is decided when all drafts of the list are there
(`verdict.py`).
"""

from typing import Literal

import msgspec

from pipeline.lists.links import Chosen, choose_links
from pipeline.lists.row import Row
from pipeline.lists.section import Section

Place = Literal["table", "item", "paragraph", "heading"]


class Draft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row with its surroundings."""

    row: Row
    section: Section
    place: Place
    group: int
    """Rows of one list or table have the same number."""
    chosen: Chosen
    category: str | None = None
    listing: bool = False
    """It stands in a table that has a column of titles."""
    refusal: str = ""
    """Why it cannot be an entry, when that is clear already."""


def make_draft(row: Row, section: Section, place: Place, group: int, *, refusal: str = "") -> Draft:
    """Choose the row's links and set it into its place."""
    return Draft(
        row=row,
        section=section,
        place=place,
        group=group,
        chosen=choose_links(row.title_link, row.links),
        refusal=refusal,
    )
