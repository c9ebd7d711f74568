import pytest

from pipeline.text.title_case import calm, is_shouting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("THE DIELECTRIC CONSTANTS OF ETHANE", True, id="title in capitals"),
        pytest.param("ÜBER DIE ÄLTEREN MÖGLICHKEITEN", True, id="with umlauts"),
        pytest.param("BERT", False, id="name"),
        pytest.param("MIMIC-CXR", False, id="name with hyphen"),
        pytest.param("YOLO VS SSD", False, id="short words"),
        pytest.param("The Constants of Ethane", False, id="ordinary title"),
        pytest.param("THE CONSTANTS OF ETHANE (corrected)", False, id="not throughout"),
        pytest.param("深度学习 方法 研究", False, id="script without capitals"),
        pytest.param("", False, id="empty"),
    ],
)
def test_shouting_is_capitals_throughout_and_more_than_a_name(text: str, *, expected: bool) -> None:
    assert is_shouting(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("SEA LEVEL IN REANALYSES AND GAUGES", "Sea Level in Reanalyses and Gauges", id="small words"),
        pytest.param("LAND COVER CHANGE: THE CLIMATE", "Land Cover Change: The Climate", id="after a colon"),
        pytest.param("JUPITER'S ANTICYCLONES' COLORS", "Jupiter's Anticyclones' Colors", id="apostrophes"),
        pytest.param("CONTRASTIVE LEARNING FOR 3D MRI OF COVID-19", "Contrastive Learning for 3D MRI of COVID-19",
                     id="acronyms and figures"),
        pytest.param("COMPLEX LIGANDS. PART XIV. AN NMR STUDY", "Complex Ligands. Part XIV. An NMR Study",
                     id="numerals and words without vowels"),
        pytest.param("BERT", "BERT", id="a name is not calmed"),
    ],
)  # fmt: skip
def test_shouted_titles_get_title_case(text: str, expected: str) -> None:
    assert calm(text) == expected
    assert calm(expected) == expected
