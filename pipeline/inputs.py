"""Loading: every input of a run, read and tied together before the first question.

in -> out: `Options` -> one `Job` a list. Several lists write into `OUT/<file stem>/`; the old catalog is always
`OUT/catalog.json`; no absolute path goes into any output (design.md, "Several lists").
"""

import os
from pathlib import Path

import msgspec

from pipeline import config as settings
from pipeline.config import Config, ListSettings
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.lists import markdown
from pipeline.model import Catalog, Issue, ListInfo, ParsedList
from pipeline.options import Options
from pipeline.outputs import bundle, catalog
from pipeline.sources import corrections, known
from pipeline.stages import identify
from pipeline.stages.catalog import knowledge, ledger
from pipeline.stages.resolving.inquiry import Case


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
    cases: tuple[Case, ...] = ()
    issues: tuple[Issue, ...] = ()
    """What concerns the list and no single paper."""


def load_config(options: Options) -> Config:
    """Read `enrich.toml` beside the first list, else `[tool.enrich]` of pyproject.toml, else take the defaults."""
    beside = options.lists[0].parent / "enrich.toml" if options.lists else Path("enrich.toml")
    if beside.is_file():
        return settings.read(files.load_text(beside), shown(beside))
    project = Path("pyproject.toml")
    if project.is_file():
        return settings.read(files.load_text(project), project.name, table=("tool", "enrich"))
    return Config()


def load_jobs(options: Options, config: Config) -> list[Job]:
    """Read every list and the human knowledge; nothing is written.

    Raises:
        UsageError: there is no list, or an input cannot be read.
    """
    if not options.lists:
        raise UsageError("no list: there is no data/raw/*.md here, and none was named.")
    facts = knowledge.Knowledge(
        known=known.read(files.load_text(options.known), shown(options.known)) if options.known else (),
        corrections=corrections.read(files.load_text(options.corrections), shown(options.corrections))
        if options.corrections
        else (),
    )
    stems = [path.stem for path in options.lists]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UsageError(f"two lists are named {twice[0]}.md: their outputs would overwrite each other.")
    return [_load_job(path, options, config, facts) for path in options.lists]


def _load_job(path: Path, options: Options, config: Config, facts: knowledge.Knowledge) -> Job:
    text = files.load_text(path)
    name = shown(path)
    own = config.for_list(name)
    parsed = markdown.parse(text, own)
    if not parsed.entries:
        raise UsageError(f"{name}: not a single paper was found in it.")
    out = options.out if len(options.lists) == 1 else options.out / path.stem
    return Job(
        path=path,
        info=ListInfo(path=name, title=parsed.title),
        settings=own,
        parsed=parsed,
        out=out,
        out_name=shown(out),
        facts=facts,
    )


def with_memory(job: Job) -> Job:
    """Add what the last run left behind, and tie the entries to it and to the human knowledge."""
    files.recover(job.out)
    remembered = {name: files.load_text(job.out / name) for name in bundle.REMEMBERED if (job.out / name).is_file()}
    old = _load_old(job)
    entries = job.parsed.entries
    identifiers = [identify.identify(entry) for entry in entries]
    tied, last_days = ledger.tie(entries, identifiers, old), ledger.last_days(old)
    decided = knowledge.decide(job.facts.corrections, entries, tied)
    facts = knowledge.tie_known(job.facts.known, entries, identifiers)
    cases = tuple(
        Case(
            entry=entry,
            identifiers=identifiers[at],
            known=facts.get(at),
            old=tied.get(at),
            decision=decided.by_position.get(at, knowledge.UNDECIDED),
            aliases=job.parsed.aliases,
            last_days=last_days,
        )
        for at, entry in enumerate(entries)
    )
    return msgspec.structs.replace(job, old=old, remembered=remembered, cases=cases, issues=decided.stale)


def _load_old(job: Job) -> Catalog | None:
    path = job.out / bundle.CATALOG
    return catalog.read(files.load_text(path), f"{job.out_name}/{bundle.CATALOG}") if path.is_file() else None


def shown(path: Path) -> str:
    """Return a path as it may stand in outputs: relative to the working directory, or the name alone."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links out of the folder
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.name
