"""The summary of a run: changes and costs in words, for a pull request's body and a job summary.

in -> out: `Changes` (and one `SourceLine` a source) -> GitHub flavoured Markdown, the loudest first. Titles come from
strangers and GitHub acts on words in pull requests, so mentions, issue numbers and addresses in them are broken. Every
section is cut to a number of rows and the whole to a length, because a pull request takes 65,536 characters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pipeline.model import Notice, Paper
from pipeline.outputs import markdown
from pipeline.outputs.changes import Changes, CountChange, FieldChange, is_empty
from pipeline.outputs.display import doi_url, find_url, render_authors, shorten
from pipeline.outputs.issues import Finding
from pipeline.outputs.markdown import code, render_table
from pipeline.text.counted import counted

ROWS_SHOWN = 20
"""Rows of a section; ten sections of rows of about 250 characters fit into a pull request's body."""
LENGTH = 60_000
"""Characters of all sections; what is left of GitHub's 65,536 is for the first line and the requests."""
COUNTS_SHOWN = 10
TITLE_SHOWN = 80
VALUE_SHOWN = 60
_ACTS_ON_GITHUB = re.compile(r"(?<=[@#])(?=\w)|(?<=://)|(?<=\bwww)(?=\.)|(?<=\bGH-)(?=\d)", re.IGNORECASE)


class SourceLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one source cost in a run."""

    source: str
    requests: int
    dollars: float
    seconds: float
    note: str | None = None


def render(changes: Changes, *, report: Sequence[SourceLine] = ()) -> str:
    """Render the changes; one line when there are none."""
    blocks = [_render_headline(changes)]
    if not is_empty(changes):
        blocks.extend(_fit(section for section in _render_sections(changes) if section))
    if report:
        blocks.append(_render_report(report))
    return "\n\n".join(blocks) + "\n"


def _fit(sections: Iterable[str]) -> Iterator[str]:
    left = LENGTH
    for section in sections:
        left -= len(section)
        if left < 0:
            yield "There is more, but it does not fit here."
            return
        yield section


def _render_headline(changes: Changes) -> str:
    stale = f" {_render_stale(changes.stale)}" if changes.stale else ""
    if is_empty(changes):
        quiet = "Nothing changed but bookkeeping (lines, dates of searches)." if changes.differs else "Nothing changed."
        return quiet + stale
    parts = (
        (len(changes.keys_gone), "**published keys gone**"),
        (len(changes.retracted), "**retracted**"),
        (len(changes.moved), "**another DOI**"),
        (len(changes.added), "new papers"),
        (len(changes.left), "left the list"),
        (len(changes.joined), "under another key"),
        (len(changes.found), "DOIs found"),
        (len(changes.published), "preprints now published"),
        (len(changes.edited), "changed fields"),
        (sum(count for _, count in changes.filled), "fields filled in"),
        (len(changes.counts), "citation counts moved"),
    )
    told = ("First catalog. " if changes.is_first else "") + " · ".join(f"{what}: {n}" for n, what in parts if n)
    return f"{told or 'No fact and no count changed'}.{stale}"


def _render_sections(changes: Changes) -> Iterator[str]:
    yield _render_alarm(changes)
    yield _render_list("Corrections and expressions of concern", map(_render_notice, changes.noticed))
    yield _render_list("No longer marked as retracted", map(_render_paper, changes.reinstated))
    yield _render_list("New papers", map(_render_new, changes.added))
    yield _render_list("DOIs found", map(_render_found, changes.found))
    yield _render_list("Preprints now published", map(_render_found, changes.published))
    yield _render_fields("Changed fields", changes.edited)
    yield _render_filled(changes)
    yield _render_counts(changes)
    yield _render_list(f"Needs a human ({changes.findings_total})", map(_render_finding, changes.findings))
    if changes.findings_settled:
        yield f"Settled: {counted(changes.findings_settled, 'earlier finding')}."
    if changes.healed:
        yield f"No longer stale: {counted(changes.healed, 'paper')}."
    yield _render_list("Left the list (keys kept)", map(_render_paper, changes.left))
    yield _render_list("Still listed, under another paper's key (old keys kept)", map(_render_paper, changes.joined))


def _render_alarm(changes: Changes) -> str:
    """Return what must not be overlooked, as one alert; empty when there is nothing."""
    lines = [f"**Retracted:** {_render_paper(paper)}" for paper in changes.retracted]
    lines += [
        f"**Another DOI:** {_render_paper(move.paper)}: {_show(move.old)} → {_show(move.new)}" for move in changes.moved
    ]
    lines += [f"**Published key gone:** {code(key)}; documents that cite it break" for key in changes.keys_gone]
    return "> [!CAUTION]\n" + "\n".join(f"> - {line}" for line in _cut(lines)) if lines else ""


def _render_list(title: str, lines: Iterable[str]) -> str:
    shown = _cut(list(lines))
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in shown) if shown else ""


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - ROWS_SHOWN
    return lines if more <= 0 else [*lines[:ROWS_SHOWN], f"… and {more} more"]


def _render_fields(title: str, edited: Sequence[FieldChange]) -> str:
    if not edited:
        return ""
    header = ("| Paper | Field | Before | Now |", "|:--|:--|:--|:--|")
    rows = ((code(e.paper.key), code(e.field), *map(_show, _from_difference(e))) for e in edited[:ROWS_SHOWN])
    lines = [f"## {title}", "", *render_table(header, rows)]
    if len(edited) > ROWS_SHOWN:
        by_field = Counter(change.field for change in edited)
        lines += ["", "All: " + ", ".join(f"{code(field)} {count}" for field, count in by_field.most_common())]
    return "\n".join(lines)


def _render_filled(changes: Changes) -> str:
    told = ", ".join(f"{code(field)} {count}" for field, count in changes.filled)
    return f"## Filled in\n\n{told}" if told else ""


def _render_counts(changes: Changes) -> str:
    if not changes.counts and not changes.first_counts:
        return ""
    header = ("| Paper | Source | Before | Now | |", "|:--|:--|--:|--:|--:|")
    lines = [f"## Citation counts ({len(changes.counts)} moved, {changes.first_counts} for the first time)"]
    if changes.counts:
        lines += ["", *render_table(header, map(_render_count, changes.counts[:COUNTS_SHOWN]))]
    return "\n".join(lines)


def _render_count(change: CountChange) -> Iterator[str]:
    yield f"{_render_paper(change.paper)}"
    yield change.source
    yield from (str(change.old), str(change.new), f"{change.new - change.old:+d}")


def _render_stale(stale: Sequence[Paper]) -> str:
    days = sorted(paper.stale_since for paper in stale if paper.stale_since)
    since = f"since {days[0]}" if days[0] == days[-1] else f"since {days[0]} to {days[-1]}"
    keep = "keeps" if len(stale) == 1 else "keep"
    return f"{counted(len(stale), 'paper')} {keep} older values because a source did not answer, {since}."


def _render_report(report: Sequence[SourceLine]) -> str:
    header = ("| Source | Requests | Dollars | Seconds | |", "|:--|--:|--:|--:|:--|")
    rows = [
        (_quiet(line.source), str(line.requests), f"{line.dollars:.4f}", f"{line.seconds:.1f}", _quiet(line.note or ""))
        for line in report
    ]
    return "\n".join(["## Requests", "", *render_table(header, rows)])


def _render_paper(paper: Paper) -> str:
    title = _quiet(shorten(paper.title, TITLE_SHOWN))
    url = find_url(paper)
    return f"{f'[{title}]({url})' if url else title} {'' if paper.key_provisional else code(paper.key)}".rstrip()


def _render_new(paper: Paper) -> str:
    about = ", ".join(str(part) for part in (render_authors(paper), paper.venue, paper.year) if part)
    return f"{_render_paper(paper)} {_quiet(shorten(about, TITLE_SHOWN))} ({paper.status})"


def _render_found(paper: Paper) -> str:
    where = f", {_quiet(shorten(paper.venue, VALUE_SHOWN))}" if paper.venue else ""
    return f"{_render_paper(paper)}: {_show(paper.ids.doi)}{where}"


def _render_notice(pair: tuple[Paper, Notice]) -> str:
    paper, notice = pair
    about = markdown.link(notice.doi, doi_url(notice.doi)) if notice.doi else ""
    return " ".join(part for part in (f"{_render_paper(paper)}: {notice.kind}", notice.date, about) if part)


def _render_finding(finding: Finding) -> str:
    return f"line {finding.issue.line}: {_quiet(shorten(finding.issue.message, 200))} ({code(finding.issue.rule)})"


def _from_difference(change: FieldChange) -> tuple[str | None, str | None]:
    """Return both values from shortly before the first difference, where cutting them short would hide it."""
    old, new = change.old or "", change.new or ""
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = same - VALUE_SHOWN // 3
    if start <= 0 or max(len(old), len(new)) <= VALUE_SHOWN:
        return change.old, change.new
    return f"…{old[start:]}", f"…{new[start:]}"


def _show(value: str | None) -> str:
    return "–" if value is None else _quiet(shorten(value, VALUE_SHOWN))


def _quiet(text: str) -> str:
    """Escape for Markdown, and keep GitHub from notifying, closing or linking anything that a stranger's text names."""
    # A zero-width space, as the dependency bots do it; before escaping, because entities hold a `#` too.
    return markdown.escape(_ACTS_ON_GITHUB.sub("\u200b", text))
