"""The index of several lists: `README.md` and `index.html` above their folders.

in -> out: each list's folder and catalog -> two pages of links with what each list holds.
"""

from collections.abc import Iterable
from urllib.parse import quote

import msgspec

from pipeline.model import Catalog
from pipeline.outputs.display import clean_line, first_rows
from pipeline.outputs.markdown import escape, render_table
from pipeline.outputs.page import page


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list as the index shows it."""

    folder: str
    title: str
    papers: int
    with_doi: int
    with_free_copy: int


def render(lists: Iterable[tuple[str, Catalog]]) -> dict[str, str]:
    """Render both pages, path -> text; `lists` are (folder below the pages, catalog)."""
    found = [_listing(folder, catalog) for folder, catalog in lists]
    rows = []
    for one in found:
        way = quote(one.folder)
        links = f"[page]({way}/index.html) · [BibTeX]({way}/references.bib)"
        numbers = (f"{number:,}" for number in (one.papers, one.with_doi, one.with_free_copy))
        rows.append([f"[{escape(one.title)}]({way}/README.md)", *numbers, links])
    header = ("| List | Papers | With a DOI | With a free copy | |", "|:--|--:|--:|--:|:--|")
    text = "\n".join(["# Enriched lists", "", *render_table(header, rows), ""])
    return {"README.md": text, "index.html": page.render_index(found)}


def _listing(folder: str, catalog: Catalog) -> Listing:
    works = first_rows(catalog.papers)
    return Listing(
        folder=folder,
        title=clean_line(catalog.list.title or catalog.list.path),
        papers=len(works),
        with_doi=sum(paper.ids.doi is not None for paper in works),
        with_free_copy=sum(paper.open_access.url is not None for paper in works),
    )
