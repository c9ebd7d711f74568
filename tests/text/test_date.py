import calendar

import pytest

from pipeline.text import date
from pipeline.text.date import Date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param([[2021, 6, 14]], Date("2021-06-14", 2021, 6), id="full"),
        pytest.param([[2021, 6]], Date("2021-06", 2021, 6), id="month"),
        pytest.param([[2021]], Date("2021", 2021), id="year"),
        pytest.param([2021, 6, 14], Date("2021-06-14", 2021, 6), id="one bracket less"),
        pytest.param([["2021", "06"]], Date("2021-06", 2021, 6), id="strings"),
        pytest.param([[None]], Date(), id="Crossref's null"),
        pytest.param([[]], Date(), id="empty"),
        pytest.param([], Date(), id="nothing inside"),
        pytest.param(None, Date(), id="nothing"),
        pytest.param([[2021, 13, 1]], Date("2021", 2021), id="thirteenth month"),
        pytest.param([[2021, 2, 30]], Date("2021-02", 2021, 2), id="30 February"),
        pytest.param([[0, 1, 1]], Date(), id="year nought"),
        pytest.param([[True]], Date(), id="truth is no year"),
        pytest.param(2021, Date("2021", 2021), id="number"),
        pytest.param("2021-06-14", Date("2021-06-14", 2021, 6), id="ISO"),
        pytest.param("2021-06-14T03:00:00Z", Date("2021-06-14", 2021, 6), id="ISO with time"),
        pytest.param("2021/6", Date("2021-06", 2021, 6), id="slashes"),
        pytest.param("2021", Date("2021", 2021), id="year as text"),
        pytest.param("June 2021", Date("2021-06", 2021, 6), id="month by name"),
        pytest.param("14 Jun. 2021", Date("2021-06-14", 2021, 6), id="day first"),
        pytest.param("June 14, 2021", Date("2021-06-14", 2021, 6), id="month first"),
        pytest.param("May-June 2021", Date("2021", 2021), id="two months are none"),
        pytest.param("2020-2021", Date(), id="two years are none"),
        pytest.param("Spring 2021", Date("2021", 2021), id="season"),
        pytest.param("forthcoming", Date(), id="no date"),
    ],
)
def test_dates_are_as_precise_as_their_source(value: object, expected: Date) -> None:
    assert date.clean(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("jun", 6, id="BibTeX macro"),
        pytest.param("Sept.", 9, id="four letters and a stop"),
        pytest.param("December", 12, id="full"),
        pytest.param("06", 6, id="figures"),
        pytest.param(6, 6, id="number"),
        pytest.param("13", None, id="out of range"),
        pytest.param("junk", None, id="begins like a month"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_months_are_read_in_figures_and_english(text: str | int | None, expected: int | None) -> None:
    assert date.month(text) == expected


def test_months_do_not_follow_the_locale_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "month_name", ["", *(["Monat"] * 12)])
    assert (date.month("june"), date.month("Sept."), date.month("Monat")) == (6, 9, None)
