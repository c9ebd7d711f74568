"""All files of a catalog, by name.

in -> out: the catalog, last time's catalog and texts, the day -> file names and texts. `catalog.json` is the ledger the
next run starts from; everything else is made from the same papers.
"""

import re
from collections.abc import Iterator, Mapping

from pipeline.model import Catalog, Issue, Paper
from pipeline.outputs import bibtex, catalog, csl, feed, history, issues, markdown, ris, table
from pipeline.outputs.page import page

CATALOG = "catalog.json"
HISTORY = "citations.csv"
RETIRED = "references-retired.bib"
REMEMBERED = (HISTORY, RETIRED)
"""Files of the last run whose texts this one continues."""
NAMES = frozenset(
    {CATALOG, *REMEMBERED, bibtex.WHOLE, "references.json", "references.ris", "catalog.csv", "README.md", "index.html",
     "feed.xml", "issues.md"}
)  # fmt: skip


_SECTION = re.compile(r"references/[a-z0-9-]{1,80}\.bib")


def is_ours(name: str) -> bool:
    """Return whether a file of this name may be one of the set."""
    return name in NAMES or _SECTION.fullmatch(name) is not None


def render(
    new: Catalog,
    old: Catalog | None,
    remembered: Mapping[str, str],
    *,
    today: str,
    list_path: str,
    ascii_only: bool = False,
    list_issues: tuple[Issue, ...] = (),
) -> Iterator[tuple[str, str | bytes]]:
    """Yield every output file's name below the output folder with its content, one after the other to spare memory.

    Args:
        new: this run's catalog.
        old: last run's, to see who left the list.
        remembered: texts of `REMEMBERED` files that exist.
        today: ISO date for the citation history.
        list_path: way from the output folder to the list.
        ascii_only: LaTeX-encode the `.bib` files.
        list_issues: what concerns the list and no single paper.
    """
    papers, info = new.papers, new.list
    returned = {paper.key for paper in papers}
    counted = history.append(remembered.get(HISTORY, ""), papers, today)
    yield from bibtex.render_files(papers, ascii_only=ascii_only).items()
    yield RETIRED, bibtex.merge_retired(remembered.get(RETIRED, ""), _gone(new, old), returned=returned)
    yield "references.json", csl.render(papers)
    yield "references.ris", ris.render(papers)
    yield "catalog.csv", table.render(papers)
    yield HISTORY, counted
    yield "README.md", markdown.render(papers, info)
    yield "index.html", page.render(papers, info)
    yield "feed.xml", feed.render(papers, info, history=history.read(counted))
    yield "issues.md", issues.render(papers, list_issues=list_issues, list_path=list_path)
    written = catalog.encode(new)
    catalog.check(written)
    yield CATALOG, written


def _gone(new: Catalog, old: Catalog | None) -> tuple[Paper, ...]:
    """Papers of the last catalog whose keys are retired now."""
    retired = {row.key for row in new.retired}
    return tuple(paper for paper in old.papers if paper.key in retired and not paper.duplicate_of) if old else ()
