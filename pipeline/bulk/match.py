"""Matching many rows against an index: prepare, gather, decide, look further once, write.

in -> out: rows, an index and an engine -> `OUT/decisions/part-NNNNNN.parquet`, a summary and what needs a human; up
to 100,000 rows the same outputs as `enrich run`. Every step leaves its result behind, so a call that was killed goes
on.
"""

import csv
import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pyarrow as pa
from pyarrow import compute, dataset, parquet

from pipeline.bulk import layout, rows
from pipeline.bulk.decide import DECISIONS, Decider, decision, decode_case, decode_keys, decode_merged
from pipeline.bulk.gather import ASKED
from pipeline.edge.files import save_all, save_text
from pipeline.errors import UsageError
from pipeline.model import ListInfo
from pipeline.options import Options
from pipeline.outputs import bundle
from pipeline.stages.catalog import contest
from pipeline.stages.catalog.assemble import Merged, assemble

MOST_PAPERS = 100_000
"""Up to so many rows the full set of outputs is written: it holds all papers in memory."""
PAPER_BYTES = 35_000
"""What a paper takes while the full set is written (measured on 30,000 with affiliations, November 2026)."""
MOST_TOLD = 1_000
"""Undecided rows that are written out for a human."""
ROWS_A_PART = 50_000
STATE = "match.json"
_KEPT = [name for name in DECISIONS.names if name not in ("beyond", "merged")]
Say = Callable[[str], None]


class Engine(Protocol):
    """Whoever gathers and decides."""

    def decide(self, index: Path, keys: Path, cases: Path, out: Path, *, rows: int, decider: Decider) -> None:
        """Write the decisions of all cases to `out`; what `out` holds already from a killed call is gone on with."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of results belongs to, and how far it is."""

    index: str
    rows: str
    count: int = 0
    with_papers: bool = False
    """Whether the full set of outputs is wanted: it was settled when the rows were prepared."""
    prepared: bool = False
    first: bool = False
    second: bool = False
    finished: bool = False


def match(
    path: Path, index: Path, out: Path, engine: Engine, *, options: Options, memory: int, jobs: int, say: Say
) -> Counter[str]:  # fmt: skip
    """Match every row; return how many rows have which status.

    The full set of outputs is written for up to `MOST_PAPERS` rows, where `memory` (bytes) holds their papers.

    Raises:
        UsageError: rows or index cannot be read, or `out` holds results of something else.
    """
    manifest = layout.load_finished(index)
    work = out / ".match"
    state = _begun(path, manifest, out, work)
    now = options.now.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    if not state.finished:
        if not state.prepared:
            shutil.rmtree(work, ignore_errors=True)
            count = rows.prepare(path, work, options=options, jobs=jobs)
            state = _reached(out, state, count=count, prepared=True, with_papers=_has_room(count, memory, say))
        say(f"{state.count:,} rows against {manifest.works:,} works")
        decider = Decider(
            sources={name: taken.at for name, taken in manifest.snapshots.items()},
            now=now,
            today=options.today,
            with_papers=state.with_papers,
        )
        if not state.first:
            engine.decide(index, work / "keys", work / "cases", work / "first", rows=state.count, decider=decider)
            state = _reached(out, state, first=True)
        if not state.second:
            _look_further(index, work, engine, decider, say)
            state = _reached(out, state, second=True)
        say(f"writing {state.count:,} decisions")
        _finish(out, work, state, path, options)
        state = _reached(out, state, finished=True)
        shutil.rmtree(work)
    counts = _counts(out)
    save_text(out / "summary.md", _summary(counts, state, manifest))
    return counts


def _has_room(count: int, memory: int, say: Say) -> bool:
    """Whether the papers of all rows fit into the memory."""
    if memory < count * PAPER_BYTES and count <= MOST_PAPERS:
        needed = -(-count * PAPER_BYTES // 10**9)
        say(f"only decisions are written: the catalog and the other outputs of {count:,} rows need --memory {needed}GB")
    return count <= min(MOST_PAPERS, memory // PAPER_BYTES)


def _begun(path: Path, manifest: layout.Manifest, out: Path, work: Path) -> State:
    """Return how far an earlier call with the same rows and index came."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.")
    stat = path.stat()
    new = State(index=manifest.digest, rows=f"{path.name} {stat.st_size} {stat.st_mtime_ns}")
    try:
        old = msgspec.json.decode((out / STATE).read_bytes(), type=State)
    except FileNotFoundError:
        if any(out.glob("decisions/*.parquet")):
            raise UsageError(f"{out}: it holds decisions of something else; name another folder.") from None
        return new
    except msgspec.DecodeError as error:
        raise UsageError(f"{out / STATE}: not readable ({error}): remove the folder.") from error
    if (old.index, old.rows) == (new.index, new.rows) and (old.finished or work.is_dir()):
        return old
    shutil.rmtree(work, ignore_errors=True)
    return new


def _reached(out: Path, state: State, **steps: Any) -> State:
    new = msgspec.structs.replace(state, **steps)
    out.mkdir(parents=True, exist_ok=True)
    save_text(out / STATE, msgspec.json.encode(new).decode() + "\n")
    return new


def _look_further(index: Path, work: Path, engine: Engine, decider: Decider, say: Say) -> None:
    """Decide the rows anew that asked for something that had not been gathered, with that gathered too."""
    for name in ("cases-2", "keys-2", "second"):
        shutil.rmtree(work / name, ignore_errors=True)
        (work / name).mkdir()
    asked = dataset.dataset(_parts(work / "first")).to_table(
        columns=["row", "beyond"], filter=compute.field("beyond").is_valid()
    )
    say(f"looking further for {len(asked):,} rows")
    if not len(asked):
        return
    wanted = asked["row"].combine_chunks()
    beyond = [
        (row, body, decode_keys(body))
        for row, body in zip(wanted.to_pylist(), asked["beyond"].to_pylist(), strict=True)
    ]
    is_wanted = compute.field("row").isin(wanted)
    cases = dataset.dataset(work / "cases").to_table(filter=is_wanted).to_pylist()
    rows.write_cases(
        work / "cases-2" / "part-000000.parquet",
        [(case["row"], case["place"], case["body"]) for case in cases]
        + [(row, ASKED, body) for row, body, _ in beyond],
    )
    keys = dataset.dataset(work / "keys").to_table(filter=is_wanted).to_pylist()
    rows.write_keys(
        work / "keys-2" / "part-000000.parquet",
        [(one["row"], one["key"], one["kind"], one["year"]) for one in keys]
        + [(row, key.value, key.kind, None) for row, _, more in beyond for key in more],
    )
    engine.decide(
        index, work / "keys-2", work / "cases-2", work / "second", rows=max(wanted.to_pylist()) + 1, decider=decider
    )


def _finish(out: Path, work: Path, state: State, path: Path, options: Options) -> None:
    """Write the decisions in the order of the rows, and what is made from them."""
    again = _parts(work / "second")
    second = dataset.dataset(again).to_table() if again else DECISIONS.empty_table()
    if rows.is_list(path):
        second = _contested(work, state, second, options)
    target = out / "decisions"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    merged: list[Merged] = []
    told: list[dict[str, Any]] = []
    for number, table in enumerate(_in_order(_parts(work / "first"), second, state.count)):
        draft = target / f"part-{number:06d}.tmp"
        parquet.write_table(table.select(_KEPT), draft, compression="zstd")
        draft.replace(draft.with_suffix(".parquet"))
        merged += [decode_merged(body) for body in table["merged"].to_pylist() if body is not None]
        is_told = compute.is_in(table["status"], pa.array(["ambiguous", "open", "linked", "unmatched"]))
        told += table.filter(is_told).slice(0, max(MOST_TOLD - len(told), 0)).select(_KEPT).to_pylist()
    if state.with_papers:
        catalog = assemble(merged, ListInfo(path=path.name), None, options.today)
        save_all(out, bundle.render(catalog, None, {}, today=options.today, list_path=path.name))
    if state.count <= MOST_PAPERS:
        save_text(out / "decisions.csv", _csv(target))
    save_text(out / "undecided.md", _undecided(told))


def _contested(work: Path, state: State, second: pa.Table, options: Options) -> pa.Table:
    """Add the rows of one list that claim a work which another row fits better, as `enrich run` does.

    Rows of a table are independent of each other: two may well cite one work.
    """
    [*tables] = _in_order(_parts(work / "first"), second, state.count)
    bodies = [body for table in tables for body in table["merged"].to_pylist()]
    if any(body is None for body in bodies):
        return second
    cases = dataset.dataset(work / "cases").to_table().sort_by("row")["body"].to_pylist()
    lost = contest.losers([decode_case(case) for case in cases], [decode_merged(body).paper for body in bodies])
    if not lost:
        return second
    undecided = [decision(row, resolved, options.today) for row, resolved in lost.items()]
    kept = second.filter(~compute.field("row").isin(list(lost)))
    return pa.concat_tables([kept.cast(DECISIONS), pa.Table.from_pylist(undecided, schema=DECISIONS)])


def _in_order(parts: list[Path], second: pa.Table, count: int) -> Iterator[pa.Table]:
    first = dataset.dataset(parts)
    replaced = second["row"].combine_chunks()
    for start in range(0, count, ROWS_A_PART):
        is_here = (compute.field("row") >= start) & (compute.field("row") < start + ROWS_A_PART)
        table = first.to_table(filter=is_here & ~compute.field("row").isin(replaced)).cast(DECISIONS)
        yield pa.concat_tables([table, second.filter(is_here).cast(DECISIONS)]).sort_by("row")


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*.parquet"))


def _counts(out: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for part in _parts(out / "decisions"):
        for value in parquet.read_table(part, columns=["status"])["status"].value_counts().to_pylist():
            counts[value["values"]] += value["counts"]
    return counts


def _csv(decisions: Path) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _KEPT, lineterminator="\n")
    writer.writeheader()
    for part in _parts(decisions):
        for row in parquet.read_table(part).to_pylist():
            writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _summary(counts: Counter[str], state: State, manifest: layout.Manifest) -> str:
    sources = ", ".join(f"{name} of {taken.at[:10]}" for name, taken in sorted(manifest.snapshots.items()))
    lines = [
        f"{state.count:,} rows against {manifest.works:,} works ({sources}).",
        "",
        "| status | rows |",
        "|---|--:|",
    ]
    lines += [f"| {status} | {count:,} |" for status, count in counts.most_common()]
    return "\n".join(lines) + "\n"


def _undecided(told: list[dict[str, Any]]) -> str:
    from pipeline.outputs.markdown import escape  # noqa: PLC0415 - the page's renderer, only for this text

    lines = [f"# Undecided rows (the first {MOST_TOLD:,} at most)", ""]
    for row in told:
        lines.append(f"- line {row['line']}, {row['status']}: {escape(row['title'])}")
        for candidate in msgspec.json.decode(row["candidates"]) if row["candidates"] else ():
            why = "; ".join(candidate["evidence"])
            lines.append(f"  - {candidate['doi'] or 'no DOI'}: {escape(candidate['title'] or '')} ({escape(why)})")
    return "\n".join(lines) + "\n"
