"""`make evaluate`: labelled rows, resolved through the stand-in and held against their labels.

in -> out: rows, labels and records (the repository's own, or any other set) -> the table of `enrich evaluate`, requests
and dollars a row. The pipeline runs as it does for a user, but the stand-in answers in this process, without the pauses
between requests that the live services ask for. Exit status 1 if precision or recall is below what we promise.
"""

import asyncio
import io
import re
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click
import msgspec

from pipeline.commands.evaluate import evaluate
from pipeline.edge.open import open_desk
from pipeline.options import Options, read
from pipeline.progress import Talk
from pipeline.run import run
from tests import bibliography, labelled
from tests.services import Records, StandIn, load_folder

LEAST_PRECISION = 0.997
LEAST_RECALL = 0.95
KEY = "sesame"
"""The free key's daily budget: without one, 1,000 rows could not be searched in a day."""
WHO = {"OPENALEX_API_KEY": KEY, "ENRICH_MAILTO": "evaluation@example.org"}
_CELL_END = re.compile(r"(?<!\\)\|")


class LabelledSet(msgspec.Struct, frozen=True, kw_only=True):
    """Rows, what is right about them, and what the services know."""

    rows: str
    gold: str
    records: Records
    families: Mapping[int, str]
    """Line -> family name of the first author, where it is known."""


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """What came out, and what it cost."""

    table: str
    precision: float
    recall: float
    rows: int
    requests: Mapping[str, int]
    """Source -> requests."""
    dollars: float

    @property
    def is_enough(self) -> bool:
        """Whether both figures are what we promise."""
        return self.precision >= LEAST_PRECISION and self.recall >= LEAST_RECALL

    @property
    def cost(self) -> str:
        """Requests and dollars a row, in words."""
        asked = ", ".join(f"{source} {count / self.rows:.2f}" for source, count in sorted(self.requests.items()))
        return f"requests a row: {asked}; dollars: {self.dollars:.4f}, a row {self.dollars / self.rows:.6f}"


def own_set() -> LabelledSet:
    """Return the repository's labelled rows."""
    rows, gold = ((labelled.FOLDER / name).read_text(encoding="utf-8") for name in ("rows.md", "gold.csv"))
    return LabelledSet(rows=rows, gold=gold, records=labelled.records(), families=labelled.families())


def bibliography_set() -> LabelledSet:
    """Return the invented bibliography of one field."""
    rows, gold = bibliography.render_rows(), bibliography.render_gold()
    return LabelledSet(rows=rows, gold=gold, records=bibliography.records(), families={})


def load_set(rows: Path, gold: Path, folder: Path) -> LabelledSet:
    """Read another set; the authors are those of the right record."""
    records, labels = load_folder(folder), gold.read_text(encoding="utf-8")
    wanted = {doi: int(line) for line, doi in re.findall(r"^(\d+),\"?([^,\"]+)", labels, re.MULTILINE)}
    families = {}
    for record in records.crossref.records():
        line, authors = wanted.get(record["DOI"].lower()), record.get("author") or [{}]
        if line is not None and (name := authors[0].get("family") or authors[0].get("name")):
            families[line] = name
    return LabelledSet(rows=rows.read_text(encoding="utf-8"), gold=labels, records=records, families=families)


def with_authors(rows: str, families: Mapping[int, str]) -> str:
    """Return the list with a column `Authors` behind the title."""
    return "\n".join(_widened(line, families.get(number, "")) for number, line in enumerate(rows.split("\n"), 1))


def measure(labelled_set: LabelledSet, folder: Path) -> Measurement:
    """Run the pipeline over the rows and hold its catalog against the labels; `folder` takes all files."""
    rows, gold = folder / "rows.md", folder / "gold.csv"
    rows.write_text(labelled_set.rows, encoding="utf-8")
    gold.write_text(labelled_set.gold, encoding="utf-8")
    stand_in = StandIn(labelled_set.records, keys={KEY}, limits=False)
    opening = partial(open_desk, transport=stand_in.transport(), sleep=_no_wait)
    run(_options(rows, folder), Talk(quiet=True, stream=io.StringIO()), opening=opening)
    table = evaluate(gold, folder / "out" / "catalog.json").text
    header, total, *_ = (line.split() for line in table.splitlines())
    figures = dict(zip(header, total, strict=True))
    requests = {source: counts for source, counts in stand_in.report["requests"].items() if sum(counts.values())}
    return Measurement(
        table=table,
        precision=float(figures["precision"]),
        recall=float(figures["recall"]),
        rows=int(figures["rows"]),
        requests={source: sum(counts.values()) for source, counts in requests.items()},
        dollars=stand_in.report["dollars"].get("openalex", 0.0),
    )


def _options(rows: Path, folder: Path) -> Options:
    """Options that see nothing of this repository's own lists, facts and corrections."""
    given = read(WHO, lists=(rows,), out=folder / "out", cache=folder / "cache.db", quiet=True)
    return msgspec.structs.replace(given, known=None, corrections=None)


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


def _widened(line: str, family: str) -> str:
    if not line.startswith("|"):
        return line
    cells = _CELL_END.split(line)
    filler = {"Title": " Authors ", ":--": " :-- "}.get(cells[1].strip(), f" {family} ")
    return "|".join([*cells[:2], filler, *cells[2:]])


@click.command()
@click.option("--authors", is_flag=True, help="Add the first author's family name to each row.")
@click.option("--bibliography", "is_bibliography", is_flag=True, help="Take the invented bibliography of one field.")
@click.option("--rows", type=click.Path(exists=True, path_type=Path), help="Another list, with --gold and --records.")
@click.option("--gold", type=click.Path(exists=True, path_type=Path), help="Its labels: columns line,doi[,kind].")
@click.option("--records", type=click.Path(exists=True, path_type=Path), help="Folder of what the services know.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder to keep list, cache and catalog in.")
def main(
    authors: bool, is_bibliography: bool, rows: Path | None, gold: Path | None, records: Path | None, keep: Path | None
) -> None:
    """Resolve labelled rows through the stand-in, and print precision and recall."""
    chosen = bibliography_set() if is_bibliography else own_set()
    if rows and gold and records:
        chosen = load_set(rows, gold, records)
    if authors:
        chosen = msgspec.structs.replace(chosen, rows=with_authors(chosen.rows, chosen.families))
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise click.UsageError(f"{folder} is not empty: an old cache or catalog would answer for the pipeline")
        found = measure(chosen, folder)
    click.echo(found.table + found.cost)
    if not found.is_enough:
        click.echo(f"below precision {LEAST_PRECISION} or recall {LEAST_RECALL}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
