from urllib.parse import unquote

import pytest

from pipeline.sources import UnreadableBody, doira
from tests.sources.invented import ask

CROSSREF = b'{"DOI": "10.5555/A", "RA": "Crossref"}'
NOBODY = b'{"DOI": "10.9999/b", "status": "DOI does not exist"}'


def test_fifty_dois_go_into_one_call() -> None:
    requests = doira.ask(ask("doira", "doi", *[f"10.5555/{n}" for n in range(70)]))
    assert [len(request.queries) for request in requests] == [50, 20]
    assert unquote(requests[1].path) == "/doiRA/" + ",".join(f"10.5555/{n}" for n in range(50, 70))


def test_a_doi_with_a_comma_cannot_be_asked() -> None:
    (request,) = doira.ask(ask("doira", "doi", "10.5555/a,b", "10.5555/c"))
    assert [query.value for query in request.queries] == ["10.5555/c"]


def test_each_entry_goes_to_its_question_and_names_the_agency() -> None:
    (request,) = doira.ask(ask("doira", "doi", "10.5555/a", "10.9999/b"))
    answered = doira.split(request, b"[%s, %s]" % (NOBODY, CROSSREF))
    assert [doira.read_agency(answered[query][0]) for query in request.queries] == ["Crossref", doira.NO_SUCH_DOI]
    assert doira.aliases(CROSSREF) == (("doi", "10.5555/a"),)


@pytest.mark.parametrize("sent", [b"", b"<html>", b"{}", b"[]", b"[%s]" % NOBODY, b'[{"DOI": "10.5555/a"}]'])
def test_an_answer_that_leaves_a_question_out_is_unreadable_not_a_no(sent: bytes) -> None:
    (request,) = doira.ask(ask("doira", "doi", "10.5555/a"))
    with pytest.raises(UnreadableBody):
        doira.split(request, sent)


def test_an_entry_is_no_record() -> None:
    with pytest.raises(UnreadableBody):
        doira.read(CROSSREF)


def test_there_is_nothing_to_ask_singly() -> None:
    assert doira.follow_up(ask("doira", "doi", "10.5555/a")[0]) is None
