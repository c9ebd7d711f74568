"""One author list from two sources: names and order from the agency, ORCIDs and affiliations from OpenAlex.

in -> out: the agency's authors and OpenAlex's -> the agency's, enriched. Aligned by name, never by blind position
(design.md, "Order of trust"): a name that fits two people, or nobody, enriches nobody.
"""

import msgspec

from pipeline.model import Author
from pipeline.text import person


def merge(names: tuple[Author, ...], details: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return `names` with the ORCIDs and affiliations of the same people in `details`.

    Args:
        names: authors whose names and order are kept.
        details: authors of the same work as another source gives them.
    """
    by_family: dict[str, list[Author]] = {}
    for detail in details:
        by_family.setdefault(person.family_key(detail), []).append(detail)
    crowded = {key for key, count in _counts(names).items() if count > 1}
    return tuple(_enriched(name, by_family, is_crowded=person.family_key(name) in crowded) for name in names)


def _counts(names: tuple[Author, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        key = person.family_key(name)
        counts[key] = counts.get(key, 0) + 1
    return counts


def _enriched(name: Author, by_family: dict[str, list[Author]], *, is_crowded: bool) -> Author:
    namesakes = by_family.get(person.family_key(name), [])
    same = [detail for detail in namesakes if person.is_same(name, detail)]
    if is_crowded:  # Two Wangs: initials are not enough, only the full given name tells them apart.
        same = [d for d in same if person.fold(d.given or "") == person.fold(name.given or "")]
    if len(same) != 1:
        return name
    detail = same[0]
    return msgspec.structs.replace(
        name,
        orcid=name.orcid or detail.orcid,
        affiliations=detail.affiliations or name.affiliations,
    )
