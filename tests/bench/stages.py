"""`python -m tests.bench.stages LIST CATALOG`: each step in memory, without network or cache.

in -> out: a list and its finished catalog -> seconds of each step as JSON: rows parsed, checked and matched, papers
written to every format.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from pipeline.config import ListSettings
from pipeline.lists import markdown as lists
from pipeline.model import Catalog, ListInfo, ParsedList, Record
from pipeline.outputs import bibtex, catalog, csl, feed, issues, markdown, ris, table
from pipeline.outputs.page import page
from pipeline.quality import lint
from pipeline.sources import crossref_work, openalex_work
from pipeline.stages.matching import match
from tests.services import invent
from tests.services.shapes import crossref, openalex

CANDIDATES = 5
"""Works that are weighed for each row, as a search brings them."""
PARSED_ROWS = 3000
PARSE, PARSE_SOME, WRITE_BIB = "parse the list", f"parse {PARSED_ROWS:,} rows of it", "references.bib and its parts"
Step = tuple[str, Callable[[], object]]


def measure(list_path: Path, catalog_path: Path) -> dict[str, float]:
    """Return the seconds that each step takes, in the order in which a run takes them."""
    text = list_path.read_text(encoding="utf-8")
    parsed = lists.parse(text, ListSettings())
    found = catalog.read(catalog_path.read_text(encoding="utf-8"), catalog_path.name)
    records = list(islice(_records(len(parsed.entries)), len(parsed.entries)))
    seconds: dict[str, float] = {}
    for name, step in _steps(text, parsed, found, records):
        begin = time.perf_counter()
        step()
        seconds[name] = time.perf_counter() - begin
    return seconds


def _steps(text: str, parsed: ParsedList, found: Catalog, records: Sequence[tuple[Record, ...]]) -> Iterator[Step]:
    papers, info = found.papers, ListInfo(path="list.md", title="Invented papers")
    beginning = "\n".join(text.split("\n")[: PARSED_ROWS + 4])
    year = max(paper.year or 0 for paper in papers)
    options = {"catalog": found, "catalog_path": "catalog.json", "bib_keys": (), "year": year}
    yield PARSE, lambda: lists.parse(text, ListSettings())
    yield PARSE_SOME, lambda: lists.parse(beginning, ListSettings())
    yield "check the rows and the catalog", lambda: lint.check(parsed, "list.md", **options)  # type: ignore[arg-type]
    yield f"match each row with {CANDIDATES} works", lambda: _match(parsed, records)
    yield WRITE_BIB, lambda: bibtex.render_files(papers)
    yield "references.bib in ASCII", lambda: bibtex.render(papers, ascii_only=True)
    yield "references.json", lambda: csl.render(papers)
    yield "references.ris", lambda: ris.render(papers)
    yield "catalog.csv", lambda: table.render(papers)
    yield "README.md", lambda: markdown.render_files(papers, info)
    yield "index.html", lambda: page.render(papers, info)
    yield "feed.xml", lambda: feed.render(papers, info)
    yield "issues.md", lambda: issues.render(papers, list_path="list.md")
    yield "catalog.json", lambda: catalog.encode(found)


def _match(parsed: ParsedList, records: Sequence[tuple[Record, ...]]) -> None:
    for place, entry in enumerate(parsed.entries):
        others = [record for at in range(1, CANDIDATES) for record in records[(place + at) % len(records)][:1]]
        verdict = match.Judge(entry).choose((*records[place], *others))
        assert verdict.outcome == "matched", entry.title


def _records(count: int) -> Iterator[tuple[Record, ...]]:
    """Yield what the services say about each listed paper, read."""
    for facts in invent.papers(2 * count + 100):
        if facts.doi:
            works = [openalex_work.read(msgspec.json.encode(work)) for work in openalex.works(facts)]
            yield crossref_work.read(msgspec.json.encode(crossref.work(facts))), *works[:1]


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.encode(measure(Path(sys.argv[1]), Path(sys.argv[2]))).decode())
