"""Papers of which every field that can hold a text holds one of the hostile table, and the outputs made of them.

in -> out: the table -> a catalog that went through its own file once, as it does from run to run; a folder of outputs.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.edge import files
from pipeline.model import (
    KNOWN_NOTE,
    Affiliation,
    Author,
    Candidate,
    Catalog,
    Citations,
    Count,
    Ids,
    Issue,
    Listed,
    ListInfo,
    Notice,
    OpenAccess,
    Paper,
    Resolution,
    Suggestion,
    Suggestions,
    Version,
    WorkType,
)
from pipeline.outputs import bundle, catalog
from tests.hostile.strings import TABLE

TODAY = "2026-11-29"
TYPES: tuple[WorkType, ...] = (
    "article", "inproceedings", "incollection", "book", "preprint", "thesis", "report", "standard", "dataset",
    "software", "misc",
)  # fmt: skip
BENIGN = "word"


def hostile() -> Catalog:
    """Return a catalog of a paper for each string."""
    return made_of(TABLE)


def benign() -> Catalog:
    """Return the same catalog, with a plain word in all places."""
    return made_of([f"{BENIGN}{number}" for number in range(len(TABLE))])


def made_of(texts: Iterable[str]) -> Catalog:
    # A lone surrogate reaches us from JSON and from nowhere else: neither a list nor a catalog can hold one.
    sound = [text.encode("utf-8", "replace").decode() for text in texts]
    papers = tuple(paper(number, text) for number, text in enumerate(sound))
    new = Catalog(list=ListInfo(path="list.md", title=sound[0]), papers=papers)
    return catalog.read(catalog.render(new), "catalog.json")


def paper(number: int, text: str) -> Paper:
    """Return a paper all of whose words are this text."""
    names = (
        Author(given=text, family=text, suffix=text, affiliations=(Affiliation(name=text),)),
        Author(literal=text),
        Author(family=text),
        Author(given="Ann", family=text),
        Author(given=text, family="Doe"),
    )
    word = "".join(text.split())[:60] or "x"
    url = f"https://example.org/{text}"
    return Paper(
        key=f"key{number:03}",
        key_provisional=False,
        listed=Listed(
            line=number + 1, title=text, year=2021, venue=text, category=text, url=(url, text)[number % 2],
            code_url=(text, url)[number % 2], section=(f"Section {number % 5}", text), authors=(text, text),
        ),
        status="exact",
        title=text,
        authors=names,
        editors=names,
        type=TYPES[number % len(TYPES)],
        year=2021,
        month=3,
        venue=text,
        short_venue=text,
        series=text,
        publisher=text,
        institution=text,
        volume=text,
        issue=text,
        pages=text,
        article_number=text,
        issn=(text,),
        isbn=(text,),
        ids=Ids(doi=f"10.5555/{word}") if number % 3 else Ids(),
        versions=(Version(kind="published", url=url, year=2021), Version(kind="preprint", url=text)),
        citations=Citations(openalex=Count(count=number, as_of=TODAY), by_year={"2025": number}),
        open_access=OpenAccess(status="green", url=url, license=text),
        abstract=text,
        topics=(text,),
        keywords=(text,),
        language=text,
        retracted=number % 7 == 0,
        notices=(Notice(kind="retraction", doi=f"10.5555/n{word}"),),
        resolution=Resolution(
            method="title-search", score=1.0, evidence=(text, KNOWN_NOTE + text),
            candidates=(Candidate(title=text, score=0.5, evidence=(text,)),),
        ),
        sources={"title": "crossref", text: text},
        issues=(Issue(rule="title-differs", line=number + 1, message=text),),
    )  # fmt: skip


def write(folder: Path, new: Catalog, *, ascii_only: bool = False) -> Path:
    """Write all outputs of a catalog into a folder."""
    works = tuple(Suggestion(openalex="W1", title=one.title, cited_by=3) for one in new.papers[:20])
    outputs = bundle.render(
        new,
        None,
        {},
        today=TODAY,
        list_path="../list.md",
        ascii_only=ascii_only,
        list_issues=tuple(Issue(rule="no-link", line=one.listed.line, message=one.title) for one in new.papers),
        candidates=Suggestions(papers=9, works=works),
    )
    files.save_all(folder, outputs, is_ours=bundle.is_ours)
    return folder


def undecided() -> Catalog:
    """Return a catalog of papers that wait for a decision, each with candidates named by the table."""
    papers = [
        msgspec.structs.replace(
            one,
            status="ambiguous",
            ids=Ids(),
            authors=(),
            listed=msgspec.structs.replace(one.listed, title=one.title or "untitled"),
            resolution=msgspec.structs.replace(
                one.resolution, candidates=(Candidate(doi="10.5555/a", title=one.title, evidence=(one.title,)),)
            ),
        )
        for one in hostile().papers[::6]
    ]
    return Catalog(list=ListInfo(path="list.md"), papers=tuple(papers))
