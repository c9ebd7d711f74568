"""One candidate, scored: how far its title agrees, what speaks for it, what rules it out.

in -> out: an entry and the records of one work -> `Scored`. Rules: design.md, "Getting the right paper". All
thresholds of the choice stand here, the weights of the evidence in `stages/matching/evidence.py`; both were set on
the labelled rows that are described there.
"""

from collections.abc import Sequence

import msgspec

from pipeline.model import Entry, Identifier, Record
from pipeline.stages.matching import authorship, evidence, veto
from pipeline.stages.matching.authorship import Authorship
from pipeline.stages.matching.evidence import Evidence
from pipeline.text.title import LEVELS, Agreement, Level, agree, content_words, continues

NEEDED: dict[Level, float] = {"same": 1.0, "strong": 1.0, "loose": 2.0}
"""Weight of evidence that each level of title agreement asks for; below `loose` only a number of the link is proof.
With 1 for `loose` a look-alike with a swapped subtitle got through, with 3 recall falls by 0.015."""
SHORT_TITLE = 2
"""Titles of so few content words ("Deep learning") are shared by strangers: they need one witness more. At 4 recall
falls by 0.037."""
HALF_NAMED = 0.67
"""Below this share of words (Dice: the list has less than half of them) too much is unsaid: one witness more, unless
the list has all that stands before the subtitle. A guess: whatever is swapped in such a title is more likely in the
part that is not listed."""
SHORT_FOR_SOURCES = 3
"""Titles of so few content words have namesakes among millions of works even where the answers show none."""
HALF = 0.5
"""Share of content words from which a link wins over a title that differs (design.md)."""


class Context(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What besides the row and the records bears on the choice."""

    aliases: tuple[tuple[str, str], ...] = ()
    """The list's legend of venues."""
    identifiers: tuple[Identifier, ...] = ()
    """What the row's links say."""
    known: Record | None = None
    """The facts of known.bib."""
    denied: frozenset[str] = frozenset()
    """Identifiers that a human said it is not."""
    is_column: bool = False
    """Whether the title names nothing, or several works of one venue bear it, as columns and editorials do."""
    has_namesakes: bool = False
    """Whether the answers hold several works of the title."""


class Scored(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One work as a candidate."""

    records: tuple[Record, ...]
    """Those that speak of the listed title."""
    agreement: Agreement
    heard: tuple[Evidence, ...]
    veto: str | None
    needed: float = 0.0
    weight: float = 0.0
    """Of all that was heard."""
    is_proven: bool = False
    """Whether a number of the link is proof enough for such a title."""
    doubt: str | None = None
    """Why only a human can say, however much speaks for the work."""

    @property
    def is_possible(self) -> bool:
        """Whether nothing rules the work out."""
        return self.veto is None and (self.agreement.level in NEEDED or self.is_proven)

    @property
    def is_accepted(self) -> bool:
        """Whether title and evidence are enough."""
        return self.is_possible and self.doubt is None and (self.lead >= 0 or self.is_proven)

    @property
    def is_firm(self) -> bool:
        """Whether the row itself says which version of the work it means, and nothing that was heard is against it.

        Authors do not tell versions apart, and a venue that cannot be read may be that of another one.
        """
        telling = [one.weight for one in self.heard if one.kind not in ("sources", "authors")]
        is_doubtful = any(one.weight < 0 or (one.kind == "venue" and not one.weight) for one in self.heard)
        return max(telling, default=0.0) >= evidence.YEAR and not is_doubtful

    @property
    def lead(self) -> float:
        """What is left of the evidence when the title has had its share: comparable between works."""
        return self.weight - self.needed

    @property
    def standing(self) -> float:
        """What is left of that by which works are told apart: that both sources know one says nothing for the other."""
        return self.lead - sum(one.weight for one in self.heard if one.kind == "sources")

    @property
    def score(self) -> float:
        """0 to 1, for people: a full title with two witnesses is 1, a refused work 0."""
        if not self.is_possible:
            return 0.0
        return round(self.agreement.score * min(0.5 + max(self.weight, 0.0) / 4, 1.0), 2)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Everything that was weighed, in words."""
        refused = (f"refused: {self.veto}",) if self.veto else ()
        doubted = (f"not sure: {self.doubt}",) if self.doubt and not self.veto else ()
        return (*refused, *doubted, self.agreement.reason, *(one.text for one in self.heard))


def score(entry: Entry, work: Sequence[Record], context: Context, agreements: Sequence[Agreement] = ()) -> Scored:
    """Score one work that one or several sources describe; `agreements` of the titles, where the caller has them."""
    agreements = agreements or [compare_titles(entry.title, record) for record in work]
    agreement = decisive(work, agreements)
    # OpenAlex has records with the DOI of another paper: what they say besides the title is not about this work.
    speaking = tuple(one for one, own in zip(work, agreements, strict=True) if own.level in NEEDED) or tuple(work)
    if not is_candidate(agreement):
        return Scored(records=speaking, agreement=agreement, heard=(), veto=None)
    words = len(content_words(entry.title))
    people = authorship.compare(entry.authors, speaking)
    refused = veto.find(entry, work, agreement, identifiers=context.identifiers, denied=context.denied, people=people)
    heard = evidence.find(
        entry,
        speaking,
        people=people,
        aliases=context.aliases,
        identifiers=context.identifiers,
        known=context.known,
        is_distinctive=agreement.is_strong and words > SHORT_TITLE and not context.is_column,
        is_unique=words > SHORT_FOR_SOURCES and not context.has_namesakes,
    )
    is_short = words <= SHORT_TITLE
    is_fragment = agreement.level == "loose" and agreement.share < HALF_NAMED and not _is_head(entry.title, speaking)
    return Scored(
        records=speaking,
        agreement=agreement,
        heard=heard,
        veto=refused,
        needed=NEEDED.get(agreement.level, 0.0) + (1.0 if is_short or is_fragment else 0.0),
        weight=sum(one.weight for one in heard),
        is_proven=agreement.share >= HALF and any(one.is_proof for one in heard),
        doubt=_doubt(heard, people, context),
    )


def _is_head(listed: str, records: Sequence[Record]) -> bool:
    """Whether the list has all that stands before a subtitle."""
    return any(continues(listed, record.title or "") for record in records)


def _doubt(heard: Sequence[Evidence], people: Authorship | None, context: Context) -> str | None:
    """Return why the evidence cannot be enough: the title only names a column, of which there are several."""
    weights = {one.kind: one.weight for one in heard}
    is_told = weights.get("year") == evidence.YEAR and people is not None and people.is_same
    if not context.is_column or is_told or "number" in weights:
        return None
    return "several works bear such a title, and only the exact year with the authors could tell"


def compare_titles(listed: str, record: Record, *, with_other_titles: bool = False) -> Agreement:
    """Compare the list's title with a record's.

    A translated or short title counts where the main title has nothing in common with the list's, or where the caller
    asks for it: a look-alike may have kept the short title of the paper that it looks like.
    """
    agreement = agree(listed, record.title or "", subtitle=record.subtitle)
    if agreement.share == 0 or with_other_titles:
        agreement = _best((agreement, *(agree(listed, title) for title in record.other_titles)))
    return agreement


def is_fitting(agreement: Agreement, *, is_numbered: bool) -> bool:
    """Return whether a work of such a title could be the entry; `is_numbered`: the row has numbers that could prove it.

    No other work is accepted, however much speaks for it; it may still be a candidate (`is_candidate`).
    """
    return agreement.level in NEEDED or (is_numbered and agreement.share >= HALF)


def is_candidate(agreement: Agreement) -> bool:
    """Return whether a work of such a title is heard at all, and shown to a human where nothing is proven."""
    return agreement.level in NEEDED or agreement.share >= HALF


def decisive(work: Sequence[Record], agreements: Sequence[Agreement]) -> Agreement:
    """Return what the registration agency's title says: it knows whose DOI it is; else the best of the others."""
    told = zip(work, agreements, strict=True)
    agency = [one for record, one in told if record.source in ("crossref", "datacite") and record.title]
    return _best(agency or agreements)


def _best(agreements: Sequence[Agreement]) -> Agreement:
    return max(agreements, key=_quality) if len(agreements) > 1 else agreements[0]


def _quality(agreement: Agreement) -> tuple[int, float]:
    return LEVELS.index(agreement.level), agreement.score
