"""Skips where the extra is missing, and an index of the repository's labelled records."""

from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs the extra `bulk`: DuckDB and Arrow")

from tests import labelled
from tests.bulk.published import write_crossref, write_openalex


def quiet(_sentence: str) -> None:
    """Say nothing."""


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
