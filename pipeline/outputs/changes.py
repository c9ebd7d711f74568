"""What changed between two catalogs of one list.

in -> out: `Catalog`, `Catalog` -> `Changes`; `summary.py` puts them into words. Facts are kept apart from counts and
from bookkeeping (list lines, dates of searches, which source a value came from), because a run commits counts by itself
and asks a human about facts. Papers are paired by key; a provisional key gives way to a minted one by the listed row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from pipeline.model import Author, Catalog, Notice, Paper
from pipeline.outputs.display import first_rows, render_author
from pipeline.outputs.issues import Finding, find_findings
from pipeline.rules import find_group

_FACTS = (
    "status", "title", "authors", "editors", "type", "year", "month", "date", "venue", "short_venue", "series",
    "publisher", "institution", "degree", "volume", "issue", "pages", "article_number", "issn", "isbn",
    "versions", "abstract", "topics", "keywords", "language", "cites",
)  # fmt: skip
"""Fields compared as they are; the DOI, retraction and notices have sections of their own."""


class FieldChange(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One field of one paper has another value; None is an absent one."""

    paper: Paper
    field: str
    old: str | None
    new: str | None


class CountChange(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One source's count moved."""

    paper: Paper
    source: str
    old: int
    new: int


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The difference; papers are the new catalog's and in its order, except `left`."""

    is_first: bool = False
    """There was no old catalog: every paper is new."""
    differs: bool = False
    """Anything at all is different, be it bookkeeping."""
    retracted: tuple[Paper, ...] = ()
    reinstated: tuple[Paper, ...] = ()
    """No longer marked as retracted."""
    noticed: tuple[tuple[Paper, Notice], ...] = ()
    """New corrections and expressions of concern."""
    keys_gone: tuple[str, ...] = ()
    """Minted keys that are neither a paper's nor retired: documents that cite them would break."""
    moved: tuple[FieldChange, ...] = ()
    """The DOI became another one or none, other than from preprint to published version."""
    added: tuple[Paper, ...] = ()
    left: tuple[Paper, ...] = ()
    """Papers that left the list, or became a further row of another one."""
    found: tuple[Paper, ...] = ()
    """Papers that had no DOI and have one now."""
    published: tuple[Paper, ...] = ()
    """Preprints whose published version is the identity now; their other fields are not compared."""
    filled: tuple[tuple[str, int], ...] = ()
    """(field, how many papers have a value now that had none)."""
    edited: tuple[FieldChange, ...] = ()
    counts: tuple[CountChange, ...] = ()
    """The largest movement first."""
    first_counts: int = 0
    """Counts where the source had none before."""
    findings: tuple[Finding, ...] = ()
    """What needs a human now and did not before."""
    findings_settled: int = 0
    findings_total: int = 0
    newly_stale: int = 0
    healed: int = 0
    stale: tuple[Paper, ...] = ()
    """Every stale paper of the new catalog."""


class _Pair(NamedTuple):
    """One work before and after."""

    old: Paper
    new: Paper


def compare(old: Catalog | None, new: Catalog) -> Changes:
    """Compare two catalogs of one list; without an old one every paper is new."""
    before = old or Catalog(list=new.list)
    pairs, added = _pair(first_rows(before.papers), first_rows(new.papers))
    doi_changes = [(pair, _get_doi_change(pair)) for pair in pairs]
    fields = [field for pair, change in doi_changes if change != "published" for field in _compare_fields(pair)]
    counts = [count for pair in pairs for count in _compare_counts(pair)]
    findings, old_findings = _index_findings(new), _index_findings(before)
    return Changes(
        is_first=old is None,
        differs=old != new,
        retracted=tuple(p for p in added if p.retracted)
        + tuple(p.new for p in pairs if p.new.retracted and not p.old.retracted),
        reinstated=tuple(p.new for p in pairs if p.old.retracted and not p.new.retracted),
        noticed=tuple(_find_notices(pairs, added)),
        keys_gone=_find_keys_gone(before, new),
        moved=tuple(_describe_move(pair) for pair, change in doi_changes if change == "moved"),
        added=added,
        left=_find_left(before, new, pairs),
        found=tuple(pair.new for pair, change in doi_changes if change == "found"),
        published=tuple(pair.new for pair, change in doi_changes if change == "published"),
        filled=tuple(sorted(Counter(field.field for field in fields if field.old is None).items())),
        edited=tuple(field for field in fields if field.old is not None),
        counts=tuple(sorted(counts, key=lambda count: -abs(count.new - count.old))),
        first_counts=sum(_count_first(pair) for pair in pairs),
        findings=tuple(finding for mark, finding in findings.items() if mark not in old_findings),
        findings_settled=len(old_findings.keys() - findings.keys()),
        findings_total=len(findings),
        newly_stale=sum(p.new.stale_since is not None and p.new.stale_since != p.old.stale_since for p in pairs),
        healed=sum(p.old.stale_since is not None and p.new.stale_since is None for p in pairs),
        stale=tuple(paper for paper in first_rows(new.papers) if paper.stale_since),
    )


def has_facts(changes: Changes) -> bool:
    """Whether more than counts, staleness and bookkeeping changed: worth a human's look before it is published."""
    facts: tuple[Sequence[object], ...] = (
        changes.retracted, changes.reinstated, changes.noticed, changes.keys_gone, changes.moved, changes.added,
        changes.left, changes.found, changes.published, changes.filled, changes.edited, changes.findings,
    )  # fmt: skip
    return any(facts)


def is_empty(changes: Changes) -> bool:
    """Whether there is nothing to tell: at most bookkeeping changed."""
    rest = (changes.counts, changes.first_counts, changes.findings_settled, changes.newly_stale, changes.healed)
    return not has_facts(changes) and not any(rest)


def _pair(old: Iterable[Paper], new: Iterable[Paper]) -> tuple[list[_Pair], tuple[Paper, ...]]:
    """Pair the works of both catalogs, and return the new ones that have no old one."""
    by_key = {paper.key: paper for paper in old}
    provisional = [paper for paper in by_key.values() if paper.key_provisional]
    by_row = {row: paper for paper in provisional for row in (paper.listed.title, paper.listed.url) if row}
    pairs, added = [], []
    for paper in new:
        listed = paper.listed
        match = by_key.get(paper.key) or by_row.get(listed.url or "") or by_row.get(listed.title)
        if match is None:
            added.append(paper)
        else:
            pairs.append(_Pair(match, paper))
    return pairs, tuple(added)


def _get_doi_change(pair: _Pair) -> Literal["published", "found", "moved"] | None:
    old, new = pair
    if old.type == "preprint" and new.type != "preprint":
        return "published"
    if old.ids.doi == new.ids.doi:
        return None
    return "found" if old.ids.doi is None else "moved"


def _describe_move(pair: _Pair) -> FieldChange:
    return FieldChange(paper=pair.new, field="doi", old=pair.old.ids.doi, new=pair.new.ids.doi)


def _find_notices(pairs: Iterable[_Pair], added: Iterable[Paper]) -> Iterator[tuple[Paper, Notice]]:
    for old, new in (*pairs, *((None, paper) for paper in added)):
        seen = {(notice.kind, notice.doi) for notice in old.notices} if old else set()
        for notice in new.notices:
            if notice.kind != "retraction" and (notice.kind, notice.doi) not in seen:
                yield new, notice


def _find_keys_gone(old: Catalog, new: Catalog) -> tuple[str, ...]:
    there = {paper.key for paper in new.papers} | {retired.key for retired in new.retired}
    minted = [paper.key for paper in first_rows(old.papers) if not paper.key_provisional]
    return tuple(key for key in (*minted, *(retired.key for retired in old.retired)) if key not in there)


def _find_left(old: Catalog, new: Catalog, pairs: Iterable[_Pair]) -> tuple[Paper, ...]:
    stayed = {pair.old.key for pair in pairs}
    retired = {paper.key for paper in new.retired}
    return tuple(
        paper
        for paper in first_rows(old.papers)
        if paper.key not in stayed and (paper.key_provisional or paper.key in retired)
    )


def _compare_counts(pair: _Pair) -> Iterator[CountChange]:
    for source in ("openalex", "crossref"):
        old, new = getattr(pair.old.citations, source), getattr(pair.new.citations, source)
        if old is not None and new is not None and old.count != new.count:
            yield CountChange(paper=pair.new, source=source, old=old.count, new=new.count)


def _count_first(pair: _Pair) -> int:
    old, new = pair.old.citations, pair.new.citations
    sources = ((old.openalex, new.openalex), (old.crossref, new.crossref))
    return sum(before is None and after is not None for before, after in sources)


def _compare_fields(pair: _Pair) -> Iterator[FieldChange]:
    if pair.old == pair.new:
        return
    old_facts, new_facts = list_facts(pair.old), list_facts(pair.new)
    for field, new in new_facts.items():
        if old_facts[field] != new:
            old_text, new_text = _show(old_facts[field]), _show(new)
            if old_text == new_text:
                # Only names are shown of authors, so a new ORCID or affiliation does not show.
                new_text = f"{new_text} (details differ)"
            yield FieldChange(paper=pair.new, field=field, old=old_text, new=new_text)


def list_facts(paper: Paper) -> dict[str, object]:
    """Return what counts as a fact about a paper, by field; the parts of objects as `ids.pmid`."""
    facts: dict[str, object] = {field: getattr(paper, field) for field in _FACTS}
    facts |= {f"ids.{name}": value for name, value in msgspec.structs.asdict(paper.ids).items() if name != "doi"}
    facts |= {f"open_access.{name}": value for name, value in msgspec.structs.asdict(paper.open_access).items()}
    return facts


def _show(value: object) -> str | None:
    """Return a value as a reader knows it; None for an absent or empty one."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return "; ".join(filter(None, map(_show, value)))
    if isinstance(value, Author):
        return render_author(value)
    if isinstance(value, msgspec.Struct):
        return ", ".join(str(part) for part in msgspec.structs.astuple(value) if part is not None)
    return str(value)


def _index_findings(catalog: Catalog) -> dict[tuple[str, str, str], Finding]:
    """Return what needs a human, by what stays the same when the list is reordered."""
    return {
        (finding.paper.listed.title if finding.paper else "", finding.issue.rule, finding.issue.message): finding
        for finding in find_findings(catalog.papers)
        if find_group(finding.issue.rule).needs_human
    }
