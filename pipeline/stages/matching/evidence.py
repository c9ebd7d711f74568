"""What speaks for a work besides its title.

in -> out: an entry and the records of one work -> `Witness`es, each with its weight. Rules: design.md, "Getting the
right paper". The weights are in units of one full witness; how many an entry needs stands in
`stages/matching/scoring.py`.
Measured in November 2026 on 800 labelled rows with look-alikes (precision 1.000, recall 0.985) and on 1,700 other rows
with other damage and with journal versions among the look-alikes (0.994 and 0.977).
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Entry, Identifier, Record
from pipeline.stages.resolving.work import is_preprint
from pipeline.text import person
from pipeline.text import venue as venue_text
from pipeline.text.acronyms import ACRONYMS
from pipeline.text.folding import fold

YEAR = 1.0
NEAR_YEAR = 0.5
"""One year off: online and in print, submitted and published. As a full witness it took journal versions for the paper
(precision 0.982)."""
VENUE = 1.0
LIKELY_VENUE = 0.5
"""Two initials that fit (`AD`), or a preprint where the list says preprint: many works share them."""
OTHER_VENUE = -1.0
"""The list names another venue: what conference and journal version of a work differ in. Outweighs a year."""
UNKNOWN_VENUE = 0.0
"""The list's acronym is in no table and fits no name of the record."""
AUTHOR = 1.0
NUMBER = 2.0
"""Document number, PII or landing page of the row's own link: proof."""
SOURCES = 1.0
"""Two sources know the work under one DOI; counts only where `find` lets it. Without it recall falls to 0.947."""
KNOWN = 1.0
"""known.bib, verified by hand, names the same DOI. Another one is no matter of weights: `stages/matching/known.py`."""
PREPRINT_YEARS = range(-1, 4)
"""Years from a preprint to its publication that prove nothing and contradict nothing (design.md)."""

_SHORTEST_NUMBER = 6
_SURE_INITIALS = 3
_ET_AL = re.compile(r"\b(?:et\s+al|and\s+others|u\.\s?a)\b.*$", re.IGNORECASE)
_ACRONYMS = frozenset(short.casefold() for short in ACRONYMS)


class Witness(msgspec.Struct, frozen=True, gc=False):
    """One thing that speaks for a work, or against it when the weight is negative."""

    weight: float
    text: str
    is_proof: bool = False
    """Whether it is enough by itself, whatever the titles lack."""


def find(
    entry: Entry,
    records: Sequence[Record],
    *,
    aliases: Sequence[tuple[str, str]] = (),
    identifiers: Sequence[Identifier] = (),
    known: Record | None = None,
    is_distinctive: bool = True,
) -> tuple[Witness, ...]:
    """Return all witnesses for a work that one or several sources describe.

    That both sources name a DOI says that the work exists, and which work it is only if the title is distinctive.
    """
    venue, year = _venue(entry.venue, records, aliases), _year(entry, records)
    heard = [_number(identifiers, entry.url, records), year, venue, _known(known, records)]
    # Conference paper, journal version and preprint have the same authors, and both sources know each of them.
    if venue is None or venue.weight > 0:
        heard.append(_author(entry.authors, records))
        # Where the list means a preprint and no year fits, a publication of that title may be a namesake's.
        is_claim = is_preprint_listed(entry) and year is None and not all(is_preprint(record) for record in records)
        heard.append(_sources(records) if is_distinctive and not is_claim else None)
    return tuple(witness for witness in heard if witness is not None)


def years_apart(entry: Entry, records: Iterable[Record]) -> int | None:
    """Return by how many years list and records differ at least; None where one of them states none.

    Where either of them speaks of a preprint, publication one year earlier to three years later is no difference.
    """
    if entry.year is None:
        return None
    gaps = []
    for record in records:
        for year in record.years or ((record.year,) if record.year else ()):
            gap = entry.year - year if is_preprint(record) else year - entry.year
            may_be_preprint = is_preprint(record) or is_preprint_listed(entry)
            gaps.append(min(abs(gap), 1) if may_be_preprint and gap in PREPRINT_YEARS else abs(gap))
    return min(gaps, default=None)


def is_preprint_listed(entry: Entry) -> bool:
    """Return whether the row itself says that it means a preprint."""
    return entry.venue is not None and venue_text.is_preprint_server(entry.venue)


def has_author(listed: Sequence[str], records: Iterable[Record]) -> bool | None:
    """Return whether a listed author is among the records' authors; None where that cannot be told."""
    names = [name for name in (_ET_AL.sub("", name).strip(", \t\n") for name in listed) if name]
    authors = [author for record in records for author in record.authors]
    if not names or not authors:
        return None
    # A bare family name may have several words ("De Vita"), which would be read as given and family name.
    bare = {person.fold(name) for name in names} | {person.family_key(person.parse(name)) for name in names}
    if any(person.family_key(author) in bare for author in authors):
        return True
    people = [person.parse(name) for name in names]
    if any(person.is_same(one, other) for one in people for other in authors):
        return True
    return False if all(record.authors_complete for record in records) else None


def _author(listed: Sequence[str], records: Sequence[Record]) -> Witness | None:
    return Witness(AUTHOR, f"author {listed[0]}") if has_author(listed, records) else None


def _year(entry: Entry, records: Sequence[Record]) -> Witness | None:
    stated = {year for record in records for year in (*record.years, record.year) if year}
    if entry.year in stated:
        return Witness(YEAR, f"year {entry.year}")
    apart = years_apart(entry, records)
    return Witness(NEAR_YEAR, f"year {min(stated)}, listed {entry.year}") if apart == 1 else None


def _venue(listed: str | None, records: Sequence[Record], aliases: Sequence[tuple[str, str]]) -> Witness | None:
    if listed is None:
        return None
    names = dict.fromkeys(
        name for record in records for name in (record.venue, record.short_venue, *record.other_venues) if name
    )
    riddle = _is_riddle(listed, aliases)
    if venue_text.is_same(listed, names, aliases) or fold(listed) in map(fold, names):
        is_sure = not riddle or len(listed.strip()) >= _SURE_INITIALS
        return Witness(VENUE if is_sure else LIKELY_VENUE, f"venue {next(iter(names))}")
    is_preprint_work = all(is_preprint(record) for record in records)
    if venue_text.is_preprint_server(listed):
        return Witness(LIKELY_VENUE, "a preprint, as listed") if is_preprint_work else None
    if is_preprint_work or not names:
        return None
    if riddle:
        return Witness(UNKNOWN_VENUE, f"venue {next(iter(names))}, listed {listed}")
    return Witness(OTHER_VENUE, f"venue {next(iter(names))}, listed {listed}")


def _is_riddle(listed: str, aliases: Sequence[tuple[str, str]]) -> bool:
    """Return whether the venue is an acronym that nobody explains: it may stand for anything."""
    word = listed.strip()
    known = _ACRONYMS | {short.casefold() for short, _ in aliases}
    return word.isalnum() and word.upper() == word and word.casefold() not in known


def _number(identifiers: Sequence[Identifier], url: str | None, records: Sequence[Record]) -> Witness | None:
    pages = [address for record in records for address in record.landing_urls]
    if url is not None and page_name(url) in map(page_name, pages):
        return Witness(NUMBER, f"landing page {url}", is_proof=True)
    for identifier in identifiers:
        is_borne = any(getattr(record.ids, identifier.scheme) == identifier.value for record in records)
        if is_borne or _is_in(identifier.value, pages):
            text = f"{identifier.scheme} {identifier.value} of the link is in the record"
            return Witness(NUMBER, text, is_proof=True)
    return None


def _is_in(number: str, pages: Iterable[str]) -> bool:
    if len(number) < _SHORTEST_NUMBER:
        return False
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(number.lower())}(?![a-z0-9])")
    return any(whole.search(normalise_link(page).lower()) for page in pages)


def is_known(known: Record | None, records: Sequence[Record]) -> bool:
    """Return whether known.bib names the DOI of a work."""
    return known is not None and known.ids.doi is not None and known.ids.doi == records[0].ids.doi


def _known(known: Record | None, records: Sequence[Record]) -> Witness | None:
    return Witness(KNOWN, "known.bib names this DOI") if is_known(known, records) else None


def _sources(records: Sequence[Record]) -> Witness | None:
    names = sorted({record.source for record in records if record.source in ("openalex", "crossref", "datacite")})
    dois = {record.ids.doi for record in records}
    return Witness(SOURCES, f"{' and '.join(names)} name this DOI") if len(names) > 1 and None not in dois else None
