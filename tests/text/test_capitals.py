"""Which words of a title are in braces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.capitals import protect


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Self-Supervised Learning for Cardiac {MR} Image Segmentation", id="acronyms"),
        pytest.param("Self-supervised Learning for Spinal {MRIs}", id="plurals of acronyms"),
        pytest.param("{mCherry} and {DeepLab} by {MoCo}", id="inner capitals"),
        pytest.param("{3D} and {T1}-weighted {CT} at 3x and 16x16", id="digits"),
        pytest.param("{COVID-19} and {SD-OCT} ({TS-SSL}) in {CT/MR}", id="compounds in one pair"),
        pytest.param("Chest {X}-ray Images with a {U-Net}", id="single letters"),
        pytest.param("Toward A Theory of Everything", id="the article A"),
        pytest.param("Revisiting {Rubik's} {Cube}: Self-supervised Learning", id="names of two words"),
        pytest.param("{Models} {Genesis}: Generic Autodidactic Models", id="ordinary words that are a name"),
        pytest.param("{Alzheimer's}, {Parkinson’s} and the {Wasserstein} Distance of {Siamese} Networks", id="eponyms"),
        pytest.param("A Study of non-{Gaussian} Noise", id="part of a compound"),
        pytest.param("Learning from {Drosophila} and other small animals in {Python}", id="sentence case is meant"),
        pytest.param("Twin learning: Retinal anomaly classification", id="the word after a colon is a start"),
        pytest.param("{Self-Path}: Self-Supervision for Pathology", id="a compound name before the colon"),
        pytest.param("Is Attention All You Need? {A} Review", id="styles lower the word after a question mark"),
        pytest.param("Big Self-Supervised Models Advance Image Classification", id="ordinary words in Title Case"),
        pytest.param("DEEP LEARNING FOR MRI SEGMENTATION", id="shouting says nothing"),
        pytest.param("{BERT}", id="one word is no shouting"),
        pytest.param("{R&D} and {AT&T}", id="signs inside"),
        pytest.param("", id="nothing"),
    ],
)  # fmt: skip
def test_only_words_that_must_keep_their_capitals_are_in_braces(title: str) -> None:
    bare = title.replace("{", "").replace("}", "")
    assert protect(bare, str) == title


def test_each_piece_is_escaped() -> None:
    assert protect("100% of R&D in 3D", lambda text: text.replace("%", "\\%").replace("&", "\\&")) == (
        "100\\% of {R\\&D} in {3D}"
    )


@given(st.text(alphabet=st.sampled_from([*"aB3 -:?'{}’éÉ."]), max_size=30))
def test_nothing_but_braces_is_added(title: str) -> None:
    words = " ".join(title.split())
    marked = protect(title, lambda text: text.replace("{", "(").replace("}", ")"))
    assert marked.replace("{", "").replace("}", "") == words.replace("{", "(").replace("}", ")")
