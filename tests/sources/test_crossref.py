import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pipeline.sources import Request, UnreadableBody, crossref
from pipeline.sources.batch import PATH_BYTES
from tests.sources.invented import ask, load

SELECTABLE = """
    abstract accepted alternative-id approved archive article-number assertion author chair clinical-trial-number
    container-title content-created content-domain created degree deposited DOI editor event funder group-title indexed
    ISBN is-referenced-by-count ISSN issn-type issue issued license link member original-title page posted prefix
    published published-online published-print publisher publisher-location reference references-count relation
    resource score short-container-title short-title standards-body subject subtitle title translator type
    update-policy update-to updated-by URL volume
"""
"""The names that the service's list of works accepts, October 2026."""


def works(*items: bytes) -> bytes:
    return b'{"status": "ok", "message-type": "work-list", "message": {"items": [%s]}}' % b", ".join(items)


def one(kind: str, *values: str) -> Request:
    (request,) = crossref.ask(ask("crossref", kind, *values))
    return request


def parameter(request: Request, name: str) -> str:
    return parse_qs(urlsplit(request.path).query)[name][0]


def test_fifty_dois_go_into_one_list_call() -> None:
    requests = crossref.ask(ask("crossref", "doi", *[f"10.1007/978-3-030-78191-0_{n}" for n in range(120)]))
    assert [(len(request.queries), request.full, request.pool) for request in requests] == [
        (50, True, "list"), (50, True, "list"), (20, False, "list"),
    ]  # fmt: skip
    assert [parameter(request, "rows") for request in requests] == ["50", "50", "20"]
    assert all(len(request.path) <= PATH_BYTES for request in requests)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("doi", "10.1000/a", "doi:10.1000/a"),
        ("doi", "10.1002/(x)14:24<2>3.0.co;2-2#&", "doi:10.1002/(x)14:24<2>3.0.co;2-2#&"),
        ("volatile", "10.1000/a", "doi:10.1000/a"),
        ("pii", "S0006899322002621", "alternative-id:S0006899322002621"),
    ],
)
def test_each_kind_of_question_becomes_its_filter(kind: str, value: str, expected: str) -> None:
    assert parameter(one(kind, value), "filter") == expected


@pytest.mark.parametrize("kind", ["volatile", "search"])
def test_only_fields_that_can_be_selected_are_selected(kind: str) -> None:
    assert set(parameter(one(kind, "10.1000/a"), "select").split(",")) <= set(SELECTABLE.split())


@pytest.mark.parametrize("kind", ["doi", "pii"])
def test_lists_of_identifiers_ask_for_whole_records_since_subtype_and_institution_cannot_be_selected(kind: str) -> None:
    assert "select=" not in one(kind, "10.1000/a").path


@pytest.mark.parametrize("kind", ["journal-article", "posted-content", "dissertation"])
def test_a_work_of_a_search_is_asked_for_again_for_what_a_search_cannot_select(kind: str) -> None:
    selected = {"DOI": "10.1000/a", "type": kind}
    whole = selected | {"prefix": "10.1000", "language": "en"}
    answered = [crossref.aliases(json.dumps(record).encode()) for record in (selected, whole)]
    assert [("doi", "10.1000/a") in aliases for aliases in answered] == [False, True]


def test_a_refresh_selects_only_what_changes() -> None:
    fields = set(parameter(one("volatile", "10.1000/a"), "select").split(","))
    assert {"DOI", "is-referenced-by-count", "updated-by", "update-to"} <= fields
    assert not {"title", "author", "type", "abstract"} & fields


def test_a_doi_with_a_comma_is_asked_singly_and_whole() -> None:
    request = one("doi", "10.1000/a,b#c?d")
    assert request.pool == "single"
    assert request.path.count("/") == 2
    assert unquote(request.path) == "/works/10.1000/a,b#c?d"


def test_a_search_asks_for_five_works_in_free_words() -> None:
    request = one("search", "Rubik's cube & more 2019")
    assert parameter(request, "query.bibliographic") == "Rubik's cube & more 2019"
    assert (parameter(request, "rows"), request.pool, request.full) == ("5", "list", True)


def test_a_search_of_endless_words_is_cut_between_words() -> None:
    request = one("search", "Größe " * 1000)
    assert len(request.path) < PATH_BYTES
    assert set(parameter(request, "query.bibliographic").split()) == {"Größe"}


def test_the_contact_address_is_not_in_the_path() -> None:
    assert "mailto" not in one("doi", "10.1000/a").path


def test_what_the_list_does_not_return_is_not_asked_again() -> None:
    assert crossref.follow_up(ask("crossref", "doi", "10.1000/a")[0]) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [("doi", "10.5555/ijt.2021.7"), ("volatile", "10.5555/ijt.2021.7"), ("pii", "S0001234521000077")],
)
def test_a_work_goes_to_the_question_that_it_answers_whatever_its_place(kind: str, value: str) -> None:
    other = load("crossref", {"DOI": "10.5555/other", "alternative-id": ["S0009999999999999"], "resource": ...})
    request = one(kind, "10.5555/absent", value)
    answered = crossref.split(request, works(other, load("crossref")))
    unclear = {} if kind == "pii" else {"10.5555/absent": ()}  # a stranger's work in its place proves no absence
    assert {query.value: bodies for query, bodies in answered.items()} == {value: (load("crossref"),)} | unclear


def test_a_pii_is_found_in_its_punctuated_form_and_in_the_landing_page() -> None:
    request = one("pii", "S0001234521000077")
    for changes in ({"resource": ..., "alternative-id": ["S0001-2345(21)00007-7"]}, {"alternative-id": ["77"]}):
        assert request.queries[0] in crossref.split(request, works(load("crossref", changes)))


def test_a_search_keeps_the_order_of_the_answer() -> None:
    found = [load("crossref", {"DOI": f"10.5555/{letter}"}) for letter in "cabdef"]
    request = one("search", "learning")
    assert crossref.split(request, works(*found)) == {request.queries[0]: tuple(found[:5])}


def test_one_doi_of_works_that_differ_is_unreadable() -> None:
    found = [load("crossref", {"DOI": f"10.5555/{doi}", "title": [title]}) for doi, title in (("a", "x"), ("A", "y"))]
    for kind, value in (("search", "learning"), ("doi", "10.5555/a")):
        with pytest.raises(UnreadableBody, match="under one name"):
            crossref.split(one(kind, value), works(*found))


def test_a_single_record_answers_its_question_only_if_it_bears_the_doi() -> None:
    sent = b'{"status": "ok", "message-type": "work", "message": %s}' % load("crossref", {"DOI": "10.5555/A,B"})
    (right, wrong) = crossref.ask(ask("crossref", "doi", "10.5555/a,b", "10.5555/c,d"))
    assert crossref.split(right, sent) == {right.queries[0]: (load("crossref", {"DOI": "10.5555/A,B"}),)}
    with pytest.raises(UnreadableBody, match="nobody asked for"):
        crossref.split(wrong, sent)


@pytest.mark.parametrize(
    "sent",
    [
        b"Resource not found.",
        b'{"status": "failed", "message-type": "validation-failure", "message": [{}]}',
        b'{"status": "ok", "message-type": "work", "message": {"DOI": "10.5555/a"}}',
        b'{"status": "ok", "message-type": "work-list", "message": {}}',
        b'{"status": "ok", "message-type": "work-list", "message": {"items": [{"title": ["no DOI"]}]}}',
    ],
    ids=["text", "failure", "single record", "no items", "work without DOI"],
)
def test_a_list_that_is_not_what_was_promised_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        crossref.split(one("doi", "10.5555/a"), sent)


def test_a_whole_work_answers_its_exact_questions_and_a_refresh_only_itself() -> None:
    assert set(crossref.aliases(load("crossref"))) == {
        ("doi", "10.5555/ijt.2021.7"), ("pii", "S0001234521000077"), ("volatile", "10.5555/ijt.2021.7"),
    }  # fmt: skip
    sent = json.dumps({"DOI": "10.5555/A", "is-referenced-by-count": 3}).encode()
    assert crossref.aliases(sent) == (("volatile", "10.5555/a"),)
