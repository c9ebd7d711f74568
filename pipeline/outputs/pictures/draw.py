"""Pictures drawn: pygal's charts without what a page that loads nothing has no use for.

in -> out: numbers -> SVG elements as text. pygal lays out axes, bars, lines and legends; its script, its fixed colours
and its hints for that script are taken out, so that the same picture stands in the page (whose policy runs one script)
and as a file, in the colours of the reader's mode (`picture.css`). Text is escaped by the XML writer.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.outputs.display import shorten
from pipeline.outputs.pictures.numbers import Counts, Network

WIDTH, HEIGHT = 760, 340
LABEL_SHOWN = 40
"""Characters of a venue beside its bar; the table has the whole name."""
_SVG = "http://www.w3.org/2000/svg"
_MOST_TICKS = 6
_MOST_YEARS = 16
_NAMED_NODES = 8
"""Papers of the network with their names above them: the most cited, as far as names do not cover each other."""
_LETTER_WIDTH, _LEGEND_WIDTH = 6.5, 250
"""Room that names in the network need and have, a little generous: the reader's font decides."""
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_KEPT = {"class", "x", "y", "cx", "cy", "r", "d", "width", "height", "transform", "rx", "text-anchor"}

ET.register_namespace("", _SVG)


def stacked_bars(counts: Counts, title: str) -> str:
    """Draw each series' counts on top of the one before."""
    most = max(sum(column) for column in zip(*(one.counts for one in counts.series), strict=True))
    return _by_column("StackedBar", counts, title, most=most, show_legend=len(counts.series) > 1)


def lines(counts: Counts, title: str) -> str:
    """Draw a line for each series."""
    most = max(count for one in counts.series for count in one.counts)
    return _by_column("Line", counts, title, most=most, dots_size=2.5)


def bars(counts: Counts, title: str) -> str:
    """Draw a bar for each column, the first on top."""
    (only,) = counts.series
    chart = _chart(
        "HorizontalBar",
        show_legend=False,
        height=40 + 26 * len(counts.columns),
        y_labels=_ticks(max(only.counts)),
        x_labels=[shorten(name, LABEL_SHOWN) for name in reversed(counts.columns)],
    )
    chart.add("", list(reversed(only.counts)))
    return _clean(chart, title)


def network(of: Network, title: str) -> str:
    """Draw the papers by year from left to right and in a column each, with a line from each to those it cites."""
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for node in of.nodes:
        columns[node.year].append(node.key)
    rows = max(map(len, columns.values()))
    places = {
        # Papers of one year stand below each other, around the middle, a little askew so that lines pass between.
        key: (year + 0.16 * (at % 3 - 1), rows / 2 - (at - (len(keys) - 1) / 2))
        for year, keys in columns.items()
        for at, key in enumerate(keys)
    }
    years = sorted(columns)
    chart = _chart(
        "XY", height=max(HEIGHT, 60 + 24 * rows), show_y_labels=False, show_y_guides=False, print_labels=True,
        xrange=(years[0] - 0.5, years[-1] + 0.5), x_labels=_thinned([*range(years[0], years[-1] + 1)]),
        x_value_formatter=lambda year: f"{year:.0f}", show_legend=len(of.categories) > 1,
    )  # fmt: skip
    year_width = (WIDTH - _LEGEND_WIDTH) / (years[-1] - years[0] + 1)
    named = _uncovered({node.key: node.name for node in of.nodes}, places, year_width)
    for category in of.categories:
        members = [node for node in of.nodes if node.category == category]
        dots = [{"value": places[node.key], "label": node.name if node.key in named else ""} for node in members]
        chart.add(category, dots, stroke=False, dots_size=4.5)
    for citing, cited in of.edges:
        chart.add(None, [places[citing], places[cited]], show_dots=False)
    return _clean(chart, title, nodes=len(of.categories))


def _uncovered(
    names: Mapping[str, str], places: Mapping[str, tuple[float, float]], year_width: float
) -> frozenset[str]:
    """Return whose names are shown: the first ones, without any that would cover one before it."""
    shown: list[str] = []
    for key, name in names.items():
        x, y = places[key]
        is_free = all(
            abs(y - places[other][1]) >= 0.75  # of a row; between two columns rows may be half a row apart
            or abs(x - places[other][0]) * year_width >= (len(name) + len(names[other])) / 2 * _LETTER_WIDTH
            for other in shown
        )
        if is_free and len(shown) < _NAMED_NODES:
            shown.append(key)
    return frozenset(shown)


@cache
def _pygal() -> Any:
    """Return the library, which takes a sixth of a second to import: commands that draw nothing have no use for it."""
    import pygal  # noqa: PLC0415

    # It leaves a finder of its plug-ins behind, of a kind that Python warns of at every later import.
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    return pygal


def _chart(kind: str, **options: Any) -> Any:
    pygal = _pygal()
    # The sizes only tell it how much room text needs; colours and fonts are those of picture.css.
    sizes = pygal.style.Style(label_font_size=13, major_label_font_size=13, legend_font_size=12)
    common = {
        "style": sizes,
        "width": WIDTH,
        "height": HEIGHT,
        "js": [],
        "css": [],
        "no_prefix": True,
        "truncate_legend": 30,
        "margin": 12,
    }
    return getattr(pygal, kind)(**{**common, **options})


def _by_column(kind: str, counts: Counts, title: str, *, most: int, **options: Any) -> str:
    names = list(counts.columns)
    if len(names) > _MOST_YEARS:
        options |= {"x_labels_major": _thinned(names), "show_minor_x_labels": False}
    chart = _chart(kind, x_labels=names, y_labels=_ticks(most), **options)
    for one in counts.series:
        chart.add(one.name, list(one.counts))
    return _clean(chart, title)


def _thinned(labels: Sequence[Any]) -> list[Any]:
    step = -(-len(labels) // _MOST_YEARS)
    return [*labels[:: max(step, 1)]]


def _ticks(most: int) -> list[int]:
    """Return whole numbers for an axis up to `most`: steps of 1, 2 or 5 times a power of ten.

    >>> _ticks(3), _ticks(23), _ticks(480)
    ([0, 1, 2, 3], [0, 5, 10, 15, 20, 25], [0, 100, 200, 300, 400, 500])
    """
    step = next(n * 10**power for power in range(12) for n in (1, 2, 5) if n * 10**power * (_MOST_TICKS - 1) >= most)
    return [*range(0, most + step, step)] if most % step else [*range(0, most + 1, step)]


def _clean(chart: Any, title: str, *, nodes: int = 0) -> str:
    """Return the chart without script, style, hints and invisible parts; `nodes` series of a network are papers."""
    root = ET.fromstring(chart.render(is_unicode=True))  # noqa: S314 - the library has just written it
    view = root.get("viewBox", "")
    for parent in [*root.iter()]:
        for child in [*parent]:
            if _is_needless(child):
                parent.remove(child)
    for node in root.iter():
        for name in [name for name in node.attrib if name not in _KEPT]:
            del node.attrib[name]
        for name, value in node.attrib.items():
            node.set(name, _NUMBER.sub(lambda number: f"{float(number[0]):.1f}", value))
    for group in root.iter(f"{{{_SVG}}}g"):
        # pygal numbers its series; those behind the papers of a network are its lines.
        number = next(
            (word.removeprefix("serie-") for word in group.get("class", "").split() if "serie-" in word), None
        )
        if number is not None and nodes:
            group.set("class", f"node color-{number}" if int(number) < nodes else "edge")
    for name, value in (("class", "picture"), ("viewBox", view), ("role", "img")):
        root.set(name, value)
    named = ET.Element(f"{{{_SVG}}}title")
    named.text = title
    root.insert(0, named)
    return ET.tostring(root, encoding="unicode")


def _is_needless(node: ET.Element) -> bool:
    kind = node.tag.rpartition("}")[2]
    words = set(node.get("class", "").split())
    return kind in {"defs", "desc", "title", "style", "script"} or bool(words & {"background", "tooltip-overlay"})
