"""`python -m tests.bench [--quick] [--write]`: measure, print, and on demand write docs/benchmarks.md and its picture.

in -> out: nothing -> tables; status 1 where something that must hold does not. The quick form measures a tenth of the
papers in a minute.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from tests.bench import picture, report, runs
from tests.bench.report import Figures
from tests.bench.world import ROOT

README = ROOT / "README.md"
PAGE, PICTURE = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.svg"


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of papers."""

    first: tuple[int, ...]
    weekly: int
    strangers: int
    """Without a key and a contact address."""
    titles: int
    searched: int
    """Titles where the filter is refused."""
    unknown: int
    """Titles that no service knows."""
    growth: tuple[int, ...]
    pages: tuple[int, ...]
    """Of those, whose pages are opened."""
    profiled: int


FULL = Sizes(
    first=(100, 1_000),
    weekly=10_000,
    strangers=300,
    titles=300,
    searched=60,
    unknown=2_500,
    growth=(1_000, 10_000, 50_000),
    pages=(1_000, 10_000),
    profiled=1_000,
)
QUICK = Sizes(
    first=(100,),
    weekly=1_000,
    strangers=30,
    titles=30,
    searched=6,
    unknown=100,
    growth=(100, 1_000),
    pages=(1_000,),
    profiled=500,
)


@click.command()
@click.option("--quick", is_flag=True, help="Fewer papers.")
@click.option("--write", is_flag=True, help="Write docs/benchmarks.md and its picture anew.")
def main(*, quick: bool, write: bool) -> None:
    """Measure speed, cost and memory against the stand-in."""
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(Path(folder), QUICK if quick else FULL)
    tables = report.render(figures)
    click.echo(tables)
    if write:
        PAGE.write_text(report.put_into(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")
        README.write_text(report.put_into_readme(README.read_text(encoding="utf-8"), figures), encoding="utf-8")
        PICTURE.write_text(picture.render(figures), encoding="utf-8")
    missed = [f"{name}: {check.what}" for name, check in figures.checks if not check.holds]
    for line in missed:
        click.echo(f"missed: {line}", err=True)
    sys.exit(1 if missed else 0)


def _measure(folder: Path, sizes: Sizes) -> Figures:
    def said(what: str) -> Path:
        click.echo(f"... {what}", err=True)
        return folder / "".join(letter if letter.isalnum() else "-" for letter in what)

    limited = [runs.with_dois(said(f"{papers} with DOIs"), papers) for papers in sizes.first]
    weekly = said(f"{sizes.weekly} with DOIs, again, and a week later")
    limited += runs.week_later(weekly, sizes.weekly)
    limited += [runs.with_titles(said(f"{sizes.titles} titles"), sizes.titles)]
    limited += [runs.with_titles(said(f"{sizes.searched} titles, searched"), sizes.searched, has_filter=False)]
    limited += [runs.with_dois(said(f"{sizes.strangers} without a key"), sizes.strangers, is_known=False)]
    unknown = runs.unknown_titles(said(f"{sizes.unknown} unknown titles"), sizes.unknown)
    grown = {papers: said(f"{papers} without waiting") for papers in sizes.growth}
    own = tuple(runs.unpaced(folder, papers) for papers, folder in grown.items())
    return Figures(
        day=datetime.now(UTC).date().isoformat(),
        limited=tuple(limited),
        own=own,
        unknown=unknown,
        start_up=runs.start_up(said("start-up")),
        typing=tuple(runs.typing(grown[papers], papers) for papers in sizes.pages),
        steps=runs.steps(weekly),
        steps_papers=sizes.weekly,
        shares=runs.profile(said("profile"), sizes.profiled),
        shares_papers=sizes.profiled,
    )


if __name__ == "__main__":
    main()
