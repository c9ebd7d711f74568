"""The list this project is about: all 43 rows, whatever stands around them."""

from pathlib import Path

from pipeline.lists.markdown import parse
from pipeline.model import Entry

LIST = Path(__file__).parents[2] / "data" / "raw" / "ssl-medical-imaging.md"
PARSED = parse(LIST.read_text(encoding="utf-8"))


def by_line(line: int) -> Entry:
    return next(entry for entry in PARSED.entries if entry.line == line)


def test_there_are_43_papers_in_five_years() -> None:
    years = [entry.year for entry in PARSED.entries]
    assert {year: years.count(year) for year in years} == {2021: 11, 2020: 23, 2019: 5, 2018: 2, 2017: 2}


def test_every_row_says_everything_and_nothing_is_doubtful() -> None:
    for entry in PARSED.entries:
        assert entry.venue
        assert entry.category
        assert entry.url
        assert (entry.section, entry.issues, entry.links) == ((str(entry.year),), (), ())


def test_row_is_read_as_written() -> None:
    entry = by_line(111)
    assert entry.title == (
        "Twin self-supervision based semi-supervised learning (TS-SSL): Retinal anomaly classification in SD-OCT images"
    )
    assert (entry.venue, entry.category) == ("Neurocomputing", "Multiple-tasks/Multi-tasking")
    assert entry.code_url == "https://github.com/ZhangYH0502/TS-SSL."


def test_oddities_of_titles_stay() -> None:
    assert by_line(112).title.endswith("retinal disease diagnosis.")
    assert by_line(132).title.startswith("Rubik’s Cube+: A self-supervised")
    assert by_line(150).title == "3D Self-Supervised Methods for Medical Imaging--update references"


def test_no_code_is_null() -> None:
    assert sum(entry.code_url is not None for entry in PARSED.entries) == 13


def test_stray_links_template_and_legend_are_skipped() -> None:
    reasons = {account.line: account.reason for account in PARSED.accounts if account.state == "skipped"}
    assert {reasons[line] for line in (117, 121, 123)} == {"link without a title"}
    assert reasons[47] == "block of code"
    assert reasons[73] == "legend of venues"


def test_legend_gives_the_abbreviations() -> None:
    assert ("IEEE-TMI", "IEEE Transaction on Medical Imaging") in PARSED.aliases
    assert (
        "MICCAI",
        "International Conference on Medical Image Computing and Computer Assisted Intervention",
    ) in PARSED.aliases
    assert len(PARSED.aliases) == 17
