"""`enrich snapshot` and `enrich match` from the command line."""

from pathlib import Path

import pytest

from pipeline.cli import main
from tests.bulk.published import work, write_openalex


def test_an_index_is_built_updated_checked_and_matched_against(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_openalex(tmp_path / "oa", {"2026-08-01": [work(1, "Folding invented proteins at home")]})
    index, rows = tmp_path / "index", tmp_path / "rows.csv"
    rows.write_text("title,year,authors\nFolding invented proteins at home,2020,Ada Example\n")
    build = ["snapshot", "build", "--openalex", str(folder), "--index", str(index), "--jobs", "1"]
    assert main(build) == 0
    assert "1 work in 1 part" in capsys.readouterr().out
    assert main(["snapshot", "update", "--index", str(index), "--jobs", "1"]) == 0
    assert main(["snapshot", "check", "--index", str(index)]) == 0
    assert "all as they were built" in capsys.readouterr().out
    asked = ["match", str(rows), "--index", str(index), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert main(asked) == 0
    assert main(asked) == 0  # nothing is left to do
    said = capsys.readouterr()
    assert said.out.split() in (["1", "matched", "1", "matched"], ["1", "open", "1", "open"])
    next((index / "keys").rglob("*.parquet")).unlink()
    assert main(["snapshot", "check", "--index", str(index)]) == 1
    capsys.readouterr()
    assert main([*asked[:5], str(tmp_path / "other")]) == 2
    assert "`enrich snapshot build` mends it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["snapshot", "build", "--index", "x"], "no snapshot: name its folder"),
        (["snapshot", "check", "--index", "x"], "no index of a snapshot is here"),
        (["match", "r.csv", "--index", "x", "--out", "o", "--engine", "spark"], "--engine spark needs --master"),
        (["match", "r.csv", "--index", "x", "--out", "o", "--master", "spark://h:1"], "--master goes with"),
    ],
)
def test_wrong_usage_is_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
