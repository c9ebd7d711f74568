"""`enrich check`: lint of the lists and the enriched data, offline.

in -> out: `Options` -> findings as text, as GitHub annotations or as JSON (docs/check.schema.json); status 1 when a
failing rule is met. A baseline file holds findings that were there before: an old list starts green.
"""

import re
from collections import Counter
from pathlib import Path

import msgspec

from pipeline import inputs, rules
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.inputs import Job
from pipeline.lists import bibliography
from pipeline.options import Options, Result
from pipeline.outputs import bundle, catalog, retired
from pipeline.quality import lint as stage
from pipeline.quality.lint import Finding
from pipeline.rules import Severity
from pipeline.text.counted import counted

NONE = "none"
_BIB_KEY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as `--format json` shows it."""

    file: str
    """The list, or a file of the enriched data, relative to the working directory."""
    line: int
    """1-based."""
    rule: str
    """Its name in docs/rules.md."""
    message: str
    severity: Severity


def check(options: Options, *, style: str, fail_on: str | None, baseline: Path | None = None) -> Result:
    """Print the findings of every list.

    Args:
        options: lists and output folder.
        style: `text`, `github` or `json`.
        fail_on: rules that end with status 1, comma-separated; None for every rule that is an error, `none` for none.
        baseline: a file of findings that are not reported; where it is missing, today's are written into it.

    Raises:
        UsageError: an input cannot be read, or a rule does not exist.
    """
    failing = _read_rules(fail_on)
    jobs = inputs.load_jobs(options)
    texts = {job.info.path: files.load_text(job.path) for job in jobs}
    findings = tuple(finding for job in jobs for finding in _check(job, texts[job.info.path], options))
    complaints: tuple[str, ...] = ()
    if baseline is not None:
        named = [(_print(finding, texts), finding) for finding in findings]
        if not baseline.exists():
            files.save_text(baseline, "".join(f"{line}\n" for line in sorted(name for name, _ in named)))
            complaints = (
                f"{files.shown(baseline)}: new, with {counted(len(named), 'finding')} not reported from now on.",
            )
        old = Counter(files.load_text(baseline).splitlines())
        findings = tuple(finding for name, finding in named if not _take(old, name))
    fails = any(finding.severity == "error" if failing is None else finding.rule in failing for finding in findings)
    return Result(
        text=_render(findings, style),
        complaints=complaints,
        status=1 if fails else 0,
        is_for_programs=style != "text",
    )


def list_rules() -> Result:
    """Print every rule with its severity and its meaning."""
    width = max(len(rule.name) for rule in rules.RULES)
    lines = (f"{rule.name:<{width}}  {rule.severity:<7}  {rule.meaning}" for rule in rules.RULES)
    return Result(text="\n".join(lines))


def explain(name: str) -> Result:
    """Print the page of one rule. Raises `UsageError` where there is none."""
    (known,) = _read_rules(name) or ("",)
    return Result(text=rules.explain(rules.BY_NAME[known]))


def _read_rules(text: str | None) -> frozenset[str] | None:
    """Return the rules that a user named; None where nobody named any."""
    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in rules.BY_NAME and name != NONE:
            raise UsageError(f"{name}: no such rule; `enrich check --list-rules` shows them all.")
    return frozenset(names)


def _check(job: Job, text: str, options: Options) -> tuple[Finding, ...]:
    name = f"{job.out_name}/{bundle.CATALOG}"
    path = job.out / bundle.CATALOG
    try:
        old = catalog.read(files.load_own(path), name) if path.is_file() else None
    except UsageError as error:
        return (Finding(file=name, line=1, rule="catalog-unreadable", message=str(error)),)
    unsafe = _unsafe(job)
    is_markdown = bibliography.find_form(job.info.path, text) is None
    own = set() if is_markdown else set(_BIB_KEY.findall(text))
    # A `.bib` or a table may well have no link.
    silenced = job.settings.ignore_rules if is_markdown else (*job.settings.ignore_rules, "no-link")
    texts = [files.load_own(file) for n in ("references.bib", bundle.RETIRED) if (file := job.out / n).is_file()]
    broken = tuple(
        Finding(file=job.info.path, line=issue.line, rule=issue.rule, message=issue.message) for issue in job.issues
    )
    return (
        unsafe
        + broken
        + stage.check(
            job.parsed,
            job.info.path,
            catalog=old,
            catalog_path=name,
            bib_keys={key for text in texts for key in _BIB_KEY.findall(text)} - own,
            year=options.now.year,
            text=text if is_markdown else "",
            settings=msgspec.structs.replace(job.settings, ignore_rules=silenced),
        )
    )


def _unsafe(job: Job) -> tuple[Finding, ...]:
    file = job.out / bundle.RETIRED
    found = retired.find_foreign(files.load_own(file)) if file.is_file() else None
    if found is None:
        return ()
    name = f"{job.out_name}/{bundle.RETIRED}"
    return (Finding(file=name, line=found[0], rule="bib-unsafe", message=found[1]),)


def _print(finding: Finding, texts: dict[str, str]) -> str:
    """Return what tells a finding from others: its rule and its line's text, which moves with the line."""
    lines = texts.get(finding.file, "").split("\n")
    said = lines[finding.line - 1] if finding.file in texts and finding.line <= len(lines) else finding.message
    return f"{finding.file}\t{finding.rule}\t{' '.join(said.split())}"


def _take(old: Counter[str], name: str) -> bool:
    """Tell whether the baseline has a finding, and count it off: a copy of the line is new."""
    if old[name] < 1:
        return False
    old[name] -= 1
    return True


def _render(findings: tuple[Finding, ...], style: str) -> str:
    if style == "json":
        shown = [Shown(file=f.file, line=f.line, rule=f.rule, message=f.message, severity=f.severity) for f in findings]
        return msgspec.json.format(msgspec.json.encode(shown), indent=2).decode() + "\n"
    if style == "github":
        return "".join(f"{_annotation(finding)}\n" for finding in findings)
    return "".join(f"{f.file}:{f.line}: {f.rule}: {' '.join(f.message.split())}\n" for f in findings)


def _annotation(finding: Finding) -> str:
    """GitHub's workflow command; what could end a property or start another command is percent-encoded."""
    message = finding.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = finding.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{finding.severity} file={file},line={finding.line},title={finding.rule}::{message}"
