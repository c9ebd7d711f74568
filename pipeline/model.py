"""The nouns of the pipeline, all frozen; the way from a list line to a catalog row is `Entry` ... `Paper`.

in -> out: nothing is computed here. Field order is the key order of `catalog.json`, so it is part of the contract
(docs/catalog.schema.json). Absent is `None`, never `""`; arrays are always there. No noun ever refers back to its
owner, so instances are left out of the garbage collector (`gc=False`), which matters with 10,000 papers.
"""

from typing import Annotated, Literal

import msgspec

SchemeName = Literal["doi", "arxiv", "pii", "ieee", "pmid", "pmcid", "openalex", "openreview", "acl"]
FieldValue = str | int | bool | None
"""What a human may say about one field of a paper."""
SourceName = Literal["openalex", "crossref", "datacite", "doira"]
"""Who can be asked."""
Status = Literal["exact", "matched", "known", "corrected", "linked", "open", "ambiguous", "unmatched"]
WorkType = Literal[
    "article", "inproceedings", "incollection", "book", "preprint", "thesis", "report", "standard", "dataset",
    "software", "misc",
]  # fmt: skip
Degree = Literal["phd", "master", "bachelor"]
Method = Literal[
    "link-doi", "link-arxiv", "link-pmid", "link-page", "pii", "document-number",
    "title-search", "known", "correction", "listed", "none",
]  # fmt: skip
NoticeKind = Literal["retraction", "correction", "concern"]
KNOWN_NOTE = "known.bib says: "
"""Begins the evidence that says how sure a fact of known.bib is."""

LONGEST_KEY = 200
# Held against whatever is read back from `catalog.json`, and against what is about to be written there.
Key = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9_:.+/-]*)?\Z", max_length=LONGEST_KEY)]
"""A citation key: it stands in the `.bib` as it is, so it holds nothing that TeX or BibTeX could take for their own.
Empty until it is minted, and never in a file."""
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")]
PartialDay = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")]
Natural = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
LineNumber = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
Month = Annotated[int, msgspec.Meta(ge=1, le=12)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
YearName = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}\Z")]
Doi = Annotated[str, msgspec.Meta(pattern=r"^10\.[0-9]{4,9}(\.[0-9]+)*/\S+\Z")]
Name = Annotated[str, msgspec.Meta(pattern=r"^[^\s\\{}]+\Z")]
"""An identifier of some service."""
OpenAccessStatus = Literal["diamond", "gold", "green", "hybrid", "bronze", "closed"]


class Issue(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something a human should see, tied to a line of the list."""

    rule: str
    """Short name of the rule, e.g. `title-differs`; the table of rules is pipeline/rules.py."""
    line: int
    """1-based line of the list."""
    message: str
    """One sentence that a maintainer can act on, with both values where two disagree."""


class Identifier(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A scheme and a value, with the evidence it came from."""

    scheme: SchemeName
    value: str
    """Canonical form: DOI bare and lower case, arXiv without version, PII without punctuation, `PMC123`, `W123`."""
    evidence: str
    """Where it was read, e.g. `link https://arxiv.org/abs/2101.05224`."""
    is_derived: bool = False
    """Whether it was composed from parts of an address, so that only a record can prove it."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One paper as the list states it."""

    line: int
    """1-based line on which the title begins, counting `\\n`."""
    title: str
    """As written, markup removed."""
    year: int | None = None
    venue: str | None = None
    category: str | None = None
    url: str | None = None
    """The paper link, as written."""
    code_url: str | None = None
    section: tuple[str, ...] = ()
    """Headings above the entry, outermost first, without the list's own title."""
    authors: tuple[str, ...] = ()
    """Names as written, one each."""
    links: tuple[str, ...] = ()
    """Every other address of the row, and DOIs or arXiv ids that stand in it as plain text (as `doi:` / `arxiv:`)."""
    issues: tuple[Issue, ...] = ()
    """What the reader of the list noticed about this entry."""


class LineAccount(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What became of one link-bearing line of the list."""

    line: int
    state: Literal["entry", "part", "skipped"]
    reason: str
    """For `entry` and `part` the entry's line; for `skipped` why, in a few words."""


class ParsedList(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A list's text, read."""

    title: str | None
    entries: tuple[Entry, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    """The list's own legend of venues: (short form, long form)."""
    accounts: tuple[LineAccount, ...] = ()
    """One for every line that bears a link, in line order."""


AnswerStatus = Literal["found", "missing", "failed", "unasked"]
"""`missing` is the source's own word; `failed`: nothing usable was said; `unasked`: it cannot be asked, or is not worth
its price, so that nothing is amiss without it."""


class Query(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One question to one source about one thing."""

    source: SourceName
    kind: str
    """Which question of that source; the kinds stand in the docstring of `pipeline/sources/<source>.py`."""
    value: str
    """The canonical identifier, or for searches the words to search for."""


class Age(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How old, in days, a cached answer may be; None is for ever, a negative age means ask anew in this run."""

    found_days: float | None = None
    missing_days: float | None = None
    promise: float = 1.0
    """How likely an answer that costs money settles the paper: the likeliest is asked first."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the source said to a `Query`, with the time; a failure is never stored."""

    query: Query
    status: AnswerStatus
    bodies: tuple[bytes, ...] = ()
    """One JSON document a work, as the source sent it; several for searches, best first."""
    at: str | None = None
    """UTC time of the answer, `2026-11-22T03:00:00Z`; None when there never was one."""
    reason: str | None = None
    """Why the source failed this time; with bodies or `missing` an old answer stands in for the failed one."""
    fresh: bool = False
    """True when it was fetched in this run."""


class Affiliation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where an author worked, as the source names it."""

    name: str
    ror: str | None = None


class Author(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person (`given`/`family`) or an organisation (`literal`)."""

    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    literal: str | None = None
    orcid: str | None = None
    """Bare: `0000-0002-1825-0097`."""
    affiliations: tuple[Affiliation, ...] = ()


class Ids(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The identifiers of one work; `doi` is that of the identity version and of nothing else."""

    doi: Doi | None = None
    arxiv: Name | None = None
    openalex: Name | None = None
    pmid: Name | None = None
    pmcid: Name | None = None
    pii: Name | None = None
    ieee: Name | None = None
    openreview: Name | None = None
    acl: Name | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """Every identifier that is there."""
        return tuple(value for value in msgspec.structs.astuple(self) if value)


class Version(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One version of the work that is known to exist."""

    kind: Literal["published", "preprint"]
    doi: Doi | None = None
    url: str | None = None
    year: int | None = None


class OpenAccess(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whether and where a free copy is."""

    status: OpenAccessStatus | None = None
    """diamond, gold, green, hybrid, bronze or closed, as OpenAlex says."""
    url: str | None = None
    license: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A later notice about the work; only a `retraction` retracts it."""

    kind: NoticeKind
    doi: Doi | None = None
    date: str | None = None
    """ISO date, as precise as the source says."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One source's claim about one work, in our field names, cleaned but not judged."""

    source: Literal["openalex", "crossref", "datacite", "known", "catalog"]
    url: str | None = None
    """Address of the record at its source, without credentials."""
    title: str | None = None
    """Cleaned (entities, tags, white space); a leading `RETRACTED:` is kept here, `text/title.py` reads it."""
    subtitle: str | None = None
    other_titles: tuple[str, ...] = ()
    """Original and short titles."""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    """False when the source cut the list of authors."""
    editors: tuple[Author, ...] = ()
    """Of the book, or of the volume that the work stands in."""
    type: WorkType | None = None
    raw_type: str | None = None
    """The source's own word for the type."""
    year: int | None = None
    """The year a person would cite: print or proceedings year when given, else the earliest."""
    month: int | None = None
    date: str | None = None
    """ISO date as precise as known (`2021`, `2021-06`, `2021-06-14`)."""
    years: tuple[int, ...] = ()
    """Every year the record mentions for this version (print, online, issued), ascending."""
    venue: str | None = None
    """Journal, proceedings or book; the server of a preprint. Never a book series when the volume has its own title."""
    short_venue: str | None = None
    series: str | None = None
    """Of the book, or of the volume that the work stands in."""
    other_venues: tuple[str, ...] = ()
    """Series, event name and acronym, raw source names: witnesses, not for display."""
    publisher: str | None = None
    institution: str | None = None
    """School of a thesis, issuer of a report."""
    degree: Degree | None = None
    """Of a thesis."""
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    """`661-673` with a plain hyphen, or one page."""
    article_number: str | None = None
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    ids: Ids = Ids()
    landing_urls: tuple[str, ...] = ()
    """Every address the record gives for the work; witnesses for document numbers and landing pages."""
    versions: tuple[Version, ...] = ()
    """Other versions that the record itself asserts (relations, locations)."""
    citation_count: int | None = None
    citations_by_year: tuple[tuple[str, int], ...] = ()
    """(year, count), ascending."""
    open_access: OpenAccess = OpenAccess()
    abstract: str | None = None
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    retracted: bool = False
    notices: tuple[Notice, ...] = ()
    notice_of: tuple[str, ...] = ()
    """DOIs that this record corrects, retracts or comments on: the record is a notice, not the paper."""
    notice_kind: NoticeKind | None = None
    """What the record says about these DOIs, where it is a notice of `update-to`."""
    references: tuple[str, ...] = ()
    """Works that this one cites: `W...` or bare DOIs."""
    issues: tuple[str, ...] = ()
    """What the adapter could not read, in sentences; never a guess."""
    bibtex_key: str | None = None
    """Only in known.bib: the proposed key."""
    note: str | None = None
    """Only in known.bib: how sure its facts are, in the words of whoever wrote them down (`annotation`)."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A work that was weighed for an entry."""

    doi: Doi | None = None
    title: str | None = None
    score: Share = 0.0
    """0 to 1, two decimals."""
    evidence: tuple[str, ...] = ()


class Resolution(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which work an entry is, and why."""

    method: Method = "none"
    score: Share = 0.0
    evidence: tuple[str, ...] = ()
    searched: Day | None = None
    """ISO date of the last title search."""
    searches: Natural = 0
    """Title searches without a result so far; the pause before the next one grows with it."""
    candidates: tuple[Candidate, ...] = ()


class Listed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The `Entry` as `catalog.json` shows it."""

    line: LineNumber
    title: str
    year: int | None = None
    venue: str | None = None
    category: str | None = None
    url: str | None = None
    code_url: str | None = None
    section: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class Count(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A citation count; `as_of` is the day on which the value last changed."""

    count: Natural
    as_of: Day


class Citations(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Counts of both sources side by side, never added."""

    openalex: Count | None = None
    crossref: Count | None = None
    by_year: dict[YearName, Natural] = {}


class Paper(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The merged result for one listed entry: one element of `catalog.json`, and all that an output is made from."""

    key: Key
    key_provisional: bool
    listed: Listed
    duplicate_of: LineNumber | None = None
    """Line of the first row of the same work."""
    status: Status
    title: str
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    type: WorkType = "misc"
    year: int | None = None
    month: Month | None = None
    date: PartialDay | None = None
    venue: str | None = None
    short_venue: str | None = None
    series: str | None = None
    publisher: str | None = None
    institution: str | None = None
    degree: Degree | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    ids: Ids = Ids()
    versions: tuple[Version, ...] = ()
    citations: Citations = Citations()
    open_access: OpenAccess = OpenAccess()
    abstract: str | None = None
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    retracted: bool = False
    notices: tuple[Notice, ...] = ()
    cites: tuple[Key, ...] = ()
    """Keys of listed papers that this one cites."""
    resolution: Resolution = Resolution()
    sources: dict[str, str] = {}
    """Field name -> the source its value came from."""
    stale_since: Day | None = None
    news: Day | None = None
    """Day on which we last learned something about it that is news: listed, published, corrected, retracted."""
    issues: tuple[Issue, ...] = ()


class Retired(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A paper that left the list; its key is never given away."""

    key: Key
    ids: Ids = Ids()
    title: str
    last_seen: Day
    news: Day | None = None
    """Day of its last news, so that its return is none."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A work that papers of the list cite and the list lacks."""

    openalex: str
    doi: str | None = None
    title: str
    year: int | None = None
    cited_by: int
    """How many papers of the list cite it."""


class Suggestions(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Candidates to add."""

    papers: int = 0
    """How many papers of the list had references to count in."""
    works: tuple[Suggestion, ...] = ()
    """Most cited first."""


class ListInfo(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which list a catalog is of."""

    path: str
    title: str | None = None


class Catalog(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All papers of a list, in list order."""

    schema: int = 2
    list: ListInfo
    papers: tuple[Paper, ...] = ()
    retired: tuple[Retired, ...] = ()
