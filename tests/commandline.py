"""The command line, called in this process.

in -> out: arguments -> status, stdout and stderr. `write_list` puts a small invented list into the working directory.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline import cli

LIST = """\
# Papers of Nowhere

## 2021

| Paper title | Journal/Conference | Category | Paper link | Code link |
| :---: | :---: | :---: | :---: | :---: |
| Rosel pretraining of cardiac encoders | IJI | Contrastive | [Link](https://doi.org/10.5555/case.118) | N/A |
| Jumping scans of the Kaluman liver | NWI | Generative | [Link](https://doi.org/10.5555/case.107) | N/A |
| Selpriban masks: an invented report | ArXiv | Predictive | [Link](https://arxiv.org/abs/2301.90142) | N/A |
"""


class Outcome(NamedTuple):
    """What a command line did."""

    status: int
    out: str
    err: str


class CommandLine:
    """Calls `enrich` with arguments."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Outcome:
        self._capsys.readouterr()
        status = cli.main([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Outcome(status, said.out, said.err)


def write_list(path: str = "data/raw/list.md", text: str = LIST) -> Path:
    """Write a list below the working directory."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    return target


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
