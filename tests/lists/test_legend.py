"""Legends of venues."""

import pytest

from pipeline.lists.legend import read_legend

LONG = ["Medical Image Analysis (MedIA)", "International Conference on Machine Learning (ICML)", "Pattern Recognition"]


def test_announced_legend_is_read_and_lets_other_items_pass() -> None:
    assert read_legend(LONG, announced=True) == [
        ("MedIA", "Medical Image Analysis"),
        ("ICML", "International Conference on Machine Learning"),
    ]


@pytest.mark.parametrize(
    "item",
    ["ICML: International Conference on Machine Learning", "ICML - International Conference on Machine Learning"],
)
def test_short_form_may_stand_first(item: str) -> None:
    assert read_legend([item], announced=True) == [("ICML", "International Conference on Machine Learning")]


@pytest.mark.parametrize(
    "items",
    [
        LONG,
        ["Deep Sets (NIPS)", "Set Transformer (ICML)", "Image Transformer (ICML)"],
        ["A Style-Based Generator (StyleGAN)", "Attention Is All You Need", "Deep Sets"],
    ],
)
def test_unannounced_items_are_a_legend_only_when_nearly_all_abbreviate(items: list[str]) -> None:
    assert read_legend(items, announced=False) == []
