"""The hostile table through what people and we ourselves write: lists, corrections, catalogs, caches.

The commands run as they do for a user, on a terminal: what they print moves no cursor, and no runner obeys it.
"""

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.outputs import bibtex, catalog, retired
from tests.commandline import CommandLine
from tests.hostile import world
from tests.hostile.strings import TABLE
from tests.outputs.data.nasty import NASTY
from tests.weeks import World

ROOT = Path(__file__).parents[2]
ON_ONE_LINE = [
    text.encode("utf-8", "replace").decode() for text in TABLE if not set(text) & set("\n\r\x85\u2028\u2029")
]
SHOWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[[0-9]*[ABCDGKJ]|\x1b\[\?25[hl]")
"""What our own bars and colours send."""
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|(?m:^\\s*(?:::|##\\[))")
CONSTRAINED = ("key", "date", "stale_since", "status", "type")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.tex").write_text("LEAKED")
    return tmp_path


def write_list(path: Path) -> Path:
    """A list with each text as title, as venue, as category, as heading, and as link."""
    lines = ["# Hostile", "", "| Paper title | Venue | Category | Year | Link |", "|---|---|---|---|---|"]
    for number, text in enumerate(ON_ONE_LINE):
        cell = text.replace("|", "\\|")
        lines.append(f"| {cell} | {cell} | {cell} | 2021 | [Link](https://doi.org/10.5555/x{number}) |")
    for number, text in enumerate(ON_ONE_LINE):
        lines += [f"## {text}", f"- {text}, {text}, 2021. [pdf](https://example.org/{number}) [code]({text})"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_own(folder: Path) -> None:
    """What a maintainer writes beside the list."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in ON_ONE_LINE if text.isprintable()]
    rows = [f"[[correction]]\nentry = {text}\nfield = 'venue'\nvalue = {text}\nwhy = {text}\n" for text in quoted]
    (folder / "corrections.toml").write_text("\n".join(rows), encoding="utf-8")


def on_a_terminal(folder: Path, *arguments: str, typed: bytes = b"") -> tuple[int, str]:
    """Run a command on a terminal of its own, and return its status and all that it sent there."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "pipeline", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, cwd=folder, env=env) as process:
        os.close(its)
        if typed:
            os.write(ours, typed)
        sent = bytearray()
        try:
            while part := os.read(ours, 65_536):
                sent += part
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return process.returncode, sent.decode("utf-8", "replace")


def check_inert(said: str) -> None:
    assert said
    assert [found[0] for found in ACTS.finditer(SHOWN.sub("", said.replace("\r\n", "\n")))] == []
    assert "Traceback" not in said


def test_commands_on_a_terminal_show_a_hostile_list_as_text(folder: Path) -> None:
    write_list(folder / "list.md")
    write_own(folder)
    given = ("list.md", "--out", "out", "--corrections", "corrections.toml")
    status, said = on_a_terminal(folder, "run", *given, "--offline", "--explain-skips", "--cache", "cache.db")
    check_inert(said)
    assert status == 0
    assert not list(folder.glob("pwned*"))
    assert {path.name for path in folder.iterdir()} == {"secret.tex", "list.md", "corrections.toml", "out"}
    for arguments in (
        ("check", "list.md", "--out", "out"),
        ("why", "list.md:12", "--out", "out"),
    ):
        status, said = on_a_terminal(folder, *arguments)
        check_inert(said)
        assert status in (0, 1)


def test_a_review_of_a_hostile_catalog_shows_text(folder: Path) -> None:
    for name in ("data/raw", "data/enriched"):
        (folder / name).mkdir(parents=True)
    write_list(folder / "data/raw/list.md")
    papers = world.undecided()
    (folder / "data/enriched/catalog.json").write_text(catalog.render(papers), encoding="utf-8")
    status, said = on_a_terminal(folder, "review", typed=b"s\n" * 300)
    check_inert(said)
    assert status == 0


@pytest.mark.parametrize("field", CONSTRAINED)
def test_what_is_no_free_text_is_refused_in_a_catalog(folder: Path, field: str) -> None:
    whole: dict[str, Any] = json.loads(catalog.render(world.made_of(["plain"])))
    for text in TABLE:
        whole["papers"][0][field] = text
        if field == "key" and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*", text):
            continue  # a key like any other
        with pytest.raises(UsageError, match="cannot be read as a catalog"):
            catalog.read(json.dumps(whole), "catalog.json")


@pytest.mark.parametrize("field", ["doi", "arxiv", "openalex", "pmid", "pmcid", "pii", "ieee", "openreview", "acl"])
def test_an_identifier_in_a_catalog_is_one_word_without_commands(folder: Path, field: str) -> None:
    whole: dict[str, Any] = json.loads(catalog.render(world.made_of(["plain"])))
    for text in TABLE:
        whole["papers"][0]["ids"][field] = text
        try:
            read = catalog.read(json.dumps(whole), "catalog.json").papers[0]
        except UsageError:
            continue
        value = getattr(read.ids, field) or ""
        assert not set(value) & set("\\{} \t\n\r")


def test_check_names_a_hostile_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    enrich = CommandLine(capsys)
    write_list(folder / "list.md")
    (folder / "out").mkdir()
    whole = catalog.render(world.made_of(["plain"])).replace('"key000"', json.dumps("x,\\input{secret}"))
    (folder / "out" / "catalog.json").write_text(whole, encoding="utf-8")
    status, out, _ = enrich("check", "list.md", "--out", "out")
    assert status == 1
    assert "catalog-unreadable" in out
    assert "`$.papers[0].key`" in out
    assert enrich("run", "list.md", "--out", "out", "--offline").status == 2


RETIRED = (
    '@preamble{"\\immediate\\write18{touch pwned}"}',
    "@string{jan = {x}}",
    "@comment{ @misc{a, title = {x}} }",
    "@misc{a, title = {\\input{secret}}}",
    "@misc{a, title = {^^5cinput{secret}}}",
    "@misc{a\\b, title = {x}}",
    "@misc{a, title = {x}, note = {\\csname input\\endcsname{secret}}}",
)


@pytest.mark.parametrize("text", RETIRED)
def test_what_no_run_writes_into_the_retired_references_is_named_and_stops_a_run(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    enrich = CommandLine(capsys)
    (folder / "list.md").write_text("- [Deep Sets](https://arxiv.org/abs/1703.06114)\n")
    assert enrich("run", "list.md", "--out", "out", "--offline").status == 0
    (folder / "out" / "references-retired.bib").write_text(f"% kept\n{text}\n")
    status, out, _ = enrich("check", "list.md", "--out", "out")
    assert (status, "out/references-retired.bib:2: bib-unsafe:" in out) == (1, True)
    status, _, err = enrich("run", "list.md", "--out", "out", "--offline")
    assert (status, err.count("\n")) == (2, 1)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_what_runs_write_there_is_kept(ascii_only: bool) -> None:
    text = bibtex.render([*world.hostile().papers, *NASTY], ascii_only=ascii_only)
    assert retired.find_foreign(text) is None
    assert retired.find_foreign("% by hand\n\n" + text) is None


def test_bodies_of_a_cache_are_read_as_answers_are(folder: Path) -> None:
    """What somebody wrote into the cache is no answer: nothing known changes."""
    (folder / "weeks").mkdir()
    weeks = World.of(folder / "weeks", 12)
    before = weeks.week().catalog
    with sqlite3.connect(weeks.cache) as connection:
        digests = [row[0] for row in connection.execute("select digest from bodies")]
        for number, digest in enumerate(digests):
            text = TABLE[number * 7 % len(TABLE)].encode("utf-8", "replace")
            whole = (text, json.dumps({"id": text.decode(), "DOI": text.decode(), "title": [text.decode()]}).encode())
            row = (zlib.compress(whole[number % 2]), digest)
            connection.execute("update bodies set data = ? where digest = ?", row)
    connection.close()
    after = weeks.week(days=0, offline=True).catalog
    assert [paper.title for paper in after.papers] == [paper.title for paper in before.papers]
    assert [paper.authors for paper in after.papers] == [paper.authors for paper in before.papers]
    assert [paper.ids for paper in after.papers] == [paper.ids for paper in before.papers]
