from pipeline.model import Entry
from pipeline.stages import identify


def test_the_paper_link_comes_first_and_each_identifier_once() -> None:
    entry = Entry(
        line=1,
        title="Invented",
        url="https://arxiv.org/abs/2101.05224",
        links=("doi:10.1000/x", "https://arxiv.org/pdf/2101.05224", "https://zenodo.org/record/12345"),
    )
    assert [(found.value, found.evidence) for found in identify.identify(entry)] == [
        ("2101.05224", "link https://arxiv.org/abs/2101.05224"),
        ("10.1000/x", "other link doi:10.1000/x"),
        ("10.5281/zenodo.12345", "derived from other link https://zenodo.org/record/12345"),
    ]


def test_an_entry_without_links_has_no_identifiers() -> None:
    assert identify.identify(Entry(line=1, title="Invented")) == ()
