"""For every test: no network but this machine's own servers, no settings from outside; and the stand-in on request.

in -> out: nothing -> fixtures. `stand_in` answers in process, `services_on_port` on a port.
"""

import os
import signal
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.services import StandIn
from tests.services.port import environment, on_port

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
OUTSIDE = (
    "OPENALEX_API_KEY", "OPENALEX_URL", "CROSSREF_URL", "DATACITE_URL", "DOI_URL", "ENRICH_MAILTO",
    "GITHUB_SERVER_URL", "GITHUB_REPOSITORY",
)  # fmt: skip

# A slow machine makes no test red: what a law costs is counted elsewhere, not timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# A shell starts what runs in its background deaf to Ctrl-C, and the programs that tests interrupt would be so too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail at the first step towards another machine, and forget what the machine's owner has set."""
    if request.node.get_closest_marker("online"):
        return
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    def resolve_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in LOOPBACK | {None, b"127.0.0.1", b"localhost"}:
            pytest.fail(f"a test tried to look up {host}")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)
    for name in [*OUTSIDE, *(name for name in os.environ if name.lower().endswith("_proxy"))]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stand_in() -> StandIn:
    """A fresh stand-in with its own records; limits are counted, not enforced."""
    return StandIn(limits=False)


@pytest.fixture
def services_on_port(stand_in: StandIn) -> Iterator[dict[str, str]]:
    """The same stand-in on a port: the environment variables that lead there."""
    with on_port(stand_in) as bases:
        yield environment(bases)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the order of a run that failed: with `-q` pytest-randomly does not."""
    seed = config.getoption("randomly_seed", default=None)
    if terminalreporter.stats.get("failed") and isinstance(seed, int):
        terminalreporter.write_line(f"The order of this run: make test T=--randomly-seed={seed}")
