"""docs/getting-started.md, followed to the letter."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commandline import CommandLine
from tests.services import StandIn
from tests.services.port import environment, on_port

PAGE = (Path(__file__).parents[1] / "docs" / "getting-started.md").read_text(encoding="utf-8")
LIST = re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL)[0]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command of ours with the lines that are shown below it."""
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for text in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = text.splitlines()
            if command.startswith("enrich "):
                yield command, shown


def test_every_command_of_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(LIST, encoding="utf-8")
    enrich = CommandLine(capsys)
    with on_port(StandIn(limits=False)) as bases:
        for name, value in environment(bases).items():
            monkeypatch.setenv(name, value)
        for command, shown in commands():
            status, out, err = enrich(*shlex.split(command)[1:])
            assert (command, status) == (command, 0)
            said = [*out.splitlines(), *(line.removeprefix("enrich: ") for line in err.splitlines())]
            assert [line for line in shown if line not in (*said, "...")] == [], command
            assert "..." in shown or len(shown) == len(said)


def test_the_page_uses_every_command_of_the_first_hour() -> None:
    used = {command.split()[1] for command, _ in commands()}
    assert used == {"init", "check", "plan", "run", "why", "review", "add"}
