"""`index.html`: one self-contained page to search the papers in.

in -> out: papers in list order -> HTML. Nothing is loaded from anywhere: style and script stand in the page, and a
content security policy names their hashes, so that no other script runs even if a title got past the escaping. Without
a script the page is the whole list. Rows are laid out when they are scrolled to, which is what ten thousand need.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from pipeline.model import ListInfo, Paper
from pipeline.outputs.display import (
    STATUS_WORDS,
    TYPE_WORDS,
    clean_line,
    find_url,
    first_rows,
    group_by_section,
    render_authors,
    safe_url,
)

AUTHORS_SHOWN = 8
_STYLE = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
_SCRIPT = files(__package__).joinpath("page.js").read_text(encoding="utf-8")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_DOWNLOADS = (
    ("references.bib", "BibTeX"),
    ("references.json", "CSL-JSON"),
    ("references.ris", "RIS"),
    ("catalog.csv", "CSV"),
    ("catalog.json", "Everything (JSON)"),
    ("feed.xml", "Feed"),
    ("issues.md", "What needs a human"),
)
_ORDERS = {"": "as in the list", "year": "newest first", "cited": "most cited (OpenAlex)", "title": "by title"}


def render(papers: Sequence[Paper], info: ListInfo) -> str:
    """Render the page, each work once, under the list's own headings."""
    works = first_rows(papers)
    groups = group_by_section(works)
    title = _text(info.title or info.path)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            *_render_head(title),
            "<body>",
            '<a class="skip" href="#papers">Skip to the papers</a>',
            f"<header><h1>{title}</h1>",
            f"<p>{len(works)} papers of <code>{_text(info.path)}</code></p>",
            f'<nav aria-label="Downloads"><ul>{_render_downloads()}</ul></nav></header>',
            *_render_controls(works, groups),
            '<main id="papers"><ol id="sorted" role="list"></ol>',
            *_render_sections(groups),
            "</main>",
            "<footer>Counts are those of OpenAlex and Crossref, each on its own.</footer>",
            f"<script>{_SCRIPT}</script>",
            "</body>",
            "</html>\n",
        ]
    )


def _render_head(title: str) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}';"
        " base-uri 'none'; form-action 'none'"
    )
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield '<link rel="alternate" type="application/atom+xml" href="feed.xml">'
    yield f"<style>{_STYLE}</style></head>"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _render_downloads() -> str:
    return "".join(f'<li><a href="{name}">{words}</a></li>' for name, words in _DOWNLOADS)


def _render_controls(works: Sequence[Paper], groups: Mapping[tuple[str, ...], object]) -> Iterator[str]:
    sections = {str(number): _render_path(path) for number, path in enumerate(groups)}
    yield '<form id="controls" role="search">'
    yield '<label class="wide">Search <input id="search" type="search" autocomplete="off"></label>'
    yield _render_select("section", "Section", {"": "all", **sections})
    yield _render_select("status", "Identity", _list_choices(STATUS_WORDS, (paper.status for paper in works)))
    yield _render_select("type", "Type", _list_choices(TYPE_WORDS, (paper.type for paper in works)))
    yield _render_select("sort", "Order", _ORDERS)
    yield '<output id="count" aria-live="polite"></output></form>'


def _list_choices(words: Mapping[str, str], values: Iterable[str]) -> dict[str, str]:
    there = set(values)
    return {"": "all"} | {value: word for value, word in words.items() if value in there}


def _render_select(name: str, label: str, choices: Mapping[str, str]) -> str:
    options = "".join(f'<option value="{value}">{_text(words)}</option>' for value, words in choices.items())
    return f'<label>{label} <select id="{name}">{options}</select></label>'


def _render_sections(groups: Mapping[tuple[str, ...], Sequence[Paper]]) -> Iterator[str]:
    for number, (path, members) in enumerate(groups.items()):
        yield f'<section><h2>{_text(_render_path(path))}</h2><ol role="list">'
        for paper in members:
            yield _render_paper(paper, number)
        yield "</ol></section>"


def _render_path(path: Sequence[str]) -> str:
    return " › ".join(path) or "Papers"


def _render_paper(paper: Paper, section: int) -> str:
    cited = paper.citations.openalex
    where = [str(part) for part in (paper.venue or paper.listed.venue, paper.year or paper.listed.year) if part]
    language = f' lang="{paper.language}"' if paper.language and _LANGUAGE.fullmatch(paper.language) else ""
    return (
        f'<li class="paper" id="paper-{_text(paper.key)}" data-section="{section}" data-status="{paper.status}"'
        f' data-type="{paper.type}" data-year="{paper.year or 0}" data-cited="{cited.count if cited else -1}"'
        f' data-ids="{_text(" ".join(filter(None, (paper.ids.doi, paper.ids.arxiv))))}">'
        f"<h3{language}>{_render_badges(paper)}{_link(paper.title, find_url(paper))}</h3>"
        f'<p class="authors">{_text(render_authors(paper, AUTHORS_SHOWN))}</p>'
        f'<p class="where">{_text(", ".join(where))}</p>'
        f'<ul class="facts">{"".join(f"<li>{fact}</li>" for fact in _list_facts(paper))}</ul></li>'
    )


def _render_badges(paper: Paper) -> str:
    badges = '<span class="badge retracted">RETRACTED</span> ' if paper.retracted else ""
    if paper.status in {"ambiguous", "unmatched", "open"}:
        badges += f'<span class="badge">{STATUS_WORDS[paper.status]}</span> '
    return badges


def _list_facts(paper: Paper) -> Iterator[str]:
    """Yield the paper's facts as HTML."""
    if paper.type != "misc":
        yield TYPE_WORDS[paper.type]
    if paper.listed.category:
        yield _text(paper.listed.category)
    counts = (("OpenAlex", paper.citations.openalex), ("Crossref", paper.citations.crossref))
    if told := [f"{count.count} ({name})" for name, count in counts if count is not None]:
        yield "cited " + ", ".join(told)
    if safe_url(paper.open_access.url):
        yield _link(f"free copy ({paper.open_access.status or 'open'})", paper.open_access.url)
    if safe_url(paper.listed.code_url):
        yield _link("code", paper.listed.code_url)
    if not paper.key_provisional:
        key = _text(paper.key)
        label = f"Copy BibTeX key {key}"
        yield f'<code>{key}</code> <button type="button" class="copy" aria-label="{label}">Copy key</button>'


def _link(text: str, url: str | None) -> str:
    target = safe_url(url)
    return _text(text) if target is None else f'<a href="{escape(target)}">{_text(text)}</a>'


def _text(text: str) -> str:
    """Escape for HTML text and quoted attributes alike."""
    return escape(clean_line(text))
