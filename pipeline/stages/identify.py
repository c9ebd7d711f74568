"""What the links of a row already prove, without a request.

in -> out: `Entry` -> `Identifier`s, those of the paper link first. `addresses/identifiers.py` reads each address; its
evidence says `link ...` for the paper link and `other link ...` for the rest.
"""

import msgspec

from pipeline.addresses.identifiers import from_url
from pipeline.model import Entry, Identifier


def identify(entry: Entry) -> tuple[Identifier, ...]:
    """Return the identifiers that the row's links state, the paper link's first, each scheme and value once."""
    found = list(from_url(entry.url)) if entry.url else []
    for address in entry.links:
        found += [_of_other_link(identifier) for identifier in from_url(address)]
    first: dict[tuple[str, str], Identifier] = {}
    for identifier in found:
        first.setdefault((identifier.scheme, identifier.value), identifier)
    return tuple(first.values())


def _of_other_link(identifier: Identifier) -> Identifier:
    evidence = identifier.evidence.replace("link ", "other link ", 1)
    return msgspec.structs.replace(identifier, evidence=evidence)
