"""A work that was left unread decides as one that was read."""

from collections import defaultdict
from collections.abc import Callable

import msgspec
import pytest

from pipeline.model import Ids, Query, Record
from pipeline.sources.slim import READERS, SnapshotSource, cut
from pipeline.stages.resolving import pocket
from pipeline.stages.resolving.inquiry import Freshness
from pipeline.stages.resolving.pocket import Held, Pocket
from tests import labelled
from tests.stages.dialogue import DOI, NOW, case, entry, record

SOURCES = {"openalex": "2026-11-01T00:00:00Z", "crossref": "2026-11-01T00:00:00Z"}
FRESH = Freshness(now=NOW)
HASTY = "Learning to fold invented proteins with hasty networks"


def test_the_labelled_rows_are_decided_alike_whether_their_works_were_read_or_not() -> None:
    services, found = labelled.records(), defaultdict[int, list[tuple[SnapshotSource, bytes]]](list)
    works: dict[SnapshotSource, list[bytes]] = {
        "openalex": [msgspec.json.encode(work) for work in services.openalex.records()],
        "crossref": [msgspec.json.encode(work) for work in services.crossref.records()],
    }
    for source, bodies in works.items():
        for slim in (cut(source, body) for body in bodies):
            for key in slim.keys:
                found[key.value].append((source, slim.body))
    unread = 0
    for row in labelled.rows()[::3]:
        one = case(entry(title=row.title, year=row.year, venue=row.venue))
        gathered = dict.fromkeys(work for key in pocket.entry_keys(one) for work in found[key.value])
        lazy = [pocket.hold(*work) for work in gathered]
        read = [Held(READERS[source](body)) for source, body in gathered]
        ends = [pocket.converse(one, Pocket(one, some, sources=SOURCES), FRESH) for some in (lazy, read)]
        assert ends[0] == ends[1]
        unread += sum("whole" not in vars(work) for work in lazy)
    assert unread > 100


def never(body: bytes) -> Record:
    raise AssertionError(f"nobody has to read {body!r}")


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("A whole treatise about anchors, with ropes and chains", id="no candidate"),
        pytest.param(HASTY, id="a candidate, but the row is settled"),
    ],
)
def test_what_cannot_be_the_entry_is_not_read(title: str) -> None:
    other = record("crossref", title=title, ids=Ids(doi="10.5555/other"))
    works = [Held(record("openalex")), Held(record("crossref")), Held(other, (never, b""))]
    end = pocket.converse(case(), Pocket(case(), works, sources=SOURCES), FRESH)
    assert (end.status, end.ids.doi) == ("matched", DOI)


def test_candidates_are_read_for_a_human_where_nothing_is_proven() -> None:
    whole = record("crossref", title=HASTY)
    names = Record(source="crossref", title=HASTY, ids=whole.ids)
    works = [Held(names, (lambda _: whole, b""))]
    end = pocket.converse(case(), Pocket(case(), works, sources=SOURCES), FRESH)
    assert end.status == "unmatched"
    assert "year 2021" in end.resolution.candidates[0].evidence


def test_a_number_of_the_rows_link_proves_a_work_whose_title_agrees_by_half() -> None:
    row = case(entry(url="https://ieeexplore.ieee.org/document/9343323"))
    whole = record("crossref", title=HASTY, ids=Ids(doi=DOI, ieee="9343323"))
    names = Record(source="crossref", title=HASTY, ids=Ids(doi=DOI))
    works = [Held(names, (lambda _: whole, b""))]
    end = pocket.converse(row, Pocket(row, works, sources=SOURCES), FRESH)
    assert (end.status, end.ids.doi) == ("exact", DOI)


def test_another_record_of_the_entrys_work_is_read_whatever_its_title() -> None:
    translated = record("crossref", title="Erfundene Proteine geduldig falten lernen")
    names = Record(source="crossref", title=translated.title, ids=translated.ids)
    works = [Held(record("openalex")), Held(names, (lambda _: translated, b""))]
    end = pocket.converse(case(), Pocket(case(), works, sources=SOURCES), FRESH)
    read = pocket.converse(case(), Pocket(case(), [works[0], Held(translated)], sources=SOURCES), FRESH)
    assert end == read


@pytest.mark.parametrize(
    ("kind", "value", "body", "is_found"),
    [
        ("arxiv", "2101.90001", b"https://arxiv.org/abs/2101.90001v2", True),
        ("arxiv", "2101.90001", b"https://arxiv.org/abs/2101.90002", False),
        ("pmid", "90001", b"https://pubmed.ncbi.nlm.nih.gov/90001", True),
        ("pii", "S1234567890123456", b"S1234-5678(90)12345-6, with its signs", True),
    ],
)
def test_a_work_is_read_where_its_body_may_hold_the_identifier(
    kind: str, value: str, body: bytes, *, is_found: bool
) -> None:
    source: SnapshotSource = "crossref" if kind == "pii" else "openalex"
    whole = record(source, ids=Ids(**{kind: value}))
    read: Callable[[bytes], Record] = (lambda _: whole) if is_found else never
    one = Held(Record(source=source, title=whole.title), (read, body))
    reply = Pocket(case(), [one], sources=SOURCES)[Query(source=source, kind=kind, value=value)]
    assert reply.records == ((whole,) if is_found else ())
