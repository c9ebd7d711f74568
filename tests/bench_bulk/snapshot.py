"""A snapshot of invented works, in the layouts in which OpenAlex and Crossref publish theirs.

in -> out: a folder and a number of works -> files of both sources, each part written once and shared by the snapshots
of all sizes: the smaller one is the beginning of the larger one. Lines are as long as real ones, some four kilobytes,
most of it fields that an index leaves out.
"""

import gzip
import json
import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.bulk import processes
from tests.bench_bulk import invented
from tests.bench_bulk.invented import Family, Work

PART = 200_000
FAMILIES_A_PART = 210_000
"""Numbers that a part may use for its families; it needs some 195,000 of them."""
_FRAGMENTS = 400
"""Different fillings: drawing new ones for each work would take longer than the work."""
_LINES_AT_ONCE = 500
_WHOLE_PARTS = 1
"""Lines of later parts have only the fields that an index keeps: they are there to be mistaken for the others."""


class _Filling(msgspec.Struct, frozen=True):
    """Fields that say nothing about which work it is, encoded once."""

    author: dict[str, Any] = {}
    work: dict[str, Any] = {}
    deposit: dict[str, Any] = {}


def parts_of(size: int) -> int:
    """Return how many parts a snapshot of so many works has."""
    return -(-size // PART)


def make(folder: Path, size: int, *, jobs: int) -> tuple[Path, Path]:
    """Return the folders of OpenAlex's and Crossref's snapshot with so many works, written where they are missing."""
    parts = range(parts_of(size))
    todo = [part for part in parts if not _told(folder, part).is_file()]
    if todo:
        with processes.pool(jobs) as pool:
            for done in [pool.submit(write_part, folder, part) for part in todo]:
                done.result()
    linked = folder / f"snapshot-{size}"
    for part in parts:
        for name in _names(part):
            target = linked / name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(folder / "parts" / name, target)
    return linked / "openalex", linked / "crossref"


def write_part(folder: Path, part: int) -> None:
    """Write the files of one part, and last how many families it has."""
    openalex, crossref = (folder / "parts" / name for name in _names(part))
    for path in (openalex, crossref):
        path.parent.mkdir(parents=True, exist_ok=True)
    works, number = 0, 0
    with gzip.open(openalex, "wb", compresslevel=1) as one, gzip.open(crossref, "wb", compresslevel=1) as other:
        lines: tuple[list[bytes], list[bytes]] = ([], [])
        while works < PART:
            for work in invented.family(part * FAMILIES_A_PART + number).works:
                filling = _filled()[work.number * 7919 % _FRAGMENTS] if part < _WHOLE_PARTS else _Filling()
                lines[0].append(msgspec.json.encode(_openalex(work, filling)))
                if work.in_crossref:
                    lines[1].append(msgspec.json.encode(_crossref(work, filling)))
                works += 1
            number += 1
            if len(lines[0]) >= _LINES_AT_ONCE or works >= PART:
                for file, group in zip((one, other), lines, strict=True):
                    file.write(b"".join(line + b"\n" for line in group))
                    group.clear()
    assert number < FAMILIES_A_PART
    draft = _told(folder, part).with_suffix(".tmp")
    draft.write_text(json.dumps({"families": number}))
    draft.rename(_told(folder, part))


def families(folder: Path, size: int, draw: random.Random) -> Iterator[Family]:
    """Yield families of a snapshot without end, drawn with equal chances."""
    counts = [json.loads(_told(folder, part).read_text())["families"] for part in range(parts_of(size))]
    while True:
        part = draw.randrange(len(counts))
        yield invented.family(part * FAMILIES_A_PART + draw.randrange(counts[part]))


def _told(folder: Path, part: int) -> Path:
    return folder / "parts" / f"{part:04d}.json"


def _names(part: int) -> tuple[str, str]:
    return (
        f"openalex/data/jsonl/works/updated_date=2026-08-{part % 28 + 1:02d}/part_{part:04d}.gz",
        f"crossref/{part:04d}.jsonl.gz",
    )


def _openalex(work: Work, filling: _Filling) -> dict[str, Any]:
    place = _location(work)
    address = f"https://openalex.org/W{work.number + 1}"
    doi = f"https://doi.org/{work.doi}" if work.doi else None
    return {
        "id": address, "doi": doi, "title": work.whole, "display_name": work.whole, "publication_year": work.year,
        "publication_date": f"{work.year}-05-01", "language": "en", "type": work.type,
        "ids": {"openalex": address, "doi": doi, "mag": str(work.number)}, "primary_location": place,
        "locations": [place], "best_oa_location": None, "cited_by_count": work.number % 90, "is_retracted": False,
        "open_access": {"is_oa": False, "oa_status": "closed", "oa_url": None, "any_repository_has_fulltext": False},
        "authorships": [
            {"author_position": "middle", "raw_author_name": f"{given} {family}",
             **filling.author}
            for given, family in work.authors
        ],
        "biblio": {"volume": str(work.number % 80), "issue": "3", "first_page": str(work.number % 900)},
    } | filling.work  # fmt: skip


def _location(work: Work) -> dict[str, Any]:
    is_preprint = work.type == "preprint"
    return {
        "id": f"doi:{work.doi}" if work.doi else None, "is_oa": is_preprint, "license": None, "pdf_url": None,
        "landing_page_url": f"https://doi.org/{work.doi}" if work.doi else f"https://example.org/{work.number}",
        "source": {"id": "https://openalex.org/S1", "display_name": work.venue, "issn": None, "is_core": True,
                   "host_organization_name": None, "type": "repository" if is_preprint else "journal"},
        "raw_type": "posted-content" if is_preprint else "journal-article", "is_published": not is_preprint,
        "version": "publishedVersion", "raw_source_name": work.venue,
    }  # fmt: skip


def _crossref(work: Work, filling: _Filling) -> dict[str, Any]:
    date = {"date-parts": [[work.year, 5, 1]]}
    return {
        "DOI": work.doi, "URL": f"https://doi.org/{work.doi}", "type": "journal-article", "title": [work.title],
        "subtitle": [work.subtitle] if work.subtitle else [], "container-title": [work.venue], "issued": date,
        "published": date, "published-print": date, "publisher": "Invented Press", "volume": str(work.number % 80),
        "author": [{"given": given, "family": family, "sequence": "additional", "affiliation": []}
                   for given, family in work.authors],
        "is-referenced-by-count": work.number % 90, "language": "en", "member": "1", "source": "Crossref",
        "resource": {"primary": {"URL": f"https://example.org/{work.number}"}}, "relation": {},
    } | filling.deposit  # fmt: skip


@cache
def _filled() -> list[_Filling]:
    draw = random.Random("filled")
    return [_filling(draw) for _ in range(_FRAGMENTS)]


def _filling(draw: random.Random) -> _Filling:
    def raw(value: Any) -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(value))

    def number() -> int:
        return draw.randrange(10**9)

    def name() -> str:
        return "University of " + "".join(draw.choices("abcdefghilmnoprstu", k=8)).title()

    words = ["".join(draw.choices("abcdefghilmnoprstu", k=6)) for _ in range(45)]
    place = name()
    return _Filling(
        author={
            "author": raw({"id": f"https://openalex.org/A{number()}", "display_name": name(), "orcid": None}),
            "institutions": raw([{"id": f"https://openalex.org/I{number()}", "display_name": place,
                                  "ror": f"https://ror.org/0{number() % 10**8:08d}", "type": "education"}]),
            "raw_affiliation_strings": raw([f"Department of Invention, {place}"]),
        },
        work={
            "topics": raw([{"id": f"https://openalex.org/T{number()}", "display_name": words[at], "score": 0.9}
                           for at in range(3)]),
            "keywords": raw([{"id": words[at], "display_name": words[at], "score": 0.5} for at in range(4)]),
            "counts_by_year": raw([{"year": 2016 + at, "cited_by_count": draw.randrange(40)} for at in range(5)]),
            "referenced_works": raw([f"https://openalex.org/W{number()}" for _ in range(10)]),
            "related_works": raw([f"https://openalex.org/W{number()}" for _ in range(4)]),
            "abstract_inverted_index": raw({word: [at] for at, word in enumerate(words)}),
        },
        deposit={
            "abstract": raw(f"<jats:p>{' '.join(words)}</jats:p>"),
            "reference": raw([{"key": f"r{at}", "DOI": f"10.5555/{number()}", "doi-asserted-by": "publisher",
                               "unstructured": " ".join(draw.sample(words, 12))} for at in range(12)]),
        },
    )  # fmt: skip
