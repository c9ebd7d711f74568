import pytest

from pipeline.model import Ids, Query, Record, Suggestion, Suggestions
from pipeline.stages.catalog import suggest
from pipeline.stages.catalog.assemble import Merged
from pipeline.stages.resolving.inquiry import Reply
from tests.outputs.invented import paper


def merged(*references: tuple[str, ...]) -> list[Merged]:
    """Papers W1, W2, ... with what they cite."""
    return [
        Merged(
            paper=paper(key=f"k{n}", title=f"Listed {n}", ids=Ids(openalex=f"W{n}", doi=f"10.5555/{n}")),
            references=works,
        )
        for n, works in enumerate(references, start=1)
    ]


def ask(work: str) -> Query:
    return Query(source="openalex", kind="id", value=work)


def reply(title: str | None, doi: str | None = None) -> Reply:
    return Reply(status="found", records=(Record(source="openalex", title=title, year=2015, ids=Ids(doi=doi)),))


def old(*works: Suggestion, papers: int) -> Suggestions:
    return Suggestions(papers=papers, works=works)


NONE = Suggestions()


U_NET = Suggestion(openalex="W90", doi="10.5555/unet", title="U-Net", year=2015, cited_by=3)


@pytest.mark.parametrize(
    ("references", "asked"),
    [
        pytest.param([("W90",), ("W90",), ("W90",)], ["W90"], id="three papers cite it"),
        pytest.param([("W90",), ("W90",), ()], [], id="two are too few"),
        pytest.param([("W90", "W90"), ("W90",), ()], [], id="a paper counts once"),
        pytest.param([("W2",), (), ("W2",), ("W2",)], [], id="it is listed"),
        pytest.param([("10.5555/x",)] * 3, [], id="not an OpenAlex id"),
        pytest.param([("W91", "W90")] * 3 + [("W91",)], ["W91", "W90"], id="the most cited first"),
    ],
)
def test_asked_for_is_what_many_cite_and_the_list_lacks(references: list[tuple[str, ...]], asked: list[str]) -> None:
    assert [query.value for query in suggest.questions(merged(*references), NONE)] == asked


def test_a_candidate_has_its_title_year_count_and_doi() -> None:
    items = merged(("W90",), ("W90",), ("W90",), ())
    found = suggest.suggest(items, [item.paper for item in items], NONE, {ask("W90"): reply("U-Net", "10.5555/unet")})
    assert found == Suggestions(papers=3, works=(U_NET,))


@pytest.mark.parametrize(
    "said",
    [reply(None), Reply(status="missing"), reply("Listed 2"), reply("Another record", "10.5555/2")],
    ids=["without a title", "unknown", "titled like a listed paper", "with a listed DOI"],
)
def test_no_candidate_is(said: Reply) -> None:
    items = merged(("W90",), ("W90",), ("W90",))
    assert suggest.suggest(items, [item.paper for item in items], NONE, {ask("W90"): said}).works == ()


def test_where_fewer_papers_tell_than_last_time_the_candidates_stand_and_nobody_is_asked() -> None:
    items = merged(("W90",), ("W90",), ("W90",), ())
    before = old(U_NET, papers=4)
    assert suggest.questions(items, before) == ()
    assert suggest.suggest(items, [item.paper for item in items], before, {}) == before


def test_a_candidate_that_was_listed_since_is_none_any_more() -> None:
    items = merged((), ())
    listed = [*(item.paper for item in items), paper(title="U-Net", ids=Ids(doi="10.5555/unet"))]
    assert suggest.suggest(items, listed, old(U_NET, papers=4), {}).works == ()


def test_while_openalex_is_silent_a_candidate_keeps_its_name() -> None:
    items = merged(("W90",), ("W90",), ("W90",), ("W90",))
    silent = {ask("W90"): Reply(status="failed", reason="timed out")}
    found = suggest.suggest(items, [item.paper for item in items], old(U_NET, papers=3), silent)
    assert [(one.title, one.cited_by) for one in found.works] == [("U-Net", 4)]
