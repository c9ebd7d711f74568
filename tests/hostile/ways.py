"""The hostile table on its two ways in: what services answer, and what people write beside a list.

in -> out: a folder -> the outputs of a whole run of it. Every paper meets one string of the table, in all texts that
its sources, its row, known.bib, corrections.toml and enrich.toml have of it; only what names the work is as it was, so
that the work is found and the strings reach the outputs.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.text import latex
from tests.hostile.strings import TABLE
from tests.services import StandIn
from tests.services.invent import papers
from tests.services.library import Case
from tests.services.shapes.facts import Facts
from tests.services.stand_in import Reply
from tests.services.wire import Request
from tests.weeks import Week, World

_KEPT = frozenset({
    "id", "ids", "doi", "DOI", "type", "status", "message-type", "resourceTypeGeneral", "relatedIdentifier",
    "schemeUri", "date-time", "publication_date", "dateType", "titleType", "nameType", "oa_status", "agency",
    "identifier",
})  # fmt: skip
"""Names of what says which work it is, and of words from a table: those are played by `services/damage.py`."""
_TITLES = frozenset({"title", "display_name"})


def text_of(number: int) -> str:
    """Return the string that a paper meets; a lone surrogate is for the wire alone, as an escape of JSON."""
    return TABLE[number % len(TABLE)]


def sound(number: int) -> str:
    return text_of(number).encode("utf-8", "replace").decode()


def on_one_line(number: int) -> str:
    return " ".join(sound(number).split())


def run(folder: Path, *, ascii_only: bool = False) -> tuple[World, Week]:
    """Let a list with all that stands beside it meet services that answer with the table."""
    facts = [*papers(len(TABLE))]
    world = World(folder, [Case(facts=one) for one in facts])
    world.list_path.write_text(_list(facts), encoding="utf-8")
    (folder / "known.bib").write_text("\n".join(map(_known, facts[::3])), encoding="utf-8")
    (folder / "corrections.toml").write_text("\n".join(map(_correction, facts[1::3])), encoding="utf-8")
    (folder / "enrich.toml").write_text(_settings(facts), encoding="utf-8")
    known, corrections = folder / "known.bib", folder / "corrections.toml"
    return world, world.week(_answer_with_the_table, ascii_only=ascii_only, known=known, corrections=corrections)


def _list(facts: list[Facts]) -> str:
    head = "| Paper title | Journal/Conference | Category | Year | Link | Code |\n|---|---|---|---|---|---|\n"
    return "# Hostile\n\n" + head + "".join(map(_row, facts))


def _row(one: Facts) -> str:
    cell = on_one_line(one.number).replace("|", "\\|")
    link = f"https://doi.org/{one.doi}" if one.doi else f"https://arxiv.org/abs/{one.arxiv}"
    return f"| {one.title} | {cell} | {cell} | {one.year} | [Link]({link}) | [{cell}]({cell}) |\n"


def _known(one: Facts) -> str:
    said = latex.escape(sound(one.number)) or "x"
    name = f"doi = {{{one.doi}}}" if one.doi else f"eprint = {{{one.arxiv}}}, archiveprefix = {{arXiv}}"
    fields = ("booktitle", "journal", "publisher", "series", "volume", "number", "annotation", "language")
    told = "".join(f"  {field} = {{{said}}},\n" for field in fields)
    names = f"  author = {{{{{said}}} and Doe, {{{said}}}}},\n"
    return f"@article{{known{one.number},\n  title = {{{one.title}}},\n{names}{told}  {name}\n}}\n"


def _correction(one: Facts) -> str:
    said = json.dumps(sound(one.number), ensure_ascii=False).replace("\x7f", "\\u007f")
    field = ("title", "venue", "publisher", "volume", "pages", "abstract", "series")[one.number % 7]
    table = {"entry": json.dumps(one.title), "field": json.dumps(field), "value": said, "why": said, "by": said}
    return "[[correction]]\n" + "".join(f"{name} = {value}\n" for name, value in table.items())


def _settings(facts: list[Facts]) -> str:
    words = [json.dumps(sound(one.number), ensure_ascii=False).replace("\x7f", "\\u007f") for one in facts]
    columns = "\n".join(f'{word} = "ignore"' for word in dict.fromkeys(words))
    return f'[list."list.md"]\nignore_sections = [{", ".join(words)}]\n\n[list."list.md".columns]\n{columns}\n'


def _answer_with_the_table(stand_in: StandIn) -> None:
    honest: Callable[[str, Request], Reply] = stand_in.reply

    def reply(source: str, request: Request) -> Reply:
        made = honest(source, request)
        if made.response.status != 200:
            return made
        body = json.dumps(_spoilt(json.loads(made.response.body), 0)).encode()
        return replace(made, response=replace(made.response, body=body))

    stand_in.reply = reply  # type: ignore[method-assign]


def _spoilt(value: Any, number: int, name: str = "") -> Any:
    """Put the string of its paper into every text of a record."""
    match value:
        case dict():
            number = _number(value) or number
            return {key: inner if key in _KEPT else _spoilt(inner, number, key) for key, inner in value.items()}
        case list():
            return [_spoilt(inner, number, name) for inner in value]
        case str() if number and name in _TITLES and "Study" in value:
            return f"{value} {text_of(number)}"
        case str() if number and (number % 2 or name not in ("URL", "landing_page_url")):
            return text_of(number)
    return value


def _number(record: dict[str, Any]) -> int:
    """The number of the invented paper that a record is about, 0 for what is no record."""
    name = str(record.get("DOI") or record.get("doi") or record.get("id") or "").lower()
    for mark in ("10.5555/inv.", "/w99", "10.48550/arxiv."):
        _, found, rest = name.partition(mark)
        if found and (digits := rest.rpartition(".")[2][-6:]).isdigit():
            return int(digits) % 90_000
    return 0
