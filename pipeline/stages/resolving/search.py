"""The title search: what to ask for an entry that no identifier proves, cheapest question first.

in -> out: the `Inquiry` of an entry -> a proven `Work`, or the candidates and why none is good enough. Order of
questions: the paper's page and its exact title at OpenAlex, with the DOIs of what is found there at their agencies (all
in batches); then Crossref's free search for this one entry; the candidates' DOIs at OpenAlex (in batches); and only
then OpenAlex's paid search. The records of all answers are judged together, by the same evidence.
"""

from collections.abc import Iterable
from functools import partial
from itertools import islice

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Age, Entry, Method, Query, Record, SourceName
from pipeline.stages.matching import match
from pipeline.stages.resolving import lookup
from pipeline.stages.resolving.inquiry import Inquiry, Reply
from pipeline.stages.resolving.versions import HOSTS_WITHOUT_DOIS
from pipeline.stages.resolving.work import Work
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text
from pipeline.text import venue as venue_text

UNKNOWN_TITLE, LACKS_PROOF, NOT_FOUND = 1.0, 0.5, 0.1
"""What a paid search promises (`Age.promise`): most where OpenAlex was not asked for the exact title, since it could
otherwise only add works of other titles; more where a candidate lacks proof than where there is none."""
NAMESAKES = 5
"""Works of one title whose DOIs are asked of their agencies; a title that more works bear is none to decide by."""
SECOND_OPINIONS = 2
"""Candidates whose DOI is asked of OpenAlex: the best one and its rival; more never changed a choice."""


def is_due(inquiry: Inquiry) -> bool:
    """Return whether a title search may be asked: the catalog remembers the last one, with growing pauses."""
    case, fresh = inquiry.case, inquiry.freshness
    if case.row_changed or fresh.refresh or case.old is None:
        return True
    if case.known is not None and case.old.status in ("ambiguous", "matched"):
        return True  # known.bib may have been written since then; the old answers are judged anew, from the cache
    last = case.old.resolution
    return fresh.days_since(last.searched) > fresh.search_pause(last.searches)


def find_work(inquiry: Inquiry) -> tuple[Work | None, match.Match]:
    """Search an entry by its title; without a proven work the verdict holds the candidates."""
    verdict = _search_everywhere(inquiry)
    if verdict.outcome == "matched":
        verdict = _completed(inquiry, verdict)
    if verdict.outcome != "matched":
        return None, verdict
    if inquiry.is_contradicted_by_known(verdict.records):
        return None, msgspec.structs.replace(verdict, outcome="ambiguous")
    return _work(inquiry, verdict), verdict


def _search_everywhere(inquiry: Inquiry) -> match.Match:
    page, titled = inquiry.side_by_side((lambda: _landing_records(inquiry), lambda: _titled(inquiry).records))
    records = (*page, *titled)
    if records:
        records = (*records, *_agency_records(inquiry, records))
        verdict = inquiry.judge.choose(records)
        # Of two versions with one title OpenAlex may lack the right one; Crossref's search is free.
        if verdict.outcome == "matched" and verdict.is_firm:
            return verdict
    records = (*records, *_search(inquiry, "crossref", crossref_words(inquiry.case.entry)).records)
    verdict = inquiry.judge.choose(records)
    if verdict.outcome == "matched" or not verdict.needs_more:
        return verdict
    return _second_opinion(inquiry, records, verdict)


def _titled(inquiry: Inquiry) -> Reply:
    """Ask OpenAlex for all works of exactly the listed title."""
    query = Query(source="openalex", kind="title", value=inquiry.case.entry.title)
    return _asked(inquiry, query, promise=UNKNOWN_TITLE)


def _agency_records(inquiry: Inquiry, works: Iterable[Record]) -> tuple[Record, ...]:
    """Ask Crossref about OpenAlex's works, so that they are judged by the records that its search would bring."""
    named = (work.ids.doi for work in works if work.ids.doi and not doi_text.is_denied(work.ids.doi))
    dois = dict.fromkeys(doi for doi in named if doi_text.agency_hint(doi) != "datacite")
    found = inquiry.side_by_side(partial(lookup.find_agency, inquiry, doi) for doi in islice(dois, NAMESAKES))
    return tuple(record for one in found for record in one.records)


def crossref_words(entry: Entry) -> str:
    """Return the words for `query.bibliographic`: title, venue, year, first authors."""
    parts = [title_text.safe_words(entry.title)]
    if entry.venue and not venue_text.is_preprint_server(entry.venue):
        parts.append(entry.venue)
    if entry.year:
        parts.append(str(entry.year))
    parts += entry.authors[:2]
    return " ".join(" ".join(parts).split())


def _search_age(inquiry: Inquiry, promise: float, query: Query) -> Age:
    """Return how old a search's answer may be: as old as the pause before the next one."""
    fresh, old = inquiry.freshness, inquiry.case.old
    pause = -1.0
    if not fresh.refresh:
        pause = fresh.shortened(fresh.search_pause(old.resolution.searches if old else 0), query)
    return Age(found_days=pause, missing_days=pause, promise=promise)


def _search(inquiry: Inquiry, source: SourceName, words: str, *, promise: float = UNKNOWN_TITLE) -> Reply:
    if not words:
        return Reply(status="missing")
    return _asked(inquiry, Query(source=source, kind="search", value=words), promise=promise)


def _asked(inquiry: Inquiry, query: Query, *, promise: float) -> Reply:
    reply = inquiry.get(query, partial(_search_age, inquiry, promise))
    if reply.at is not None and reply.status != "failed":
        inquiry.searched = max(inquiry.searched or "", reply.at[:10])
    return reply


def _landing_records(inquiry: Inquiry) -> tuple[Record, ...]:
    """Ask OpenAlex for the paper's own page where the venue gives no DOIs."""
    link = normalise_link(inquiry.case.entry.url) if inquiry.case.entry.url else ""
    if link.partition("/")[0] not in HOSTS_WITHOUT_DOIS:
        return ()
    # An exact filter costs a tenth of a search, and batches.
    return lookup.find_openalex(inquiry, "landing", link).records


def _second_opinion(inquiry: Inquiry, records: tuple[Record, ...], verdict: match.Match) -> match.Match:
    """Ask OpenAlex about the best candidates by DOI, then by title."""
    dois = [candidate.doi for candidate in verdict.candidates if candidate.doi and candidate.score > 0]
    queries = [Query(source="openalex", kind="doi", value=doi) for doi in dois[:SECOND_OPINIONS]]
    replies = inquiry.side_by_side(partial(inquiry.get, query) for query in queries)
    opinions = tuple(record for reply in replies for record in reply.records)
    if opinions:
        verdict = inquiry.judge.choose((*records, *opinions))
        if verdict.outcome == "matched" or not verdict.needs_more:
            return verdict
    if inquiry.is_identifier_absent:
        return verdict  # what nobody has by its identifier, nobody has by its title: a paid search has never found it
    promise = LACKS_PROOF if verdict.outcome == "ambiguous" else NOT_FOUND
    if _titled(inquiry).status == "unasked":
        promise = UNKNOWN_TITLE
    found = _search(inquiry, "openalex", title_text.safe_words(inquiry.case.entry.title), promise=promise)
    return inquiry.judge.choose((*records, *opinions, *found.records))


def _completed(inquiry: Inquiry, verdict: match.Match) -> match.Match:
    """Complete a proven candidate with every source's record of its DOI, and judge once more with these."""
    doi = next((record.ids.doi for record in verdict.records if record.ids.doi), None)
    if doi is None:
        return verdict
    full = lookup.find_doi(inquiry, doi)
    # The agency's own record may tell another title than the record that was found: it has the last word.
    return inquiry.judge.choose((*full.records, *(record for record in verdict.records if record not in full.records)))


def _work(inquiry: Inquiry, verdict: match.Match) -> Work:
    entry, chosen = inquiry.case.entry, verdict.records
    numbers = {identifier.value for identifier in inquiry.case.identifiers if identifier.scheme == "ieee"}
    has_number = bool(numbers & {record.ids.ieee for record in chosen})
    page = page_name(entry.url) if entry.url else None
    method: Method = "title-search"
    if has_number:
        method = "document-number"
    elif page and not page.startswith("doi:"):
        pages = {page_name(url) for record in chosen for url in record.landing_urls}
        method = "link-page" if page in pages else method
    return Work(
        status="exact" if has_number else "matched",
        method=method,
        score=verdict.score,
        evidence=verdict.evidence,
        records=chosen,
        candidates=verdict.candidates,
    )
