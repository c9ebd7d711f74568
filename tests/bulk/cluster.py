"""A real cluster of Spark: a master and workers, each a process of its own that talks over the loopback network."""

import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
WAIT_S = 120


class Cluster:
    """Master and workers."""

    def __init__(self, folder: Path) -> None:
        """Start a master; its files and logs stand in `folder`."""
        self._folder, self._home = folder, _home()
        self._port = _free_port()
        self.master = f"spark://127.0.0.1:{self._port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        where = ("--host", "127.0.0.1", "--port", str(self._port), "--webui-port", "0")
        self._processes = [self._start("org.apache.spark.deploy.master.Master", *where)]
        _wait_for_port(self._port)

    @property
    def spills(self) -> Path:
        """Folder of what the executors exchange, and of what does not fit into their memory."""
        return self._folder / "spills"

    @property
    def processes(self) -> tuple[int, ...]:
        """Numbers of the processes of master and workers."""
        return tuple(process.pid for process in self._processes)

    def add_worker(self) -> None:
        """Start a worker of one core."""
        folder = self._folder / f"worker-{len(self.workers)}"
        process = self._start(
            "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
            "--webui-port", "0", "--work-dir", str(folder), self.master,
        )  # fmt: skip
        self._processes.append(process)
        self.workers.append(process)

    def kill_worker(self) -> None:
        """Kill a worker with its executor and the executor's Python processes."""
        os.killpg(self.workers[-1].pid, signal.SIGKILL)

    def stop(self) -> None:
        """Kill master and workers."""
        for process in self._processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()

    def _start(self, name: str, *arguments: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(self._home), "PYSPARK_PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT), "SPARK_LOCAL_DIRS": str(self.spills),
        }  # fmt: skip
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [str(self._home / "bin" / "spark-class"), name, *arguments],
                env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip


def _home() -> Path:
    found = find_spec("pyspark")
    assert found is not None, "needs the extra `spark`"
    assert found.origin is not None
    return Path(found.origin).parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for_port(port: int) -> None:
    for _ in range(WAIT_S * 5):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the master did not start")
