"""One toy list from end to end: every output as text, a second run, and keys that stay.

Each row of `data/toy/list.md` is there for one difficulty (`data/toy/README.md`). `UPDATE_GOLDEN=1` (or `make
update-golden`) writes the golden outputs anew; read the diff before you commit it.
"""

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from tests.commandline import snapshot
from tests.services import StandIn
from tests.services.port import environment, on_port

TOY = Path(__file__).parent / "data" / "toy"
GOLDEN = TOY / "golden"
LIST, KNOWN, OUT = Path("list.md"), Path("known.bib"), Path("out")
NAMES = ("catalog.json", "catalog.csv", "references.bib", "references.json", "references.ris", "citations.csv",
         "issues.md", "README.md", "feed.xml", "references/2021.bib")  # fmt: skip


def run(*more: str, cache: str = "cache.db") -> None:
    """Enrich the list of the working directory."""
    arguments = ["--out", "out", "--cache", cache, "--known", "known.bib", "--corrections", "corrections.toml"]
    assert cli.main(["run", "list.md", *arguments, "--today", "2026-11-22", *more]) == 0


def papers() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((OUT / "catalog.json").read_text("utf-8"))["papers"]
    return read


def keys() -> dict[str, str]:
    """Folded listed title -> key, for every minted key."""
    return {row["listed"]["title"].casefold(): row["key"] for row in papers() if not row["key_provisional"]}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, StandIn, dict[str, str]]]:
    """A folder after the first run, the services that have answered, and the way to them."""
    folder, stand_in = tmp_path_factory.mktemp("toy"), StandIn(limits=False, keys={"sesame"})
    for name in ("list.md", "known.bib", "corrections.toml"):
        shutil.copy(TOY / name, folder)
    with on_port(stand_in) as bases, pytest.MonkeyPatch.context() as patch:
        variables = {**environment(bases), "OPENALEX_API_KEY": "sesame", "ENRICH_MAILTO": "nobody@example.org"}
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        run("--quiet")
        yield folder, stand_in, variables


@pytest.fixture
def services(first: tuple[Path, StandIn, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The services; the working directory is a copy of the first run's folder."""
    folder, stand_in, variables = first
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return stand_in


@pytest.mark.parametrize("name", NAMES)
def test_an_output_is_as_it_was(services: StandIn, name: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(OUT / name, golden)
    assert (OUT / name).read_text("utf-8") == golden.read_text("utf-8")


def test_the_services_were_asked_politely(services: StandIn) -> None:
    # Rates are measured elsewhere, with a clock that does not depend on this machine's load.
    violations = services.report["violations"]
    assert (violations["crossref"]["no-contact"], violations["openalex"]["paid-singleton"]) == (0, 0)


def test_a_second_run_asks_nothing_and_writes_the_same_bytes(services: StandIn) -> None:
    before, asked = snapshot(OUT), len(services.seen)
    run()
    assert len(services.seen) == asked
    assert snapshot(OUT) == before


def test_a_clone_without_a_cache_searches_nothing_and_writes_the_same_bytes(services: StandIn) -> None:
    before, asked = snapshot(OUT), len(services.seen)
    run(cache="other.db")
    assert not [seen.target for seen in services.seen[asked:] if "search" in seen.pool or "query." in seen.target]
    assert snapshot(OUT) == before


def test_no_published_key_changes_however_the_list_does(services: StandIn) -> None:
    before = keys()
    lines = LIST.read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith(("| 2", "| 1"))]
    shuffled = iter(random.Random(7).sample(rows, len(rows)))
    text = "\n".join(next(shuffled) if line in rows else line for line in lines)
    text = text.replace("Jumping scans of the Kaluman liver", "Jumping Scan of the Kaluman Livers")
    text = text.replace(
        "|---|---|---|---|\n", "|---|---|---|---|\n| 2018 | Denoising Another Spine | <https://example.org/n> | |\n"
    )
    LIST.write_text(text, "utf-8")
    fields = "title = {Denoising Another Spine}, author = {Retract, Otto}, year = {2018}, url = {https://example.org/n}"
    newcomer = f"\n@misc{{retract2018denoising,\n {fields}\n}}\n"
    KNOWN.write_text(KNOWN.read_text("utf-8") + newcomer, "utf-8")
    run("--offline")
    after = keys()
    assert after.pop("denoising another spine") == "retract2018denoisinga"
    before["jumping scan of the kaluman livers"] = before.pop("jumping scans of the kaluman liver")
    assert after == before


def test_a_paper_that_leaves_is_kept_and_finds_its_key_again(services: StandIn) -> None:
    before, text = snapshot(OUT), LIST.read_text("utf-8")
    LIST.write_text("".join(line for line in text.splitlines(keepends=True) if "Commas of the" not in line), "utf-8")
    run("--offline")
    retired = json.loads((OUT / "catalog.json").read_text("utf-8"))["retired"]
    assert [(row["key"], row["last_seen"]) for row in retired] == [("ma2015commas", "2026-11-22")]
    assert "{ma2015commas," in (OUT / "references-retired.bib").read_text("utf-8")
    assert "{ma2015commas," not in (OUT / "references.bib").read_text("utf-8")
    LIST.write_text(text, "utf-8")
    run()
    assert snapshot(OUT)["references.bib"] == before["references.bib"]
    assert json.loads((OUT / "catalog.json").read_text("utf-8"))["retired"] == []
