"""`enrich why`: the whole way of one paper, or of each paper on a line, readable.

in -> out: `LIST:LINE` or a key -> what the row says, what its links prove, what was asked and answered, which works
were weighed, what was chosen, where each field came from, and what a human should see. Asks nobody: it reads the
catalog and holds the entry's conversation once more with the cache.
"""

import asyncio
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline import inputs
from pipeline.conversation import converse
from pipeline.edge import files
from pipeline.edge.desk import OFFLINE
from pipeline.edge.open import open_desk
from pipeline.errors import UsageError
from pipeline.inputs import Job
from pipeline.model import Paper, Query
from pipeline.options import Options, Result
from pipeline.outputs.display import clean_line, render_authors
from pipeline.run import freshness
from pipeline.stages.resolving.inquiry import Case, Freshness, Reply, Resolved


def why(options: Options, paper: str) -> Result:
    """Tell the way of a paper; a line may list several.

    Args:
        options: where the inputs are; its lists hold the one that `paper` names.
        paper: `LIST:LINE` with any line of the row, or a citation key.

    Raises:
        UsageError: there is no such paper.
    """
    path, line = split(paper)
    jobs = [job for job in inputs.load_jobs(options) if path is None or job.path == path]
    if jobs and path and line and line > (last := files.load_text(path).rstrip("\n").count("\n") + 1):
        raise UsageError(f"{paper}: the list ends on line {last}.")
    job, cases = _find([inputs.with_memory(job) for job in jobs], paper, line)
    held = asyncio.run(_hold(cases, options, freshness(options)))
    ways = [
        "\n".join(_render(job, case, _find_paper(job, case), resolved, replies))
        for case, (resolved, replies) in zip(cases, held, strict=True)
    ]
    return Result(text="\n\n".join(ways))


def split(paper: str) -> tuple[Path | None, int | None]:
    """Return list and line of `LIST:LINE`; twice None for a key."""
    path, _, number = paper.rpartition(":")
    return (Path(path), int(number)) if path and number.isdecimal() and len(number) < 10 else (None, None)


def _find(jobs: list[Job], paper: str, line: int | None) -> tuple[Job, list[Case]]:
    for job in jobs:
        above = [case for case in job.cases if line is not None and case.entry.line <= line]
        named = [case for case in job.cases if line is None and case.old is not None and case.old.key == paper]
        chosen = [case for case in above if case.entry.line == above[-1].entry.line] or named[:1]
        if chosen:
            return job, chosen
    keys = [case.old.key for job in jobs for case in job.cases if case.old is not None]
    near = get_close_matches(paper, keys, n=1)
    hint = f" Is {near[0]} meant?" if near else ""
    raise UsageError(f"{paper}: no such paper; name it as LIST:LINE or by its key.{hint}")


def _find_paper(job: Job, case: Case) -> Paper | None:
    """Return what the catalog shows for this very row, else the paper that the row is tied to."""
    row = (case.entry.line, case.entry.title)
    papers = job.old.papers if job.old else ()
    return next((paper for paper in papers if (paper.listed.line, paper.listed.title) == row), case.old)


async def _hold(cases: Iterable[Case], options: Options, ages: Freshness) -> list[tuple[Resolved, dict[Query, Reply]]]:
    async with open_desk(options.access, options.cache, now=options.now, offline=True) as desk:
        return [await converse(case, desk, ages) for case in cases]


def _render(
    job: Job, case: Case, paper: Paper | None, resolved: Resolved, replies: dict[Query, Reply]
) -> Iterator[str]:
    entry = case.entry
    yield f"{job.info.path}:{entry.line}: {clean_line(entry.title)}"
    stated = [("venue", entry.venue), ("year", entry.year), ("authors", ", ".join(entry.authors)), ("link", entry.url)]
    yield from (f"  {name}: {clean_line(str(value))}" for name, value in stated if value)
    yield "identifiers"
    yield from (f"  {found.scheme} {found.value} ({found.evidence})" for found in case.identifiers)
    if case.known is not None:
        yield f"  known.bib: {case.known.bibtex_key}"
    if case.old is not None:
        yield f"  ledger: {case.old.key}, {case.old.status}"
    yield "questions and answers"
    for query, reply in replies.items():
        yield f"  {query.source} {query.kind} {clean_line(query.value)}: {_said(reply)}"
    yield from _outcome(paper, resolved)


def _said(reply: Reply) -> str:
    when = f" on {reply.at[:10]}" if reply.at else ""
    titles = "; ".join(f"{r.ids.doi or r.ids.openalex or '-'} “{clean_line(r.title or '')}”" for r in reply.records)
    if reply.reason == OFFLINE:
        return "not asked: `why` asks nobody, and the cache has no answer"
    trouble = f" ({reply.reason})" if reply.reason else ""
    return f"{reply.status}{when}{trouble}{': ' + titles if titles else ''}"


def _outcome(paper: Paper | None, resolved: Resolved) -> Iterator[str]:
    shown = paper.resolution if paper is not None else resolved.resolution
    yield f"choice: {paper.status if paper else resolved.status}, by {shown.method}, score {shown.score:.2f}"
    yield from (f"  {clean_line(text)}" for text in shown.evidence)
    for candidate in shown.candidates or resolved.resolution.candidates:
        named = f"{candidate.doi or 'without a DOI'} {candidate.score:.2f}"
        yield f"  candidate {named} “{clean_line(candidate.title or '')}”"
        yield from (f"    {clean_line(text)}" for text in candidate.evidence)
    if paper is None:
        yield "not in the catalog yet: `enrich run` writes it"
        return
    yield f"paper: {paper.key}"
    yield f"  {render_authors(paper)}: {clean_line(paper.title)}"
    yield "fields and their sources"
    yield from (f"  {field}: {source}" for field, source in paper.sources.items())
    for issue in paper.issues:
        yield f"issue {issue.rule}: {clean_line(issue.message)}"
