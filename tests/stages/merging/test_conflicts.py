"""Where trusted sources contradict each other, or the row contradicts them all."""

import pytest

from pipeline.model import Candidate, Ids, Issue, Notice, Paper, Record, Resolution, Status, Version
from pipeline.stages.merging import conflicts
from pipeline.stages.resolving.inquiry import Case, Resolved
from tests.stages.invented_papers import entry, paper

RIGHT, OTHER = "Rosel Maps of Hearts", "Tropical Fish: A Survey"


def record(source: str, title: str | None = RIGHT, year: int | None = 2020, **more: object) -> Record:
    return Record(source=source, title=title, year=year, **more)  # type: ignore[arg-type]


SAME, SLIP, FISH = (RIGHT, 2020), ("Rosel Map of Hearts", 2020), (OTHER, 2020)
VOTES: list[tuple[str, dict[str, tuple[str, int]], set[tuple[str, str]]]] = [
    ("all agree", {"crossref": SAME, "openalex": SAME, "list": SAME}, set()),
    ("two against one", {"crossref": SAME, "openalex": FISH, "list": SAME}, {("title", "openalex")}),
    ("one against one", {"crossref": SAME, "openalex": FISH}, set()),
    ("a slip is no other title", {"crossref": SAME, "openalex": SLIP, "list": SAME}, set()),
    ("year", {"crossref": (RIGHT, 2015), "openalex": SAME, "list": SAME}, {("year", "crossref")}),
    ("the year before", {"crossref": (RIGHT, 2019), "openalex": SAME, "list": SAME}, set()),
    (
        "three years",
        {"crossref": (RIGHT, 2000), "openalex": (RIGHT, 2010), "list": SAME},
        {("year", "crossref"), ("year", "openalex")},
    ),
    ("the list is only a voice", {"crossref": SAME, "known": SAME, "list": FISH}, set()),
]


@pytest.mark.parametrize(("said", "losers"), [case[1:] for case in VOTES], ids=[case[0] for case in VOTES])
def test_a_source_loses_that_every_other_voice_contradicts(
    said: dict[str, tuple[str, int]], losers: set[tuple[str, str]]
) -> None:
    by_source = {source: record("catalog" if source == "list" else source, *voice) for source, voice in said.items()}
    assert conflicts.outvoted(by_source) == losers


def issues(found: Paper, *records: Record, old: Paper | None = None, **row: object) -> list[Issue]:
    case = Case(entry=entry(7, RIGHT, **row), old=old)  # type: ignore[arg-type]
    resolved = Resolved(case=case, status="exact", resolution=Resolution(), records=records)
    return conflicts.issues(resolved, found, {one.source: one for one in records})


def rules(found: Paper, *records: Record, **more: object) -> list[str]:
    return [issue.rule for issue in issues(found, *records, **more)]  # type: ignore[arg-type]


def test_a_retraction_is_an_issue_that_names_the_notice() -> None:
    notices = (Notice(kind="retraction", doi="10.5555/r"),)
    (issue,) = issues(paper(retracted=True, notices=notices))
    assert (issue.rule, issue.line) == ("retracted", 7)
    assert "10.5555/r" in issue.message


@pytest.mark.parametrize("kind", ["correction", "concern"])
def test_a_correction_or_concern_is_a_notice_and_no_retraction(kind: str) -> None:
    assert rules(paper(notices=(Notice(kind=kind, doi="10.5555/n"),))) == ["notice"]  # type: ignore[arg-type]


PUBLISHED = (Version(kind="published", doi="10.5555/a"), Version(kind="preprint"))
ARXIV = "https://arxiv.org/abs/2101.00001"


@pytest.mark.parametrize(
    ("row", "versions", "is_told"),
    [
        ({"url": ARXIV, "venue": "ArXiv"}, PUBLISHED, True),
        ({"url": ARXIV}, PUBLISHED, True),
        ({"url": ARXIV, "venue": "TMI"}, PUBLISHED, False),
        ({"url": "https://doi.org/10.5555/a"}, PUBLISHED, False),
        ({"url": ARXIV, "venue": "ArXiv"}, (Version(kind="preprint"),), False),
    ],
    ids=["link and venue", "link, no venue", "link, but a journal", "publisher's link", "nothing published"],
)
def test_a_row_that_means_the_preprint_of_a_published_paper_is_told(
    row: dict[str, str], versions: tuple[Version, ...], is_told: bool
) -> None:
    found = issues(paper(versions=versions, ids=Ids(doi="10.5555/a"), venue="Nowhere Letters"), **row)  # type: ignore[arg-type]
    assert [issue.rule for issue in found] == (["row-means-preprint"] if is_told else [])
    assert not found or "Nowhere Letters, 2021, DOI 10.5555/a" in found[0].message


def test_sources_that_disagree_are_an_issue_with_both_values() -> None:
    crossref, openalex = record("crossref", years=(2019, 2020)), record("openalex", OTHER, 2003)
    title, year = issues(paper(), crossref, openalex)
    assert title.message == f"crossref and openalex disagree about the title: “{RIGHT}” / “{OTHER}”."
    assert year.message == "crossref and openalex disagree about the year: 2020 / 2003."


def test_print_and_online_year_both_count() -> None:
    assert rules(paper(), record("crossref", year=2020, years=(2018, 2020)), record("openalex", year=2018)) == []


def test_a_disagreement_stands_while_one_side_is_silent() -> None:
    said = Issue(rule="sources-disagree", line=3, message="crossref and openalex disagree.")
    old = paper(3, key="rosel", issues=(said, Issue(rule="notice", line=3, message="old")))
    assert issues(paper(), record("crossref"), old=old) == [
        Issue(rule="sources-disagree", line=7, message=said.message)
    ]


def test_a_disagreement_ends_when_both_sides_have_spoken() -> None:
    old = paper(3, key="rosel", issues=(Issue(rule="sources-disagree", line=3, message="old"),))
    assert issues(paper(), record("crossref"), record("openalex"), old=old) == []


def test_what_an_adapter_could_not_read_is_an_issue() -> None:
    (issue,) = issues(paper(), record("crossref", issues=("type `hologram` is unknown",)))
    assert (issue.rule, issue.message) == ("record-unreadable", "crossref: type `hologram` is unknown")


@pytest.mark.parametrize(
    ("status", "candidates", "told"),
    [
        ("ambiguous", 2, [("ambiguous", "Several works fit, none with enough proof.")]),
        ("ambiguous", 1, [("ambiguous", "One work fits, without enough proof.")]),
        ("unmatched", 0, [("unmatched", "Every source has answered, and nothing fits.")]),
        ("exact", 0, []),
        ("linked", 0, []),
    ],
)
def test_an_undecided_entry_is_an_issue_that_says_how_many_works_fit(
    status: Status, candidates: int, told: list[tuple[str, str]]
) -> None:
    works = tuple(Candidate(doi=f"10.5555/{number}", title=RIGHT, score=0.5) for number in range(candidates))
    found = issues(paper(status=status, resolution=Resolution(candidates=works)))
    assert [(issue.rule, issue.message) for issue in found] == told
