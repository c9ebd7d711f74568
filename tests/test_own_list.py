"""The repository's own list beside services that answer: every row finds its paper."""

from collections import Counter
from pathlib import Path

from pipeline.outputs import catalog
from tests import own_list


def test_every_row_of_our_own_list_is_settled(tmp_path: Path) -> None:
    own_list.enrich(tmp_path)
    (path,) = tmp_path.rglob("catalog.json")
    papers = catalog.read(path.read_text("utf-8"), path.name).papers
    assert Counter(paper.status for paper in papers) == {"exact": 39, "matched": 4}
