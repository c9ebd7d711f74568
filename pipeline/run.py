"""The whole job: load, let the stages talk to the desk, count, compare with expectations, save.

in -> out: `Options` -> files, and a `Result` for the command line. Every list of a run shares one desk, so that their
questions batch together; each entry has a conversation of its own, which is forgotten once its paper is merged.
"""

import asyncio
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from pipeline import finished, inputs
from pipeline.commands import needs_extra
from pipeline.conversation import converse, read
from pipeline.edge import files
from pipeline.edge.desk import Desk, Shelf
from pipeline.edge.lock import lock
from pipeline.edge.open import open_desk
from pipeline.edge.report import Report
from pipeline.edge.turns import Turns
from pipeline.inputs import Job
from pipeline.lists.enriched_block import BEGIN, END
from pipeline.model import Age, Catalog, Suggestions
from pipeline.options import Options, Result
from pipeline.outputs import bibtex, bundle, catalog, changes, history, index, markdown, suggestions, summary, terminal
from pipeline.outputs.summary import SourceLine
from pipeline.progress import Talk
from pipeline.stages.catalog import contest, expect, ledger, suggest
from pipeline.stages.catalog.assemble import Merged, assemble
from pipeline.stages.merging.merge import merge, references
from pipeline.stages.resolving.inquiry import Case, Freshness
from pipeline.text.counted import counted

EXPECTATION_MISSED = 1
NOTHING_DUE = "Nothing was due: no request was sent."
Content = str | bytes
NOT_FRESH = 5
OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]
NewLoop = Callable[[], asyncio.AbstractEventLoop]
MOST_CONVERSATIONS = 2000
"""At a time: enough to fill every service's batches for ten seconds, few enough that their records stay small in memory
(measured: 10,000 papers refreshed take 411 MiB without this bound)."""
LARGE_BIB_BYTES = 50_000_000
"""GitHub warns about larger files, and Overleaf refuses them."""


@dataclass(frozen=True, slots=True, repr=False)
class _Enriched:
    """What the conversations came to. Without a repr: asyncio takes that of a finished task's result, of all papers."""

    catalogs: list[Catalog]
    candidates: list[Suggestions]
    report: Report


def run(options: Options, talk: Talk, *, opening: OpenDesk = open_desk, new_loop: NewLoop | None = None) -> Result:
    """Do the whole job for every list of the options.

    `opening` gives the run its desk, `new_loop` its time; tests put another world and other waiting behind them.

    Raises:
        UsageError: an input cannot be read; nothing was written.
        OutputLockedError: another run holds an output folder.
    """
    ends_at = None if options.deadline is None else time.monotonic() + options.deadline * 60
    made_of = finished.digest_inputs(options)
    before = finished.find(options, made_of)
    if before is not None:
        with _locked(options):
            if finished.stands(before, options):
                talk.say(_budget(options))
                talk.close()
                return Result(text=before.text)
    jobs = inputs.load_jobs(options)  # before the lock: a list that cannot be read leaves no trace of a run
    with nullcontext() if options.dry_run else _locked(options):
        # Under the lock: another run may just have written.
        jobs = [inputs.with_memory(job, overwrite=options.overwrite) for job in jobs]
        with closing(talk), asyncio.Runner(loop_factory=new_loop) as runner:  # broken off, a run leaves no bar behind
            enriched = runner.run(_enrich(jobs, options, talk=talk, opening=opening, ends_at=ends_at))
        catalogs, report = enriched.catalogs, enriched.report
        written: list[Path] = []
        complaints = [
            large
            for job, new, candidates in zip(jobs, catalogs, enriched.candidates, strict=True)
            for large in _save(job, new, candidates, options, written)
        ]
        if len(jobs) > 1 and not options.dry_run:
            contents = index.render((job.out.name, new) for job, new in zip(jobs, catalogs, strict=True))
            files.save_all(options.out, contents)
            written += [options.out / name for name in contents]
        missed = [text for job, new in zip(jobs, catalogs, strict=True) for text in _missed(job, new, report)]
        complaints += [f"expectation missed: {text}" for text in missed]
        if not complaints and finished.is_settled(report, catalogs):
            text = "" if options.quiet else "\n".join([*_blocks(jobs, catalogs), NOTHING_DUE])
            finished.keep(options, made_of, written=written, text=text)
    status = EXPECTATION_MISSED if missed else 0
    if options.require_fresh and report.due_failed:
        complaints.append(f"not fresh: no usable answer from {', '.join(sorted(report.due_failed))}")
        status = NOT_FRESH
    if options.summary is not None:
        blocks = [_changes(job, new, report) for job, new in zip(jobs, catalogs, strict=True)]
        files.save_text(options.summary, "\n".join([*_warning(complaints), *blocks, *_left_over(report)]))
    return Result(text=_text(jobs, catalogs, report, options), complaints=tuple(complaints), status=status)


@contextmanager
def _locked(options: Options) -> Iterator[None]:
    """Keep other runs out of every output folder."""
    folders = [inputs.out_folder(path, options) for path in options.lists]
    with ExitStack() as locks:
        for folder in dict.fromkeys((*folders, options.out)):
            locks.enter_context(lock(folder, wait_s=options.config.lock_wait_s))
        yield


def freshness(options: Options) -> Freshness:
    """Return the ages of this run: the settings', or `--max-age` for all of them."""
    config = options.config
    ages = {
        "bibliographic_days": config.age_bibliographic_days,
        "volatile_days": config.age_volatile_days,
        "missing_days": config.age_missing_days,
        "search_pause_days": config.search_pause_days,
    }
    if options.max_age is not None:
        ages = dict.fromkeys(ages, options.max_age)
    return Freshness(now=options.now, jitter=config.age_jitter, refresh=options.refresh, **ages)


async def _enrich(
    jobs: list[Job], options: Options, *, talk: Talk, opening: OpenDesk, ends_at: float | None
) -> _Enriched:
    """Hold every entry's conversation, all lists side by side, and put the catalogs together."""
    ages = freshness(options)
    access = options.access
    shelf = _shelf(jobs, options, ages)
    if not options.offline:
        talk.say(_budget(options))
    async with opening(
        access,
        options.cache,
        now=options.now,
        offline=options.offline,
        keep=not options.dry_run,
        budget_usd=options.budget_usd,
        deadline_s=None if ends_at is None else ends_at - time.monotonic(),
        say=talk.say,
        progress=talk.advance,
        shelf=shelf,
    ) as desk:
        turns = Turns(desk, entries=sum(len(job.cases) for job in jobs), most=MOST_CONVERSATIONS)
        merged = await asyncio.gather(*(_converse_all(job, desk, ages, options, turns) for job in jobs))
        catalogs = [assemble(items, job.info, job.old, options.today) for job, items in zip(jobs, merged, strict=True)]
        found = [
            await _suggest(job, items, new, desk, ages) for job, items, new in zip(jobs, merged, catalogs, strict=True)
        ]
        talk.close()
        if not desk.report().has_network:
            talk.say("No source could be reached: the outputs stand on the list, known.bib and the last catalog.")
        for job, new, candidates in zip(jobs, catalogs, found, strict=True):
            desk.save_resolutions(new.list.path, options.today, new.papers)
            counts = history.append(job.remembered.get(bundle.HISTORY, ""), new.papers, options.today)
            rows = ((row.date, row.key, row.source, row.count) for row in history.read(counts))
            desk.save_catalog(new, candidates, rows, digest=catalog.digest(new), day=options.today)
        return _Enriched(catalogs, found, desk.report())


def _budget(options: Options) -> str:
    return terminal.render_budget(
        has_key=options.access.is_identified("openalex"),
        has_contact=options.access.is_identified("crossref"),
        budget_usd=options.budget_usd,
    )


def _shelf(jobs: list[Job], options: Options, ages: Freshness) -> Shelf | None:
    if options.snapshot is None:
        return None
    with needs_extra("bulk"):
        from pipeline.bulk import shelf  # noqa: PLC0415 - large, and only with the extra
    return shelf.Shelf(options.snapshot, (case for job in jobs for case in job.cases), ages)


async def _converse_all(job: Job, desk: Desk, ages: Freshness, options: Options, turns: Turns) -> list[Merged]:
    told = (turns.take(partial(_merged, case, desk, ages, options)) for case in job.cases)
    merged = list(await asyncio.gather(*told))
    for position, undecided in contest.losers(job.cases, [item.paper for item in merged]).items():
        paper = merge(undecided, options.today)
        merged[position] = msgspec.structs.replace(merged[position], paper=paper, references=())
    return merged


async def _merged(case: Case, desk: Desk, ages: Freshness, options: Options) -> Merged:
    """One entry's way; its records are dropped as soon as they are merged, so that memory holds papers only."""
    resolved, _ = await converse(case, desk, ages)
    paper = merge(resolved, options.today)
    if options.snapshot is not None:
        paper = ledger.with_abstract(paper, case.old)
    return Merged(
        paper=case.old if case.old == paper else paper,  # unchanged papers need not be in memory twice
        old=case.old,
        references=references(resolved),
        proposal=case.known.bibtex_key if case.known else None,
        key=case.key,
    )


async def _suggest(job: Job, merged: list[Merged], new: Catalog, desk: Desk, ages: Freshness) -> Suggestions:
    """Name what many papers cite and the list lacks; a title does not change, so that each is asked for once."""
    before = suggestions.read(job.remembered.get(bundle.SUGGESTIONS, ""))
    asked = dict.fromkeys(suggest.questions(merged, before), Age(missing_days=ages.missing_days))
    if not asked:
        return suggest.suggest(merged, new.papers, before, {})
    async with desk.conversation():
        answers = await desk.ask(asked)
    replies = {query: read(answer) for query, answer in answers.items()}
    return suggest.suggest(merged, new.papers, before, replies)


def _save(job: Job, new: Catalog, candidates: Suggestions, options: Options, written: list[Path]) -> list[str]:
    """Write a list's outputs, all or none, and add them to `written`; return what is too large to be comfortable."""
    outputs = bundle.render(
        new,
        job.old,
        job.remembered,
        today=options.today,
        ascii_only=options.ascii_only,
        list_path="" if job.info.path == "-" else os.path.relpath(job.path, job.out),
        list_issues=job.issues,
        written=job.written,
        overwrite=options.overwrite,
        candidates=candidates,
    )
    if options.dry_run:
        deque(outputs, maxlen=0)
        return []
    files.save_all(job.out, _noted(outputs, job.out, written), is_ours=bundle.is_ours)
    size = (job.out / bibtex.WHOLE).stat().st_size
    complaints = [f"{job.out_name}/{bibtex.WHOLE} has {size:,} bytes"] if size > LARGE_BIB_BYTES else []
    if job.settings.write_back and not _write_back(job, new):
        complaints.append(f"{job.info.path} has no place for the enriched rows: {BEGIN} and below it {END}, once each")
    return complaints


def _noted(outputs: Iterator[tuple[str, Content]], out: Path, written: list[Path]) -> Iterator[tuple[str, Content]]:
    for name, content in outputs:
        written.append(out / name)
        yield name, content


def _write_back(job: Job, new: Catalog) -> bool:
    """Write the enriched rows between the markers of the list itself; return whether it has them."""
    return files.put_between(job.path, BEGIN, END, f"\n{markdown.render_block(new.papers)}\n")


def _changes(job: Job, new: Catalog, report: Report) -> str:
    return summary.render(changes.compare(job.old, new), report=_source_lines(report))


def _warning(complaints: list[str]) -> list[str]:
    """What the run ends with besides its changes, as GitHub shows a warning."""
    return ["> [!WARNING]\n" + "".join(f"> - {markdown.escape(text)}\n" for text in complaints)] if complaints else []


def _left_over(report: Report) -> list[str]:
    """What there was no money for today, by kind of question, most valuable first, and no time."""
    kinds = Counter(f"{query.source} {query.kind}" for query in report.deferred)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    left = [f"Left for tomorrow's budget, most valuable first: {told}.\n"] if told else []
    if report.unasked_count:
        left.append(
            f"The deadline passed with {counted(report.unasked_count, 'question')} open, left to the next run.\n"
        )
    return left


def _missed(job: Job, new: Catalog, report: Report) -> tuple[str, ...]:
    was_answered = any(source.answered for source in report.sources)
    return expect.missed(new, job.old, job.settings, was_answered=was_answered)


def _text(jobs: list[Job], catalogs: list[Catalog], report: Report, options: Options) -> str:
    if options.quiet:
        return ""
    blocks = _blocks(jobs, catalogs)
    if options.explain_skips:
        blocks += [terminal.render_skips(job.info.path, job.parsed.accounts) for job in jobs]
    if options.offline:
        blocks.append("Offline: nothing was asked.")
    elif not report.sources:
        blocks.append(NOTHING_DUE)
    else:
        blocks.append(terminal.render_sources(_source_lines(report)))
    return "\n".join([*blocks, *_left_over(report)])


def _blocks(jobs: list[Job], catalogs: list[Catalog]) -> list[str]:
    return [
        terminal.render(new, job.parsed.accounts, out=job.out_name, list_issues=job.issues)
        for job, new in zip(jobs, catalogs, strict=True)
    ]


def _source_lines(report: Report) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(
            source=source.source,
            requests=sum(source.requests.values()),
            dollars=source.dollars,
            seconds=source.seconds,
            note=source.stopped,
        )
        for source in report.sources
    )
