"""The pictures of a list, each with a text alternative and its numbers in a table.

in -> out: papers -> pictures, those for which there is something to show. The same picture stands in the page and, as a
file, in the enriched list.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files

import msgspec

from pipeline.model import Paper
from pipeline.outputs.display import first_rows
from pipeline.outputs.pictures import draw, numbers
from pipeline.outputs.pictures.numbers import Counts, Network

STYLE = files(__package__).joinpath("picture.css").read_text(encoding="utf-8")


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture and what it says."""

    name: str
    """Of its file, `pictures/NAME.svg`."""
    title: str
    words: str
    """What it shows, for whoever does not see it."""
    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]

    @property
    def file(self) -> str:
        """Return the picture as a file of its own, with its colours."""
        head, _, rest = self.svg.partition(">")
        return f"{head}><style>{STYLE}</style>{rest}\n"


def render(papers: Sequence[Paper]) -> tuple[Picture, ...]:
    """Draw what there is to show."""
    return tuple(_pictures(first_rows(papers)))


def _pictures(works: Sequence[Paper]) -> Iterator[Picture]:
    if (counts := numbers.papers_by_year(works)) and len(counts.columns) > 1:
        yield _by_year(counts)
    if counts := numbers.citations_by_year(works):
        yield _cited(counts)
    if (network := numbers.network(works)) and len(network.nodes) > 2:
        yield _network(network)
    if counts := numbers.venues(works):
        yield _venues(counts)


def _by_year(counts: Counts) -> Picture:
    totals = [sum(column) for column in zip(*(one.counts for one in counts.series), strict=True)]
    most = max(totals)
    by_category = " by category" if len(counts.series) > 1 else ""
    words = (
        f"Papers a year{by_category}, {counts.columns[0]} to {counts.columns[-1]};"
        f" most in {counts.columns[totals.index(most)]} ({most})."
    )
    return Picture(
        name="papers-by-year",
        title=f"Papers a year{by_category}",
        words=words,
        svg=draw.stacked_bars(counts, words),
        header=("Year", *(one.name for one in counts.series)),
        rows=tuple(zip(counts.columns, *(one.counts for one in counts.series), strict=True)),
    )


def _cited(counts: Counts) -> Picture:
    totals = ", ".join(f"{one.name} {sum(one.counts)}" for one in counts.series)
    words = f"Citations of each year, {counts.columns[0]} to {counts.columns[-1]}, of the most cited: {totals}."
    return Picture(
        name="citations-by-year",
        title="Citations by year of the most cited (OpenAlex)",
        words=words,
        svg=draw.lines(counts, words),
        header=("Year", *(one.name for one in counts.series)),
        rows=tuple(zip(counts.columns, *(one.counts for one in counts.series), strict=True)),
    )


def _network(network: Network) -> Picture:
    first = network.nodes[0]
    drawn = f"; the {len(network.nodes)} most connected are drawn" if network.papers > len(network.nodes) else ""
    words = (
        f"Who cites whom: {network.papers} papers of the list cite or are cited in it{drawn}."
        f" Most cited in the list: {first.name} ({first.cited})."
    )
    cites = Counter(citing for citing, _ in network.edges)
    return Picture(
        name="who-cites-whom",
        title="Who cites whom in the list",
        words=words,
        svg=draw.network(network, words),
        header=("Paper", "Title", "Cited in the list", "Cites in the list"),
        rows=tuple((node.name, node.title, node.cited, cites[node.key]) for node in network.nodes),
    )


def _venues(counts: Counts) -> Picture:
    (only,) = counts.series
    told = ", ".join(f"{name} {count}" for name, count in zip(counts.columns, only.counts, strict=True))
    words = f"Venues with most papers: {told}."
    return Picture(
        name="venues",
        title="Venues with most papers",
        words=words,
        svg=draw.bars(counts, words),
        header=("Venue", "Papers"),
        rows=tuple(zip(counts.columns, only.counts, strict=True)),
    )
