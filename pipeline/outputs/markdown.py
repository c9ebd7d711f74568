"""`data/enriched/README.md`: the list, enriched, for reading on a code host.

in -> out: papers in list order -> GitHub flavoured Markdown: the list's sections, order and category, and one cell that
reads like a reference. What no paper has is no column. A list too long for one page becomes an index and pages below
`list/`. Escaping follows the specification of that dialect
(https://github.github.com/gfm/, version 0.29): entities where a backslash could be read twice (in tables), else
backslashes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pipeline.model import Count, ListInfo, Paper, Suggestions
from pipeline.outputs.display import (
    NOT_ASKED,
    clean_line,
    find_note,
    find_url,
    first_rows,
    group_by_section,
    is_pdf,
    render_authors,
    safe_url,
    suggestion_url,
    was_answered,
)
from pipeline.outputs.pictures.pictures import Picture
from pipeline.text.counted import counted

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\\": "&#92;"}
_SPECIAL = re.compile(r"[&<>|\\`*_\[\]~$]")
_PLAIN_CODE = re.compile(r"[\w.:+/ -]+")
PAGE_BYTES = 480_000
"""GitHub shows no more than 512 KB of a Markdown file; the rest is room for headings."""
_UNSETTLED = {"ambiguous": "undecided", "unmatched": "not found", "open": "not looked up yet"}
_NO_SUGGESTIONS = Suggestions()


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


class _Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the paper: only what some paper of the list has."""

    category: bool
    counts: bool

    @property
    def header(self) -> tuple[str, str]:
        names = ["Paper", *(["Category"] if self.category else []), *(["Cited"] if self.counts else [])]
        marks = [":--", *([":--"] if self.category else []), *(["--:"] if self.counts else [])]
        return f"| {' | '.join(names)} |", f"|{'|'.join(marks)}|"


def render_files(
    papers: Sequence[Paper],
    info: ListInfo,
    *,
    drawn: Sequence[Picture] = (),
    suggestions: Suggestions = _NO_SUGGESTIONS,
    page_bytes: int = PAGE_BYTES,
) -> dict[str, str]:
    """Render the enriched list, path -> text: `README.md`, and pages below `list/` where it would be too long.

    Args:
        papers: in list order; each work is shown once, in its sections and order.
        info: the list's name.
        drawn: its pictures.
        suggestions: what its papers cite and it lacks.
        page_bytes: the longest page.
    """
    works = first_rows(papers)
    columns = _find_columns(works)
    title = f"# {escape(info.title or info.path)}, enriched"
    after = [*_render_pictures(drawn), *_render_candidates(suggestions)]
    sections = [
        (section, [" | ".join(_render_row(paper, columns)) for paper in members])
        for section, members in group_by_section(works).items()
    ]
    whole = _join(title, [_render_preface(works, info)], sections, columns, after)
    if len(whole.encode()) <= page_bytes:
        return {"README.md": whole}
    pages = _split(sections, page_bytes)
    names = [f"list/{number}.md" for number in range(1, len(pages) + 1)]
    contents = _render_contents(pages, names)
    files = {"README.md": "\n\n".join([title, _render_preface(works, info), contents, *after]) + "\n"}
    for number, (name, page) in enumerate(zip(names, pages, strict=True)):
        files[name] = _join(f"{title} ({number + 1} of {len(pages)})", [_render_way(number, names)], page, columns, [])
    return files


def render_block(papers: Sequence[Paper]) -> str:
    """Render the sections alone, as they are written back into the list."""
    works = first_rows(papers)
    columns = _find_columns(works)
    blocks: list[str] = []
    above: tuple[str, ...] = ()
    for section, members in group_by_section(works).items():
        blocks.extend(_render_headings(section, above))
        rows = (" | ".join(_render_row(paper, columns)) for paper in members)
        blocks.append("\n".join([*columns.header, *(f"| {row} |" for row in rows)]))
        above = section
    return "\n\n".join(blocks)


def render_suggestions(suggestions: Suggestions) -> str:
    """Render the candidates to add as a table, with what was counted."""
    rows = [
        (link(one.title, suggestion_url(one)), str(one.year or ""), f"{one.cited_by} of {suggestions.papers}")
        for one in suggestions.works
    ]
    table = render_table(("| Work | Year | Cited by |", "|:--|--:|--:|"), rows)
    counted = "papers of the list, by their references in OpenAlex"
    return "\n".join([f"Cited by many {counted}, and not in it.", "", *table])


_Section = tuple[tuple[str, ...], list[str]]


def _find_columns(works: Iterable[Paper]) -> _Columns:
    return _Columns(
        category=any(paper.listed.category for paper in works),
        counts=any(paper.citations.openalex or paper.citations.crossref for paper in works),
    )


def _join(
    title: str, before: Sequence[str], sections: Iterable[_Section], columns: _Columns, after: Sequence[str]
) -> str:
    blocks = [title, *before]
    above: tuple[str, ...] = ()
    for section, rows in sections:
        blocks.extend(_render_headings(section, above))
        blocks.append("\n".join([*columns.header, *(f"| {row} |" for row in rows)]))
        above = section
    return "\n\n".join([*blocks, *after]) + "\n"


def _split(sections: Iterable[_Section], page_bytes: int) -> list[list[_Section]]:
    """Put sections on pages, in order; one longer than a page goes on on the next."""
    pages: list[list[_Section]] = [[]]
    room = page_bytes
    for section, rows in sections:
        heading = 200 + sum(len(part.encode()) + 10 for part in section)
        for at, row in enumerate(rows):
            cost = len(row.encode()) + 5 + (heading if at == 0 else 0)
            if cost > room and pages[-1]:
                pages.append([])
                room, cost = page_bytes - 1000, cost + heading
            if at == 0 or not pages[-1]:
                pages[-1].append((section, []))
            pages[-1][-1][1].append(row)
            room -= cost
    return pages


def _render_contents(pages: Sequence[Sequence[_Section]], names: Sequence[str]) -> str:
    rows = [
        (escape(" › ".join(section) or "Papers"), str(len(members)), f"[page {number}]({name})")
        for number, (name, page) in enumerate(zip(names, pages, strict=True), start=1)
        for section, members in page
    ]
    return "\n".join(render_table(("| Section | Papers | |", "|:--|--:|:--|"), rows))


def _render_way(number: int, names: Sequence[str]) -> str:
    """Return the links of a page: back, to the contents, on."""
    files = [name.removeprefix("list/") for name in names]
    parts = [f"[← page {number}]({files[number - 1]})"] if number else []
    parts.append("[contents](../README.md)")
    parts += [f"[page {number + 2} →]({files[number + 1]})"] if number + 1 < len(files) else []
    return " · ".join(parts)


def _render_preface(works: Sequence[Paper], info: ListInfo) -> str:
    figures = [f"{counted(len(works), 'paper')} of {code(info.path)}"]
    figures += [f"{n:,} with a DOI"] if (n := sum(paper.ids.doi is not None for paper in works)) else []
    figures += [f"{n:,} with a free copy"] if (n := sum(paper.open_access.url is not None for paper in works)) else []
    has_counts = any(paper.citations.openalex or paper.citations.crossref for paper in works)
    said = [f"{', '.join(figures)}. This page is generated: change the list, not this file."]
    if not was_answered(works):
        said.append(f"Citation counts, free copies and abstracts: {NOT_ASKED}.")
    elif has_counts:
        said.append("*Cited* gives the counts of OpenAlex and Crossref, each on its own.")
    said.append(
        "Take them along: [BibTeX](references.bib) · [RIS](references.ris) · [CSL-JSON](references.json)"
        " · [CSV](catalog.csv) · [everything as JSON](catalog.json) · [searchable page](index.html)"
        " · [feed](feed.xml). What needs a human is in [issues.md](issues.md)."
    )
    return "\n\n".join(said)


def _render_headings(section: tuple[str, ...], above: tuple[str, ...]) -> Iterator[str]:
    shared = next((i for i, (a, b) in enumerate(zip(section, above, strict=False)) if a != b), len(above))
    for depth, heading in enumerate(section):
        if depth >= shared:
            # Markdown knows six levels; the page's own title is the first.
            yield f"{'#' * min(depth + 2, 6)} {escape(heading)}"


def _render_row(paper: Paper, columns: _Columns) -> Iterator[str]:
    yield "<br>".join(_render_entry(paper))
    if columns.category:
        yield escape(paper.listed.category or "")
    if columns.counts:
        yield _render_counts(paper)


def _render_entry(paper: Paper) -> Iterator[str]:
    """Yield the lines of a paper: title, who and where, and what it links to."""
    marks = "**RETRACTED** " if paper.retracted else ""
    unsettled = _UNSETTLED.get(paper.status)
    yield f"{marks}**{link(paper.title, find_url(paper))}**" + (f" (*{unsettled}*)" if unsettled else "")
    venue, year = paper.venue or paper.listed.venue, paper.year or paper.listed.year
    where = ", ".join(part for part in (f"*{escape(venue)}*" if venue else "", str(year or "")) if part)
    authors = escape(render_authors(paper))
    about = (f"{authors} " if authors.endswith(".") else f"{authors}. ") * bool(authors) + where
    if about:
        yield about.strip()
    if links := " · ".join(_render_links(paper)):
        yield links
    if note := find_note(paper):
        yield f"*{escape(note)}*"


def _render_links(paper: Paper) -> Iterator[str]:
    if paper.ids.doi:
        yield escape(f"doi:{paper.ids.doi}")  # the title links to it
    if (listed := safe_url(paper.listed.url)) and listed != find_url(paper):
        yield f"[listed link]({listed})"
    if free := safe_url(paper.open_access.url):
        yield f"[{'free PDF' if is_pdf(free) else 'free copy'}]({free})"
    if paper.listed.code_url and (target := safe_url(paper.listed.code_url)):
        yield f"[code]({target})"
    if not paper.key_provisional:
        yield code(paper.key)


def _render_counts(paper: Paper) -> str:
    counts = (("OpenAlex", paper.citations.openalex), ("Crossref", paper.citations.crossref))
    return "<br>".join(_render_count(name, count) for name, count in counts if count is not None)


def _render_count(name: str, count: Count) -> str:
    return f"{count.count:,} {name}"


def _render_pictures(drawn: Iterable[Picture]) -> Iterator[str]:
    for number, picture in enumerate(drawn):
        if number == 0:
            yield "## In pictures"
        header = f"| {' | '.join(map(escape, picture.header))} |"
        marks = f"|{'|'.join(':--' if at == 0 else '--:' for at in range(len(picture.header)))}|"
        rows = [[escape(str(cell)) for cell in row] for row in picture.rows]
        yield f"**{escape(picture.title)}**"
        yield f"![{escape(picture.words)}](pictures/{picture.name}.svg)"
        yield "\n".join(
            ["<details><summary>In numbers</summary>", "", *render_table((header, marks), rows), "", "</details>"]
        )


def _render_candidates(suggestions: Suggestions) -> Iterator[str]:
    if suggestions.works:
        yield "## Candidates to add"
        yield render_suggestions(suggestions)
