"""What must hold after every run, whatever the services did: one function that looks for all of it.

in -> out: a world, the week it has just had, and what was known before -> a sentence for each promise that was broken.
The promises are those of docs/reliability.md: nothing known is lost, nothing is wrong, every row is there, every
output can be read, the cache is whole, the status is true, time and requests are bounded, and no secret is anywhere.
"""

import csv
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import rispy
from bibtexparser.entrypoint import parse_string

from pipeline.model import Catalog
from pipeline.outputs import history
from tests.weeks import ENVIRONMENT, Week, World

SCHEMA = Path(__file__).parent.parent / "docs" / "catalog.schema.json"
FACTS = (
    "title", "authors", "type", "year", "month", "date", "venue", "short_venue", "publisher", "volume", "issue",
    "pages", "article_number", "issn", "isbn", "ids", "versions", "citations", "open_access", "abstract", "topics",
    "keywords", "language", "retracted", "notices",
)  # fmt: skip
"""Fields of a paper that sources fill."""
MOST_SECONDS = 300.0
FIXED_REQUESTS, REQUESTS_A_PAPER = 40, 12
"""A disturbed run may try three times what a quiet one asks once: four questions a paper at the very most."""

Values = Mapping[str, Any]
"""Path in a paper, `ids.doi` -> what stands there."""


def broken(
    world: World, week: Week, *, before: Catalog | None, truths: Sequence[Catalog], most_seconds: float = MOST_SECONDS
) -> list[str]:
    """Return what does not hold.

    Args:
        world: where the run took place; its list and folder are looked at.
        week: what the run did.
        before: the catalog before the run, None for a first one.
        truths: catalogs of undisturbed runs, all sources answering in the first, some of them in the others: what
            may stand in a field.
        most_seconds: how long the run may have taken.
    """
    return [
        *_lost(week.catalog, before, truths[0]),
        *_wrong(week.catalog, before, truths),
        *_rows(world, week.catalog),
        *_unreadable_outputs(world),
        *_cache(world.cache),
        *_status(week, before, truths),
        *_bounds(week, len(world.cases), most_seconds),
        *_secrets(world, week),
    ]


def facts(catalog: Catalog) -> dict[str, Values]:
    """Return what is known of each paper, by its listed title, field by field; what is empty is not there."""
    papers: list[dict[str, Any]] = json.loads(_encode(catalog))["papers"]
    return {paper["listed"]["title"]: dict(_leaves({name: paper[name] for name in FACTS})) for paper in papers}


def share_known(found: Catalog, truth: Catalog) -> float:
    """Return which part of the values of a clean run a run has, in 0 to 1."""
    ours, theirs = facts(found), facts(truth)
    values = [(title, path, value) for title, known in theirs.items() for path, value in known.items()]
    return sum(bool(ours.get(title, {}).get(path) == value) for title, path, value in values) / len(values)


def _encode(catalog: Catalog) -> str:
    from pipeline.outputs.catalog import render

    return render(catalog)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of all that is not empty; a list counts as one value, as does a count without its day."""
    if isinstance(value, dict) and set(value) == {"count", "as_of"}:
        yield path, value["count"]
    elif isinstance(value, dict) and not path.endswith("by_year"):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif value not in (None, [], {}, "", False):
        yield path, value


def _lost(new: Catalog, before: Catalog | None, truth: Catalog) -> Iterator[str]:
    """What an undisturbed run would not have emptied either must stay."""
    if before is None:
        return
    now, true = facts(new), facts(truth)
    for title, known in facts(before).items():
        for path, value in known.items():
            found = now.get(title, {}).get(path)
            if path not in true.get(title, {}):
                continue
            if found is None:
                yield f"lost: {title}: {path} was {value!r}"
            elif isinstance(value, list) and len(found) < len(value):
                yield f"lost: {title}: {path} has {len(found)} of {len(value)}"
    gone = {p.key for p in before.papers if not p.key_provisional} - {p.key for p in new.papers}
    yield from (f"lost: the key {key}" for key in sorted(gone - {row.key for row in new.retired}))


def _wrong(new: Catalog, before: Catalog | None, truths: Sequence[Catalog]) -> Iterator[str]:
    right: dict[tuple[str, str], list[Any]] = {}
    for catalog in (*truths, *([before] if before else [])):
        for title, known in facts(catalog).items():
            for path, value in known.items():
                right.setdefault((title, path), []).append(value)
    for title, known in facts(new).items():
        for path, value in known.items():
            if value not in right.get((title, path), []):
                yield f"wrong: {title}: {path} is {value!r}, may be {right.get((title, path))!r}"


def _rows(world: World, new: Catalog) -> Iterator[str]:
    listed = [line for line in world.list_path.read_text().splitlines()[4:] if line.startswith("|")]
    if len(new.papers) != len(listed):
        yield f"rows: {len(new.papers)} papers of {len(listed)} rows"
    for paper in new.papers:
        if paper.listed.title not in world.list_path.read_text():
            yield f"rows: nobody listed {paper.listed.title!r}"


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker())


def _unreadable_outputs(world: World) -> Iterator[str]:
    """Read every output with a program that is not ours."""
    for error in list(_validator().iter_errors(json.loads((world.out / "catalog.json").read_text())))[:5]:
        yield f"schema: {error.json_path}: {error.message[:200]}"
    keys = {paper["key"] for paper in json.loads((world.out / "catalog.json").read_text())["papers"]}
    library = parse_string((world.out / "references.bib").read_text())
    if library.failed_blocks or {entry.key for entry in library.entries} != keys:
        yield "references.bib: not the catalog's keys, or entries that cannot be read"
    if {item["id"] for item in json.loads((world.out / "references.json").read_text())} != keys:
        yield "references.json: not the catalog's keys"
    if len(rispy.loads((world.out / "references.ris").read_text())) != len(keys):
        yield "references.ris: not as many entries as papers"
    rows = list(csv.DictReader(io.StringIO((world.out / "catalog.csv").read_text())))
    if {row["key"] for row in rows} != keys or any(None in row for row in rows):
        yield "catalog.csv: not the catalog's keys, or cells beyond the columns"
    ET.fromstring((world.out / "feed.xml").read_text())
    history.read((world.out / "citations.csv").read_text())
    leftovers = [path.name for path in world.out.iterdir() if path.name.startswith(".enrich-")]
    yield from (f"left behind: {name}" for name in leftovers)


def _cache(path: Path) -> Iterator[str]:
    if not path.exists():
        return
    connection = sqlite3.connect(path)
    try:
        verdict = connection.execute("pragma integrity_check").fetchone()[0]
        if verdict != "ok":
            yield f"cache: {verdict}"
        bodies = {row[0] for row in connection.execute("select digest from bodies")}
        for status, at, works in connection.execute("select status, at, works from answers"):
            datetime.fromisoformat(at)
            if status not in ("found", "missing") or set(works.split()) - bodies or (status == "found") != bool(works):
                yield f"cache: an answer {status!r} of {at} with works {works!r}"
    finally:
        connection.close()


def _status(week: Week, before: Catalog | None, truths: Sequence[Catalog]) -> Iterator[str]:
    if week.result.status not in (0, 5):
        yield f"status: ended with {week.result.status}: {week.result.complaints}"
    allowed: dict[str, set[str]] = {}
    for catalog in (*truths, *([before] if before else [])):
        for paper in catalog.papers:
            allowed.setdefault(paper.listed.title, {"open", "linked"}).add(paper.status)
            if paper.status == "exact":  # where the link's own question fails, a search may find the same work
                allowed[paper.listed.title].add("matched")
    for paper in week.catalog.papers:
        if paper.status not in allowed.get(paper.listed.title, set()):
            yield f"status: {paper.listed.title} is {paper.status}, may be {allowed.get(paper.listed.title)}"


def _bounds(week: Week, papers: int, most_seconds: float) -> Iterator[str]:
    requests = sum(week.stand_in.meter.requests.values())
    if requests > FIXED_REQUESTS + REQUESTS_A_PAPER * papers:
        yield f"bounds: {requests} requests for {papers} papers"
    if week.seconds > most_seconds:
        yield f"bounds: {week.seconds:.0f} seconds"


def _secrets(world: World, week: Week) -> Iterator[str]:
    secrets = list(ENVIRONMENT.values())
    texts: Iterable[tuple[str, bytes]] = (
        (path.relative_to(world.folder).as_posix(), path.read_bytes())
        for path in world.folder.rglob("*")
        if path.is_file()
    )
    told = "\n".join((week.said, week.result.text, week.summary, *week.result.complaints))
    for name, text in (*texts, ("what the run said", told.encode())):
        yield from (f"secret: {secret} in {name}" for secret in secrets if secret.encode() in text)
