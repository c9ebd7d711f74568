"""Rows of names; the names are invented."""

import pytest

from pipeline.lists.people import read_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee, Bob Ray and Maarten de Rijke.", ("Ann Lee", "Bob Ray", "Maarten de Rijke")),
        ("by Ann Lee & Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Authors: A. Lee; B. M. Ray", ("A. Lee", "B. M. Ray")),
        ("Lee, Ann and Ray, Bob B.", ("Lee, Ann", "Ray, Bob B.")),
        ("Lee, A., Ray, B. B., & Doe, J.", ("Lee, A.", "Ray, B. B.", "Doe, J.")),
        ("Lee, Ann, Bob Ray, and Joe Doe", ("Lee, Ann", "Bob Ray", "Joe Doe")),
        ("Ann Lee*, Bob Ray¹† (MIT), Joe Doe2", ("Ann Lee", "Bob Ray", "Joe Doe")),
        ("Lee et al.", ("Lee",)),
        ("A. Lee, B. Ray, et al", ("A. Lee", "B. Ray")),
        ("yaxing wang, Ann Lee, Bob Ray, Joe Doe", ("yaxing wang", "Ann Lee", "Bob Ray", "Joe Doe")),
        ("张三，李四、王小明", ("张三", "李四", "王小明")),
    ],
)
def test_row_of_names_is_read_as_written(text: str, names: tuple[str, ...]) -> None:
    assert read_authors(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Attention is all you need",
        "Look, Listen and Learn",
        "Images, Videos and Text",
        "Cluster, Split, Fuse, and Update: Meta-Learning for Everything",
        "Ann Lee, Bob Ray, CVPR",
        "Human Vision and Electronic Imaging 2021",
        "Ann Lee",
        "x" * 20_000,
        "",
    ],
)
def test_other_text_has_no_authors(text: str) -> None:
    assert read_authors(text) == ()


def test_single_name_counts_where_only_authors_can_stand() -> None:
    assert read_authors("Ann Lee", sure=True) == ("Ann Lee",)
