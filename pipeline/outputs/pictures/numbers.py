"""The numbers behind the pictures.

in -> out: papers -> tables of counts, with a picture or without one. Where there is nothing to count there is no table.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.model import Paper
from pipeline.outputs.display import clean_line, shorten

MOST_CATEGORIES, MOST_CITED, MOST_VENUES, MOST_NODES = 7, 6, 12, 60
"""What a picture of this size can show and a reader can tell apart; the page's palette has eight colours."""
MOST_YEARS = 80
"""More columns than a screen can show apart; a single paper of long ago must not push the others together."""
OTHERS = "all others"
TITLE_SHOWN = 60
NO_CATEGORY = "papers"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A row of counts with its name."""

    name: str
    counts: tuple[int, ...]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Series over the same columns."""

    columns: tuple[str, ...]
    series: tuple[Series, ...]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in the network."""

    key: str
    name: str
    """First author and year, as papers are called."""
    title: str
    year: int
    category: str
    cited: int
    """How many papers of the list cite it."""


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Who cites whom in the list."""

    categories: tuple[str, ...]
    """Of the whole list, the largest first, as in the picture of the years: a category has one colour in both."""
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    """(citing, cited) keys."""
    papers: int
    """How many papers are connected at all; the most connected are drawn."""


def papers_by_year(papers: Iterable[Paper]) -> Counts | None:
    """Count the papers of each year by category, the largest first and the small ones together."""
    dated = [(paper.year or paper.listed.year, _category(paper)) for paper in papers]
    found = Counter((year, category) for year, category in dated if year)
    if not found:
        return None
    years = [year for year, _ in found]
    columns = range(max(min(years), max(years) + 1 - MOST_YEARS), max(years) + 1)
    ranked = _rank(category for _, category in found.elements())
    named = _named(ranked)
    series = [Series(name=name, counts=tuple(found[year, name] for year in columns)) for name in named]
    rest = [name for name in ranked if name not in named]
    if rest:
        counts = tuple(sum(found[year, name] for name in rest) for year in columns)
        series.append(Series(name=OTHERS, counts=counts))
    return Counts(columns=tuple(map(str, columns)), series=tuple(series))


def citations_by_year(papers: Sequence[Paper]) -> Counts | None:
    """Return the citations of each year of the papers that have most of them (OpenAlex)."""
    counted = [p for p in papers if len(p.citations.by_year) > 1 and any(p.citations.by_year.values())]
    most = sorted(counted, key=lambda paper: -sum(paper.citations.by_year.values()))[:MOST_CITED]
    years = sorted({year for paper in most for year in paper.citations.by_year})
    if not years:
        return None
    columns = tuple(map(str, range(int(years[0]), int(years[-1]) + 1)))
    series = tuple(
        Series(name=_name(paper), counts=tuple(paper.citations.by_year.get(year, 0) for year in columns))
        for paper in most
    )
    return Counts(columns=columns, series=series)


def venues(papers: Iterable[Paper]) -> Counts | None:
    """Count the papers of the venues that have most of them; years of a conference share its short name."""
    names = (paper.short_venue or paper.venue or paper.listed.venue for paper in papers)
    found = Counter(clean_line(name) for name in names if name)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0].casefold()))[:MOST_VENUES]
    if len(ranked) < 2:
        return None
    series = Series(name="papers", counts=tuple(count for _, count in ranked))
    return Counts(columns=tuple(name for name, _ in ranked), series=(series,))


def network(papers: Sequence[Paper]) -> Network | None:
    """Return the papers that cite each other, those with most citations in the list first."""
    dated = {paper.key: paper for paper in papers if paper.year or paper.listed.year}
    edges = [(paper.key, cited) for paper in dated.values() for cited in paper.cites if cited in dated]
    degree = Counter(key for edge in edges for key in edge)
    cited = Counter(to for _, to in edges)
    ranked = sorted(degree, key=lambda key: (-cited[key], -degree[key], key))
    most = set(ranked[:MOST_NODES])
    shown_edges = tuple(edge for edge in edges if most.issuperset(edge))
    shown = {key for edge in shown_edges for key in edge}
    if not shown:
        return None
    named = _named(_rank(map(_category, dated.values())))
    categories = {key: name if (name := _category(dated[key])) in named else OTHERS for key in shown}
    return Network(
        categories=(*named, *({OTHERS} & set(categories.values()))),
        nodes=tuple(_node(dated[key], categories[key], cited[key]) for key in ranked if key in shown),
        edges=shown_edges,
        papers=len(degree),
    )


def _rank(categories: Iterable[str]) -> list[str]:
    return [name for name, _ in sorted(Counter(categories).items(), key=lambda item: (-item[1], item[0]))]


def _named(ranked: list[str]) -> list[str]:
    """Return the categories that have a colour of their own."""
    return ranked if len(ranked) <= MOST_CATEGORIES else ranked[: MOST_CATEGORIES - 1]


def _node(paper: Paper, category: str, cited: int) -> Node:
    year = paper.year or paper.listed.year or 0
    title = shorten(paper.title, TITLE_SHOWN)
    return Node(
        key=paper.key, name=_name(paper), title=title, year=year, category=category, cited=cited
    )  # fmt: skip


def _name(paper: Paper) -> str:
    """Return how a paper is called in passing: `Taleb et al. 2021`."""
    first = paper.authors[0] if paper.authors else None
    who = clean_line((first.family or first.literal or first.given or "") if first else shorten(paper.title, 24))
    more = " et al." if len(paper.authors) > 1 else ""
    return f"{who}{more} {paper.year or paper.listed.year or ''}".strip()


def _category(paper: Paper) -> str:
    return clean_line(paper.listed.category or "") or NO_CATEGORY
