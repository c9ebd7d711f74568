"""Invented papers for the tests of the outputs: none of them exists, and neither do their DOIs, counts and people."""

from typing import Any

import msgspec

from pipeline.model import (
    Author,
    Catalog,
    Citations,
    Count,
    Ids,
    Listed,
    ListInfo,
    OpenAccess,
    Paper,
)

INFO = ListInfo(path="lists/glowing-moss.md", title="Awesome Glowing Moss")

LANTERNS = Paper(
    key="okafor2031lanterns",
    key_provisional=False,
    listed=Listed(
        line=7,
        title="Lanterns of moss",
        year=2031,
        venue="JGM",
        category="Field study",
        url="https://journal.example/lanterns",
        code_url="https://code.example/lanterns",
        section=("2031",),
    ),
    status="exact",
    title="Lanterns of Moss: a Field Study",
    authors=(Author(given="Adaeze", family="Okafor"), Author(literal="The Moss Consortium")),
    type="article",
    year=2031,
    month=5,
    date="2031-05-02",
    venue="Journal of Glowing Moss",
    ids=Ids(doi="10.5555/moss.1", openalex="W1"),
    citations=Citations(
        openalex=Count(count=12, as_of="2032-01-04"),
        crossref=Count(count=9, as_of="2032-01-11"),
        by_year={"2031": 12},
    ),
    open_access=OpenAccess(status="gold", url="https://journal.example/lanterns.pdf"),
    sources={"title": "crossref"},
)

HOSTILE = (
    "\"><img src=x onerror=document.title='pwned'><script>document.title='pwned'</script>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "a | b || c \\| d \\",
    "`code` ``more`` ~~gone~~ **bold** __under__ $x^2$ &lt;b&gt; &copy;",
    "# heading\n\n- list\n\n| a |\n|---|\n\n```\nfence",
    "</title></script><!-- ]]> --><style>*{display:none}</style>",
    "left\u202eright \x00 \x1b[31m \ufffe end",
)
"""Titles that try to be more than text."""


def paper(like: Paper = LANTERNS, /, **changes: Any) -> Paper:
    """Return the invented paper with other values."""
    return msgspec.structs.replace(like, **changes)


def papers(number: int) -> tuple[Paper, ...]:
    """Return so many papers that differ in key, line, title and DOI."""
    return tuple(
        paper(
            key=f"okafor2031lanterns{n}",
            listed=msgspec.structs.replace(LANTERNS.listed, line=n + 1, title=f"Lanterns of moss {n}"),
            title=f"Lanterns of Moss {n}",
            ids=Ids(doi=f"10.5555/moss.{n}"),
        )
        for n in range(number)
    )


def catalog(*members: Paper, **changes: Any) -> Catalog:
    """Return a catalog of these papers."""
    return msgspec.structs.replace(Catalog(list=INFO, papers=members), **changes)
