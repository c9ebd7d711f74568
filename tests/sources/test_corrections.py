import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.sources import corrections
from pipeline.sources.corrections import Correction

START = '[[correction]]\nentry = "a"\n'


def one(rest: str) -> Correction:
    (correction,) = corrections.read(f'{START}{rest}\nwhy = "asked"\n')
    return correction


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://doi.org/10.1007/ABC", "10.1007/abc"),
        ("arXiv:2101.05224v2", "arxiv:2101.05224"),
        ("W2996345678", "W2996345678"),
        ("none", "none"),
    ],
)
def test_an_entry_is_a_doi_an_arxiv_id_a_work_or_nothing(stated: str, expected: str) -> None:
    assert one(f'is = "{stated}"').is_ == expected


def test_an_entry_is_not_one_or_several_works() -> None:
    assert one('is_not = "10.1007/A"').is_not == ("10.1007/a",)
    assert one('is_not = ["10.65215/fake", "W12"]').is_not == ("10.65215/fake", "W12")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("year", "2021", 2021),
        ("title", '"A title"', "A title"),
        ("retracted", "true", True),
        ("volume", '""', None),
        ("type", '"article"', "article"),
        ("date", '"2021-06"', "2021-06"),
    ],
)
def test_a_field_gets_its_value(field: str, value: str, expected: object) -> None:
    correction = one(f'field = "{field}"\nvalue = {value}')
    assert (correction.field, correction.value) == (field, expected)


def test_who_and_when_may_be_said() -> None:
    correction = one('is = "none"\nby = "Jane"\non = 2026-11-22')
    assert (correction.by, correction.on, correction.line) == ("Jane", "2026-11-22", 1)


def test_each_correction_knows_its_line() -> None:
    text = f'# decisions\n\n{START}is = "none"\nwhy = "x"\n\n{START}is = "W1"\nwhy = "y"\n'
    assert [correction.line for correction in corrections.read(text)] == [3, 8]


def test_an_empty_file_decides_nothing() -> None:
    assert corrections.read("# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (START + 'is = "none"\n', 1),
        (START + 'is = "none"\nwhy = " "', 4),
        (START + 'why = "x"', 1),
        (START + 'is = "none"\nis_not = "W1"\nwhy = "x"', 4),
        (START + 'is = "none"\nbecause = "x"', 4),
        (START + 'is = "10.1007"\nwhy = "x"', 3),
        (START + 'is = "10.65215/fake"\nwhy = "x"', 3),
        (START + 'is = 3\nwhy = "x"', 3),
        (START + 'is_not = []\nwhy = "x"', 3),
        (START + 'is_not = "none"\nwhy = "x"', 3),
        (START + 'field = "year"\nwhy = "x"', 3),
        (START + 'is = "W1"\nvalue = 1\nwhy = "x"', 4),
        (START + 'field = "key"\nvalue = "x"\nwhy = "x"', 3),
        (START + 'field = "year"\nvalue = "2020"\nwhy = "x"', 4),
        (START + 'field = "retracted"\nvalue = 1\nwhy = "x"', 4),
        (START + 'field = "month"\nvalue = 13\nwhy = "x"', 4),
        (START + 'field = "title"\nvalue = ""\nwhy = "x"', 4),
        (START + 'field = "type"\nvalue = "paper"\nwhy = "x"', 4),
        (START + 'is = "none"\non = "yesterday"\nwhy = "x"', 4),
        (START + 'is = "none\nwhy = "x"', 3),
        ('x = 1', 1),
        ('\n[[corection]]\nentry = "a"', 2),
    ],
    ids=[
        "no reason", "empty reason", "no decision", "two decisions", "unknown name", "bad doi", "fake doi", "number",
        "is not nothing", "is not none", "field without value", "value without field", "unknown field",
        "text for a number", "number for a truth", "no such month", "no title", "no such type", "bad day", "not TOML",
        "stray name", "misspelt table",
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UsageError, match=rf"^mine\.toml:{line}: .*\.$"):
        corrections.read(text, "mine.toml")


texts = st.text(min_size=1).filter(lambda text: bool(text.strip()) and text == text.strip())


@given(entry=texts, why=texts, by=texts, value=texts)
def test_what_is_written_is_what_is_read(entry: str, why: str, by: str, value: str) -> None:
    written = [
        Correction(entry=entry, is_="10.1007/a", why=why, by=by, on="2026-11-22"),
        Correction(entry=entry, is_not=("W1", "arxiv:2101.05224"), why=why, on="2026"),
        Correction(entry=entry, field="title", value=value, why=why),
        Correction(entry=entry, field="volume", value=None, why=why),
    ]
    read = corrections.read("".join(map(corrections.render, written)))
    assert [(c.entry, c.is_, c.is_not, c.field, c.value, c.why, c.by, c.on) for c in read] == [
        (c.entry, c.is_, c.is_not, c.field, c.value, c.why, c.by, c.on) for c in written
    ]
