"""One candidate, scored: what each level of agreement asks for."""

import pytest

from pipeline.model import Entry, Identifier, Ids, Record
from pipeline.stages.matching import scoring
from pipeline.stages.matching.scoring import Context, compare_titles
from tests.stages.invented_records import TITLE, crossref, entry, openalex

VENUE = "Journal of Feather Research"


@pytest.mark.parametrize(
    ("case", "row", "record", "is_accepted", "score"),
    [
        ("title only", entry(), crossref(), False, 0.5),
        ("title and year", entry(year=2019), crossref(), True, 0.75),
        ("title, year and venue", entry(year=2019, venue=VENUE), crossref(), True, 1.0),
        (
            "title, year, venue and authors",
            entry(year=2019, venue=VENUE, authors=("Ada Quill",)),
            crossref(),
            True,
            1.0,
        ),
        ("short title and year", entry("Feather atlas", year=2019), crossref("Feather atlas"), False, 0.75),
        ("loose title and year", entry(year=2019), crossref(f"{TITLE}: A study"), False, 0.58),
        ("loose title, year and venue", entry(year=2019, venue=VENUE), crossref(f"{TITLE}: A study"), True, 0.78),
        (
            "head of a long title, year and venue",
            entry(year=2019, venue=VENUE),
            crossref(f"{TITLE}: a study of six flocks over nine winters in three invented provinces"),
            True,
            0.78,
        ),
        ("year against venue", entry(year=2019, venue="Annals of Anchors"), crossref(), False, 0.5),
        ("another title", entry(year=2019, venue=VENUE), crossref("Thermal noise in anchors"), False, 0.0),
    ],
)
def test_less_agreement_needs_more_evidence(
    case: str, row: Entry, record: Record, is_accepted: bool, score: float
) -> None:
    scored = scoring.score(row, [record], Context())
    assert (scored.is_accepted, scored.score) == (is_accepted, score)


def test_a_source_that_names_another_paper_is_no_witness() -> None:
    scored = scoring.score(entry(year=2019), [crossref(year=None), openalex("Thermal noise in anchors")], Context())
    assert [record.source for record in scored.records] == ["crossref"]
    assert not scored.is_accepted


def test_a_short_title_of_a_look_alike_does_not_speak_for_it() -> None:
    swapped = crossref(TITLE.replace("feathers", "anchors"), other_titles=(TITLE,))
    assert compare_titles(TITLE, swapped).level == "weak"
    assert compare_titles(TITLE, crossref("羽毛称重", other_titles=(TITLE,))).level == "same"


def test_a_title_that_only_a_number_can_prove_asks_nothing_of_other_evidence() -> None:
    swapped = scoring.score(entry(year=2019, venue=VENUE), [crossref(TITLE.replace("feathers", "anchors"))], Context())
    assert (swapped.needed, swapped.is_accepted) == (0.0, False)
    assert swapped.lead > 0


@pytest.mark.parametrize(
    ("title", "is_accepted"),
    [
        (TITLE.replace("feathers", "anchors"), True),
        ("Learning to weigh feathers", True),
        ("Thermal noise in sparse anchors", False),
    ],
    ids=["a swapped word", "half of the words", "one word of six"],
)
def test_the_links_own_number_proves_a_work_that_has_half_of_the_title(title: str, is_accepted: bool) -> None:
    link = Identifier(scheme="ieee", value="9053551", evidence="link")
    found = crossref(title, ids=Ids(doi="10.1000/right", ieee="9053551"))
    scored = scoring.score(entry(), [found], Context(identifiers=(link,)))
    assert scored.is_accepted is is_accepted
