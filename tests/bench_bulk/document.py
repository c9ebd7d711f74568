"""The tables of docs/scale.md and the picture docs/scale.svg, drawn from docs/scale.json: no figure is typed by hand.

in -> out: `Figures` -> what stands between the two marks of docs/scale.md, and an SVG. What is computed and not
measured stands under a heading of its own, with the figures that it comes from.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import log10

from tests.bench_bulk.figures import Built, Figures, Matched
from tests.bench_bulk.measure import ROOT

PAGE, PICTURE = ROOT / "docs" / "scale.md", ROOT / "docs" / "scale.svg"
_MEASURED = re.compile(r"(<!-- drawn by `make bench-bulk` -->\n).*(<!-- end of what is drawn -->\n)", re.DOTALL)
ALL_WORKS = 649_000_000
"""Works of OpenAlex's snapshot in November 2026."""
_ENGINES = {"duckdb": "DuckDB", "spark": "Spark"}
CORES, MACHINES, USD_A_CORE_HOUR = 16, 10, 0.05
WIDTH, HEIGHT, GAP = 760, 300, 50
STYLE = (
    "text{font:12px sans-serif;fill:#57606a}.head{font-weight:bold}.axis{stroke:#8c959f}.line{fill:none;stroke-width:2}"
    ".gather{stroke:#0969da}.decide{stroke:#bf8700}.precision{stroke:#1a7f37}"
)


def draw(figures: Figures) -> None:
    """Write the tables and the picture anew."""
    text = "\n".join(_page(figures))
    PAGE.write_text(_MEASURED.sub(lambda match: f"{match[1]}{text}\n{match[2]}", PAGE.read_text("utf-8")), "utf-8")
    PICTURE.write_text("\n".join(_picture(figures)), "utf-8")


def _page(figures: Figures) -> Iterator[str]:
    duckdb = [one for one in figures.match if one.engine == "duckdb"]
    if figures.build:
        yield from ("### Building", "")
        yield from _table(
            "works of OpenAlex | records of both sources | records a CPU second | bytes read a record "
            "| index: bytes of a record | of its keys | keys | most memory of all processes",
            map(_built, figures.build),
        )
    if duckdb:
        yield from ("### Matching", "")
        yield from _table(
            "rows | works | CPU s: prepare | gather | decide | second round | write | all | rows decided a CPU second "
            "| wall s | most memory: all processes | the largest | disk | measured",
            map(_matched, sorted(duckdb, key=lambda one: (one.rows, one.works))),
        )
    both = [
        (one, other) for one in duckdb if (other := figures.matched(one.works, one.rows, "spark")) is not None
    ]  # fmt: skip
    if both:
        yield from ("### DuckDB and Spark, one after the other", "")
        yield from _table(
            "engine | rows | works | CPU s | wall s | most memory: all processes | the largest | disk | measured",
            (
                (_ENGINES[run.engine], f"{run.rows:,}", _millions(run.works), f"{run.usage.cpu_s:,.0f}",
                 f"{run.usage.wall_s:,.0f}", f"{run.usage.tree_mb:,} MB", f"{run.usage.largest_mb:,} MB",
                 f"{run.usage.disk_mb:,} MB", run.day)
                for pair in both for run in pair
            ),
        )  # fmt: skip
    if duckdb:
        yield from ("### Right and wrong, by the size of the snapshot", "")
        yield from _table(
            "works | rows | precision | recall | wrong | only the preprint",
            (
                (_millions(one.cited), f"{one.rows:,}", f"{one.judged.precision:.5f}", f"{one.judged.recall:.3f}",
                 f"{one.judged.wrong:,}", f"{one.judged.preprint_only:,}")
                for one in sorted(duckdb, key=lambda one: (one.cited, one.rows))
            ),
        )  # fmt: skip
    yield from _on_paper(figures, duckdb, both)


def _built(one: Built) -> Sequence[str]:
    usage = one.usage
    return (
        _millions(one.works), _millions(one.records),
        f"{one.added / usage.cpu_s:,.0f}" if usage else "copies",
        f"{one.snapshot_bytes / one.added:,.0f}" if usage else "",
        f"{one.record_bytes / one.records:.0f}", f"{one.key_bytes / one.records:.0f}",
        f"{one.keys / one.records:.1f}", f"{usage.tree_mb:,} MB" if usage else "",
    )  # fmt: skip


def _matched(one: Matched) -> Sequence[str]:
    usage = one.usage
    phases = [f"{usage.phases.get(name, 0):,.0f}" for name in ("prepare", "gather", "decide", "second_round", "write")]
    return (
        f"{one.rows:,}", _millions(one.works), *phases, f"{usage.cpu_s:,.0f}",
        f"{one.rows / max(usage.phases.get('decide', 0), 0.1):,.0f}", f"{usage.wall_s:,.0f}", f"{usage.tree_mb:,} MB",
        f"{usage.largest_mb:,} MB", f"{usage.disk_mb:,} MB", one.day,
    )  # fmt: skip


def _on_paper(figures: Figures, duckdb: list[Matched], both: list[tuple[Matched, Matched]]) -> Iterator[str]:
    """Compute what the whole snapshot costs, from the figures above and nothing else."""
    built = [one for one in figures.build if one.usage]
    last = max(duckdb, key=lambda one: (one.rows, one.works), default=None)
    grown = [
        (runs[0], runs[-1])
        for rows in sorted({one.rows for one in duckdb})
        if len(runs := sorted((one for one in duckdb if one.rows == rows), key=lambda one: one.works)) > 1
    ]
    if not built or not grown or last is None:
        return
    rate = sum(one.added for one in built) / sum(one.usage.cpu_s for one in built if one.usage)
    size = (built[-1].record_bytes + built[-1].key_bytes) / built[-1].records
    small, large = grown[-1]
    a_work = (large.usage.phases["gather"] - small.usage.phases["gather"]) / (large.works - small.works)
    gather = max(last.usage.phases["gather"] + a_work * (ALL_WORKS - last.works), 0)
    rest = last.usage.cpu_s - last.usage.phases["gather"]
    # Of the most rows: with few, most of what Spark takes is starting.
    side_by_side = max(both, key=lambda pair: pair[0].rows, default=None)
    factor = side_by_side[1].usage.cpu_s / side_by_side[0].usage.cpu_s if side_by_side else None
    yield from (f"### On paper: {ALL_WORKS // 10**6} M works (computed, not run)", "")
    yield from _table(
        f"| build, once a snapshot | match {last.rows:,} rows",
        (
            ("CPU", f"{ALL_WORKS / rate / 3600:.0f} core hours", f"{(gather + rest) / 3600:.1f} core hours"),
            (f"one machine of {CORES} cores, DuckDB", f"{ALL_WORKS / rate / CORES / 3600:.1f} hours",
             f"{(gather + rest) / CORES / 60:.0f} minutes and reading the index"),
            (f"{MACHINES} machines of {CORES} cores, Spark",
             f"{ALL_WORKS / rate / CORES / MACHINES / 60:.0f} minutes: parts are built independently",
             f"{(gather + rest) * factor / CORES / MACHINES / 60:.0f} minutes and the start of the cluster"
             if factor else "not measured"),
            (f"money at ${USD_A_CORE_HOUR} a core hour, one machine",
             f"${ALL_WORKS / rate / 3600 * USD_A_CORE_HOUR:.2f}", f"${(gather + rest) / 3600 * USD_A_CORE_HOUR:.2f}"),
            ("index", f"{ALL_WORKS * size / 1e9:.0f} GB", ""),
        ),
    )  # fmt: skip
    spark = ""
    if side_by_side:
        spark = f"; Spark takes {factor:.1f} times the CPU of DuckDB for {side_by_side[0].rows:,} rows side by side"
    yield (
        f"By these figures: {rate:,.0f} records a CPU second; {size:.0f} bytes of index a record; the gather of "
        f"{small.rows:,} rows grew by {a_work * 1e6:.2f} CPU s for each million works from {_millions(small.works)} to "
        f"{_millions(large.works)}; everything else as measured with {last.rows:,} rows and {_millions(last.works)} "
        f"works, {rest / last.rows * 1000:.2f} ms a row"
        f"{spark}. The price of a core hour is an assumption."
    )
    yield ""


def _table(head: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    names = [name.strip() for name in head.split("|")]
    yield f"| {' | '.join(names)} |"
    yield "|---" + "|--:" * (len(names) - 1) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _millions(count: int) -> str:
    return f"{count / 1e6:g} M" if count >= 10**6 and count % 10**4 == 0 else f"{count / 1e6:.2f} M"


def _picture(figures: Figures) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    yield "<title>CPU seconds of gathering and deciding by rows; precision by works</title>"
    yield f"<style>{STYLE}</style>"
    duckdb = [one for one in figures.match if one.engine == "duckdb"]
    half = WIDTH // 2
    yield '<text class="head" x="0" y="16">CPU seconds by rows: blue gather, yellow decide</text>'
    for works in sorted({one.works for one in duckdb}):
        runs = [one for one in duckdb if one.works == works]
        for name in ("gather", "decide"):
            points = [(one.rows, one.usage.phases.get(name, 0.0)) for one in runs]
            shown = [(_place(x, 4, 6, GAP, half - GAP), _height(log10(max(y, 0.1)), -1, 4), y) for x, y in points]
            yield from _line(name, shown, f"{_millions(works)} works" if name == "gather" else "")
    yield from _axis(GAP, half - GAP, ((4, "10 k"), (5, "100 k"), (6, "1 M rows")), 4, 6)
    yield f'<text class="head" x="{half + GAP}" y="16">Precision by works</text>'
    judged: dict[int, Matched] = {}
    for one in duckdb:  # the most rows count for a size
        if one.rows >= judged.get(one.cited, one).rows:
            judged[one.cited] = one
    shown = [
        (_place(works, 5, 7, half + GAP, WIDTH - GAP), _height(max(one.judged.precision, 0.998), 0.998, 1.0),
         one.judged.precision)
        for works, one in sorted(judged.items())
    ]  # fmt: skip
    yield from _line("precision", shown, "", digits=5)
    yield from _axis(half + GAP, WIDTH - GAP, ((5, "0.1 M"), (6, "1 M"), (7, "10 M works")), 5, 7)
    yield "</svg>\n"


def _line(name: str, points: Sequence[tuple[float, float, float]], label: str, *, digits: int = 0) -> Iterator[str]:
    if not points:
        return
    yield f'<polyline class="line {name}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)}"/>'
    for x, y, value in points:
        yield f'<text x="{x - 4:.1f}" y="{y - 6:.1f}" text-anchor="end">{value:.{digits}f}</text>'
    if label:
        yield f'<text x="{points[-1][0] + 4:.1f}" y="{points[-1][1] + 4:.1f}">{label}</text>'


def _axis(left: float, right: float, marks: Iterable[tuple[int, str]], low: float, high: float) -> Iterator[str]:
    yield f'<line class="axis" x1="{left}" x2="{right}" y1="{HEIGHT - GAP}" y2="{HEIGHT - GAP}"/>'
    for power, name in marks:
        x = left + (power - low) / (high - low) * (right - left)
        yield f'<text x="{x:.1f}" y="{HEIGHT - GAP + 18}" text-anchor="middle">{name}</text>'


def _place(value: float, low: float, high: float, left: float, right: float) -> float:
    return left + (log10(value) - low) / (high - low) * (right - left)


def _height(value: float, low: float, high: float) -> float:
    return (HEIGHT - GAP) - (value - low) / (high - low) * (HEIGHT - 2 * GAP)
