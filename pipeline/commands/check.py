"""`enrich check`: lint of the lists and the enriched data, offline.

in -> out: `Options` -> findings as text, as GitHub annotations or as JSON; status 1 when a failing rule is met.
"""

import re

import msgspec

from pipeline import inputs
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.inputs import Job
from pipeline.options import Options, Result
from pipeline.outputs import bundle, catalog
from pipeline.quality import lint as stage
from pipeline.quality.lint import Finding

_BIB_KEY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)


def check(options: Options, *, style: str, fail_on: str | None) -> Result:
    """Print the findings of every list.

    Args:
        options: lists and output folder.
        style: `text`, `github` or `json`.
        fail_on: rules that end with status 1, comma-separated; None for every rule that is an error, `none` for none.

    Raises:
        UsageError: an input cannot be read.
    """
    jobs = inputs.load_jobs(options)
    findings = tuple(finding for job in jobs for finding in _check(job, options))
    failing = _failing(findings, fail_on)
    text = _render(findings, style)
    return Result(text=text, status=1 if failing else 0, is_for_programs=style != "text")


def _check(job: Job, options: Options) -> tuple[Finding, ...]:
    name = f"{job.out_name}/{bundle.CATALOG}"
    path = job.out / bundle.CATALOG
    try:
        old = catalog.read(files.load_own(path), name) if path.is_file() else None
    except UsageError as error:
        return (Finding(file=name, line=1, rule="catalog-unreadable", message=str(error)),)
    texts = [files.load_own(file) for n in ("references.bib", bundle.RETIRED) if (file := job.out / n).is_file()]
    keys = {key for text in texts for key in _BIB_KEY.findall(text)}
    return stage.check(job.parsed, job.info.path, catalog=old, catalog_path=name, bib_keys=keys, year=options.now.year)


def _failing(findings: tuple[Finding, ...], fail_on: str | None) -> tuple[Finding, ...]:
    if fail_on is None:
        return tuple(finding for finding in findings if finding.severity == "error")
    rules = {rule.strip() for rule in fail_on.split(",")}
    return tuple(finding for finding in findings if finding.rule in rules)


def _render(findings: tuple[Finding, ...], style: str) -> str:
    if style == "json":
        shown = [msgspec.structs.asdict(finding) | {"severity": finding.severity} for finding in findings]
        return msgspec.json.format(msgspec.json.encode(shown), indent=2).decode() + "\n"
    if style == "github":
        return "".join(f"{_annotation(finding)}\n" for finding in findings)
    return "".join(f"{f.file}:{f.line}: {f.rule}: {' '.join(f.message.split())}\n" for f in findings)


def _annotation(finding: Finding) -> str:
    """GitHub's workflow command; what could end a property or start another command is percent-encoded."""
    message = finding.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = finding.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{finding.severity} file={file},line={finding.line},title={finding.rule}::{message}"
