"""Where trusted sources contradict each other, or the row contradicts them all.

in -> out: the records of one paper -> which source is outvoted about which field, and issues for a human. The rule is
design.md's: a source that disagrees with the list, the other source and known.bib at once loses.
"""

from pipeline.model import Issue, Paper, Record
from pipeline.stages.resolving.inquiry import Resolved
from pipeline.text import arxiv as arxiv_text
from pipeline.text import title as title_text
from pipeline.text import venue as venue_text

WITNESSES = ("crossref", "datacite", "openalex", "known", "list")
VOTES_TO_LOSE = 2
"""A single other voice is a disagreement, not a majority; two that agree with each other outvote."""


def outvoted(by_source: dict[str, Record]) -> frozenset[tuple[str, str]]:
    """Return (field, source) pairs that every other voice contradicts."""
    losers = set()
    for source in ("crossref", "datacite", "openalex"):
        others = [by_source[name] for name in WITNESSES if name in by_source and name != source]
        record = by_source.get(source)
        if record is None:
            continue
        titles = [other.title for other in others if other.title]
        if record.title and len(titles) >= VOTES_TO_LOSE and not any(_same_title(record, title) for title in titles):
            losers.add(("title", source))
        years = [other.year for other in others if other.year]
        if record.year and len(years) >= VOTES_TO_LOSE and all(abs(year - record.year) > 1 for year in years):
            losers.add(("year", source))
    return frozenset(losers)


def says(record: Record, field: str, paper: Paper) -> bool:
    """Tell whether a record says of a voted field what the paper has."""
    if field == "year":
        return record.year == paper.year
    return record.title is not None and _same_title(record, paper.title)


def issues(resolved: Resolved, paper: Paper, by_source: dict[str, Record]) -> list[Issue]:
    """Return what a human should see about a merged paper."""
    return [
        *_undecided(resolved, paper),
        *_retraction(resolved, paper),
        *_preprint_row(resolved, paper),
        *_disagreements(resolved, by_source),
        *_unread(resolved),
    ]


def _issue(resolved: Resolved, rule: str, message: str) -> Issue:
    return Issue(rule=rule, line=resolved.case.entry.line, message=message)


def _undecided(resolved: Resolved, paper: Paper) -> list[Issue]:
    if paper.status == "ambiguous":
        many = len(paper.resolution.candidates) > 1
        message = "Several works fit, none with enough proof." if many else "One work fits, without enough proof."
        return [_issue(resolved, "ambiguous", message)]
    if paper.status == "unmatched":
        return [_issue(resolved, "unmatched", "Every source has answered, and nothing fits.")]
    return []


def _retraction(resolved: Resolved, paper: Paper) -> list[Issue]:
    found = []
    if paper.retracted:
        where = ", ".join(notice.doi for notice in paper.notices if notice.kind == "retraction" and notice.doi)
        found.append(_issue(resolved, "retracted", f"The paper is retracted{f' (notice {where})' if where else ''}."))
    others = [notice for notice in paper.notices if notice.kind != "retraction"]
    found += [_issue(resolved, "notice", f"The paper has a {n.kind} notice: {n.doi or 'no DOI'}.") for n in others]
    return found


def _preprint_row(resolved: Resolved, paper: Paper) -> list[Issue]:
    """The row's link and venue mean the preprint, and a published version is the identity."""
    entry = resolved.case.entry
    means_preprint = bool(entry.url and arxiv_text.find(entry.url)) and (
        entry.venue is None or venue_text.is_preprint_server(entry.venue)
    )
    if not means_preprint or not paper.versions or paper.versions[0].kind != "published":
        return []
    where = ", ".join(str(part) for part in (paper.venue, paper.year) if part) or "elsewhere"
    doi = f", DOI {paper.ids.doi}" if paper.ids.doi else ", no DOI is known"
    return [
        _issue(resolved, "row-means-preprint", f"The row names the preprint; the paper is published: {where}{doi}.")
    ]


def _disagreements(resolved: Resolved, by_source: dict[str, Record]) -> list[Issue]:
    found = []
    live = {record.source for record in resolved.records} & {"crossref", "datacite", "openalex"}
    old = resolved.case.old
    if old is not None and len(live) < VOTES_TO_LOSE:  # One voice cannot disagree: what was seen last stands.
        kept = [issue for issue in old.issues if issue.rule == "sources-disagree"]
        return [_issue(resolved, issue.rule, issue.message) for issue in kept]
    agency = by_source.get("crossref") or by_source.get("datacite")
    openalex, known = by_source.get("openalex"), by_source.get("known")
    for one, other in ((agency, openalex), (agency, known)):
        if one is None or other is None:
            continue
        if one.title and other.title and not _same_title(one, other.title):
            found.append(_disagreement(resolved, "title", one, other, f"“{one.title}” / “{other.title}”"))
        years = {*one.years, one.year}
        if one.year and other.year and all(abs(other.year - year) > 1 for year in years if year):
            found.append(_disagreement(resolved, "year", one, other, f"{one.year} / {other.year}"))
    return found


def _disagreement(resolved: Resolved, field: str, one: Record, other: Record, values: str) -> Issue:
    return _issue(
        resolved, "sources-disagree", f"{one.source} and {other.source} disagree about the {field}: {values}."
    )


def _unread(resolved: Resolved) -> list[Issue]:
    return [_issue(resolved, "record-unreadable", f"{r.source}: {text}") for r in resolved.records for text in r.issues]


def _same_title(record: Record, title: str) -> bool:
    return (
        title == record.title or title_text.agree(title, record.title or "", subtitle=record.subtitle).level != "none"
    )
