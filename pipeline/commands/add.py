"""`enrich add`: the rows of papers, in the list's own format, printed or put into their places.

in -> out: DOIs, arXiv ids or addresses -> a row each, from what the sources say about it. A paper that the list has is
refused with its line. An address without an identifier that a source can be asked by (IEEE, PMLR, NeurIPS, CVF,
OpenReview, ...) is looked up by its page, by the words that it spells out, or by the title that the user gives.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline import inputs
from pipeline.addresses.identifiers import page_name
from pipeline.addresses.link import normalise
from pipeline.commands import identifier as typed
from pipeline.conversation import converse, read
from pipeline.edge import files
from pipeline.edge.desk import Desk
from pipeline.edge.open import open_desk
from pipeline.errors import UsageError
from pipeline.inputs import Job
from pipeline.model import Age, Entry, Identifier, Paper, Query, Record
from pipeline.options import NO_LIST, Options, Result
from pipeline.outputs.display import doi_url, safe_url
from pipeline.outputs.row import NewRow, render
from pipeline.progress import Talk
from pipeline.run import freshness
from pipeline.stages import identify
from pipeline.stages.merging.merge import merge
from pipeline.stages.resolving.inquiry import Case, Decision, Freshness
from pipeline.text import arxiv as arxiv_text

ASKABLE = frozenset(["doi", "arxiv", "pii", "pmid", "pmcid", "openalex"])
"""Schemes that a source can be asked by."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A paper to be added, as it was typed."""

    typed: str
    identifiers: tuple[Identifier, ...]
    title: str | None = None


class Refused(Exception):  # noqa: N818 - an outcome of one paper, told in a sentence
    """Why one paper was not added."""


def add(
    options: Options,
    wanted: Sequence[str],
    talk: Talk,
    *,
    title: str | None = None,
    category: str | None = None,
    write: bool = False,
) -> Result:
    """Print the row of each paper, or write it into the list; status 1 when one was not added.

    Args:
        options: the first list is the one whose format is followed.
        wanted: DOI, arXiv id or address of each paper.
        talk: where the desk's sentences go.
        title: the paper's title, where no source can be asked by its address.
        category: what stands in the row's cell of categories, or the section it belongs to.
        write: put the rows into the list.

    Raises:
        UsageError: there is no list, it cannot be read, or something names no paper.
    """
    papers = [Wanted(typed=one.strip(), identifiers=typed.read(one), title=title) for one in wanted]
    for one in papers:
        if not one.identifiers and not typed.is_paper_address(one.typed):
            raise UsageError(f"{one.typed}: no DOI, no arXiv id and no address that names a paper.")
    if title is not None and len(papers) > 1:
        raise UsageError("--title is the title of one paper; add the others by themselves.")
    if not options.lists:
        raise UsageError(NO_LIST)
    return asyncio.run(_add(options, papers, talk, category=category, write=write))


async def _add(options: Options, papers: Sequence[Wanted], talk: Talk, *, category: str | None, write: bool) -> Result:
    ages = freshness(options)
    rows: list[str] = []
    complaints: list[str] = []
    status = 0
    async with open_desk(options.access, options.cache, now=options.now, offline=options.offline, say=talk.say) as desk:
        for one in papers:
            # The list is read anew for each paper: the one before may have been written into it.
            job = inputs.with_memory(inputs.load_jobs(msgspec.structs.replace(options, lists=options.lists[:1]))[0])
            try:
                new, told = await _add_one(one, job, desk, ages, options.today, category=category)
            except Refused as reason:
                complaints.append(str(reason))
                status = 1
                continue
            complaints += told
            if write:
                problem = _write(job.path, new)
                complaints.append(problem or f"{job.info.path}:{new.after + 1}: written.")
                status = 1 if problem else status
            else:
                rows.append(new.text)
    return Result(text="\n".join(rows), complaints=tuple(complaints), status=status)


async def _add_one(
    one: Wanted, job: Job, desk: Desk, ages: Freshness, today: str, *, category: str | None
) -> tuple[NewRow, list[str]]:
    """Return a paper's row and what is to be said about it. Raises `Refused`."""
    _refuse_listed(one, job, _pairs(one.identifiers))
    paper = await _find(one, job, desk, ages, today)
    _refuse_listed(one, job, _values(paper))
    url = safe_url(one.typed) or _address(one.identifiers[0], paper) or ""
    new = render(files.load_text(job.path), job.parsed, paper, url, job.settings, category=category)
    return new, list(_warnings(new, paper, category))


def _refuse_listed(one: Wanted, job: Job, values: set[tuple[str, str]]) -> None:
    """Raise `Refused` when the list has the paper, by its link or by what is known about a row."""
    page = page_name(one.typed)
    for case in job.cases:
        entry, known = case.entry, _pairs(case.identifiers)
        if case.old is not None and case.old.duplicate_of is None:
            known |= _values(case.old)
        is_same_page = entry.url is not None and page_name(entry.url) == page
        if is_same_page or not values.isdisjoint(known):
            raise Refused(f"{job.info.path}:{entry.line} lists this paper already.")


async def _find(one: Wanted, job: Job, desk: Desk, ages: Freshness, today: str) -> Paper:
    """Return the paper that was typed, as the sources know it. Raises `Refused` with the reason where none does."""
    failures: list[str] = []
    for case in [_pinned(identifier) for identifier in one.identifiers if identifier.scheme in ASKABLE]:
        found = await _hold(case, desk, ages, today, failures)
        if found is not None:
            return found
    async for entry in _described(one, job, desk, failures):
        known = next((record for record in job.facts.known if _is_of_page(record, one.typed)), None)
        case = Case(entry=entry, identifiers=identify.identify(entry), known=known, aliases=job.parsed.aliases)
        found = await _hold(case, desk, ages, today, failures)
        if found is not None and found.status in ("exact", "matched", "known"):
            return found
    if failures:
        raise Refused(f"{one.typed}: no usable answer from {', '.join(dict.fromkeys(failures))}.")
    if any(identifier.scheme in ASKABLE for identifier in one.identifiers):
        raise Refused(f"{one.typed}: no source knows this paper.")
    hint = (
        "no source proves that a paper of this title has this address"
        if one.title
        else "no source can be asked by it; give its --title"
    )
    raise Refused(f"{one.typed}: {hint}.")


def _pinned(identifier: Identifier) -> Case:
    return Case(entry=Entry(line=1, title=""), decision=Decision(pinned=identifier))


async def _hold(case: Case, desk: Desk, ages: Freshness, today: str, failures: list[str]) -> Paper | None:
    """Hold a conversation; None where no record bears a title, with the sources that failed."""
    async with desk.conversation():
        resolved, replies = await converse(case, desk, ages)
    if any(record.title for record in resolved.records):
        return merge(resolved, today)
    failures += [f"{query.source} ({reply.reason})" for query, reply in replies.items() if reply.reason]
    return None


async def _described(one: Wanted, job: Job, desk: Desk, failures: list[str]) -> AsyncIterator[Entry]:
    """Yield what the row would say, from the surest description of the paper behind an address to the least."""
    url = safe_url(one.typed)
    if one.title is not None:
        yield Entry(line=1, title=one.title, url=url)
        return
    for record in job.facts.known:
        if _is_of_page(record, one.typed) and record.title:
            yield Entry(line=1, title=record.title, year=record.year, url=url)
    if url is None:
        return
    query = Query(source="openalex", kind="landing", value=normalise(url))
    async with desk.conversation():
        reply = read((await desk.ask({query: Age(missing_days=0)}))[query])
    if reply.reason:
        failures.append(f"{query.source} ({reply.reason})")
    for record in reply.records:
        if record.title and _is_of_page(record, url):
            names = tuple(filter(None, (author.family for author in record.authors)))
            yield Entry(line=1, title=record.title, year=record.year, venue=record.venue, authors=names, url=url)
    if (described := typed.describe(url)) is not None:
        yield described


def _is_of_page(record: Record, url: str) -> bool:
    return page_name(url) in {page_name(page) for page in record.landing_urls}


def _address(identifier: Identifier, paper: Paper) -> str | None:
    """Return the link of an identifier that was typed without one."""
    if identifier.scheme == "arxiv":
        return arxiv_text.url(identifier.value)
    doi = identifier.value if identifier.scheme == "doi" else paper.ids.doi
    return doi_url(doi) if doi else f"https://openalex.org/{paper.ids.openalex}"


def _write(path: Path, new: NewRow) -> str | None:
    """Put a row into its place; return why that was not done."""
    if not new.is_read_back:
        return f"not written: {files.shown(path)} would not be read with it as it should."
    if not new.is_placed:
        return f"not written: no section of {files.shown(path)} is for it; add the heading first."
    files.insert_line(path, new.after, new.text)
    return None


def _warnings(new: NewRow, paper: Paper, category: str | None) -> Iterator[str]:
    if paper.retracted:
        yield "the paper is retracted."
    if not new.is_read_back:
        yield "the row is not read back as this paper: look at it before you use it."
    if category is not None and category not in new.text and not new.is_placed:
        yield f"the list has no place for the category “{category}”."


def _pairs(identifiers: Iterable[Identifier]) -> set[tuple[str, str]]:
    return {(one.scheme, one.value) for one in identifiers}


def _values(paper: Paper) -> set[tuple[str, str]]:
    ids = paper.ids
    return {(scheme, value) for scheme in ids.__struct_fields__ if (value := getattr(ids, scheme)) is not None}
