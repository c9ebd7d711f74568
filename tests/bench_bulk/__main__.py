"""Measure building an index, gathering and deciding, at several sizes: `make bench-bulk`.

in -> out: steps, sizes of snapshots and numbers of rows -> figures as they were measured on this machine, added to
docs/scale.json, from which the tables of docs/scale.md and docs/scale.svg are drawn. Each step can be taken alone, and
one whose figures are there is left out, so that a call that was killed goes on. All papers are invented
(`invented.py`). CPU seconds can be compared between machines that are busy and machines that are not, wall seconds
only where nothing else ran.
"""

import os
import shutil
import tempfile
from pathlib import Path

import click
from pyarrow import dataset

from tests.bench_bulk import document, padding, rows, snapshot
from tests.bench_bulk.figures import Built, Matched, load, save
from tests.bench_bulk.measure import enrich
from tests.bulk.cluster import Cluster

WORKS_SIDE_BY_SIDE = 1_000_000
WORKERS, WORKER_MEMORY = 2, "1GB"


@click.command()
@click.option("--build", "is_build", is_flag=True, help="Write the snapshots and build their indexes.")
@click.option("--pad", type=int, help="Also make an index of so many works, from the largest one and its copies.")
@click.option("--match", "is_match", is_flag=True, help="Match rows against them on DuckDB.")
@click.option("--spark", "is_spark", is_flag=True, help="Match rows on a cluster of two workers and on DuckDB.")
@click.option("--works", "sizes", multiple=True, type=int, default=(200_000, 1_200_000), help="Works of a snapshot.")
@click.option("--rows", "counts", multiple=True, type=int, default=(10_000, 100_000), help="Rows of a list.")
@click.option("--memory", default="2GB", show_default=True)
@click.option("--jobs", default=os.cpu_count() or 1, show_default="one a core")
@click.option("--folder", type=click.Path(path_type=Path), help="Folder to work in, and to keep; else a temporary one.")
@click.option("--again", is_flag=True, help="Measure also what has been measured before.")
def main(
    *, is_build: bool, pad: int | None, is_match: bool, is_spark: bool, sizes: tuple[int, ...], counts: tuple[int, ...],
    memory: str, jobs: int, folder: Path | None, again: bool,
) -> None:  # fmt: skip
    """Measure, write what was measured, and draw it; with no step named, take all but Spark's."""
    if not (is_build or is_match or is_spark or pad):
        is_build = is_match = folder is None
    work = folder or Path(tempfile.mkdtemp(prefix="bench-bulk-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        if is_build:
            for size in sorted(sizes):
                _build(work, size, jobs=jobs, again=again)
        if pad:
            _pad(work, pad)
        if is_match:
            # The smallest first: the largest takes longest, and what was measured before it is kept.
            for count, size in sorted((count, size) for count in counts for size in sizes):
                _match(work, count, size, engine="duckdb", memory=memory, jobs=jobs, again=again)
        if is_spark:
            size = min(sizes, key=lambda size: abs(size - WORKS_SIDE_BY_SIDE))
            for count in sorted(counts):
                _side_by_side(work, count, size, memory=memory, jobs=jobs)
    finally:
        if folder is None:
            shutil.rmtree(work)
    document.draw(load())


def _build(work: Path, size: int, *, jobs: int, again: bool) -> None:
    """Build an index; it goes on from the next smaller one, whose works are its own first ones."""
    index = work / f"index-{size}"
    if not again and load().built(size) and index.is_dir():
        return
    openalex, crossref = snapshot.make(work, size, jobs=jobs)
    smaller = [built for built in load().build if built.works < size and (work / f"index-{built.works}").is_dir()]
    begun = max(smaller, key=lambda built: built.works, default=None)
    shutil.rmtree(index, ignore_errors=True)
    if begun:
        shutil.copytree(work / f"index-{begun.works}", index, copy_function=os.link)
    usage = enrich(
        "snapshot", "build", "--openalex", str(openalex), "--crossref", str(crossref), "--index", str(index),
        "--jobs", str(jobs), results=(index,),
    )  # fmt: skip
    _add(Built.measured(size, index, usage, begun))


def _pad(work: Path, size: int) -> None:
    """Make an index larger with copies that no row finds."""
    begun = max((one for one in load().build if one.works < size), key=lambda built: built.works)
    shutil.rmtree(work / f"index-{size}", ignore_errors=True)
    padding.pad(work / f"index-{begun.works}", work / f"index-{size}", size)
    _add(Built.measured(size, work / f"index-{size}", None, begun))


def _match(work: Path, count: int, size: int, *, engine: str, memory: str, jobs: int, again: bool,
           cluster: Cluster | None = None) -> None:  # fmt: skip
    if not again and load().matched(size, count, engine):
        return
    # Rows cite papers of the works that are no copies.
    cited = max((built.works for built in load().build if built.usage and built.works <= size), default=size)
    path, out = work / f"rows-{count}-{cited}.jsonl", work / f"out-{count}-{size}-{engine}"
    if not path.is_file():
        rows.write(path, work, count, cited)
    shutil.rmtree(out, ignore_errors=True)
    more = ["--engine", "spark", "--master", cluster.master] if cluster else ["--jobs", str(jobs)]
    usage = enrich(
        "match", str(path), "--index", str(work / f"index-{size}"), "--out", str(out), "--memory", memory, *more,
        beside=cluster.processes if cluster else (), results=(out, cluster.spills) if cluster else (out,),
    )  # fmt: skip
    judged = rows.judge(path, out, work / f"wrong-{count}-{size}-{engine}.jsonl")
    _add(Matched(engine=engine, works=size, cited=cited, rows=count, memory=memory, usage=usage, judged=judged))


def _side_by_side(work: Path, count: int, size: int, *, memory: str, jobs: int) -> None:
    """Match the same rows on both engines, one after the other, and hold their decisions against each other."""
    _match(work, count, size, engine="duckdb", memory=memory, jobs=jobs, again=True)
    shutil.rmtree(work / "cluster", ignore_errors=True)
    (work / "cluster").mkdir()
    cluster = Cluster(work / "cluster")
    try:
        for _ in range(WORKERS):
            cluster.add_worker()
        _match(work, count, size, engine="spark", memory=WORKER_MEMORY, jobs=jobs, again=True, cluster=cluster)
    finally:
        cluster.stop()
    outs = [work / f"out-{count}-{size}-{engine}" / "decisions" for engine in ("duckdb", "spark")]
    one, other = (dataset.dataset(out).to_table().sort_by("row") for out in outs)
    if len(one) != count or not one.equals(other):
        raise click.ClickException("the engines do not agree: " + " and ".join(map(str, outs)))


def _add(figure: Built | Matched) -> None:
    click.echo(figure)
    figures = load()
    save(figures.with_built(figure) if isinstance(figure, Built) else figures.with_matched(figure))


if __name__ == "__main__":
    main()
