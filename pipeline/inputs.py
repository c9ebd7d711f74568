"""Loading: every input of a run, read and tied together before the first question.

in -> out: `Options` -> one `Job` a list. Several lists write into `OUT/<file stem>/`; the old catalog is always
`OUT/catalog.json`; no absolute path goes into any output (design.md, "Several lists").
"""

from collections import Counter
from pathlib import Path

import msgspec

from pipeline.config import ListSettings
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.lists import bibliography, markdown
from pipeline.lists.bibliography import Given
from pipeline.model import Author, Catalog, FieldValue, Issue, ListInfo, ParsedList
from pipeline.options import NO_LIST, Options, knowledge_files
from pipeline.outputs import bundle, catalog, retired
from pipeline.sources import corrections, known
from pipeline.stages import identify
from pipeline.stages.catalog import knowledge, ledger
from pipeline.stages.resolving.inquiry import Case, Decision
from pipeline.text.counted import counted

SHOWN_REASONS = 3
"""Reasons that a message gives."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One list of a run: what was read, and where its outputs go."""

    path: Path
    info: ListInfo
    settings: ListSettings
    parsed: ParsedList
    out: Path
    out_name: str
    """The output folder as it may be shown."""
    facts: knowledge.Knowledge
    old: Catalog | None = None
    remembered: dict[str, str] = {}
    """Texts of last run's outputs that this run reads."""
    written: str | None = None
    """The list itself where it is a `.bib`."""
    given: tuple[Given, ...] = ()
    """What a human gave each entry, where the list is no Markdown."""
    cases: tuple[Case, ...] = ()
    issues: tuple[Issue, ...] = ()
    """What concerns the list and no single paper."""


def load_jobs(options: Options) -> list[Job]:
    """Read every list and the human knowledge; nothing is written.

    Raises:
        UsageError: there is no list, or an input cannot be read.
    """
    if not options.lists:
        raise UsageError(NO_LIST)
    stems = [path.stem for path in options.lists]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UsageError(f"two lists are named {twice[0]}.md: their outputs would overwrite each other.")
    return [_load_job(path, options) for path in options.lists]


def _load_job(path: Path, options: Options) -> Job:
    text = files.load_text(path)
    name = files.shown(path)
    own = options.config.for_list(name)
    form = bibliography.find_form(name, text)
    other = bibliography.read(text, form) if form else None
    parsed = other.parsed if other else markdown.parse(text, own)
    if not parsed.entries:
        raise no_papers(name, text, parsed)
    out = out_folder(path, options)
    return Job(
        path=path,
        info=ListInfo(path=name, title=parsed.title),
        settings=own,
        parsed=parsed,
        out=out,
        out_name=files.shown(out),
        facts=_load_knowledge(path, options),
        written=text if form == "bib" else None,
        given=other.given if other else (),
        issues=other.issues if other else (),
    )


def no_papers(name: str, text: str, parsed: ParsedList) -> UsageError:
    """Return what to say of a file in which no paper is found: why its lines are none, and what a row needs."""
    said = f"{'standard input' if name == '-' else name}: no papers were found in it."
    form = bibliography.find_form(name, text)
    if form:
        return UsageError(f"{said} {bibliography.NEEDED[form]}")
    reasons = Counter(account.reason for account in parsed.accounts)
    why = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common(SHOWN_REASONS))
    lines = (
        f" {counted(reasons.total(), 'line')} with a link, and none names one ({why})." if why else " It holds no link."
    )
    return UsageError(f"{said}{lines} A row needs a title and the link to its paper, or authors, title and year.")


def out_folder(path: Path, options: Options) -> Path:
    """Return where the outputs of a list go."""
    return options.out if len(options.lists) == 1 else options.out / path.stem


def _load_knowledge(path: Path, options: Options) -> knowledge.Knowledge:
    """Read what humans wrote."""
    facts, decisions = knowledge_files(path, options)
    return knowledge.Knowledge(
        known=known.read(files.load_text(facts), files.shown(facts)) if facts else (),
        corrections=corrections.read(files.load_text(decisions), files.shown(decisions)) if decisions else (),
    )


def with_memory(job: Job, *, overwrite: bool = False) -> Job:
    """Add what the last run left behind, and tie the entries to it and to the human knowledge.

    With `overwrite` the sources overrule what a human wrote into a list that is no Markdown.
    """
    files.recover(job.out, is_ours=bundle.is_ours)
    remembered = {name: files.load_own(job.out / name) for name in bundle.REMEMBERED if (job.out / name).is_file()}
    foreign = retired.find_foreign(remembered.get(bundle.RETIRED, ""))
    if foreign:
        raise UsageError(f"{job.out_name}/{bundle.RETIRED}:{foreign[0]}: {foreign[1]}")
    old = _load_old(job)
    entries = job.parsed.entries
    identifiers = [identify.identify(entry) for entry in entries]
    tied, last_days = ledger.tie(entries, identifiers, old), ledger.last_days(old)
    if old is not None and old.papers and old.list.path != job.info.path and not tied:
        message = f"{job.out_name} holds the papers of another list, {old.list.path}: name another folder with --out."
        raise UsageError(message)
    decided = knowledge.decide(job.facts.corrections, entries, tied)
    facts = knowledge.tie_known(job.facts.known, entries, identifiers)
    cases = tuple(
        Case(
            entry=entry,
            identifiers=identifiers[at],
            known=facts.get(at),
            old=tied.get(at),
            decision=_decision(decided.by_position.get(at), job.given[at] if job.given else None),
            kept=_kept(job.given[at]) if job.given and not overwrite else (),
            key=job.given[at].key if job.given else None,
            aliases=job.parsed.aliases,
            last_days=last_days,
        )
        for at, entry in enumerate(entries)
    )
    return msgspec.structs.replace(
        job, old=old, remembered=remembered, cases=cases, issues=(*job.issues, *decided.stale)
    )


def _decision(decided: Decision | None, given: Given | None) -> Decision:
    """What a human decided; else a row that is nothing but an identifier is that work."""
    if decided is None and given is not None and given.identifier is not None:
        return Decision(pinned=given.identifier, is_row=True)
    return decided or knowledge.UNDECIDED


def _kept(given: Given) -> tuple[tuple[str, FieldValue | tuple[Author, ...]], ...]:
    return (*given.fields, *((("authors", given.authors),) if given.authors else ()))


def _load_old(job: Job) -> Catalog | None:
    path = job.out / bundle.CATALOG
    return catalog.read(files.load_own(path), f"{job.out_name}/{bundle.CATALOG}") if path.is_file() else None
