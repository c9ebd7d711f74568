import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.ascii_key import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Müller", "muller", id="German umlaut"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("Ångström", "angstrom", id="ring"),
        pytest.param("Øystein Ærø", "oysteinaero", id="Danish"),
        pytest.param("Łukasz Żółć", "lukaszzolc", id="Polish"),
        pytest.param("Đorđe", "dorde", id="Croatian"),
        pytest.param("Þórður", "thordur", id="Icelandic"),
        pytest.param("İstanbul ışık", "istanbulisik", id="Turkish"),
        pytest.param("Nguyễn Thị Đỗ", "nguyenthido", id="Vietnamese"),
        pytest.param("Œuvre ﬁn", "oeuvrefin", id="ligatures"),
        pytest.param("Ｆｕｌｌ𝑘", "fullk", id="other forms of Latin letters"),
        pytest.param("O’Neil-Smith, Jr.", "oneilsmithjr", id="punctuation goes"),
        pytest.param("Жуков Щедрин", "zhukovshchedrin", id="Cyrillic"),
        pytest.param("β-catenin", "betacatenin", id="Greek letter by name"),
        pytest.param("김철수", "gimceolsu", id="Korean"),
        pytest.param("さとう", "satou", id="Japanese syllables"),
        pytest.param("张三", "5f204e09", id="ideographs by code point"),
        pytest.param("Ho‘okano", "hookano", id="okina"),
        pytest.param("3D–CT²", "3dct2", id="figures stay"),
        pytest.param("—…", "", id="nothing left"),
    ],
)
def test_letters_of_all_scripts_fold_to_ascii(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(max_size=20))
def test_folding_gives_letters_and_figures_and_is_stable(text: str) -> None:
    once = fold(text)
    assert once == fold(once)
    assert once == "" or (once.isascii() and once.isalnum() and once == once.lower())


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=5))
def test_a_name_in_any_script_gives_something(name: str) -> None:
    assert fold(name) != "" or name.strip("ъьЪЬ") == ""
