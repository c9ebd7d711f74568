"""Rows that claim one work although they say different things.

in -> out: cases and their merged papers, in list order -> the rows that lose their claim, each as a `Resolved` for a
human to decide. A list that names conference and journal version of a work, or the column of every year, means several
works; where the sources know one of them, every row of the title may have been matched with it. The row that fits it
best keeps it. Rows that say the same are rows of one work and share it.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import msgspec

from pipeline.model import Candidate, Paper, Record, Resolution
from pipeline.stages.matching import authorship
from pipeline.stages.resolving.inquiry import SETTLED, Case, Resolved
from pipeline.text import title as title_text
from pipeline.text import venue as venue_text
from pipeline.text.generic_title import names_nothing

Fit = tuple[bool, float, int, float]


def losers(cases: Sequence[Case], papers: Sequence[Paper]) -> dict[int, Resolved]:
    """Return position in the list -> what becomes of a row whose claim is not good enough."""
    claims: dict[str, list[int]] = defaultdict(list)
    for position, paper in enumerate(papers):
        name = paper.ids.doi or paper.ids.openalex
        if name and paper.status in SETTLED:
            claims[name].append(position)
    lost: dict[int, Resolved] = {}
    for positions in claims.values():
        if len(positions) > 1:
            for position in _lost([(at, cases[at], papers[at]) for at in positions]):
                lost[position] = _undecided(cases[position], papers[position])
    return lost


def _lost(rows: Sequence[tuple[int, Case, Paper]]) -> set[int]:
    """Positions of the rows that differ from a row that fits the work at least as well, or better."""
    fits = {at: _fit(case, paper) for at, case, paper in rows}
    lost = set()
    for one, other in combinations(rows, 2):
        relation = _relate(one[1], other[1])
        if relation == "same":
            continue
        weaker = [row for row, rival in ((one, other), (other, one)) if fits[row[0]] < fits[rival[0]]]
        # Two works that fit one record equally: neither has proved that it is the one.
        rows_at_risk = weaker or ([one, other] if relation == "other" else [])
        lost |= {at for at, case, paper in rows_at_risk if _may_lose(case, paper)}
    return lost


def _may_lose(case: Case, paper: Paper) -> bool:
    """A search can be wrong; a link, a human's word, known.bib and an earlier run's decision stand."""
    is_new = case.old is None or case.old.status not in SETTLED
    is_preprint = case.entry.venue is not None and venue_text.is_preprint_server(case.entry.venue)
    return paper.status == "matched" and is_new and case.known is None and not is_preprint


def _fit(case: Case, paper: Paper) -> Fit:
    """How well a row fits the work that it claims: the link, the exact year, the authors, the venue, the title."""
    entry = case.entry
    people = authorship.compare(entry.authors, [Record(source="catalog", authors=paper.authors)])
    is_venue = bool(entry.venue and paper.venue) and venue_text.is_same(entry.venue or "", [paper.venue or ""])
    return (
        paper.status != "matched",
        (entry.year is not None and entry.year == paper.year) + (people.share if people else 0.0),
        int(is_venue),
        title_text.agree(entry.title, paper.title).score,
    )


def _relate(one: Case, other: Case) -> venue_text.Relation:
    """Whether two rows name one work; `unknown` where only their venues cannot be compared."""
    a, b = one.entry, other.entry
    if names_nothing(a.title) or not title_text.agree(a.title, b.title).is_strong:
        return "other"
    venues = [venue for venue in (a.venue, b.venue) if venue]
    if any(map(venue_text.is_preprint_server, venues)):
        return "same"
    people = authorship.compare(a.authors, [Record(source="catalog", authors=authorship.read(b.authors))])
    is_other_year = a.year is not None and b.year is not None and a.year != b.year
    if is_other_year or (people is not None and not people.is_shared):
        return "other"
    is_compared = len(venues) > 1 and venues[0] != venues[1]
    return venue_text.relate(venues[0], [venues[1]], (*one.aliases, *other.aliases)) if is_compared else "same"


def _undecided(case: Case, paper: Paper) -> Resolved:
    """The row without the work, which stays its candidate."""
    found = paper.resolution
    candidate = Candidate(doi=paper.ids.doi, title=paper.title, score=found.score, evidence=found.evidence)
    before = case.old.resolution.searches if case.old else 0
    message = f"Another row fits {paper.ids.doi or paper.ids.openalex} better, or as well."
    return Resolved(
        case=case,
        status="ambiguous",
        resolution=Resolution(
            searched=found.searched,
            searches=before + 1,
            candidates=(msgspec.structs.replace(candidate, evidence=(message, *found.evidence)),),
        ),
        was_asked=True,
    )
