"""`enrich init`: another list, set up in place."""

from pathlib import Path

import pytest

from tests.commandline import CommandLine, snapshot, write_list

MADE = [".github/workflows/check.yml", ".github/workflows/refresh.yml", ".gitignore", "README.md", "enrich.toml"]
FROM = ("--action", "someone/enricher@v1.2.3")


def test_a_list_called_readme_is_found_and_set_up(enrich: CommandLine) -> None:
    write_list("README.md")
    Path("CONTRIBUTING.md").write_text("# How to contribute\n\nWrite to me.\n", "utf-8")
    status, out, _ = enrich("init", *FROM)
    assert (status, out.splitlines()[0]) == (0, "README.md: 3 papers")
    assert [name for name in sorted(snapshot(Path())) if name != "CONTRIBUTING.md"] == MADE
    assert 'lists = ["README.md"]\nout = "data/enriched"\n' in Path("enrich.toml").read_text("utf-8")
    refresh = Path(MADE[1]).read_text("utf-8")
    assert "uses: someone/enricher@v1.2.3\n" in refresh
    assert "uses: someone/enricher/publish@v1.2.3\n" in refresh
    assert "OWNER/REPO" not in refresh
    assert enrich("run", "--offline").status == 0
    assert Path("data/enriched/references.bib").is_file()


def test_twice_changes_nothing(enrich: CommandLine) -> None:
    write_list("README.md")
    enrich("init", *FROM)
    before = snapshot(Path())
    status, out, _ = enrich("init", *FROM)
    assert (status, out.count(": unchanged")) == (0, 4)
    assert snapshot(Path()) == before


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(enrich: CommandLine) -> None:
    write_list("README.md")
    status, out, _ = enrich("init", "--dry-run")
    assert (status, out.count(": new (not written)")) == (0, 4)
    assert list(snapshot(Path())) == ["README.md"]


def test_what_a_human_changed_is_kept_unless_said_otherwise(enrich: CommandLine) -> None:
    write_list("README.md")
    enrich("init", *FROM)
    check = Path(MADE[0])
    check.write_text("name: mine\n", "utf-8")
    assert f"{check}: kept" in enrich("init", *FROM).out
    assert check.read_text("utf-8") == "name: mine\n"
    assert f"{check}: changed" in enrich("init", "--yes", *FROM).out
    assert check.read_text("utf-8") != "name: mine\n"


def test_lines_of_gitignore_are_added_and_none_is_lost(enrich: CommandLine) -> None:
    write_list("README.md")
    Path(".gitignore").write_text("build/\ncache.db*\n", "utf-8")
    enrich("init")
    lines = Path(".gitignore").read_text("utf-8").splitlines()
    assert lines[:2] == ["build/", "cache.db*"]
    assert lines.count("cache.db*") == 1
    assert ".enrich.lock*" in lines


def test_settings_that_name_the_list_already_are_left_as_they_are(enrich: CommandLine) -> None:
    write_list("README.md")
    own = 'lists = ["README.md"]\nout = "site"\nlock_wait_s = 1\n'
    Path("enrich.toml").write_text(own, "utf-8")
    enrich("init", "--yes")
    assert Path("enrich.toml").read_text("utf-8") == own


def test_the_file_with_most_papers_is_taken_and_the_others_are_named(enrich: CommandLine) -> None:
    write_list("README.md")
    Path("more.md").write_text("- [Salt Tides of an Invented Coast](https://doi.org/10.5555/salt)\n", "utf-8")
    assert "more.md (1)" in enrich("init", "--dry-run").out
    out = enrich("init", "--list", "README.md", "--list", "more.md").out
    assert "README.md: 3 papers\nmore.md: 1 paper" in out
    assert '["README.md", "more.md"]' in Path("enrich.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no list: no Markdown file here lists a paper; name it with --list."),
        (
            ("--list", "empty.md"),
            "empty.md: no papers were found in it. It holds no link. A row needs a title and the link to its paper, or "
            "authors, title and year.",
        ),
        (("--list", "no.md"), "no.md: no such file."),
    ],
    ids=["none", "without papers", "missing"],
)
def test_2_there_is_no_list(enrich: CommandLine, arguments: tuple[str, ...], message: str) -> None:
    Path("empty.md").write_text("# Nothing\n", "utf-8")
    assert enrich("init", *arguments) == (2, "", f"enrich: {message}\n")
