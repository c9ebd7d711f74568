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
