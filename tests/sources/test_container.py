import pytest

from pipeline.sources import container


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("637-641", ("637-641", None)),
        ("637—641", ("637-641", None)),
        ("637 − 641", ("637-641", None)),
        ("918-918", ("918", None)),
        ("S12-S15", ("S12-S15", None)),
        ("e00089-15", ("e00089-15", None)),
        ("107826", (None, "107826")),
        ("e0123456", (None, "e0123456")),
        (1256, ("1256", None)),
        ("130904083554005", (None, None)),
        ("12 - - 15", ("12-15", None)),
        ("-", (None, None)),
        (None, (None, None)),
    ],
)
def test_pages_and_article_numbers_are_told_apart(
    page: str | int | None, expected: tuple[str | None, str | None]
) -> None:
    assert container.clean_pages(page) == expected


@pytest.mark.parametrize(
    ("issns", "names", "expected"),
    [
        (["0302-9743"], ["Lecture Notes in Computer Science", "Information Processing in Medical Imaging"], True),
        ([], ["Proceedings of the 5th Conference on Tests"], True),
        ([], ["Purpose in Life"], False),
        (["1860-949X"], ["Studies in Computational Intelligence", "New Advances"], False),
    ],
    ids=["series of proceedings", "name of proceedings", "book", "series of books"],
)
def test_a_chapter_is_a_conference_paper_only_where_something_says_so(
    issns: list[str], names: list[str], expected: bool
) -> None:
    assert container.is_proceedings(issns, names) is expected


@pytest.mark.parametrize(
    ("issns", "expected"),
    [
        (["0302-9743", "03029743"], ("0302-9743",)),
        (["1860-949x"], ("1860-949X",)),
        (["0302–9743"], ("0302-9743",)),
        (["0302-9744"], ()),
        (["none", None, ""], ()),
    ],
    ids=["once", "check character", "dash", "wrong check digit", "none"],
)
def test_issns_have_a_hyphen_and_a_right_check_digit(issns: list[str | None], expected: tuple[str, ...]) -> None:
    assert container.clean_issns(issns) == expected


@pytest.mark.parametrize(
    ("isbns", "expected"),
    [
        (["978-94-007-7490-2", "9789400774902"], ("9789400774902",)),
        (["http://id.crossref.org/isbn/9789400774902"], ("9789400774902",)),
        (["0-8044-2957-X"], ("080442957X",)),
        (["978 94 007 7490 2"], ("9789400774902",)),
        (["9789400774903", "0804429570"], ()),
        (["1234567890123", "n/a", None], ()),
    ],
    ids=["once", "address", "ten digits", "blanks", "wrong check digits", "none"],
)
def test_isbns_have_no_hyphen_and_a_right_check_digit(isbns: list[str | None], expected: tuple[str, ...]) -> None:
    assert container.clean_isbns(isbns) == expected


@pytest.mark.parametrize("page", ["1" + " " * 200_000 + "2", "-" * 200_000, " -" * 100_000])
def test_hostile_pages_cost_linear_time(page: str) -> None:
    assert container.clean_pages(page)[0] in (None, page)
