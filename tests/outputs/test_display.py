import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Author, Ids
from pipeline.outputs import display
from tests.outputs.invented import LANTERNS, paper


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>",
        "//journal.example/x",
        "/etc/passwd",
        "http://",
        "https://[::1",
        "https://doi.org@evil.example/",
        "https://journal.example/\u202egpj.exe",
        "https://journal.example/" + "a" * 3_000,
        "",
    ],
)
def test_addresses_other_than_plain_http_are_refused(url: str) -> None:
    assert display.safe_url(url) is None


@given(st.text())
def test_a_safe_address_holds_nothing_that_a_format_could_stumble_over(tail: str) -> None:
    url = display.safe_url(f"https://journal.example/{tail}")
    assert url is None or not set(url) & set(' <>"()[]{}|\\`\n')


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert display.clean_line(display.clean_line(text)) == display.clean_line(text)


@pytest.mark.parametrize(
    ("ids", "url"),
    [
        (Ids(doi="10.5555/moss.1", arxiv="3101.00001"), "https://doi.org/10.5555/moss.1"),
        (Ids(doi="10.5555/(sici)1:2<3::aid>4;5"), "https://doi.org/10.5555/%28sici%291:2%3C3::aid%3E4;5"),
        (Ids(arxiv="3101.00001"), "https://arxiv.org/abs/3101.00001"),
        (Ids(), "https://journal.example/lanterns"),
    ],
    ids=["DOI first", "a DOI with angle brackets", "arXiv next", "the list's own link last"],
)
def test_a_reader_is_sent_to(ids: Ids, url: str) -> None:
    assert display.find_url(paper(ids=ids)) == url


@pytest.mark.parametrize(
    ("number", "line"),
    [(1, "A 0"), (3, "A 0, A 1, A 2"), (4, "A 0, A 1, A 2 et al.")],
    ids=["one", "three", "more"],
)
def test_three_authors_are_named(number: int, line: str) -> None:
    authors = tuple(Author(given="A", family=str(n)) for n in range(number))
    assert display.render_authors(paper(authors=authors)) == line


def test_an_organisation_is_named_as_it_is() -> None:
    assert display.render_authors(LANTERNS) == "Adaeze Okafor, The Moss Consortium"
