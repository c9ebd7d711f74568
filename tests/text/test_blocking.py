"""Blocking keys: whatever the matcher accepts shares a key."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.blocking import identifier_key, record_keys, row_keys
from pipeline.text.title import agree
from tests.labelled import FOLDER

TITLES = sorted({line.split("|")[1].strip() for line in (FOLDER / "rows.md").read_text("utf-8").splitlines()[4:]})


def share_key(listed: str, found: str, *, year: int | None = 2020, found_year: int | None = 2020) -> bool:
    ours = {key.value for key in row_keys(listed, year)}
    return not ours.isdisjoint(key.value for key in record_keys([found], found_year))


def swap(title: str, draw: random.Random) -> str:
    """Two neighbouring letters inside a word change places."""
    at = [i for i in range(1, len(title) - 2) if title[i - 1 : i + 3].isalpha()]
    i = draw.choice(at) if at else 0
    return title[:i] + title[i + 1] + title[i] + title[i + 2 :] if at else title


def double(title: str, draw: random.Random) -> str:
    i = draw.randrange(len(title))
    return title[:i] + title[i] * 2 + title[i + 1 :]


def other_letter(title: str, draw: random.Random) -> str:
    i = draw.randrange(len(title))
    return title[:i] + draw.choice("abcdefghijklmnoprstuvwxyz") + title[i + 1 :]


def without_article(title: str, draw: random.Random) -> str:
    return title.replace(" the ", " ", 1).replace(" a ", " ", 1)


def joined(title: str, draw: random.Random) -> str:
    words = title.split()
    i = draw.randrange(max(len(words) - 1, 1))
    return " ".join([*words[:i], "".join(words[i : i + 2]), *words[i + 2 :]])


def hyphenated(title: str, draw: random.Random) -> str:
    return title.replace(" ", "-", 1)


def shouted(title: str, draw: random.Random) -> str:
    return title.upper()


def head(title: str, draw: random.Random) -> str:
    return title.partition(":")[0]


def tail(title: str, draw: random.Random) -> str:
    return title.partition(":")[2] or title


def plural(title: str, draw: random.Random) -> str:
    words = title.split()
    i = draw.randrange(len(words))
    return " ".join([*words[:i], words[i] + "s", *words[i + 1 :]])


def lost_word(title: str, draw: random.Random) -> str:
    words = title.split()
    i = draw.randrange(len(words))
    return " ".join([*words[:i], *words[i + 1 :]]) or title


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    swap, double, other_letter, without_article, joined, hyphenated, shouted, head, tail, plural, lost_word,
)  # fmt: skip


def test_of_damaged_titles_that_the_matcher_accepts_less_than_half_a_percent_share_no_key() -> None:
    accepted, lost = 0, []
    for title in TITLES:
        for damage in DAMAGES:
            listed = damage(title, random.Random(f"{damage.__name__} {title}"))
            if agree(listed, title).level in ("same", "strong", "loose"):
                accepted += 1
                if not share_key(listed, title):
                    lost.append((damage.__name__, listed, title))
    assert accepted > 2_000
    assert len(lost) < accepted / 200, lost


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("Deep Learnign of X-rays", "Deep learning of X-Rays"),
        ("Masked autoencoders for echocardiography", "Masked autoencoders for echocardiography: a multi-centre study"),
        ("Rubik's Cube+: a framework for volumes", "A framework for volumes"),
        ("Dataset shift", "Data set shift"),
        ("Tumour growth", "Tumor growth"),
        ("Micoscopy of cells", "Microscopy of cells"),
        ("Three-dimensional nets", "3D nets"),
        ("RETRACTED: Green tea and mice", "Green tea and mice"),
        ("Netze", "Netze"),
        ("深度学习综述", "深度学习综述"),
    ],
)  # fmt: skip
def test_titles_of_one_work_share_a_key(listed: str, found: str) -> None:
    assert share_key(listed, found)


def test_a_lone_word_counts_with_its_year_or_a_year_beside() -> None:
    assert share_key("Editorial", "Editorial", year=2020, found_year=2021)
    only_year = {key.value for key in row_keys("Editorial", 2020)} - {key.value for key in row_keys("Editorial", None)}
    assert only_year & {key.value for key in record_keys(["Editorial"], 2019)}
    assert not only_year & {key.value for key in record_keys(["Editorial"], 2015)}


def test_keys_are_the_same_for_ever() -> None:
    assert identifier_key("doi", "10.5555/a") == (-5195680674445476015, 0)


def test_an_identifier_is_told_by_its_scheme() -> None:
    assert identifier_key("pmid", "1") != identifier_key("openalex", "1")


@given(st.text(max_size=80), st.integers(1400, 2100))
def test_every_text_has_keys_of_64_bits_and_none_twice(title: str, year: int) -> None:
    keys = row_keys(title, year)
    assert len({key.value for key in keys}) == len(keys)
    assert all(-(2**63) <= key.value < 2**63 for key in keys)
