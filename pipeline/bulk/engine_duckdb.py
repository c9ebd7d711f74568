"""Gather and decide on one machine: DuckDB for the SQL, a process a core for the decisions.

in -> out: an index, keys and cases -> `decisions` parts. Each step writes to a temporary name and moves it, so a call
that was killed goes on with the parts that are missing. DuckDB keeps to its share of the memory and spills to disk.
"""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
from pyarrow import dataset, parquet

from pipeline.bulk import gather, layout, processes
from pipeline.bulk.decide import DECISIONS, GATHERED, Decider
from pipeline.bulk.memory import parse_memory
from pipeline.errors import UsageError

DUCKDB_SHARE = 0.75
"""Of the memory that was allowed: DuckDB's own limit leaves out its buffers for reading and writing (guess)."""
ROWS_A_PARTITION = 10_000
"""So many rows and what was gathered for them stand in the memory of one process (guess)."""
Say = Callable[[str], None]


class DuckDb:
    """One machine."""

    def __init__(self, *, memory: str, jobs: int, partitions: int | None, say: Say) -> None:
        """Use at most `memory` (`4GB`) and `jobs` processes; cut the rows into `partitions`, or by size."""
        self._memory, self._jobs, self._partitions, self._say = parse_memory(memory), jobs, partitions, say

    def decide(self, index: Path, keys: Path, cases: Path, out: Path, *, rows: int, decider: Decider) -> None:
        """Write the decisions of all cases to `out`."""
        gathered, done = out.with_name(f"{out.name}-gathered"), out.with_name(f"{out.name}-gathered.done")
        if not done.is_file():
            shutil.rmtree(gathered, ignore_errors=True)
            self._gather(index, keys, cases, gathered, rows=rows)
            done.touch()
        out.mkdir(exist_ok=True)
        parts = sorted(gathered.glob("bucket=*"), key=lambda path: int(path.name.partition("=")[2]))
        todo = [part for part in parts if not _part(out, part).is_file()]
        self._say(f"deciding: {len(todo)} of {len(parts)} partitions to go")
        for _ in processes.each(self._jobs, [partial(decide_part, part, _part(out, part), decider) for part in todo]):
            pass
        shutil.rmtree(gathered)
        done.unlink()

    def _gather(self, index: Path, keys: Path, cases: Path, gathered: Path, *, rows: int) -> None:
        spill = gathered.with_name(f"{gathered.name}-spill")
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{int(self._memory * DUCKDB_SHARE) // 2**20}MiB",
            "threads": self._jobs,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
        }
        try:
            with duckdb.connect(config=config) as connection:
                gathering = gather_in(connection, index, keys, cases, self._say)
                per_part = max(-(-rows // self._partitions), 1) if self._partitions else ROWS_A_PARTITION
                connection.execute(
                    f"copy (select g.*, g.row // {per_part} as bucket from ({gathering}) g) "
                    f"to '{_quoted(gathered)}' (format parquet, partition_by (bucket), compression zstd)"
                )
        except duckdb.OutOfMemoryException as error:
            raise UsageError(
                f"--memory is too little for this index and so many rows: {str(error).splitlines()[0]}"
            ) from error
        except duckdb.Error as error:  # a full disk, a damaged file: the sentence names it
            raise UsageError(f"nothing was gathered: {str(error).splitlines()[0]}") from error
        finally:
            shutil.rmtree(spill, ignore_errors=True)


def gather_in(connection: duckdb.DuckDBPyConnection, index: Path, keys: Path, cases: Path, say: Say) -> str:
    """Take the steps of `gather.sql`, and return the SQL of the last one, whose result is the largest."""
    tables = {"q_keys": [keys / "*.parquet"], "cases": [cases / "*.parquet"]} | layout.tables(index)
    for name, paths in tables.items():
        files = ", ".join(f"'{_quoted(path)}'" for path in paths)
        connection.execute(f"create view {name} as select * from read_parquet([{files}])")
    steps = gather.steps(binary="blob")
    last = steps.pop(gather.GATHERED)
    for name, sql in steps.items():
        connection.execute(f"create table {name} as {sql}")
        say(f"gathering: {len(connection.table(name)):,} {name}")
    return last


def decide_part(gathered: Path, out: Path, decider: Decider) -> None:
    """Decide one partition, in a process of its own."""
    table = dataset.dataset(sorted(gathered.glob("*.parquet")), schema=GATHERED).to_table()
    table = table.sort_by([(name, "ascending") for name in ("row", "place", "source", "work")])
    draft = out.with_suffix(".tmp")
    with parquet.ParquetWriter(draft, DECISIONS, compression="zstd") as writer:
        for batch in decider(table.to_batches(max_chunksize=10_000)):
            writer.write_batch(batch)
    draft.replace(out)


def _part(out: Path, gathered: Path) -> Path:
    return out / f"part-{int(gathered.name.partition('=')[2]):06d}.parquet"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
