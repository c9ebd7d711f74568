import pytest

from pipeline.text import formula


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r"$\beta$-VAE", "β-VAE", id="Greek"),
        pytest.param(r"$\Lambda$ and $\lambda$", "Λ and λ", id="lambda, which Unicode spells otherwise"),
        pytest.param(r"$\varepsilon$-greedy", "ε-greedy", id="variant letter"),
        pytest.param(r"$${\mathrm{CO}}_{2}$$", "CO2", id="font and subscript"),
        pytest.param(r"$^{18}$F-FDG", "18F-FDG", id="superscript"),
        pytest.param(r"$k$-means, $n=3$, $<$", "k-means, n=3, <", id="bare letters and signs"),
        pytest.param(r"$3\times3$", "3×3", id="operator"),
        pytest.param(r"$O(\log n)$", "O(log n)", id="function"),
        pytest.param(r"$\frac{1}{2}$", "1/2", id="fraction"),
        pytest.param(r"$\mathcal{N}(0,1)$", "N(0,1)", id="calligraphic"),
        pytest.param(r"\(x^2\)", "x2", id="other delimiters"),
        pytest.param(r"$50\%$", "50%", id="escaped sign"),
        pytest.param(r"$\unheardof x$", "unheardof x", id="unknown command keeps its name"),
        pytest.param("between $5 and $10", "between $5 and $10", id="money"),
        pytest.param("$5-$10", "$5-$10", id="money without blanks"),
        pytest.param("a lone $", "a lone $", id="lone dollar"),
        pytest.param(r"Poincar\'e, Schr\"{o}dinger, \v{S}id\'ak, Erd\H{o}s, na\"{\i}ve",
                     "Poincaré, Schrödinger, Šidák, Erdős, naïve", id="accents"),
        pytest.param(r"C:\temp and \cite{x}", r"C:\temp and \cite{x}", id="other backslashes stay"),
        pytest.param(
            r"See \documentclass[12pt]{minimal}\usepackage{amsmath}\begin{document}$$\alpha$$\end{document} here",
            "See α here", id="whole document around a formula"),
    ],
)  # fmt: skip
def test_formulas_become_readable(text: str, expected: str) -> None:
    assert formula.read(text) == expected
