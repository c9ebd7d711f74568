from typing import Any
from xml.etree import ElementTree as ET

import pytest

from pipeline.model import Notice
from pipeline.outputs import feed
from pipeline.outputs.display import clean_line
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, paper, papers

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _parse(text: str) -> ET.Element:
    return ET.fromstring(text)


def _text(element: ET.Element, path: str) -> str | None:
    return element.findtext(path, namespaces=ATOM)


def test_a_feed_has_what_atom_requires() -> None:
    root = _parse(feed.render([LANTERNS], INFO))
    for path in (
        "a:id",
        "a:title",
        "a:updated",
        "a:author/a:name",
        "a:entry/a:id",
        "a:entry/a:title",
        "a:entry/a:updated",
    ):
        assert _text(root, path)
    link = root.find("a:entry/a:link", ATOM)
    assert link is not None
    assert link.get("href") == "https://doi.org/10.5555/moss.1"


def test_a_feed_without_papers_is_still_a_feed() -> None:
    assert _text(_parse(feed.render([], INFO)), "a:updated") == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("changes", "updated"),
    [
        ({}, "2031-05-02"),
        ({"date": "2031-05"}, "2031-05-01"),
        ({"date": None}, "2031-01-01"),
        ({"news": "2032-01-04"}, "2032-01-04"),
        ({"news": "2032-01-04", "notices": (Notice(kind="retraction", date="2031-09"),)}, "2032-01-04"),
        ({"news": "2030-12-31"}, "2030-12-31"),
    ],
    ids=[
        "published",
        "known to the month",
        "known to the year",
        "listed later",
        "whenever the notice",
        "published online",
    ],
)
def test_an_entry_was_updated_on_the_day_of_its_last_news(changes: dict[str, Any], updated: str) -> None:
    text = feed.render([paper(**changes)], INFO)
    assert _text(_parse(text), "a:entry/a:updated") == f"{updated}T00:00:00Z"


@pytest.mark.parametrize(
    "changes",
    [{"date": None, "year": None}, {"key_provisional": True}, {"duplicate_of": 3}],
    ids=["without any date", "with a provisional key", "a further row of the same work"],
)
def test_left_out_is_a_paper(changes: dict[str, Any]) -> None:
    assert _parse(feed.render([paper(**changes)], INFO)).find("a:entry", ATOM) is None


def test_an_entry_keeps_its_id_when_its_title_and_counts_change() -> None:
    first, second = (_parse(feed.render([p], INFO)) for p in (LANTERNS, paper(title="Other", citations={})))
    assert _text(first, "a:entry/a:id") == _text(second, "a:entry/a:id")


def test_the_newest_come_first_and_papers_of_one_day_in_list_order() -> None:
    works = [*papers(2), paper(date="2032")]
    titles = [entry.text for entry in _parse(feed.render(works, INFO)).iterfind("a:entry/a:title", ATOM)]
    assert titles == [LANTERNS.title, "Lanterns of Moss 0", "Lanterns of Moss 1"]


def test_a_long_list_is_cut_to_the_newest() -> None:
    root = _parse(feed.render(papers(feed.MAX_ENTRIES + 1), INFO))
    assert len(root.findall("a:entry", ATOM)) == feed.MAX_ENTRIES


def test_a_retraction_stands_in_the_title_and_the_summary() -> None:
    notice = Notice(kind="retraction", doi="10.5555/notice", date="2033-02")
    root = _parse(feed.render([paper(retracted=True, notices=(notice,))], INFO))
    assert str(_text(root, "a:entry/a:title")).startswith("RETRACTED: ")
    assert "Retraction 2033-02 https://doi.org/10.5555/notice." in str(_text(root, "a:entry/a:summary"))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_text(title: str) -> None:
    root = _parse(feed.render([paper(title=title)], INFO))
    assert _text(root, "a:entry/a:title") == clean_line(title)
