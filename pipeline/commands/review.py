"""`enrich review`: a walk through what is undecided; each decision goes into corrections.toml.

in -> out: catalogs and a human's answers -> correction tables, appended one by one, so that a walk that is broken off
loses nothing. The next run obeys them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.addresses.identifiers import from_url
from pipeline.commands import identifier as typed
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.model import Catalog, Entry, Paper
from pipeline.options import CORRECTIONS, Options, Result
from pipeline.outputs import bundle, catalog
from pipeline.outputs.display import clean_line
from pipeline.sources import corrections
from pipeline.sources.corrections import Correction
from pipeline.stages.catalog import knowledge
from pipeline.stages.resolving.inquiry import Decision
from pipeline.text import title as title_text

Ask = Callable[[str], str]
Say = Callable[[str], object]

CONTESTED = "identity-contested"
HELP = "a number, a DOI, arXiv id or W..., (n)one of these, (u)nknown to all sources, (s)kip, (q)uit"
UNDECIDED = ("ambiguous", "unmatched")
EVIDENCE_SHOWN = 8
"""Lines of evidence for each candidate; more do not help to decide."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A work that the entry may be."""

    identifier: str | None
    """As corrections.toml writes it; None where the candidate bears none."""
    title: str
    evidence: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that is undecided."""

    paper: Paper
    name: str
    """What a correction calls its entry."""
    file: Path
    """Where the decision is written."""
    choices: tuple[Choice, ...] = ()


class _Quit(Exception):  # noqa: N818 - a wish, not an error
    """The human has had enough."""


def review(options: Options, *, ask: Ask, say: Say) -> Result:
    """Ask a human about every undecided paper.

    Args:
        options: output folder and corrections file.
        ask: shows a question, returns the answer.
        say: shows a sentence.

    Raises:
        UsageError: there is no catalog, or a file cannot be read or written.
    """
    questions = [
        question
        for folder in _folders(options.out)
        for found in (_read_catalog(folder),)
        for path in (_decisions_file(options, found),)
        for question in _questions(found.papers, _load(path), path)
    ]
    if not questions:
        return Result(text="Nothing is undecided.")
    written = 0
    try:
        for number, question in enumerate(questions, 1):
            _show(f"{number}/{len(questions)}", question, say)
            decided = _ask(question, ask, say)
            if decided is not None:
                why = _ask_why(ask)
                _append(question.file, msgspec.structs.replace(decided, why=why, on=options.today))
                written += 1
    except _Quit:
        pass
    names = ", ".join(dict.fromkeys(files.shown(question.file) for question in questions))
    rest = len(questions) - written
    return Result(text=f"{written} written to {names}, {rest} left. The next `enrich run` obeys.")


def _folders(out: Path) -> list[Path]:
    """One list writes into the folder itself, several into a folder each."""
    found = [folder for folder in (out, *sorted(out.glob("*/"))) if (folder / bundle.CATALOG).is_file()]
    if not found:
        raise UsageError(f"{out}: there is no {bundle.CATALOG} yet; `enrich run` writes it.")
    return found


def _read_catalog(folder: Path) -> Catalog:
    path = folder / bundle.CATALOG
    return catalog.read(files.load_own(path), files.shown(path))


def _decisions_file(options: Options, found: Catalog) -> Path:
    """Decisions stand beside the list that they are about."""
    named = [path for path in (*options.lists, Path(found.list.path)) if files.shown(path) == found.list.path]
    folder = next((path.parent for path in named if path.exists()), options.cache.parent)
    return options.corrections or folder / CORRECTIONS


def _load(path: Path) -> tuple[Correction, ...]:
    return corrections.read(files.load_text(path), files.shown(path)) if path.exists() else ()


def _questions(papers: Iterable[Paper], decisions: tuple[Correction, ...], file: Path) -> Iterator[Question]:
    """Yield what is for a human to decide and was not since the last run, with what it may be."""
    papers = tuple(papers)
    titles = Counter(title_text.fold(paper.listed.title) for paper in papers)
    for paper in papers:
        is_contested = any(issue.rule == CONTESTED for issue in paper.issues)
        if paper.duplicate_of or not (paper.status in UNDECIDED or is_contested):
            continue
        decision = _decision(paper, decisions)
        offered = tuple(_identities(paper) if is_contested else _candidates(paper))
        choices = tuple(choice for choice in offered if choice.identifier not in _denied(decision))
        is_denied = bool(decision.denied and offered) and not any(choice.identifier for choice in choices)
        if decision.pinned or decision.is_unpublished or is_denied:
            continue
        is_alone = titles[title_text.fold(paper.listed.title)] == 1
        yield Question(file=file, paper=paper, name=_name(paper, is_alone=is_alone), choices=choices)


def _name(paper: Paper, *, is_alone: bool) -> str:
    """Return what a correction calls the entry: its key, which never changes, else its title, else its link."""
    if not paper.key_provisional:
        return paper.key
    return clean_line(paper.listed.title if is_alone else paper.listed.url or paper.listed.title)


def _decision(paper: Paper, decisions: tuple[Correction, ...]) -> Decision:
    listed = paper.listed
    entry = Entry(line=listed.line, title=listed.title, url=listed.url)
    return knowledge.decide(decisions, [entry], {0: paper}).by_position.get(0, knowledge.UNDECIDED)


def _denied(decision: Decision) -> set[str]:
    return {*decision.denied, *(f"arxiv:{value}" for value in decision.denied)}


def _candidates(paper: Paper) -> Iterator[Choice]:
    for candidate in paper.resolution.candidates:
        evidence = (f"score {candidate.score:.2f}", *candidate.evidence)
        yield Choice(identifier=candidate.doi, title=candidate.title or "without a title", evidence=evidence)


def _identities(paper: Paper) -> Iterator[Choice]:
    """Yield the work that the entry was resolved to, and those that its link now names."""
    ids = paper.ids
    kept = ids.doi or (f"arxiv:{ids.arxiv}" if ids.arxiv else ids.openalex)
    yield Choice(identifier=kept, title=paper.title, evidence=("as it was resolved",))
    for found in from_url(paper.listed.url) if paper.listed.url else ():
        if found.scheme == "doi" and found.value != kept:
            yield Choice(identifier=found.value, title="what the link names now", evidence=(found.evidence,))


def _show(position: str, question: Question, say: Say) -> None:
    paper, listed = question.paper, question.paper.listed
    say(f"\n[{position}] line {listed.line}, {paper.status}: {clean_line(listed.title)}")
    stated = (listed.venue, listed.year, ", ".join(listed.authors), listed.url)
    say("  " + " · ".join(clean_line(str(value)) for value in stated if value))
    for issue in paper.issues:
        say(f"  {issue.rule}: {clean_line(issue.message)}")
    for number, choice in enumerate(question.choices, 1):
        say(f"  {number}. {choice.identifier or 'no DOI'} “{clean_line(choice.title)}”")
        for text in choice.evidence[:EVIDENCE_SHOWN]:
            say(f"       {clean_line(text)}")


def _ask(question: Question, ask: Ask, say: Say) -> Correction | None:
    """Return what was decided, still without a reason; None for nothing."""
    denied = tuple(choice.identifier for choice in question.choices if choice.identifier)
    while True:
        answer = ask(HELP).strip()
        match answer.lower():
            case "q":
                raise _Quit
            case "s":
                return None
            case "u":
                return Correction(entry=question.name, is_="none", why="")
            case "n" if denied:
                return Correction(entry=question.name, is_not=denied, why="")
        chosen = _identifier(answer, question.choices)
        if chosen is not None:
            return Correction(entry=question.name, is_=chosen, why="")
        say(f"“{clean_line(answer)}” is not one of these.")


def _identifier(answer: str, choices: tuple[Choice, ...]) -> str | None:
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1].identifier
    for found in typed.read(answer):
        if found.scheme in ("doi", "openalex"):
            return found.value
        if found.scheme == "arxiv":
            return f"arxiv:{found.value}"
    return None


def _ask_why(ask: Ask) -> str:
    while not (why := clean_line(ask("Why?"))):
        pass
    return why


def _append(path: Path, correction: Correction) -> None:
    """Add one table; the file is read anew, since it may have been edited meanwhile, and must stay readable."""
    old = files.load_text(path) if path.exists() else ""
    new = old + ("" if old.endswith("\n") or not old else "\n") + corrections.render(correction)
    corrections.read(new, files.shown(path))
    files.save_text(path, new.lstrip("\n"))
