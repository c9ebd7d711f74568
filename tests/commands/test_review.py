"""`enrich review`: decisions of a human, written down one by one and obeyed by the next run."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pipeline.model import Candidate, Ids, Issue, Paper, Resolution
from pipeline.outputs import catalog as catalog_file
from pipeline.sources import corrections
from pipeline.sources.corrections import Correction
from tests.commandline import CommandLine, Outcome, write_list
from tests.stages.invented_papers import catalog, paper

CANDIDATES = (
    Candidate(doi="10.5555/a", title="Rosel maps of hearts", score=0.91, evidence=("same year",)),
    Candidate(doi="10.5555/b", title="Rosel maps of hearts: Part II", score=0.9),
    Candidate(title="Rosel maps, without a DOI", score=0.5),
)
AMBIGUOUS = paper(
    3, "Rosel Maps of Hearts", authors="", key="entry-1", status="ambiguous",
    resolution=Resolution(candidates=CANDIDATES),
)  # fmt: skip
UNMATCHED = paper(5, "Salt Tides of Nowhere", key="quill2021salt", status="unmatched")
CONTESTED = paper(
    7, "Twin Records", key="ins2022twin", ids=Ids(doi="10.5555/t"), url="https://doi.org/10.5555/new",
    issues=(Issue(rule="identity-contested", line=7, message="The link now names 10.5555/new."),),
)  # fmt: skip
SETTLED = paper(9, "Nothing To Decide", key="quill2021nothing")
FILE = Path("data/raw/corrections.toml")


def write_catalog(*papers: Paper, folder: str = "data/enriched") -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "catalog.json").write_text(catalog_file.render(catalog(*papers)), "utf-8")
    Path("data/raw").mkdir(parents=True, exist_ok=True)


@pytest.fixture
def answer(enrich: CommandLine, monkeypatch: pytest.MonkeyPatch) -> "Answer":
    return Answer(enrich, monkeypatch)


class Answer:
    """Runs the review with answers typed."""

    def __init__(self, enrich: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
        self._enrich, self._monkeypatch = enrich, monkeypatch

    def __call__(self, *lines: str, arguments: tuple[str, ...] = ("--today", "2026-11-22")) -> Outcome:
        self._monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return self._enrich("review", *arguments)


def written() -> list[Correction]:
    return list(corrections.read(FILE.read_text("utf-8"))) if FILE.exists() else []


DECISIONS: list[tuple[str, Paper, str, dict[str, object]]] = [
    ("a candidate", AMBIGUOUS, "1", {"is_": "10.5555/a"}),
    ("another DOI", AMBIGUOUS, "https://doi.org/10.5555/C", {"is_": "10.5555/c"}),
    ("an arXiv id", AMBIGUOUS, "2101.00001v2", {"is_": "arxiv:2101.00001"}),
    ("a work of OpenAlex", AMBIGUOUS, "w123", {"is_": "W123"}),
    ("none of these", AMBIGUOUS, "n", {"is_not": ("10.5555/a", "10.5555/b")}),
    ("in no source", AMBIGUOUS, "u", {"is_": "none"}),
    ("an unmatched paper", UNMATCHED, "10.5555/s", {"is_": "10.5555/s"}),
    ("as it was", CONTESTED, "1", {"is_": "10.5555/t"}),
    ("as the link says now", CONTESTED, "2", {"is_": "10.5555/new"}),
]


@pytest.mark.parametrize(
    ("row", "typed", "decision"), [case[1:] for case in DECISIONS], ids=[case[0] for case in DECISIONS]
)
def test_a_decision_is_written_with_its_reason_and_day(
    answer: Answer, row: Paper, typed: str, decision: dict[str, object]
) -> None:
    write_catalog(row)
    status, out, _ = answer(typed, "I have read it")
    name = row.listed.title if row.key_provisional else row.key
    expected = Correction(entry=name, why="I have read it", on="2026-11-22", line=1, **decision)  # type: ignore[arg-type]
    assert (status, written()) == (0, [expected])
    assert out == "1 written to data/raw/corrections.toml, 0 left. The next `enrich run` obeys.\n"


def test_only_what_is_undecided_is_asked_and_shown_with_its_evidence(answer: Answer) -> None:
    write_catalog(SETTLED, AMBIGUOUS, paper(4, status="ambiguous", key="x", duplicate_of=3))
    _, out, err = answer("s")
    assert "[1/1] line 3, ambiguous: Rosel Maps of Hearts" in err
    assert "1. 10.5555/a “Rosel maps of hearts”\n       score 0.91\n       same year\n" in err
    assert "3. no DOI “Rosel maps, without a DOI”" in err
    assert out == "0 written to data/raw/corrections.toml, 1 left. The next `enrich run` obeys.\n"


@pytest.mark.parametrize("typed", ["s", "q"])
def test_to_skip_or_to_quit_writes_nothing(answer: Answer, typed: str) -> None:
    write_catalog(AMBIGUOUS)
    assert answer(typed).status == 0
    assert not FILE.exists()


@pytest.mark.parametrize("typed", ["4", "0", "3", "Rosel", "https://example.org/", "10.65215/copy"])
def test_what_is_no_answer_is_asked_again(answer: Answer, typed: str) -> None:
    write_catalog(AMBIGUOUS)
    _, _, err = answer(typed, "s")
    assert f"“{typed}” is not one of these." in err
    assert not FILE.exists()


def test_a_note_is_optional(answer: Answer) -> None:
    write_catalog(AMBIGUOUS)
    answer("1", "  ")
    assert [one.why for one in written()] == ["decided in review"]


def test_back_takes_the_last_decision_back(answer: Answer) -> None:
    write_catalog(AMBIGUOUS, UNMATCHED)
    status, out, err = answer("1", "seen", "b", "n", "seen", "s")
    assert (status, "The last decision is taken back." in err) == (0, True)
    assert [(one.is_, one.is_not) for one in written()] == [(None, ("10.5555/a", "10.5555/b"))]
    assert out.startswith("1 written")


def test_pages_are_opened_and_the_question_asked_again(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    write_catalog(AMBIGUOUS)
    answer("o2", "o", "s")
    assert opened == ["https://doi.org/10.5555/b"]


@pytest.mark.parametrize("name", ["quill2021salt", "list.md:5", "salt tides of nowhere", "quill2021nothing"])
def test_one_paper_can_be_named(answer: Answer, name: str) -> None:
    write_catalog(AMBIGUOUS, UNMATCHED, SETTLED)
    status, _, err = answer("s", arguments=(name,))
    assert (status, "[1/1] line " in err) == (0, True)


def test_2_no_paper_bears_the_name(answer: Answer) -> None:
    write_catalog(AMBIGUOUS)
    assert answer(arguments=("nobody",))[0] == 2


def test_a_decision_that_gives_two_rows_one_work_is_asked_about(answer: Answer) -> None:
    write_catalog(UNMATCHED, CONTESTED)
    _, _, err = answer("10.5555/t", "n", "10.5555/t", "y", "seen", "q")
    assert "Line 7 is that work already: Twin Records" in err
    assert [one.is_ for one in written()] == ["10.5555/t"]


def test_a_candidate_of_another_title_is_asked_about(answer: Answer) -> None:
    fish = Resolution(candidates=(Candidate(doi="10.5555/fish", title="Tropical Fish: A Survey", score=0.4),))
    write_catalog(msgspec.structs.replace(UNMATCHED, resolution=fish))
    _, _, err = answer("1", "n", "s")
    assert "Its title is another one: Tropical Fish: A Survey" in err
    assert not FILE.exists()


def test_without_a_terminal_the_queue_is_printed(answer: Answer) -> None:
    write_catalog(AMBIGUOUS, UNMATCHED)
    status, out, _ = answer()
    assert (status, out.splitlines()[0]) == (0, "2 to decide; `enrich review` asks about them in a terminal.")
    assert "line 3: ambiguous: Rosel Maps of Hearts\n  10.5555/a “Rosel maps of hearts”\n" in out


def test_in_a_terminal(enrich: CommandLine) -> None:
    """The program itself, at a terminal of its own, with keys typed."""
    write_catalog(AMBIGUOUS, UNMATCHED)
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "review", "--today", "2026-11-22"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    program = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment)
    os.close(terminal)
    os.write(keyboard, b"1\nseen\nb\n1\n\nu\nno paper\n")
    assert program.wait(timeout=30) == 0
    os.close(keyboard)
    assert [(one.is_, one.why) for one in written()] == [("10.5555/a", "decided in review"), ("none", "no paper")]


def test_a_walk_that_is_broken_off_keeps_what_was_decided(answer: Answer) -> None:
    write_catalog(AMBIGUOUS, UNMATCHED)
    assert answer("1", "seen").status == 130
    assert [one.is_ for one in written()] == ["10.5555/a"]


def test_what_was_decided_is_not_asked_again(answer: Answer) -> None:
    write_catalog(AMBIGUOUS, UNMATCHED)
    answer("n", "seen", "u", "seen")
    assert answer().out == "Nothing is undecided.\n"


def test_a_denied_candidate_is_offered_no_more(answer: Answer) -> None:
    write_catalog(AMBIGUOUS)
    FILE.write_text('[[correction]]\nentry = "Rosel Maps of Hearts"\nis_not = "10.5555/a"\nwhy = "seen"', "utf-8")
    answer("1", "seen")
    assert [one.is_ for one in written()] == [None, "10.5555/b"]


def test_comments_and_older_decisions_stay(answer: Answer) -> None:
    write_catalog(AMBIGUOUS)
    before = '# Ours.\n[[correction]]\nentry = "x"\nis = "none"\nwhy = "y" # no line end'
    FILE.write_text(before, "utf-8")
    answer("1", 'a "quoted" reason \\ with signs')
    assert FILE.read_text("utf-8").startswith(before + "\n")
    assert written()[-1].why == 'a "quoted" reason \\ with signs'


def test_rows_of_one_title_are_named_by_their_links(answer: Answer) -> None:
    one = paper(3, "Rosel Maps", key="entry-1", authors="", status="unmatched", url="https://example.org/1")
    two = paper(5, "Rosel maps", key="entry-2", authors="", status="unmatched", url="https://example.org/2")
    write_catalog(one, two)
    answer("u", "seen", "s")
    assert [decision.entry for decision in written()] == ["https://example.org/1"]


def test_catalogs_of_several_lists_are_walked_through(answer: Answer) -> None:
    write_catalog(AMBIGUOUS, folder="data/enriched/one")
    write_catalog(UNMATCHED, folder="data/enriched/two")
    assert answer("s", "u", "seen").out.startswith("1 written")


def test_the_next_run_obeys(answer: Answer, enrich: CommandLine) -> None:
    write_list(text="# L\n\n- Rosel Maps of Hearts. [[pdf]](https://example.org/rosel)\n")
    write_catalog(AMBIGUOUS)
    answer("1", "seen")
    assert enrich("run", "--offline").status == 0
    (found,) = json.loads(Path("data/enriched/catalog.json").read_text("utf-8"))["papers"]
    assert (found["status"], found["ids"]["doi"]) == ("corrected", "10.5555/a")
    assert "seen" in found["resolution"]["evidence"]


NO_CATALOG = "data/enriched: there is no catalog.json yet; `enrich run` writes it."


def test_bad_input_ends_with_2(answer: Answer) -> None:
    assert answer("1", "seen") == (2, "", f"enrich: {NO_CATALOG}\n")
    write_catalog(AMBIGUOUS)
    FILE.write_text("x = 1\n", "utf-8")
    assert answer("1", "seen").err.startswith("enrich: data/raw/corrections.toml:1: `x` is unknown")
    assert FILE.read_text("utf-8") == "x = 1\n"
    Path("data/enriched/catalog.json").write_text("{", "utf-8")
    status, _, err = answer("1", "seen")
    assert status == 2
    assert err.startswith("enrich: data/enriched/catalog.json cannot be read")
