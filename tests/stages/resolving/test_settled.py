"""A paper that the ledger has settled."""

from pipeline.model import Ids
from tests.stages.dialogue import ARXIV, case, entry, paper, preprint, record

ROW = entry(url=f"https://arxiv.org/abs/{ARXIV}", venue="Proceedings of Inventions")
KNOWN = record("known", type="inproceedings", venue="Proceedings of Inventions", pages="7-16", ids=Ids(arxiv=ARXIV))
PREPRINTS = [preprint("datacite"), preprint("openalex")]


def test_a_publication_that_only_known_bib_knows_keeps_its_facts_in_the_next_weeks() -> None:
    first = paper(case(ROW, known=KNOWN), PREPRINTS)
    assert (first.type, first.ids.doi, first.pages, first.sources["pages"]) == ("inproceedings", None, "7-16", "known")
    again = paper(case(ROW, known=KNOWN, old=first), PREPRINTS)
    assert again == first
