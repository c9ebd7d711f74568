"""For the tests of single commands: an empty folder to work in, the command line, and services that answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commandline import CommandLine, write_list
from tests.services import StandIn
from tests.services.port import environment, on_port


@pytest.fixture
def enrich(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(capsys)


@pytest.fixture(scope="package")
def services() -> Iterator[tuple[StandIn, dict[str, str]]]:
    """One stand-in for all commands, and the variables that lead there; nobody changes what it knows."""
    stand_in = StandIn(limits=False, keys={"sesame"})
    with on_port(stand_in) as bases:
        yield stand_in, environment(bases) | {"OPENALEX_API_KEY": "sesame", "ENRICH_MAILTO": "nobody@example.org"}


@pytest.fixture
def served(
    enrich: CommandLine, services: tuple[StandIn, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line with a list, and with services that answer and have not been asked yet."""
    services[0].reset()
    for name, value in services[1].items():
        monkeypatch.setenv(name, value)
    write_list()
    return enrich


@pytest.fixture
def seen(services: tuple[StandIn, dict[str, str]]) -> StandIn:
    """The services behind `served`, to look what they were asked."""
    return services[0]
