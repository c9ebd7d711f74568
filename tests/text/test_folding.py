"""The canonical form: what makes no difference, and what must stay one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.folding import fold, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tags<br/>break", "tags break"),
        ("a < b and c > d", "a b and c d"),
        ("<mml:math><mml:annotation>x^2</mml:annotation><mml:mi>x</mml:mi></mml:math> decay", "x decay"),
        (r"The \emph{best} {\"u}ber \& under", "the best uber and under"),
        (r"\textit{E. coli} at 5\%", "e coli at 5 percent"),
        ("snake_case stays apart", "snake case stays apart"),
        ("αβ T cells", "alphabeta t cells"),
        ("Περὶ φύσεως", "περι φυσεωσ"),
        ("が and か", "が and か"),
        ("研究Ⅱ", "研究 ii"),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("don\uff07t and \u0374alpha", "dont and alpha"),
        ("", ""),
    ],
)
def test_text_folds_to_its_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=80))
def test_folding_is_settled_at_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_plain_text_keeps_case_and_punctuation() -> None:
    assert plain("The <i>Cell</i>: $\\beta$-decay &amp; more!") == "The Cell: beta-decay & more!"
