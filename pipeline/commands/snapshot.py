"""`enrich snapshot`: build, bring up to date and check an index of a published snapshot.

in -> out: folders -> an index on disk, and a `Result` that says what is in it.
"""

from collections.abc import Callable
from pathlib import Path

from pipeline.commands import needs_extra
from pipeline.errors import UsageError
from pipeline.options import Result
from pipeline.text.counted import counted

FINDINGS = 1
Say = Callable[[str], None]


def build(index: Path, *, openalex: Path | None, crossref: Path | None, jobs: int, say: Say) -> Result:
    """Build an index, or go on with one that was begun."""
    with needs_extra("bulk"):
        from pipeline.bulk import build as bulk  # noqa: PLC0415 - large, and only with the extra
    folders = {"openalex": openalex, "crossref": crossref}
    named = {source: folder for source, folder in folders.items() if folder is not None}
    if not named:
        raise UsageError("no snapshot: name its folder with --openalex, --crossref or both.")
    return _told(bulk.build(index, named, jobs=jobs, say=say))  # type: ignore[arg-type]


def update(index: Path, *, jobs: int, say: Say) -> Result:
    """Bring an index up to date with the folders that it was built from."""
    with needs_extra("bulk"):
        from pipeline.bulk import build as bulk  # noqa: PLC0415
        from pipeline.bulk import layout  # noqa: PLC0415
    return _told(bulk.build(index, bulk.folders_of(layout.load(index)), jobs=jobs, say=say))


def check(index: Path) -> Result:
    """Hold an index against its manifest."""
    with needs_extra("bulk"):
        from pipeline.bulk import build as bulk  # noqa: PLC0415
        from pipeline.bulk import layout  # noqa: PLC0415
    findings = [f"{index}/{finding}\n" for finding in bulk.check(index)]
    if findings:
        return Result(text="".join(findings), status=FINDINGS)
    manifest = layout.load(index)
    return Result(
        text=f"{index}: {counted(len(manifest.parts), 'part')} with {counted(manifest.works, 'work')}, "
        "all as they were built.\n"
    )


def _told(manifest: object) -> Result:
    from pipeline.bulk.layout import Manifest  # noqa: PLC0415

    assert isinstance(manifest, Manifest)
    sizes = sum(part.records_bytes + part.keys_bytes for part in manifest.parts)
    works, parts = counted(manifest.works, "work"), counted(len(manifest.parts), "part")
    deleted, older = counted(manifest.deleted, "deleted work"), counted(manifest.moved, "older copy", "older copies")
    return Result(text=f"{works} in {parts}, {sizes:,} bytes; left out: {deleted}, {older}.\n")
