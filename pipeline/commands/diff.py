"""`enrich diff OLD NEW`: what changed between two catalogs.

in -> out: two catalog.json files -> Markdown.
"""

from pathlib import Path

from pipeline.edge import files
from pipeline.options import Result
from pipeline.outputs import catalog, changes, summary

FACTS_CHANGED = 1


def diff(old: Path, new: Path, *, judge: bool = False) -> Result:
    """Print the changes as Markdown; with `judge`, status 1 tells that facts changed and not only counts.

    Raises:
        UsageError: a file cannot be read or is no catalog.
    """
    before, after = (catalog.read(files.load_own(path), path.name) for path in (old, new))
    found = changes.compare(before, after)
    status = FACTS_CHANGED if judge and changes.has_facts(found) else 0
    return Result(text=summary.render(found), status=status)
