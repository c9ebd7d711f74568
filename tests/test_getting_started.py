"""docs/getting-started.md, followed to the letter."""

import json
import re
import shlex
import subprocess
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


STRANGERS = Path(__file__).parent / "data" / "strangers"
"""Lists in the forms of real ones; the services know all of their papers but one of each."""


@pytest.mark.parametrize("name", ["README.md", "papers.md", "data/raw/slides.md"])
def test_a_strangers_list_lives_through_three_weeks(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text((STRANGERS / name).read_text(encoding="utf-8"), encoding="utf-8")
    enrich = CommandLine(capsys)
    git("init", "--quiet")
    with on_port(StandIn(limits=False)) as bases:
        for variable, value in environment(bases).items():
            monkeypatch.setenv(variable, value)
        assert enrich("init").out.splitlines()[0] == f"{name}: 4 papers"
        assert (enrich("check").status, enrich("check").out) == (0, "")
        weeks = []
        for day in ("2026-11-01", "2026-11-08", "2026-11-15"):
            assert enrich("run", "--today", day).status == 0
            weeks.append((keys(), Path("data/enriched/references.bib").read_bytes(), commit_all()))
            if day == "2026-11-08":
                assert enrich("add", "10.1109/ISBI45749.2020.9098559", "--write").status == 0
    (first, bib, committed), (second, same_bib, changed), (third, longer_bib, _) = weeks
    assert (len(first), second, set(first) < set(third), len(third)) == (4, first, True, 5)
    assert (same_bib == bib, set(bib.splitlines()) < set(longer_bib.splitlines())) == (True, True)
    assert [path for path in committed if "cache" in path or ".lock" in path] == []
    assert {path.partition("/")[0] for path in changed} <= {"data"}
    assert {path.rpartition("/")[2] for path in changed} <= {"catalog.json", "citations.csv", "database.sqlite"}


def keys() -> list[str]:
    papers = json.loads(Path("data/enriched/catalog.json").read_text(encoding="utf-8"))["papers"]
    assert [paper["status"] == "exact" for paper in papers].count(False) == 1
    return [paper["key"] for paper in papers]


def commit_all() -> list[str]:
    """Commit what is not ignored, and return what changed."""
    git("add", "--all")
    changed = git("diff", "--cached", "--name-only").split()
    git(
        "-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "--quiet", "--allow-empty", "--message", "week"
    )
    return changed


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout
