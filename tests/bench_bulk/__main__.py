"""Measure building an index, gathering and deciding, at several sizes; writes docs/scale.json.

in -> out: invented works and rows, drawn with a fixed seed -> figures as they were measured on this machine: CPU
seconds, wall seconds, peak memory, bytes, and precision and recall against what the generator knows. All papers are
invented: titles are chains of words of the repository's labelled titles, so that they look like titles and share words
as titles do; a share of the works are look-alikes (errata, parts, namesakes, a swapped word).
"""

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from tests.labelled import FOLDER

PART = 200_000
VENUES = ("Invented Journal of Imaging", "Annals of Made-up Medicine", "Letters in Fictional Chemistry")
SLIP_SHARE, ABSENT_SHARE, ALIKE_SHARE = 0.3, 0.15, 0.08
ROOT = Path(__file__).parents[2]


def words() -> dict[str, list[str]]:
    """Word -> words that follow it in the labelled titles."""
    after: dict[str, list[str]] = {}
    for line in (FOLDER / "rows.md").read_text("utf-8").splitlines()[4:]:
        title = ["", *line.split("|")[1].split(), ""]
        for one, next_word in pairwise(title):
            after.setdefault(one, []).append(next_word)
    return after


def title(after: dict[str, list[str]], draw: random.Random) -> str:
    """One invented title; a rare word makes most of them the only ones of their kind, as real titles are."""
    chain: list[str] = []
    word = draw.choice(after[""])
    while word and len(chain) < 14:
        chain.append(word)
        word = draw.choice(after[word])
    name = "".join(draw.choice("bdfgklmnprstv") + draw.choice("aeiou") for _ in range(3))
    chain.insert(draw.randrange(len(chain) + 1), name)
    return " ".join(chain)


def works(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield invented works in the shape of the snapshot."""
    after, draw = words(), random.Random(seed)
    number = seed * 1_000_000_000
    while count > 0:
        base = title(after, draw)
        titles = [base]
        if draw.random() < ALIKE_SHARE:
            titles.append(
                draw.choice((f"Erratum to: {base}", f"{base}: Part II", base, base.replace(" of ", " on ", 1)))
            )
        for each in titles[:count]:
            number += 1
            count -= 1
            year, doi = draw.randrange(1980, 2026), f"10.5555/scale.{number}"
            yield {
                "id": f"https://openalex.org/W{number}", "doi": f"https://doi.org/{doi}", "title": each,
                "display_name": each, "publication_year": year, "publication_date": f"{year}-05-01", "type": "article",
                "language": "en", "ids": {"openalex": f"https://openalex.org/W{number}", "doi": f"https://doi.org/{doi}"},
                "primary_location": _location(doi, draw), "locations": [_location(doi, draw)], "cited_by_count": 3,
                "authorships": [_author(draw) for _ in range(draw.randrange(1, 6))], "is_retracted": False,
                "biblio": {"volume": "12", "issue": "3", "first_page": "1", "last_page": "9"},
                "referenced_works": [f"https://openalex.org/W{draw.randrange(10**9)}" for _ in range(20)],
                "abstract_inverted_index": {word: [at] for at, word in enumerate(base.split())},
                "counts_by_year": [{"year": 2025, "cited_by_count": 3}],
            }  # fmt: skip


def _location(doi: str, draw: random.Random) -> dict[str, Any]:
    venue = draw.choice(VENUES)
    source = {"display_name": venue, "issn": ["0000-0000"], "type": "journal"}
    page = {"id": f"doi:{doi}", "landing_page_url": f"https://doi.org/{doi}", "is_published": True}
    return page | {"raw_type": "journal-article", "source": source, "raw_source_name": venue}


def _author(draw: random.Random) -> dict[str, Any]:
    family = "".join(draw.choice("bdfgklmnprstv") + draw.choice("aeiou") for _ in range(3)).title()
    return {"raw_author_name": f"Ada {family}", "author": {"orcid": None}, "raw_affiliation_strings": ["Nowhere"]}


def slipped(text: str, draw: random.Random) -> str:
    """Swap two neighbouring letters inside a word, as fingers do."""
    places = [at for at in range(1, len(text) - 2) if text[at - 1 : at + 3].isalpha()]
    at = draw.choice(places) if places else 0
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if places else text


def write_snapshot(folder: Path, count: int) -> None:
    """Write parts of invented works."""
    for part in range(-(-count // PART)):
        path = folder / f"updated_date=2026-08-{part % 28 + 1:02d}" / f"part_{part:04d}.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", compresslevel=1) as file:
            for work in works(min(PART, count - part * PART), part + 1):
                file.write(json.dumps(work) + "\n")


def write_rows(path: Path, count: int, of: int) -> None:
    """Write rows: damaged titles of works of the snapshot, and of some that it has not."""
    draw = random.Random(7)
    parts = -(-of // PART)
    with path.open("w", encoding="utf-8") as file:
        for part in range(parts):
            absent = works(count, 900 + part)
            taken = 0
            for work in works(min(PART, of - part * PART), part + 1):
                if taken >= count // parts:
                    break
                if draw.random() < (count / parts) / min(PART, of) * 1.3:
                    is_absent = draw.random() < ABSENT_SHARE
                    one = next(absent) if is_absent else work
                    if one["title"].startswith("Erratum"):
                        continue
                    text = slipped(one["title"], draw) if draw.random() < SLIP_SHARE else one["title"]
                    row = {
                        "title": text, "year": one["publication_year"] if draw.random() < 0.9 else None,
                        "venue": one["locations"][0]["source"]["display_name"] if draw.random() < 0.8 else None,
                        "authors": [a["raw_author_name"] for a in one["authorships"]][:2],
                        "right": None if is_absent else one["doi"].removeprefix("https://doi.org/"),
                    }  # fmt: skip
                    file.write(json.dumps(row) + "\n")
                    taken += 1


def enrich(*arguments: str) -> dict[str, float]:
    """Run a command and return what it and the processes below it took; the peak is that of the largest one."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"enrich {' '.join(arguments)} ended with {process.returncode}")
    return {
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "wall_s": round(time.monotonic() - began, 1),
        "peak_mb": used.ru_maxrss // 1024,
    }


def judge(rows: Path, out: Path) -> dict[str, float]:
    """Hold decisions against what the generator knows."""
    import pyarrow as pa
    from pyarrow import parquet

    parts = sorted((out / "decisions").glob("*.parquet"))
    given = pa.concat_tables([parquet.read_table(part, columns=["row", "doi"]) for part in parts])["doi"].to_pylist()
    right = wrong = there = 0
    with rows.open(encoding="utf-8") as file:
        for doi, line in zip(given, file, strict=True):
            expected = json.loads(line)["right"]
            there += expected is not None
            right += doi is not None and doi == expected
            wrong += doi is not None and doi != expected
    return {
        "precision": round(right / max(right + wrong, 1), 5),
        "recall": round(right / max(there, 1), 4),
        "wrong": wrong,
    }


@click.command()
@click.option("--works", "sizes", multiple=True, type=int, default=(200_000, 1_000_000), help="Works of a snapshot.")
@click.option("--rows", "counts", multiple=True, type=int, default=(10_000, 100_000), help="Rows of a list.")
@click.option("--memory", default="2GB", show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder to work in and to keep.")
def main(sizes: tuple[int, ...], counts: tuple[int, ...], memory: str, keep: Path | None) -> None:
    """Measure, and write what was measured."""
    folder = keep or Path(tempfile.mkdtemp(prefix="bench-bulk-"))
    figures: dict[str, Any] = {"build": [], "match": []}
    for size in sizes:
        snapshot, index = folder / f"snapshot-{size}", folder / f"index-{size}"
        if not snapshot.is_dir():
            write_snapshot(snapshot, size)
        shutil.rmtree(index, ignore_errors=True)
        built = enrich("snapshot", "build", "--openalex", str(snapshot), "--index", str(index))
        halves = {
            half: sum(p.stat().st_size for p in (index / half).rglob("*.parquet")) for half in ("records", "keys")
        }
        figures["build"].append({"works": size} | built | {
            "works_per_cpu_s": round(size / built["cpu_s"]), "record_bytes": round(halves["records"] / size),
            "key_bytes": round(halves["keys"] / size),
        })  # fmt: skip
        click.echo(json.dumps(figures["build"][-1]))
        for count in counts:
            rows, out = folder / f"rows-{count}-{size}.jsonl", folder / f"out-{count}-{size}"
            if not rows.is_file():
                write_rows(rows, count, size)
            shutil.rmtree(out, ignore_errors=True)
            took = enrich("match", str(rows), "--index", str(index), "--out", str(out), "--memory", memory)
            with rows.open(encoding="utf-8") as file:
                written = sum(1 for _ in file)
            figures["match"].append({"works": size, "rows": written} | took | judge(rows, out))
            click.echo(json.dumps(figures["match"][-1]))
    (ROOT / "docs" / "scale.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if keep is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
