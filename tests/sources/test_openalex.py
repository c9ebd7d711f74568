import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pipeline.sources import CutShort, Request, UnreadableBody, openalex
from pipeline.sources.batch import PATH_BYTES
from tests.sources.invented import ask, load


def page(*works: bytes) -> bytes:
    return b'{"meta": {"count": %d}, "results": [%s], "group_by": []}' % (len(works), b", ".join(works))


def the_filter(request: Request) -> str:
    return parse_qs(urlsplit(request.path).query)["filter"][0]


def one(kind: str, *values: str) -> Request:
    (request,) = openalex.ask(ask("openalex", kind, *values))
    return request


DOIS = [f"10.1007/978-3-030-78191-0_{number}" for number in range(250)]


def test_a_thousand_dois_of_ordinary_length_need_ten_lists_below_4000_bytes() -> None:
    dois = [f"10.1007/978-3-030-{book}-0_{chapter}" for book in range(78191, 78201) for chapter in range(100)]
    requests = openalex.ask(ask("openalex", "doi", *dois))
    assert len(requests) == 10
    assert all(len(request.path) <= PATH_BYTES and request.pool == "list" and request.full for request in requests)


def test_long_dois_make_smaller_batches_rather_than_longer_addresses() -> None:
    dois = [f"10.1002/(sici)1097-0231(20001230)14;24<2357;;aid-rcm{number}>3.0.co;2-2" for number in range(100)]
    requests = openalex.ask(ask("openalex", "doi", *dois))
    assert sum(len(request.queries) for request in requests) == 100
    assert all(len(request.path) <= PATH_BYTES for request in requests)


def test_only_the_last_batch_has_room_left() -> None:
    assert [request.full for request in openalex.ask(ask("openalex", "doi", *DOIS))] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("doi", "10.1016/j.media.2021.102094", "doi:10.1016/j.media.2021.102094"),
        ("doi", "10.1000/a+b", "doi:10.1000/a+b"),
        ("id", "W123", "openalex:W123"),
        ("pmid", "11127840", "pmid:11127840"),
        ("pmcid", "PMC7654321", "pmcid:7654321"),
        (
            "arxiv",
            "2101.05224",
            "locations.landing_page_url:http://arxiv.org/abs/2101.05224|https://arxiv.org/abs/2101.05224"
            "|https://doi.org/10.48550/arxiv.2101.05224",
        ),
        (
            "landing",
            "https://example.org/a.html",
            "locations.landing_page_url:https://example.org/a.html|http://example.org/a.html"
            "|https://www.example.org/a.html|http://www.example.org/a.html",
        ),
        ("search", "Rubik’s Cube+: A (3D) “way”? AND *not*!", "title.search:rubik's cube a 3d way and not"),
    ],
)
def test_each_kind_of_question_becomes_its_filter(kind: str, value: str, expected: str) -> None:
    assert the_filter(one(kind, value)) == expected


def test_a_plus_in_a_doi_is_sent_encoded() -> None:
    assert "10.1000%2Fa%2Bb" in one("doi", "10.1000/a+b").path


@pytest.mark.parametrize("doi", ["10.1000/a,b", "10.1000/a|b", '10.1000/"a"', "10.1000/type:a", "10.1000/a\\b"])
def test_dois_that_would_break_a_list_are_asked_singly_and_free(doi: str) -> None:
    requests = openalex.ask(ask("openalex", "doi", "10.1000/safe", doi))
    assert sorted(request.pool for request in requests) == ["list", "single"]
    single = next(request for request in requests if request.pool == "single")
    name = urlsplit(single.path).path.removeprefix("/works/")
    assert name.startswith("doi:")
    assert unquote(name) == f"doi:{doi}"
    assert not set(',|"/') & set(name)


def test_an_address_with_a_comma_is_asked_alone_in_quotes() -> None:
    filters = map(the_filter, openalex.ask(ask("openalex", "landing", "https://a.org/x,y", "https://a.org/z")))
    assert 'locations.landing_page_url:"https://a.org/x,y"' in list(filters)


def test_no_value_of_a_call_is_lost_where_a_question_takes_several() -> None:
    requests = openalex.ask(ask("openalex", "arxiv", *[f"2101.{number:05d}" for number in range(60)]))
    assert all(the_filter(request).count("|") < 100 for request in requests)
    assert sum(len(request.queries) for request in requests) == 60


def test_a_refresh_selects_only_what_changes() -> None:
    fields = parse_qs(urlsplit(one("volatile", "W1").path).query)["select"][0].split(",")
    assert set(fields) == {
        "id", "doi", "cited_by_count", "counts_by_year", "is_retracted", "open_access", "best_oa_location",
    }  # fmt: skip


def test_a_search_costs_more_and_has_a_pool_of_its_own() -> None:
    request = one("search", "learning nothing")
    assert request.pool == "search"
    assert "per-page=5&" in request.path
    assert openalex.PRICE_USD["search"] == 10 * openalex.PRICE_USD["list"]


def test_a_search_without_a_word_is_not_asked() -> None:
    assert openalex.ask(ask("openalex", "search", "?! (…)")) == ()


@pytest.mark.parametrize(
    ("kind", "value", "path"),
    [
        ("doi", "10.1002/(SICI)1;2<3>", "/works/doi:10.1002%2F%28SICI%291%3B2%3C3%3E"),
        ("id", "W5", "/works/W5"),
        ("volatile", "W5", "/works/W5"),
        ("pmid", "17", "/works/pmid:17"),
        ("pmcid", "PMC17", "/works/pmcid:PMC17"),
    ],
)
def test_what_a_list_did_not_return_is_asked_again_as_a_free_singleton(kind: str, value: str, path: str) -> None:
    request = openalex.follow_up(ask("openalex", kind, value)[0])
    assert request is not None
    assert request.pool == "single"
    assert openalex.PRICE_USD[request.pool] == 0
    assert request.path.startswith(f"{path}?select=id,doi")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("doi", "10.48550/arxiv.2101.05224"),
        ("doi", "10.1000.10/x"),
        ("arxiv", "2101.05224"),
        ("landing", "https://example.org/a"),
        ("search", "words"),
    ],
    ids=["arXiv's landing page was asked too", "a form that singletons refuse", "arXiv", "landing page", "search"],
)
def test_some_questions_have_no_singleton(kind: str, value: str) -> None:
    assert openalex.follow_up(ask("openalex", kind, value)[0]) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("doi", "10.5555/ijt.2021.7"),
        ("id", "W100"),
        ("volatile", "W100"),
        ("volatile-doi", "10.5555/ijt.2021.7"),
        ("pmid", "11127840"),
        ("pmcid", "PMC7654321"),
        ("arxiv", "2101.00001"),
        ("landing", "https://repository.example/1"),
    ],
)
def test_a_work_goes_to_the_question_that_it_answers_whatever_its_place(kind: str, value: str) -> None:
    other = load("openalex", {"id": "https://openalex.org/W9", "doi": None, "ids": {}, "locations": []})
    request = openalex.ask(ask("openalex", kind, "10.1/absent", value))[0]
    answered = openalex.split(request, page(other, load("openalex")))
    assert {query.value: bodies for query, bodies in answered.items()} == {value: (load("openalex"),)}


def test_works_are_kept_as_they_were_sent() -> None:
    raw = b'{"id":"https://openalex.org/W1" , "doi":"https://doi.org/10.5555/A","x":1.50}'
    request = one("doi", "10.5555/a")
    assert openalex.split(request, page(raw)) == {request.queries[0]: (raw,)}


def test_two_works_with_one_doi_both_answer() -> None:
    twins = [load("openalex", {"id": f"https://openalex.org/W{number}"}) for number in (1, 2)]
    request = one("doi", "10.5555/ijt.2021.7")
    assert openalex.split(request, page(*twins)) == {request.queries[0]: tuple(twins)}


def test_a_search_keeps_the_order_of_the_answer() -> None:
    works = [load("openalex", {"id": f"https://openalex.org/W{number}", "doi": None}) for number in (3, 1, 2)]
    request = one("search", "learning")
    assert openalex.split(request, page(*works)) == {request.queries[0]: tuple(works)}
    assert openalex.split(request, page()) == {}


@pytest.mark.parametrize("kind", ["search", "title", "doi"])
def test_one_id_of_works_that_differ_is_unreadable(kind: str) -> None:
    one_way, other = (
        load("openalex", {"id": "https://openalex.org/W3", "doi": "https://doi.org/10.5555/a", "title": title})
        for title in ("learning", "unlearning")
    )
    request = one(kind, "10.5555/a" if kind == "doi" else "learning to fold proteins")
    assert openalex.split(request, page(one_way, one_way)) == openalex.split(request, page(one_way)) or kind == "search"
    with pytest.raises(UnreadableBody, match="under one name"):
        openalex.split(request, page(one_way, other))


def test_a_singleton_with_another_doi_is_unreadable() -> None:
    request = openalex.follow_up(ask("openalex", "doi", "10.5555/other")[0])
    assert request is not None
    with pytest.raises(UnreadableBody, match="nobody asked for"):
        openalex.split(request, load("openalex"))


def test_a_work_that_was_merged_answers_for_the_old_id() -> None:
    request = openalex.follow_up(ask("openalex", "id", "W7")[0])
    assert request is not None
    assert openalex.split(request, load("openalex")) == {request.queries[0]: (load("openalex"),)}


@pytest.mark.parametrize(
    "sent",
    [
        b"<html>busy</html>",
        b'{"results": []}',
        b'{"meta": {"count": 1}}',
        b'{"meta": {"count": 1}, "results": [{"title": "no id"}]}',
        b'{"meta": {"count": 1}, "results": [{"id": "https://openalex.org/A1"}]}',
        b'{"error": "Gateway timeout"}',
    ],
    ids=["HTML", "no meta", "no results", "work without id", "an author", "error"],
)
def test_a_list_that_is_not_what_was_promised_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        openalex.split(one("doi", "10.5555/a"), sent)


def test_a_whole_work_answers_every_exact_question_about_it() -> None:
    assert set(openalex.aliases(load("openalex"))) == {
        ("id", "W100"), ("doi", "10.5555/ijt.2021.7"), ("pmid", "11127840"), ("pmcid", "PMC7654321"),
        ("volatile", "W100"), ("volatile-doi", "10.5555/ijt.2021.7"),
    }  # fmt: skip


def test_an_answer_to_a_refresh_is_no_answer_to_anything_else() -> None:
    sent = json.dumps({"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/a", "cited_by_count": 1})
    assert set(openalex.aliases(sent.encode())) == {("volatile", "W1"), ("volatile-doi", "10.5555/a")}


def test_a_refresh_can_be_read() -> None:
    record = openalex.read(b'{"id": "https://openalex.org/W1", "doi": null, "cited_by_count": 4, "is_retracted": true}')
    assert (record.citation_count, record.retracted, record.title, record.issues) == (4, True, None, ())


def titled(title: str, number: int) -> bytes:
    return json.dumps({"id": f"https://openalex.org/W{number}", "title": title}).encode()


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Deep Lanterns: a study",), '"deep lanterns: a study"'),
        (("One, two, and three lamps", "Lamps of all kinds"), '"one, two, and three lamps|lamps of all kinds"'),
        (("Ada's lamps at night",), '"ada\'s lamps at night|ada’s lamps at night"'),
        (("Lamps  in the\tdark",), '"lamps in the dark"'),
        (("C++ lamps in the dark",), '"c++ lamps in the dark"'),
    ],
)
def test_titles_go_in_one_pair_of_quotes_and_in_small_letters(titles: tuple[str, ...], expected: str) -> None:
    assert the_filter(one("title", *titles)) == f"display_name:{expected}"


@pytest.mark.parametrize(
    "title",
    [
        "Deep learning", "Editorial", 'On "lamps" and lanterns', "Lamps | lanterns and light",
        "Which type: lamps or not", "Title.search: lamps by title", "Notes on DOI: lamps by number",
        "!Lamps of all kinds", "",
    ],
)  # fmt: skip
def test_a_title_that_is_short_or_would_break_a_list_is_not_asked_for(title: str) -> None:
    assert openalex.ask(ask("openalex", "title", title)) == ()


def test_some_forty_titles_fit_into_a_list() -> None:
    titles = [
        f"An invented title of the usual length, number {number}, about lamps and lanterns" for number in range(90)
    ]
    requests = openalex.ask(ask("openalex", "title", *titles))
    assert [len(request.queries) for request in requests] == [44, 44, 2]
    assert all(len(request.path) <= PATH_BYTES and request.is_unproven for request in requests)


def test_all_works_of_a_title_answer_it_whatever_their_case_and_apostrophe() -> None:
    request = one("title", "Ada's Lamps at Night", "Lamps of all kinds")
    works = titled("Ada’s lamps at night", 1), titled("ADA'S LAMPS AT NIGHT", 2), titled("Ada's lamps", 3)
    found = openalex.split(request, page(*works, b'{"title": "without an id"}'))
    assert found == {request.queries[0]: works[:2]}


def test_namesakes_that_do_not_fit_into_a_page_are_no_answer() -> None:
    body = page(titled("Lamps of all kinds", 1)).replace(b'"count": 1', b'"count": 101')
    with pytest.raises(CutShort):
        openalex.split(one("title", "Lamps of all kinds"), body)


def test_an_exact_title_is_answered_by_its_own_list_only() -> None:
    assert "title" not in dict(openalex.aliases(titled("Lamps of all kinds", 1)))


def test_one_work_that_makes_no_sense_spoils_no_search() -> None:
    work = titled("Lamps", 1)
    request = one("search", "lamps")
    assert openalex.split(request, page(b'{"id": "nonsense"}', work)) == {request.queries[0]: (work,)}
