"""The command line: flags, exit statuses, what goes where, and what bad input does (nothing)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline.run
from pipeline import cli
from pipeline.edge.lock import lock
from tests.commandline import LIST, CommandLine, snapshot, write_list

COMMANDS = ("run", "plan", "check", "why", "review", "add", "diff", "evaluate")
OUTPUTS = {
    "catalog.json", "catalog.csv", "references.bib", "references.json", "references.ris", "references-retired.bib",
    "README.md", "index.html", "issues.md", "citations.csv", "feed.xml",
}  # fmt: skip
NOBODY_LISTENS = "http://127.0.0.1:9"
OFFLINE = ("--offline", "--today", "2026-11-22")


@pytest.fixture
def enrich(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line, in a folder of its own with a list."""
    monkeypatch.chdir(tmp_path)
    write_list()
    return CommandLine(capsys)


def catalog(folder: str = "data/enriched") -> dict[str, object]:
    read: dict[str, object] = json.loads(Path(folder, "catalog.json").read_text("utf-8"))
    return read


# What every command says about itself


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help(enrich: CommandLine, command: str) -> None:
    status, out, err = enrich(command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith(f"Usage: enrich {command} ")
    assert command in enrich("--help").out


def test_the_help_names_every_flag_of_a_run(enrich: CommandLine) -> None:
    said = enrich("run", "--help").out
    flags = "out cache known corrections offline refresh max-age budget-usd require-fresh dry-run summary today ascii"
    assert all(f"--{flag}" in said for flag in (*flags.split(), "explain-skips", "quiet"))


def test_help_imports_nothing_heavy() -> None:
    heavy = "httpx requests pyalex sqlite_utils sqlite3 rich markdown_it bibtexparser msgspec asyncio"
    code = f"""
import sys
from pipeline import cli
for arguments in (["--help"], *([command, "--help"] for command in {COMMANDS!r})):
    assert cli.main(arguments) == 0
print([name for name in {heavy!r}.split() if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize(
    "program", [["-m", "pipeline"], ["-c", "import sys; from pipeline.cli import main; sys.exit(main())"]]
)
def test_module_and_script_are_the_same(program: list[str]) -> None:
    done = subprocess.run([sys.executable, *program, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "enrich, version 0.1.0\n")


# Exit statuses


def test_a_run_without_a_network_ends_with_0_and_all_outputs(enrich: CommandLine) -> None:
    status, out, err = enrich("run", *OFFLINE)
    assert (status, err) == (0, "")
    assert "3 papers (3 works): 3 linked" in out
    assert set(snapshot(Path("data/enriched"))) >= OUTPUTS
    assert "references/2021.bib" in snapshot(Path("data/enriched"))


def test_1_an_expectation_is_missed_after_writing(enrich: CommandLine) -> None:
    Path("data/raw/enrich.toml").write_text('[list."list.md"]\nmin_entries = 40\n', "utf-8")
    status, _, err = enrich("run", *OFFLINE)
    assert (status, err) == (
        1, "enrich: expectation missed: data/raw/list.md: 3 papers, at least 40 expected\n",
    )  # fmt: skip
    assert len(catalog()["papers"]) == 3  # type: ignore[arg-type]


def test_1_check_has_findings(enrich: CommandLine) -> None:
    write_list(text=LIST + LIST.splitlines()[6] + "\n")
    status, out, _ = enrich("check")
    assert (status, out) == (
        1, "data/raw/list.md:10: duplicate: Line 7 lists the same paper (same doi 10.5555/case.118).\n",
    )  # fmt: skip


def test_3_is_a_fault_of_ours_with_its_traceback_on_stderr(
    enrich: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("not thought of")

    monkeypatch.setattr(pipeline.run, "run", fail)
    status, out, err = enrich("run", *OFFLINE)
    assert (status, out) == (cli.INTERNAL_ERROR, "")
    assert "KeyError: 'not thought of'" in err
    assert err.splitlines()[-1].startswith("enrich: internal error")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "out/catalog.json"), "out/catalog.json: No space left on device."),
        (OSError(5, "Input/output error"), "Input/output error."),
        (TimeoutError(), "TimeoutError."),
    ],
    ids=["with a file", "without one", "without words"],
)
def test_2_is_the_systems_word_and_no_fault_of_ours(
    enrich: CommandLine, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline.run, "run", fail)
    assert enrich("run", *OFFLINE) == (2, "", f"enrich: {said}\n")


def test_4_another_run_holds_the_folder(enrich: CommandLine) -> None:
    Path("data/raw/enrich.toml").write_text("lock_wait_s = 0\n", "utf-8")
    with lock(Path("data/enriched"), wait_s=0):
        status, out, err = enrich("run", *OFFLINE)
    assert (status, out) == (4, "")
    assert err.startswith("enrich: data/enriched: another run holds it")
    assert not Path("data/enriched/catalog.json").exists()


def test_5_nothing_was_fresh_after_writing(enrich: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENALEX_URL", "CROSSREF_URL", "DATACITE_URL", "DOI_URL"):
        monkeypatch.setenv(name, NOBODY_LISTENS)
    status, _, err = enrich("run", "--today", "2026-11-22", "--require-fresh")
    assert status == 5
    assert "enrich: not fresh: no usable answer from crossref, datacite, openalex\n" in err
    assert "No source could be reached" in err
    assert len(catalog()["papers"]) == 3  # type: ignore[arg-type]


def test_130_is_an_interruption(enrich: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.run, "run", interrupt)
    assert enrich("run").status == 130


WRONG_USAGE = [(), ("nonsense",), ("run", "--nonsense"), ("why",), ("diff", "a"), ("add",), ("evaluate", "gold.csv"),
               ("run", "--max-age", "long"), ("check", "--format", "xml")]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=[" ".join(one) or "nothing" for one in WRONG_USAGE])
def test_2_wrong_usage_shows_how_it_is_used(enrich: CommandLine, arguments: tuple[str, ...]) -> None:
    status, out, err = enrich(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: enrich ")


# Bad input: one sentence, status 2, nothing written or lost

ENRICHED = Path("data/enriched")
LIST_FILE, OTHER_FILE, SETTINGS = "data/raw/list.md", "b/list.md", "data/raw/enrich.toml"
KNOWN, CORRECTIONS = "data/raw/known.bib", "data/raw/corrections.toml"
NO_PAPER = "data/raw/list.md: no papers were found in it."
BAD: list[tuple[str, tuple[str, str | bytes | None], tuple[str, ...], str]] = [
    ("list missing", (LIST_FILE, None), (LIST_FILE,), "data/raw/list.md: no such file."),
    (
        "no list at all",
        (LIST_FILE, None),
        (),
        "no list: there is no data/raw/*.md here, and none was named; `enrich init` sets one up.",
    ),
    ("list empty", (LIST_FILE, ""), (), NO_PAPER),
    ("list of no papers", (LIST_FILE, "# L\n\nProse.\n"), (), NO_PAPER),
    ("list a folder", ("data/x", ""), ("data",), "data: is a folder, a file is needed."),
    ("list not UTF-8", (LIST_FILE, b"# L\n\n\xff\n"), (), "data/raw/list.md:3: is not UTF-8 text."),
    ("lists of one name", (OTHER_FILE, LIST), (LIST_FILE, OTHER_FILE), "two lists are named list.md: their outputs"),
    ("known.bib broken", (KNOWN, "\n@misc{a, title = {x}\n"), (), "data/raw/known.bib:2: "),
    ("known.bib named, missing", ("x", ""), ("--known", "no.bib"), "no.bib: no such file."),
    ("known.bib named, a folder", ("x", ""), ("--known", "data"), "data: is a folder, a file is needed."),
    ("corrections broken", (CORRECTIONS, "[[correction]]\nentry = 1\n"), (), "data/raw/corrections.toml:2: "),
    ("corrections named, missing", ("x", ""), ("--corrections", "no.toml"), "no.toml: no such file."),
    ("settings broken", (SETTINGS, "a = 1\n"), (), "data/raw/enrich.toml:1: Object contains unknown field `a`."),
    ("settings not UTF-8", (SETTINGS, b"\xff"), (), "data/raw/enrich.toml:1: is not UTF-8 text."),
    ("folder is a file", ("x", ""), ("--out", "x"), "x: cannot be written (File exists)."),
    ("folder below a file", ("x", ""), ("--out", "x/out"), "x/out: cannot be written (Not a directory)."),
    ("summary nowhere", ("x", ""), ("--summary", "no/s.md"), "no/s.md: cannot be written"),
    ("no date", ("x", ""), ("--today", "tomorrow"), "--today tomorrow: not an ISO date such as 2026-11-22."),
    ("no age", ("x", ""), ("--max-age", "-1"), "--max-age -1.0: must be a number from 0 upwards."),
]


def put(path: str, content: str | bytes | None) -> None:
    """Write a file, or take it away."""
    target = Path(path)
    target.parent.mkdir(exist_ok=True)
    if content is None:
        target.unlink()
    else:
        target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(("file", "arguments", "sentence"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_2_bad_input_is_one_sentence_and_nothing_is_written(
    enrich: CommandLine, file: tuple[str, str | bytes | None], arguments: tuple[str, ...], sentence: str
) -> None:
    put(*file)
    before = snapshot(Path())
    status, out, err = enrich("run", "--offline", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"enrich: {sentence}")
    assert err.count("\n") == 1
    assert snapshot(Path()) == before


@pytest.mark.parametrize(
    "content", [b"{broken", b'{"schema": 2}', b"\xff", b""], ids=["JSON", "schema", "UTF-8", "empty"]
)
def test_2_a_catalog_that_cannot_be_read_is_not_overwritten(enrich: CommandLine, content: bytes) -> None:
    ENRICHED.mkdir()
    (ENRICHED / "catalog.json").write_bytes(content)
    status, out, err = enrich("run", *OFFLINE)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("enrich: data/enriched/catalog.json")
    assert {name: data for name, data in snapshot(ENRICHED).items() if not name.startswith(".")} == {
        "catalog.json": content
    }


def test_2_a_folder_where_nobody_may_write(enrich: CommandLine) -> None:
    status, _, err = enrich("run", *OFFLINE, "--out", "/proc/enriched")  # not even root may
    assert (status, err.count("\n")) == (2, 1)
    assert err.startswith("enrich: /proc/enriched: cannot be written (")


@pytest.mark.parametrize("name", ["ENRICH_MAILTO", "OPENALEX_URL"])
def test_2_an_environment_that_cannot_be_meant(enrich: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "nonsense")
    status, out, err = enrich("run", *OFFLINE)
    assert (status, out) == (2, "")
    assert err.startswith(f"enrich: {name} is not a ")


def test_a_blank_variable_is_unset(enrich: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENRICH_MAILTO", "  ")
    assert enrich("run", *OFFLINE).status == 0


def test_an_unusable_cache_costs_answers_and_nothing_else(enrich: CommandLine) -> None:
    Path("cache.db").write_text("no database")
    status, _, err = enrich("run", *OFFLINE, "--cache", "cache.db")
    assert (status, err) == (0, "the cache is not usable (file is not a database); this run goes without it\n")
    assert Path("cache.db").read_text() == "no database"


# What goes where


def test_quiet_says_nothing_at_all(enrich: CommandLine) -> None:
    assert enrich("run", *OFFLINE, "--quiet") == (0, "", "")
    assert ENRICHED.is_dir()


def test_a_dry_run_says_everything_and_writes_nothing(enrich: CommandLine) -> None:
    before = snapshot(Path())
    status, out, _ = enrich("run", *OFFLINE, "--dry-run")
    assert (status, snapshot(Path())) == (0, before)
    assert "3 papers" in out


def test_a_second_run_writes_the_same_bytes(enrich: CommandLine) -> None:
    enrich("run", *OFFLINE)
    before = snapshot(ENRICHED)
    enrich("run", *OFFLINE)
    assert snapshot(ENRICHED) == before


def test_several_lists_write_into_a_folder_each(enrich: CommandLine) -> None:
    write_list("data/raw/other.md")
    write_list("data/raw/README.md")
    assert enrich("run", *OFFLINE).status == 0
    assert {path.parent.name for path in ENRICHED.rglob("catalog.json")} == {"list", "other"}
    assert catalog("data/enriched/other")["list"] == {"path": "data/raw/other.md", "title": "Papers of Nowhere"}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("data/raw/list.md", "data/raw/list.md"),
        ("./data/../data/raw/list.md", "data/raw/list.md"),
        ("ABOVE", "list.md"),
    ],
)
def test_no_output_holds_an_absolute_path(
    enrich: CommandLine, monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    above, out = Path.cwd(), Path.cwd() / "out"
    if given == "ABOVE":
        (above / "elsewhere").mkdir()
        monkeypatch.chdir("elsewhere")
        given = str(above / "data/raw/list.md")
    enrich("run", given, "--out", out, *OFFLINE, "--summary", out.parent / "summary.md")
    assert catalog(str(out))["list"]["path"] == path  # type: ignore[index]
    written = {**snapshot(out), "summary": (out.parent / "summary.md").read_bytes()}
    assert not [name for name, content in written.items() if str(above).encode() in content]


def test_the_summary_is_a_file_of_markdown(enrich: CommandLine) -> None:
    enrich("run", *OFFLINE, "--summary", "summary.md")
    assert "Rosel pretraining of cardiac encoders" in Path("summary.md").read_text("utf-8")


def test_ascii_encodes_the_bib_files_and_nothing_else(enrich: CommandLine) -> None:
    write_list(text=LIST.replace("Kaluman", "Kálumán"))
    enrich("run", *OFFLINE, "--ascii")
    assert (ENRICHED / "references.bib").read_bytes().isascii()
    assert "Kálumán" in (ENRICHED / "catalog.json").read_text("utf-8")


def test_skipped_lines_are_explained_when_asked(enrich: CommandLine) -> None:
    write_list(text=LIST + "\n[![Awesome](https://awesome.re/badge.svg)](https://awesome.re/)\n")
    assert "list.md:11" in enrich("run", *OFFLINE, "--explain-skips").out
    assert "list.md:11" not in enrich("run", *OFFLINE).out
