"""The summary of a run for the terminal.

in -> out: the catalog, the list's line accounts and the sources' report -> a few lines of plain text.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from pipeline.model import Catalog, Issue, LineAccount, Status
from pipeline.outputs.display import clean_line
from pipeline.outputs.issues import find_findings
from pipeline.outputs.summary import SourceLine
from pipeline.text.counted import counted

KEY_PAGE = "https://openalex.org/settings/api"
DAILY_USD = {False: 0.10, True: 1.00}
"""OpenAlex's free budget a day without and with a key, as published in 2026; the response headers overrule it."""
LIST_USD, SEARCH_USD, PAPERS_A_LIST = 0.0001, 0.001, 100


def render_budget(*, has_key: bool, has_contact: bool, budget_usd: float | None) -> str:
    """Return the run's first line: what today's budget can do, with and without a key, and where to get one."""
    dollars = DAILY_USD[has_key] if budget_usd is None else min(budget_usd, DAILY_USD[has_key])
    lists, searches = round(dollars / LIST_USD), round(dollars / SEARCH_USD)
    text = f"OpenAlex allows ${dollars:.2f} today: "
    text += (
        f"{counted(lists, 'list')} of {PAPERS_A_LIST} papers or {counted(searches, 'title search', 'title searches')}"
    )
    if not has_key:
        text += f"; a free key ({KEY_PAGE}, OPENALEX_API_KEY) makes it ${DAILY_USD[True]:.2f}"
    contact = "3 lists a second" if has_contact else "1 list a second; 3 with a contact address (ENRICH_MAILTO)"
    return f"{text}. Crossref is free: {contact}."


def render(catalog: Catalog, accounts: Sequence[LineAccount], *, out: str, list_issues: Sequence[Issue] = ()) -> str:
    """Return what a run found in one list: entries by status, what is filled in, what needs a human."""
    papers = catalog.papers
    works = [paper for paper in papers if paper.duplicate_of is None]
    statuses = Counter(paper.status for paper in papers)
    by_status = ", ".join(f"{statuses[status]} {status}" for status in get_args(Status) if statuses[status])
    filled = {
        "DOI": sum(paper.ids.doi is not None for paper in works),
        "author list": sum(bool(paper.authors) for paper in works),
        "venue": sum(paper.venue is not None for paper in works),
        "OpenAlex count": sum(paper.citations.openalex is not None for paper in works),
        "Crossref count": sum(paper.citations.crossref is not None for paper in works),
        "abstract": sum(paper.abstract is not None for paper in works),
    }
    states = Counter(account.state for account in accounts)
    findings = find_findings(papers, list_issues)
    stale = [paper.stale_since for paper in works if paper.stale_since]
    linked = f"{states['entry'] + states['part']} belong to papers, {states['skipped']} to none"
    name = "standard input" if catalog.list.path == "-" else catalog.list.path
    lines = [
        f"{name}: {counted(len(papers), 'paper')} ({counted(len(works), 'work')}): {by_status}",
        *([f"  lines with links: {linked} (--explain-skips says why)"] if accounts else []),
        "  filled in: " + ", ".join(counted(count, name) for name, count in filled.items()),
        f"  for a human: {counted(len(findings), 'issue')}, see {out}/issues.md",
    ]
    if stale:
        keep = "keeps its" if len(stale) == 1 else "keep their"
        told = f"{counted(len(stale), 'paper')} {keep} last good values"
        lines.append(f"  stale: {told}, since {min(stale)} at the earliest")
    return "\n".join(lines)


def render_skips(path: str, accounts: Iterable[LineAccount]) -> str:
    """Return what became of every line with a link, one line each."""
    words = {"entry": "entry", "part": "part of the entry on line", "skipped": "skipped:"}
    rows = (
        f"{path}:{a.line}: {words[a.state]}{'' if a.state == 'entry' else ' ' + clean_line(a.reason)}" for a in accounts
    )
    return "\n".join(rows)


def render_sources(lines: Sequence[SourceLine]) -> str:
    """Return requests, dollars and seconds of each source."""
    return "\n".join(
        f"{line.source}: {counted(line.requests, 'request')}, ${line.dollars:.4f}, {line.seconds:.1f} s"
        + (f" ({clean_line(line.note)})" if line.note else "")
        for line in lines
    )
