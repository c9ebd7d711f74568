"""`enrich plan`: what a run would ask, before the first request."""

from collections import Counter

from tests.commandline import CommandLine
from tests.services import StandIn


def rows(text: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in text.splitlines()[2:]}


def test_a_plan_asks_nobody_and_names_every_source(served: CommandLine, seen: StandIn) -> None:
    status, out, err = served("plan")
    assert (status, err, seen.seen) == (0, "", [])
    assert out.startswith("3 papers, ")
    # Two DOIs and an arXiv id: its DOI goes to OpenAlex and DataCite, its landing page to OpenAlex.
    planned = {source: row[:2] for source, row in rows(out).items()}
    assert planned["openalex"] == ["4", "2"]
    assert planned["crossref"] == ["2", "1"]
    assert planned["datacite"] == ["1", "1"]


def test_the_run_stays_within_the_plan(served: CommandLine, seen: StandIn) -> None:
    planned = {source: (int(row[1]), int(row[4])) for source, row in rows(served("plan").out).items()}
    served("run", "--today", "2026-11-22")
    asked = Counter(one.source for one in seen.seen)
    for source in ("openalex", "crossref", "datacite"):
        least, most = planned[source]
        assert least <= asked[source] <= most


def test_after_a_run_nothing_is_due(served: CommandLine) -> None:
    served("run", "--today", "2026-11-22")
    assert served("plan", "--today", "2026-11-22").out == "3 papers, nothing is due: no request would be sent.\n"


def test_refresh_makes_the_counts_due(served: CommandLine) -> None:
    served("run", "--today", "2026-11-22")
    planned = rows(served("plan", "--today", "2026-11-22", "--refresh").out)
    assert int(planned["openalex"][0]) == 3
    assert int(planned["crossref"][0]) == 2
