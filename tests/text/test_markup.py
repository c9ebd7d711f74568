import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import markup

MATH = (
    '<jats:inline-formula><jats:alternatives><jats:tex-math>$$\\alpha$$</jats:tex-math>\n  <mml:math xmlns:mml="m">\n'
    '  <mml:mi>α</mml:mi>\n  <mml:annotation encoding="tex">\\alpha</mml:annotation></mml:math></jats:alternatives>'
    "</jats:inline-formula>"
)


APS = (
    '<mml:math xmlns:mml="m"><mml:mi>β</mml:mi></mml:math>Decay of<mml:math><mml:mrow><mml:mmultiscripts><mml:mrow>'
    "<mml:mi>Ca</mml:mi></mml:mrow><mml:mprescripts/><mml:none/><mml:mrow><mml:mn>38</mml:mn></mml:mrow>"
    "</mml:mmultiscripts></mml:mrow></mml:math>: Superallowed<mml:math><mml:msup><mml:mn>0</mml:mn><mml:mo>+</mml:mo>"
    '</mml:msup><mml:mo stretchy="false">→</mml:mo><mml:msup><mml:mn>0</mml:mn><mml:mo>+</mml:mo></mml:msup></mml:math>'
    "Transitions"
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
        pytest.param("MÃ¼ller", "Müller", id="UTF-8 read as Latin-1"),
        pytest.param("donâ€™t â€œquoteâ€\x9d", "don’t “quote”", id="UTF-8 read as Windows-1252"),
        pytest.param("\u00c2\u00b0C and SÃ£o Paulo", "°C and São Paulo", id="several garbled letters"),
        pytest.param("Ã la carte, Â is a letter", "Ã la carte, Â is a letter", id="no letter of UTF-8"),
        pytest.param(APS, "β Decay of 38Ca: Superallowed 0+→0+ Transitions", id="formulas without blanks (APS)"),
        pytest.param("Mixed<mml:math><mml:msub><mml:mrow><mml:mi>H</mml:mi></mml:mrow><mml:mrow><mml:mn>2</mml:mn>"
                     "</mml:mrow></mml:msub></mml:math>State-Feedback", "Mixed H2 State-Feedback", id="Hindawi"),
        pytest.param("superfluid<sup>3</sup>He", "superfluid 3He", id="an isotope"),
        pytest.param("Mobility of 5 cm<sup>2</sup>V", "Mobility of 5 cm2V", id="a unit"),
        pytest.param("Growth of<sup>38</sup>Ca", "Growth of 38Ca", id="an isotope behind a little word"),
        pytest.param("<i>Ab Initio</i>Green-Kubo", "Ab Initio Green-Kubo", id="italics end"),
        pytest.param("in<i>N</i>-Coupled Rings", "in N-Coupled Rings", id="italics begin"),
        pytest.param("<i>Drosophila</i>embryos and<i>in vivo</i> data", "Drosophila embryos and in vivo data",
                     id="species and Latin"),
        pytest.param("two <i>SNP</i>s, the <i>n</i>th <i>micro</i>RNA", "two SNPs, the nth microRNA", id="suffixes"),
        pytest.param("CO\n      <sub>2</sub>\n      emissions", "CO2 emissions", id="pretty-printed"),
        pytest.param("H\n  <sub>2</sub>\n  O", "H2O", id="pretty-printed compound"),
        pytest.param("CO <sub>2</sub> uptake", "CO2 uptake", id="a blank before an index"),
        pytest.param("Ca\n <sup>2+</sup> channels", "Ca2+ channels", id="a charge"),
        pytest.param("CO<sub>2</sub>emissions", "CO2 emissions", id="a word behind an index"),
        pytest.param("CO<mml:math><mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub></mml:math>", "CO2",
                     id="a formula that is an index only"),
        pytest.param("A <emph>bold</emph> claim<emph type=\"1\">s</emph>", "A bold claims", id="emph"),
        pytest.param("The <formula><tex>\\beta</tex></formula>-test", "The β-test", id="TeX without dollars"),
        pytest.param("<ns3:p>On tests</ns3:p>", "On tests", id="a namespace of its own"),
        pytest.param("AN INFANT&lt;subtitle&gt;Success&lt;/subtitle&gt;", "AN INFANT: Success", id="subtitle in tags"),
        pytest.param("21{sup st} century, {gamma}{+-}1, {sub 2}", "21st century, γ±1, 2", id="OSTI's braces"),
        pytest.param("{BERT} in {braces}", "{BERT} in {braces}", id="other braces"),
        pytest.param("<mml:math><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math>", "1/2",
                     id="a fraction"),
        pytest.param("<mml:math><mml:mover><mml:mi>B</mml:mi><mml:mo>¯</mml:mo></mml:mover></mml:math>", "B\u0304",
                     id="an accent"),
        pytest.param("Brosylates<sup>1a</sup>", "Brosylates", id="footnote with a letter"),
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
