import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import markup

MATH = (
    '<jats:inline-formula><jats:alternatives><jats:tex-math>$$\\alpha$$</jats:tex-math>\n  <mml:math xmlns:mml="m">\n'
    '  <mml:mi>α</mml:mi>\n  <mml:annotation encoding="tex">\\alpha</mml:annotation></mml:math></jats:alternatives>'
    "</jats:inline-formula>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Plain title", "Plain title", id="plain"),
        pytest.param("AT&amp;T", "AT&T", id="entity"),
        pytest.param("Inequalities &amp;amp; Applications", "Inequalities & Applications", id="escaped twice"),
        pytest.param("&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt; growth", "E. coli growth", id="tag escaped twice"),
        pytest.param("&#x3b2;-cells &beta; &#945;", "β-cells β α", id="numeric and named entities"),
        pytest.param("R&D &copy and &unknown; stay", "R&D &copy and &unknown; stay", id="no entities"),
        pytest.param("CO<sub>2</sub> and 10<sup>3</sup>", "CO2 and 103", id="sub and sup keep their content"),
        pytest.param("p < 0.05 and q > 3, a<b>c", "p < 0.05 and q > 3, ac", id="signs are not tags, b is one"),
        pytest.param("fLHR<f<0.1fce", "fLHR<f<0.1fce", id="inequality"),
        pytest.param("An <unknown> tag", "An <unknown> tag", id="unknown tag"),
        pytest.param("First<br/>second<p>third</p>", "First second third", id="breaks"),
        pytest.param('<span class="a > b">x</span>', "x", id="attribute with a sign"),
        pytest.param("Title<!-- a comment -->", "Title", id="comment"),
        pytest.param("<![CDATA[Title]]>", "Title", id="CDATA"),
        pytest.param("Ant,<i>Melophorus bagoti</i>Lubbock", "Ant, Melophorus bagoti Lubbock", id="lost blanks"),
        pytest.param("<i>p</i>-value of m<i>RNA</i>", "p-value of mRNA", id="blanks that are none"),
        pytest.param("A Cope Rearrangement<sup>1</sup>", "A Cope Rearrangement", id="footnote at the end"),
        pytest.param("Compounds. XIX.<sup>1</sup> Linear", "Compounds. XIX. Linear", id="footnote after a numeral"),
        pytest.param("Emission of CO<sup>2</sup>", "Emission of CO2", id="no footnote"),
        pytest.param(f"The {MATH}-test", "The α-test", id="formula once, from its MathML"),
        pytest.param("<mml:math><mml:mi>x</mml:mi><mml:mtext> and </mml:mtext><mml:mi>y</mml:mi></mml:math>", "x and y",
                     id="blanks inside MathML's text"),
        pytest.param("<jats:tex-math>$\\beta$</jats:tex-math>-VAE", "β-VAE", id="formula only in TeX"),
        pytest.param("in atmospheric CO2\n                    ", "in atmospheric CO2", id="line breaks"),
        pytest.param("soft\u00adhyphen zero\u200bwidth\ufeff \u202abidi\u202c", "softhyphen zerowidth bidi",
                     id="invisible"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner that is spelling"),
        pytest.param("a\x00b\x1fc\ud800", "ab c", id="control characters and half pairs"),
        pytest.param("Cafe\u0301", "Café", id="composed"),
        pytest.param("MÃ¼ller", "MÃ¼ller", id="mojibake is left alone"),
    ],
)  # fmt: skip
def test_agency_text_becomes_plain(text: str, expected: str) -> None:
    assert markup.clean(text) == expected


@pytest.mark.parametrize("text", [None, "", "  \n", "<p></p>", "&nbsp;", "\u200b", "<!-- x -->"])
def test_nothing_left_is_none(text: str | None) -> None:
    assert markup.clean(text) is None


PIECES = [
    "&amp;",
    "&lt;",
    "lt;",
    "amp;",
    "<i>",
    "</i>",
    "<sub>",
    "2",
    "$",
    "x",
    " ",
    "\\alpha",
    "{",
    "}",
    "_",
    "É",
    "\u200b",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_text_without_formulas_and_nested_entities_is_stable(pieces: list[str]) -> None:
    once = markup.clean("".join(pieces))
    if once and not set("&$\\<") & set(once):
        assert markup.clean(once) == once


@pytest.mark.parametrize(
    "hostile",
    ["<", "<i ", "<i a=", "&amp;", "$x", "<sup>1", "\\(", "<i>Abc", "<!--", " ", "<title>", "<i a='", "{", "<math>"],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(hostile: str) -> None:
    text = hostile * 10_000
    assert len(markup.clean(text) or "") <= len(text)
    assert len(markup.abstract(text) or "") <= 2 * len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<jats:title>Abstract</jats:title><jats:p>We learn.</jats:p>", "We learn.", id="heading"),
        pytest.param("<jats:p>We learn.</jats:p>\n<jats:p>It works.</jats:p>", "We learn. It works.", id="paragraphs"),
        pytest.param("<jats:sec><jats:title>Methods</jats:title><jats:p>We learn.</jats:p></jats:sec>",
                     "Methods: We learn.", id="section"),
        pytest.param("<jats:title>What is known?</jats:title><jats:p>Little.</jats:p>", "What is known? Little.",
                     id="section that ends with a mark"),
        pytest.param("<p>Abstract. High ice water</p>", "High ice water", id="heading in the text"),
        pytest.param("AbstractWe propose", "We propose", id="heading without a blank"),
        pytest.param("ABSTRACT We propose", "We propose", id="heading in capitals"),
        pytest.param("Abstract interpretation is a theory.", "Abstract interpretation is a theory.", id="no heading"),
        pytest.param("Summary statistics suffice.", "Summary statistics suffice.", id="no heading either"),
        pytest.param("<jats:title>Abstract</jats:title>", None, id="heading only"),
        pytest.param(None, None, id="nothing"),
    ],
)  # fmt: skip
def test_abstracts_lose_their_heading_and_markup(text: str | None, expected: str | None) -> None:
    assert markup.abstract(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("&amp;amp;amp;lt;", "<", id="nested"),
        pytest.param("?a=1&copy=2&reg", "?a=1&copy=2&reg", id="query"),
        pytest.param("&#150;&#0;", "–\ufffd", id="numbers as browsers read them"),
    ],
)
def test_entities_need_their_semicolon(text: str, expected: str) -> None:
    assert markup.unescape(text) == expected
