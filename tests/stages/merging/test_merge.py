import msgspec
import pytest

from pipeline.model import Affiliation, Author, Count, Ids, Issue, Notice, OpenAccess, Paper, Resolution
from pipeline.stages.merging.merge import merge
from pipeline.stages.resolving.inquiry import Resolved
from tests.stages.dialogue import ARXIV, DOI, NOW, TITLE, case, entry, paper, preprint, record

LINK = f"https://doi.org/{DOI}"
ROW = entry(url=LINK)


def reread(catalogued: Paper) -> Paper:
    """The paper as the next run reads it from the catalog."""
    return msgspec.json.decode(msgspec.json.encode(catalogued), type=Paper)


def merged(*records: object, **case_fields: object) -> Paper:
    return paper(case(ROW, **case_fields), records)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "crossref", "openalex", "expected"),
    [
        pytest.param("venue", "Journal of Invented Results", "J Inv Res", "crossref", id="the agency names the venue"),
        pytest.param("volume", "7", "8", "crossref", id="the agency numbers the volume"),
        pytest.param("volume", None, "8", "openalex", id="OpenAlex fills what the agency lacks"),
        pytest.param("abstract", "Theirs.", "Ours.", "openalex", id="OpenAlex gives the abstract"),
        pytest.param("abstract", "Theirs.", None, "crossref", id="the agency's abstract is better than none"),
        pytest.param("language", None, "en", "openalex", id="only OpenAlex knows the language"),
    ],
)
def test_each_field_comes_from_the_source_trusted_for_it(
    field: str, crossref: object, openalex: object, expected: str
) -> None:
    found = merged(record("crossref", **{field: crossref}), record("openalex", **{field: openalex}))
    assert getattr(found, field) == (crossref if expected == "crossref" else openalex)
    assert found.sources[field] == expected


def test_only_records_of_the_papers_own_doi_are_merged_and_what_a_human_verified() -> None:
    strange = record("openalex", ids=Ids(doi="10.5555/other", openalex="W7"), volume="99", abstract="Of another paper.")
    verified = record("known", ids=Ids(doi="10.5555/conference"), publisher="Verified Press")
    end = Resolved(
        case=case(ROW), status="exact", resolution=Resolution(), ids=Ids(doi=DOI),
        records=(record("crossref"), strange, verified),
    )  # fmt: skip
    found = merge(end, "2026-11-22")
    assert (found.volume, found.abstract, found.publisher) == (None, None, "Verified Press")


def test_year_month_and_date_speak_of_the_same_day() -> None:
    agency = record("crossref", year=2021, month=None, date="2021")
    found = merged(agency, record("openalex", year=2020, month=12, date="2020-12-30"))
    assert (found.year, found.month, found.date) == (2021, None, "2021")


def test_a_source_that_all_others_contradict_loses() -> None:
    agency = record("crossref", year=1995, years=(1995,))
    found = merged(agency, record("openalex"), known=record("known"))
    assert (found.year, found.sources["year"]) == (2021, "openalex")
    assert "sources-disagree" in {issue.rule for issue in found.issues}


def test_counts_stand_side_by_side_and_are_dated_when_they_change() -> None:
    first = merged(record("crossref", citation_count=3), record("openalex", citation_count=5))
    assert first.citations.openalex == Count(count=5, as_of="2026-11-22")
    later = NOW.replace(day=29)
    again = paper(
        case(ROW, old=first), [record("crossref", citation_count=3), record("openalex", citation_count=4)], now=later
    )
    assert again.citations.crossref == Count(count=3, as_of="2026-11-22")
    assert again.citations.openalex == Count(count=4, as_of="2026-11-29")


def test_orcids_and_affiliations_are_aligned_by_name_never_by_position() -> None:
    there = (Affiliation(name="Invented Institute", ror="https://ror.org/0invented"),)
    reversed_order = (
        Author(given="B.", family="Sample", orcid="0000-0000-0000-0002"),
        Author(given="Ada", family="Example", orcid="0000-0000-0000-0001", affiliations=there),
    )
    found = merged(record("crossref"), record("openalex", authors=reversed_order))
    assert [author.family for author in found.authors] == ["Example", "Sample"]
    assert [author.orcid for author in found.authors] == ["0000-0000-0000-0001", "0000-0000-0000-0002"]
    assert found.authors[0].affiliations == there


def test_two_namesakes_get_no_details_that_could_be_the_others() -> None:
    wangs = (Author(given="Li", family="Wang"), Author(given="L.", family="Wang"))
    details = (Author(given="L.", family="Wang", orcid="0000-0000-0000-0003"), Author(given="Lu", family="Wang"))
    found = merged(record("crossref", authors=wangs), record("openalex", authors=details))
    assert [author.orcid for author in found.authors] == [None, "0000-0000-0000-0003"]


def test_a_cut_author_list_yields_to_a_complete_one() -> None:
    cut = record("openalex", authors=(Author(family="Example"),), authors_complete=False)
    found = merged(cut, known=record("known"))
    assert len(found.authors) == 2


def test_only_a_retraction_retracts() -> None:
    concern = Notice(kind="concern", doi="10.5555/concern", date="2022-01-01")
    assert not merged(record("crossref", notices=(concern,))).retracted
    gone = record("crossref", retracted=True, notices=(Notice(kind="retraction", doi="10.5555/gone"), concern))
    found = merged(gone)
    assert found.retracted
    assert [issue.rule for issue in found.issues] == ["retracted", "notice"]


@pytest.mark.parametrize(("doi", "kept"), [(DOI, 1), ("10.9999/z", 0), ("10.0001/a", 0), (None, 0)])
def test_a_notice_met_by_chance_is_remembered_for_the_work_that_it_names(doi: str | None, kept: int) -> None:
    seen = (Notice(kind="correction", doi="10.5555/erratum"),)
    old = msgspec.structs.replace(
        merged(record("crossref")), ids=Ids(doi=doi), notices=seen, sources={"notices": "update-to"}
    )
    end = Resolved(
        case=case(ROW, old=reread(old)), status="exact", resolution=Resolution(), ids=Ids(doi=DOI),
        records=(record("crossref"),),
    )  # fmt: skip
    assert len(merge(end, "2026-11-22").notices) == kept


def test_notices_stand_by_kind_and_doi_whatever_order_they_were_told_in() -> None:
    told = [Notice(kind="correction", doi="10.5555/b"), Notice(kind="correction", doi="10.5555/a"),
            Notice(kind="concern"), Notice(kind="correction")]  # fmt: skip
    for notices in (told, told[::-1]):
        found = merged(record("crossref", notices=tuple(notices)))
        assert [(notice.kind, notice.doi) for notice in found.notices] == [
            ("concern", None), ("correction", None), ("correction", "10.5555/a"), ("correction", "10.5555/b")
        ]  # fmt: skip


def test_a_leading_retracted_marks_the_paper_and_leaves_the_title() -> None:
    found = merged(record("crossref", title=f"RETRACTED: {TITLE}"))
    assert (found.title, found.retracted) == (TITLE, True)


def test_last_good_values_stand_in_for_a_source_that_is_down() -> None:
    free = OpenAccess(status="green", url="https://example.org/copy.pdf")
    first = merged(record("crossref", citation_count=3), record("openalex", citation_count=5, open_access=free))
    down = paper(
        case(ROW, old=first), [record("crossref", citation_count=4)], down={"openalex"}, now=NOW.replace(day=29)
    )
    assert down.citations.openalex == first.citations.openalex
    assert (down.open_access, down.stale_since) == (free, "2026-11-22")
    healed = paper(
        case(ROW, old=down),
        [record("crossref", citation_count=4), record("openalex", citation_count=6)],
        now=NOW.replace(day=30),
    )
    assert healed.stale_since is None


@pytest.mark.parametrize("silent", [("crossref",), ("openalex",), ("crossref", "openalex")], ids=" and ".join)
def test_a_vote_is_not_taken_anew_while_a_voter_is_silent(silent: tuple[str, ...]) -> None:
    agreed = [record(source, year=2018, years=(2018,)) for source in ("crossref", "openalex")]
    first = merged(*agreed, known=record("known"))
    heard = [one for one in agreed if one.source not in silent]
    later = paper(case(ROW, old=reread(first), known=record("known")), heard, down=set(silent))
    assert (first.year, later.year, later.sources["year"]) == (2018, 2018, "crossref")


def test_but_what_the_winner_says_now_is_voted_on() -> None:
    first = merged(record("crossref"), record("openalex"), known=record("known"))
    wrong = record("crossref", year=1900, years=(1900,))
    later = paper(case(ROW, old=reread(first), known=record("known")), [wrong], down={"openalex"})
    assert (later.year, later.sources["year"]) == (2021, "known")


def test_an_answer_that_is_whole_may_take_a_value_away() -> None:
    first = merged(record("crossref", volume="7", issue="2"))
    less = paper(case(ROW, old=first), [record("crossref", volume="7")])
    assert (less.volume, less.issue, less.stale_since) == ("7", None, None)


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"authors": ()}, "the authors"),
        ({"year": None, "years": (), "date": None}, "the year"),
        ({"title": None}, "the title"),
        ({"citation_count": None}, "the count"),
        ({"title": None, "authors": ()}, "the title and the authors"),
    ],
    ids=["authors", "year", "title", "count", "two of them"],
)
def test_a_record_that_leaves_out_what_its_source_always_says_takes_nothing_away(
    left_out: dict[str, object], words: str
) -> None:
    said = {"citation_count": 3, "volume": "7", "issue": "2"}
    first = merged(record("crossref", **said))
    half = {**said, "citation_count": 4, "issue": None, "type": "misc", **left_out}
    less = paper(case(ROW, old=reread(first)), [record("crossref", **half)])
    counted = less.citations.crossref
    assert (less.title, less.authors, less.year, less.issue, less.type) == (
        first.title, first.authors, first.year, "2", first.type
    )  # fmt: skip
    assert counted is not None
    assert counted.count == (3 if "citation_count" in left_out else 4)
    assert less.stale_since == "2026-11-22"
    assert [(i.rule, i.message) for i in less.issues] == [
        ("answer-incomplete", f"crossref leaves out {words}; what it said before stays.")
    ]
    again = paper(case(ROW, old=less), [record("crossref", **said)])
    assert (again.stale_since, again.issues) == (None, ())


def test_a_work_that_openalex_has_no_more_keeps_its_values_and_an_issue_says_so() -> None:
    first = merged(record("crossref", citation_count=3), record("openalex", citation_count=5))
    gone = paper(case(ROW, old=first), [record("crossref", citation_count=3)])
    assert gone.citations.openalex == first.citations.openalex
    assert gone.stale_since == "2026-11-22"
    assert [issue.rule for issue in gone.issues] == ["record-gone"]


def test_a_preprint_takes_counts_from_a_merged_work_but_not_its_venue() -> None:
    row = entry(url=f"https://arxiv.org/abs/{ARXIV}", venue="arXiv")
    both = record(
        "openalex", ids=Ids(arxiv=ARXIV, openalex="W96"), type="inproceedings", citation_count=9, venue="Conf"
    )
    found = paper(case(row), [preprint("datacite"), both])
    assert (found.type, found.venue) == ("preprint", None)
    assert found.citations.openalex == Count(count=9, as_of="2026-11-22")


def test_of_a_published_papers_preprint_only_arxivs_classes_are_of_use() -> None:
    classes = preprint("datacite", keywords=("Computer Vision (cs.CV)",), volume="9", abstract="Of the preprint.")
    posted = preprint("crossref", keywords=("posted",), ids=Ids(doi="10.1101/2020.01.01.000001"))
    for preprints in ([classes, posted], [posted, classes]):
        end = Resolved(
            case=case(ROW), status="exact", resolution=Resolution(), ids=Ids(doi=DOI),
            records=(record("crossref", keywords=("Crossref's",)),), preprints=tuple(preprints),
        )  # fmt: skip
        found = merge(end, "2026-11-22")
        assert (found.keywords, found.sources["keywords"]) == (("Computer Vision (cs.CV)",), "datacite")
        assert (found.volume, found.abstract) == (None, None)


def test_the_row_speaks_where_nobody_else_does() -> None:
    found = paper(case(entry(authors=("Ada Example", "Ben Sample"))))
    assert (found.title, found.year, found.venue) == (TITLE, 2021, "Journal of Invented Results")
    assert [author.family for author in found.authors] == ["Example", "Sample"]
    assert set(found.sources.values()) == {"list"}


def test_merging_again_changes_nothing() -> None:
    records = (record("crossref", citation_count=1), record("openalex", citation_count=2, topics=("Folding",)))
    first = merged(*records)
    assert merged(*records, old=first) == first
    assert msgspec.json.decode(msgspec.json.encode(first), type=Paper) == first


def test_what_a_source_has_no_more_stays_as_it_was() -> None:
    first = merged(record("crossref", pages="7-16"), record("openalex", citation_count=5))
    again = paper(case(ROW, old=first), [record("openalex", citation_count=5)])
    assert (again.pages, again.sources["pages"]) == ("7-16", "crossref")
    gone = paper(case(ROW, old=first), [record("crossref", pages="7-16")])
    assert gone.citations.openalex == first.citations.openalex


def test_issues_of_resolving_stand_until_the_row_changes() -> None:
    told = Issue(rule="title-differs", line=3, message="Titles differ.")
    first = msgspec.structs.replace(merged(record("crossref")), issues=(told,))
    records = [record("crossref"), record("openalex")]
    assert told.message in [issue.message for issue in paper(case(ROW, old=first), records).issues]
    assert {issue.line for issue in paper(case(ROW, old=first), records).issues} == {10}
    edited = msgspec.structs.replace(ROW, year=2020)
    assert told.message not in [issue.message for issue in paper(case(edited, old=first), records).issues]
