"""What the benchmarks say of what was measured: every miss has its sentence, the README its rows."""

import pytest

from tests.bench import report
from tests.bench.measure import Usage
from tests.bench.runs import Check, Run
from tests.bench.stages import PARSE_SOME, WRITE_BIB
from tests.bench.typing import Waits


def run(name: str, papers: int, *checks: Check, **more: object) -> Run:
    usage = Usage(wall_s=7.5, cpu_s=2.0, peak_mib=80, stdout="")
    return Run(name=name, papers=papers, usage=usage, checks=checks, **more)  # type: ignore[arg-type]


@pytest.fixture
def figures() -> report.Figures:
    slow = Check(what="at most 0.9 ms CPU a paper", holds=False)
    odd = Check(what="at most one elephant", holds=False)
    fine = Check(what="no 429", holds=True)
    return report.Figures(
        day="2026-11-29",
        limited=(
            run("100 with DOIs", 100, fine),
            run("1,000 with DOIs", 1000, odd, bound_s=6.7, lists={"crossref": 20}, body_kb={"openalex": 9.4}),
            run("1,000 with a warm cache, the list touched", 1000),
        ),
        unknown=run("2,500 titles that no service knows", 2500, dollars=0.08),
        own=(run("1,000, nothing waited for", 1000, slow), run("10,000, nothing waited for", 10_000, slow)),
        start_up=(run("`enrich --help`", 0),),
        typing=(Waits(papers=1000, paint_ms=80, median_ms=20, longest_ms=30, bytes=2**20, answered=1000),),
        steps={PARSE_SOME: 0.5, WRITE_BIB: 0.5},
        steps_papers=1000,
        shares={"text": 0.2},
        shares_papers=1000,
    )


def test_whatever_does_not_hold_has_a_sentence(figures: report.Figures) -> None:
    text = report.render(figures)
    slow = next(line for line in text.split("\n") if line.startswith("- **Not at most 0.9 ms CPU a paper**"))
    assert "1,000, nothing waited for; 10,000, nothing waited for" in slow
    assert slow.endswith("no single function takes a twentieth of it.")
    assert f"- **Not at most one elephant** (1,000 with DOIs): {report.UNKNOWN_REASON}" in text
    assert "**Not no 429**" not in text


def test_the_size_of_the_records_and_what_was_before_are_said(figures: report.Figures) -> None:
    text = report.render(figures)
    assert "Size of a record, as sent, on average: 9.4 kB from OpenAlex." in text
    assert "| 1,000, nothing waited for, CPU ms a paper | 2.15 | 2.00 |" in text
    assert "| 2,500 titles that no service knows, $ | 1.00 | 0.08 |" in text


def test_the_readme_gets_new_rows_in_the_place_of_the_old_ones_and_no_others(figures: report.Figures) -> None:
    rows = (
        "| what | command | figures |",
        "| a | `make demo` | 1 |",
        "| b | `make bench` | 2 |",
        "| c | `make bench` | 3 |",
    )
    readme = "\n".join([*rows, "", "end"])
    told = report.put_into_readme(readme, figures).split("\n")
    assert told[:2] == ["| what | command | figures |", "| a | `make demo` | 1 |"]
    assert told[2].startswith(
        "| 1,000 with DOIs | `make bench` | 20 lists, 0 free singletons, $0.0000, 7.5 s (Crossref"
    )
    assert [line.split(" | ")[0] for line in told[3:-2]] == [
        "| 2,500 titles that no service knows",
        "| 10,000, nothing waited for",
        "| the page of 1,000 papers in Chromium",
        "| `enrich --help`",
    ]
    assert told[-2:] == ["", "end"]
