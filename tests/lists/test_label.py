"""Roles of link labels."""

import pytest

from pipeline.lists.label import find_role, is_label, is_short_reference

PAGE, PAPER, CODE = "https://example.org/x", "https://arxiv.org/abs/1706.03762", "https://github.com/ann/deep"


@pytest.mark.parametrize(
    ("label", "url", "role"),
    [
        ("Paper", PAGE, "paper"),
        ("[pdf]", PAGE, "paper"),
        ("Paper (arXiv)", PAGE, "paper"),
        ("arXiv:1706.03762v5", PAPER, "paper"),
        ("论文", PAGE, "paper"),
        ("📄 Paper", PAGE, "paper"),
        ("CVPR 2021", PAGE, "paper"),
        ("17 Nov 2022", PAPER, "paper"),
        ("TIP", PAPER, "paper"),
        ("official code", PAGE, "code"),
        ("PyTorch-2", PAGE, "code"),
        ("代码（即将开源）", PAGE, "code"),
        ("Project Page", PAGE, "other"),
        ("supplementary pdf", PAGE, "other"),
        ("NeurIPS", PAGE, "other"),
        ("ACL", PAGE, "other"),
        ("ACL", PAPER, "paper"),
        ("[IEEE ACCESS]", PAPER, "paper"),
        ("IEEE Access 2020", PAPER, "paper"),
        ("here", PAPER, "paper"),
        ("here", CODE, "code"),
        ("here", PAGE, "other"),
        ("paper & code", CODE, "code"),
        ("Code Llama: Open Foundation Models for Code", PAPER, "words"),
        ("Ann Lee", PAGE, "words"),
        ("TGI", PAGE, "words"),
    ],
)
def test_label_has_a_role_only_when_all_its_words_do(label: str, url: str, role: str) -> None:
    assert find_role(label, url) == role


def test_words_without_a_meaning_of_their_own_are_no_label() -> None:
    assert not is_label("for free")
    assert is_label("link to the paper")


def test_reference_by_authors_is_no_title() -> None:
    assert is_short_reference("Vaswani et al., 2017")
    assert not is_short_reference("Attention Is All You Need")
