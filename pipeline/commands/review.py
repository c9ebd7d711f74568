"""`enrich review`: a walk through what is undecided; each decision goes into corrections.toml.

in -> out: catalogs and a human's answers -> correction tables, appended one by one, so that a walk that is broken off
loses nothing. The next run obeys them.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from pipeline import inputs
from pipeline.addresses.identifiers import from_url
from pipeline.commands import identifier as typed
from pipeline.conversation import converse
from pipeline.edge import files
from pipeline.edge.open import open_desk
from pipeline.errors import UsageError
from pipeline.model import Catalog, Entry, Paper, Record
from pipeline.options import CORRECTIONS, Options, Result
from pipeline.outputs import bundle, catalog
from pipeline.outputs.display import clean_line, doi_url, safe_url
from pipeline.run import freshness
from pipeline.sources import corrections
from pipeline.sources.corrections import Correction
from pipeline.stages.catalog import knowledge
from pipeline.stages.resolving.inquiry import Case, Decision
from pipeline.text import arxiv as arxiv_text
from pipeline.text import title as title_text

Ask = Callable[[str], str]
Say = Callable[[str], object]

CONTESTED = "identity-contested"
HELP = (
    "a number, a DOI, arXiv id or W..., (n)one of these, (u)nknown to all sources, (o)pen the link or o1, o2 ...,"
    " (s)kip, (b)ack, (q)uit"
)
NOTE = "A note, or Enter"
NO_NOTE = "decided in review"
_OPEN = re.compile(r"o\s*(\d*)")
UNDECIDED = ("ambiguous", "unmatched")
AUTHORS_SHOWN = 4
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
    is_known: bool = False
    """It was resolved before: the choices are what it was and what its link names now."""


class _Back(Exception):  # noqa: N818 - a wish, not an error
    """The human wants to see the question before once more."""


class _Quit(Exception):  # noqa: N818 - a wish, not an error
    """The human has had enough."""


def review(
    options: Options, *, ask: Ask, say: Say, open_page: Callable[[str], object], name: str | None = None
) -> Result:
    """Ask a human about every undecided paper, or about one.

    Args:
        options: output folder and corrections file.
        ask: shows a question, returns the answer; raises `EOFError` where nobody can answer.
        say: shows a sentence.
        open_page: shows an address in a browser.
        name: the key, line or listed title of the paper to decide about; None for all that are undecided.

    Raises:
        UsageError: there is no catalog or no such paper, or a file cannot be read or written.
    """
    questions: list[Question] = []
    papers: list[Paper] = []
    for folder in _folders(options.out):
        found = _read_catalog(folder)
        path = _decisions_file(options, found)
        papers += found.papers
        questions += _questions(found.papers, _load(path), path, name)
    if not questions and name is not None:
        raise UsageError(f"{name}: no such paper; name it by its key, its line or its title.")
    if not questions:
        return Result(text="Nothing is undecided.")
    details = _details(options, questions)
    walk = _Walk(questions, papers, details, ask=ask, say=say, open_page=open_page, today=options.today)
    try:
        walk.go()
    except _Quit:
        pass
    except EOFError:
        if walk.answers:
            raise KeyboardInterrupt from None
        return Result(text="\n".join(_queue(questions)))
    names = ", ".join(dict.fromkeys(files.shown(question.file) for question in questions))
    rest = len(questions) - len(walk.written)
    return Result(text=f"{len(walk.written)} written to {names}, {rest} left. The next `enrich run` obeys.")


class _Walk:
    """The way from question to question; what was decided last can be taken back."""

    def __init__(
        self,
        questions: Sequence[Question],
        papers: Sequence[Paper],
        details: Mapping[str, Record],
        *,
        ask: Ask,
        say: Say,
        open_page: Callable[[str], object],
        today: str,
    ) -> None:
        self._questions, self._papers, self._details = questions, papers, details
        self._ask, self._say, self._open, self._today = ask, say, open_page, today
        self.answers = 0
        self.written: dict[int, tuple[Path, str | None]] = {}
        """Question -> its file, and what that held before; None where there was none."""

    def go(self) -> None:
        """Ask about each; raises `_Quit` when the human has had enough, `EOFError` when nobody is there."""
        at = 0
        while at < len(self._questions):
            question = self._questions[at]
            _show(f"{at + 1}/{len(self._questions)}", question, self._details, self._say)
            try:
                decided = self._decide(question)
            except _Back:
                at = max(0, at - 1)
                self._take_back(at)
                continue
            if decided is not None:
                why = clean_line(self._put(NOTE)) or NO_NOTE
                path = question.file
                self.written[at] = (path, files.load_text(path) if path.exists() else None)
                _append(path, msgspec.structs.replace(decided, why=why, on=self._today))
            at += 1

    def _put(self, text: str) -> str:
        answer = self._ask(text).strip()
        self.answers += 1
        return answer

    def _take_back(self, at: int) -> None:
        path, before = self.written.pop(at, (None, None))
        if path is None:
            return
        if before is None:
            path.unlink()
        else:
            files.save_text(path, before)
        self._say("The last decision is taken back.")

    def _decide(self, question: Question) -> Correction | None:
        """Return what was decided, still without a note; None for nothing."""
        denied = tuple(choice.identifier for choice in question.choices if choice.identifier)
        while True:
            answer = self._put(HELP)
            match answer.lower():
                case "q":
                    raise _Quit
                case "b":
                    raise _Back
                case "s":
                    return None
                case "u":
                    return Correction(entry=question.name, is_="none", why="")
                case "n" if denied:
                    return Correction(entry=question.name, is_not=denied, why="")
            if opened := _OPEN.fullmatch(answer.lower()):
                self._show_page(question, opened[1])
                continue
            chosen = _identifier(answer, question.choices)
            if chosen is None:
                self._say(f"“{clean_line(answer)}” is not one of these.")
            elif self._is_meant(question, chosen):
                return Correction(entry=question.name, is_=chosen, why="")

    def _show_page(self, question: Question, number: str) -> None:
        chosen = _identifier(number, question.choices) if number else None
        url = _page(chosen) if number else safe_url(question.paper.listed.url or "")
        if url is None:
            self._say("There is no page to open.")
            return
        self._say(url)
        self._open(url)

    def _is_meant(self, question: Question, chosen: str) -> bool:
        """Warn of a decision that gives two rows one work, or a row a work of another title; ask once more."""
        warnings = [
            f"Line {paper.listed.line} is that work already: {clean_line(paper.listed.title)}"
            for paper in self._papers
            if paper.listed.line != question.paper.listed.line
            and paper.duplicate_of is None
            and chosen.removeprefix("arxiv:") in {paper.ids.doi, paper.ids.arxiv, paper.ids.openalex}
        ]
        record = self._details.get(chosen)
        titles = [choice.title for choice in question.choices if choice.identifier == chosen and choice.evidence]
        titles += [record.title] if record is not None and record.title else []
        listed = question.paper.listed.title
        if (
            titles
            and all(title_text.agree(title, listed).level == "none" for title in titles)
            and not question.is_known
        ):
            warnings.append(f"Its title is another one: {clean_line(titles[-1])}")
        if not warnings:
            return True
        for warning in warnings:
            self._say(warning)
        return self._put("Is it meant so? (y/n)").lower().startswith("y")


def _details(options: Options, questions: Sequence[Question]) -> dict[str, Record]:
    """Return what the cache knows of the candidates, by DOI: the conversations are held once more, asking nobody."""
    lines = {question.paper.listed.line for question in questions}
    try:
        jobs = [inputs.with_memory(job) for job in inputs.load_jobs(options)]
    except UsageError:  # the list is gone or moved: the catalog is enough to decide
        return {}
    cases = [case for job in jobs for case in job.cases if case.entry.line in lines]
    return asyncio.run(_recall(cases, options))


async def _recall(cases: Sequence[Case], options: Options) -> dict[str, Record]:
    found: dict[str, Record] = {}
    ages = freshness(options)
    async with open_desk(options.access, options.cache, now=options.now, offline=True) as desk:
        for case in cases:
            _, replies = await converse(case, desk, ages)
            for reply in replies.values():
                for record in reply.records:
                    if record.ids.doi and (record.authors or record.ids.doi not in found):
                        found[record.ids.doi] = record
    return found


def _queue(questions: Sequence[Question]) -> Iterator[str]:
    """What waits for a human, for whoever reads it without a terminal."""
    yield f"{len(questions)} to decide; `enrich review` asks about them in a terminal."
    for question in questions:
        paper = question.paper
        # A paper whose key is not minted goes by its title.
        key = "" if question.name == paper.listed.title else f" ({question.name})"
        yield f"line {paper.listed.line}: {paper.status}: {clean_line(paper.listed.title)}{key}"
        yield from (f"  {choice.identifier or 'no DOI'} “{clean_line(choice.title)}”" for choice in question.choices)


def _page(identifier: str | None) -> str | None:
    if identifier is None:
        return None
    if identifier.startswith("arxiv:"):
        return arxiv_text.url(identifier.removeprefix("arxiv:"))
    return f"https://openalex.org/{identifier}" if identifier.startswith("W") else doi_url(identifier)


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


def _questions(
    papers: Iterable[Paper], decisions: tuple[Correction, ...], file: Path, wanted: str | None
) -> Iterator[Question]:
    """Yield what is for a human to decide and was not since the last run, or the paper that was named."""
    papers = tuple(papers)
    titles = Counter(title_text.fold(paper.listed.title) for paper in papers)
    for paper in papers:
        is_contested = any(issue.rule == CONTESTED for issue in paper.issues)
        is_open = paper.status in UNDECIDED or is_contested
        if paper.duplicate_of or not (is_open if wanted is None else _is_named(paper, wanted)):
            continue
        decision = _decision(paper, decisions)
        is_known = is_contested or not is_open
        offered = tuple(_identities(paper) if is_known else _candidates(paper))
        choices = tuple(choice for choice in offered if choice.identifier not in _denied(decision))
        is_denied = bool(decision.denied and offered) and not any(choice.identifier for choice in choices)
        if wanted is None and (decision.pinned or decision.is_unpublished or is_denied):
            continue
        name = _name(paper, is_alone=titles[title_text.fold(paper.listed.title)] == 1)
        yield Question(file=file, paper=paper, name=name, choices=choices, is_known=is_known)


def _is_named(paper: Paper, wanted: str) -> bool:
    """Tell whether a human means this paper: by key, `LIST:LINE` or listed title."""
    line = wanted.rpartition(":")[2]
    is_line = line == str(paper.listed.line)
    return wanted == paper.key or is_line or title_text.fold(wanted) == title_text.fold(paper.listed.title)


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


def _show(position: str, question: Question, details: Mapping[str, Record], say: Say) -> None:
    paper, listed = question.paper, question.paper.listed
    say(f"\n[{position}] line {listed.line}, {paper.status}: {clean_line(listed.title)}")
    stated = (listed.venue, listed.year, ", ".join(listed.authors), listed.url)
    say("  " + " · ".join(clean_line(str(value)) for value in stated if value))
    for issue in paper.issues:
        say(f"  {issue.rule}: {clean_line(issue.message)}")
    for number, choice in enumerate(question.choices, 1):
        say(f"  {number}. {choice.identifier or 'no DOI'} “{clean_line(choice.title)}”")
        if record := details.get(choice.identifier or ""):
            names = [author.family or author.literal or "" for author in record.authors[:AUTHORS_SHOWN]]
            more = " et al." if len(record.authors) > AUTHORS_SHOWN else ""
            said = (", ".join(filter(None, names)) + more, record.venue, record.year, _page(choice.identifier))
            say("       " + " · ".join(clean_line(str(value)) for value in said if value))
        for text in choice.evidence[:EVIDENCE_SHOWN]:
            say(f"       {clean_line(text)}")


def _identifier(answer: str, choices: tuple[Choice, ...]) -> str | None:
    numbered = {str(number): choice for number, choice in enumerate(choices, 1)}
    if answer in numbered:
        return numbered[answer].identifier
    for found in typed.read(answer):
        if found.scheme in ("doi", "openalex"):
            return found.value
        if found.scheme == "arxiv":
            return f"arxiv:{found.value}"
    return None


def _append(path: Path, correction: Correction) -> None:
    """Add one table; the file is read anew, since it may have been edited meanwhile, and must stay readable."""
    old = files.load_text(path) if path.exists() else ""
    new = old + ("" if old.endswith("\n") or not old else "\n") + corrections.render(correction)
    corrections.read(new, files.shown(path))
    files.save_text(path, new.lstrip("\n"))
