"""What a human verified, held against the records of a work."""

import pytest

from pipeline.model import Ids, Record
from pipeline.stages.matching.known import contradiction
from tests.stages.invented_records import arxiv, crossref, openalex


def known(**facts: object) -> Record:
    """The facts of known.bib, those of Crossref's record where the test says nothing else."""
    return crossref(**{"source": "known", "doi": None, **facts})  # type: ignore[arg-type]


WORK = (crossref(), openalex())


@pytest.mark.parametrize(
    ("facts", "work", "reason"),
    [
        (known(doi="10.1000/right"), WORK, None),
        (known(), WORK, None),
        (known(doi="10.1000/other"), WORK, "it names 10.1000/other"),
        (known(year=2012), WORK, "7 years away from the listed 2012"),
        (known(year=2020), WORK, None),
        (known(authors="Cy Other"), WORK, "none of the listed authors wrote it"),
        (known(authors="Cy Other", ids=Ids(pmid="1")), (crossref(ids=Ids(doi="10.1000/right", pmid="1")),), None),
        (
            known(authors="Cy Other", ids=Ids(pmid="2")),
            (crossref(ids=Ids(doi="10.1000/right", pmid="1")),),
            "none of the listed authors wrote it",
        ),
        (known(authors=""), WORK, None),
        (arxiv(source="known"), WORK, None),
        (known(), (arxiv(),), None),
        (known(authors="Cy Other"), (arxiv(),), "none of the listed authors wrote it"),
        (known(doi="10.1000/other", authors="Cy Other"), (arxiv(),), "it names 10.1000/other"),
    ],
)
def test_known_bib_contradicts_another_work_and_no_other_version(
    facts: Record, work: tuple[Record, ...], reason: str | None
) -> None:
    assert contradiction(facts, work) == reason


def test_the_journal_version_of_a_known_conference_paper_is_another_work() -> None:
    facts = known(venue="Proceedings of the International Conference on Machine Learning")
    found = crossref(venue="IEEE Transactions on Medical Imaging")
    assert contradiction(facts, [found]) is not None
