"""What every network source promises, whatever its service."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import Source, UnreadableBody, crossref, datacite, doira, openalex
from pipeline.sources.batch import PATH_BYTES
from tests.sources.invented import ask, load

SOURCES: dict[str, Source] = {"openalex": openalex, "crossref": crossref, "datacite": datacite, "doira": doira}
READABLE = ["openalex", "crossref", "datacite"]

each_source = pytest.mark.parametrize("name", SOURCES)


@each_source
def test_every_question_is_asked_once_however_odd_its_value(name: str) -> None:
    values = ["10.1000/a", "10.1000/a", "10.1000/b,c", "10.1000/d e", "10.1000/#?&=%|+", "10.1000/é", "10.1000/../x"]
    queries = ask(name, "doi", *values)
    requests = SOURCES[name].ask(queries)
    asked = [query for request in requests for query in request.queries]
    unaskable = {"10.1000/b,c"} if name == "doira" else set()
    assert sorted(query.value for query in asked) == sorted(set(values) - unaskable)
    assert all(request.path.isascii() and not set(request.path) & set(' "<>|\\^`{}#') for request in requests)


@each_source
def test_no_address_is_longer_than_promised(name: str) -> None:
    queries = ask(name, "doi", *[f"10.1000/{'x' * (number % 200)}{number}" for number in range(300)])
    requests = SOURCES[name].ask(queries)
    assert all(len(request.path) <= PATH_BYTES for request in requests)
    assert sum(len(request.queries) for request in requests) == 300


@each_source
def test_requests_name_pools_that_have_limits_and_prices(name: str) -> None:
    source = SOURCES[name]
    requests = source.ask(ask(name, "doi", "10.1000/a", "10.1000/b,c"))
    for request in requests:
        assert request.source == name
        assert request.pool in source.PRICE_USD
        assert all((request.pool, identified) in source.LIMITS for identified in (True, False))


@each_source
def test_the_same_questions_make_the_same_requests(name: str) -> None:
    queries = ask(name, "doi", *[f"10.1000/{number}" for number in range(200)])
    assert SOURCES[name].ask(queries) == SOURCES[name].ask(queries)


@each_source
def test_nothing_asked_is_no_request(name: str) -> None:
    assert SOURCES[name].ask(()) == ()


@pytest.mark.parametrize("name", READABLE)
def test_a_record_says_its_source_and_where_it_stands_there(name: str) -> None:
    record = SOURCES[name].read(load(name))
    assert record.source == name
    assert record.url is not None
    assert record.url.startswith("https://")


@pytest.mark.parametrize("name", READABLE)
def test_a_record_that_was_read_has_no_empty_texts(name: str) -> None:
    sent = load(name, {"title": "", "volume": "", "publisher": " ", "language": "", "page": "", "abstract": ""})
    record = SOURCES[name].read(sent)
    assert "" not in [getattr(record, field) for field in record.__struct_fields__]


FIELDS = {name: sorted(json.loads(load(name)).get("attributes", json.loads(load(name)))) for name in READABLE}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", READABLE)
@given(data=st.data())
def test_whatever_stands_in_a_field_the_record_is_read_or_refused(name: str, data: st.DataObject) -> None:
    sent = load(name, data.draw(st.dictionaries(st.sampled_from(FIELDS[name]), anything, max_size=4)))
    with suppress(UnreadableBody):
        assert SOURCES[name].read(sent).source == name
