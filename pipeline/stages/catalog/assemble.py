"""Putting a list's papers together: duplicates, keys, who cites whom, the retired.

in -> out: merged papers in list order, the ledger and the day -> the `Catalog`. Rows of one work share key and
resolution; the later ones carry `duplicate_of` (design.md, `papers`).
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.model import Catalog, Issue, ListInfo, Paper
from pipeline.stages.catalog import keys, ledger, news
from pipeline.stages.resolving.inquiry import SETTLED
from pipeline.text import title as title_text

IDS = ("doi", "openalex", "arxiv")
"""Identifiers that name one work each."""


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """A merged paper with what only the whole list can finish."""

    paper: Paper
    old: Paper | None = None
    references: tuple[str, ...] = ()
    """OpenAlex ids that the paper cites; empty when no record said so, which leaves the old citations standing."""
    proposal: str | None = None
    """The key that known.bib proposes."""
    key: str | None = None
    """The key that the list itself gives the paper."""


def assemble(merged: Sequence[Merged], info: ListInfo, old: Catalog | None, today: str) -> Catalog:
    """Return the catalog of a list.

    Args:
        merged: in list order, one a listed entry.
        info: the list's path and title.
        old: last time's catalog, the ledger of keys.
        today: ISO date for papers that have just left the list.
    """
    first_rows = _first_rows([item.paper for item in merged])
    firsts = [item for position, item in enumerate(merged) if first_rows[position] == position]
    taken = {paper.key for paper in old.papers if not paper.key_provisional} if old else set()
    taken |= {row.key for row in old.retired} if old else set()
    keyed = keys.assign(
        tuple(item.paper for item in firsts),
        _ledger_rows(firsts, old),
        taken,
        proposals={at: item.proposal for at, item in enumerate(firsts) if item.proposal},
        fixed={at: item.key for at, item in enumerate(firsts) if item.key},
        returning=ledger.returning(
            {at: item.paper for at, item in enumerate(firsts) if item.old is None or item.old.key_provisional}, old
        ),
    )
    cited = _with_news(_with_cites(keyed, firsts), old, today)
    finished = dict(zip(sorted(set(first_rows)), cited, strict=True))
    papers = tuple(
        finished[first] if first == position else _repeated(merged[position].paper, finished[first])
        for position, first in enumerate(first_rows)
    )
    return Catalog(list=info, papers=papers, retired=ledger.retire(old, papers, today))


def _ledger_rows(firsts: Sequence[Merged], old: Catalog | None) -> dict[int, Paper]:
    """The row whose key a paper bears: that of its DOI, so that a correction never lends one paper's key to another."""
    known = [paper for paper in old.papers if not (paper.key_provisional or paper.duplicate_of)] if old else []
    owners = {paper.ids.doi: paper for paper in known if paper.ids.doi is not None}
    rows = (_ledger_row(item, owners) for item in firsts)
    return {at: row for at, row in enumerate(rows) if row is not None}


def _ledger_row(item: Merged, owners: Mapping[str, Paper]) -> Paper | None:
    doi = item.paper.ids.doi
    # Two papers may bear one DOI, where a link was copied by mistake: each keeps its own key.
    is_own = item.old is not None and not item.old.key_provisional and item.old.ids.doi == doi
    return item.old if doi is None or is_own else owners.get(doi, item.old)


def _first_rows(papers: Sequence[Paper]) -> list[int]:
    """Return for each row the position of the first row of the same work; lines do not tell rows apart."""
    seen: dict[str, int] = {}
    firsts: list[int] = []
    for position, paper in enumerate(papers):
        names = _names(paper)
        known = (seen[name] for name in names if name in seen)
        same = next((at for at in known if _is_same_row(papers[at], paper)), None)
        firsts.append(position if same is None else firsts[same])
        for name in names:
            seen.setdefault(name, position)
    return firsts


def _names(paper: Paper) -> tuple[str, ...]:
    """What a row is known by, strongest first: two rows that share one may be one work."""
    ids = paper.ids
    found = [f"{scheme}:{value}" for scheme in IDS if (value := getattr(ids, scheme))]
    if paper.listed.url:
        found.append(page_name(paper.listed.url))
    if not found:
        found.append(f"title:{title_text.fold(paper.listed.title)}")
    return tuple(found)


def _is_same_row(first: Paper, paper: Paper) -> bool:
    if first.ids.doi and paper.ids.doi and first.ids.doi != paper.ids.doi:
        return False  # a conference paper and its journal version are two works
    shared = {name for name in IDS if getattr(first.ids, name) and getattr(first.ids, name) == getattr(paper.ids, name)}
    if shared - {"arxiv"} and first.status in SETTLED and paper.status in SETTLED:
        return True
    # A link nobody confirmed may be a copy-and-paste slip: two titles under one address stay two papers. So do two
    # under one arXiv id, which a record may have lent to another work.
    return title_text.agree(first.listed.title, paper.listed.title).level != "none"


def _with_cites(papers: tuple[Paper, ...], items: Sequence[Merged]) -> tuple[Paper, ...]:
    by_openalex = {paper.ids.openalex: paper.key for paper in papers if paper.ids.openalex}
    present = {paper.key for paper in papers}
    finished = []
    for paper, item in zip(papers, items, strict=True):
        if item.references:
            cited = {by_openalex[work] for work in item.references if work in by_openalex} - {paper.key}
        else:
            cited = set(paper.cites) & present
        finished.append(msgspec.structs.replace(paper, cites=tuple(sorted(cited))))
    return tuple(finished)


def _with_news(papers: Iterable[Paper], old: Catalog | None, today: str) -> list[Paper]:
    before = {paper.key: paper for paper in old.papers if paper.duplicate_of is None} if old else {}
    days = ((paper, news.last_news(paper, before.get(paper.key), old, today)) for paper in papers)
    return [paper if paper.news == day else msgspec.structs.replace(paper, news=day) for paper, day in days]


def _repeated(paper: Paper, first: Paper) -> Paper:
    """Return a later row of the work whose first row is `first`."""
    line = first.listed.line
    if line == paper.listed.line:
        message = f"Line {line} lists the same work twice ({first.key})."
    else:
        message = f"Lines {line} and {paper.listed.line} are the same work ({first.key})."
    issue = Issue(rule="duplicate", line=paper.listed.line, message=message)
    return msgspec.structs.replace(first, listed=paper.listed, duplicate_of=line, issues=(issue,))
