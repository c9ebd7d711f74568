"""Invented papers for what happens to a whole list; nobody and nothing named here exists."""

from pipeline.model import Author, Catalog, Citations, Entry, Ids, Issue, Listed, ListInfo, Paper, Retired, Status

TODAY = "2026-11-22"
INFO = ListInfo(path="list.md", title="Nowhere")


def entry(line: int, title: str, url: str | None = None, **more: object) -> Entry:
    """A row of the list."""
    return Entry(line=line, title=title, url=url, **more)  # type: ignore[arg-type]


def paper(
    line: int = 7,
    title: str = "Rosel Maps",
    *,
    key: str = "",
    status: Status = "exact",
    authors: str = "Ada Quill",
    year: int | None = 2021,
    url: str | None = None,
    ids: Ids = Ids(),
    **more: object,
) -> Paper:
    """A merged paper; with a key it is a row of the ledger."""
    people = tuple(
        Author(given=name.rpartition(" ")[0] or None, family=name.split()[-1]) for name in authors.split(", ") if name
    )
    return Paper(
        key=key,
        key_provisional=not key or key.startswith("entry-"),
        listed=Listed(line=line, title=title, url=url),
        status=status,
        title=title,
        authors=people,
        year=year,
        ids=ids,
        **more,  # type: ignore[arg-type]
    )


def catalog(*papers: Paper, retired: tuple[Retired, ...] = ()) -> Catalog:
    """The ledger."""
    return Catalog(list=INFO, papers=papers, retired=retired)


__all__ = ["INFO", "TODAY", "Citations", "Ids", "Issue", "catalog", "entry", "paper"]
