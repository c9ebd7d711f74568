"""Skips where the extra is missing, and an index of the repository's labelled records."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="needs the extra `bulk`: DuckDB and Arrow")

from tests import labelled
from tests.bulk.published import write_crossref, write_openalex


def quiet(_sentence: str) -> None:
    """Say nothing."""


class Killed(BaseException):
    """Ends a call as a kill does: nothing is tidied up behind it."""


def kill_at(patch: pytest.MonkeyPatch, module: Any, step: str, time: int) -> None:
    """Let a step of a module end its call as a kill does, the time-th time that it is taken."""
    calls, real = 0, getattr(module, step)

    def killed(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == time:
            raise Killed
        return real(*arguments, **named)

    patch.setattr(module, step, killed)


@pytest.fixture(scope="session")
def labelled_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of what the services know of the labelled rows."""
    from pipeline.bulk.build import build

    folder = tmp_path_factory.mktemp("snapshots")
    records = labelled.records()
    openalex = write_openalex(folder / "openalex", {"2026-08-01": records.openalex.records()})
    crossref = write_crossref(folder / "crossref", records.crossref.records())
    build(folder / "index", {"openalex": openalex, "crossref": crossref}, jobs=1, say=quiet)
    return folder / "index"
