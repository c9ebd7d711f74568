"""A conversation with what was gathered beforehand instead of with the services.

in -> out: an entry's `Case` and the records that share a key with it -> `Resolved`, and what was asked that had not
been gathered. Pure, the twin of `conversation.converse`: the same `next_step` decides, only the replies come from a
pocket of records. Answers are given while the questions are asked, so one pass is enough; a second one is for rows that
stay undecided, whose candidates a human is to see.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from string import digits

from pipeline.addresses import identifiers
from pipeline.addresses.link import normalise as normalise_link
from pipeline.model import Query, Record
from pipeline.sources.glance import glance
from pipeline.sources.slim import READERS, SnapshotSource
from pipeline.stages.matching.scoring import is_candidate, is_fitting
from pipeline.stages.resolving import resolve, search
from pipeline.stages.resolving.inquiry import SETTLED, Case, Freshness, Reply, Resolved, judge_of
from pipeline.text import arxiv as arxiv_text
from pipeline.text import title as title_text
from pipeline.text.blocking import Key, identifier_key, row_keys
from pipeline.text.title import Agreement

NOT_ASKED = Reply(status="failed", reason="offline")
"""What a source says that has no snapshot here: nothing, so that a row never ends as `unmatched` because of it."""
_SCHEMES = {
    "doi": "doi", "volatile-doi": "doi", "id": "openalex", "volatile": "openalex", "arxiv": "arxiv", "pmid": "pmid",
    "pmcid": "pmcid", "pii": "pii",
}  # fmt: skip
"""Kind of question -> scheme of the identifier that it asks by."""


class Held:
    """A gathered work, which is read when it is worth it: most turn out to be others by their titles already."""

    def __init__(self, titles: Record, unread: tuple[Callable[[bytes], Record], bytes] | None = None) -> None:
        """Hold a record; where it has but titles, DOI and W-id, `unread` is how to read the rest, and from what."""
        self.titles = titles
        self._unread = unread

    @cached_property
    def whole(self) -> Record:
        """All that the source says."""
        if self._unread is None:
            return self.titles
        read, body = self._unread
        return read(body)

    def may_mention(self, text: str) -> bool:
        """Whether a text without signs stands in the body: what is not there cannot be read from it."""
        return self._unread is None or text.encode() in self._unread[1]


def hold(source: SnapshotSource, body: bytes) -> Held:
    """Hold a work as an index has it. Raises `UnreadableBody`."""
    titles = glance(source, body)
    return Held(titles, (READERS[source], body)) if titles else Held(READERS[source](body))


class Pocket(Mapping[Query, Reply]):
    """Replies to one entry's questions, each made when it is asked for."""

    def __init__(
        self,
        case: Case,
        records: Iterable[Held],
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
        self._held = tuple(records)
        self.judge = judge_of(case)
        """Of the entry; it compares titles before the works are read."""
        self._is_thorough = self._is_skimmed = False
        self._sources = sources
        self._more_asked = asked
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

    @cached_property
    def _asked(self) -> frozenset[int]:
        return frozenset((*self._more_asked, *(key.value for key in entry_keys(self._case))))

    @cached_property
    def _asked_identifiers(self) -> frozenset[int]:
        return frozenset((*self._more_asked, *(key.value for key in _identifier_keys(self._case))))

    def read_on(self) -> bool:
        """Read also the works that could not be the entry's but are shown to a human; return whether there are any."""
        if not self._is_skimmed:
            return False
        self._is_thorough, self._is_skimmed = True, False
        self._replies.clear()
        return True

    def _searched(self, source: str) -> tuple[Record, ...]:
        """What a search by the entry's own title brings: read whole are the works that could be the entry's."""
        held = [(one, self.judge.compare(one.titles)) for one in self._held]
        is_near = [self._is_near(agreement) for _, agreement in held]
        # Another record of such a work is judged with it, whatever its title.
        dois = {one.titles.ids.doi for (one, _), near in zip(held, is_near, strict=True) if near} - {None}
        found = []
        for (one, agreement), near in zip(held, is_near, strict=True):
            is_read = near or one.titles.ids.doi in dois
            self._is_skimmed = self._is_skimmed or (not is_read and is_candidate(agreement))
            if one.titles.source == source:
                found.append(one.whole if is_read else one.titles)
        return tuple(found)

    def _is_near(self, agreement: Agreement) -> bool:
        if self._is_thorough:
            return is_candidate(agreement)
        has_numbers = bool(self._case.identifiers or self._case.entry.url)
        return is_fitting(agreement, is_numbered=has_numbers)

    def _reply(self, query: Query) -> Reply:
        at = self._sources.get(query.source)
        if at is None:
            return NOT_ASKED
        held = (one for one in self._held if one.titles.source == query.source)
        if query.kind == "search":
            return self._search(query, at)
        if query.kind == "title":
            found = tuple(one.whole for one in held if _is_title(one.titles, query.value))
        elif query.kind == "landing":
            found = tuple(one.whole for one in held if _is_page(one.whole, query.value))
        else:
            found = tuple(one.whole for one in held if _answers(one, query))
            key = None if found else identifier_key(_SCHEMES[query.kind], query.value)
            if key and key.value not in self._asked_identifiers:
                self.beyond[key.value] = key
        return Reply(status="found" if found else "missing", records=found, at=at, fresh=True)

    def _search(self, query: Query, at: str) -> Reply:
        if self._is_crowded:
            return Reply(status="failed", reason="offline", at=at)
        own = title_text.safe_words(self._case.entry.title)
        if query.value in (own, search.crossref_words(self._case.entry)):
            records = self._searched(query.source)
        else:
            records = tuple(one.whole for one in self._held if one.titles.source == query.source)
        if not query.value.startswith(own):
            # The search for a preprint's published version goes by the preprint's own title.
            for title in {one.titles.title for one in self._held if one.titles.title}:
                if query.value.startswith(title_text.safe_words(title)):
                    new = [key for key in row_keys(title, None) if key.value not in self._asked]
                    self.beyond |= {key.value: key for key in new}
        return Reply(status="found" if records else "missing", records=records, at=at, fresh=True)


def entry_keys(case: Case) -> tuple[Key, ...]:
    """Return the keys by which records are gathered for an entry: its identifiers' and its title's."""
    surest: dict[int, Key] = {}
    for key in (*_identifier_keys(case), *row_keys(case.entry.title, case.entry.year)):
        surest[key.value] = min(key, surest.get(key.value, key), key=lambda one: one.kind)
    return tuple(surest.values())


def _identifier_keys(case: Case) -> list[Key]:
    keys = []
    for identifier in (*case.identifiers, *((case.decision.pinned,) if case.decision.pinned else ())):
        keys.append(identifier_key(identifier.scheme, identifier.value))
        if identifier.scheme == "arxiv":
            keys.append(identifier_key("doi", arxiv_text.doi(identifier.value)))
    if case.known is not None:
        keys += [
            identifier_key(scheme, value) for scheme in ("doi", "arxiv") if (value := getattr(case.known.ids, scheme))
        ]
    return keys


def converse(case: Case, pocket: Pocket, freshness: Freshness) -> Resolved:
    """Hold an entry's conversation with its pocket; what is not settled is told again with all candidates read."""
    end = _told(case, pocket, freshness)
    return _told(case, pocket, freshness) if end.status not in SETTLED and pocket.read_on() else end


def _told(case: Case, pocket: Pocket, freshness: Freshness) -> Resolved:
    step = resolve.next_step(case, pocket, freshness, pocket.judge)
    assert isinstance(step, Resolved), f"a pocket answers every question: {step}"
    return step


def _answers(held: Held, query: Query) -> bool:
    """Whether a record answers a question about an identifier, as the service's own filter would say."""
    scheme = _SCHEMES[query.kind]
    if scheme in ("doi", "openalex"):
        return bool(getattr(held.titles.ids, scheme) == query.value)
    # A PII may be written with signs; of the others the digits at the end stand as they are in every address.
    if scheme != "pii" and not held.may_mention(query.value[len(query.value.rstrip(digits)) :]):
        return False
    if query.kind == "arxiv" and query.value in identifiers.find("arxiv", held.whole.landing_urls):
        return True
    return bool(getattr(held.whole.ids, scheme) == query.value)


def _is_title(record: Record, title: str) -> bool:
    return record.title is not None and record.title.casefold() == title.casefold()


def _is_page(record: Record, page: str) -> bool:
    return any(normalise_link(url) == page for url in record.landing_urls)
