"""Papers that are easily taken for others, from the list to the catalog: what must be the answer, and that it is.

Each trap is one row of one list, and the records that the services hold on its account; all are resolved in one run
through the stand-in, so that every row also has all the others as look-alikes. Everything here is invented.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest

from pipeline.model import Paper
from tests.services.invent import SYLLABLES
from tests.services.library import Case, load_cases
from tests.services.shapes.facts import Facts
from tests.weeks import World

JOURNAL, CONFERENCE = "Invented Journal of Lanterns", "Proceedings of the Invented Symposium on Glow"
ADA, CY = (("Ada", "Quill"), ("Ben", "Down")), (("Cy", "Other"),)
SELF_PATH = 8
"""The list means the article in TMI, the services know its preprint only: a human has to say."""
CONTRASTIVE = 28
"""Published by NeurIPS without a DOI; without known.bib its arXiv link proves the preprint and nothing more."""
REPOSITORY = Path(__file__).parents[1]


class Trap(msgspec.Struct, frozen=True, kw_only=True):
    """A row, what the services hold, and the right answer."""

    name: str
    title: str
    venue: str | None = JOURNAL
    year: int | None = 2019
    link: str | None = None
    held: tuple[Case, ...] = ()
    doi: str | None = None
    """None: nothing may be claimed."""
    rule: str | None = None
    """An issue that must be raised."""
    retracted: bool = False


def work(title: str, doi: str | None, **more: Any) -> Case:
    """A work by Ada Quill in the journal, of 2019, that both services know, unless said otherwise."""
    records = {name: more.pop(name) for name in ("crossref", "openalex", "datacite") if name in more}
    usual: dict[str, Any] = {"authors": ADA, "container": JOURNAL, "publisher": "Invented Press", "year": 2019}
    return Case(facts=Facts(number=0, title=title, doi=doi, **(usual | more)), **records)


def base(number: int) -> str:
    """A title that differs from the next one in two words."""
    first, second = ("".join(SYLLABLES[(number * step) % 16] for step in steps) for steps in ((1, 3, 5), (7, 11, 13)))
    return f"Mapping {first}{number // 16 * 'n'} currents with {second}{number // 16 * 'm'} lanterns in 3D"


def notice(kind: str) -> dict[str, Any]:
    return {"update-to": [{"DOI": "10.5555/trap.of", "type": kind, "label": kind.capitalize()}]}


Change = Callable[[str], str]
LOOK_ALIKES: tuple[tuple[str, str | Change, dict[str, Any]], ...] = (
    ("correction", "Correction to: {}", {"crossref": notice("correction"), "openalex": {"type": "erratum"}}),
    ("correction that only its title tells", "Author Correction: {}", {}),
    ("correction that only its type tells", "{}", {"openalex": {"type": "erratum"}, "year": 2020}),
    ("correction that only its relation tells", "{}", {"crossref": notice("correction"), "year": 2020}),
    ("corrigendum", "Corrigendum to “{}” [Inv. J. Lanterns 12 (2019) 1–9]", {}),
    ("erratum as prefix", "Erratum: {}", {}),
    ("erratum as suffix", "{} (Erratum)", {}),
    ("reply as prefix", "Reply to “{}”", {}),
    ("reply as suffix", "{}: Reply", {}),
    ("reply as suffix behind a dash", "{}—Reply", {}),
    ("comment as prefix", "Comment on “{}”", {"authors": CY}),
    ("comment as suffix", "{}: Comment", {"authors": CY}),
    ("discussion as suffix", "{}. Discussion", {"authors": CY}),
    ("review of the paper", "Review of: {}", {"authors": CY}),
    ("book review", "Book Review: {}", {"authors": CY, "openalex": {"type": "book-review"}}),
    ("peer review", 'Review for "{}"', {"authors": (), "crossref": {"type": "peer-review"}}),
    ("peer review with the paper's own title", "{}", {"crossref": {"type": "peer-review"}, "shape": "crossref-only"}),
    ("supplement as prefix", "Supplementary material for {}", {}),
    ("supplement as suffix", "{}: Supplementary Information", {"openalex": {"type": "supplementary-materials"}}),
    ("component", "{}", {"crossref": {"type": "component"}, "shape": "crossref-only"}),
    ("second part", "{}: Part II", {}),
    ("second part with a title", "{}. 2. Further results", {}),
    ("Roman numeral", "{} II", {}),
    ("retraction notice", "Retraction notice to: {}",
     {"crossref": notice("retraction"), "openalex": {"type": "retraction"}}),
    ("withdrawal", "Notice of Withdrawal: {}", {}),
    ("copy under 10.65215", "{}", {"crossref": {"type": "posted-content", "subtype": "preprint"}}),
    ("same title by others years later", "{}", {"authors": CY, "year": 2025, "container": "Northern Notes"}),
    ("same title by others years earlier", "{}", {"authors": CY, "year": 2011, "container": "Northern Notes"}),
    ("2D for 3D", lambda title: title.replace("3D", "2D"), {}),
    ("without for with", lambda title: title.replace("with", "without"), {}),
    ("not", lambda title: title.replace("Mapping", "Not mapping"), {}),
    ("swapped content word", lambda title: title.replace("currents", "anchors"), {"authors": CY}),
    ("added content word", lambda title: title.replace("currents", "tidal currents"), {"authors": CY}),
)  # fmt: skip


def look_alikes() -> Iterator[Trap]:
    """Each look-alike twice: instead of the paper, and beside it."""
    for number, (name, change, more) in enumerate(LOOK_ALIKES):
        for is_held in (False, True):
            title = base(2 * number + is_held + 1)
            prefix = "10.65215/inv" if "10.65215" in name else "10.5555/alike"
            changed = change.format(title) if isinstance(change, str) else change(title)
            alike = work(changed, f"{prefix}.{2 * number + is_held}", **more)
            doi = f"10.5555/right.{number}"
            own = (work(title, doi),) if is_held else ()
            place = "beside the paper" if is_held else "instead of the paper"
            yield Trap(name=f"{name}, {place}", title=title, held=(alike, *own), doi=doi if is_held else None)


def journal_and_conference(title: str, number: int) -> tuple[Case, Case]:
    conference = work(title, f"10.5555/conf.{number}", container=CONFERENCE, type="inproceedings", year=2018)
    return conference, work(title, f"10.5555/jour.{number}")


POLLUTED = {"title": "Thermal noise in imaginary anchors", "display_name": "Thermal noise in imaginary anchors",
            "publication_year": 2003, "publication_date": "2003-01-01"}  # fmt: skip
FAMOUS = "Lighting the unlit harbour is all you want"
SPECIAL = (
    Trap(name="the journal version is meant, and there is a preprint", title="Patient foghorns and their preprints",
         held=(work("Patient foghorns and their preprints", "10.5555/fog", arxiv="1801.90901", shape="separate"),),
         doi="10.5555/fog"),
    Trap(name="the preprint is meant, and there is a journal version", title="Impatient foghorns and their journals",
         venue="arXiv", year=2018, link="https://arxiv.org/abs/1801.90902", rule="row-means-preprint",
         held=(work("Impatient foghorns and their journals", "10.5555/horn", arxiv="1801.90902", shape="separate"),),
         doi="10.5555/horn"),
    Trap(name="a preprint, and another paper of its title years later", title="Silent foghorns on invented shores",
         venue="arXiv", year=2018, link="https://arxiv.org/abs/1801.90903", doi="10.48550/arxiv.1801.90903",
         held=(work("Silent foghorns on invented shores", None, arxiv="1801.90903", type="preprint", container=None),
               work("Silent foghorns on invented shores", "10.5555/silent", authors=CY, year=2024))),
    Trap(name="the conference paper is meant", title="Glowing twice: moths at two places", venue=CONFERENCE, year=2018,
         held=journal_and_conference("Glowing twice: moths at two places", 1), doi="10.5555/conf.1"),
    Trap(name="the journal version is meant", title="Glowing again: beetles at two places",
         held=journal_and_conference("Glowing again: beetles at two places", 2), doi="10.5555/jour.2"),
    Trap(name="the conference paper is meant and only the journal version is known",
         title="Glowing once: worms at one place", venue=CONFERENCE, year=2018,
         held=journal_and_conference("Glowing once: worms at one place", 3)[1:]),
    Trap(name="one-word title, year only", title="Lampion", venue=None, held=(work("Lampion", "10.5555/lampion"),)),
    Trap(name="one-word title, venue and year", title="Candelabra", held=(work("Candelabra", "10.5555/candel"),),
         doi="10.5555/candel"),
    Trap(name="one-word title of another year", title="Chandelier", year=2012,
         held=(work("Chandelier", "10.5555/chandel"),)),
    Trap(name="the link's DOI belongs to another paper", title="Wicks that never burn down",
         link="https://doi.org/10.5555/stranger", rule="identifier-rejected", doi="10.5555/wicks",
         held=(work("A stranger among the proceedings of frost", "10.5555/stranger"),
               work("Wicks that never burn down", "10.5555/wicks"))),
    Trap(name="the link's DOI belongs to another paper and the right one is unknown", title="Matches that never light",
         link="https://doi.org/10.5555/foreign", rule="identifier-rejected",
         held=(work("Foreign bodies in the annals of snow", "10.5555/foreign"),)),
    Trap(name="the link's DOI bears a title that agrees by half", title="Tallow economics of distant islands",
         link="https://doi.org/10.5555/tallow", rule="title-differs", doi="10.5555/tallow",
         held=(work("Tallow economics of distant islands and the price of beeswax abroad", "10.5555/tallow"),)),
    Trap(name="the link's DOI is that of the correction", title="Snuffing candles by remote persuasion",
         link="https://doi.org/10.5555/snuff.c", rule="identifier-rejected", doi="10.5555/snuff",
         held=(work("Correction to: Snuffing candles by remote persuasion", "10.5555/snuff.c"),
               work("Snuffing candles by remote persuasion", "10.5555/snuff"))),
    Trap(name="the link's DOI does not exist", title="Beacons for absent ships",
         link="https://doi.org/10.5555/no-such-doi", rule="doi-not-found", doi="10.5555/beacons",
         held=(work("Beacons for absent ships", "10.5555/beacons"),)),
    Trap(name="OpenAlex has another title and year at the paper's DOI", title="Phosphorescent alphabets at dusk",
         held=(work("Phosphorescent alphabets at dusk", "10.5555/phos", openalex=POLLUTED),), doi="10.5555/phos"),
    Trap(name="OpenAlex gives the title to another paper's DOI", title="Bioluminescent stairways in old castles",
         held=(work("Crystal growth in unheated cellars", "10.5555/stolen", openalex={
             "title": "Bioluminescent stairways in old castles",
             "display_name": "Bioluminescent stairways in old castles"}),)),
    Trap(name="OpenAlex has a famous paper under a foreign DOI, year and type", title=FAMOUS, year=2017,
         held=(work(FAMOUS, "10.65215/inv.famous", year=2025, shape="null-source", crossref=None, container=None,
                    openalex={"type": "preprint"}),)),
    Trap(name="OpenAlex has another title at the link's arXiv DOI", title="Low-rank dimming of large chandeliers",
         venue="arXiv", year=2021, link="https://arxiv.org/abs/2106.90904", doi="10.48550/arxiv.2106.90904",
         held=(work("Low-rank dimming of large chandeliers", None, arxiv="2106.90904", type="preprint", year=2021,
                    container=None, openalex=POLLUTED),)),
    Trap(name="the retracted paper beside its notice", title="Perpetual sparks from wet tinder", retracted=True,
         held=(work("Perpetual sparks from wet tinder", "10.5555/sparks",
                    crossref={"title": ["RETRACTED: Perpetual sparks from wet tinder"]},
                    openalex={"is_retracted": True}),
               work("Retraction notice to: Perpetual sparks from wet tinder", "10.5555/sparks.r", year=2021,
                    crossref=notice("retraction"), openalex={"type": "retraction"})),
         doi="10.5555/sparks"),
    Trap(name="the list itself means the erratum", title="Erratum to: Shadows of measured length", year=2020,
         held=(work("Erratum to: Shadows of measured length", "10.5555/shadow.e", year=2020,
                    openalex={"type": "erratum"}),
               work("Shadows of measured length", "10.5555/shadow")), doi="10.5555/shadow.e"),
    Trap(name="the list means the first of two parts", title="Twilight ledgers, Part I",
         held=(work("Twilight ledgers, Part II", "10.5555/ledger.2"),
               work("Twilight ledgers, Part I", "10.5555/ledger.1")), doi="10.5555/ledger.1"),
    Trap(name="part III is meant and IV is known", title="Studies on painted suns. III. Noon",
         held=(work("Studies on painted suns. IV. Noon", "10.5555/suns.4"),)),
    Trap(name="the link's record has the translated title and the list the original",
         title="Über das Flackern erfundener Kerzen", link="https://doi.org/10.5555/flackern",
         held=(work("On flickering tapers that nobody made", "10.5555/flackern",
                    crossref={"original-title": ["Über das Flackern erfundener Kerzen"]}),), doi="10.5555/flackern"),
    Trap(name="two registrations of one paper", title="Doubly registered rays of a single bulb",
         held=(work("Doubly registered rays of a single bulb", "10.5555/twin.a"),
               work("Doubly registered rays of a single bulb", "10.5555/twin.b"))),
    Trap(name="printed two years after it was online", title="Slow daylight in thick folios", year=2018,
         held=(work("Slow daylight in thick folios", "10.5555/slow", year=2020, crossref={
             "published-online": {"date-parts": [[2018, 12]]}, "issued": {"date-parts": [[2018, 12]]}}),),
         doi="10.5555/slow"),
)  # fmt: skip
TRAPS = (*look_alikes(), *SPECIAL)


def numbered(traps: tuple[Trap, ...]) -> list[Case]:
    cases = [case for trap in traps for case in trap.held]
    return [
        msgspec.structs.replace(case, facts=msgspec.structs.replace(case.facts, number=700 + number))
        for number, case in enumerate(cases)
    ]


def render(traps: tuple[Trap, ...]) -> str:
    rows = (
        f"| {t.title} | {t.venue or 'N/A'} | {t.year} | {f'[Link]({t.link})' if t.link else 'N/A'} |" for t in traps
    )
    return "\n".join(["# Traps", "", "| Title | Venue | Year | Link |", "|---|---|---|---|", *rows]) + "\n"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """The catalog of all traps, by the name of the trap."""
    folder = tmp_path_factory.mktemp("traps")
    world = World(folder, numbered(TRAPS))
    world.list_path.write_text(render(TRAPS), encoding="utf-8")
    with contextlib.chdir(folder):  # out of reach of the repository's own known.bib
        catalog = world.week().catalog
    return {trap.name: paper for trap, paper in zip(TRAPS, catalog.papers, strict=True)}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_no_trap_gets_a_wrong_answer(papers: dict[str, Paper], trap: Trap) -> None:
    paper = papers[trap.name]
    assert (paper.listed.title, paper.ids.doi) == (trap.title, trap.doi), paper.resolution
    assert (paper.status in ("unmatched", "ambiguous")) == (trap.doi is None)
    assert trap.rule in (None, *(issue.rule for issue in paper.issues))
    assert paper.retracted == trap.retracted


def test_what_is_left_open_shows_a_human_the_candidates(papers: dict[str, Paper]) -> None:
    twins = papers["two registrations of one paper"]
    assert twins.status == "ambiguous"
    assert {candidate.doi for candidate in twins.resolution.candidates} >= {"10.5555/twin.a", "10.5555/twin.b"}
    assert all(candidate.evidence for candidate in twins.resolution.candidates)


def test_the_43_are_all_right_beside_their_look_alikes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (REPOSITORY / "data/raw/ssl-medical-imaging.md").read_text(encoding="utf-8")
    listed = [case.facts for case in load_cases("listed")]
    world = World(tmp_path, [case for name in ("listed", "difficulties", "look_alikes") for case in load_cases(name)])
    world.list_path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = world.week().catalog.papers
    right = [facts.doi or (facts.arxiv_doi if facts.is_preprint else None) for facts in listed]
    right[SELF_PATH - 1], right[CONTRASTIVE - 1] = None, listed[CONTRASTIVE - 1].arxiv_doi
    assert [(paper.listed.title, paper.ids.doi) for paper in found] == [
        (paper.listed.title, doi) for paper, doi in zip(found, right, strict=True)
    ]


@pytest.mark.parametrize(
    ("source", "kind"), [("crossref", "status"), ("openalex", "status"), ("openalex", "budget")], ids="-".join
)
def test_one_source_down_is_no_absence_and_the_next_run_asks_only_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, kind: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    world, other = World.of(tmp_path, 40), {"crossref": "openalex", "openalex": "crossref"}[source]
    down = world.week(lambda stand_in: stand_in.fail(source, kind))
    assert down.result.status == 0
    assert {paper.status for paper in down.catalog.papers} <= {"exact", "matched", "linked", "open"}
    settled = {paper.ids.doi for paper in down.catalog.papers if paper.status in ("exact", "matched")}
    assert len(settled) >= 10
    healed = world.week(days=0)
    asked = " ".join(unquote(seen.target) for seen in healed.stand_in.seen if seen.source == other)
    assert not [doi for doi in settled if doi and doi in asked]
    assert {paper.status for paper in healed.catalog.papers} == {"exact", "matched"}
    assert not world.week(days=0).stand_in.seen


def test_without_any_answer_nothing_is_called_unmatched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    world = World.of(tmp_path, 40)
    down = world.week(lambda stand_in: stand_in.fail("all", "refused"))
    assert {paper.status for paper in down.catalog.papers} == {"linked", "open"}
    assert not [paper for paper in down.catalog.papers if paper.resolution.searched]
