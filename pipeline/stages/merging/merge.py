"""Merging: one paper from the records of its work, field by field, with the source of each field.

in -> out: a `Resolved` and the day -> a `Paper` without its key. Order of trust: design.md; correction > registration
agency or OpenAlex by field > known.bib > the list. What a source said last time stands in for it while it is silent.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from pipeline.addresses.identifiers import LinkFacts, facts
from pipeline.model import Citations, Count, Issue, Listed, Paper, Record
from pipeline.rules import lasting
from pipeline.stages.catalog import ledger
from pipeline.stages.merging import authors, conflicts, notices, staleness
from pipeline.stages.resolving.inquiry import SETTLED, Resolved, is_nonsense
from pipeline.stages.resolving.work import is_preprint
from pipeline.text import doi as doi_text
from pipeline.text import markup, person, preprint_servers, title_case
from pipeline.text import title as title_text
from pipeline.text import venue as venue_text

AGENCY_FIELDS = (
    "title", "editors", "type", "venue", "short_venue", "series", "publisher", "institution", "degree", "volume",
    "issue", "pages", "article_number", "issn", "isbn",
)  # fmt: skip
OPENALEX_FIELDS = ("abstract", "topics", "keywords", "language", "open_access")
OPENALEX_WIDE_FIELDS = (
    "url", "authors", "authors_complete", "ids", "citation_count", "citations_by_year", "open_access", "abstract",
    "topics", "keywords", "language", "retracted", "references", "issues",
)  # fmt: skip
"""What an OpenAlex work says about a paper as such, whichever version it shows."""
AGENCIES = ("crossref", "datacite")


def merge(resolved: Resolved, today: str) -> Paper:
    """Return the paper of a resolved entry; its key is minted later.

    Args:
        resolved: the end of the entry's conversation.
        today: ISO date that new counts are dated with.
    """
    by_source, doubts = _records_by_source(resolved, today)
    picked = _Picked(by_source, winners=_winners(resolved, by_source, doubts.keys()))
    for field in AGENCY_FIELDS:
        picked.pick(field, (*AGENCIES, "openalex", "known", "list"))
    picked.pick_year()
    for field in OPENALEX_FIELDS:
        # arXiv's own classes (DataCite's subjects) say more about a preprint than derived keywords.
        # A language that OpenAlex states is a guess of its own, by title and abstract.
        order = {"keywords": ("datacite", "openalex", "crossref"), "language": (*AGENCIES, "openalex")}
        picked.pick(field, order.get(field, ("openalex", *AGENCIES)))
    picked.pick_authors()
    fields = picked.fields
    title, says_retracted = title_text.strip_notice(fields["title"])
    title = title_case.with_acronyms(title, resolved.case.entry.title)
    found, noticed_by = notices.find(resolved, by_source)
    retracted_by = next((s for s in ("crossref", "openalex") if s in by_source and by_source[s].retracted), None)
    if says_retracted:
        picked.sources["retracted"] = picked.sources["title"]
    elif retracted_by or any(notice.kind == "retraction" for notice in found):
        picked.sources["retracted"] = retracted_by or "crossref"
    if found:
        picked.sources["notices"] = noticed_by
    entry, old = resolved.case.entry, resolved.case.old
    paper = Paper(
        key=old.key if old else "",
        key_provisional=old.key_provisional if old else True,
        listed=Listed(**{name: getattr(entry, name) for name in Listed.__struct_fields__}),
        status=resolved.status,
        **(fields | {"title": title}),
        ids=resolved.ids,
        versions=resolved.versions,
        citations=_citations(by_source, resolved, today),
        retracted="retracted" in picked.sources,
        notices=found,
        cites=old.cites if old else (),
        news=old.news if old else None,
        resolution=resolved.resolution,
        sources=dict(sorted(picked.sources.items())),
        stale_since=_not_after(today, staleness.stale_since(resolved, by_source, doubts)),
    )
    paper = _corrected(paper, resolved)
    return msgspec.structs.replace(paper, issues=_issues(resolved, paper, by_source, doubts.values()))


def references(resolved: Resolved) -> tuple[str, ...]:
    """Return the works that the identity version cites, as OpenAlex lists them."""
    both = (*resolved.records, *resolved.preprints)
    return next((r.references for r in both if r.source == "openalex" and r.ids.openalex == resolved.ids.openalex), ())


def _records_by_source(resolved: Resolved, today: str) -> tuple[dict[str, Record], dict[str, Issue]]:
    """One record a source, of the identity version; the catalog's memory of a source that is silent.

    With it, by source, what a human should know of those that said less than last time: nothing is lost by that.
    """
    doi = resolved.ids.doi
    found: dict[str, Record] = {}
    for record in resolved.records:
        if doi is None or record.ids.doi in (doi, None) or record.source == "known":
            found.setdefault(record.source, record)
    _add_other_version(found, resolved)
    doubts = _add_memory(found, resolved, today)
    if resolved.case.known is not None:
        known = resolved.case.known
        is_same_version = is_preprint(known) == bool(doi and doi_text.is_arxiv(doi))
        if doi is None or (known.ids.doi in (doi, None) and is_same_version):
            found.setdefault("known", known)
    for preprint in resolved.preprints:
        if preprint.source == "datacite" and "datacite" not in found:  # only its arXiv classes are of use
            found["datacite"] = Record(source="datacite", ids=preprint.ids, keywords=preprint.keywords)
    found["list"] = _listed_record(resolved)
    return found, doubts


def _add_memory(found: dict[str, Record], resolved: Resolved, today: str) -> dict[str, Issue]:
    """Let the catalog speak for a source that is silent or says less than before; return what to say of the latter."""
    old, doubts = resolved.case.old, dict[str, Issue]()
    if old is None or not {old.status, resolved.status} <= SETTLED or old.ids.doi != resolved.ids.doi:
        return doubts
    for source in ("openalex", *AGENCIES):
        memory, said = ledger.remembered(old, source), found.get(source)
        if memory is None:
            continue
        if said is None:
            found[source] = memory
            if source in resolved.missing:
                message = f"{source} has this work no more; what it said of it stays."
                doubts[source] = _doubt(resolved, "record-gone", message)
        elif less := ledger.less_than_before(said, memory, today):
            found[source] = ledger.overlaid(memory, said)
            message = f"{source} leaves out {' and '.join(less)}; what it said before stays."
            doubts[source] = _doubt(resolved, "answer-incomplete", message)
        elif is_nonsense(said):
            found[source] = memory
        elif said.issues:
            found[source] = ledger.completed(said, memory)
    return doubts


def _not_after(today: str, day: str | None) -> str | None:
    """Return a day of the past: a run whose clock was ahead may have left others."""
    return min(day, today) if day else None


def _doubt(resolved: Resolved, rule: str, message: str) -> Issue:
    return Issue(rule=rule, line=resolved.case.entry.line, message=message)


def _add_other_version(found: dict[str, Record], resolved: Resolved) -> None:
    """Let OpenAlex's one work speak for all versions where the identity version has no publisher's DOI.

    OpenAlex keeps a preprint and its DOI-less publication as one work; its count is the paper's, but its venue, pages
    and type are of whichever version it shows.
    """
    doi = resolved.ids.doi
    if doi is not None and not doi_text.is_arxiv(doi):
        return
    works = [record for record in (*resolved.records, *resolved.preprints) if record.source == "openalex"]
    same = next((record for record in works if is_preprint(record) == (doi is not None)), None)
    other = next((record for record in works if record.ids.doi is None or doi_text.is_arxiv(record.ids.doi)), None)
    if same is not None:
        found["openalex"] = same
    elif other is not None:
        kept = {name: getattr(other, name) for name in OPENALEX_WIDE_FIELDS}
        found["openalex"] = Record(source="openalex", **kept)


def _listed_record(resolved: Resolved) -> Record:
    """What the row and its own link state, as a record of last resort."""
    entry = resolved.case.entry
    stated = facts(entry.url) if entry.url else LinkFacts()
    is_arxiv = resolved.status == "linked" and resolved.ids.arxiv is not None
    venue = entry.venue if entry.venue and not venue_text.is_preprint_server(entry.venue) else None
    return Record(
        source="catalog",
        title=entry.title,
        type="preprint" if is_arxiv else "misc",
        year=entry.year or stated.year,
        venue=stated.venue
        or (
            preprint_servers.of_doi(resolved.ids.doi)
            if is_arxiv
            else dict(resolved.case.aliases).get(venue or "", venue)
        ),
        short_venue=venue,
        volume=stated.volume,
        publisher=stated.publisher,
        authors=tuple(one for one in map(person.parse, entry.authors) if one.family or one.literal),
    )


def _winners(resolved: Resolved, by_source: Mapping[str, Record], doubtful: Collection[str]) -> Mapping[str, str]:
    """Return who gave the fields that sources vote on, while one of the voters is silent and the winner stays with it.

    Of a voice the catalog keeps only what won: without this a silence would decide last time's vote anew.
    """
    old = resolved.case.old
    heard = {r.source for r in (*resolved.records, *resolved.preprints) if not is_nonsense(r)} - set(doubtful)
    silent = {source for source, _ in resolved.failures} | (by_source.keys() & {"openalex", *AGENCIES}) - heard
    if old is None or resolved.case.row_changed or not silent:
        return {}
    given = {field: old.sources[field] for field in ("title", "year") if old.sources.get(field) in by_source}
    return {field: source for field, source in given.items() if conflicts.says(by_source[source], field, old)}


class _Picked:
    """The fields chosen so far, and who gave them."""

    def __init__(self, by_source: dict[str, Record], *, winners: Mapping[str, str]) -> None:
        self.fields: dict[str, Any] = {}
        self.sources: dict[str, str] = {}
        self._by_source, self._winners = by_source, winners
        self._outvoted = conflicts.outvoted(by_source) - set(winners.items())

    def pick(self, field: str, order: Iterable[str]) -> None:
        """Take a field from the first source that has it and is not outvoted; a garbled value only if all are."""
        chosen: tuple[Any, str] | None = None
        if field in self._winners:
            order = (self._winners[field], *order)
        for source in order:
            value = self._value(field, source) if source in self._by_source else None
            if value is None:
                continue
            chosen = chosen or (value, source)
            if not (isinstance(value, str) and markup.is_garbled(value)):
                chosen = value, source
                break
        if chosen is not None:
            self.fields[field], self.sources[field] = chosen

    def _value(self, field: str, source: str) -> Any:
        """What a source says about a field; None for nothing, and for what all others contradict."""
        if self._outvoted and (field, source) in self._outvoted:
            return None
        record = self._by_source[source]
        if field == "title":
            return title_text.with_subtitle(record.title, record.subtitle)
        value = getattr(record, field)
        if not value or (isinstance(value, msgspec.Struct) and not any(msgspec.structs.astuple(value))):
            return None
        return value

    def pick_year(self) -> None:
        """Take year, month and date from one source, so that they speak of the same day."""
        self.pick("year", (*AGENCIES, "openalex", "known", "list"))
        chosen = self._by_source.get(self.sources.get("year", ""))
        if chosen is None:
            return
        for field in ("month", "date"):
            value = getattr(chosen, field)
            if value and (field == "month" or str(value).startswith(str(chosen.year))):
                self.fields[field] = value
                self.sources[field] = self.sources["year"]

    def pick_authors(self) -> None:
        """Take names and order from the agency, details from OpenAlex; a cut list yields to a complete one."""
        ranked = [
            s for s in (*AGENCIES, "openalex", "known", "list") if s in self._by_source and self._by_source[s].authors
        ]
        if ranked == ["list"] and self._is_misread():
            return
        if not ranked:
            return
        ranked.sort(key=lambda source: not self._by_source[source].authors_complete)
        names = self._by_source[ranked[0]].authors
        self.sources["authors"] = ranked[0]
        if ranked[0] != "openalex" and "openalex" in ranked:
            merged = authors.merge(names, self._by_source["openalex"].authors)
            if merged != names:
                self.sources["affiliations"] = "openalex"
            names = merged
        self.fields["authors"] = names

    def _is_misread(self) -> bool:
        """Tell words of the row that were taken for authors: the work has editors only, or they stand in its title."""
        said = " ".join(f"{author.given or ''} {author.family or ''}" for author in self._by_source["list"].authors)
        in_title = set(title_text.words(said)) <= set(title_text.words(self.fields.get("title", "")))
        return bool(self.fields.get("editors")) or in_title


def _citations(by_source: dict[str, Record], resolved: Resolved, today: str) -> Citations:
    old = resolved.case.old.citations if resolved.case.old else Citations()
    counts: dict[str, Count | None] = {}
    for source in ("openalex", "crossref"):
        record, before = by_source.get(source), getattr(old, source)
        count = record.citation_count if record is not None else None
        if count is None:
            counts[source] = None
        else:
            counts[source] = (
                before
                if before and before.count == count and before.as_of <= today
                else Count(count=count, as_of=today)
            )
    openalex = by_source.get("openalex")
    by_year = dict(openalex.citations_by_year) if openalex else {}
    return Citations(openalex=counts["openalex"], crossref=counts["crossref"], by_year=by_year)


def _corrected(paper: Paper, resolved: Resolved) -> Paper:
    """Apply what a human wrote into the list to be kept, and what a human decided about single fields."""
    kept: dict[str, Any] = dict(resolved.case.kept)
    fields = dict(resolved.case.decision.fields)
    if not kept and not fields:
        return paper
    sources = paper.sources | dict.fromkeys(kept, "list") | dict.fromkeys(fields, "correction")
    return msgspec.structs.replace(paper, **(kept | fields), sources=dict(sorted(sources.items())))


def _issues(
    resolved: Resolved, paper: Paper, by_source: dict[str, Record], doubts: Iterable[Issue]
) -> tuple[Issue, ...]:
    entry, old = resolved.case.entry, resolved.case.old
    kept: list[Issue] = []
    if old is not None and not resolved.case.row_changed and resolved.status == old.status:
        standing = {"resolution"} if resolved.was_asked else {"resolution", "answer"}
        kept = [
            msgspec.structs.replace(issue, line=entry.line) for issue in old.issues if lasting(issue.rule) in standing
        ]
    found = [*entry.issues, *kept, *doubts, *resolved.issues, *conflicts.issues(resolved, paper, by_source)]
    return tuple(dict.fromkeys(found))
