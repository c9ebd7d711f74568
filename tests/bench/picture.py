"""docs/benchmarks.svg: wall time against what is allowed, and how time and memory grow.

in -> out: `Figures` -> an SVG that reads on light and dark pages. Drawn by hand: two small charts need no library.
"""

from collections.abc import Iterator, Sequence
from math import log10

from tests.bench.report import Figures
from tests.bench.runs import Run

WIDTH, HEIGHT, GAP, BAR = 760, 360, 40, 22
STYLE = (
    "text{font:12px sans-serif;fill:#57606a}.head{font-weight:bold}.bound{fill:#8c959f}.wall{fill:#0969da}"
    ".most{stroke:#cf222e;stroke-width:2}.axis{stroke:#8c959f}.line{fill:none;stroke-width:2}"
    ".time{stroke:#0969da}.size{stroke:#bf8700}"
)


def render(figures: Figures) -> str:
    """Return the picture."""
    timed = [run for run in figures.limited if run.bound_s is not None]
    height = GAP * 3 + BAR * 2 * len(timed) + HEIGHT
    parts = [*_bars(timed), *_growth(figures.own, GAP * 3 + BAR * 2 * len(timed))]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>Wall time of each run against its bound; growth of CPU time and memory</title>",
            f"<style>{STYLE}</style>",
            *parts,
            "</svg>\n",
        ]
    )


def _bars(runs: Sequence[Run]) -> Iterator[str]:
    """A bar each for the bound and for what it took, and a mark for what is allowed."""
    left, right = 270, 60
    longest = max((run.most_s or 0.0 for run in runs), default=1.0)
    scale = (WIDTH - left - right) / longest
    yield '<text class="head" x="0" y="16">Seconds: grey the bound of the limits, blue measured, red allowed</text>'
    for place, run in enumerate(runs):
        y = GAP + 2 * BAR * place
        bound, wall, most = run.bound_s or 0.0, run.usage.wall_s, run.most_s or 0.0
        yield f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{run.name}</text>'
        yield f'<rect class="bound" x="{left}" y="{y}" width="{bound * scale:.1f}" height="{BAR // 2}"/>'
        yield f'<rect class="wall" x="{left}" y="{y + BAR // 2}" width="{wall * scale:.1f}" height="{BAR // 2}"/>'
        x = left + most * scale
        yield f'<line class="most" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 3}" y2="{y + BAR + 3}"/>'
        yield f'<text x="{x + 6:.1f}" y="{y + 17}">{wall:.1f}</text>'


def _growth(runs: Sequence[Run], top: int) -> Iterator[str]:
    """CPU seconds and peak memory over the number of papers, both axes logarithmic: a straight line is a power."""
    yield f'<text class="head" x="0" y="{top}">Growth, logarithmic: blue CPU seconds, yellow peak MiB</text>'
    values = [(run.papers, run.usage.cpu_s, run.usage.peak_mib) for run in runs]
    if len(values) < 2:
        return
    left, bottom, high = 60, top + HEIGHT - GAP, HEIGHT - 2 * GAP
    first, last = log10(values[0][0]), log10(values[-1][0])
    top_value = log10(max(max(row[1:]) for row in values))

    def x(papers: float) -> float:
        return left + (log10(papers) - first) / (last - first) * (WIDTH - left - 3 * GAP)

    def y(value: float) -> float:
        return bottom - max(0.0, log10(value)) / top_value * high

    yield f'<line class="axis" x1="{left}" x2="{WIDTH - 2 * GAP}" y1="{bottom}" y2="{bottom}"/>'
    for column, name in ((1, "time"), (2, "size")):
        points = [(x(row[0]), y(row[column]), row[column]) for row in values]
        yield f'<polyline class="line {name}" points="{" ".join(f"{px:.1f},{py:.1f}" for px, py, _ in points)}"/>'
        for px, py, value in points:
            yield f'<text x="{px + 6:.1f}" y="{py - 6:.1f}">{value:.0f}</text>'
    for papers, *_ in values:
        yield f'<text x="{x(papers):.1f}" y="{bottom + 18}" text-anchor="middle">{papers:,}</text>'
