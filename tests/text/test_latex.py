"""LaTeX and back; the letters are proven by the program that prints them."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import latex
from pipeline.text.latex import _TYPEABLE as TYPEABLE
from tests.latex import decode

needs_pdflatex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
LATIN = [chr(code) for first, last in ((0xA1, 0x180), (0x1CD, 0x21C), (0x1E00, 0x1F00)) for code in range(first, last)]
SIGNS = "–—‘’“”„†‡•…‰‹›€№™αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΦΨΩ±×÷≤≥≠≈∞∑∏∫√∂∇∈∉⊂∪∩∧∨→←↔⇒°µ²³¹½¼¾⁵₂ℓ℃"


@pytest.mark.parametrize(
    ("text", "utf8", "ascii_only"),
    [
        pytest.param("R&D: 5% #1 $x_i$", r"R\&D: 5\% \#1 \$x\_i\$", r"R\&D: 5\% \#1 \$x\_i\$", id="specials"),
        pytest.param("{", r"{\textbraceleft}", r"{\textbraceleft}", id="a brace is never a brace"),
        pytest.param(r"\input{x}", r"{\textbackslash}input{\textbraceleft}x{\textbraceright}", None, id="commands"),
        pytest.param("~ ^", r"{\textasciitilde} {\textasciicircum}", None, id="accents without a letter"),
        pytest.param("Müller", "Müller", r"M{\"u}ller", id="what pdflatex knows stays in UTF-8"),
        pytest.param("e\u0301", "é", r"{\'e}", id="decomposed letters are composed"),
        pytest.param("Šš Łł ß ø ı", "Šš Łł ß ø ı", r"{\v{S}}{\v{s}} {\L}{\l} {\ss} {\o} {\i}", id="Latin letters"),
        pytest.param("ế", r"{\'{{\^{{e}}}}}", None, id="two accents, in braces that biber respects"),
        pytest.param("x̄", r"{\={{x}}}", None, id="a mark without a composed letter"),
        pytest.param("ș", "ș", r"{\textcommabelow{s}}", id="comma below is no cedilla"),
        pytest.param("β Γ ∞", r"$\beta$ {$\Gamma$} $\infty$", None, id="formulas that all readers know"),
        pytest.param("≤ ∼", "≤ ∼", r"$\leq$ $\sim$", id="formulas that not all readers know"),
        pytest.param("→ ×", "→ ×", r"$\rightarrow$ $\times$", id="signs whose text command pandoc drops"),
        pytest.param("H₂O ⁵", "H$_2$O $^5$", None, id="lowered and raised"),
        pytest.param("a‐b", "a-b", None, id="a hyphen of its own"),
        pytest.param("ﬁ 𝐀 Ａ", "fi A A", None, id="presentation forms"),
        pytest.param("–“a”’", "–“a”’", "--``a'''", id="punctuation becomes TeX's own"),
        pytest.param("王", "王", r"{\texttt{<U+738B>}}", id="no command: itself, or its name"),
        pytest.param("a\u202e\u200b\x07b", "ab", "ab", id="invisible characters are dropped"),
        pytest.param(" a\n\tb\xa0c ", "a b c", "a b c", id="white space is one space"),
    ],
)
def test_text_is_written_so_that_latex_prints_it(text: str, utf8: str, ascii_only: str | None) -> None:
    assert latex.escape(text) == utf8
    assert latex.encode(text) == (utf8 if ascii_only is None else ascii_only)


@given(st.text(max_size=60))
def test_any_text_has_balanced_braces_and_no_unknown_command(text: str) -> None:
    for said in (latex.escape(text), latex.encode(text)):
        depth = 0
        for sign in said:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0
        assert not said.endswith("\\")
        assert "\n" not in said
    assert latex.encode(text).isascii()


@given(st.text(alphabet=st.sampled_from([*"ab c{}\\$%#_&^~<>|`", *"áçßæøðþñüÿžőșằứĿαβ≤∞王я"]), max_size=30))
def test_what_is_written_can_be_read_back(text: str) -> None:
    said = unicodedata.normalize("NFKC", decode(latex.escape(text)))
    assert said.split() == unicodedata.normalize("NFKC", text).split()
    assert decode(latex.encode(text)) == decode(latex.escape(text))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(r"{\'A}lvaro", "Álvaro", id="BibTeX's form"),
        pytest.param(r"\'Alvaro G\"odel \v{Z}i\v zek", "Álvaro Gödel Žižek", id="bare accents"),
        pytest.param("{MRI} of the {Rubik's} cube", "MRI of the Rubik's cube", id="protected words"),
        pytest.param(r"R\&D 5\% a\_b", "R&D 5% a_b", id="escaped signs"),
        pytest.param("661--673", "661–673", id="ranges"),
        pytest.param(r"$\alpha$-net", "α-net", id="mathematics"),
        pytest.param("plain text", "plain text", id="nothing to do"),
    ],
)
def test_latex_of_people_becomes_text(said: str, text: str) -> None:
    assert decode(said) == text


def typeset(folder: Path, lines: list[str]) -> str:
    source = ["\\documentclass{article}", "\\usepackage[T1]{fontenc}", "\\begin{document}", *lines, "\\end{document}"]
    (folder / "letters.tex").write_text("\n\n".join(source), encoding="utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "letters"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / "letters.log").read_text(encoding="utf-8", errors="replace")
    return "\n".join(line for line in log.splitlines() if line.startswith(("!", "Missing character", "l.")))


@needs_pdflatex
@pytest.mark.parametrize("write", [latex.escape, latex.encode], ids=["as UTF-8", "as ASCII"])
def test_every_letter_that_has_a_command_compiles_with_pdflatex(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    letters = [letter for letter in (*LATIN, *SIGNS) if latex.encode(letter) != latex.stand_in(letter)]
    assert len(letters) > 500
    if write is latex.escape:  # what stays as it is, since no command is read by all, needs lualatex or a declaration
        letters = [letter for letter in letters if write(letter) != letter or letter in TYPEABLE]
    assert typeset(tmp_path, [f"{write(letter)} x" for letter in letters]) == ""


@pytest.mark.parametrize("text", ["a { b } c", "10^6", "a · b", "STRAẞE", "Șerban, Ţ and ț", "\\{x}", "50% & #1_~ $2"])
def test_what_we_write_we_read(text: str) -> None:
    assert latex.decode(latex.escape(text)) == text
    assert latex.decode(latex.encode(text)) == text


def test_the_commands_of_others_for_these_signs_are_read_too() -> None:
    assert latex.decode(r"10\textasciicircum{}6 \textbraceleft x\textbraceright{} \textcommabelow s") == "10^6 {x} ș"


def test_the_sign_for_a_lost_letter_is_a_question_mark() -> None:
    assert latex.escape("M\ufffdller") == latex.encode("M\ufffdller") == "M?ller"
