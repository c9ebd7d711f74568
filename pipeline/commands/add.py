"""`enrich add`: the row of a paper, in the list's own format.

in -> out: a DOI, an arXiv id or an address -> the row, from what the sources say about it. The list is not changed:
where the row belongs, and what its category is, a human knows.
"""

import asyncio
from collections.abc import Iterable, Iterator

from pipeline.commands import identifier as typed
from pipeline.conversation import converse
from pipeline.edge import files
from pipeline.edge.open import open_desk
from pipeline.errors import UsageError
from pipeline.lists import markdown
from pipeline.model import Entry, Identifier, Paper
from pipeline.options import NO_LIST, Options, Result
from pipeline.outputs.display import doi_url, safe_url
from pipeline.outputs.row import NewRow, render
from pipeline.progress import Talk
from pipeline.run import freshness
from pipeline.stages import identify
from pipeline.stages.merging.merge import merge
from pipeline.stages.resolving.inquiry import Case, Decision, Freshness
from pipeline.text import arxiv as arxiv_text


def add(options: Options, identifier: str, talk: Talk) -> Result:
    """Print the row of one paper; status 1 when nobody knows it.

    Args:
        options: the first list is the one whose format is followed.
        identifier: DOI, arXiv id or address of the paper.
        talk: where the desk's sentences go.

    Raises:
        UsageError: there is no list, it cannot be read, or the identifier is none.
    """
    identifiers = typed.read(identifier)
    if not identifiers:
        raise UsageError(f"{identifier}: no DOI, no arXiv id and no address that names a paper.")
    if not options.lists:
        raise UsageError(NO_LIST)
    path = options.lists[0]
    text, own = files.load_text(path), options.config.for_list(files.shown(path))
    parsed = markdown.parse(text, own)
    paper, reason = asyncio.run(_find(identifiers, options, freshness(options), talk))
    if paper is None:
        return Result(complaints=(f"{identifier}: {reason}",), status=1)
    values = _pairs(identifiers) | _values(paper)
    known = [entry for entry in parsed.entries if not values.isdisjoint(_pairs(identify.identify(entry)))]
    url = safe_url(identifier.strip()) or _address(identifiers[0], paper)
    new = render(text, parsed, paper, url or "", own)
    return Result(text=new.text, complaints=tuple(_warnings(new, paper, known, files.shown(path))))


async def _find(
    identifiers: Iterable[Identifier], options: Options, ages: Freshness, talk: Talk
) -> tuple[Paper | None, str]:
    """Return the paper that one of the identifiers names, or None and why there is none."""
    failures: list[str] = []
    async with open_desk(options.access, options.cache, now=options.now, offline=options.offline, say=talk.say) as desk:
        for identifier in identifiers:
            case = Case(entry=Entry(line=1, title=""), decision=Decision(pinned=identifier))
            async with desk.conversation():
                resolved, replies = await converse(case, desk, ages)
            if any(record.title for record in resolved.records):
                return merge(resolved, options.today), ""
            failures += [f"{query.source} ({reply.reason})" for query, reply in replies.items() if reply.reason]
    if failures:
        return None, f"no usable answer from {', '.join(dict.fromkeys(failures))}."
    return None, "no source knows this paper."


def _address(identifier: Identifier, paper: Paper) -> str | None:
    """Return the link of an identifier that was typed without one."""
    if identifier.scheme == "arxiv":
        return arxiv_text.url(identifier.value)
    doi = identifier.value if identifier.scheme == "doi" else paper.ids.doi
    return doi_url(doi) if doi else f"https://openalex.org/{paper.ids.openalex}"


def _warnings(new: NewRow, paper: Paper, known: Iterable[Entry], path: str) -> Iterator[str]:
    if paper.retracted:
        yield "the paper is retracted."
    yield from (f"{path}:{entry.line} lists this paper already." for entry in known)
    if not new.is_read_back:
        yield "the row is not read back as this paper: look at it before you use it."


def _pairs(identifiers: Iterable[Identifier]) -> set[tuple[str, str]]:
    return {(one.scheme, one.value) for one in identifiers}


def _values(paper: Paper) -> set[tuple[str, str]]:
    ids = paper.ids
    return {(scheme, value) for scheme in ids.__struct_fields__ if (value := getattr(ids, scheme)) is not None}
