"""Gather and decide on a cluster: the same SQL and the same map, sent to Apache Spark.

in -> out: an index, keys and cases, on storage that every worker reads -> `decisions` parts there. `sc://` addresses
go through Spark Connect, others (`spark://`, `yarn`) are masters. Lost workers are Spark's business: their tasks are
run again elsewhere, and only finished ones are committed.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.bulk import gather, layout
from pipeline.bulk.decide import Decider
from pipeline.bulk.memory import parse_memory
from pipeline.errors import UsageError

DECISIONS_DDL = (
    "row bigint, line int, title string, status string, doi string, arxiv string, openalex string, method string, "
    "score double, evidence string, candidates string, issues string, beyond binary, merged binary"
)
SENT_TO_ALL = "64m"
"""Keys of 100,000 rows and their pairs go to all executors, which spares sorting the index (Spark's own 10 MB do not
reach)."""
Say = Callable[[str], None]


class Spark:
    """A cluster."""

    def __init__(self, *, master: str, memory: str, partitions: int, say: Say) -> None:
        """Use the cluster at `master`; `memory` is what an executor gets where the cluster lets us say so."""
        self._master, self._memory, self._partitions, self._say = master, memory, partitions, say

    def decide(self, index: Path, keys: Path, cases: Path, out: Path, *, rows: int, decider: Decider) -> None:
        """Write the decisions of all cases to `out`."""
        del rows
        session = self._session()  # one for both rounds: executors take longer to start than a second round to run
        try:
            tables = {"q_keys": [keys / "*.parquet"], "cases": [cases / "*.parquet"]} | layout.tables(index)
            for name, paths in tables.items():
                session.read.parquet(*map(str, paths)).createOrReplaceTempView(name)
            steps = gather.steps(binary="binary")
            gathering = steps.pop(gather.GATHERED)
            for name, sql in steps.items():
                session.sql(sql).persist().createOrReplaceTempView(name)
            gathered = session.sql(gathering)
            partitions = gathered.repartition(self._partitions, "row").sortWithinPartitions(
                "row", "place", "source", "work"
            )
            self._say(f"gathering and deciding on {self._master} in {self._partitions} partitions")
            partitions.mapInArrow(decider.__call__, DECISIONS_DDL).write.mode("overwrite").parquet(str(out))
        finally:
            session.catalog.clearCache()

    def _session(self) -> Any:
        try:
            from py4j.protocol import Py4JError  # noqa: PLC0415 - large, and only with the extra
            from pyspark.errors import PySparkException  # noqa: PLC0415
            from pyspark.sql import SparkSession  # noqa: PLC0415
        except ImportError as error:
            raise UsageError("--engine spark needs the extra `spark`: pip install 'awesome-enrich[spark]'.") from error
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("enrich match")
        try:
            if self._master.startswith("sc://"):
                return builder.remote(self._master).getOrCreate()
            return (
                builder.master(self._master)
                .config("spark.executor.memory", f"{parse_memory(self._memory) // 2**20}m")
                .config("spark.sql.shuffle.partitions", str(self._partitions))
                .config("spark.sql.autoBroadcastJoinThreshold", SENT_TO_ALL)
                .config("spark.ui.showConsoleProgress", "false")
                .getOrCreate()
            )
        except (Py4JError, PySparkException, OSError) as error:
            # Java also gives up at an address that is none: only where there is no Java, that is what lacks.
            if "JAVA_GATEWAY_EXITED" in str(error) and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
                raise UsageError(
                    "--engine spark needs Java (17 or 21) to reach a cluster; sc:// needs none."
                ) from error
            reason = next((line for line in str(error).splitlines() if "Exception: " in line), str(error))
            raise UsageError(f"no Spark cluster at {self._master}: {reason.strip()}") from error
