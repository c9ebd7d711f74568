"""One word against another: spelling, plural, numbers, and slips that are not other words."""

import pytest

from pipeline.text.spelling import canonical, is_number, is_one_letter_off, is_same_number, is_slip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour", "color"), ("behavioural", "behavioral"), ("centres", "center"), ("fibre", "fiber"),
        ("centred", "centered"), ("organise", "organize"), ("analysed", "analyzed"), ("labelling", "labeling"),
        ("catalogue", "catalog"), ("haemoglobin", "hemoglobin"), ("oestrogen", "estrogen"), ("sulphur", "sulfur"),
        ("aluminium", "aluminum"), ("towards", "toward"), ("networks", "network"), ("studies", "study"),
        ("boxes", "box"), ("analyses", "analysis"), ("hypotheses", "hypothesis"), ("spectra", "spectrum"),
        ("iv", "4"), ("twelve", "12"),
    ],
)  # fmt: skip
def test_one_word_has_one_form(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("bus", "bu"), ("analysis", "analysi"), ("mourning", "morning"), ("filling", "filing"), ("i", "1"), ("x", "10")],
)
def test_other_words_keep_their_own_form(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prospcetive", "prospective"), ("modle", "model"), ("chaengs", "changes"), ("accomodation", "accommodation"),
        ("diseease", "disease"), ("definately", "definitely"), ("seperation", "separation"),
    ],
)  # fmt: skip
def test_a_slip_is_the_same_word(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("form", "from"), ("trial", "trail"), ("causal", "casual"), ("united", "untied"), ("three", "there"),
        ("conservation", "conversation"), ("planning", "planing"), ("complementary", "complimentary"),
        ("protection", "projection"), ("nucleotide", "nucleoside"), ("phosphate", "phosphite"),
        ("chlorate", "chlorite"),
        ("hypertension", "hypotension"), ("microscopic", "macroscopic"), ("adsorption", "absorption"),
        ("symmetric", "asymmetric"), ("unsupervised", "supervised"), ("prenatal", "perinatal"), ("reserve", "reverse"),
        ("yolov3", "yolov4"), ("word", "word"), ("心臓", "心脏"),
    ],
)  # fmt: skip
def test_another_word_is_no_slip(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


def test_one_letter_off_leaves_beginnings_endings_and_substances_alone() -> None:
    assert is_one_letter_off("expoure", "exposure")
    assert not is_one_letter_off("macroscopic", "microscopic")
    assert not is_one_letter_off("nitrate", "nitrite")
    assert not is_one_letter_off("network", "networks")


def test_numbers_are_figures_numerals_and_words() -> None:
    assert all(map(is_number, ("2d", "iv", "i", "seven", "1990s")))
    assert not any(map(is_number, ("image", "sixty", "mix")))
    assert is_same_number("i", "1")
    assert not is_same_number("ii", "3")
