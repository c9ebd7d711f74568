"""A year of the weekly job: requests, dollars and bytes week by week, printed as a table.

in -> out: `python -m tests.year [--weeks 52] [--papers 1000] [--lose-cache]` -> a Markdown table. In each week 30 % of
the counts move, except in every fourth one, in which nothing does: its diff must be empty, unless a search was due
again and its day had to be noted. Limits are off: this counts, `make bench` measures time.
"""

import argparse
import tempfile
from pathlib import Path

import click

from tests.weeks import Week, World

QUIET = 4
"""Every so many weeks nothing changes."""
HEADER = (
    "week",
    "day",
    "OpenAlex lists",
    "singles",
    "searches",
    "Crossref",
    "DataCite",
    "dollars",
    "history bytes",
    "files changed",
)


def main() -> None:
    """Play the year and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--lose-cache", action="store_true", help="start every week without cache.db")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        play(World.of(Path(folder), options.papers), options.weeks, lose_cache=options.lose_cache)


def play(world: World, weeks: int, *, lose_cache: bool) -> None:
    """Run the job so many times and print a row for each."""
    click.echo(f"| {' | '.join(HEADER)} |\n|{'--:|' * len(HEADER)}")
    total = 0.0
    for number in range(weeks + 1):
        is_quiet = number > 0 and number % QUIET == 0
        if number and not is_quiet:
            world.move_counts()
        if lose_cache:
            world.cache.unlink(missing_ok=True)
        before = world.outputs() if number else {}
        week = world.week()
        total += week.dollars
        after = world.outputs()
        changed = [name for name in after if after[name] != before.get(name)]
        is_noted = changed == ["catalog.json"] and week.summary.startswith("Nothing changed but bookkeeping")
        _print_row(number, week, len(after["citations.csv"]), "a search's day" if is_noted else str(len(changed)))
        if is_quiet and changed and not is_noted:
            raise SystemExit(f"week {number}: nothing changed, but {changed} differ")
        if week.result.status:
            raise SystemExit(f"week {number}: status {week.result.status}: {week.result.complaints}")
    click.echo(f"\n{weeks} weeks after the first: ${total:.4f}; catalog.json {len(after['catalog.json']):,} bytes")


def _print_row(number: int, week: Week, history: int, changed: str) -> None:
    cells = (
        number, week.day, week.count("openalex", "list"), week.count("openalex", "single"),
        week.count("openalex", "search"), week.count("crossref"), week.count("datacite"), f"{week.dollars:.4f}",
        f"{history:,}", changed,
    )  # fmt: skip
    click.echo(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
