"""A real cluster of processes decides as DuckDB does, also when a worker dies on the way.

The cluster is a master and two workers with their executors (`cluster.py`).
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs the extra `spark`: Apache Spark for Python")
if shutil.which("java") is None:
    pytest.skip("needs Java to start a Spark cluster", allow_module_level=True)

from tests import evaluation
from tests.bulk.cluster import ROOT, Cluster
from tests.bulk.test_match import decisions, match

PARTITIONS = 8


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        started.add_worker()
        started.add_worker()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.md"
    path.write_text(evaluation.own_set().rows, encoding="utf-8")
    return path


def start(rows: Path, index: Path, out: Path, master: str) -> "subprocess.Popen[str]":
    """Start `enrich match` on the cluster, as its user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "match", str(rows), "--index", str(index), "--out", str(out),
         "--engine", "spark", "--master", master, "--memory", "600MB", "--partitions", str(PARTITIONS),
         "--today", "2026-11-22"],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"},
    )  # fmt: skip


def test_two_workers_decide_as_one_machine_does_and_so_does_one_after_the_other_was_killed(
    rows: Path, labelled_index: Path, cluster: Cluster, tmp_path: Path
) -> None:
    expected = match(rows, labelled_index, tmp_path / "duckdb")
    with start(rows, labelled_index, tmp_path / "spark", cluster.master) as job:
        said, _ = job.communicate()
    assert job.returncode == 0, said
    assert decisions(tmp_path / "spark") == expected

    with start(rows, labelled_index, tmp_path / "killed", cluster.master) as job:
        committed = tmp_path / "killed" / ".match" / "first"
        while job.poll() is None and not [*committed.rglob("task_*/part-*.parquet")]:
            time.sleep(0.05)
        assert job.poll() is None, "the job ended before a worker could be killed"
        cluster.kill_worker()
        said, _ = job.communicate()
    assert job.returncode == 0, said
    assert decisions(tmp_path / "killed") == expected


def test_a_cluster_that_is_not_there_is_a_sentence(rows: Path, labelled_index: Path, tmp_path: Path) -> None:
    with start(rows, labelled_index, tmp_path / "out", "nonsense") as job:
        said, _ = job.communicate()
    assert job.returncode == 2
    assert said.splitlines()[-1].startswith("enrich: no Spark cluster at nonsense: ")
