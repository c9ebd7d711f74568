"""One candidate, weighed: how far its title agrees, who speaks for it, what rules it out.

in -> out: an entry and the records of one work -> `Weighed`. Rules: design.md, "Getting the right paper". All
thresholds of the choice stand here, the weights of the witnesses in `stages/matching/evidence.py`; both were set on
the labelled rows that are described there.
"""

from collections.abc import Sequence

import msgspec

from pipeline.model import Entry, Identifier, Record
from pipeline.stages.matching import evidence, veto
from pipeline.stages.matching.evidence import Witness
from pipeline.text.title import LEVELS, Agreement, Level, agree, content_words

NEEDED: dict[Level, float] = {"same": 1.0, "strong": 1.0, "loose": 2.0}
"""Weight of witnesses that each level of title agreement asks for; below `loose` only a number of the link is proof.
With 1 for `loose` a look-alike with a swapped subtitle got through, with 3 recall falls by 0.015."""
SHORT_TITLE = 2
"""Titles of so few content words ("Deep learning") are shared by strangers: they need one witness more. At 4 recall
falls by 0.037."""
HALF_NAMED = 0.67
"""Below this share of words (Dice: the list has less than half of them) too much is unsaid: one witness more.
A guess: whatever is swapped in such a title is more likely in the part that is not listed."""
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


class Weighed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One work as a candidate."""

    records: tuple[Record, ...]
    """Those that speak of the listed title."""
    agreement: Agreement
    witnesses: tuple[Witness, ...]
    veto: str | None
    needed: float

    @property
    def is_possible(self) -> bool:
        """Whether nothing rules the work out."""
        return self.veto is None and (self.agreement.level in NEEDED or self._is_proven)

    @property
    def is_accepted(self) -> bool:
        """Whether title and witnesses are enough."""
        return self.is_possible and (self.lead >= 0 or self._is_proven)

    @property
    def lead(self) -> float:
        """What is left of the witnesses when the title has had its share: comparable between works."""
        return self._weight - self.needed

    @property
    def score(self) -> float:
        """0 to 1, for people: a full title with two witnesses is 1, a refused work 0."""
        if not self.is_possible:
            return 0.0
        return round(self.agreement.score * min(0.5 + max(self._weight, 0.0) / 4, 1.0), 2)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Everything that was weighed, in words."""
        refused = (f"refused: {self.veto}",) if self.veto else ()
        return (*refused, self.agreement.reason, *(one.text for one in self.witnesses))

    @property
    def _weight(self) -> float:
        return sum(one.weight for one in self.witnesses)

    @property
    def _is_proven(self) -> bool:
        return any(one.is_proof for one in self.witnesses) and self.agreement.share >= HALF


def weigh(entry: Entry, work: Sequence[Record], context: Context) -> Weighed:
    """Weigh one work that one or several sources describe."""
    agreements = [compare_titles(entry.title, record) for record in work]
    agreement = _decisive(work, agreements)
    # OpenAlex has records with the DOI of another paper: what they say besides the title is not about this work.
    speaking = tuple(one for one, own in zip(work, agreements, strict=True) if own.level in NEEDED) or tuple(work)
    is_short = len(content_words(entry.title)) <= SHORT_TITLE
    is_fragment = agreement.level == "loose" and agreement.share < HALF_NAMED
    witnesses = evidence.find(
        entry,
        speaking,
        aliases=context.aliases,
        identifiers=context.identifiers,
        known=context.known,
        is_distinctive=agreement.is_strong and not is_short,
    )
    return Weighed(
        records=speaking,
        agreement=agreement,
        witnesses=witnesses,
        veto=veto.find(entry, work, agreement, identifiers=context.identifiers, denied=context.denied),
        needed=NEEDED.get(agreement.level, 0.0) + (1.0 if is_short or is_fragment else 0.0),
    )


def compare_titles(listed: str, record: Record, *, with_other_titles: bool = False) -> Agreement:
    """Compare the list's title with a record's.

    A translated or short title counts where the main title has nothing in common with the list's, or where the caller
    asks for it: a look-alike may have kept the short title of the paper that it looks like.
    """
    agreement = agree(listed, record.title or "", subtitle=record.subtitle)
    if agreement.share == 0 or with_other_titles:
        agreement = _best((agreement, *(agree(listed, title) for title in record.other_titles)))
    return agreement


def _decisive(work: Sequence[Record], agreements: Sequence[Agreement]) -> Agreement:
    """Return what the registration agency's title says: it knows whose DOI it is; else the best of the others."""
    told = zip(work, agreements, strict=True)
    agency = [one for record, one in told if record.source in ("crossref", "datacite") and record.title]
    return _best(agency or agreements)


def _best(agreements: Sequence[Agreement]) -> Agreement:
    return max(agreements, key=lambda one: (LEVELS.index(one.level), one.score))
