"""The stand-in on a port of this machine, for tests that start programs and for people.

in -> out: a stand-in -> base addresses that answer until the block ends, from a thread or from a process of its own.
"""

import multiprocessing
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import uvicorn

from tests.services.meter import Seen
from tests.services.stand_in import SOURCES, StandIn

START_S = 10.0


@contextmanager
def on_port(stand_in: StandIn, port: int = 0) -> Iterator[Mapping[str, str]]:
    """Serve in a thread; yields source -> base address. Port 0 is any free one."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server = _server(stand_in)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_S
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.002)
        try:
            root = f"http://127.0.0.1:{listener.getsockname()[1]}"
            yield {source: f"{root}/{source}" for source in SOURCES}
        finally:
            server.should_exit = True
            thread.join()


@dataclass(frozen=True)
class InAProcess:
    """A stand-in that nothing in this process holds up."""

    bases: Mapping[str, str]
    _talk: "Connection[bool, list[Seen]]"

    def seen(self, *, forget: bool = False) -> list[Seen]:
        """Return every request since it was last told to forget them, in order."""
        self._talk.send(forget)
        return self._talk.recv()


@contextmanager
def in_a_process(make: Callable[[], StandIn]) -> Iterator[InAProcess]:
    """Serve in a new process; `make` can be pickled."""
    spawn = multiprocessing.get_context("spawn")
    ours, its = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(make, its), daemon=True)
    process.start()
    its.close()
    try:
        yield InAProcess(ours.recv(), ours)
    finally:
        ours.close()
        process.join()


def _serve(make: Callable[[], StandIn], talk: "Connection[Mapping[str, str] | list[Seen], bool]") -> None:
    stand_in = make()
    with on_port(stand_in) as bases:
        talk.send(bases)
        try:
            while True:
                forget = talk.recv()
                talk.send(stand_in.seen)
                if forget:
                    stand_in.reset()
        except EOFError:  # whoever started it needs it no more
            pass


def _server(stand_in: StandIn) -> uvicorn.Server:
    """Return a quiet server that hangs up at once when it ends."""
    return uvicorn.Server(
        uvicorn.Config(stand_in.app, lifespan="off", ws="none", log_level="critical", timeout_graceful_shutdown=1)
    )


def environment(bases: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that send the pipeline to these addresses: `OPENALEX_URL`, ..., `DOI_URL`."""
    return {f"{source.upper()}_URL": base for source, base in bases.items()}
