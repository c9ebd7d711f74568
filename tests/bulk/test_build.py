"""An index is built from what is published, part by part, and nothing is half kept."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import dataset, parquet

from pipeline.bulk import build as bulk
from pipeline.bulk import layout
from pipeline.errors import UsageError
from tests.bulk.conftest import Killed, kill_at, quiet
from tests.bulk.published import work, write, write_crossref, write_openalex

TWO_DAYS = {
    "2026-07-01": [work(1, "Folding invented proteins"), work(2, "Imaginary fish of the Kaluman sea")],
    "2026-08-01": [work(3, "A survey of nothing at all")],
}


def build(tmp_path: Path, openalex: Path, **more: Path) -> layout.Manifest:
    return bulk.build(tmp_path / "index", {"openalex": openalex, **more}, jobs=1, say=quiet)  # type: ignore[dict-item]


def counting_works(index: Path) -> set[int]:
    """Works that are found: those of the records less the dropped ones."""
    dropped = {(row["part"], row["work"]) for row in parquet.read_table(layout.dropped_path(index)).to_pylist()}
    rows = dataset.dataset(index / "records").to_table(columns=["part", "work"]).to_pylist()
    return {row["work"] for row in rows if not {(row["part"], row["work"]), (-1, row["work"])} & dropped}


def test_works_of_every_part_are_in_the_index_without_their_abstracts(tmp_path: Path) -> None:
    manifest = build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    assert (manifest.works, len(manifest.parts)) == (3, 2)
    assert manifest.snapshots["openalex"].at == "2026-08-01T00:00:00Z"
    bodies = dataset.dataset(tmp_path / "index" / "records").to_table(columns=["body"])["body"].to_pylist()
    assert sorted(json.loads(body)["title"] for body in bodies) == [
        "A survey of nothing at all", "Folding invented proteins", "Imaginary fish of the Kaluman sea",
    ]  # fmt: skip
    assert not any(b"abstract" in body for body in bodies)


def test_parquet_parts_are_read_like_lines(tmp_path: Path) -> None:
    import pyarrow as pa

    folder = tmp_path / "oa" / "works" / "updated_date=2026-08-01"
    folder.mkdir(parents=True)
    rows = [work(7, "Folding invented proteins", abstract_inverted_index='{"Invented": [0]}', publication_year=2019)]
    parquet.write_table(pa.Table.from_pylist(rows), folder / "part_0000.parquet")
    build(tmp_path, tmp_path / "oa")
    assert counting_works(tmp_path / "index") == {7}


def test_both_forms_of_crossrefs_file_are_read(tmp_path: Path) -> None:
    records = [{"DOI": f"10.5555/C{number}", "title": [f"Invented paper {number}"]} for number in range(4)]
    bulk.build(tmp_path / "index", {"crossref": write_crossref(tmp_path / "cr", records)}, jobs=1, say=quiet)
    assert layout.load(tmp_path / "index").works == 4


def test_of_a_moved_work_the_newest_copy_counts_and_a_deleted_one_not(tmp_path: Path) -> None:
    parts = {"2026-07-01": [work(1, "Old copy"), work(2, "Deleted")], "2026-08-01": [work(1, "New copy")]}
    manifest = build(tmp_path, write_openalex(tmp_path / "oa", parts, deleted=["W2"]))
    assert (manifest.deleted, manifest.moved) == (1, 1)
    assert counting_works(tmp_path / "index") == {1}
    [body] = [
        row["body"] for row in dataset.dataset(tmp_path / "index" / "records").to_table().to_pylist()
        if (row["part"], row["work"]) == (1, 1)
    ]  # fmt: skip
    assert json.loads(body)["title"] == "New copy"


def test_a_work_that_is_no_longer_listed_as_deleted_is_back_after_an_update(tmp_path: Path) -> None:
    build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS, deleted=["W3"]))
    assert counting_works(tmp_path / "index") == {1, 2}
    build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    assert counting_works(tmp_path / "index") == {1, 2, 3}


def test_an_update_reads_new_parts_only_and_forgets_those_that_are_gone(tmp_path: Path) -> None:
    first = build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    path = layout.records_path(tmp_path / "index", first.parts[0])
    written = path.stat().st_mtime_ns
    build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS | {"2026-09-01": [work(4, "New work")]}))
    assert path.stat().st_mtime_ns == written
    assert counting_works(tmp_path / "index") == {1, 2, 3, 4}
    write_openalex(tmp_path / "other", {"2026-09-01": [work(4, "New work")]})
    assert build(tmp_path, tmp_path / "other").works == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([b"{", b"{}", b'{"id": "https://openalex.org/A5", "title": "An author"}'], "are no works"),
        ([], "no files of works"),
    ],
)
def test_a_part_of_no_works_is_refused(tmp_path: Path, lines: list[bytes], said: str) -> None:
    (tmp_path / "oa" / "works").mkdir(parents=True)
    if lines:
        write(tmp_path / "oa" / "works" / "updated_date=2026-08-01" / "part_0000.gz", b"\n".join(lines))
    with pytest.raises(UsageError, match=said):
        build(tmp_path, tmp_path / "oa")
    assert not [*(tmp_path / "index").rglob("*.parquet")]


@pytest.mark.parametrize(
    "fields",
    [
        {"publication_year": "2020"}, {"publication_year": 99999}, {"publication_year": -5}, {"locations": None},
        {"authorships": 5}, {"title": None}, {"title": "A lone surrogate: \ud800"}, {"abstract_inverted_index": "{}"},
    ],
)  # fmt: skip
def test_a_field_of_another_shape_costs_that_field_alone(tmp_path: Path, fields: dict[str, Any]) -> None:
    odd = work(9, "Imaginary fish") | fields
    manifest = build(tmp_path, write_openalex(tmp_path / "oa", {"2026-08-01": [odd, work(1, "Folding")]}))
    assert (manifest.works, manifest.parts[0].unreadable) in ((2, 0), (1, 1))  # a lone surrogate is no JSON


def test_a_truncated_part_is_refused_whole_and_the_parts_before_are_kept(tmp_path: Path) -> None:
    folder = write_openalex(tmp_path / "oa", TWO_DAYS)
    part = folder / "data/jsonl/works/updated_date=2026-08-01/part_0000.gz"
    whole = part.read_bytes()
    part.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"part_0000\.gz: the file is cut off or damaged"):
        build(tmp_path, folder)
    assert layout.load(tmp_path / "index").works == 2
    part.write_bytes(whole)
    assert build(tmp_path, folder).works == 3


def test_a_missing_part_and_one_short_of_its_promise_are_named(tmp_path: Path) -> None:
    folder = write_openalex(tmp_path / "oa", TWO_DAYS)
    works = folder / "data/jsonl/works"
    (works / "updated_date=2026-08-01/part_0000.gz").unlink()
    with pytest.raises(UsageError, match=r"lists updated_date=2026-08-01/part_0000\.gz"):
        build(tmp_path, folder)
    write(works / "updated_date=2026-08-01/part_0000.gz", json.dumps(work(3, "One")).encode() * 0)
    with pytest.raises(UsageError, match="0 works, but the manifest promises 1"):
        build(tmp_path, folder)


def test_what_a_killed_call_left_behind_is_removed(tmp_path: Path) -> None:
    folder = write_openalex(tmp_path / "oa", TWO_DAYS)
    build(tmp_path, folder)
    stray = tmp_path / "index" / "records" / "openalex" / "part-000007.tmp"
    stray.write_bytes(b"half")
    build(tmp_path, folder)
    assert not stray.exists()


@pytest.mark.parametrize("step", ["_saved", "_sha256", "_drop", "_clean"])
@pytest.mark.parametrize("time", [1, 2, 3])
def test_killed_at_any_step_a_build_goes_on_and_until_then_nothing_is_held_against_it(
    step: str, time: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, index = write_openalex(tmp_path / "oa", TWO_DAYS), tmp_path / "index"
    real = getattr(bulk, step)
    kill_at(monkeypatch, bulk, step, time)
    try:
        build(tmp_path, folder)
    except Killed:
        if step != "_clean":
            with pytest.raises(UsageError, match=r"no index of a snapshot|not finished"):
                layout.load_finished(index)
    monkeypatch.setattr(bulk, step, real)
    build(tmp_path, folder)
    assert layout.load_finished(index).works == 3
    assert counting_works(index) == {1, 2, 3}
    assert [*bulk.check(index)] == []
    assert len([*index.rglob("*.parquet")]) == 5


def test_a_file_that_is_gone_or_cut_off_is_told_before_any_row_and_mended_by_the_next_build(tmp_path: Path) -> None:
    folder, index = write_openalex(tmp_path / "oa", TWO_DAYS), tmp_path / "index"
    first, second = build(tmp_path, folder).parts
    layout.keys_path(index, first).unlink()
    with pytest.raises(UsageError, match="part 0 is missing or cut off"):
        layout.load_finished(index)
    records = layout.records_path(index, second)
    records.write_bytes(records.read_bytes()[:100])
    build(tmp_path, folder)
    assert counting_works(index) == {1, 2, 3}
    assert [*bulk.check(index)] == []


def test_a_full_disk_is_a_sentence_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    monkeypatch.setattr(parquet.ParquetWriter, "write_table", full)
    with pytest.raises(UsageError, match=r"index: cannot be written \(No space left on device\)"):
        build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    assert not [*(tmp_path / "index" / "records").rglob("part-*")]


def test_check_names_what_is_not_as_it_was_built(tmp_path: Path) -> None:
    manifest = build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    assert [*bulk.check(tmp_path / "index")] == []
    layout.keys_path(tmp_path / "index", manifest.parts[0]).unlink()
    records = layout.records_path(tmp_path / "index", manifest.parts[1])
    records.write_bytes(records.read_bytes()[:-1] + b"?")
    assert [*bulk.check(tmp_path / "index")] == [
        "keys/openalex/part-000000.parquet: missing (openalex updated_date=2026-07-01/part_0000.gz)",
        "records/openalex/part-000001.parquet: not the file that was built "
        "(openalex updated_date=2026-08-01/part_0000.gz)",
    ]


def test_an_index_of_other_keys_is_refused(tmp_path: Path) -> None:
    build(tmp_path, write_openalex(tmp_path / "oa", TWO_DAYS))
    path = tmp_path / "index" / "manifest.json"
    path.write_text(path.read_text().replace('"keys": 1', '"keys": 0', 1))
    with pytest.raises(UsageError, match="build it again"):
        layout.load(tmp_path / "index")
