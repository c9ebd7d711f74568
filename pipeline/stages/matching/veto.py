"""What rules a work out, however well its title agrees.

in -> out: an entry, the records of one work and the agreement of the titles -> the reason to refuse it, or None. Rules:
design.md, "Getting the right paper"; type names are those of Crossref's /types and of OpenAlex's work types.
"""

import re
from collections.abc import Collection, Sequence

from pipeline.model import Entry, Identifier, Record
from pipeline.stages.matching import evidence
from pipeline.stages.matching.authorship import Authorship
from pipeline.text import doi as doi_text
from pipeline.text.title import Agreement, words

_YEARS_APART = 2
"""From here on a year cannot be an online/print difference; the look-alikes by others are at least that far away."""
_TYPES: dict[str, frozenset[str]] = {
    "erratum": frozenset({"erratum", "errata", "correction", "corrigendum", "corrections", "addendum"}),
    "retraction": frozenset({"retraction", "withdrawal"}),
    "peer-review": frozenset({"review", "report"}),
    "editorial": frozenset({"editorial"}),
    "book-review": frozenset({"review", "book"}),
    "supplementary-materials": frozenset({"supplement", "supplementary", "supplemental"}),
    "component": frozenset({"supplement", "supplementary", "figure", "table"}),
    "paratext": frozenset({"contents", "index", "cover", "frontmatter"}),
    "libguides": frozenset(),
    "grant": frozenset(),
    "journal": frozenset(),
    "journal-issue": frozenset({"issue"}),
    "journal-volume": frozenset({"volume"}),
    "proceedings": frozenset({"proceedings"}),
    "proceedings-series": frozenset({"proceedings"}),
    "book-series": frozenset({"series"}),
}
"""Type of record -> words by which a list's title says that it means just that."""
_GUESSED = frozenset({"editorial", "book-review"})
"""OpenAlex guesses these from the title; they rule a work out only if no source calls it anything else."""
_PART_OF_WORK = re.compile(r"\.(?:supp|suppl|s\d{3}|[gt]\d{3})$|/(?:supp|fig|table)-?\d+$|/(?:suppl|supp)_?file\S*$")


def find(
    entry: Entry,
    records: Sequence[Record],
    agreement: Agreement,
    *,
    people: Authorship | None = None,
    identifiers: Sequence[Identifier] = (),
    denied: Collection[str] = (),
) -> str | None:
    """Return why this work cannot be the listed one, or None; `people` is what the listed authors come to."""
    return (
        find_notice(entry, records, agreement, denied=denied)
        or _other_number(identifiers, records)
        or _other_year(entry, records)
        or ("none of the listed authors wrote it" if people is not None and people.is_excluded else None)
    )


def find_notice(
    entry: Entry,
    records: Sequence[Record],
    agreement: Agreement,
    *,
    denied: Collection[str] = (),
    is_linked: bool = False,
) -> str | None:
    """Return why the work cannot be any listed paper: denied, a notice about a paper, a part of one.

    The row's own link (`is_linked`) outweighs a type that was only guessed.
    """
    names = {name for record in records for name in (record.ids.doi, record.ids.arxiv, record.ids.openalex) if name}
    refused = sorted(names & set(denied))
    if refused:
        return f"corrections.toml says that it is not {refused[0]}"
    copied = next((name for name in sorted(names) if doi_text.is_denied(name)), None)
    if copied:
        return f"{copied} is of a registrant that copies papers"
    if agreement.difference == "notice":
        return agreement.reason
    said = frozenset(words(entry.title))
    part = next((name for name in sorted(names) if _PART_OF_WORK.search(name)), None)
    if part and not said & _TYPES["component"]:
        return f"{part} is a supplement or part of a work"
    return _notice_type(said, records, is_linked=is_linked)


def _notice_type(said: frozenset[str], records: Sequence[Record], *, is_linked: bool) -> str | None:
    kinds = [record.raw_type for record in records if record.raw_type]
    for kind in kinds:
        is_settled = kind not in _GUESSED or (not is_linked and all(other in _GUESSED for other in kinds))
        if kind in _TYPES and is_settled and not said & _TYPES[kind]:
            return f"the record is of type {kind}"
    notices = [doi for record in records for doi in record.notice_of]
    if notices and not said & (_TYPES["erratum"] | _TYPES["retraction"]):
        return f"the record is a notice about {notices[0]}"
    return None


def _other_number(identifiers: Sequence[Identifier], records: Sequence[Record]) -> str | None:
    for scheme in ("ieee", "pii", "pmid"):
        linked = {identifier.value for identifier in identifiers if identifier.scheme == scheme}
        borne = {getattr(record.ids, scheme) for record in records} - {None}
        if linked and borne and not linked & borne:
            return f"its {scheme} is {min(borne)}, the link's is {min(linked)}"
    return None


def is_other_year(entry: Entry, records: Sequence[Record]) -> bool:
    """Return whether the years alone rule the work out."""
    return _other_year(entry, records) is not None


def _other_year(entry: Entry, records: Sequence[Record]) -> str | None:
    apart = evidence.years_apart(entry, records)
    if apart is not None and apart >= _YEARS_APART:
        return f"{apart} years away from the listed {entry.year}"
    return None
