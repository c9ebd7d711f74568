"""What the readers of a `.bib` make of letters and signs: bibtex, biber, pandoc and Zotero.

Zotero's translator is JavaScript inside a program and no package ships it, so its table stands here: the commands
that `BibTeX.js` of zotero/translators (state of 2019-09-17, read in November 2026) replaces, and how it goes about
it. It replaces what the table has, with and without its braces, drops all other braces, and shows every other command
as it is.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.text import latex

GREEK = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖϱϵ"
SIGNS = "∞≤≥≠≈∼→←↑↓↔∂∇∈∑∫√±×÷°⁴⁵₂₃ℓ⊕⊗⟨⟩‐−′″ℏÅ™€•…"
MATHEMATICS = dict(
    zip(
        [
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "alpha",
            "beta",
            "gamma",
            "delta",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "varsigma",
            "sigma",
            "tau",
            "upsilon",
            "varphi",
            "chi",
            "psi",
            "omega",
            "vartheta",
            "phi",
            "varpi",
            "epsilon",
            "infty",
        ],
        "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρςστυφχψωϑϕϖϵ∞",
        strict=True,
    )
)
ZOTERO = {f"$\\{name}$": sign for name, sign in MATHEMATICS.items()}
ZOTERO |= {f"$^{digit}$": sign for digit, sign in zip("0456789+-n", "⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True)}
ZOTERO |= {f"$_{digit}$": sign for digit, sign in zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True)}
ASCII_LOSSES = set("≤≥≠≈∼↔∂∇∈∑∫√ℓ⊕⊗⟨⟩′″ℏ→←↑↓±×÷οϱ−")
"""What Zotero shows as a command in the ASCII form: no form of them is read by it, or none by pandoc."""

ASCII_DROPPED = set("°•…€™")
"""What pandoc drops in the ASCII form: it does not know LaTeX's commands for these."""


def zotero(value: str) -> str:
    """Read a value as Zotero does."""
    for command, sign in ZOTERO.items():
        value = value.replace(command, sign)
    value = re.sub(r"([^\\])[{}]+", r"\1", value)
    return re.sub(r"\\([#$%&~_^\\{}])", r"\1", value.removeprefix("{"))


@pytest.mark.parametrize("sign", GREEK + SIGNS)
def test_zotero_reads_every_sign_of_the_utf8_form(sign: str) -> None:
    assert zotero(latex.escape(f"a {sign} b")).translate(str.maketrans("‐", "-")) == f"a {sign} b".replace("‐", "-")


@pytest.mark.parametrize("sign", sorted({*GREEK, *SIGNS} - ASCII_LOSSES - set("‐°™€•…Å")))
def test_zotero_reads_the_greek_of_the_ascii_form(sign: str) -> None:
    assert zotero(latex.encode(f"a {sign} b")) == f"a {sign} b"


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("write", [latex.escape, latex.encode], ids=["UTF-8", "ASCII"])
def test_pandoc_drops_no_sign(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    signs = [sign for sign in GREEK + SIGNS if latex.stand_in(sign) != latex.encode(sign)]
    entries = [f"@misc{{k{at}, title = {{{{A {write(sign)} B}}}}, year = 2020}}" for at, sign in enumerate(signs)]
    (tmp_path / "refs.bib").write_text("\n".join(entries), encoding="utf-8")
    ran = subprocess.run(
        ["pandoc", "-f", "biblatex", "-t", "csljson", "refs.bib"], cwd=tmp_path, capture_output=True, check=True
    )
    titles = {item["id"]: item["title"] for item in json.loads(ran.stdout)}
    said = [sign for at, sign in enumerate(signs) if re.sub(r"[AB ]|</?\w+[^>]*>", "", titles[f"k{at}"])]
    dropped = set() if write is latex.escape else ASCII_DROPPED
    assert set(signs) - set(said) == dropped


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
def test_biber_keeps_every_sign(tmp_path: Path) -> None:
    entries = [f"@misc{{k{ord(s)},\n title = {{A {latex.escape(s)} B}},\n year = 2020}}" for s in GREEK + SIGNS]
    (tmp_path / "refs.bib").write_text("\n".join(entries), encoding="utf-8")
    subprocess.run(["biber", "--tool", "--output-file", "out.bib", "refs.bib"], cwd=tmp_path, capture_output=True,
                   check=True)  # fmt: skip
    out = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert [sign for sign in GREEK + SIGNS if f"{{A {latex.escape(sign)} B}}" not in out] == []
