from typing import Any

import pytest

from pipeline.model import Ids, Notice, Retired
from pipeline.stages.catalog import news
from tests.outputs.invented import LANTERNS, catalog, paper

BEFORE = paper(news="2031-06-01", type="preprint")


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        pytest.param({}, "2031-06-01", id="nothing"),
        pytest.param({"title": "Another", "citations": {}, "abstract": "x"}, "2031-06-01", id="what is no news"),
        pytest.param({"retracted": True}, "2032-01-04", id="a retraction"),
        pytest.param({"notices": (Notice(kind="correction", date="2030"),)}, "2032-01-04", id="a correction"),
        pytest.param({"type": "article"}, "2032-01-04", id="published"),
    ],
)
def test_news_is_dated_by_the_day_we_learn_it(changes: dict[str, Any], day: str) -> None:
    now = paper(BEFORE, **changes)
    assert news.last_news(now, BEFORE, catalog(BEFORE), "2032-01-04") == day


def test_a_new_paper_is_news_and_one_without_a_key_is_not_yet() -> None:
    assert news.last_news(LANTERNS, None, catalog(), "2032-01-04") == "2032-01-04"
    provisional = paper(key_provisional=True)
    assert news.last_news(provisional, None, catalog(), "2032-01-04") is None
    assert news.last_news(LANTERNS, provisional, catalog(provisional), "2032-01-04") == "2032-01-04"


def test_a_paper_that_is_back_on_the_list_is_no_news() -> None:
    gone = Retired(key=LANTERNS.key, ids=Ids(), title="x", last_seen="2031-01-01", news="2030-01-01")
    assert news.last_news(LANTERNS, None, catalog(retired=(gone,)), "2032-01-04") == "2030-01-01"
