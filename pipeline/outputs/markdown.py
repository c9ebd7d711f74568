"""`data/enriched/README.md`: the list, enriched, for reading on a code host.

in -> out: papers in list order -> GitHub flavoured Markdown. Escaping follows the specification of that dialect
(https://github.github.com/gfm/, version 0.29): entities where a backslash could be read twice (in tables), else
backslashes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Count, ListInfo, Paper
from pipeline.outputs.display import clean_line, find_url, first_rows, group_by_section, render_authors, safe_url

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\\": "&#92;"}
_SPECIAL = re.compile(r"[&<>|\\`*_\[\]~$]")
_PLAIN_CODE = re.compile(r"[\w.:+/ -]+")
_HEADER = (
    "| Paper | Authors | Venue | Year | Cited (OpenAlex / Crossref) | Free copy | Code | Key |",
    "|:--|:--|:--|--:|--:|:--|:--|:--|",
)
_UNSETTLED = {"ambiguous": "undecided", "unmatched": "not found", "open": "not looked up yet"}


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line.

    >>> escape("a | b <script> [x](javascript:y)")
    'a &#124; b &lt;script&gt; \\[x\\](javascript:y)'
    """
    return _SPECIAL.sub(lambda m: _ENTITIES.get(m[0], "\\" + m[0]), clean_line(text))


def link(text: str, url: str | None) -> str:
    """Return a link, or the escaped text alone where the address is missing or not http(s)."""
    target = safe_url(url)
    return escape(text) if target is None else f"[{escape(text)}]({target})"


def code(text: str) -> str:
    """Return a code span, or escaped text where the span could be broken out of."""
    line = clean_line(text)
    return f"`{line}`" if _PLAIN_CODE.fullmatch(line) else escape(line)


def render_table(header: Sequence[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return a table's lines; header lines and cells are Markdown already."""
    return [*header, *(f"| {' | '.join(cells)} |" for cells in rows)]


def render(papers: Sequence[Paper], info: ListInfo) -> str:
    """Render the enriched list: its sections in list order, each work once."""
    works = first_rows(papers)
    blocks = [f"# {escape(info.title or info.path)}, enriched", _render_preface(works, info)]
    above: tuple[str, ...] = ()
    for section, members in group_by_section(works).items():
        blocks.extend(_render_headings(section, above))
        blocks.append("\n".join(render_table(_HEADER, map(_render_row, members))))
        above = section
    return "\n\n".join(blocks) + "\n"


def _render_preface(works: Sequence[Paper], info: ListInfo) -> str:
    with_doi = sum(paper.ids.doi is not None for paper in works)
    free = sum(paper.open_access.url is not None for paper in works)
    return (
        f"{len(works)} papers of {code(info.path)}, {with_doi} with a DOI, {free} with a known free copy."
        " This page is generated: change the list, not this file.\n\n"
        "Take them along: [BibTeX](references.bib) · [CSL-JSON](references.json) · [RIS](references.ris)"
        " · [CSV](catalog.csv) · [everything as JSON](catalog.json) · [searchable page](index.html)"
        " · [feed](feed.xml). What needs a human is in [issues.md](issues.md)."
    )


def _render_headings(section: tuple[str, ...], above: tuple[str, ...]) -> Iterator[str]:
    shared = next((i for i, (a, b) in enumerate(zip(section, above, strict=False)) if a != b), len(above))
    for depth, heading in enumerate(section):
        if depth >= shared:
            # Markdown knows six levels; the page's own title is the first.
            yield f"{'#' * min(depth + 2, 6)} {escape(heading)}"


def _render_row(paper: Paper) -> Iterator[str]:
    yield _render_title(paper)
    yield escape(render_authors(paper))
    yield escape(paper.venue or paper.listed.venue or "")
    yield str(paper.year or paper.listed.year or "")
    yield _render_counts(paper)
    free = safe_url(paper.open_access.url)
    yield link(paper.open_access.status or "free copy", free) if free else ""
    yield link("code", paper.listed.code_url) if safe_url(paper.listed.code_url) else ""
    yield "" if paper.key_provisional else code(paper.key)


def _render_title(paper: Paper) -> str:
    marks = "**RETRACTED** " if paper.retracted else ""
    title = link(paper.title, find_url(paper))
    unsettled = _UNSETTLED.get(paper.status)
    return f"{marks}{title}" + (f" (*{unsettled}*)" if unsettled else "")


def _render_counts(paper: Paper) -> str:
    counts = (paper.citations.openalex, paper.citations.crossref)
    return "" if counts == (None, None) else " / ".join(map(_render_count, counts))


def _render_count(count: Count | None) -> str:
    return "–" if count is None else str(count.count)
