"""A work that is cut down for an index is found by what its adapter reads."""

import pytest

from pipeline.addresses import identifiers
from pipeline.model import Ids, Record
from pipeline.sources import body, crossref, crossref_shape, crossref_work, openalex, openalex_shape, openalex_work
from pipeline.sources.names import Names
from pipeline.sources.slim import cut
from pipeline.text.blocking import identifier_key
from tests import labelled
from tests.services import own_records

RECORDS = own_records(look_alikes=True) + labelled.records()


def names_of(record: Record) -> Names:
    return Names(
        ids=record.ids, year=record.year, title=record.title, subtitle=record.subtitle, other_titles=record.other_titles
    )


def test_names_are_those_of_the_whole_record() -> None:
    for sent in RECORDS.openalex.raws:
        work, _ = body.decode(sent, openalex_shape.Work)
        assert openalex_work.read_names(work) == names_of(openalex.read(sent))
    for sent in RECORDS.crossref.raws:
        deposit, _ = body.decode(sent, crossref_shape.Work)
        assert crossref_work.read_names(deposit) == names_of(crossref.read(sent))
    assert min(len(RECORDS.openalex.raws), len(RECORDS.crossref.raws)) > 500


def test_every_identifier_that_is_asked_for_is_a_key() -> None:
    sent = b"""{"id": "https://openalex.org/W7", "doi": "https://doi.org/10.5555/a", "title": "Nets",
        "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/12", "pmcid": "PMC34"},
        "locations": [{"landing_page_url": "https://arxiv.org/abs/2101.05224"},
                      {"landing_page_url": "https://www.sciencedirect.com/science/article/pii/S0140673620301835"}]}"""
    named = {"openalex": "W7", "doi": "10.5555/a", "pmid": "12", "pmcid": "PMC34", "arxiv": "2101.05224",
             "pii": "S0140673620301835"}  # fmt: skip
    assert openalex.read(sent).ids == Ids(**named)
    slim = cut("openalex", sent)
    assert {identifier_key(scheme, value) for scheme, value in named.items()} <= {*slim.keys}
    assert slim.doi_key == identifier_key("doi", "10.5555/a").value
    assert slim.arxiv_key == identifier_key("arxiv", "2101.05224").value


@pytest.mark.parametrize("year", [0, 1399, 2101, 99999])
def test_a_year_that_cannot_be_costs_the_year_alone(year: int) -> None:
    slim = cut("openalex", b'{"id": "W7", "title": "Nets", "publication_year": %d}' % year)
    assert (slim.year, slim.has_title) == (None, True)


def test_abstracts_and_references_are_left_out() -> None:
    work = b'{"id": "W7", "title": "Nets", "referenced_works": ["W8"], "abstract_inverted_index": {"a": [0]}}'
    deposit = b'{"DOI": "10.5555/a", "title": ["Nets"], "abstract": "We.", "reference": [{"DOI": "10.5555/b"}]}'
    assert cut("openalex", work).body == b'{"id":"W7","title":"Nets"}'
    assert cut("crossref", deposit).body == b'{"DOI":"10.5555/a","title":["Nets"]}'


@pytest.mark.parametrize(
    ("address", "scheme", "value"),
    [
        ("https://doi.org/10.48550/arXiv.2101.05224", "arxiv", ("2101.05224",)),
        ("https://doi.org/10.5555/a.b", "doi", ("10.5555/a.b",)),
        ("http://dx.doi.org/10.5555/S0140-6736(20)30183-5", "pii", ()),
        ("https://doi.org/10.1101/2020.01.01.123456", "pmid", ()),
    ],
)
def test_an_address_of_the_doi_resolver_states_a_doi_alone(address: str, scheme: str, value: tuple[str, ...]) -> None:
    assert identifiers.find(scheme, [address]) == value  # type: ignore[arg-type]
    stated = [one.value for one in identifiers.from_url(address) if one.scheme == scheme and not one.is_derived]
    assert tuple(stated) == value
