"""Rows that cite invented papers, and how many of them were answered rightly.

in -> out: families -> JSON lines of rows, damaged as the rows of lists are, each with the answers that are right;
decisions -> precision and recall, and the wrong ones one by one.
"""

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from tests.bench_bulk import snapshot
from tests.bench_bulk.invented import Family

SLIP_SHARE, DROPPED_SHARE, SHOUTED_SHARE = 0.3, 0.05, 0.03
NO_YEAR_SHARE, OTHER_YEAR_SHARE = 0.08, 0.07
NO_VENUE_SHARE, SHORT_VENUE_SHARE = 0.2, 0.2
NO_AUTHORS_SHARE = 0.4
MOST_TOLD = 200


class Judged(msgspec.Struct, kw_only=True):
    """Decisions, held against what the generator knows."""

    precision: float
    """Right ones of those that name a work."""
    recall: float
    """Right ones of those whose work is in the snapshot."""
    wrong: int
    preprint_only: int
    """Rows answered with the paper's preprint: neither right nor wrong."""


def write(path: Path, folder: Path, count: int, size: int) -> None:
    """Write so many rows that cite papers of a snapshot, and papers that it lacks."""
    draw = random.Random(count)
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        told = (family for family in snapshot.families(folder, size, draw) if _is_told(family))
        for family in islice(told, count):
            file.write(json.dumps(_row(family, draw), ensure_ascii=False) + "\n")
    draft.rename(path)


def judge(rows: Path, out: Path, told: Path) -> Judged:
    """Count right and wrong decisions; the wrong ones are written to `told`."""
    right = wrong = there = preprints = 0
    with rows.open(encoding="utf-8") as file, told.open("w", encoding="utf-8") as report:
        for decision, line in zip(_decisions(out), file, strict=True):
            row = json.loads(line)
            there += row["right"] is not None
            given = decision["doi"] or decision["openalex"]
            if given is None:
                continue
            if given == row["right"]:
                right += 1
            elif given == row["preprint"]:
                preprints += 1
            else:
                wrong += 1
                if wrong <= MOST_TOLD:
                    report.write(json.dumps({"row": row, "decision": decision}, ensure_ascii=False) + "\n")
    return Judged(
        precision=round(right / max(right + wrong, 1), 5),
        recall=round(right / max(there, 1), 4),
        wrong=wrong,
        preprint_only=preprints,
    )


def _decisions(out: Path) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    for part in sorted((out / "decisions").glob("*.parquet")):
        yield from parquet.read_table(
            part, columns=["status", "doi", "openalex", "method", "score", "evidence"]
        ).to_pylist()


def _row(family: Family, draw: random.Random) -> dict[str, Any]:
    paper = family.paper
    title = paper.whole
    # A subtitle is what tells papers of one title apart: without it no answer would be right.
    if paper.subtitle and not family.twins and draw.random() < DROPPED_SHARE:
        title = paper.title
    if draw.random() < SLIP_SHARE:
        title = slipped(title, draw)
    if draw.random() < SHOUTED_SHARE:
        title = title.upper()
    chance = draw.random()
    year: int | None = paper.year
    venue: str | None = paper.venue
    if draw.random() < NO_VENUE_SHARE:
        venue = None
    elif draw.random() < SHORT_VENUE_SHARE:
        venue = " ".join(word if len(word) < 5 else f"{word[:4]}." for word in paper.venue.split() if word != "of")
    if chance < NO_YEAR_SHARE:
        year = None
    elif chance < NO_YEAR_SHARE + OTHER_YEAR_SHARE:
        year = paper.year + draw.choice((-1, 1))
    # Without its paper, or beside a namesake of that year, a row says enough to refuse the other.
    says_all = any(twin.whole == paper.whole and abs(twin.year - paper.year) <= 1 for twin in family.twins)
    authors = (
        []
        if draw.random() < NO_AUTHORS_SHARE and not says_all
        else [f"{given[0]}. {name}" for given, name in paper.authors]
    )
    return {
        "title": title,
        "year": year,
        "venue": venue,
        "authors": authors,
        "right": None if family.is_hidden else paper.doi or f"W{paper.number + 1}",
        "preprint": family.preprint,
        "meant": paper.number + 1,
    }  # fmt: skip


def _is_told(family: Family) -> bool:
    """Whether paper and look-alike differ: now and then the word for another is the same word."""
    alike = (twin.whole == family.paper.whole and twin.authors == family.paper.authors for twin in family.twins)
    return family.preprint is not None or not any(alike)


def slipped(text: str, draw: random.Random) -> str:
    """Swap two neighbouring letters inside a word, as fingers do."""
    places = [at for at in range(1, len(text) - 2) if text[at - 1 : at + 3].isalpha()]
    at = draw.choice(places) if places else 0
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if places else text
