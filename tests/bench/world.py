"""Where the runs take place: invented lists of any length, and the stand-in in a process of its own.

in -> out: a number of papers -> a list on disk, and services on a port that know its papers.
"""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from pipeline.model import Query, SourceName
from pipeline.sources import Source, crossref, datacite, openalex
from tests.services import invent
from tests.services.shapes.facts import Facts

ROOT = Path(__file__).parents[2]
KEY = "sesame"
SLIP_EVERY = 4
"""One title of so many is not listed as its record has it."""
LATENCY_MS = 200
"""Pause of the stand-in before each answer, where the limits are on: a service nearby (guess)."""
ABSENT = "crossref-only"
UNLISTED = frozenset({"hidden", ABSENT})
"""Shapes of papers that OpenAlex's lists do not return."""


@dataclass(frozen=True)
class World:
    """A list and what is true about it."""

    list_path: Path
    papers: int
    last: int
    """Number of the last paper: so many must be invented to have them all."""
    unlisted: int
    """Papers that no OpenAlex list of DOIs returns."""
    absent: int
    """Those of them that OpenAlex does not have at all."""


def write_list(path: Path, papers: int, *, with_dois: bool, after: int = 0) -> World:
    """Write a list of so many published papers: title, venue, year, and the DOI's address.

    Without DOIs there is no link at all, every fourth title has a slip, and all papers are such as OpenAlex lists.
    `after` leaves out so many of the first papers.
    """
    last = unlisted = absent = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("# Invented papers\n\n| Paper title | Journal/Conference | Year | Link |\n|---|---|---|---|\n")
        published = _published(after + papers, UNLISTED if not with_dois else frozenset())
        for at, facts in enumerate(islice(published, after, after + papers)):
            link = f"[Link](https://doi.org/{facts.doi})" if with_dois else "N/A"
            title = facts.title if with_dois or at % SLIP_EVERY else facts.title.replace("Study", "Stuyd")
            file.write(f"| {title} | {facts.container} | {facts.year} | {link} |\n")
            last = facts.number
            unlisted += facts.shape in UNLISTED
            absent += facts.shape == ABSENT
    return World(path, papers, last, unlisted, absent)


def _published(papers: int, without: frozenset[str]) -> Iterator[Facts]:
    """Two in a hundred are preprints only; twice as many papers as needed are always enough."""
    return (facts for facts in invent.papers(2 * papers + 100) if facts.doi and facts.shape not in without)


class Services:
    """The stand-in on a port, asked over HTTP like everything else here."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._root = environment["OPENALEX_URL"].removesuffix("/openalex")

    def report(self) -> dict[str, Any]:
        """Return what was asked since the last reset."""
        with urllib.request.urlopen(f"{self._root}/_stand-in/report") as answer:
            report: dict[str, Any] = msgspec.json.decode(answer.read())
        return report

    def warm_up(self) -> None:
        """Let the stand-in look through its works once: of 50,000 that takes longer than a source may be silent."""
        adapters: dict[SourceName, Source] = {"openalex": openalex, "crossref": crossref, "datacite": datacite}
        for name, adapter in adapters.items():
            (request,) = adapter.ask((Query(source=name, kind="doi", value="10.5555/none"),))
            urllib.request.urlopen(self.environment[f"{name.upper()}_URL"] + request.path).close()
        self.reset()

    def reset(self) -> None:
        """Forget what was asked and spent."""
        request = urllib.request.Request(f"{self._root}/_stand-in/reset", data=b"", method="POST")
        urllib.request.urlopen(request).close()


@contextmanager
def services(*arguments: str, limits: bool) -> Iterator[Services]:
    """Play the services in a process of their own, so that they share nothing with what is measured."""
    pace = ["--latency-ms", str(LATENCY_MS)] if limits else ["--no-limits"]
    command = [sys.executable, "-m", "tests.services", "--port", "0", "--key", KEY, *pace, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline().strip() for _ in range(4)]
            played = Services(dict(line.split("=", 1) for line in lines))
            played.warm_up()
            yield played
        finally:
            process.terminate()
