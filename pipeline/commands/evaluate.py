"""`enrich evaluate`: a catalog held against labelled rows.

in -> out: GOLD.csv (columns `line,doi[,kind]`, kinds joined with `+`) and a catalog.json -> figures as text.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.options import Result
from pipeline.outputs import catalog
from pipeline.quality import evaluation as stage
from pipeline.text import doi as doi_text


def evaluate(gold: Path, catalog_path: Path) -> Result:
    """Print precision, recall and F1, over all rows and by kind.

    Raises:
        UsageError: a file cannot be read, or the labels lack their columns.
    """
    papers = catalog.read(files.load_own(catalog_path), catalog_path.name).papers
    try:
        labels = tuple(_read_labels(files.load_text(gold), gold.name))
    except csv.Error as error:
        raise UsageError(f"{gold.name}: is no table that can be read ({error}).") from None
    return Result(text=stage.render(stage.evaluate(labels, papers)))


def _read_labels(text: str, name: str) -> Iterator[stage.Label]:
    rows = csv.DictReader(text.splitlines())
    if not {"line", "doi"} <= set(rows.fieldnames or ()):
        raise UsageError(f"{name}:1: the columns must be line,doi[,kind].")
    for number, row in enumerate(rows, 2):
        if not re.fullmatch(r"[0-9]{1,9}", (row["line"] or "").strip()):
            raise UsageError(f"{name}:{number}: `{row['line']}` is not a line number.")
        kinds = tuple(filter(None, re.split(r"[+:]", row.get("kind") or "")))
        doi = (row["doi"] or "").strip()
        yield stage.Label(line=int(row["line"]), doi=(doi_text.clean(doi) or doi.lower()) if doi else None, kinds=kinds)
