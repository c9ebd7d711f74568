"""A conversation with what was gathered beforehand instead of with the services.

in -> out: an entry's `Case` and the records that share a key with it -> `Resolved`, and what was asked that had not
been gathered. Pure, the twin of `conversation.converse`: the same `next_step` decides, only the replies come from a
pocket of records. Answers are given while the questions are asked, so one pass is enough.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.addresses import identifiers
from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Query, Record
from pipeline.stages.resolving import resolve
from pipeline.stages.resolving.inquiry import Case, Freshness, Reply, Resolved
from pipeline.text import arxiv as arxiv_text
from pipeline.text import title as title_text
from pipeline.text.blocking import Key, identifier_key, row_keys

NOT_ASKED = Reply(status="failed", reason="offline")
"""What a source says that has no snapshot here: nothing, so that a row never ends as `unmatched` because of it."""
_SCHEMES = {
    "doi": "doi", "volatile-doi": "doi", "id": "openalex", "volatile": "openalex", "arxiv": "arxiv", "pmid": "pmid",
    "pmcid": "pmcid", "pii": "pii",
}  # fmt: skip
"""Kind of question -> scheme of the identifier that it asks by."""


class Pocket(Mapping[Query, Reply]):
    """Replies to one entry's questions, each made when it is asked for."""

    def __init__(
        self,
        case: Case,
        records: Sequence[Record],
        *,
        sources: Mapping[str, str],
        asked: Collection[int] = (),
        is_crowded: bool = False,
    ) -> None:
        """Fill a pocket.

        Args:
            case: the entry.
            records: what was gathered for it, best first.
            sources: sources that have a snapshot -> the snapshot's UTC time.
            asked: values of the keys that records were gathered by, besides the entry's own.
            is_crowded: whether more works bear the entry's title than were gathered, so that no search answers.
        """
        self.beyond: dict[int, Key] = {}
        """Keys that were asked for and had not been gathered."""
        self._case = case
        self._by_source: dict[str, list[Record]] = {}
        for record in records:
            self._by_source.setdefault(record.source, []).append(record)
        self._sources = sources
        self._asked = {*asked, *(key.value for key in entry_keys(case))}
        self._is_crowded = is_crowded
        self._replies: dict[Query, Reply] = {}

    def __getitem__(self, query: Query) -> Reply:
        """Return the reply to any question."""
        reply = self._replies.get(query)
        if reply is None:
            reply = self._replies[query] = self._reply(query)
        return reply

    def __iter__(self) -> Iterator[Query]:
        """Yield the questions that were asked."""
        return iter(self._replies)

    def __len__(self) -> int:
        """Return how many questions were asked."""
        return len(self._replies)

    def _reply(self, query: Query) -> Reply:
        at = self._sources.get(query.source)
        if at is None:
            return NOT_ASKED
        records = self._by_source.get(query.source, ())
        if query.kind == "search":
            return self._search(query, tuple(records), at)
        if query.kind in ("landing", "title"):
            found = tuple(record for record in records if _bears(record, query))
        else:
            key = identifier_key(_SCHEMES[query.kind], query.value)
            found = tuple(record for record in records if _answers(record, query))
            if not found and key.value not in self._asked:
                self.beyond[key.value] = key
        return Reply(status="found" if found else "missing", records=found, at=at, fresh=True)

    def _search(self, query: Query, records: tuple[Record, ...], at: str) -> Reply:
        if self._is_crowded:
            return Reply(status="failed", reason="offline", at=at)
        own = title_text.safe_words(self._case.entry.title)
        if not query.value.startswith(own):
            # The search for a preprint's published version goes by the preprint's own title.
            for title in {record.title for group in self._by_source.values() for record in group if record.title}:
                if query.value.startswith(title_text.safe_words(title)):
                    new = [key for key in row_keys(title, None) if key.value not in self._asked]
                    self.beyond |= {key.value: key for key in new}
        return Reply(status="found" if records else "missing", records=records, at=at, fresh=True)


def entry_keys(case: Case) -> tuple[Key, ...]:
    """Return the keys by which records are gathered for an entry: its identifiers' and its title's."""
    keys = []
    for identifier in (*case.identifiers, *((case.decision.pinned,) if case.decision.pinned else ())):
        keys.append(identifier_key(identifier.scheme, identifier.value))
        if identifier.scheme == "arxiv":
            keys.append(identifier_key("doi", arxiv_text.doi(identifier.value)))
    if case.known is not None:
        keys += [
            identifier_key(scheme, value) for scheme in ("doi", "arxiv") if (value := getattr(case.known.ids, scheme))
        ]
    keys += row_keys(case.entry.title, case.entry.year)
    surest: dict[int, Key] = {}
    for key in keys:
        surest[key.value] = min(key, surest.get(key.value, key), key=lambda one: one.kind)
    return tuple(surest.values())


def converse(case: Case, pocket: Pocket, freshness: Freshness) -> Resolved:
    """Hold an entry's conversation with its pocket."""
    step = resolve.next_step(case, pocket, freshness)
    assert isinstance(step, Resolved), f"a pocket answers every question: {step}"
    return step


def _answers(record: Record, query: Query) -> bool:
    """Whether a record answers a question about an identifier, as the service's own filter would say."""
    if query.kind == "arxiv":
        return query.value == record.ids.arxiv or query.value in identifiers.find("arxiv", record.landing_urls)
    return bool(getattr(record.ids, _SCHEMES[query.kind]) == query.value)


def _bears(record: Record, query: Query) -> bool:
    """Whether a record has the page, or the title, that was asked for."""
    if query.kind == "title":
        return record.title is not None and record.title.casefold() == query.value.casefold()
    return any(normalise_link(url) == query.value for url in record.landing_urls)
