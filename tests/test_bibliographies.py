"""Lists that are no Markdown: a `.bib` is completed and loses nothing of the human's; tables and identifiers."""

import io
from functools import partial
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from pipeline.edge.open import open_desk
from pipeline.errors import UsageError
from pipeline.lists import bibliography
from pipeline.model import Paper
from pipeline.options import read
from pipeline.outputs import catalog
from pipeline.outputs.refill import refill
from pipeline.progress import Talk
from pipeline.run import run
from tests.commandline import CommandLine
from tests.services import Facts, StandIn, invent

ENTRIES = 500
WHO = {"OPENALEX_API_KEY": "sesame", "ENRICH_MAILTO": "nobody@example.org"}


async def _no_wait(seconds: float) -> None:
    """The stand-in keeps no limits here."""


def written(facts: Facts) -> str:
    """An entry as a human has it: a third with a DOI, all with a note, a file and a year of their own."""
    doi = f"\n  doi = {{{facts.doi}}}," if facts.doi and facts.number % 3 == 0 else ""
    given, family = facts.authors[0]
    said = f"title = {{{{{facts.title}}}}},\n  author = {{{family}, {given} and others}},\n  Year = {facts.year}, {doi}"
    own = f"note = {{read \\emph{{twice}} {facts.number}}},\n  file = {{:p/{facts.number}.pdf:PDF}}"
    return f"@article{{Own:{facts.number}/x,\n  {said}\n  {own}\n}}"


def enrich(
    text: str, name: str, papers: int, folder: Path, *, overwrite: bool = False
) -> tuple[tuple[Paper, ...], str]:
    """Run over a list, and return its papers and its `.bib`."""
    (folder / name).write_text(text, encoding="utf-8")
    stand_in = StandIn(invent.records(papers), keys={"sesame"}, limits=False)
    options = read(
        WHO, lists=(folder / name,), out=folder / "out", cache=folder / "c.db", overwrite=overwrite, today="2026-11-22"
    )
    opening = partial(open_desk, transport=stand_in.transport(), sleep=_no_wait)
    run(options, Talk(quiet=True, stream=io.StringIO()), opening=opening)
    found = catalog.read((folder / "out/catalog.json").read_text(encoding="utf-8"), "catalog.json").papers
    return found, (folder / "out/references.bib").read_text(encoding="utf-8")


def fields(text: str) -> dict[str, dict[str, str]]:
    blocks = parse_string(text, parse_stack=()).blocks
    assert all(isinstance(block, Entry) for block in blocks if block.__class__.__name__ != "ImplicitComment")
    return {b.key: {field.key: field.value for field in b.fields} for b in blocks if isinstance(b, Entry)}


def test_a_bib_of_500_loses_nothing_of_the_humans_and_gains_the_rest(tmp_path: Path) -> None:
    facts = list(invent.papers(ENTRIES))
    text = "% mine\n" + "\n\n".join(map(written, facts)) + "\n"
    papers, bib = enrich(text, "refs.bib", ENTRIES, tmp_path)
    before, after = fields(text), fields(bib)
    assert list(after) == list(before)
    assert all(before[key].items() <= after[key].items() for key in before)
    assert bib.startswith("% mine\n")
    assert [paper.key for paper in papers] == list(before)
    truth = [one.doi for one in facts]
    claimed = [paper.ids.doi if paper.type != "preprint" else None for paper in papers]
    right = sum(1 for told, true in zip(claimed, truth, strict=True) if told and told == true)
    assert right == sum(1 for told in claimed if told), "precision 1.000"
    assert (right, sum(1 for true in truth if true)) == (491, 491), "recall 1.000"
    assert all(paper.year == one.year for paper, one in zip(papers, facts, strict=True))


def test_the_sources_overrule_only_when_told_to(tmp_path: Path) -> None:
    (facts,) = list(invent.papers(1))
    own = str(facts.year + 1)
    text = written(facts).replace(f"Year = {facts.year}", f"Year = {own}")
    (kept,), bib = enrich(text, "a.bib", 1, tmp_path)
    assert (kept.year, kept.sources["year"], f"Year = {own}" in bib) == (facts.year + 1, "list", True)
    (overruled,), bib = enrich(text, "a.bib", 1, tmp_path, overwrite=True)
    assert (overruled.year, own in bib, "read \\emph{twice}" in bib) == (facts.year, False, True)


def test_identifiers_are_the_papers_they_name(tmp_path: Path) -> None:
    first, second = [one for one in invent.papers(20) if one.doi][:2]
    text = f"# mine\n{first.doi}\n\nhttps://doi.org/{second.doi}\n10.5555/nobody\n"
    papers, _ = enrich(text, "ids.txt", 20, tmp_path)
    assert [(paper.status, paper.title) for paper in papers] == [
        ("exact", first.title), ("exact", second.title), ("unmatched", "10.5555/nobody"),
    ]  # fmt: skip
    assert [paper.listed.line for paper in papers] == [2, 4, 5]


def test_a_table_is_read_by_its_header(tmp_path: Path) -> None:
    first, second = [one for one in invent.papers(20) if one.doi][:2]
    family = second.authors[0][1]
    text = f'Title,DOI,Year,Authors,key\n,{first.doi},,,\n"{second.title}",,{second.year},{family},mine\n'
    papers, _ = enrich(text, "t.csv", 20, tmp_path)
    assert [(paper.ids.doi, paper.key == "mine") for paper in papers] == [(first.doi, False), (second.doi, True)]


FORMS = [
    ("a.bib", "", "bib"), ("a.csv", "", "csv"), ("a.txt", "", "txt"), ("a.tsv", "", "csv"),
    ("list.md", "@misc{a,}", None),
    ("-", "\n@misc{a, title={x}}", "bib"), ("-", "doi,year\n", "csv"), ("-", "10.5555/a\n", "txt"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "form"), FORMS)
def test_a_form_is_told_by_name_and_standard_input_by_its_text(name: str, text: str, form: str | None) -> None:
    assert bibliography.find_form(name, text) == form


KEPT = [
    ("a comment between", "% c\n@misc{a, title={x}}\n% d\n", "% c\n@misc{a, title={x},\n  year = {2020}\n}\n% d\n"),
    ("a trailing comma", "@misc{a, title={x},\n}", "@misc{a, title={x},\n  year = {2020}\n}"),
    ("a name of biblatex", "@misc{a, date={2019}}", "@misc{a, date={2019}}"),
    ("an entry that is not ours", "@misc{b, title={x}}", "@misc{b, title={x}}"),
    ("lines of Windows", "@misc{a,\r\n  title={x}\r\n}", "@misc{a,\r\n  title={x},\r\n  year = {2020}\r\n}"),
    ("a second entry of the key", "@misc{a, year={1}}\n@misc{a, t={x}}", "@misc{a, year={1}}\n@misc{a, t={x}}"),
    ("an entry that is not closed", "@misc{b, title={x\n@misc{a, year={1}}", "@misc{b, title={x\n@misc{a, year={1}}"),
    ("round brackets", "@misc(a, title={x})", "@misc(a, title={x},\n  year = {2020}\n)"),
    ("a string", "@string{j = {J}}\n@misc{a, year=j}", "@string{j = {J}}\n@misc{a, year=j}"),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "expected"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_what_a_human_wrote_stays_byte_for_byte(mine: str, expected: str) -> None:
    assert refill(mine, "@misc{a,\n  year = {2020}\n}") == expected


@pytest.mark.parametrize("name", ["journal", "booktitle", "crossref"])
def test_where_a_work_stands_is_said_once(name: str) -> None:
    mine = f"@misc{{a, {name}={{J}}}}"
    assert refill(mine, "@misc{a,\n  journal = {Journal}\n}") == mine


def test_what_overrules_takes_the_place_of_what_it_contradicts() -> None:
    mine = "@misc{a,\r\n  booktitle = {B},\r\n  date = {2019},\r\n  note = {mine}\r\n}"
    ours = "@article{a,\n  journal = {J},\n  year = {2020}\n}"
    assert refill(mine, ours, overwrite=True) == (
        "@article{a,\r\n  journal = {J},\r\n  year = {2020},\r\n  note = {mine}\r\n}"
    )


def test_of_a_work_that_nobody_knows_nothing_is_made_up(tmp_path: Path) -> None:
    text = "@misc{nobody, note={mine}}\n@proceedings{All, booktitle={Proceedings of X}}\n"
    papers, bib = enrich(text, "a.bib", 1, tmp_path)
    assert ([paper.status for paper in papers], bib) == (["unmatched", "unmatched"], text)


READ = [
    ("plain", "journal = {Medical {I}maging}", "Medical Imaging"),
    ("a string", "journal = TMI", "Medical Imaging"),
    ("strings of strings", "journal = both", "Medical Imaging Letters"),
    ("parts", 'journal = tmi # " # " # {Two}', "Medical Imaging # Two"),
    ("a string of nobody", "journal = nobody", "nobody"),
]  # fmt: skip
STRINGS = '@string{tmi = "Medical Imaging"}\n@string{both = tmi # " Letters"}\n'


@pytest.mark.parametrize(("field", "venue"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_strings_are_written_out_where_a_bib_is_read(field: str, venue: str) -> None:
    (entry,) = bibliography.read(f"{STRINGS}@article{{a, title={{Moss Lanterns}}, {field}}}", "bib").parsed.entries
    assert entry.venue == venue


def test_a_second_entry_of_a_key_is_read_and_told() -> None:
    text = '@misc{a, title={Moss}}\n@misc{a, title="Salt {T}ides", author={Doe, Jo and others}, year=2031}\n'
    found = bibliography.read(text, "bib")
    second = found.parsed.entries[1]
    assert (second.title, second.authors, second.year, second.line) == ("Salt Tides", ("Jo Doe",), 2031, 2)
    assert [issue.rule for issue in second.issues] == ["key-twice"]
    assert [one.key for one in found.given] == ["a", None]


def test_an_entry_that_is_not_closed_is_told_on_its_line_and_hides_no_other(tmp_path: Path) -> None:
    text = "@misc{a, title={Moss}}\n@misc{b, title={Salt\n@misc{c, title={Tides}}\n"
    found = bibliography.read(text, "bib")
    assert [(issue.rule, issue.line) for issue in found.issues] == [("bib-broken", 2)]
    assert [one.key for one in found.given] == ["a", "c"]
    enrich(text, "a.bib", 1, tmp_path)
    assert "cannot be read: a brace" in (tmp_path / "out/issues.md").read_text(encoding="utf-8")


TABLES = [
    ("semicolons", 'Title;Year;Notes\nMoss;2031;"a; b"\n'),
    ("tabs", "Title\tYear\nMoss\t2031\n"),
    ("lines of Windows", "\ufeffTitle,Year\r\nMoss,2031\r\n"),
    ("a comma in a column's name", '"Who, when",Title,Year\n,Moss,2031\n'),
    ("a cell of two lines before", 'Notes,Title,Year\n"a\nb",Moss,2031\n'),
    ("rows that name nothing", "Title,Year\n,\n,2030\nMoss,2031\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_table_is_read_however_it_was_saved(text: str) -> None:
    (entry,) = bibliography.read(text, "csv").parsed.entries
    assert (entry.title, entry.year) == ("Moss", 2031)


def test_a_cell_may_be_as_long_as_its_file() -> None:
    entries = bibliography.read(f'Title,Notes\nMoss,"{"x" * 200_000}"\nSalt,\n', "csv").parsed.entries
    assert [entry.title for entry in entries] == ["Moss", "Salt"]
    assert bibliography.find_form("-", "x" * 200_000) == "txt"


def test_a_row_is_on_the_line_where_it_begins() -> None:
    entries = bibliography.read('Title,Notes\n"Moss\n Lanterns",x\nSalt,"a\nb"\nTides,\n', "csv").parsed.entries
    assert [(entry.title, entry.line) for entry in entries] == [("Moss Lanterns", 2), ("Salt", 4), ("Tides", 6)]


NOTHING = [
    ("a.bib", "% only mine\n", "It needs an entry"), ("a.csv", "Rating,Who\n5,me\n", "must name the columns"),
    ("a.tsv", "", "must name the columns"), ("a.txt", "# nothing\n", "on each line"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "needed"), NOTHING)
def test_a_list_without_papers_is_told_what_it_needs(name: str, text: str, needed: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=needed):
        enrich(text, name, 1, tmp_path)


def test_a_key_that_no_document_can_cite_is_told() -> None:
    found = bibliography.read("@misc{a\\b, title={Moss Lanterns}}", "bib")
    assert [issue.rule for issue in found.parsed.entries[0].issues] == ["strange-key"]
    assert found.given[0].key is None


def test_a_bib_is_checked_as_a_bib(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "@misc{a, title={Moss Lanterns}}\n@misc{b, title={Salt\n@misc{a, title={Salt Tides}}\n"
    enrich(text, "a.bib", 1, tmp_path)
    monkeypatch.chdir(tmp_path)
    status, out, _ = CommandLine(capsys)("check", "a.bib", "--out", "out")
    told = [line.split(": ")[:2] for line in out.splitlines() if "unmatched" not in line]
    assert (status, told) == (1, [["a.bib:2", "bib-broken"], ["a.bib:3", "key-twice"]])


def test_standard_input_is_named_and_linked_to_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    typed = io.TextIOWrapper(io.BytesIO(b"@misc{a\\b, title={Moss Lanterns}}\n"))
    monkeypatch.setattr("sys.stdin", typed)
    _, out, _ = CommandLine(capsys)("run", "-", "--offline", "--out", "out")
    assert out.startswith("standard input: 1 paper (1 work)")
    told = (tmp_path / "out/issues.md").read_text(encoding="utf-8")
    assert ("in standard input, the most" in told, "- line 1 **Moss" in told, "](" in told) == (True, True, False)
