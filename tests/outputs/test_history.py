import random

import pytest

from pipeline.errors import UsageError
from pipeline.model import Citations, Count
from pipeline.outputs import history
from pipeline.outputs.history import Row
from tests.outputs.invented import LANTERNS, paper, papers

START = "date,key,source,count\n2032-01-04,okafor2031lanterns,openalex,12\n2032-01-11,okafor2031lanterns,crossref,9\n"
TODAY = "2032-02-01"


def _counted(openalex: int, day: str = TODAY) -> Citations:
    return Citations(openalex=Count(count=openalex, as_of=day))


def test_the_first_run_writes_the_header_and_a_line_for_each_count() -> None:
    assert history.append("", [LANTERNS], TODAY) == START


def test_an_unchanged_count_adds_no_line() -> None:
    assert history.append(START, [LANTERNS], TODAY) == START


@pytest.mark.parametrize("count", [0, 11, 13], ids=["fallen to nothing", "fallen", "risen"])
def test_a_changed_count_adds_one_line_at_the_end(count: int) -> None:
    text = history.append(START, [paper(citations=_counted(count))], TODAY)
    assert text == f"{START}2032-02-01,okafor2031lanterns,openalex,{count}\n"


def test_a_count_that_returns_to_an_earlier_value_is_a_change() -> None:
    risen = history.append(START, [paper(citations=_counted(13))], TODAY)
    back = history.append(risen, [paper(citations=_counted(12, "2032-02-08"))], "2032-02-08")
    assert back == f"{risen}2032-02-08,okafor2031lanterns,openalex,12\n"


def test_the_date_is_that_of_the_count_but_never_after_today() -> None:
    earlier, later = _counted(13, "2032-01-25"), _counted(14, "2099-01-01")
    assert "2032-01-25,okafor2031lanterns,openalex,13" in history.append(START, [paper(citations=earlier)], TODAY)
    assert "2032-02-01,okafor2031lanterns,openalex,14" in history.append(START, [paper(citations=later)], TODAY)


def test_a_count_that_is_missing_now_leaves_the_history_alone() -> None:
    assert history.append(START, [paper(citations=Citations())], TODAY) == START


@pytest.mark.parametrize("changes", [{"key_provisional": True}, {"duplicate_of": 3}], ids=["provisional", "duplicate"])
def test_only_works_with_a_lasting_key_are_recorded(changes: dict[str, object]) -> None:
    assert history.append("", [paper(**changes)], TODAY) == "date,key,source,count\n"


def test_what_stood_there_is_kept_to_the_byte_even_with_other_line_ends() -> None:
    old = START.replace("\n", "\r\n").rstrip()
    assert history.append(old, [paper(citations=_counted(13))], TODAY).startswith(old + "\n2032-02-01,")


def test_rows_read_back() -> None:
    assert history.read(START)[0] == Row(date="2032-01-04", key="okafor2031lanterns", source="openalex", count=12)


@pytest.mark.parametrize(
    "line",
    [
        "2032-01-04,key,openalex",
        "today,key,openalex,1",
        "2032-01-04,key,scholar,1",
        "2032-01-04,key,openalex,many",
        '"',
    ],
    ids=["a column short", "no date", "unknown source", "no number", "an open quote"],
)
def test_a_line_that_is_not_ours_is_named(line: str) -> None:
    with pytest.raises(UsageError, match=r"citations\.csv, line 4"):
        history.read(f"{START}{line}")


def test_a_year_of_weekly_runs_over_a_thousand_papers_stays_under_two_megabytes() -> None:
    chance = random.Random(3)
    counts = [100] * 1_000
    text = ""
    for week in range(52):
        day = f"2032-{week // 5 + 1:02}-{week % 5 * 7 + 1:02}"
        counts = [count + (chance.random() < 0.3) for count in counts]
        moved = [
            paper(
                work,
                citations=Citations(openalex=Count(count=count, as_of=day), crossref=Count(count=count, as_of=day)),
            )
            for work, count in zip(papers(1_000), counts, strict=True)
        ]
        text = history.append(text, moved, day)
    assert len(text.encode()) < 2_000_000
