"""A list of any length is asked in the order of a short one: what is free for all entries, then the paid searches."""

import io
from functools import partial
from pathlib import Path

import pytest

from pipeline import run as runs
from pipeline.edge.open import open_desk
from pipeline.outputs import catalog
from pipeline.progress import Talk
from tests import evaluation, labelled
from tests.services import StandIn

ROWS = 60


def told(folder: Path) -> tuple[list[str], str]:
    """Run some labelled rows; return the kind of each request in its order, and the catalog's papers."""
    folder.mkdir()
    rows = folder / "rows.md"
    rows.write_text("\n".join(evaluation.own_set().rows.split("\n")[:ROWS]), encoding="utf-8")
    service = StandIn(labelled.records(), keys={evaluation.KEY}, limits=False)
    opening = partial(open_desk, transport=service.transport(), sleep=evaluation._no_wait)
    runs.run(evaluation._options(rows, folder), Talk(quiet=True, stream=io.StringIO()), opening=opening)
    papers = catalog.read((folder / "out" / "catalog.json").read_text("utf-8"), "catalog").papers
    return [kind(str(one)) for one in service.seen], str(papers)


def kind(request: str) -> str:
    if "query.bibliographic" in request:
        return "free search"
    return "paid search" if "search=" in request or "search%3A" in request or ".search:" in request else "exact"


def test_paid_searches_come_after_the_free_ones_of_all_entries_and_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, papers = told(tmp_path / "whole")
    monkeypatch.setattr(runs, "MOST_CONVERSATIONS", 3)
    narrow, same_papers = told(tmp_path / "narrow")
    for requests in (whole, narrow):
        assert requests.count("free search") > requests.count("paid search") > 0
        assert "free search" not in requests[requests.index("paid search") :]
    assert narrow.count("paid search") == whole.count("paid search")
    assert same_papers == papers
