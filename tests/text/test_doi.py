import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import doi

PLAIN = "10.1007/978-3-030-78191-0_51"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN, id="bare"),
        pytest.param("10.1007/978-3-030-78191-0_51".upper(), id="capitals"),
        pytest.param(f"https://doi.org/{PLAIN}", id="resolver"),
        pytest.param(f"http://dx.doi.org/{PLAIN}", id="old resolver"),
        pytest.param(f"doi.org/{PLAIN}", id="resolver without scheme"),
        pytest.param(f"https://doi.org/doi:{PLAIN}", id="resolver and label"),
        pytest.param(f"doi:{PLAIN}", id="label"),
        pytest.param(f"DOI: {PLAIN}", id="label with blank"),
        pytest.param(f"DOI {PLAIN}", id="label without colon"),
        pytest.param(f"info:doi/{PLAIN}", id="info URI"),
        pytest.param(f"urn:doi:{PLAIN}", id="URN"),
        pytest.param(PLAIN.replace("/", "%2F"), id="percent-encoded"),
        pytest.param(PLAIN.replace("_", "\\_"), id="LaTeX underscore"),
        pytest.param(PLAIN.replace("_", "{\\_}"), id="LaTeX underscore in braces"),
        pytest.param(PLAIN.replace("-0_51", "‐0_51"), id="typographic hyphen"),
        pytest.param(f"{PLAIN}\u200b", id="zero-width blank"),
        pytest.param(f"{PLAIN}.", id="full stop"),
        pytest.param(f"({PLAIN}).", id="brackets and full stop"),
        pytest.param(f"<{PLAIN}>", id="angle brackets"),
        pytest.param(f"“{PLAIN}”"[1:], id="curly quote behind"),
        pytest.param(f"{PLAIN}/full", id="full text page"),
        pytest.param(f"{PLAIN}/fulltext.html", id="full text file"),
        pytest.param(f"{PLAIN}.full.pdf+html", id="HighWire pdf"),
        pytest.param(f"{PLAIN}.pdf", id="pdf"),
        pytest.param(f"{PLAIN}/", id="slash"),
        pytest.param(f"{PLAIN}#citeas", id="fragment"),
        pytest.param(f"{PLAIN}?utm_source=x", id="query"),
        pytest.param(f"{PLAIN}&type=printable", id="rest of a query"),
    ],
)
def test_every_notation_becomes_bare_and_lower_case(text: str) -> None:
    assert doi.clean(text) == PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("10.1016/0097-3165(92)90047-C", "10.1016/0097-3165(92)90047-c", id="balanced brackets"),
        pytest.param("10.1016/0097-3165(92)90047-C)", "10.1016/0097-3165(92)90047-c", id="one bracket too many"),
        pytest.param("10.3319/TAO.2009.05.25.02(IWNOP)", "10.3319/tao.2009.05.25.02(iwnop)", id="brackets at the end"),
        pytest.param("(10.3319/TAO.2009.05.25.02(IWNOP)).", "10.3319/tao.2009.05.25.02(iwnop)",
                     id="brackets in brackets"),
        pytest.param("10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2", "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2",
                     id="angle brackets"),
        pytest.param("10.5555/abc.2017/", "10.5555/abc.2017/", id="slash at the end"),
        pytest.param("10.5555/abc.2017//.", "10.5555/abc.2017/", id="two slashes and a full stop"),
        pytest.param("10.5555/abc.2017/full/", "10.5555/abc.2017", id="slash behind a page of the site"),
        pytest.param("10.1002/1097-0231(20001230)14:24&lt;2357::AID-RCM168&gt;3.0.CO;2-2",
                     "10.1002/1097-0231(20001230)14:24<2357::aid-rcm168>3.0.co;2-2", id="SICI with entities"),
        pytest.param("10.1002/1(2)3:4<5::aid-6>3.0.co;2-#", "10.1002/1(2)3:4<5::aid-6>3.0.co;2-#", id="SICI check #"),
        pytest.param("10.1002/1(2)3:4<5::aid-6>3.0.co;2-?", "10.1002/1(2)3:4<5::aid-6>3.0.co;2-?", id="SICI check ?"),
        pytest.param("10.1000.10/123", "10.1000.10/123", id="prefix with parts"),
        pytest.param("10.1000/a&amp;b", "10.1000/a&b", id="ampersand"),
    ],
)  # fmt: skip
def test_odd_dois_keep_what_belongs_to_them(text: str, expected: str) -> None:
    assert doi.clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty"),
        pytest.param("10.1000/", id="no suffix"),
        pytest.param("10.1000//", id="slashes only"),
        pytest.param("10.1000", id="prefix only"),
        pytest.param("10.1.1.218.7805", id="CiteSeer number"),
        pytest.param("https://doi.org/bhvz", id="short DOI"),
        pytest.param("https://example.org/10.1000/x", id="somebody's address"),
        pytest.param("see 10.1000/x", id="text with a DOI in it"),
        pytest.param("10.1000/\x00", id="control character"),
        pytest.param("10.1000/" + "x" * 3000, id="longer than any"),
    ],
)
def test_what_is_no_doi_is_none(text: str | None) -> None:
    assert doi.clean(text) is None


@given(st.text(alphabet="aA1.-_()<>[];:/?#&x ", max_size=30))
def test_cleaning_twice_changes_nothing(suffix: str) -> None:
    once = doi.clean(f"10.1000/{suffix}")
    assert once is None or doi.clean(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Smith (2020), doi:10.1000/a, see also 10.1000/b.", ("10.1000/a", "10.1000/b"), id="prose"),
        pytest.param("[10.1000/a](https://doi.org/10.1000/A)", ("10.1000/a",), id="Markdown link, once"),
        pytest.param("10.1000/a,10.1000/b;10.1000/c", ("10.1000/a", "10.1000/b", "10.1000/c"), id="without blanks"),
        pytest.param("<a href='https://doi.org/10.1000/a'>10.1000/b</a>", ("10.1000/a", "10.1000/b"), id="HTML"),
        pytest.param("| 10.1000/a|10.1000/b |", ("10.1000/a", "10.1000/b"), id="table cells"),
        pytest.param("(10.1002/1(2)3:4<5::aid-6>3.0.co;2-5)", ("10.1002/1(2)3:4<5::aid-6>3.0.co;2-5",), id="SICI"),
        pytest.param("(see doi:10.1038/nphys1170).", ("10.1038/nphys1170",), id="in brackets, with its label"),
        pytest.param(
            "T. A. M. 10.3319/TAO.2009.05.25.02(IWNOP), and",
            ("10.3319/tao.2009.05.25.02(iwnop)",),
            id="brackets at the end",
        ),
        pytest.param(
            "110, 446. 10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2. Next",
            ("10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2",),
            id="angle brackets in prose",
        ),
        pytest.param("version 10.12345/ and 110.1000/x", (), id="numbers"),
    ],
)
def test_dois_are_found_in_free_text(text: str, expected: tuple[str, ...]) -> None:
    assert doi.find(text) == expected


def test_fake_works_are_denied_by_their_registrant() -> None:
    assert doi.is_denied("10.65215/2q58a426")
    assert not doi.is_denied("10.6521/x")
    assert doi.find_denied("https://doi.org/10.65215/a or https://doi.org/10.5555/65215") == ("10.65215/a",)


def test_dois_of_arxiv_give_their_id() -> None:
    assert doi.is_arxiv("10.48550/arXiv.2101.05224")
    assert doi.arxiv_id("10.48550/arxiv.math/0309136") == "math/0309136"
    assert doi.arxiv_id("10.48550/arxiv.nonsense") is None


@pytest.mark.parametrize(
    ("value", "agency"),
    [
        pytest.param("10.48550/arxiv.2101.05224", "datacite", id="arXiv"),
        pytest.param("10.5281/zenodo.1", "datacite", id="Zenodo"),
        pytest.param("10.1109/tmi.2021.1", "crossref", id="IEEE"),
        pytest.param("10.9999/x", None, id="unknown registrant"),
    ],
)
def test_an_agency_is_named_only_where_the_prefix_leaves_no_doubt(value: str, agency: str | None) -> None:
    assert doi.agency_hint(value) == agency
