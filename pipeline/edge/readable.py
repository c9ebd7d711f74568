"""The catalog as tables that people ask: papers, authors, who cites whom, issues, and how the counts moved.

in -> out: a catalog and its citation history -> rows beside the raw answers in the file of the cache, for `sqlite3`,
sqlite-utils and Datasette (docs/database.md). A copy: every run that changed something writes it anew, and nothing is
read back from it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from sqlite_utils import Database

from pipeline.model import Author, Catalog, Paper, Suggestions

Row = dict[str, object]
Counted = tuple[str, str, str, int]
"""(day, key, source, count)."""

TABLES = ("papers", "authorships", "cites", "notices", "issues", "citations", "suggestions")
"""Tables with rows of a list; `authors` belong to all of them."""


def save(
    db: Database, catalog: Catalog, suggestions: Suggestions, history: Iterable[Counted], *, digest: str, day: str
) -> None:
    """Replace the rows of a list, unless they are of the same catalog already."""
    path = catalog.list.path
    known = db.execute("select digest from lists where list = ?", (path,)).fetchone()
    if known is not None and known[0] == digest:
        return
    for table in TABLES:
        db.table(table).delete_where("list = ?", (path,))
    papers = [paper for paper in catalog.papers if paper.duplicate_of is None]
    tables: dict[str, Iterable[Row]] = {
        "papers": (_paper(path, paper) for paper in papers),
        "authorships": _authorships(path, papers),
        "cites": ({"list": path, "key": p.key, "cited": cited} for p in papers for cited in p.cites),
        "notices": (
            {"list": path, "key": paper.key, "kind": notice.kind, "doi": notice.doi, "date": notice.date}
            for paper in papers
            for notice in paper.notices
        ),
        "issues": (
            {"list": path, "key": paper.key, "line": issue.line, "rule": issue.rule, "message": issue.message}
            for paper in catalog.papers
            for issue in paper.issues
        ),
        "citations": (
            {"list": path, "key": key, "source": source, "day": on, "count": count}
            for on, key, source, count in history
        ),
        "suggestions": (
            {"list": path, "openalex": one.openalex, "doi": one.doi, "title": one.title, "year": one.year,
             "cited_by": one.cited_by}
            for one in suggestions.works
        ),
    }  # fmt: skip
    _put(db, "insert or replace", "authors", _authors(papers))
    for table, rows in tables.items():
        _put(db, "insert", table, rows)
    db.execute("delete from authors where author not in (select author from authorships)")
    info: Row = {"list": path, "title": catalog.list.title, "papers": len(papers), "day": day, "digest": digest}
    db.table("lists").upsert(info)


def _put(db: Database, insert: str, table: str, rows: Iterable[Row]) -> None:
    """Write rows of the same columns. By hand: the library looks at each value anew, a twentieth of a large run."""
    left = iter(rows)
    first = next(left, None)
    if first is not None:
        values = ", ".join(f":{name}" for name in first)
        statement = f"{insert} into {table} ({', '.join(first)}) values ({values})"
        db.conn.executemany(statement, chain((first,), left))


def _paper(path: str, paper: Paper) -> Row:
    counts, ids = paper.citations, paper.ids
    return {
        "list": path,
        "key": paper.key,
        "line": paper.listed.line,
        "section": " > ".join(paper.listed.section),
        "category": paper.listed.category,
        "status": paper.status,
        "type": paper.type,
        "title": paper.title,
        "authors": "; ".join(_name(author) for author in paper.authors),
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "short_venue": paper.short_venue,
        "publisher": paper.publisher,
        "doi": ids.doi,
        "arxiv": ids.arxiv,
        "openalex": ids.openalex,
        "citations_openalex": counts.openalex.count if counts.openalex else None,
        "citations_crossref": counts.crossref.count if counts.crossref else None,
        "open_access": paper.open_access.status,
        "free_copy": paper.open_access.url,
        "code_url": paper.listed.code_url,
        "listed_url": paper.listed.url,
        "retracted": int(paper.retracted),
        "abstract": paper.abstract,
        "stale_since": paper.stale_since,
        "news": paper.news,
    }


def _authors(papers: Iterable[Paper]) -> Iterator[Row]:
    for paper in papers:
        for author in paper.authors:
            yield {"author": _identity(author), "name": _name(author), "orcid": author.orcid}


def _authorships(path: str, papers: Iterable[Paper]) -> Iterator[Row]:
    for paper in papers:
        for position, author in enumerate(paper.authors, start=1):
            where = "; ".join(affiliation.name for affiliation in author.affiliations) or None
            yield {
                "list": path,
                "key": paper.key,
                "position": position,
                "author": _identity(author),
                "affiliations": where,
            }


def _identity(author: Author) -> str:
    """Return what tells an author: the ORCID, else the name, which several people may bear."""
    return author.orcid or _name(author)


def _name(author: Author) -> str:
    return author.literal or " ".join(part for part in (author.given, author.family, author.suffix) if part)
