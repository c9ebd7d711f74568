"""The paper's link among a row's links."""

import pytest

from pipeline.lists.links import choose_links
from pipeline.lists.span import Span

ARXIV, DOI, PDF = "https://arxiv.org/abs/1", "https://doi.org/10.1000/1", "https://example.org/a.pdf"
PAGE, CODE, VIDEO = "https://example.org/a", "https://github.com/ann/deep", "https://youtu.be/a"


def link(text: str, url: str) -> Span:
    return Span(kind="link", text=text, url=url, line=1)


@pytest.mark.parametrize(
    ("links", "url", "others"),
    [
        ([link("arXiv", ARXIV), link("paper", DOI)], DOI, (ARXIV,)),
        ([link("pdf", PDF), link("paper", DOI)], DOI, (PDF,)),
        ([link("arXiv", ARXIV), link("DOI", DOI)], DOI, (ARXIV,)),
        ([link("project", PAGE), link("pdf", PDF)], PDF, ()),
        ([link("code", CODE), link("", ARXIV)], ARXIV, ()),
        ([link("best paper of the year", ARXIV)], ARXIV, ()),
        ([link("tool", DOI)], DOI, ()),
        ([link("paper", f"{PDF}](https://doi.org/10.1000/1")], PDF, (DOI,)),
        ([link("slides", PDF), link("bibtex", PAGE), link("Ann Lee", PAGE)], None, ()),
        ([link("data", DOI)], None, ()),
        ([link("paper", "#top")], None, ()),
        ([], None, ()),
    ],
)
def test_paper_link_and_the_others_that_may_identify_it(
    links: list[Span], url: str | None, others: tuple[str, ...]
) -> None:
    chosen = choose_links(None, links)
    assert (chosen.url, chosen.links) == (url, others)


@pytest.mark.parametrize(
    ("title_url", "others", "url", "evidence"),
    [
        (ARXIV, [link("code", CODE)], ARXIV, "proof"),
        (PAGE, [link("paper", ARXIV)], ARXIV, "proof"),
        (PAGE, [], PAGE, "weak"),
        (VIDEO, [], VIDEO, "weak"),
        (CODE, [], CODE, "none"),
    ],
)
def test_link_of_the_title_counts_as_the_paper(title_url: str, others: list[Span], url: str, evidence: str) -> None:
    chosen = choose_links(link("Deep Sets", title_url), others)
    assert (chosen.url, chosen.evidence) == (url, evidence)


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ([link("code", CODE)], CODE),
        ([link("official", CODE), link("PyTorch", f"{CODE}2")], CODE),
        ([link("code", PAGE)], PAGE),
        ([link("paper", ARXIV)], None),
        ([link("data", CODE)], None),
        ([link("Ann", "https://github.com/ann")], None),
    ],
)
def test_code_link_is_the_first_of_its_kind(links: list[Span], code: str | None) -> None:
    assert choose_links(None, links).code_url == code


def test_paper_beside_a_linked_tool_is_said_so() -> None:
    assert choose_links(link("Tool", CODE), [link("paper", ARXIV)]).beside
    assert not choose_links(link("Tool", ARXIV), [link("paper", ARXIV)]).beside
