"""Lint: what a contributor got wrong in a row, and whether the enriched data still keep their promises.

in -> out: a list as read, its catalog and the keys of its `.bib` -> findings, by line. Asks nobody anything.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import msgspec

from pipeline.addresses.identifiers import from_url, page_name
from pipeline.addresses.kind import find_kind
from pipeline.config import ListSettings
from pipeline.model import Catalog, Entry, Issue, Paper, ParsedList
from pipeline.quality import lines, source
from pipeline.quality.source import Source
from pipeline.rules import Severity, find_severity
from pipeline.stages.catalog import expect
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text

USUAL_SHARE = 0.9
"""A field that so many rows state is expected of the others; a guess that spares lists which never state it."""
HABIT_ROWS = 10
"""Fewer rows than this make no habit."""
SECTION_SHARE = 0.5
"""A field that no more of the rows of its own section state is not expected there; a guess."""
MANY_TWICE, TWICE_SHARE = 8, 0.02
"""So many rows, and so large a share of the list, stand in several sections on purpose; measured on eleven lists."""
MANY_WORDS = 3
"""Titles of one or two words in capitals are names."""
SETTLED = frozenset(["exact", "matched", "known", "corrected"])
SEEN_IN_TEXT = frozenset(["no-link", "bad-link", "unsure-entry", "no-venue"])
"""What follows from a mistake that the text of the row already shows."""
HIDES_FIELDS = frozenset(["bad-year", "broken-link"])
"""Slips that keep the reader from a row's venue and year."""
LINK_RULES = frozenset(["identifier-rejected", "duplicate", "title-differs", "doi-not-found"])
"""What a run says about a link that has been found wrong already."""
_SILENCED = re.compile(r"<!--\s*enrich-ignore:?\s*([a-z\s,-]+?)\s*-->")
_RULE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NOTE = re.compile(
    r"(?:--+|—|[(\[])\s*(?:update|todo|to do|tbd|fixme|to be|add|check|needs?)\b.*|\b(?:TODO|FIXME|TBD|XXX)\b.*",
    re.IGNORECASE,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend, with the file and line it is about."""

    file: str
    line: int
    rule: str
    message: str

    @property
    def severity(self) -> Severity:
        """How much it matters, by the table of rules."""
        return find_severity(self.rule)


def check(
    parsed: ParsedList,
    path: str,
    *,
    catalog: Catalog | None,
    catalog_path: str,
    bib_keys: Collection[str],
    year: int,
    text: str = "",
    settings: ListSettings = ListSettings(),
) -> tuple[Finding, ...]:
    """Return every finding, those of the list first; each mistake is named once.

    Args:
        parsed: the list.
        path: its name, for the findings.
        catalog: the enriched data, None where there are none yet.
        catalog_path: their name, for the findings.
        bib_keys: citation keys of the published `.bib` files.
        year: the current year.
        text: the list as written.
        settings: what holds for the list.
    """
    written = source.read(text, parsed)
    found = lines.check(written, year=year, oldest=settings.oldest_year) if text else []
    broken = {issue.line for issue in found if issue.rule in lines.STRUCTURE}
    broken |= {line for lost in written.broken for line in range(lost.start, lost.end + 1)}
    named = {written.start(issue.line) for issue in found}
    known = _Known(catalog)
    entries = [entry for entry in parsed.entries if entry.line not in broken]
    misled = {entry: paper for entry in entries if (paper := known.find_other(entry)) is not None}
    for entry in entries:
        found += [issue for issue in _row(entry, year) if not (entry.line in named and issue.rule in SEEN_IN_TEXT)]
    found += [_misled(entry, paper) for entry, paper in misled.items()]
    found += _duplicates([entry for entry in entries if entry not in misled], known)
    untold = {written.start(issue.line) for issue in found if issue.rule in HIDES_FIELDS}
    found += _habits(entries, untold)
    found.sort(key=lambda issue: issue.line)
    keys = _keys(catalog, catalog_path, bib_keys) if catalog else ()
    blamed = named | {entry.line for entry in misled}
    told = _papers(entries, catalog, written, blamed) if catalog else ()
    silenced = _read_silenced(text)
    kept: dict[tuple[int, str], Finding] = {}
    for issue in (*found, *told):
        if issue.rule not in settings.ignore_rules and issue.rule not in silenced.get(issue.line, ()):
            finding = Finding(file=path, line=issue.line, rule=issue.rule, message=issue.message)
            kept.setdefault((issue.line, issue.rule), finding)
    listed = {(issue.line, issue.rule) for issue in found}
    return (
        *(finding for name, finding in kept.items() if name in listed),
        *keys,
        *(finding for name, finding in kept.items() if name not in listed),
    )


def _read_silenced(text: str) -> dict[int, frozenset[str]]:
    """Return line -> the rules that a comment (`<!-- enrich-ignore: no-link -->`) silences for it.

    A comment holds for its line; where it stands alone, for the next one.
    """
    silenced: dict[int, frozenset[str]] = {}
    if "enrich-ignore" not in text:
        return silenced
    for number, line in enumerate(text.split("\n"), 1):
        if match := _SILENCED.search(line):
            at = number + 1 if _SILENCED.fullmatch(line.strip()) else number
            silenced[at] = silenced.get(at, frozenset()) | frozenset(_RULE.findall(match[1]))
    return silenced


class _Known:
    """What the catalog knows about identifiers: which paper each one means."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._papers: dict[str, Paper] = {}
        for paper in catalog.papers if catalog else ():
            if paper.status in SETTLED and paper.duplicate_of is None:
                for name in _paper_names(paper):
                    self._papers.setdefault(name, paper)

    def find(self, entry: Entry) -> Paper | None:
        """Return the paper that an entry's link means."""
        return next((self._papers[name] for name in _names(entry) if name in self._papers), None)

    def find_other(self, entry: Entry) -> Paper | None:
        """Return the paper that the link means where it is not the one that the row names."""
        paper = self.find(entry)
        if paper is None:
            return None
        titles = (paper.title, paper.listed.title)
        is_same = any(title_text.agree(title, entry.title).level != "none" for title in titles)
        return None if is_same else paper


def _paper_names(paper: Paper) -> Iterator[str]:
    for scheme in paper.ids.__struct_fields__:
        if value := getattr(paper.ids, scheme):
            yield f"{scheme} {value}"
    for version in paper.versions:
        if version.doi:
            yield f"doi {version.doi}"
            if arxiv_id := doi_text.arxiv_id(version.doi):
                yield f"arxiv {arxiv_id}"


def _names(entry: Entry) -> list[str]:
    return [f"{found.scheme} {found.value}" for found in (from_url(entry.url) if entry.url else ())]


def _issue(rule: str, line: int, message: str) -> Issue:
    return Issue(rule=rule, line=line, message=message)


def _misled(entry: Entry, paper: Paper) -> Issue:
    message = f"The link leads to another paper, “{paper.title}” (listed in line {paper.listed.line})."
    return _issue("link-of-another", entry.line, message)


def _row(entry: Entry, year: int) -> Iterator[Issue]:
    if entry.url is None:
        yield _issue("no-link", entry.line, "The row has no link to the paper.")
    elif not _WEB_ADDRESS.match(entry.url) and not from_url(entry.url):
        yield _issue("bad-link", entry.line, f"The paper link is not an address: {entry.url}")
    if entry.year is not None and not 1600 <= entry.year <= year + 1:
        yield _issue("bad-year", entry.line, f"The year {entry.year} cannot be.")
    for doi in dict.fromkeys(doi for url in (entry.url, *entry.links) if url for doi in doi_text.find_denied(url)):
        yield _issue("denied-doi", entry.line, f"{doi} is a copy under a prefix that is not trusted.")
    elsewhere = _leads_elsewhere(entry) if entry.url else None
    if elsewhere:
        yield elsewhere
    is_clear = entry.url is None or elsewhere is not None
    yield from (issue for issue in entry.issues if not (is_clear and issue.rule == "unsure-entry"))
    yield from _title(entry)


def _leads_elsewhere(entry: Entry) -> Issue | None:
    """Return what is wrong with an address that is sound and leads to no paper."""
    url = entry.url or ""
    kind = find_kind(url)
    found = None
    # A row that states nothing but a name may be that of a tool.
    if kind == "code" and (entry.venue or entry.year or entry.authors):
        found = _issue("code-as-paper", entry.line, f"The link to the paper leads to code: {url}")
    elif kind in ("media", "anchor") or (kind == "page" and lines.is_of_publisher(url)):
        found = _issue("link-not-paper", entry.line, f"The link leads to no single paper: {url}")
    return found if found and lines.judge(url) is None else None


def _title(entry: Entry) -> Iterator[Issue]:
    title = entry.title
    if note := _NOTE.search(title):
        yield _issue("title-with-note", entry.line, f"“{note[0].strip()}” is a note, not the title.")
    elif title.endswith(("...", "…")):
        yield _issue("title-cut", entry.line, "The title is cut off.")
    elif title.isupper() and len(title.split()) >= MANY_WORDS:
        yield _issue("title-in-capitals", entry.line, "The title is written in capitals only.")
    elif any(title.count(left) != title.count(right) for left, right in ("()", "[]", "{}")):
        yield _issue("title-unbalanced", entry.line, f"A bracket of the title is not closed: {title}")


def _duplicates(entries: Collection[Entry], known: _Known) -> list[Issue]:
    """Rows that name one paper, or one link for two; the same title under two links that prove works is two works.

    A list by topics may name a paper below each of its topics on purpose: where many rows do so, it is the list's way.
    """
    seen: dict[str, Entry] = {}
    slips: list[Issue] = []
    elsewhere: list[Issue] = []
    for entry in entries:
        proven, paper = _names(entry), known.find(entry)
        names = [*proven, page_name(entry.url).replace(":", " ", 1)] if entry.url else []
        names += [f"catalog's paper {paper.key}"] if paper is not None else []
        title = f"title {title_text.fold(entry.title)}"
        shared = next((name for name in names if name in seen), None)
        first = seen[shared] if shared else seen.get(title)
        if first is not None and (shared or not (proven and first.url and from_url(first.url))):
            is_same = title_text.agree(first.title, entry.title).level != "none"
            if not is_same and any(len(row.title.split()) == 1 for row in (first, entry)):
                continue  # one word is the name of a model or data set, and the link leads to the paper about it
            said = (
                f"lists the same paper (same {shared or 'title'})" if is_same else f"has the same {shared} for another"
            )
            found = elsewhere if is_same and first.section != entry.section else slips
            found.append(_issue("duplicate", entry.line, f"Line {first.line} {said}."))
        for name in (*names, title):
            seen.setdefault(name, entry)
    return slips if len(elsewhere) >= max(MANY_TWICE, TWICE_SHARE * len(entries)) else [*slips, *elsewhere]


def _habits(entries: Collection[Entry], untold: Collection[int]) -> Iterator[Issue]:
    """Fields that nearly all rows state and one does not; `untold` are lines where a slip hides them."""
    stated = Counter(field for entry in entries for field in ("venue", "year") if getattr(entry, field) is not None)
    usual = [
        field for field, count in stated.items() if count >= USUAL_SHARE * len(entries) >= USUAL_SHARE * HABIT_ROWS
    ]
    # A table of data sets, or a word before the first section, has another form than the list.
    beside = Counter(entry.section for entry in entries)
    said = Counter((entry.section, field) for entry in entries for field in usual if getattr(entry, field) is not None)
    for entry in entries:
        if entry.line in untold or any(issue.rule == "unsure-entry" for issue in entry.issues):
            continue
        for field in usual:
            is_preprint = any(found.scheme == "arxiv" for found in from_url(entry.url or ""))
            # Without a link nobody can tell a preprint, which has no venue.
            may_lack = is_preprint or (field == "venue" and entry.url is None)
            others = beside[entry.section] - 1
            is_habit = said[entry.section, field] > SECTION_SHARE * others if others else bool(entry.section)
            if getattr(entry, field) is None and is_habit and not may_lack:
                message = f"The row states no {field}; {stated[field]} of {len(entries)} rows do."
                yield _issue("no-venue" if field == "venue" else "no-year", entry.line, message)


def _keys(catalog: Catalog, path: str, bib_keys: Collection[str]) -> Iterator[Finding]:
    """Published keys that would change or be reused."""
    works = [paper for paper in catalog.papers if paper.duplicate_of is None]
    owned = Counter(paper.key for paper in works)
    retired = {row.key for row in catalog.retired}
    lines = {paper.key: paper.listed.line for paper in works}
    for key in sorted(key for key, count in owned.items() if count > 1 or key in retired):
        yield Finding(file=path, line=1, rule="key-reused", message=f"{key} names two papers (list line {lines[key]}).")
    provisional = {paper.key for paper in works if paper.key_provisional}
    for key in sorted(set(bib_keys) - expect.published_keys(catalog) - provisional):
        yield Finding(
            file=path, line=1, rule="key-gone", message=f"{key} was published, and no paper bears it any more."
        )


def _papers(entries: Iterable[Entry], catalog: Catalog, written: Source, blamed: Collection[int]) -> Iterator[Issue]:
    """What the catalog says about the rows, and rows that it does not know."""
    titles = {title_text.fold(paper.listed.title): paper for paper in reversed(catalog.papers)}
    rows = {(title_text.fold(paper.listed.title), paper.listed.url): paper for paper in reversed(catalog.papers)}
    for entry in entries:
        title = title_text.fold(entry.title)
        paper = rows.get((title, entry.url)) or titles.get(title)
        if paper is None:
            if entry.line not in blamed:
                yield _issue("not-enriched", entry.line, "The row is not in the catalog yet: the next run enriches it.")
            continue
        years = {paper.year, *(version.year for version in paper.versions)} - {None}
        is_settled = paper.status in SETTLED and bool(years) and entry.year is not None and entry.line not in blamed
        if is_settled and all(abs(year - (entry.year or 0)) > 1 for year in years if year):
            message = f"The row says {entry.year}; the paper is of {', '.join(map(str, sorted(filter(None, years))))}."
            yield _issue("year-differs", entry.line, message)
        for issue in paper.issues:
            if issue.rule == "row-means-preprint":
                message = issue.message + _as_published(entry, paper, written)
                yield _issue(issue.rule, entry.line, message)
            elif not (issue.rule in LINK_RULES and entry.line in blamed):
                yield _issue(issue.rule, entry.line, issue.message)


def _as_published(entry: Entry, paper: Paper, written: Source) -> str:
    """Return the row of a preprint with link and venue of its published version, ready to paste."""
    row = written.lines[entry.line - 1].strip() if entry.line <= len(written.lines) else ""
    published = next((version for version in paper.versions if version.kind == "published"), None)
    doi = paper.ids.doi if paper.ids.doi and not doi_text.is_arxiv(paper.ids.doi) else None
    url = f"https://doi.org/{doi}" if doi else published.url if published else None
    if not (url and entry.url and entry.url in row):
        return ""
    row = row.replace(entry.url, url)
    venue = paper.short_venue or paper.venue
    if entry.venue and venue:
        row = "|".join(
            cell.replace(entry.venue, venue) if cell.strip() == entry.venue else cell for cell in row.split("|")
        )
    return f" Row: {' '.join(row.split())}"
