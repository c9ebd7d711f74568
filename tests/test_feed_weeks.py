"""The feed as a feed reader sees it, week after week: each piece of news once, on the day we learned it."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from tests.services.invent import papers, render_list
from tests.services.library import Case
from tests.weeks import World, as_preprint

ATOM = {"a": "http://www.w3.org/2005/Atom"}

CORRECTION = {"DOI": "10.5555/notice", "type": "erratum", "label": "Erratum", "source": "publisher",
              "updated": {"date-parts": [[2025, 12, 10]]}}  # fmt: skip
"""A notice older than our hearing of it."""


class Reader:
    """Remembers what it has shown, as RFC 4287 means it: an entry is news again only when its `updated` has moved."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def poll(self, feed: Path) -> list[tuple[str, str]]:
        """Return (title, updated) of what is new since the last time."""
        news = []
        ids = []
        for entry in ET.fromstring(feed.read_text(encoding="utf-8")).iterfind("a:entry", ATOM):
            name, updated, title = (
                entry.findtext(f"a:{tag}", namespaces=ATOM) or "" for tag in ("id", "updated", "title")
            )
            ids.append(name)
            if self._seen.get(name) != updated:
                assert updated > self._seen.get(name, "")
                self._seen[name] = updated
                news.append((title, updated[:10]))
        assert len(ids) == len(set(ids)), "an entry never stands in the feed twice"
        return news


def test_each_piece_of_news_comes_once_on_its_day(tmp_path: Path) -> None:
    world = World.of(tmp_path, 12)
    reader = Reader()

    def week(change: Callable[[], None] = lambda: None) -> tuple[str, list[tuple[str, str]]]:
        change()
        world.move_counts(1.0)
        day = world.week().day
        return day, reader.poll(world.out / "feed.xml")

    def retract() -> None:
        place = next(at for at, case in enumerate(world.cases) if case.facts.doi and case.openalex is not None)
        retracted.append(world.cases[place].facts.title)
        world.change(place, openalex={**(world.cases[place].openalex or {}), "is_retracted": True})

    def list_another() -> None:
        facts = papers(40)
        another = next(one for one in list(facts)[30:] if one.doi and not one.is_preprint)
        added.append(another.title)
        world.cases.append(Case(facts=another))
        world.list_path.write_text(render_list(case.facts for case in world.cases))

    retracted: list[str] = []
    added: list[str] = []
    day, first = week()
    assert {updated for _, updated in first} == {day}
    assert len(first) == len({title for title, _ in first}) > 8

    _, second = week()
    assert second == []  # only counts moved

    day, third = week(retract)
    assert third == [(f"RETRACTED: {retracted[0]}", day)]

    day, fourth = week(list_another)
    assert fourth == [(added[0], day)]

    world.cache.unlink()
    _, fifth = week()
    assert fifth == []


def test_a_correction_is_news_once_on_the_day_we_learn_of_it(tmp_path: Path) -> None:
    world = World.of(tmp_path, 6)
    reader = Reader()
    place = next(at for at, case in enumerate(world.cases) if case.facts.doi and case.crossref is not None)
    told = []
    for number in range(5):
        if number == 2:
            world.change(place, crossref={"updated-by": [CORRECTION]})
        if number == 3:
            world.cache.unlink()
        world.move_counts(1.0)
        day = world.week().day
        told.append([(title, updated, updated == day) for title, updated in reader.poll(world.out / "feed.xml")])
    assert [len(news) for news in told] == [6, 0, 1, 0, 0]
    assert told[2] == [(world.cases[place].facts.title, "2026-01-25", True)]
    assert "Correction 2025-12-10 https://doi.org/10.5555/notice." in (world.out / "feed.xml").read_text("utf-8")


@pytest.mark.parametrize("is_cache_lost", [False, True], ids=["warm cache", "lost cache"])
def test_a_preprint_that_becomes_published_is_news_once_on_the_day_we_learn_of_it(
    tmp_path: Path, is_cache_lost: bool
) -> None:
    world = World.of(tmp_path, 7)
    reader = Reader()
    published = msgspec.structs.replace(world.cases[6].facts, arxiv="2511.90007", shape="merged", year=2026)
    world.change(6, facts=as_preprint(published))
    world.__post_init__()
    world.week()
    assert len(reader.poll(world.out / "feed.xml")) == 7
    learned, told = [], []
    for number in range(6):
        if number == 1:
            world.change(6, facts=published)
        if is_cache_lost:
            world.cache.unlink()
        world.move_counts(1.0)
        week = world.week()
        learned += [week.day] * ("## Preprints now published" in week.summary)
        told += reader.poll(world.out / "feed.xml")
    assert len(learned) == 1
    assert told == [(published.title, learned[0])]
    assert f"{published.container}, 2026." in (world.out / "feed.xml").read_text("utf-8")


def test_a_paper_that_leaves_and_returns_is_no_news(tmp_path: Path) -> None:
    world = World.of(tmp_path, 6)
    reader = Reader()
    world.week()
    reader.poll(world.out / "feed.xml")
    whole = world.list_path.read_text()
    gone = next(case.facts for case in world.cases if case.facts.doi)
    world.list_path.write_text("\n".join(line for line in whole.split("\n") if gone.title not in line))
    world.week()
    assert reader.poll(world.out / "feed.xml") == []
    world.list_path.write_text(whole)
    world.week()
    assert reader.poll(world.out / "feed.xml") == []
