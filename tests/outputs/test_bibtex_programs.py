"""The programs that researchers use read `references.bib`: bibtex, pdflatex, lualatex, biber, bibtex-tidy.

A machine without one of them skips its tests. The catalog of the repository is read too where there is one.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.model import Ids, Paper
from pipeline.outputs import bibtex, catalog
from tests.outputs.data.nasty import LATIN, NASTY, paper

CATALOG = Path(__file__).parents[2] / "data" / "enriched" / "catalog.json"
SETTINGS = {**os.environ, "max_print_line": "1000"}
DECLARED = r"\DeclareUnicodeCharacter{2264}{\ensuremath{\leq}}"
"""What docs/fields.md advises for a sign that pdflatex does not know: no command for it is read by Zotero too."""
LNCS = "Lecture Notes in Computer Science"
EVERY_TYPE = (
    paper("t1", type="article", volume="40", issue="10", pages="1-9", issn=("0278-0062",), month=3),
    paper("t2", type="inproceedings", volume="11767", pages="1-9", series=LNCS, isbn=("978-3-030-32251-9",)),
    paper("t3", type="inproceedings", venue="Advances", volume="33", publisher="Curran Associates, Inc."),
    paper("t4", type="book", venue=None, publisher="Springer", volume="7", series=LNCS, isbn=("978-3-030-32251-9",)),
    paper("t5", type="preprint", venue="arXiv", ids=Ids(doi="10.48550/arxiv.2101.04909", arxiv="2101.04909")),
    paper("t6", type="thesis", venue=None, publisher="Some University"),
    paper("t7", type="report", publisher="Some Institute", issue="7", pages="1-80"),
    paper("t8", type="dataset", publisher="Zenodo"),
    paper("t9", type="misc"),
    paper("t10", pages="1-35", article_number="112"),
)


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def has_file(name: str) -> bool:
    """Whether the TeX installation has a file."""
    return shutil.which("kpsewhich") is not None and bool(
        subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout
    )


def run(folder: Path, *command: str) -> str:
    """What a program says; it must not fail."""
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=SETTINGS)
    said = (ran.stdout + ran.stderr).decode(errors="replace")
    assert ran.returncode == 0, said[-3000:]
    return said


def warnings(folder: Path, bib: str, style: str) -> list[str]:
    """Let the classic bibtex make a reference list of everything; return its warnings."""
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    (folder / "doc.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n", encoding="utf-8")
    return [line for line in run(folder, "bibtex", "doc").splitlines() if line.startswith("Warning")]


def typeset(folder: Path, engine: str) -> str:
    """Typeset the reference list that `warnings` left; return the complaints of the log."""
    packages = f"\\usepackage[T1]{{fontenc}}{DECLARED}" if engine == "pdflatex" else "\\usepackage{fontspec}"
    natbib = "\\usepackage{natbib}" if "natexlab" in (folder / "doc.bbl").read_text(encoding="utf-8") else ""
    (folder / "doc.tex").write_text(
        f"\\documentclass{{article}}{packages}\\usepackage{{url}}{natbib}\\begin{{document}}\n"
        "\\input{doc.bbl}\n\\end{document}\n",
        encoding="utf-8",
    )
    command = [engine, "-interaction=batchmode", "doc"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False, env=SETTINGS)
    return complaints(folder)


def complaints(folder: Path) -> str:
    """The errors in the log of the last run."""
    log = (folder / "doc.log").read_text(encoding="utf-8", errors="replace")
    return "\n".join(line for line in log.splitlines() if line.startswith(("!", "l.")))


def papers_of_the_repository() -> Sequence[Paper]:
    return catalog.read(CATALOG.read_text(encoding="utf-8"), CATALOG.name).papers if CATALOG.exists() else ()


@needs("bibtex")
@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv", "ieeetr", "plainnat"])
@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "ASCII"])
def test_bibtex_takes_everything_and_misses_only_what_nobody_knows(
    tmp_path: Path, style: str, *, ascii_only: bool
) -> None:
    bib = bibtex.render([*NASTY, *EVERY_TYPE], ascii_only=ascii_only)
    assert warnings(tmp_path, bib, style) == ["Warning--empty author in nobody"]


@needs("bibtex")
@pytest.mark.parametrize("style", ["alpha", "abbrv", "ieeetr"])
def test_no_letter_of_a_name_is_cut_in_half(tmp_path: Path, style: str) -> None:
    warnings(tmp_path, bibtex.render(LATIN), style)
    assert "Brückner" not in (tmp_path / "doc.bbl").read_text(encoding="utf-8")


@needs("bibtex")
def test_ten_thousand_entries_are_no_trouble_for_bibtex(tmp_path: Path) -> None:
    many = [replace(LATIN[n % 20], key=f"{LATIN[n % 20].key}{n}") for n in range(10_000)]
    assert warnings(tmp_path, bibtex.render(many), "plain") == []


@needs("bibtex")
@needs("pdflatex")
@pytest.mark.parametrize("style", ["ieeetr", "alpha", "plainnat"])
def test_the_utf8_form_compiles_with_pdflatex(tmp_path: Path, style: str) -> None:
    warnings(tmp_path, bibtex.render([*LATIN, *EVERY_TYPE]), style)
    assert typeset(tmp_path, "pdflatex") == ""


@needs("bibtex")
@needs("pdflatex")
def test_the_ascii_form_compiles_with_pdflatex_whatever_the_script(tmp_path: Path) -> None:
    warnings(tmp_path, bibtex.render([*NASTY, *EVERY_TYPE], ascii_only=True), "ieeetr")
    assert typeset(tmp_path, "pdflatex") == ""


@needs("bibtex")
@needs("lualatex")
@pytest.mark.skipif(not has_file("luaotfload-main.lua"), reason="lualatex has no fonts")
def test_the_utf8_form_compiles_with_lualatex_whatever_the_script(tmp_path: Path) -> None:
    warnings(tmp_path, bibtex.render([*NASTY, *EVERY_TYPE]), "plain")
    assert typeset(tmp_path, "lualatex") == ""


@needs("biber")
@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "ASCII"])
def test_biber_finds_only_what_nobody_knows(tmp_path: Path, *, ascii_only: bool) -> None:
    crowd = {"crowd"}  # three thousand names take biber a while, and are no different from three
    bib = bibtex.render([one for one in (*NASTY, *EVERY_TYPE) if one.key not in crowd], ascii_only=ascii_only)
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    said = run(tmp_path, "biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "refs.bib")
    found = [line.split(" - ", 1)[1] for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert found == ["Datamodel: Entry 'nobody' (refs.bib): Missing mandatory field 'author'"]


@needs("biber")
@needs("pdflatex")
@pytest.mark.skipif(not has_file("biblatex.sty"), reason="biblatex is not installed")
def test_biblatex_typesets_the_utf8_form_with_pdflatex(tmp_path: Path) -> None:
    bib = bibtex.render([one for one in (*LATIN, *EVERY_TYPE) if one.key != "crowd"])
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    (tmp_path / "doc.tex").write_text(
        f"\\documentclass{{article}}\\usepackage[T1]{{fontenc}}{DECLARED}\\usepackage[maxbibnames=9]{{biblatex}}"
        "\\addbibresource{refs.bib}\\begin{document}\\nocite{*}\\printbibliography\\end{document}\n",
        encoding="utf-8",
    )
    run(tmp_path, "pdflatex", "-interaction=batchmode", "doc")
    # Without the option biber writes letters for commands, also those that pdflatex cannot type (Vietnamese ọ).
    run(tmp_path, "biber", "--output-safechars", "doc")
    subprocess.run(["pdflatex", "-interaction=batchmode", "doc"], cwd=tmp_path, capture_output=True, check=False)
    assert complaints(tmp_path) == ""


@needs("bibtex-tidy")
def test_bibtex_tidy_changes_white_space_only(tmp_path: Path) -> None:
    bib = bibtex.render([*NASTY, *EVERY_TYPE])
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    run(tmp_path, "bibtex-tidy", "refs.bib", "--no-escape", "--modify")
    tidied = (tmp_path / "refs.bib").read_text(encoding="utf-8")
    assert re.sub(r"\s", "", tidied) == re.sub(r"\s", "", bib)


@needs("bibtex")
@needs("pdflatex")
@pytest.mark.skipif(not CATALOG.exists(), reason="the catalog was never made")
def test_the_reference_list_of_the_repository_compiles(tmp_path: Path) -> None:
    papers = papers_of_the_repository()
    unknown = {f"Warning--empty author in {one.key}" for one in papers if not one.authors}
    found = warnings(tmp_path, bibtex.render(papers), "ieeetr")
    assert [line for line in found if line not in unknown] == []
    assert typeset(tmp_path, "pdflatex") == ""
