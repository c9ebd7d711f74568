from pipeline.sources.batch import by_kind, pack
from tests.sources.invented import ask


def packed(*values: str, most: int = 100, room: int = 1000) -> list[tuple[list[str], bool]]:
    queries = ask("openalex", "doi", *values)
    batches = pack(queries, most=most, room=room, cost=lambda query: len(query.value))
    return [([query.value for query in batch.queries], batch.full) for batch in batches]


def test_a_batch_ends_at_the_number_of_questions() -> None:
    assert packed("a", "b", "c", most=2) == [(["a", "b"], True), (["c"], False)]


def test_a_batch_ends_at_the_number_of_bytes() -> None:
    assert packed("aaaa", "bbbb", "cc", room=8) == [(["aaaa", "bbbb"], True), (["cc"], False)]


def test_the_last_batch_is_full_when_nothing_more_fits_in() -> None:
    assert packed("a", "b", most=2) == [(["a", "b"], True)]


def test_a_question_longer_than_any_request_goes_alone() -> None:
    assert packed("a", "b" * 20, "c", room=8) == [(["a"], True), (["b" * 20], True), (["c"], False)]


def test_nothing_asked_is_nothing_packed() -> None:
    assert packed() == []


def test_questions_are_grouped_by_kind_and_asked_once() -> None:
    queries = (*ask("openalex", "pmid", "1"), *ask("openalex", "doi", "a", "b", "a"))
    assert [(kind, [q.value for q in group]) for kind, group in by_kind(queries)] == [
        ("doi", ["a", "b"]),
        ("pmid", ["1"]),
    ]
