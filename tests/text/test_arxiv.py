import pytest

from pipeline.text import arxiv


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2101.05224", "2101.05224", id="bare"),
        pytest.param("2101.05224v12", "2101.05224", id="version"),
        pytest.param("arXiv:2101.05224v1 [cs.CV]", "2101.05224", id="as printed on the margin"),
        pytest.param("arxiv 2101.05224", "2101.05224", id="with a blank"),
        pytest.param("arXiv:abs/2101.05224", "2101.05224", id="with abs"),
        pytest.param("https://arxiv.org/abs/2101.05224", "2101.05224", id="address"),
        pytest.param("http://export.arxiv.org/pdf/2101.05224v2.pdf", "2101.05224", id="pdf of the mirror"),
        pytest.param("10.48550/arXiv.2101.05224", "2101.05224", id="DOI"),
        pytest.param("https://doi.org/10.48550/arXiv.2101.05224", "2101.05224", id="DOI's address"),
        pytest.param("arXiv:\u200b2101.05224", "2101.05224", id="zero-width blank"),
        pytest.param("arXiv.2101.05224", "2101.05224", id="with a full stop"),
        pytest.param("arXiv:1103.01234v5 [hep-th]", "1103.01234", id="labelled, with a digit its year did not have"),
        pytest.param("0704.0001", "0704.0001", id="first id of the new kind"),
        pytest.param("1412.9999", "1412.9999", id="last month of four digits"),
        pytest.param("1501.00001", "1501.00001", id="first month of five digits"),
        pytest.param("hep-th/9901001", "hep-th/9901001", id="old"),
        pytest.param("math.GT/0309136v2", "math/0309136", id="old with class"),
        pytest.param("CS/0112017", "cs/0112017", id="old in capitals"),
        pytest.param("cond-mat.dis-nn/9901001", "cond-mat/9901001", id="class with hyphen"),
    ],
)
def test_every_notation_becomes_the_id_without_version_and_class(text: str, expected: str) -> None:
    assert arxiv.clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty"),
        pytest.param("2101.0522", id="too few digits for 2021"),
        pytest.param("1406.26611", id="too many digits for 2014"),
        pytest.param("2113.05224", id="thirteenth month"),
        pytest.param("0703.0001", id="before the new kind"),
        pytest.param("foo/9901001", id="unknown archive"),
        pytest.param("math/0704001", id="after the old kind"),
        pytest.param("2101.05224 and 2101.05225", id="two ids"),
        pytest.param("https://arxiv.org/list/cs.CV/recent", id="listing"),
        pytest.param("12101.05224", id="a digit in front"),
    ],
)
def test_what_is_no_arxiv_id_is_none(text: str | None) -> None:
    assert arxiv.clean(text) is None


def test_only_numbers_that_say_so_are_found_in_text() -> None:
    text = "arXiv:1911.05722v3, https://arxiv.org/pdf/2002.05709 and doi.org/10.48550/arXiv.2006.07733, not 2001.12345"
    assert arxiv.find(text) == ("1911.05722", "2002.05709", "2006.07733")


def test_the_doi_of_an_id_is_lower_case() -> None:
    assert arxiv.doi("math/0309136") == "10.48550/arxiv.math/0309136"


def test_the_url_is_the_landing_page() -> None:
    assert arxiv.url("2101.05224") == "https://arxiv.org/abs/2101.05224"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2101.05224", (2021, 1), id="new"),
        pytest.param("0704.0001", (2007, 4), id="first month of the new kind"),
        pytest.param("hep-th/9108001", (1991, 8), id="first year"),
        pytest.param("math/0309136", (2003, 9), id="old of this century"),
        pytest.param("nonsense", None, id="no id"),
    ],
)
def test_the_id_states_year_and_month_of_the_first_version(value: str, expected: tuple[int, int] | None) -> None:
    assert arxiv.submitted(value) == expected
    assert arxiv.year(value) == (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Phys. Lett. B 1, 2, hep-ph/9510424.", ("hep-ph/9510424",), id="an old id names its archive"),
        pytest.param("arXiv:\u200b2101.05224 [cs]", ("2101.05224",), id="zero-width blank"),
        pytest.param("https://example.org/hep-ph/9510424", (), id="a path is no id"),
        pytest.param("not-hep-ph/9510424 and foo/9510424", (), id="nor is a longer word, nor an unknown archive"),
        pytest.param("2101.05224 and 1103.01234", (), id="bare numbers"),
    ],
)
def test_old_ids_are_found_without_a_label(text: str, expected: tuple[str, ...]) -> None:
    assert arxiv.find(text) == expected
