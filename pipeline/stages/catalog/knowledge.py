"""Human knowledge tied to the list: facts of known.bib, and decisions of corrections.toml.

in -> out: entries and what humans wrote -> the known `Record` and the `Decision` of each entry, and an issue for every
correction that fits nothing any more. known.bib is tied by `doi`, `eprint`, or a `url` equal to the row's paper link.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.model import Entry, Identifier, Issue, Paper, Record
from pipeline.sources.corrections import Correction
from pipeline.stages.matching import match
from pipeline.stages.resolving.inquiry import Decision
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text

UNDECIDED = Decision()


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What humans wrote beside the list."""

    known: tuple[Record, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions by the entry's position in the list, and the corrections that fit no entry."""

    by_position: dict[int, Decision] = {}
    stale: tuple[Issue, ...] = ()


def tie_known(
    known: Sequence[Record], entries: Iterable[Entry], identifiers: Sequence[tuple[Identifier, ...]]
) -> dict[int, Record]:
    """Return the known record of each entry, by its position; a record with another title is another paper's.

    The row's link may be a slip, so that the rule is that of links (`match.judge_exact`).
    """
    by_name: dict[str, Record] = {}
    for record in known:
        for name in _record_names(record):
            by_name.setdefault(name, record)
    tied = {}
    for at, entry in enumerate(entries):
        names = [f"{identifier.scheme}:{identifier.value}" for identifier in identifiers[at]]
        names += [page_name(entry.url)] if entry.url else []
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is not None and match.judge_exact(entry, found).accepted:
            tied[at] = found
    return tied


def decide(corrections: Iterable[Correction], entries: Sequence[Entry], tied: Mapping[int, Paper]) -> Decisions:
    """Return what was decided about each entry; an entry is named by its key, its listed title or its link."""
    named: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        for name in _entry_names(entry, tied.get(at)):
            named.setdefault(name, []).append(at)
    decided: dict[int, Decision] = {}
    stale = []
    for correction in corrections:
        found = next((named[name] for name in _correction_names(correction) if name in named), [])
        for at in found:
            decided[at] = _with(decided.get(at, UNDECIDED), correction)
        if not found:
            message = f"A correction fits no entry any more: “{correction.entry}” ({correction.why})."
            stale.append(Issue(rule="correction-stale", line=1, message=message))
    return Decisions(by_position=decided, stale=tuple(stale))


def _with(decision: Decision, correction: Correction) -> Decision:
    """Add a correction to what was decided before it; the later one stands where two contradict each other."""
    more = {"why": (*decision.why, correction.why)}
    if correction.is_ == "none":
        return msgspec.structs.replace(decision, is_unpublished=True, pinned=None, **more)
    if correction.is_ is not None:
        pinned = _identifier(correction.is_)
        allowed = decision.denied - _values(pinned)
        return msgspec.structs.replace(decision, pinned=pinned, is_unpublished=False, denied=allowed, **more)
    if correction.is_not:
        denied = frozenset[str]().union(*(_values(_identifier(value)) for value in correction.is_not))
        still = decision.pinned if decision.pinned and decision.pinned.value not in denied else None
        return msgspec.structs.replace(decision, denied=decision.denied | denied, pinned=still, **more)
    assert correction.field is not None
    return msgspec.structs.replace(decision, fields=(*decision.fields, (correction.field, correction.value)), **more)


def _identifier(value: str) -> Identifier:
    """Read an identifier as corrections.toml writes it; its form was checked when the file was read."""
    if value.lower().startswith("arxiv:"):
        return Identifier(scheme="arxiv", value=value[6:], evidence="corrections.toml")
    if value.startswith("W"):
        return Identifier(scheme="openalex", value=value, evidence="corrections.toml")
    doi = doi_text.clean(value) or value
    arxiv_id = doi_text.arxiv_id(doi)
    if arxiv_id is not None:
        return Identifier(scheme="arxiv", value=arxiv_id, evidence="corrections.toml")
    return Identifier(scheme="doi", value=doi, evidence="corrections.toml")


def _values(identifier: Identifier) -> frozenset[str]:
    """Return every form in which an identifier is met: an arXiv id also as the DOI that stands for it."""
    value = identifier.value
    return frozenset((value, arxiv_text.doi(value)) if identifier.scheme == "arxiv" else (value,))


def _record_names(record: Record) -> list[str]:
    names = [f"doi:{record.ids.doi}"] if record.ids.doi else []
    if record.ids.arxiv:
        names += [f"arxiv:{record.ids.arxiv}", f"doi:{arxiv_text.doi(record.ids.arxiv)}"]
    return names + [page_name(url) for url in record.landing_urls]


def _entry_names(entry: Entry, old: Paper | None) -> list[str]:
    names = [f"key:{old.key}"] if old is not None else []
    names += [page_name(url) for url in (entry.url, *entry.links) if url]
    return [*names, f"title:{title_text.fold(entry.title)}"]


def _correction_names(correction: Correction) -> tuple[str, ...]:
    named = correction.entry
    link = page_name(named)
    return (f"key:{named}", link, f"title:{title_text.fold(named)}")
