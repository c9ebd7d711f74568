"""Which of the records that a search found is the listed paper.

in -> out: an entry and records of one or several sources -> `Match`; an entry and the record of its own link ->
`ExactVerdict`; two records -> whether they are versions of one work. Rules: design.md, "Getting the right paper":
strong agreement of the titles, a second witness, no veto, and daylight to the runner-up.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal, TypeVar

import msgspec

from pipeline.model import Candidate, Entry, Identifier, Record
from pipeline.stages.matching import evidence, veto
from pipeline.stages.matching.scoring import HALF, Context, Scored, compare_titles, decisive, is_fitting, score
from pipeline.stages.resolving.work import is_preprint
from pipeline.text import person
from pipeline.text import venue as venue_text
from pipeline.text.generic_title import names_nothing
from pipeline.text.title import Agreement, agree, content_words, continues, with_subtitle, words

Judged = TypeVar("Judged")

DAYLIGHT = 0.5
"""What the best must be ahead of the runner-up: half a witness, as between the year and the year next to it.
Any value up to 1 measures the same; two works that fit equally are never told apart by less."""
MOST_CANDIDATES = 5
COLUMN_TITLE = 4
"""Content words up to which a title that a venue has printed twice is taken for that of a column; a guess."""
LONG_TITLE = 7
"""Content words above which a namesake of another year does not make a third one likely; a guess."""


class Match(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a search comes to."""

    outcome: Literal["matched", "ambiguous", "none"]
    records: tuple[Record, ...] = ()
    """Those of the chosen work, of its published version where both versions were found."""
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Best first; a score of 0 was refused. Of a match only those whose titles could be the entry's."""
    is_firm: bool = False
    """Whether the row itself says which version of the work it means, and nothing that was heard is against it."""
    needs_more: bool = False
    """Whether another source's opinion could still settle it."""


class ExactVerdict(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whether the record of the row's own link is the listed paper."""

    accepted: bool
    agreement: Agreement
    issue: str | None = None
    """A sentence for the maintainer where titles differ."""
    rule: Literal["title-differs", "title-incomplete"] = "title-differs"
    """The rule of that issue."""


class Judge:
    """What one row says to records; it remembers its judgements for as long as the row's conversation goes on.

    Resolving begins anew after every answer, and each time the records are those of before and a few more. They are
    told apart by identity, which is cheap and lasts: whatever was judged is kept with its judgement.
    """

    def __init__(
        self,
        entry: Entry,
        *,
        aliases: Sequence[tuple[str, str]] = (),
        identifiers: Sequence[Identifier] = (),
        known: Record | None = None,
        denied: Collection[str] = (),
    ) -> None:
        """Judge for an entry.

        `aliases` is the list's legend of venues, `identifiers` what the row's links say, `known` the facts of
        known.bib, `denied` what a human said that it is not.
        """
        self.entry = entry
        self._aliases, self._identifiers = tuple(aliases), tuple(identifiers)
        self._known, self._denied = known, frozenset(denied)
        self._agreements: dict[tuple[object, ...], Agreement] = {}
        self._kept: dict[tuple[object, ...], tuple[Sequence[Record], Any]] = {}

    def choose(self, records: Sequence[Record]) -> Match:
        """Choose the work that the entry means, if the records prove one."""
        once = tuple({id(record): record for record in records}.values())  # a pocket gives one record to two questions
        return self._once(lambda: self._choose(once), once, "choose")

    def exact(self, record: Record) -> ExactVerdict:
        """Judge the record of an identifier that the row's own link states."""
        return self._once(lambda: judge_exact(self.entry, record), (record,), "exact")

    def _once(self, judge: Callable[[], Judged], records: Sequence[Record], *about: object) -> Judged:
        """Return a judgement about records, made at most once."""
        key = (*about, *map(id, records))
        if key not in self._kept:
            self._kept[key] = (records, judge())  # the records too: as long as they live, nothing else has their ids
        judged: Judged = self._kept[key][1]
        return judged

    def _choose(self, records: Sequence[Record]) -> Match:
        told: list[tuple[Agreement, tuple[Record, ...], tuple[Agreement, ...]]] = []
        for work in _works(records):
            agreements = _without_words_of_others(tuple(map(self.compare, work)), work, records)
            told.append((decisive(work, agreements), work, agreements))
        bearers = [work for agreement, work, _ in told if agreement.is_strong and not _is_notice(work)]
        context = Context(
            aliases=self._aliases,
            identifiers=self._identifiers,
            known=self._known,
            denied=self._denied,
            is_column=names_nothing(self.entry.title) or _is_column(self.entry, bearers),
            has_namesakes=_has_namesakes(self.entry, bearers),
        )
        is_numbered = bool(self._identifiers or self.entry.url)
        fitting = [one for one in told if is_fitting(one[0], is_numbered=is_numbered)]
        verdict = _chosen([self._score(work, agreements, context) for _, work, agreements in fitting], self._known)
        if verdict.outcome == "matched" or len(fitting) == len(told):
            return verdict
        # The others cannot be accepted: what speaks for them only a human is to see, where nothing is proven.
        return _chosen([self._score(work, agreements, context) for _, work, agreements in told], self._known)

    def compare(self, record: Record) -> Agreement:
        """Compare the entry's title with a record's."""
        titles = (record.title, record.subtitle, record.other_titles)
        found = self._agreements.get(titles)
        if found is None:
            found = self._agreements[titles] = compare_titles(self.entry.title, record)
        return found

    def _score(self, work: tuple[Record, ...], agreements: tuple[Agreement, ...], context: Context) -> Scored:
        levels = tuple(agreement.level for agreement in agreements)  # which may differ with the other records
        about = ("score", context.is_column, context.has_namesakes, levels)
        return self._once(lambda: score(self.entry, work, context, agreements), work, *about)


def _chosen(judged: list[Scored], known: Record | None) -> Match:
    judged.sort(key=_rank, reverse=True)
    candidates = tuple(_candidate(one) for one in judged if one.is_possible or one.agreement.share >= HALF)[
        :MOST_CANDIDATES
    ]
    accepted = [one for one in judged if one.is_accepted]
    # Whatever fits as well is no rival of the DOI that a human verified.
    accepted = [one for one in accepted if evidence.is_known(known, one.records)] or accepted
    if not accepted:
        is_open = any(one.is_possible for one in judged)
        return Match(outcome="ambiguous" if is_open else "none", candidates=candidates, needs_more=True)
    best, versions = _published(accepted)
    rivals = [one for one in accepted if one not in versions and _is_rival(one, best)]
    if rivals:
        return Match(outcome="ambiguous", candidates=candidates, needs_more=not _are_all_known(best, *rivals))
    return Match(
        outcome="matched",
        records=best.records,
        score=best.score,
        evidence=best.evidence,
        candidates=candidates,
        is_firm=best.is_firm,
    )


def judge_exact(entry: Entry, record: Record) -> ExactVerdict:
    """Judge the record of an identifier that the row's own link states: the link wins if half of the words agree."""
    agreement = compare_titles(entry.title, record, with_other_titles=True)
    name = record.ids.doi or record.url or "the link's record"
    if record.title is None:
        return ExactVerdict(accepted=True, agreement=agreement, issue=f"The record of {name} states no title.")
    titles = f'the list says "{entry.title}", the record of {name} "{record.title}"'
    reason = veto.find_notice(entry, (record,), agreement, is_linked=True)
    if reason:
        return ExactVerdict(accepted=False, agreement=agreement, issue=f"The link is not used ({reason}): {titles}.")
    is_part = agreement.level == "loose" and agreement.difference in ("subtitle", "name")
    if agreement.is_strong or is_part or _is_short_name(entry.title, record.title):
        return ExactVerdict(accepted=True, agreement=agreement)
    if veto.is_container(record):
        issue = f"The link leads to a whole {record.raw_type}, not to a paper in it: {titles}."
        return ExactVerdict(accepted=False, agreement=agreement, issue=issue)
    if continues(entry.title, with_subtitle(record.title, record.subtitle) or ""):
        issue = f"The title is incomplete: {titles}."
        return ExactVerdict(accepted=True, agreement=agreement, issue=issue, rule="title-incomplete")
    if agreement.share >= HALF:
        issue = f"Titles differ ({agreement.reason}): {titles}."
        return ExactVerdict(accepted=True, agreement=agreement, issue=issue)
    return ExactVerdict(accepted=False, agreement=agreement, issue=f"The link leads to another paper: {titles}.")


def is_same_work(a: Record, b: Record) -> tuple[bool, str]:
    """Return whether one record is the preprint of the other, and the evidence or what is missing."""
    if is_preprint(a) == is_preprint(b):
        return False, "both are preprints" if is_preprint(a) else "neither is a preprint"
    preprint, published = (a, b) if is_preprint(a) else (b, a)
    if not a.title or not b.title:
        return False, "a title is missing"
    agreement = agree(preprint.title or "", published.title or "", subtitle=published.subtitle)
    if not agreement.is_strong:
        return False, agreement.reason
    shared = _shared_families(a, b)
    if not shared:
        return False, "no author in common"
    gap = _years_between(preprint, published)
    if gap is None:
        return False, f"{abs((published.year or 0) - (preprint.year or 0))} years apart"
    return True, f"{agreement.reason}, authors {', '.join(shared[:3])}, {gap}"


def _works(records: Sequence[Record]) -> list[tuple[Record, ...]]:
    """Put the records of one work together: those with one DOI, else with one OpenAlex id."""
    works: dict[str, list[Record]] = {}
    for position, record in enumerate(records):
        works.setdefault(record.ids.doi or record.ids.openalex or f"record {position}", []).append(record)
    return [tuple(work) for work in works.values()]


def _without_words_of_others(
    agreements: tuple[Agreement, ...], work: Sequence[Record], records: Sequence[Record]
) -> tuple[Agreement, ...]:
    """Refuse what is a letter off where titles of other works have the listed word: it is one, and no typing error."""
    doubtful = {one.doubtful for one in agreements if one.doubtful}
    if not doubtful:
        return agreements
    others = (record for record in records if record not in work)
    if all(doubtful.isdisjoint(words(record.title or "")) for record in others):
        return agreements
    return tuple(msgspec.structs.replace(one, level="weak") if one.doubtful else one for one in agreements)


def _is_notice(work: Sequence[Record]) -> bool:
    return any(record.notice_of for record in work)


def _is_column(entry: Entry, bearers: Sequence[Sequence[Record]]) -> bool:
    """Whether several works of one venue, of different years, bear a title of few words."""
    if len(content_words(entry.title)) > COLUMN_TITLE:
        return False
    seen: dict[tuple[str, ...], set[int | None]] = {}
    for work in bearers:
        name = next((record.venue for record in work if record.venue), None)
        if name is not None and not all(map(is_preprint, work)):
            seen.setdefault(venue_text.fold(name), set()).add(work[0].year)
    return any(len(years) > 1 for years in seen.values())


def _has_namesakes(entry: Entry, bearers: Sequence[Sequence[Record]]) -> bool:
    """Whether several works bear the title; one that the year rules out only shows how common a short title is."""
    is_long = len(content_words(entry.title)) > LONG_TITLE
    named = [
        work
        for work in bearers
        if not all(map(is_preprint, work)) and not (is_long and veto.is_other_year(entry, work))
    ]
    return len(named) > 1


def _rank(one: Scored) -> tuple[bool, bool, float, float]:
    return one.is_accepted, one.is_possible, one.standing, one.agreement.score


def _is_rival(one: Scored, best: Scored) -> bool:
    """Whether nothing tells the two apart: neither the evidence, nor that the title is the best's to the letter."""
    is_exact = best.agreement.score == 1.0 > one.agreement.score
    return best.standing - one.standing < DAYLIGHT and not is_exact


def _candidate(one: Scored) -> Candidate:
    record = one.records[0]
    return Candidate(doi=record.ids.doi, title=record.title, score=one.score, evidence=one.evidence)


def _published(accepted: list[Scored]) -> tuple[Scored, list[Scored]]:
    """Return the best work, or its published version if that was found too; and both, which are no rivals."""
    best = accepted[0]
    versions = [one for one in accepted if one is best or _are_versions(best, one)]
    published = next((one for one in versions if not all(is_preprint(record) for record in one.records)), best)
    return published, versions


def _are_versions(one: Scored, other: Scored) -> bool:
    return any(is_same_work(a, b)[0] for a in one.records for b in other.records)


def _are_all_known(*works: Scored) -> bool:
    """Whether two sources have spoken about each of them, so that nobody is left to ask."""
    return all(len({record.source for record in work.records}) > 1 for work in works)


def _is_short_name(listed: str, found: str) -> bool:
    """Return whether the list calls the paper by its acronym: `SimCLR`, from beginnings of the title's words."""
    short = content_words(listed)
    letters = "".join(short)
    if len(short) != 1 or not 3 <= len(letters) <= 12:
        return False
    for word in content_words(found):
        common = 0
        while common < min(len(word), len(letters)) and word[common] == letters[common]:
            common += 1
        letters = letters[common:]
    return not letters


def _shared_families(a: Record, b: Record) -> list[str]:
    ours = {person.family_key(author): author.family or author.literal or "" for author in a.authors}
    theirs = {person.family_key(author) for author in b.authors}
    return [name for key, name in ours.items() if key and key in theirs]


def _years_between(preprint: Record, published: Record) -> str | None:
    pairs = [(early, late) for early in _years(preprint) for late in _years(published)]
    fitting = [late - early for early, late in pairs if late - early in evidence.PREPRINT_YEARS]
    if pairs and not fitting:
        return None
    return f"published {min(fitting, key=abs)} years later" if fitting else "a year is missing"


def _years(record: Record) -> tuple[int, ...]:
    return record.years or ((record.year,) if record.year else ())
