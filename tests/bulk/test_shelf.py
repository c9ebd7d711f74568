"""`enrich run --snapshot`: the services are asked only for what the snapshot lacks, and for fresh counts."""

import asyncio
import io
from functools import partial
from pathlib import Path

import msgspec

from pipeline.edge.open import open_desk
from pipeline.model import Paper
from pipeline.options import Options, read
from pipeline.outputs import catalog
from pipeline.progress import Talk
from pipeline.run import run
from pipeline.stages.catalog.ledger import with_abstract
from tests import evaluation, labelled
from tests.services import StandIn
from tests.services.port import environment, on_port


async def no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


def enrich(folder: Path, snapshot: Path | None, stand_in: StandIn) -> tuple[Paper, ...]:
    folder.mkdir(exist_ok=True)
    rows = folder / "rows.md"
    rows.write_text("\n".join(evaluation.own_set().rows.split("\n")[:60]), encoding="utf-8")
    with on_port(stand_in) as bases:
        given = {"ENRICH_MAILTO": "a@example.org", "OPENALEX_API_KEY": evaluation.KEY} | environment(bases)
        options: Options = read(given, lists=(rows,), out=folder / "out", cache=folder / "cache.db", today="2026-11-22")
        options = msgspec.structs.replace(options, snapshot=snapshot)
        run(options, Talk(quiet=True, stream=io.StringIO()), opening=partial(open_desk, sleep=no_wait))
    return catalog.read((folder / "out" / "catalog.json").read_text("utf-8"), "catalog").papers


def searches(stand_in: StandIn) -> int:
    return sum("query.bibliographic" in str(one) for one in stand_in.seen)


def test_a_snapshot_spares_searches_and_finds_the_same_papers(labelled_index: Path, tmp_path: Path) -> None:
    without, beside = (StandIn(labelled.records(), keys={evaluation.KEY}, limits=False) for _ in range(2))
    plain = enrich(tmp_path / "plain", None, without)
    spared = enrich(tmp_path / "spared", labelled_index, beside)
    settled = sum(paper.status == "matched" for paper in plain)
    assert searches(beside) <= searches(without) - settled / 2  # the others are searched as always
    assert settled > 20
    found = {paper.ids.doi for paper in plain} - {None}
    assert found <= {paper.ids.doi for paper in spared}
    both = [(a, b) for a, b in zip(plain, spared, strict=True) if a.ids.doi is not None]
    assert [a.citations for a, _ in both] == [b.citations for _, b in both]


def test_last_times_abstract_stands_where_the_snapshot_has_none() -> None:
    listed = {"line": 1, "title": "T"}
    old = msgspec.convert(
        {"key": "k", "key_provisional": False, "listed": listed, "status": "exact", "title": "T", "abstract": "Said.",
         "ids": {"doi": "10.5555/a"}, "sources": {"abstract": "openalex"}},
        Paper,
    )  # fmt: skip
    new = msgspec.structs.replace(old, abstract=None, sources={})
    assert with_abstract(new, old) == old
    assert (
        with_abstract(msgspec.structs.replace(new, ids=msgspec.structs.replace(new.ids, doi="10.5555/b")), old).abstract
        is None
    )
