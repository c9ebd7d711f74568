"""The figures as text: tables for the terminal and for docs/benchmarks.md.

in -> out: `Figures` -> Markdown. Everything between the two marks of the page is written by the bench; what stands
around them is written by hand and stays.
"""

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from tests.bench.runs import NOISE, PARSE_S, WHOLE, WRITE_S, Check, Run
from tests.bench.stages import PARSE_SOME, WRITE_BIB
from tests.bench.typing import Waits

PAINT_MS, KEY_MS, TYPED_PAPERS = 1_000, 100, 10_000
"""What a reader may have to wait, and for how long a list; longer ones are to be usable."""
BEGIN, END = "<!-- written by make bench -->\n", "<!-- end -->\n"
BEFORE = {
    "10,000 with DOIs, wall s": "76.2",
    "10,000 with a warm cache, wall s": "9.3",
    "300 titles, requests a title": "1.08",
    "300 titles, wall s": "106.7",
    "2,500 titles that no service knows, $": "1.00",
    "1,000, nothing waited for, CPU ms a paper": "2.15",
    "10,000, nothing waited for, CPU ms a paper": "1.64",
    "10,000, nothing waited for, peak MiB": "251",
    "50,000, nothing waited for, CPU ms a paper": "1.67",
    "50,000, nothing waited for, peak MiB": "996",
    "`enrich --help`, CPU ms": "48",
}
"""Measured on 23 November 2026, when records were light and answers came after 100 ms."""
_OWN_WORK = (
    "a paper is read from two records of several kB, judged, merged, and written into eight files. That work is spread"
    " over the whole program, as the shares above say; no single function takes a twentieth of it."
)
_HURRY = (
    "what is not hidden behind the waiting is the start, the reading of the list before the first request, and the"
    " writing of the files after the last one."
)
_HEAVY = (
    "a paper with its abstract, affiliations and references takes some 17 KiB as an object, all of them are held until"
    " the files are written, and the page and the catalog of so many are 36 and 59 MB while they are made."
)
_CLICK = "Python's own start takes 12 ms of it and the import of click 36 (measured one by one, best of 25)."
WHY = {
    "below 300 MiB": _HEAVY,
    "at most 0.9 ms CPU a paper": _OWN_WORK,
    "at most 1.15 x bound": _HURRY,
    "at most 1.15 x bound + 2 s": _HURRY,
    "at most 60 ms CPU": _CLICK,
}
"""Why something may not hold, where that is known."""
FEWEST, ASIDE = 300, ("touched", "refused", "no contact")
"""The README shows runs of so many papers, and not those that look at one condition."""
UNKNOWN_REASON = "no reason is known; the machine may have been busy, so measure again before you believe it."


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All that was measured."""

    day: str
    limited: tuple[Run, ...]
    """With the services' limits on."""
    unknown: Run
    """Titles that no service knows."""
    own: tuple[Run, ...]
    """Nothing waited for, ascending."""
    start_up: tuple[Run, ...]
    typing: tuple[Waits, ...]
    """The page in a browser."""
    steps: Mapping[str, float]
    """Seconds of each step in memory."""
    steps_papers: int
    shares: Mapping[str, float]
    shares_papers: int

    @property
    def checks(self) -> tuple[tuple[str, Check], ...]:
        """Everything that must hold, with the run it is about."""
        runs = (*self.limited, self.unknown, *self.own, *self.start_up)
        return (
            *((run.name, check) for run in runs for check in run.checks),
            *self._of_steps(),
            *self._of_growth(),
            *self._of_typing(),
        )

    def _of_steps(self) -> Iterator[tuple[str, Check]]:
        for step, most_s in ((PARSE_SOME, PARSE_S), (WRITE_BIB, WRITE_S)):
            yield step, Check(what=f"at most {most_s:.0f} s", holds=self.steps[step] <= most_s)

    def _of_typing(self) -> Iterator[tuple[str, Check]]:
        for waits in self.typing:
            name = f"the page of {waits.papers:,}"
            yield name, Check(what=WHOLE, holds=waits.answered == waits.papers)
            yield name, Check(what=f"painted within {PAINT_MS} ms", holds=waits.paint_ms <= PAINT_MS)
            if waits.papers <= TYPED_PAPERS:
                yield name, Check(what=f"a keystroke within {KEY_MS} ms", holds=waits.longest_ms <= KEY_MS)

    def _of_growth(self) -> Iterator[tuple[str, Check]]:
        for smaller, larger in pairwise(self.own):
            is_level = larger.usage.cpu_s / larger.papers <= NOISE * smaller.usage.cpu_s / smaller.papers
            yield larger.name, Check(what="no more time a paper than the run before", holds=is_level)
        grown = [(b.usage.peak_mib - a.usage.peak_mib) / (b.papers - a.papers) for a, b in pairwise(self.own)]
        is_linear = all(later <= NOISE * earlier for earlier, later in pairwise(grown))
        yield "all sizes", Check(what="memory grows linearly or better", holds=is_linear)


def render(figures: Figures) -> str:
    """Return the tables."""
    return "\n".join(
        [
            f"Measured on {figures.day}: {_machine()}. {_sizes(figures)}",
            "",
            "### Before and after",
            "",
            "Before is 23 November 2026, with light records and answers after 100 ms; after is this measurement.",
            "",
            *_table(("what", "before", "after"), _before_and_after(figures)),
            "",
            "### With the services' limits on",
            "",
            *_runs((*figures.limited, figures.unknown)),
            "",
            "### Our own work: no limits, no latency, nothing waited for",
            "",
            *_growth(figures.own),
            "",
            f"Where the time goes ({figures.shares_papers:,} papers, by cProfile): "
            + ", ".join(f"{part} {share:.0%}" for part, share in figures.shares.items() if share >= 0.01)
            + ".",
            "",
            "### Start-up",
            "",
            *_start_up(figures.start_up),
            "",
            "### The page in a browser",
            "",
            *_typing(figures.typing),
            "",
            f"### Each step in memory, {figures.steps_papers:,} papers",
            "",
            *_table(("step", "seconds"), ((step, f"{seconds:.2f}") for step, seconds in figures.steps.items())),
            "",
            "### What must hold",
            "",
            *_table(("what", "holds"), _verdicts(figures)),
            "",
            *_reasons(figures),
        ]
    )  # fmt: skip


def put_into_readme(readme: str, figures: Figures) -> str:
    """Return the README with new rows in the place of those whose command is `make bench`."""
    lines = readme.split("\n")
    old = [at for at, line in enumerate(lines) if "| `make bench` |" in line]
    new = [f"| {what} | `make bench` | {said} |" for what, said in _rows_for_readme(figures)]
    return "\n".join([*lines[: old[0]], *new, *lines[old[-1] + 1 :]]) if old else readme


def _rows_for_readme(figures: Figures) -> Iterator[tuple[str, str]]:
    for run in (run for run in figures.limited if run.papers >= FEWEST and not run.name.endswith(ASIDE)):
        bound = f" (Crossref's limit alone asks for {run.bound_s:.1f} s)" if run.bound_s else ""
        asked = f"{run.list_count:,} lists, {sum(run.singles.values()):,} free singletons"
        asked = asked if run.request_count else "no request"
        memory = f"{run.usage.peak_mib:.0f} MiB"
        yield run.name, f"{asked}, ${run.dollars:.4f}, {run.usage.wall_s:.1f} s{bound}, {memory}"
    yield figures.unknown.name, f"{figures.unknown.request_count:,} requests, ${figures.unknown.dollars:.2f}"
    for run in figures.own[1:2]:
        yield run.name, f"{1000 * run.usage.cpu_s / run.papers:.2f} ms CPU a paper, {run.usage.peak_mib:.0f} MiB"
    for waits in figures.typing[-1:]:
        told = f"first paint {waits.paint_ms:.0f} ms; a keystroke answered in {waits.median_ms:.0f} ms"
        yield f"the page of {waits.papers:,} papers in Chromium", f"{told}, {waits.longest_ms:.0f} ms at most"
    for run in figures.start_up:
        yield run.name, f"{1000 * run.usage.cpu_s:.0f} ms CPU"


def _sizes(figures: Figures) -> str:
    names = {"openalex": "OpenAlex", "crossref": "Crossref", "datacite": "DataCite"}
    largest = max(figures.limited, key=lambda run: len(run.body_kb) and run.papers)
    sizes = ", ".join(f"{kb:.1f} kB from {names.get(source, source)}" for source, kb in largest.body_kb.items())
    return f"Size of a record, as sent, on average: {sizes}."


def _before_and_after(figures: Figures) -> Iterator[Sequence[str]]:
    after: dict[str, str] = {}
    for run in (*figures.limited, figures.unknown, *figures.own, *figures.start_up):
        after[f"{run.name}, wall s"] = f"{run.usage.wall_s:.1f}"
        after[f"{run.name}, peak MiB"] = f"{run.usage.peak_mib:.0f}"
        after[f"{run.name}, $"] = f"{run.dollars:.2f}"
        after[f"{run.name}, CPU ms"] = f"{1000 * run.usage.cpu_s:.0f}"
        if run.papers:
            after[f"{run.name}, CPU ms a paper"] = f"{1000 * run.usage.cpu_s / run.papers:.2f}"
            after[f"{run.name}, requests a title"] = f"{run.request_count / run.papers:.2f}"
    return ((what, before, after[what]) for what, before in BEFORE.items() if what in after)


def _reasons(figures: Figures) -> Iterator[str]:
    """Yield a sentence for everything that does not hold."""
    missed: dict[str, list[str]] = {}
    for name, check in figures.checks:
        if not check.holds:
            missed.setdefault(check.what, []).append(name)
    for what, names in missed.items():
        yield f"- **Not {what}** ({'; '.join(names)}): {WHY.get(what, UNKNOWN_REASON)}"
    if missed:
        yield ""


def put_into(page: str, tables: str) -> str:
    """Return the page with new tables between its marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{tables}\n{END}{rest.partition(END)[2]}"


def _runs(runs: Iterable[Run]) -> list[str]:
    columns = ("run", "lists", "singly", "requests a paper", "$ a paper", "wall s", "bound s", "allowed s", "CPU s",
               "peak MiB", "database MiB")  # fmt: skip
    return _table(columns, (_row(run) for run in runs))


def _row(run: Run) -> Sequence[str]:
    bound, most = ("" if s is None else f"{s:.1f}" for s in (run.bound_s, run.most_s))
    return (
        run.name, f"{run.list_count:,}", f"{sum(run.singles.values()):,}", f"{run.request_count / run.papers:.4f}",
        f"{run.dollars / run.papers:.6f}", f"{run.usage.wall_s:.1f}", bound, most, f"{run.usage.cpu_s:.1f}",
        f"{run.usage.peak_mib:.0f}", f"{run.database_mib:.1f}",
    )  # fmt: skip


def _verdicts(figures: Figures) -> Iterator[Sequence[str]]:
    """Each thing that must hold once, with the runs in which it does, or those in which it does not."""
    by_what: dict[str, list[tuple[str, Check]]] = {}
    for name, check in figures.checks:
        by_what.setdefault(check.what, []).append((name, check))
    for what, found in by_what.items():
        missed = [name for name, check in found if not check.holds]
        yield what, f"**not** in {'; '.join(missed)}" if missed else "; ".join(name for name, _ in found)


def _growth(runs: Iterable[Run]) -> list[str]:
    columns = ("papers", "wall s", "CPU s", "CPU ms a paper", "peak MiB", "KiB a paper", "database MiB")
    rows = (
        (f"{run.papers:,}", f"{u.wall_s:.1f}", f"{u.cpu_s:.1f}", f"{1000 * u.cpu_s / run.papers:.2f}",
         f"{u.peak_mib:.0f}", f"{1024 * u.peak_mib / run.papers:.1f}", f"{run.database_mib:.1f}")
        for run in runs
        for u in (run.usage,)
    )  # fmt: skip
    return _table(columns, rows)


def _start_up(runs: Iterable[Run]) -> list[str]:
    used = ((run.name, run.usage) for run in runs)
    rows = ((name, f"{u.wall_s:.3f}", f"{u.cpu_s:.3f}", f"{u.peak_mib:.0f}") for name, u in used)
    return _table(("program", "wall s", "CPU s", "peak MiB"), rows)


def _typing(waits: Iterable[Waits]) -> list[str]:
    columns = ("papers", "first paint ms", "keystroke ms, median", "keystroke ms, longest", "page MiB")
    rows = (
        (f"{one.papers:,}", f"{one.paint_ms:.0f}", f"{one.median_ms:.0f}", f"{one.longest_ms:.0f}",
         f"{one.bytes / 2**20:.1f}")
        for one in waits
    )  # fmt: skip
    return _table(columns, rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [columns, ["---", *["--:" if len(columns) > 2 else "---"] * (len(columns) - 1)], *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _machine() -> str:
    """What the figures depend on, and nothing that names the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"
