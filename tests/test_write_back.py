"""What goes back into the list, and the index of several: nothing else changes, and nothing is read back as papers."""

from pathlib import Path

import pytest

from pipeline import cli

ROWS = "# Moss\n\n## 2021\n\n| Title | Venue | Category | Link |\n|---|---|---|---|\n"
ROW = "| Deep Sets and Other Lanterns | NIPS | Theory | [Link](https://arxiv.org/abs/1703.06114) |\n"
BLOCK = (
    "\n<!-- enriched: begin -->\nold rows\n| Not a Paper at All | [Link](https://arxiv.org/abs/1703.00001) |\n"
    "<!-- enriched: end -->\n\nLicence: CC0\t\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*lists: str) -> None:
    assert (
        cli.main(["run", *lists, "--offline", "--out", "out", "--cache", "c.db", "--today", "2026-11-22", "--quiet"])
        == 0
    )


def allow() -> None:
    Path("enrich.toml").write_text('[list."list.md"]\nwrite_back = true\n', encoding="utf-8")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_what_stands_between_the_markers_changes(line_end: str) -> None:
    allow()
    text = (ROWS + ROW + BLOCK).replace("\n", line_end)
    Path("list.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    run("list.md")
    written = Path("list.md").read_bytes()
    before, _, rest = written.decode("utf-8-sig").partition("<!-- enriched: begin -->")
    inside, _, after = rest.partition("<!-- enriched: end -->")
    assert written.startswith(b"\xef\xbb\xbf")
    assert before == (ROWS + ROW + "\n").replace("\n", line_end)
    assert after == "\n\nLicence: CC0\t\n".replace("\n", line_end)
    assert "**[Deep Sets and Other Lanterns](https://doi.org/10.48550/arxiv.1703.06114)**" in inside
    assert "Not a Paper" not in inside
    assert inside.count("\n") == inside.count(line_end)
    run("list.md")
    assert Path("list.md").read_bytes() == written


def test_without_the_setting_the_list_is_not_touched() -> None:
    Path("list.md").write_text(ROWS + ROW + BLOCK, encoding="utf-8")
    run("list.md")
    assert Path("list.md").read_text(encoding="utf-8") == ROWS + ROW + BLOCK
    assert "Not a Paper" not in Path("out/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", ["", BLOCK + BLOCK, "<!-- enriched: end -->\n<!-- enriched: begin -->\n"])
def test_a_list_without_its_two_markers_is_not_touched_and_it_is_said(
    block: str, capsys: pytest.CaptureFixture[str]
) -> None:
    allow()
    Path("list.md").write_text(ROWS + ROW + block, encoding="utf-8")
    run("list.md")
    assert Path("list.md").read_text(encoding="utf-8") == ROWS + ROW + block
    assert "list.md has no place for the enriched rows" in capsys.readouterr().err


def test_several_lists_have_an_index() -> None:
    for name in ("moss", "a fern"):
        Path(f"{name}.md").write_text(ROWS.replace("Moss", f"{name} & | co") + ROW, encoding="utf-8")
    run("moss.md", "a fern.md")
    text = Path("out/README.md").read_text(encoding="utf-8")
    assert "| [moss &amp; &#124; co](moss/README.md) | 1 | 1 | 0 |" in text
    assert "[a fern &amp; &#124; co](a%20fern/README.md)" in text
    page = Path("out/index.html").read_text(encoding="utf-8")
    assert '<h2><a href="a%20fern/index.html">a fern &amp; | co</a></h2>' in page
    assert "<script" not in page
