"""What speaks for a work besides its title.

in -> out: an entry and the records of one work -> `Evidence`, each piece with its weight. Rules: design.md, "Getting
the right paper". A weight of 1 is that of an exact year; how much an entry needs stands in
`stages/matching/scoring.py`.
They were set in November 2026 on labelled rows with look-alikes: of the sciences (title, venue, year), and of one field
(authors, short venues, recurring columns); the README has the figures.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Entry, Identifier, Record
from pipeline.stages.matching.authorship import Authorship
from pipeline.stages.resolving.work import is_preprint
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
"""The list's venue cannot be read: an acronym of no table, an abbreviation that fits in part. It says nothing."""
AUTHORS = 2.0
"""Several authors, at least half of the shorter list, in any order: strangers do not share them, versions do."""
AUTHOR = 1.0
"""The only author that one side names."""
SOME_AUTHORS = 0.5
"""Two of many, or one that is a letter off."""
ORDER = 0.25
"""The authors also stand in the record's order. Less than daylight: alone it decides nothing."""
NO_AUTHOR = -1.0
"""None of what stands where authors do wrote it, but that may be no name."""
NUMBER = 2.0
"""Document number, PII or landing page of the row's own link: proof."""
SOURCES = 1.0
"""Two sources know the work under one DOI; counts only where `find` lets it. Without it recall falls to 0.947."""
KNOWN = 1.0
"""known.bib, verified by hand, names the same DOI. Another one is no matter of weights: `stages/matching/known.py`."""
PREPRINT_YEARS = range(-1, 4)
"""Years from a preprint to its publication that prove nothing and contradict nothing: from a proceedings volume that is
dated before the preprint was posted, to three years of review (a guess)."""

_STANDING_ALONE = frozenset({"thesis", "book", "dataset", "software"})
"""Types of works that stand in no journal and in no proceedings."""
_SHORTEST_NUMBER = 6
_SURE_INITIALS = 3
_ACRONYMS = frozenset(short.casefold() for short in ACRONYMS)


Kind = Literal["number", "year", "venue", "authors", "sources", "known"]


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One thing that speaks for a work, or against it when the weight is negative."""

    kind: Kind
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
    people: Authorship | None = None,
    is_distinctive: bool = True,
    is_unique: bool = True,
) -> tuple[Evidence, ...]:
    """Return all that speaks for or against a work that one or several sources describe.

    `people` is what the listed authors come to. That both sources name a DOI says that the work exists, and which work
    it is only if the title is distinctive; where nothing of the row itself speaks for it, only if no other work has it.
    """
    venue, year = _venue(entry.venue, records, aliases), _year(entry, records)
    heard = [_number(identifiers, entry.url, records), year, venue, _known(known, records)]
    # Conference paper, journal version and preprint have the same authors, both sources know each of them, and they are
    # a year apart or of one year: authors cannot tell which is meant where the list names another venue, nor where its
    # venue cannot be read and the exact year is not there.
    is_exact = year is not None and year.weight == YEAR
    is_right = venue is None or venue.weight > 0
    is_other = venue is not None and venue.weight < 0
    is_version = is_other or (not is_right and not is_exact and year is not None)
    if people is not None and (not is_version or not people.agreeing):
        heard += _authors(people)
    # Where the list means a preprint and no year fits, a publication of that title may be a namesake's.
    is_claim = is_preprint_listed(entry) and year is None and not all(is_preprint(record) for record in records)
    is_told = any(one is not None and one.weight >= YEAR for one in heard)
    if is_distinctive and (is_unique or is_told) and not (is_version or is_other or is_claim):
        heard.append(_sources(records))
    return tuple(one for one in heard if one is not None)


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


def _authors(people: Authorship) -> list[Evidence]:
    counted = f"{people.agreeing:g} of {people.listed} listed authors"
    if not people.agreeing:
        return [Evidence("authors", NO_AUTHOR, counted)]
    if not people.is_same:
        return [Evidence("authors", SOME_AUTHORS if people.agreeing > 1 else 0.0, counted)]
    if people.agreeing < 1:
        return [Evidence("authors", SOME_AUTHORS, f"an author a letter off {people.first}")]
    if people.agreeing == 1:
        return [Evidence("authors", AUTHOR, f"author {people.first}")]
    heard = [Evidence("authors", AUTHORS, counted)]
    return [*heard, Evidence("authors", ORDER, "in the same order")] if people.is_in_order else heard


def _year(entry: Entry, records: Sequence[Record]) -> Evidence | None:
    stated = {year for record in records for year in (*record.years, record.year) if year}
    if entry.year in stated:
        return Evidence("year", YEAR, f"year {entry.year}")
    apart = years_apart(entry, records)
    return Evidence("year", NEAR_YEAR, f"year {min(stated)}, listed {entry.year}") if apart == 1 else None


def _venue(listed: str | None, records: Sequence[Record], aliases: Sequence[tuple[str, str]]) -> Evidence | None:
    if listed is None:
        return None
    names = dict.fromkeys(
        name
        for record in records
        # Many works share a preprint's server; it counts below, as half a witness.
        for name in (None if is_preprint(record) else record.venue, record.short_venue, *record.other_venues)
        if name
    )
    relation = venue_text.relate(listed, names, aliases)
    if relation == "same" or fold(listed) in map(fold, names):
        is_sure = not _is_riddle(listed, aliases) or len(listed.strip()) >= _SURE_INITIALS
        return Evidence("venue", VENUE if is_sure else LIKELY_VENUE, f"venue {next(iter(names))}")
    is_preprint_work = all(is_preprint(record) for record in records)
    if venue_text.is_preprint_server(listed):
        return Evidence("venue", LIKELY_VENUE, "a preprint, as listed") if is_preprint_work else None
    # A published work's copy on a preprint server says nothing about where it was published.
    homes = [name for name in names if not venue_text.is_preprint_server(name)]
    if is_preprint_work or not homes:
        return _no_venue(listed, records)
    weight = OTHER_VENUE if venue_text.relate(listed, homes, aliases) == "other" else UNKNOWN_VENUE
    return Evidence("venue", weight, f"venue {homes[0]}, listed {listed}")


def _no_venue(listed: str, records: Sequence[Record]) -> Evidence | None:
    """A thesis of the title stands in no journal; what the list names besides may be its publisher or its school."""
    homes = [name for record in records for name in (record.publisher, record.institution, record.series) if name]
    is_alone = {record.type for record in records} <= _STANDING_ALONE
    if not is_alone or venue_text.is_same(listed, homes):
        return None
    weight = OTHER_VENUE if venue_text.is_periodical(listed) else UNKNOWN_VENUE
    return Evidence("venue", weight, f"a {records[0].type} in no venue, listed {listed}")


def _is_riddle(listed: str, aliases: Sequence[tuple[str, str]]) -> bool:
    """Return whether the venue is an acronym that nobody explains: it may stand for anything."""
    word = listed.strip()
    known = _ACRONYMS | {short.casefold() for short, _ in aliases}
    return word.isalnum() and word.upper() == word and word.casefold() not in known


def _number(identifiers: Sequence[Identifier], url: str | None, records: Sequence[Record]) -> Evidence | None:
    pages = [address for record in records for address in record.landing_urls]
    if url is not None and page_name(url) in map(page_name, pages):
        return Evidence("number", NUMBER, f"landing page {url}", is_proof=True)
    for identifier in identifiers:
        is_borne = any(getattr(record.ids, identifier.scheme) == identifier.value for record in records)
        if is_borne or _is_in(identifier.value, pages):
            text = f"{identifier.scheme} {identifier.value} of the link is in the record"
            return Evidence("number", NUMBER, text, is_proof=True)
    return None


def _is_in(number: str, pages: Iterable[str]) -> bool:
    if len(number) < _SHORTEST_NUMBER:
        return False
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(number.lower())}(?![a-z0-9])")
    return any(whole.search(normalise_link(page).lower()) for page in pages)


def is_known(known: Record | None, records: Sequence[Record]) -> bool:
    """Return whether known.bib names the DOI of a work."""
    return known is not None and known.ids.doi is not None and known.ids.doi == records[0].ids.doi


def _known(known: Record | None, records: Sequence[Record]) -> Evidence | None:
    return Evidence("known", KNOWN, "known.bib names this DOI") if is_known(known, records) else None


def _sources(records: Sequence[Record]) -> Evidence | None:
    names = sorted({record.source for record in records if record.source in ("openalex", "crossref", "datacite")})
    dois = {record.ids.doi for record in records}
    return (
        Evidence("sources", SOURCES, f"{' and '.join(names)} name this DOI")
        if len(names) > 1 and None not in dois
        else None
    )
