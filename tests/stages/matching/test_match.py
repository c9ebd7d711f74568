"""The choice among candidates. Every trap that is known to catch reference checkers is a row of a table here."""

from typing import Any

import pytest

from pipeline.model import Entry, Identifier, Ids, Record
from pipeline.stages.matching.match import Judge, is_same_work, judge_exact
from tests.stages.invented_records import TITLE, arxiv, crossref, entry, openalex

RIGHT = crossref()
ROW = entry(venue="Journal of Feather Research", year=2019)
CONFERENCE = crossref(
    doi="10.1000/conf", venue="Proceedings of the 3rd Symposium on Plumage Acoustics", kind="inproceedings",
    raw_type="proceedings-article", year=2018,
)  # fmt: skip


def chosen(row: Entry, *records: Record, **more: Any) -> str | None:
    match = Judge(row, **more).choose(records)
    return match.records[0].ids.doi if match.outcome == "matched" else None


LOOK_ALIKES: list[tuple[str, str, dict[str, object]]] = [
    ("correction", f"Correction to: {TITLE}", {}),
    ("author correction", f"Author Correction: {TITLE}", {}),
    ("corrigendum", f"Corrigendum to “{TITLE}”", {}),
    ("erratum as suffix", f"{TITLE} (Erratum)", {}),
    ("reply as prefix", f"Reply to: {TITLE}", {}),
    ("reply as suffix", f"{TITLE}—Reply", {}),
    ("response of the author", f"{TITLE}: Author’s response", {}),
    ("comment on", f"Comment on “{TITLE}”", {}),
    ("review of", f"Review of: {TITLE}", {}),
    ("retraction note", f"Retraction Note to: {TITLE}", {}),
    ("supplement by title", f"{TITLE}: supplementary material", {}),
    ("supplement by DOI", TITLE, {"ids": Ids(doi="10.1000/right.s001")}),
    ("component", TITLE, {"raw_type": "component"}),
    ("peer review", TITLE, {"raw_type": "peer-review"}),
    ("erratum by type", TITLE, {"raw_type": "erratum"}),
    ("notice by relation", TITLE, {"notice_of": ("10.1000/right",)}),
    ("second part", f"{TITLE}: Part 2", {}),
    ("second part in Roman", f"{TITLE} II", {}),
    ("second part with a title", f"{TITLE}. 2. Further results", {}),
    ("lettered part", f"{TITLE}, Part B", {}),
    ("sequel", f"{TITLE}, revisited", {}),
    ("content word swapped", TITLE.replace("feathers", "anchors"), {"authors": "Cy Other"}),
    ("content word added", TITLE.replace("sparse", "sparse noisy"), {"authors": "Cy Other"}),
    ("negation", TITLE.replace("from", "without"), {}),
    ("same title by others years apart", TITLE, {"year": 2013, "authors": "Cy Other", "venue": "Northern Notes"}),
    ("same title by others two years apart", TITLE, {"year": 2021, "authors": "Cy Other", "venue": "Northern Notes"}),
    ("copy by a denied registrant", TITLE, {"ids": Ids(doi="10.65215/abc")}),
    ("year that cannot be", TITLE, {"year": 2025}),
]
TRAPS = [
    (reason, crossref(title, **{"doi": f"10.1000/wrong.{number}", **more}))  # type: ignore[arg-type]
    for number, (reason, title, more) in enumerate(LOOK_ALIKES)
]
TRAP_NAMES = [reason for reason, _ in TRAPS]


@pytest.mark.parametrize(("reason", "trap"), TRAPS, ids=TRAP_NAMES)
def test_a_look_alike_is_refused_when_the_paper_is_absent(reason: str, trap: Record) -> None:
    match = Judge(ROW).choose([trap])
    assert (match.outcome, match.score) == ("none", 0.0)
    assert match.needs_more


@pytest.mark.parametrize(("reason", "trap"), TRAPS, ids=TRAP_NAMES)
def test_the_paper_wins_beside_its_look_alike(reason: str, trap: Record) -> None:
    assert chosen(ROW, trap, RIGHT) == chosen(ROW, RIGHT, trap) == "10.1000/right"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Weighing feathers in 2D", "Weighing feathers in 3D"),
        ("Weighing feathers, Part I", "Weighing feathers, Part II"),
        ("Weighing feathers III", "Weighing feathers IV"),
        ("Supervised weighing of feathers", "Unsupervised weighing of feathers"),
        ("Feathers that fly", "Feathers that do not fly"),
        ("The 2019 feather challenge", "The 2020 feather challenge"),
    ],
)
def test_meaning_beats_year_and_venue(title: str, found: str) -> None:
    row = entry(title, venue="Journal of Feather Research", year=2019)
    assert Judge(row).choose([crossref(found), openalex(found)]).outcome == "none"


def test_one_word_titles_need_year_and_venue() -> None:
    attention = crossref("Attention")
    assert chosen(entry("Attention", year=2019), attention, openalex("Attention")) is None
    assert chosen(entry("Attention", year=2019, venue="Journal of Feather Research"), attention) == "10.1000/right"


def test_the_version_that_the_list_names_wins_over_the_other_with_one_title() -> None:
    journal = crossref(doi="10.1000/journal")
    assert chosen(entry(venue="Symposium on Plumage Acoustics", year=2018), journal, CONFERENCE) == "10.1000/conf"
    assert chosen(ROW, journal, CONFERENCE) == "10.1000/journal"


@pytest.mark.parametrize("authors", [(), ("Ada Quill",)])
def test_the_journal_version_is_no_stand_in_for_the_conference_paper(authors: tuple[str, ...]) -> None:
    row = entry(venue="Symposium on Plumage Acoustics", year=2018, authors=authors)
    journal = (crossref(doi="10.1000/journal"), openalex(doi="10.1000/journal"))
    assert chosen(row, *journal) is None


def test_two_versions_that_fit_equally_are_for_a_human() -> None:
    match = Judge(entry(year=2018)).choose([crossref(doi="10.1000/journal", year=2018), CONFERENCE])
    assert match.outcome == "ambiguous"
    assert [candidate.score for candidate in match.candidates] == [0.75, 0.75]


def test_two_registrations_known_to_both_sources_need_no_third_opinion() -> None:
    twins = [
        crossref(doi="10.1000/a"),
        openalex(doi="10.1000/a"),
        crossref(doi="10.1000/b"),
        openalex(doi="10.1000/b", work="W2"),
    ]
    match = Judge(ROW).choose(twins)
    assert (match.outcome, match.needs_more) == ("ambiguous", False)


def test_a_title_alone_is_ambiguous_and_asks_for_more() -> None:
    match = Judge(entry()).choose([RIGHT])
    assert (match.outcome, match.needs_more, match.records) == ("ambiguous", True, ())
    assert match.candidates[0].evidence == ("same title",)


@pytest.mark.parametrize(
    ("witness", "row", "records", "more"),
    [
        ("year", entry(year=2019), (RIGHT,), {}),
        ("venue", entry(venue="J. Feather Res."), (RIGHT,), {}),
        ("venue in the legend", entry(venue="JOFR"), (RIGHT,), {"aliases": (("JOFR", "Journal of Feather Research"),)}),
        ("author", entry(authors=("Ben Down",)), (RIGHT,), {}),
        ("family name of the author", entry(authors=("Quill",)), (RIGHT,), {}),
        ("both sources", entry(), (RIGHT, openalex()), {}),
        ("near year and both sources", entry(year=2020), (RIGHT, openalex()), {}),
        ("known.bib", entry(), (RIGHT,), {"known": crossref(source="known")}),
        ("PII", entry(), (crossref(ids=Ids(doi="10.1000/right", pii="S0031320321000133")),),
         {"identifiers": (Identifier(scheme="pii", value="S0031320321000133", evidence="link"),)}),
        ("document number", entry(), (crossref(landing_urls=("https://ieeexplore.ieee.org/document/9343323/",)),),
         {"identifiers": (Identifier(scheme="ieee", value="9343323", evidence="link"),)}),
        ("landing page of the linked PDF", entry(url="https://proceedings.mlr.press/v1/quill/quill.pdf?utm_source=x#page=2"),
         (openalex(landing_urls=("http://proceedings.mlr.press/v1/quill.html",)),), {}),
        ("landing page", entry(url="https://proceedings.mlr.press/v1/quill.html"),
         (openalex(landing_urls=("http://proceedings.mlr.press/v1/quill.html",)),), {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_one_witness_besides_the_title_is_enough(
    witness: str, row: Entry, records: tuple[Record, ...], more: dict[str, object]
) -> None:
    assert chosen(row, *records, **more) == "10.1000/right"


def test_a_near_year_is_no_witness_by_itself() -> None:
    assert Judge(entry(year=2020)).choose([RIGHT]).outcome == "ambiguous"


def test_print_and_online_year_both_count() -> None:
    assert chosen(entry(year=2018), crossref(years=(2018, 2020), year=2020)) == "10.1000/right"


def test_a_dropped_subtitle_needs_year_and_venue() -> None:
    whole = crossref(f"{TITLE}: A field study")
    assert chosen(entry(year=2019), whole, openalex(whole.title)) is None
    assert chosen(ROW, whole) == "10.1000/right"


def test_a_fragment_of_a_title_needs_even_more() -> None:
    whole = crossref("Feather atlas: generic self-taught models of plumage for volumetric avian image analysis")
    row = entry("Feather atlas", venue="Journal of Feather Research", year=2019)
    assert Judge(row).choose([whole]).outcome == "ambiguous"


def test_listed_authors_who_did_not_write_it_rule_it_out() -> None:
    row = entry(venue="Journal of Feather Research", year=2019, authors=("Zoe Stranger",))
    assert Judge(row).choose([RIGHT]).outcome == "none"
    assert chosen(row, crossref(authors_complete=False)) == "10.1000/right"
    assert chosen(row, crossref(authors="")) == "10.1000/right"


def test_the_agency_knows_whose_doi_it_is() -> None:
    stolen = (crossref("Thermal noise in anchors", doi="10.1000/stolen"), openalex(doi="10.1000/stolen"))
    assert Judge(ROW).choose(stolen).outcome == "none"


def test_a_human_no_is_obeyed() -> None:
    match = Judge(ROW, denied={"10.1000/right"}).choose([RIGHT])
    assert match.outcome == "none"
    assert match.candidates[0].evidence[0] == "refused: corrections.toml says that it is not 10.1000/right"


def test_the_doi_of_known_bib_has_no_rivals() -> None:
    twin = (crossref(doi="10.1000/twin"), openalex(doi="10.1000/twin", work="W2"))
    known = crossref(source="known")
    assert chosen(entry(year=2019), RIGHT, *twin, known=known) == "10.1000/right"
    assert chosen(entry(year=2019), RIGHT, *twin) is None


def test_that_two_sources_know_a_work_does_not_make_it_the_better_one() -> None:
    twin = (crossref(doi="10.1000/twin", year=2018), openalex(doi="10.1000/twin", work="W2", year=2018))
    assert chosen(entry(year=2019), RIGHT, *twin) == "10.1000/right"


@pytest.mark.parametrize(
    ("case", "row", "found"),
    [
        ("exact year and authors", entry("Guest Editorial", year=2019, authors=("Ada Quill", "Ben Down")), True),
        ("exact year and venue", entry("Guest Editorial", year=2019, venue="Journal of Feather Research"), False),
        ("authors and a year off", entry("Guest Editorial", year=2018, authors=("Ada Quill", "Ben Down")), False),
        ("one of many", entry("Guest Editorial", year=2019, authors=("Ada Quill", "Cy Else", "Di Else", "Ed Else")),
         False),
    ],
)  # fmt: skip
def test_a_title_that_names_nothing_needs_the_exact_year_and_the_authors(case: str, row: Entry, found: bool) -> None:
    assert (chosen(row, crossref("Guest editorial"), openalex("Guest editorial")) is not None) is found


def test_a_short_title_that_a_venue_prints_again_is_a_column() -> None:
    title = "Feathers of the month"
    both = [
        crossref(title, year=2019, doi="10.1000/a"),
        crossref(title, year=2017, doi="10.1000/b", authors="Cy Other"),
    ]
    row = entry(title, year=2019, venue="Journal of Feather Research")
    assert Judge(row).choose(both).outcome == "ambiguous"
    assert chosen(entry(title, year=2019, authors=("Ada Quill", "Ben Down")), *both) == "10.1000/a"


def test_that_both_sources_name_a_doi_says_nothing_of_a_title_with_namesakes() -> None:
    twin = crossref(doi="10.1000/twin", authors="Cy Other", venue="Northern Notes", year=2013)
    both = (RIGHT, openalex())
    assert chosen(entry(), *both) == "10.1000/right"
    assert Judge(entry()).choose([*both, twin]).outcome == "ambiguous"
    assert Judge(entry("Weighing feathers")).choose([crossref("Weighing feathers"), openalex("Weighing feathers")]
                            ).outcome == "ambiguous"  # fmt: skip


def test_the_exact_title_wins_over_its_plural() -> None:
    row = entry("Feather network for images of wings", year=2019)
    exact = crossref("Feather network for images of wings")
    plural = crossref("Feather networks for images of wings", doi="10.1000/plural")
    assert chosen(row, plural, exact) == chosen(row, exact, plural) == "10.1000/right"


def test_a_mark_of_the_contribution_needs_more_and_loses_to_the_paper_itself() -> None:
    marked = crossref(f"{TITLE} (abstract)", doi="10.1000/abstract")
    assert Judge(entry(year=2019)).choose([marked]).outcome == "ambiguous"
    assert chosen(ROW, marked) == "10.1000/abstract"
    assert chosen(ROW, marked, RIGHT) == "10.1000/right"


def test_a_word_that_other_titles_have_is_no_typing_error() -> None:
    row = entry(TITLE.replace("acoustic", "acustic"), venue="Journal of Feather Research", year=2019)
    other = crossref("Acustic memories of a sparrow", doi="10.1000/other", year=2011)
    assert chosen(row, RIGHT) == "10.1000/right"
    assert chosen(row, RIGHT, other) is None


def test_a_family_name_one_letter_off_rules_nothing_out() -> None:
    row = entry(venue="Journal of Feather Research", year=2019, authors=("Ada Priestly",))
    assert chosen(row, crossref(authors="Ada Priestley")) == "10.1000/right"


@pytest.mark.parametrize("noise", ["FeatherNet", "Stanford University", "Google Brain", "羽毛", "see the page", "[1]"])
def test_what_is_no_name_rules_nothing_out(noise: str) -> None:
    assert chosen(entry(venue="Journal of Feather Research", year=2019, authors=(noise,)), RIGHT) == "10.1000/right"


def test_preprint_and_published_version_are_no_rivals() -> None:
    match = Judge(entry(year=2018, venue="arXiv")).choose([arxiv(), RIGHT, openalex()])
    assert {record.ids.doi for record in match.records} == {"10.1000/right"}
    assert chosen(ROW, arxiv(), RIGHT) == "10.1000/right"


def test_a_paper_without_a_doi_is_found_at_openalex() -> None:
    match = Judge(ROW).choose([openalex(doi=None)])
    assert (match.outcome, match.records[0].ids.openalex) == ("matched", "W1")


def test_a_listed_erratum_is_an_erratum() -> None:
    title = f"Erratum: {TITLE}"
    assert (
        chosen(entry(title, year=2019), crossref(title, raw_type="erratum", notice_of=("10.1000/x",)))
        == "10.1000/right"
    )


def test_a_retracted_paper_is_still_the_paper() -> None:
    assert chosen(ROW, crossref(f"RETRACTED: {TITLE}")) == "10.1000/right"


def test_the_order_of_the_records_decides_nothing() -> None:
    records = [record for _, record in TRAPS] + [RIGHT, openalex()]
    assert Judge(ROW).choose(records).evidence == Judge(ROW).choose(records[::-1]).evidence


def test_candidates_are_best_first_and_few() -> None:
    match = Judge(ROW).choose([record for _, record in TRAPS] + [RIGHT])
    assert len(match.candidates) == 5
    assert match.candidates[0].doi == "10.1000/right"
    assert [one.score for one in match.candidates] == sorted((one.score for one in match.candidates), reverse=True)


def test_no_records_are_no_match() -> None:
    assert Judge(ROW).choose([]).outcome == "none"


@pytest.mark.parametrize(
    ("listed", "record", "accepted", "issue"),
    [
        ("same title", RIGHT, True, None),
        ("retracted", crossref(f"RETRACTED: {TITLE}"), True, None),
        ("subtitle dropped", crossref(f"{TITLE}: A field study"), True, None),
        ("title of another language first", crossref("羽毛称重", other_titles=(TITLE,)), True, None),
        (
            "half of the words",
            crossref("Learning to weigh anchors from sparse acoustic signals"),
            True,
            "Titles differ",
        ),
        ("other number", crossref(f"{TITLE} II"), True, "Titles differ"),
        ("title goes on", crossref(f"{TITLE}. IV. On the wing"), True, "title is incomplete"),
        ("title goes on in the subtitle", crossref(subtitle="IV. On the wing"), True, "title is incomplete"),
        ("edition", crossref(f"{TITLE}, 8th edition"), True, "title is incomplete"),
        ("no title", crossref(None), True, "states no title"),
        ("a guessed type", openalex(raw_type="editorial"), True, None),
        ("another paper", crossref("Thermal noise in anchors"), False, "leads to another paper"),
        ("its correction", crossref(f"Correction to: {TITLE}"), False, "not used"),
        ("its supplement", crossref(ids=Ids(doi="10.1000/right.s001")), False, "not used"),
        ("a copy", crossref(ids=Ids(doi="10.65215/abc")), False, "not used"),
    ],
)
def test_an_exact_link_is_checked_by_its_title(listed: str, record: Record, accepted: bool, issue: str | None) -> None:
    verdict = judge_exact(entry(), record)
    assert verdict.accepted is accepted
    assert (issue is None and verdict.issue is None) or (verdict.issue is not None and str(issue) in verdict.issue)


def test_an_issue_about_a_link_names_both_titles() -> None:
    issue = judge_exact(entry(), crossref("Thermal noise in anchors")).issue
    assert issue is not None
    assert TITLE in issue
    assert "Thermal noise in anchors" in issue


@pytest.mark.parametrize(
    ("listed", "found", "accepted"),
    [
        ("PlumeNet", "PlumeNet: deep features of plumage", True),
        ("FeaWei", "Feather Weighing by Listening", True),
        ("PlumeNet", "Thermal noise in anchors", False),
    ],
)
def test_a_link_may_go_by_its_short_name(listed: str, found: str, accepted: bool) -> None:
    assert judge_exact(entry(listed), crossref(found)).accepted is accepted


@pytest.mark.parametrize(
    ("reason", "published", "proof"),
    [
        ("same authors, one year on", RIGHT, "published 1 years later"),
        ("title spelled otherwise", crossref(TITLE.upper()), "authors"),
        ("four years on", crossref(year=2022), None),
        ("a year before", crossref(year=2017), "published -1 years later"),
        ("two years before", crossref(year=2016), None),
        ("no author in common", crossref(authors="Cy Other"), None),
        ("another part", crossref(f"{TITLE} II"), None),
        ("no title", crossref(None), None),
        ("another preprint", arxiv(number="1901.00001"), None),
    ],
)
def test_versions_need_title_authors_and_years(reason: str, published: Record, proof: str | None) -> None:
    is_same, evidence = is_same_work(arxiv(), published)
    assert is_same is (proof is not None)
    assert is_same_work(published, arxiv())[0] is is_same
    assert proof is None or proof in evidence


def test_conference_and_journal_version_are_two_works() -> None:
    assert is_same_work(CONFERENCE, RIGHT) == (False, "neither is a preprint")


def test_half_a_witness_ahead_is_daylight_and_a_tie_is_none() -> None:
    exact, near = crossref(doi="10.1000/exact", year=2019), crossref(doi="10.1000/near", year=2020)
    row = entry(venue="Journal of Feather Research", year=2019)
    assert chosen(row, exact, near) == chosen(row, near, exact) == "10.1000/exact"
    tie = Judge(row).choose([exact, crossref(doi="10.1000/twin", year=2019)])
    assert (tie.outcome, tie.records, len(tie.candidates)) == ("ambiguous", (), 2)


@pytest.mark.parametrize(
    ("listed", "title", "accepted", "is_issue"),
    [
        ("Learning to weigh feathers", "Learning to weigh feathers", True, False),
        ("Learning to weigh feathers", "Learning to weigh feathers: a field study", True, False),
        ("Learning to weigh feathers by ear", "Learning to weigh feathers without ear", True, True),
        ("Learning to weigh feathers by ear", "Learning to weigh feathers with ear", True, True),
        ("Learning to weigh feathers from echoes", "Learning to weigh anchors from echoes", True, True),
        ("Learning to weigh feathers", "Counting imaginary sheep on hillsides", False, True),
        # A name made of beginnings of the title's words, of three to twelve letters.
        ("SimCLR", "A simple framework for contrastive learning of representations", True, False),
        ("WeF", "Weighing feathers", True, False),
        ("WF", "Weighing feathers", False, True),
        ("AbcdEfghIjkl", "Abcdal efghal ijklal", True, False),
        ("AbcdEfghIjklm", "Abcdal efghal ijklmal", False, True),
        ("SimCLX", "A simple framework for contrastive learning of representations", False, True),
    ],
)
def test_the_record_of_a_link_is_the_paper_with_or_without_an_issue_or_is_not(
    listed: str, title: str, accepted: bool, is_issue: bool
) -> None:
    verdict = judge_exact(entry(listed), crossref(title))
    assert (verdict.accepted, verdict.issue is not None) == (accepted, is_issue)


@pytest.mark.parametrize(
    ("listed", "found", "kind", "accepted"),
    [
        ("Slide search at scale", "Proceedings of the 4th workshop on slide search", "proceedings", False),
        ("Slide search at scale", "Slide search and retrieval handbook", "edited-book", False),
        ("Slide search at scale", "Slide search in pathology", "journal-article", True),
        ("Proceedings of the 4th Workshop on Slide Search", "Proceedings of the 4th workshop on slide search",
         "proceedings", True),
        ("Slide Search", "Slide Search: a Handbook", "book", True),
    ],
    ids=["proceedings", "book", "a paper", "the proceedings themselves", "a book without its subtitle"],
)  # fmt: skip
def test_a_whole_volume_is_a_rows_paper_only_where_the_row_says_its_title(
    listed: str, found: str, kind: str, accepted: bool
) -> None:
    verdict = judge_exact(entry(listed), crossref(found, raw_type=kind, kind="book"))
    assert verdict.accepted is accepted


@pytest.mark.parametrize(
    ("ids", "url", "name"),
    [
        (Ids(doi="10.5555/a"), "https://openalex.org/W1", "10.5555/a"),
        (Ids(), "https://openalex.org/W1", "https://openalex.org/W1"),
        (Ids(), None, "the link's record"),
    ],
)
def test_a_record_is_named_by_its_doi_else_by_its_page(ids: Ids, url: str | None, name: str) -> None:
    assert judge_exact(entry(), openalex(None, ids=ids, url=url)).issue == f"The record of {name} states no title."
