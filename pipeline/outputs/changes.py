"""What changed between two catalogs of one list.

in -> out: `Catalog`, `Catalog` -> `Changes`; `summary.py` puts them into words. Facts are kept apart from counts and
from bookkeeping (list lines, dates of searches, which source a value came from), because a run commits counts by itself
and asks a human about facts. Papers are paired by key; a provisional key gives way to another one by what else names
the work. What only moved, or stands in another order where the order says nothing, is no change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.model import Author, Catalog, Notice, Paper
from pipeline.outputs.display import first_rows, render_author
from pipeline.outputs.issues import Finding, find_findings
from pipeline.rules import find_group
from pipeline.text.title import fold

_FACTS = (
    "status", "title", "authors", "editors", "type", "year", "month", "date", "venue", "short_venue", "series",
    "publisher", "institution", "degree", "volume", "issue", "pages", "article_number", "issn", "isbn",
    "versions", "abstract", "topics", "keywords", "language", "cites",
)  # fmt: skip
"""Fields compared as they are; the DOI, retraction and notices have sections of their own."""
_IN_ORDER = ("authors", "editors")
"""Lists whose order is a fact; the others are sets."""


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
    """Papers of which the list has no row any more."""
    joined: tuple[Paper, ...] = ()
    """Papers whose row belongs to another key now, mostly as a further row of another paper; their keys are kept."""
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
    left, joined = _find_left(before, new, pairs)
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
        left=left,
        joined=joined,
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
        changes.left, changes.joined, changes.found, changes.published, changes.filled, changes.edited,
        changes.findings,
    )  # fmt: skip
    return any(facts)


def is_empty(changes: Changes) -> bool:
    """Whether there is nothing to tell: at most bookkeeping changed."""
    rest = (changes.counts, changes.first_counts, changes.findings_settled, changes.newly_stale, changes.healed)
    return not has_facts(changes) and not any(rest)


def _pair(old: Iterable[Paper], new: Iterable[Paper]) -> tuple[list[_Pair], tuple[Paper, ...]]:
    """Pair the works of both catalogs, and return the new ones that have no old one."""
    new = list(new)
    by_key = {paper.key: paper for paper in old}
    present = {paper.key for paper in new}
    by_name: dict[str, Paper] = {}
    for paper in by_key.values():
        if paper.key_provisional and paper.key not in present:
            for name in _names(paper):
                by_name.setdefault(name, paper)
    pairs, added, taken = [], [], set()
    for paper in new:
        named = (by_name[name] for name in _names(paper) if name in by_name)
        match = by_key.get(paper.key) or next((one for one in named if one.key not in taken), None)
        if match is None:
            added.append(paper)
        else:
            taken.add(match.key)
            pairs.append(_Pair(match, paper))
    return pairs, tuple(added)


def _names(paper: Paper) -> tuple[str, ...]:
    """What tells that a row is still there although its key is another one, strongest first."""
    ids = [f"{scheme}:{value}" for scheme, value in msgspec.structs.asdict(paper.ids).items() if value]
    link = [f"link:{page_name(paper.listed.url)}"] if paper.listed.url else []
    return (*ids, *link, f"title:{fold(paper.listed.title)}")


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


def _find_left(old: Catalog, new: Catalog, pairs: Iterable[_Pair]) -> tuple[tuple[Paper, ...], tuple[Paper, ...]]:
    """Return the papers that have no row any more, and those whose row has another key now."""
    stayed = {pair.old.key for pair in pairs}
    retired = {paper.key for paper in new.retired}
    gone = [paper for paper in first_rows(old.papers) if paper.key not in stayed]
    # Rows that were there before may share a link with a paper that left: only what a row bears newly speaks for it.
    before = {pair.new.key: set(_names(pair.old)) for pair in pairs}
    for row in old.papers:
        if row.duplicate_of is not None:
            before.setdefault(row.key, set()).update(_names(row))
    listed = {name for row in new.papers for name in _names(row) if name not in before.get(row.key, ())}
    left = tuple(p for p in gone if (p.key_provisional or p.key in retired) and listed.isdisjoint(_names(p)))
    joined = tuple(p for p in gone if p.key in retired and not listed.isdisjoint(_names(p)))
    return left, joined


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
        is_set = field not in _IN_ORDER
        old_text, new_text = _show(old_facts[field], is_set=is_set), _show(new, is_set=is_set)
        if old_text != new_text:
            yield FieldChange(paper=pair.new, field=field, old=old_text, new=new_text)
    if _show(pair.old.authors) == _show(pair.new.authors):  # else the names say enough
        yield from _compare_details(pair)


def _compare_details(pair: _Pair) -> Iterator[FieldChange]:
    """Yield what changed about authors whose names are the same: only of those for whom it did."""
    for field, detail in (("authors.orcid", _orcid), ("authors.affiliations", _affiliations)):
        both = zip(pair.old.authors, pair.new.authors, strict=True)
        changed = [(old, new) for old, new in both if detail(old) != detail(new)]
        if changed:
            before, after = (
                [_detail(author, detail(author)) for author in side] for side in zip(*changed, strict=True)
            )
            old_text, new_text = _show(tuple(before)), _show(tuple(after))
            yield FieldChange(paper=pair.new, field=field, old=old_text, new=new_text)


def _orcid(author: Author) -> str:
    return author.orcid or ""


def _affiliations(author: Author) -> str:
    return "; ".join(sorted(place.name for place in author.affiliations))


def _detail(author: Author, text: str) -> str:
    return text and f"{render_author(author)}: {text}"


def list_facts(paper: Paper) -> dict[str, object]:
    """Return what counts as a fact about a paper, by field; the parts of objects as `ids.pmid`."""
    facts: dict[str, object] = {field: getattr(paper, field) for field in _FACTS}
    facts |= {f"ids.{name}": value for name, value in msgspec.structs.asdict(paper.ids).items() if name != "doi"}
    facts |= {f"open_access.{name}": value for name, value in msgspec.structs.asdict(paper.open_access).items()}
    return facts


def _show(value: object, *, is_set: bool = False) -> str | None:
    """Return a value as a reader knows it; None for an absent or empty one."""
    if isinstance(value, tuple):
        parts = [text for text in map(_show, value) if text]
        return "; ".join(sorted(parts) if is_set else parts) or None
    if isinstance(value, Author):
        return render_author(value)
    if isinstance(value, msgspec.Struct):
        return ", ".join(str(part) for part in msgspec.structs.astuple(value) if part is not None)
    return str(value) if value not in (None, "") else None


def _index_findings(catalog: Catalog) -> dict[tuple[str, str, str], Finding]:
    """Return what needs a human, by what stays the same when the list is reordered."""
    return {
        (finding.paper.listed.title if finding.paper else "", finding.issue.rule, finding.issue.message): finding
        for finding in find_findings(catalog.papers)
        if find_group(finding.issue.rule).needs_human
    }
