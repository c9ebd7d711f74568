"""`issues.md`: what needs a human, most urgent first, each finding tied to its line of the list.

in -> out: papers and the issues of the list itself -> Markdown. Groups and advice come from the table in
pipeline/rules.py; a rule that is not in it is shown all the same, in a group of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

import msgspec

from pipeline.model import Candidate, Issue, Paper, Suggestions
from pipeline.outputs.display import NOT_ASKED, clean_line, doi_url, shorten, was_answered
from pipeline.outputs.markdown import code, escape, link, render_suggestions, render_table
from pipeline.rules import GROUPS, find_group
from pipeline.sources import corrections
from pipeline.sources.corrections import Correction

TITLE_SHOWN = 90
"""Characters of a title; the line number already says which row it is."""
_HEADER = ("| Score | Candidate | DOI | Evidence |", "|--:|:--|:--|:--|")


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An issue with the paper it is about; None for an issue of the list itself."""

    issue: Issue
    paper: Paper | None = None


NO_SUGGESTIONS = Suggestions()
_HAS_CANDIDATES = frozenset({"ambiguous", "identity-contested", "unmatched"})


def render(
    papers: Sequence[Paper],
    *,
    list_issues: Iterable[Issue] = (),
    list_path: str,
    suggestions: Suggestions = NO_SUGGESTIONS,
) -> str:
    """Render the page; `list_path` leads from the page's folder to the list, "" where that is no file."""
    grouped: dict[str, list[Finding]] = {group.title: [] for group in GROUPS}
    for finding in find_findings(papers, list_issues):
        grouped[find_group(finding.issue.rule).title].append(finding)
    urgent = sum(len(grouped[group.title]) for group in GROUPS if group.needs_human)
    # Parentheses and spaces would end a link's address.
    target = quote(list_path, safe="/")
    blocks = ["# What needs a human", _render_summary(urgent, list_path)]
    if not was_answered(papers):
        blocks.append(f"Of the services: {NOT_ASKED}. What only they can tell is missing here.")
    for group in GROUPS:
        findings = grouped[group.title]
        if findings:
            blocks.append(f"## {group.title} ({len(findings)})\n\n{group.advice}")
            blocks.extend(_render_findings(findings, target))
    if suggestions.works:
        blocks.append(f"## Candidates to add ({len(suggestions.works)})\n\n{render_suggestions(suggestions)}")
    return "\n\n".join(blocks) + "\n"


def find_findings(papers: Iterable[Paper], list_issues: Iterable[Issue] = ()) -> tuple[Finding, ...]:
    """Return every issue once, by line; a state that a human must see is a finding even if no stage has raised it."""
    findings = {(issue, ""): Finding(issue=issue) for issue in list_issues}
    for paper in papers:
        # Two papers on one line may have the same to say.
        findings |= {
            (issue, paper.key): Finding(issue=issue, paper=paper) for issue in (*paper.issues, *_find_implied(paper))
        }
    return tuple(sorted(findings.values(), key=lambda finding: finding.issue.line))


def _find_implied(paper: Paper) -> Iterator[Issue]:
    raised = {issue.rule for issue in paper.issues}
    line = paper.listed.line
    if paper.retracted and "retracted" not in raised:
        yield Issue(rule="retracted", line=line, message="The paper has been retracted.")
    if paper.status == "ambiguous" and "ambiguous" not in raised:
        yield Issue(rule="ambiguous", line=line, message="Several works fit, none with enough proof.")
    if paper.status == "unmatched" and "unmatched" not in raised:
        yield Issue(rule="unmatched", line=line, message="Every source has answered, and nothing fits.")
    if paper.status == "open":
        yield Issue(rule="open", line=line, message="Something that could settle the row has no answer yet.")
    if paper.stale_since is not None:
        yield Issue(rule="stale", line=line, message=f"The last usable answer is of {paper.stale_since}.")


def _render_summary(urgent: int, list_path: str) -> str:
    name = code(list_path) if list_path else "standard input"
    if urgent == 0:
        return f"Nothing in {name} needs a human."
    return f"{urgent} finding{'s' if urgent > 1 else ''} in {name}, the most urgent first."


def _render_findings(findings: Sequence[Finding], target: str) -> Iterator[str]:
    """Yield one bullet list for the short findings, then a block for each one with candidates to choose from."""
    short = [finding for finding in findings if not _get_candidates(finding)]
    if short:
        yield "\n".join(f"- {_render_finding(finding, target)}" for finding in short)
    for finding in findings:
        if candidates := _get_candidates(finding):
            yield _render_finding(finding, target)
            yield "\n".join(render_table(_HEADER, map(_render_candidate, candidates)))
            yield _render_decision(finding, candidates)


def _get_candidates(finding: Finding) -> tuple[Candidate, ...]:
    if finding.paper is None or finding.issue.rule not in _HAS_CANDIDATES:
        return ()
    return finding.paper.resolution.candidates


def _render_finding(finding: Finding, target: str) -> str:
    issue, paper = finding.issue, finding.paper
    title = f" **{escape(shorten(paper.listed.title, TITLE_SHOWN))}**:" if paper else ""
    line = f"[line {issue.line}]({target}#L{issue.line})" if target else f"line {issue.line}"
    return f"{line}{title} {escape(issue.message)} ({code(issue.rule)})"


def _render_candidate(candidate: Candidate) -> Iterator[str]:
    yield f"{candidate.score:.2f}"
    yield escape(candidate.title or "")
    yield link(candidate.doi, doi_url(candidate.doi)) if candidate.doi else ""
    yield escape("; ".join(candidate.evidence))


def _render_decision(finding: Finding, candidates: Sequence[Candidate]) -> str:
    """Return the correction that settles the entry as the best candidate that could be right, ready to paste.

    A candidate with a score of 0 was refused; where all were, what is left to say is that no source has the paper.
    """
    assert finding.paper is not None
    best = next((candidate.doi for candidate in candidates if candidate.doi and candidate.score > 0), "none")
    decision = Correction(entry=clean_line(finding.paper.listed.title), is_=best, why="say how you know")
    return f"```toml\n{corrections.render(decision).strip()}\n```"
