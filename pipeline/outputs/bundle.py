"""All files of a catalog, by name.

in -> out: the catalog, last time's catalog and texts, the day -> file names and texts. `catalog.json` is the ledger the
next run starts from; everything else is made from the same papers.
"""

import re
from collections.abc import Iterator, Mapping

from pipeline.model import Catalog, Issue, Paper, Suggestions
from pipeline.outputs import bibtex, catalog, csl, feed, history, issues, markdown, refill, ris, suggestions, table
from pipeline.outputs.page import page, references
from pipeline.outputs.pictures import pictures

CATALOG = "catalog.json"
HISTORY = "citations.csv"
RETIRED = "references-retired.bib"
SUGGESTIONS = "suggestions.json"
NO_SUGGESTIONS = Suggestions()
REMEMBERED = (HISTORY, RETIRED, SUGGESTIONS)
"""Files of the last run whose texts this one continues."""
NAMES = frozenset(
    {CATALOG, *REMEMBERED, bibtex.WHOLE, "references.json", "references.ris", "catalog.csv", "README.md", "index.html",
     "feed.xml", "issues.md"}
)  # fmt: skip
_PART = re.compile(r"references/[a-z0-9-]{1,80}\.bib|pictures/[a-z0-9-]{1,80}\.svg|list/[a-z0-9-]{1,80}\.md")


def is_ours(name: str) -> bool:
    """Return whether a file of this name may be one of the set."""
    return name in NAMES or _PART.fullmatch(name) is not None


def render(
    new: Catalog,
    old: Catalog | None,
    remembered: Mapping[str, str],
    *,
    today: str,
    list_path: str,
    ascii_only: bool = False,
    list_issues: tuple[Issue, ...] = (),
    written: str | None = None,
    overwrite: bool = False,
    candidates: Suggestions = NO_SUGGESTIONS,
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
        written: the list itself where it is a `.bib`: the whole `.bib` is then that, completed.
        overwrite: whether our fields replace the human's in it.
        candidates: what its papers cite and it lacks.
    """
    papers, info = new.papers, new.list
    returned = {paper.key for paper in papers}
    counted = history.append(remembered.get(HISTORY, ""), papers, today)
    bib_files = bibtex.render_files(papers, ascii_only=ascii_only)
    whole = bib_files[bibtex.WHOLE]
    if written is not None:
        # Of a paper that nothing else is known of we could only repeat the human's words, or make a title of its key.
        unknown = {paper.key for paper in papers if paper.status in ("unmatched", "open", "ambiguous")}
        whole = refill.refill(written, whole, overwrite=overwrite, passed_over=unknown)
    yield from (bib_files | {bibtex.WHOLE: whole}).items()
    yield RETIRED, bibtex.merge_retired(remembered.get(RETIRED, ""), _gone(new, old), returned=returned)
    csl_text, ris_text = csl.render(papers), ris.render(papers)
    yield "references.json", csl_text
    yield "references.ris", ris_text
    yield "catalog.csv", table.render(papers)
    yield HISTORY, counted
    yield SUGGESTIONS, suggestions.render(candidates)
    drawn = pictures.render(papers)
    yield from ((f"pictures/{picture.name}.svg", picture.file) for picture in drawn)
    yield from markdown.render_files(papers, info, drawn=drawn, suggestions=candidates).items()
    single = references.cut(bib_files[bibtex.WHOLE], ris_text, csl_text)
    del bib_files, whole, csl_text, ris_text  # a fifth of a large run's memory
    yield "index.html", page.encode(papers, info, drawn=drawn, suggestions=candidates, references=single)
    del single
    yield "feed.xml", feed.render(papers, info)
    yield "issues.md", issues.render(papers, list_issues=list_issues, list_path=list_path, suggestions=candidates)
    encoded = catalog.encode(new)
    catalog.check(encoded)
    yield CATALOG, encoded


def _gone(new: Catalog, old: Catalog | None) -> tuple[Paper, ...]:
    """Papers of the last catalog whose keys are retired now."""
    retired = {row.key for row in new.retired}
    return tuple(paper for paper in old.papers if paper.key in retired and not paper.duplicate_of) if old else ()
