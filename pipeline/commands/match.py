"""`enrich match`: many rows against an index of a snapshot.

in -> out: a file of rows, an index -> decisions in a folder, and a `Result` with how many rows have which status.
"""

from collections.abc import Callable
from pathlib import Path

from pipeline.commands import needs_extra
from pipeline.errors import UsageError
from pipeline.options import Options, Result


def match(options: Options, path: Path, index: Path, *, say: Callable[[str], None]) -> Result:
    """Match every row of `path` against the index and write the decisions to `options.out`."""
    with needs_extra("bulk"):
        from pipeline.bulk import match as bulk  # noqa: PLC0415 - large, and only with the extra
        from pipeline.bulk.engine_duckdb import DuckDb  # noqa: PLC0415
        from pipeline.bulk.engine_spark import Spark  # noqa: PLC0415
        from pipeline.bulk.memory import parse_memory  # noqa: PLC0415
    memory, jobs, partitions = options.memory, options.jobs, options.partitions
    if options.engine == "spark":
        if options.master is None:
            raise UsageError("--engine spark needs --master, for example spark://host:7077 or sc://host:15002.")
        engine: bulk.Engine = Spark(master=options.master, memory=memory, partitions=partitions or 16, say=say)
    else:
        if options.master is not None:
            raise UsageError("--master goes with --engine spark.")
        engine = DuckDb(memory=memory, jobs=jobs, partitions=partitions, say=say)
    counts = bulk.match(
        path, index, options.out, engine, options=options, memory=parse_memory(memory), jobs=jobs, say=say
    )
    told = "\n".join(f"{count:>12,}  {status}" for status, count in counts.most_common())
    return Result(text=f"{told}\n")
