"""The old catalog as memory: which row an entry is, who left the list, and what a silent source last said."""

import pytest

from pipeline.model import Citations, Count, Entry, Ids, Paper, Retired, Version
from pipeline.stages import identify
from pipeline.stages.catalog import ledger
from tests.stages.invented_papers import TODAY, catalog, entry, paper

ROSEL = paper(1, key="rosel", ids=Ids(doi="10.5555/a", openalex="W1"), url="https://doi.org/10.5555/a")
TWINS = paper(2, "Twin Records", key="twins", ids=Ids(doi="10.5555/b", arxiv="2101.00001"), url="https://example.org/t")
PLAIN = paper(3, "Nobody Knows This", key="plain", status="unmatched")
OLD = catalog(ROSEL, TWINS, PLAIN)


def tie(*entries: Entry, old: tuple[Paper, ...] = OLD.papers) -> dict[int, str]:
    tied = ledger.tie(entries, [identify.identify(one) for one in entries], catalog(*old))
    return {entries[at].line: row.key for at, row in tied.items()}


CASES = [
    ("by DOI, the title corrected", entry(9, "Rosel Map", "https://doi.org/10.5555/A"), "rosel"),
    ("by arXiv id of a published paper", entry(9, "Twin Records", "https://arxiv.org/pdf/2101.00001v3"), "twins"),
    ("by the paper link", entry(9, "Twin Record", "http://www.example.org/t/"), "twins"),
    ("by the folded title", entry(9, "nobody  knows THIS."), "plain"),
    ("by the title, the link new", entry(9, "Nobody Knows This", "https://doi.org/10.5555/new"), "plain"),
    ("by DOI, the title quite another", entry(9, "Written Anew Altogether", "https://doi.org/10.5555/a"), "rosel"),
    ("by nothing", entry(9, "Something Else"), None),
]


@pytest.mark.parametrize(("row", "key"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_entry_is_the_row_that_shares_identifier_link_or_title(row: Entry, key: str | None) -> None:
    assert tie(row).get(9) == key


def test_an_identifier_beats_a_title() -> None:
    assert tie(entry(9, "Nobody Knows This Rosel Maps", "https://doi.org/10.5555/a")) == {9: "rosel"}


def test_rows_of_one_work_share_a_ledger_row_by_identifier() -> None:
    assert tie(
        entry(8, "Rosel Maps", "https://doi.org/10.5555/a"), entry(9, "Rosel maps", "https://doi.org/10.5555/a")
    ) == {
        8: "rosel",
        9: "rosel",
    }


def test_two_papers_on_one_line_have_each_their_own_row() -> None:
    entries = [entry(9, "Rosel Maps", "https://doi.org/10.5555/a"), entry(9, "Twin Records", "https://example.org/t")]
    tied = ledger.tie(entries, [identify.identify(one) for one in entries], OLD)
    assert {at: row.key for at, row in tied.items()} == {0: "rosel", 1: "twins"}


def test_only_the_first_entry_claims_a_row_by_title() -> None:
    assert tie(entry(8, "Nobody Knows This"), entry(9, "Nobody knows this")) == {8: "plain"}


def test_a_link_pasted_into_another_paper_s_row_does_not_make_it_that_paper() -> None:
    right, wrong = (
        entry(8, "Rosel Maps", "https://doi.org/10.5555/a"),
        entry(9, "Salt Tides", "https://doi.org/10.5555/a"),
    )
    assert tie(right, wrong) == tie(wrong, right) == {8: "rosel"}


def test_a_row_with_a_wrong_link_is_itself_again_in_the_next_run() -> None:
    salt = paper(9, "Salt Tides", key="salt", ids=Ids(doi="10.5555/s"), url="https://doi.org/10.5555/a")
    row = entry(9, "Salt Tides", "https://doi.org/10.5555/a")
    assert tie(row, old=(ROSEL, salt)) == tie(row, old=(salt, ROSEL)) == {9: "salt"}


def test_later_rows_of_a_work_are_no_ledger_rows() -> None:
    again = paper(2, "Rosel Maps Again", key="rosel", duplicate_of=1)
    assert tie(entry(9, "Rosel Maps Again"), old=(ROSEL, again)) == {}


def test_without_a_catalog_nothing_is_tied() -> None:
    assert ledger.tie([entry(1, "Rosel Maps")], [()], None) == {}


def test_order_of_the_list_does_not_matter() -> None:
    entries = [entry(1, "Rosel Maps", "https://doi.org/10.5555/a"), entry(2, "Twin Records", "https://example.org/t")]
    assert tie(*entries) == tie(*reversed(entries))


GONE = Retired(key="gone", ids=Ids(doi="10.5555/g"), title="Gone With The Rows", last_seen="2026-01-01")


def test_a_paper_that_leaves_is_retired_with_its_key() -> None:
    retired = ledger.retire(catalog(ROSEL, TWINS, retired=(GONE,)), [ROSEL], TODAY)
    assert [(row.key, row.last_seen) for row in retired] == [("gone", "2026-01-01"), ("twins", TODAY)]


def test_a_provisional_key_is_not_retired() -> None:
    assert ledger.retire(catalog(paper(key="entry-0123456789")), [], TODAY) == ()


def test_a_paper_that_comes_back_is_no_longer_retired() -> None:
    assert ledger.retire(catalog(retired=(GONE,)), [paper(key="gone")], TODAY) == ()


@pytest.mark.parametrize(
    ("back", "key"),
    [
        (paper(5, "Gone with the rows", ids=Ids(doi="10.5555/g")), "gone"),
        (paper(5, "Gone With The Rows", ids=Ids(doi="10.5555/other")), None),
        (paper(5, "Gone With The Rows"), None),
    ],
    ids=["same DOI", "another DOI", "title alone, where the retired paper had a DOI"],
)
def test_a_retired_key_goes_back_to_its_own_paper_only(back: Paper, key: str | None) -> None:
    assert ledger.returning({5: back}, catalog(retired=(GONE,))).get(5) == key


def test_a_retired_paper_without_identifiers_is_known_by_its_title() -> None:
    row = Retired(key="gone", title="Gone With The Rows", last_seen=TODAY)
    assert ledger.returning({5: paper(5, "Gone with the rows")}, catalog(retired=(row,))) == {5: "gone"}


def test_what_a_silent_source_said_is_remembered() -> None:
    counts = Citations(openalex=Count(count=5, as_of=TODAY), crossref=Count(count=4, as_of=TODAY), by_year={"2025": 5})
    sources = {"title": "crossref", "volume": "crossref", "abstract": "openalex", "authors": "crossref"}
    old = paper(key="rosel", volume="7", abstract="We map.", citations=counts, sources=sources)
    crossref, openalex = ledger.remembered(old, "crossref"), ledger.remembered(old, "openalex")
    assert crossref is not None
    assert (crossref.title, crossref.volume, crossref.abstract, crossref.citation_count) == ("Rosel Maps", "7", None, 4)
    assert crossref.authors == old.authors
    assert openalex is not None
    assert (openalex.title, openalex.abstract, openalex.citations_by_year) == (None, "We map.", (("2025", 5),))


def test_a_source_that_never_said_anything_is_not_remembered() -> None:
    assert ledger.remembered(paper(key="rosel"), "datacite") is None


def test_the_version_of_a_paper_ties_it_too() -> None:
    old = paper(1, key="rosel", versions=(Version(kind="preprint", doi="10.5555/preprint"),))
    assert tie(entry(4, "Rosel Maps", "https://doi.org/10.5555/preprint"), old=(old,)) == {4: "rosel"}
