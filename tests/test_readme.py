import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli, main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def block(language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[0]  # type: ignore[no-any-return]


def test_the_row_of_the_readme_becomes_its_reference(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text(f"## 2021\n\n{block('markdown')}", encoding="utf-8")
    known, out = ROOT / "data/raw/known.bib", tmp_path / "out"
    arguments = ["--offline", "--quiet", "--known", str(known), "--cache", str(tmp_path / "c.db"), "--out", str(out)]
    assert main(["run", str(tmp_path / "list.md"), *arguments]) == 0
    assert (out / "references.bib").read_text(encoding="utf-8") == block("bibtex")


@pytest.mark.parametrize(("command", "text"), re.findall(r"^\| `enrich (\w+)(.*)\|$", README, re.MULTILINE))
def test_every_command_of_the_readme_has_the_flags_it_shows(command: str, text: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"]).output
    assert all(flag in shown for flag in re.findall(r"--[a-z-]+", text))


def test_the_readme_shows_every_command() -> None:
    assert set(cli.commands) == set(re.findall(r"^\| `enrich (\w+)", README, re.MULTILINE))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", README))))
def test_every_target_of_the_readme_is_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    prose = re.sub(r"^(`{3,}).*?^\1$", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", re.sub(r"`[^`]*`", "", prose))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_is_short() -> None:
    assert README.count("\n") < 250
