"""Real records of every kind, from the list to the files, each field as a person would cite it.

`data/fields/checks.jsonl` says what is expected and why, its README how a check reads. The records are those of the
services, cut to the fields that matter here.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string

from pipeline import cli
from pipeline.text import ascii_key, markup
from tests import latex
from tests.services import StandIn
from tests.services.library import from_values
from tests.services.port import environment, on_port

DATA = Path(__file__).parent / "data" / "fields"


def load(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


CHECKS = load("checks.jsonl")


class Outputs:
    """The files of one run, an entry of each found by DOI."""

    def __init__(self, folder: Path) -> None:
        papers = json.loads((folder / "catalog.json").read_text("utf-8"))["papers"]
        self.catalog = {row["ids"]["doi"]: row for row in papers}
        keys = {row["key"]: row["ids"]["doi"] for row in papers}
        bib = (folder / "references.bib").read_text("utf-8")
        self.raw = {keys[entry.key]: entry for entry in parse_string(bib).entries}
        texts = dict(re.findall(r"@\w+\{([^,]+),(.*?)\n\}", bib, re.DOTALL))
        self.entry = {doi: f"@{e.entry_type}{{{texts[e.key]}" for doi, e in self.raw.items()}
        self.csl = {keys[item["id"]]: item for item in json.loads((folder / "references.json").read_text("utf-8"))}
        self.ris = {}
        for record in (folder / "references.ris").read_text("utf-8").split("ER  - ")[:-1]:
            tags: dict[str, list[str]] = {}
            for line in record.strip().splitlines():
                tags.setdefault(line[:2], []).append(line[6:])
            self.ris[keys[tags["ID"][0]]] = tags

    def find(self, check: dict[str, Any]) -> Any:
        doi, field = check["doi"], check["field"]
        if check["where"] == "entry":
            return self.entry[doi]
        if check["where"] in ("bib", "rawbib"):
            entry = self.raw[doi]
            if field == "type":
                return entry.entry_type
            raw = next((one.value for one in entry.fields if one.key == field), None)
            return raw if check["where"] == "rawbib" or raw is None else plain(raw)
        if check["where"] == "ris":
            return next(iter(self.ris[doi].get(field, [])), None)
        found: Any = self.csl[doi] if check["where"] == "csl" else self.catalog[doi]
        for part in field.split("."):
            found = (found[int(part)] if isinstance(found, list) else found.get(part)) if found else None
        return found


def plain(raw: str) -> str:
    return latex.decode(raw).replace("--", "–")


def holds(op: str, found: Any, value: Any) -> bool:
    match op:
        case "is":
            return bool(found == value)
        case "isnot":
            return bool(found != value)
        case "present" | "absent":
            return bool(found) is (op == "present")
        case "has":
            return bool(value in (found or ""))
        case "hasnot":
            return bool(value not in (found or ""))
        case "re":
            return re.search(value, found or "") is not None
        case "folds":
            return ascii_key.fold(found or "") == ascii_key.fold(value)
        case "families":
            return bool([name.split(",")[0].strip("{}") for name in (found or "").split(" and ")] == value)
    raise ValueError(op)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    folder = tmp_path_factory.mktemp("fields")
    crossref = load("crossref.jsonl")
    rows = "".join(f"| {title(record)} | [link](https://doi.org/{record['DOI']}) |\n" for record in crossref)
    (folder / "list.md").write_text(f"# Works of all kinds\n\n| Title | Link |\n|---|---|\n{rows}", "utf-8")
    records = from_values(crossref=crossref, openalex=load("openalex.jsonl"))
    with on_port(StandIn(records, limits=False)) as bases, pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment(bases), "ENRICH_MAILTO": "nobody@example.org"}.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        assert cli.main(["run", "list.md", "--out", "out", "--cache", "cache.db", "--today", "2026-11-22"]) == 0
    return Outputs(folder / "out")


@cache
def _untitled() -> str:
    return "A letter without a title of its own"


def title(record: dict[str, Any]) -> str:
    """What a list would call the work."""
    return (markup.clean(next(iter(record.get("title", [])), None)) or _untitled()).replace("|", "\\|")


@pytest.mark.parametrize(
    "check", [pytest.param(check, id=f"{check['kind']}-{check['doi']}-{check['field']}") for check in CHECKS]
)
def test_a_field_is_as_a_person_would_cite_it(outputs: Outputs, check: dict[str, Any]) -> None:
    found = outputs.find(check)
    assert holds(check["op"], found, check["value"]), f"{found!r}: {check['why']}"
