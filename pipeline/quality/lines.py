"""What is wrong with the text of a list, line by line: tables, cells, links, marks.

in -> out: a `Source` and what holds for the list -> `Issue`s. Each mistake is named once: a row whose cells do not fit
is not judged any further. The rules and their examples are in pipeline/rules.py.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import urlsplit

from pipeline.addresses.identifiers import facts, from_url
from pipeline.addresses.kind import find_kind
from pipeline.lists.label import is_label
from pipeline.lists.words import CODE_LABELS, split_words
from pipeline.model import Issue
from pipeline.quality.source import Row, Source, Table
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text
from pipeline.text import venue as venue_text
from pipeline.text.counted import counted

STRUCTURE = frozenset(
    ["cells-missing", "cells-extra", "empty-title", "template-row", "columns-swapped", "row-outside-table"]
)
"""Rules after which a row is not judged any further."""
KNOWN_SHARE = 0.8
"""So many rows must have a venue of the legend, or a category that others have too, before the rest are told that
theirs is unknown; a guess."""
HABIT_ROWS = 10
"""Fewer rows than this fix no set of categories."""
FEW_CATEGORIES = 12
"""A list with more categories than this has no fixed set of them; a guess."""
OFTEN = 2
"""A category that so many rows have is one of the set."""
LONG_TITLE, SHORT_NAME = 5, 2
"""Words: a title has usually at least five, the name of a venue in such lists at most two."""
MISSING_HABIT = 0.1
"""Where so many rows leave out their last cells the list means it so: GitHub fills them; a guess."""
AFTER, UNTIL = 3, 120
"""Months after the year of its section from and to which a link is too new: a preprint of January is a paper of
December, and papers of an older time came to arXiv much later."""
APART_SHARE = 0.05
"""No more of the rows may say another year than their section for one that does to be a slip; a guess."""
MONTHS = 12
CLOSE = 0.6
"""difflib's own default for "close enough to be meant"."""
SLIP = 0.8
"""Close enough to be a slip of the pen even in a list of few rows; a guess."""

_BLANK = frozenset(["", "-", "--", "–", "—", "n/a", "na", "none", "tbd", "todo", "?", "..."])
_PLACEHOLDERS = frozenset(
    ["link", "url", "#", "todo", "tbd", "xxx", "...", "paper link", "code link", "http://", "https://"]
)
_TEMPLATE = re.compile(
    r"(?:(?:your |the |name of (?:the )?)?(?:paper|article)(?:'s)? ?(?:name|title)?"
    r"|(?:paper )?title(?: of (?:the )?paper)?|example(?: paper)?|lorem ipsum.*|x{3,}|\.{3})(?: here)?",
    re.IGNORECASE,
)
_DESTINATION = re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^|]*?)?\s*\)")
_HREF = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)
_CODE_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,20})\]{1,2}\(([^()\s]+)\)")
_CODE_HREF = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*\"([^\"<>]*)\"[^<>]*>([^<>]{1,20})</a>", re.IGNORECASE)
_LABELLED = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()]*)\)")
_OPEN = re.compile(
    r"\]\((?![^|]*\))|\]\(\s*[^()\s<>]+(?:\([^()\s]*\)[^()\s]*)*\s+(?![\"'()]|$)|\[[^\[\]|]*\((?:https?:)?//[^|\]]*\)(?!\])|\]\s+\(https?://|\([^()|]*\)\[https?://"
)
_SURPLUS = re.compile(r"\[[^\[\]()]*(?:\[[^\[\]]*\]+\(|$)")
"""A bracket before that of a link, or before nothing. An interval, [0, 1), is closed in its way."""
_TWO_CLOSED = re.compile(r"\]\]\(https?://")
_SCHEME = re.compile(
    r"[(\[<{\"']+https?:|(?:https?:/{0,2})+https?:|(?!https?://)(?:h{0,2}t{1,3}p{1,2}s?[:;.]{0,2}/|h{1,2}t{1,3}s?:/)"
    r"|(?:[\w-]{1,63}\.){1,4}(?:org|com|net|edu|io|cc|gov)(?:/|$)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?:file:|[a-z]:\\|https?://(?:localhost|127\.|192\.168\.|10\.\d+\.))", re.IGNORECASE)
_TRAILING = re.compile(r"(?<![.])[.,;:!'\"*|>]$|%20$")
_TRACKER = re.compile(r"[?&](utm_\w+|fbclid|gclid|mc_[ce]id|casa_token|dgcid)=", re.IGNORECASE)
_PROXY = re.compile(
    r"//[^/]*(?:ezproxy|libproxy|webvpn|proxy\.lib|idm\.oclc|\.proxy\.)|//(?:l\.facebook|lm\.facebook|sci-hub)\.|/scholar_url\?"
    r"|//(?:www\.)?google\.[a-z.]+/url\?|//webcache\.",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"//(?:scholar\.|www\.)?google\.[a-z.]+/(?:scholar|search)\?|//(?:www\.)?bing\.com/search|//duckduckgo\.com/\?q"
    r"|//arxiv\.org/(?:search|list|a)/|//ieeexplore\.ieee\.org/search/|//(?:www\.)?semanticscholar\.org/search"
    r"|//(?:www\.)?sciencedirect\.com/search|//link\.springer\.com/search|//dl\.acm\.org/action/doSearch"
    r"|//pubmed\.ncbi\.nlm\.nih\.gov/\?term=[^&]*[a-z+]|//dblp\.org/search",
    re.IGNORECASE,
)
_HEADING_WITHOUT_BLANK = re.compile(r" {0,3}#{2,6}[^\s#!]")
_ADDRESS = re.compile(r"https?://|\bdoi:|\b10\.\d{4,9}/")
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)")
_GARBLED = re.compile("Ã[\x80-\xbf©¨¤¶¼±§]|â€[™œ\x9d˜“”¦]|ï¿½|\ufffd|Â[ \xa0°]")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\u00ad\ufeff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_INLINE = split_words("a b big code del em font i ins kbd s small span strong sub sup tt u")
_CODE = re.compile(r"(`+)(?:.+?)\1(?!`)|\\[`*\[\]]")
_YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|2[01]\d\d)(?!\d)")
_LATER = re.compile(r"2(?:[1-9]\d\d|0[3-9]\d|02[7-9])")
"""A quick look for a year that was to come when this was written."""
_YEAR_OF_VENUE = re.compile(
    r"\b(?!LN|CCIS|ACM|IEEE|RFC|ISO)[A-Z]{3,12}\s(2\d{3})(?=[\])|.,;*]|\s*(?:<|$))|[|(\[>]\s*(2\d{3})\s*(?=[|)\]<])"
)
"""A year behind a venue's acronym, or alone in a cell or in brackets."""
_LOST = {
    "template": ("template-row", "The row is a template that nobody has filled in."),
    "no title": ("empty-title", "The row has no title, so the paper is lost."),
    "no address": ("bad-link", "The link leads nowhere, so the paper is lost."),
}
_CRITERIA = re.compile(r"criteri|contribut|scope|inclusion|guideline|rules", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:year|papers?|published|works?)\b[^.|]{0,40}?\b(20\d\d|19\d\d)\**\s+(?:or|and)\s+(?:later|newer|onwards?)"
    r"|\b(?:since|from|not before|no older than|after)\s+\**(20\d\d|19\d\d)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")


def check(source: Source, *, year: int, oldest: int | None) -> list[Issue]:
    """Return what is wrong, in line order.

    Args:
        source: the list's text.
        year: the current one.
        oldest: the first year that the list takes, None where only the list itself says so.
    """
    found = [*_marks(source), *_headings(source, year), *_tables(source), *_links(source)]
    found += _by_year(source, oldest or _read_criterion(source))
    broken = {source.start(issue.line) for issue in found if issue.rule == "broken-link"}
    found = [issue for issue in found if issue.rule != "unclosed-mark" or issue.line not in broken]
    return sorted(found, key=lambda issue: issue.line)


def _issue(rule: str, line: int, message: str) -> Issue:
    return Issue(rule=rule, line=line, message=message)


def _marks(source: Source) -> Iterator[Issue]:
    for number, line in enumerate(source.lines, 1):
        if _CONFLICT.match(line):
            yield _issue("merge-conflict", number, "A merge left its mark here.")
        elif line.isascii() or number not in source.rows:
            continue
        elif garbled := _GARBLED.search(line):
            yield _issue("garbled-text", number, f"“{garbled[0]}” is text in the wrong encoding.")
        elif hidden := _HIDDEN.search(line):
            yield _issue(
                "hidden-character", number, f"An invisible character stands in the row (U+{ord(hidden[0]):04X})."
            )
    above = 0
    for number, reason in source.lost:
        # The links below a title that is missing belong to it, but for those of a bullet of their own.
        if number != above + 1 or source.lines[number - 1].startswith(("- ", "* ", "+ ")):
            rule, message = _LOST[reason]
            yield _issue(rule, number, message)
        above = number
    for broken in source.broken:
        yield _issue("row-outside-table", broken.line, broken.reason)


def _headings(source: Source, year: int) -> Iterator[Issue]:
    for number, line in enumerate(source.lines, 1):
        if line.startswith("#") and _HEADING_WITHOUT_BLANK.match(line):
            yield _issue("heading-without-blank", number, "A heading needs a blank behind its #.")
    for number in sorted(source.owners):
        line = source.lines[number - 1]
        for match in _YEAR_OF_VENUE.finditer(line) if _LATER.search(line) else ():
            if int(match[1] or match[2]) > year + 1:
                yield _issue("bad-year", number, f"The year {match[1] or match[2]} cannot be.")
    for number, text in source.headings:
        stated = _YEAR.fullmatch(text)
        if stated and not 1600 <= int(stated[1]) <= year + 1:
            yield _issue("bad-year", number, f"The year {stated[1]} of the section cannot be.")


def _tables(source: Source) -> Iterator[Issue]:
    tables = [table for table in source.tables if "title" in table.roles]
    categories = Counter(
        cell
        for table in tables
        for row in table.rows
        if len(row.cells) == len(table.header) and (cell := table.get(row, "category")) and not _is_blank(cell)
    )
    usual = {cell for cell, count in categories.items() if count >= OFTEN}
    is_fixed = HABIT_ROWS <= KNOWN_SHARE * categories.total() <= sum(categories[cell] for cell in usual)
    venues = _Venues(source, tables)
    short = sum(1 for table in tables for row in table.rows if len(row.cells) < len(table.header))
    is_habit = short > OFTEN and short > MISSING_HABIT * sum(len(table.rows) for table in tables)
    for table in tables:
        for row in table.rows:
            has, width = len(row.cells), len(table.header)
            if has > width or (has < width and not is_habit):
                rule = "cells-missing" if has < width else "cells-extra"
                yield _issue(rule, row.line, f"The row has {counted(has, 'cell')}, the header {width}.")
            else:
                yield from _row(row, table, usual, venues, is_fixed=is_fixed)


def _row(row: Row, table: Table, usual: set[str], venues: "_Venues", *, is_fixed: bool) -> Iterator[Issue]:
    title = table.get(row, "title") or ""
    if _is_template(row.cells, title):
        yield _issue("template-row", row.line, "The row is a template that nobody has filled in.")
    elif _is_blank(_label(title)) and sum(1 for cell in row.cells if not _is_blank(cell)) > 1:
        yield _issue("empty-title", row.line, "The cell of the title is empty, so the row is lost.")
    elif swapped := _find_swapped(row, table, usual, venues):
        yield _issue("columns-swapped", row.line, swapped)
    else:
        yield from _cells(row, table, usual, venues, is_fixed=is_fixed)


def _cells(row: Row, table: Table, usual: set[str], venues: "_Venues", *, is_fixed: bool) -> Iterator[Issue]:
    category, venue = table.get(row, "category"), table.get(row, "venue")
    if category is not None and usual:
        if _is_blank(category):
            yield _issue("no-category", row.line, "The row has no category.")
        elif category not in usual and len(usual) <= FEW_CATEGORIES:
            near = _nearest(category, usual)
            if is_fixed or _nearest(category, usual, SLIP):
                yield _issue("unknown-category", row.line, f"No other row has the category “{category}”.{near}")
    if venue is not None and not _is_blank(venue) and not venues.has(venue):
        yield _issue("unknown-venue", row.line, f"The list's legend has no “{venue}”.{_nearest(venue, venues.names)}")
    if _ADDRESS.search(_label(table.get(row, "title") or "")):
        yield _issue("title-with-link", row.line, "An address stands in the title as text.")
    paper, code = (_first_destination(table.get(row, role) or "") for role in ("url", "code"))
    is_apart = table.roles.get("url") != table.roles.get("code")
    if paper and is_apart:
        kind = find_kind(paper)
        if kind == "code":
            yield _issue("code-as-paper", row.line, f"The link to the paper leads to code: {paper}")
        elif (kind in ("media", "anchor") or (kind == "page" and is_of_publisher(paper))) and judge(paper) is None:
            yield _issue("link-not-paper", row.line, f"The link leads to no single paper: {paper}")
    if code and is_apart and find_kind(code) == "paper" and from_url(code):
        yield _issue("paper-as-code", row.line, f"The link to the code leads to a paper: {code}")


class _Venues:
    """The venues of the list's own legend; without one every venue is known."""

    def __init__(self, source: Source, tables: Sequence[Table]) -> None:
        self.names = set(source.legend)
        self._known: dict[str, bool] = {}
        stated = [cell for table in tables for row in table.rows if (cell := table.get(row, "venue"))]
        known = sum(1 for cell in stated if self.has(cell))
        if not stated or known < KNOWN_SHARE * len(stated):
            self.names, self._known = set(), {}

    def has(self, venue: str) -> bool:
        """Tell whether the legend has a venue as it is written; preprint servers need no legend."""
        if venue not in self._known:
            text = _YEAR.sub("", _label(venue)).strip(" ,'’")
            self._known[venue] = not self.names or text in self.names or venue_text.is_preprint_server(text)
        return self._known[venue]


def _find_swapped(row: Row, table: Table, usual: set[str], venues: _Venues) -> str | None:
    title, venue, category = (table.get(row, role) or "" for role in ("title", "venue", "category"))
    paper, code = (_first_destination(table.get(row, role) or "") for role in ("url", "code"))
    words = len(_WORDS.findall(_label(title)))
    if venue and len(_WORDS.findall(venue)) >= LONG_TITLE and words <= SHORT_NAME:
        return "Title and venue stand in each other's column."
    if (
        venue
        and category
        and venue in usual
        and (not usual & {category})
        and (category in venues.names or not venues.names)
    ):
        return "Venue and category stand in each other's column."
    if title in usual or (venues.names and title in venues.names and words <= SHORT_NAME):
        return "Another cell stands in the column of the title."
    are_links_swapped = paper and code and paper != code and find_kind(paper) == "code" and find_kind(code) == "paper"
    return "The links to paper and code stand in each other's column." if are_links_swapped else None


def _links(source: Source) -> Iterator[Issue]:
    cells = {row.line for table in source.tables for row in table.rows}
    for number in sorted(source.rows):
        line = source.lines[number - 1]
        if "](" in line or "(http" in line or ")[" in line or "href" in line:
            yield from _line_links(number, line)
        if number not in cells:
            yield from _paper_as_code(number, line)
        elif _has_marks(line):
            yield from _open_marks(number, line.split("|"))
    rows: dict[int, list[str]] = {}
    for number in sorted(source.owners):
        if number not in cells:
            rows.setdefault(source.owners[number], []).append(source.lines[number - 1])
    for number, lines in rows.items():
        yield from _open_marks(number, ["\n".join(lines)])
    yield from _stray(source)


def _line_links(number: int, line: str) -> Iterator[Issue]:
    opened = _OPEN.search(line)
    two = next((two for two in _TWO_CLOSED.finditer(line) if _is_unopened(line, two)), None)
    start = opened.start() if opened else line.rfind("[", 0, two.start()) if two else None
    if start is not None:
        shown = line[max(0, start) :][:60]
        yield _issue("broken-link", number, f"A bracket of a link is not closed or misplaced: “{shown}”")
        return
    for url in _addresses(line):
        problem = judge(url)
        if problem is not None:
            rule, message = problem
            yield _issue(rule, number, message)


def _addresses(line: str) -> list[str]:
    """Return the addresses of a line's links, in Markdown and in HTML."""
    hrefs = [html.unescape(match[1] or match[2] or "") for match in _HREF.finditer(line)] if "href" in line else []
    return [*(match[1] for match in _DESTINATION.finditer(line)), *hrefs]


def _paper_as_code(number: int, line: str) -> Iterator[Issue]:
    """Look at the links that a bullet or a paragraph labels as code; a table has a column for them."""
    links = [(label, url) for label, url in _CODE_LINK.findall(line)] if "](" in line else []
    links += [(label, html.unescape(url)) for url, label in _CODE_HREF.findall(line)] if "href" in line else []
    for label, url in links:
        if label.strip().lower() in CODE_LABELS and find_kind(url) == "paper" and from_url(url):
            yield _issue("paper-as-code", number, f"The link to the code leads to a paper: {url}")


def _is_unopened(line: str, two: re.Match[str]) -> bool:
    """Tell whether `[code]](...)` closes a bracket that was never opened, so that all of it is text."""
    depth = 0
    for char in reversed(line[: two.start() + 2]):
        depth += (char == "]") - (char == "[")
        if depth == 0:
            return False
    return True


@lru_cache(maxsize=1024)
def judge(url: str) -> tuple[str, str] | None:
    """Return rule and message for the first thing that is wrong with an address."""
    if not url or url.lower() in _PLACEHOLDERS:
        return "bad-link", f"The link leads nowhere: “{url}”."
    if _LOCAL.match(url):
        return "bad-link", f"Nobody else can open this address: {url}"
    if _SCHEME.match(url):
        return "bad-link", f"The address does not begin properly: {url}"
    if proxy := _PROXY.search(url):
        return "proxied-link", f"The address leads through a proxy or redirection ({proxy[0].strip('/?')}): {url}"
    if _SEARCH.search(url):
        return "link-to-search", f"The address is that of a search, whose results change: {url}"
    if trailing := _TRAILING.search(url):
        return "link-ends-oddly", f"The address ends with “{trailing[0]}”: {url}"
    if tracker := _TRACKER.search(url):
        return "tracked-link", f"The address carries what follows readers ({tracker[1]}): {url}"
    return _judge_identifier(url)


def _judge_identifier(url: str) -> tuple[str, str] | None:
    is_doi = "doi.org/" in url and not from_url(url) and not doi_text.find(url)
    if is_doi and _host(url) in ("doi.org", "dx.doi.org"):
        return "bad-link", f"The address holds no complete DOI: {url}"
    if "arxiv.org/abs" in url or "arxiv.org/pdf" in url:
        found = from_url(url)
        if not found or not 1 <= _month(found[0].value) <= MONTHS:
            return "bad-link", f"The address holds no arXiv id: {url}"
    return None


def _month(arxiv_id: str) -> int:
    return int(arxiv_id[2:4]) if arxiv_id[:4].isdigit() else 1


def _host(url: str) -> str:
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_of_publisher(url: str) -> bool:
    """Tell whether other addresses of the host lead to papers, so that this one, which does not, is a slip."""
    return find_kind(f"https://{_host(url)}/a1b2/c3d4") == "paper"


def _has_marks(text: str) -> bool:
    """Tell quickly whether a mark might be open."""
    return "<" in text or "`" in text or "**" in text or text.count("[") > text.count("]")


def _open_marks(number: int, parts: Sequence[str]) -> Iterator[Issue]:
    """Look for marks that end in no cell of a row, or nowhere in a paper's lines."""
    for part in parts:
        if not _has_marks(part):
            continue
        bare = _CODE.sub("", part)
        is_surplus = bare.count("[") > bare.count("]") and _SURPLUS.search(bare)
        if bare.count("`") % 2 or bare.count("**") % 2 or is_surplus:
            yield _issue("unclosed-mark", number, f"A mark is opened and not closed: “{part.strip()[:60]}”")
            return
        tags = Counter[str]()
        for match in _TAG.finditer(part):
            name = match[2].lower()
            # Of other tags some need no end, and a row of HTML may go on behind its last line.
            if name in _INLINE and not match[3]:
                tags[name] += -1 if match[1] else 1
        if unclosed := next((name for name, count in tags.items() if count), None):
            yield _issue("unclosed-tag", number, f"<{unclosed}> is opened and not closed, or closed only.")
            return


def _stray(source: Source) -> Iterator[Issue]:
    """Lines of bare labels (`[pdf](...)`) between tables: a rest of a row that was moved or deleted."""
    if not source.tables:
        return
    first = source.tables[0].line
    for number, line in enumerate(source.lines, 1):
        text = line.strip()
        if number < first or number in source.rows or not text.startswith("[") or not text.endswith(")"):
            continue
        links = _LABELLED.findall(text)
        rest = _LABELLED.sub("", text).strip(" |,·•-")
        if links and not rest and all(not image and is_label(label) for image, label, _ in links):
            yield _issue("stray-link", number, "This link belongs to no row.")


def _by_year(source: Source, oldest: int | None) -> Iterator[Issue]:
    """Rows below a heading with a year: older than the list takes, of another year, or with a link of a later one.

    Only a list with several such headings is sorted by them.
    """
    years = {at: int(text) for at, text in source.headings if _YEAR.fullmatch(text)}
    rows = list(_below_years(source, years))
    apart = Counter(abs(source.years[number] - stated) for number, stated in rows if number in source.years)
    # Where rows often state the year before or after, as preprints do, only what is further off is a slip.
    few = max(1, APART_SHARE * apart.total())
    slack = 0 if apart.total() - apart[0] <= few else 1
    is_sorted = len(set(years.values())) > 1
    is_habit = apart.total() - apart[0] - apart[1] <= few
    for number, stated in rows:
        is_first = source.start(number) == number
        said = source.years.get(source.start(number), stated)
        if oldest is not None and stated < oldest:
            if is_first:
                message = f"The list takes papers from {oldest} on; the row stands below {stated}."
                yield _issue("too-old", number, message)
            continue
        if not is_sorted:
            continue
        if abs(said - stated) > slack and is_habit:
            apart_by = f"says {said}" if is_first else ""
        else:
            late = _find_late(source.lines[number - 1], stated)
            apart_by = f"its link is of {late}" if late else ""
        if apart_by and not _says(source, number, stated):
            yield _issue("wrong-section", number, f"The row stands below {stated}, and {apart_by}.")


def _below_years(source: Source, years: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the lines of papers whose innermost heading is a year, with it."""
    starts = [at for at, _ in source.headings]
    position, stated = 0, None
    for number in sorted(source.rows):
        while position < len(starts) and starts[position] < number:
            stated = years.get(starts[position])
            position += 1
        if stated is not None:
            yield number, stated


def _says(source: Source, number: int, year: int) -> bool:
    """Tell whether a row up to this line says a year itself, as in `(NIPS 2017)`; addresses do not count."""
    said = _LABELLED.sub(r"\2", " ".join(source.lines[source.start(number) - 1 : number]))
    return str(year) in _YEAR.findall(said)


def _find_late(line: str, year: int) -> int | None:
    """Return the year of a link that is too new for a section of that year."""
    dates = (_submitted(url) for url in _addresses(line))
    return next((date[0] for date in dates if date and AFTER < _months_after(date, year) <= UNTIL), None)


def _submitted(url: str) -> tuple[int, int] | None:
    """Return year and month that an address itself states: an arXiv id's, or the end of the year of proceedings."""
    if "arxiv" in url:
        return next((arxiv_text.submitted(one.value) for one in from_url(url) if one.scheme == "arxiv"), None)
    year = facts(url).year
    return (year, MONTHS) if year else None


def _months_after(date: tuple[int, int], year: int) -> int:
    return (date[0] - year - 1) * MONTHS + date[1]


def _read_criterion(source: Source) -> int | None:
    """Return the first year that the list says it takes, below a heading that announces rules."""
    starts = {at: bool(_CRITERIA.search(text)) for at, text in source.headings}
    is_criteria = False
    for number, line in enumerate(source.lines, 1):
        is_criteria = starts.get(number, is_criteria)
        if is_criteria and number not in source.rows and (match := _SINCE.search(line)):
            return int(match[1] or match[2])
    return None


def _is_template(cells: Sequence[str], title: str) -> bool:
    text = _label(title)
    return bool(_TEMPLATE.fullmatch(text)) or (len(cells) > 1 and len({*cells}) == 1 and not _is_blank(text))


def _is_blank(cell: str) -> bool:
    return cell.strip().strip("*_").lower() in _BLANK


def _label(cell: str) -> str:
    """Return the text of a cell without the marks of links and emphasis."""
    return (_LABELLED.sub(r"\2", cell) if "](" in cell else cell).strip().strip("*_ ")


def _first_destination(cell: str) -> str | None:
    match = _DESTINATION.search(cell) if "](" in cell else None
    return match[1] if match else None


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _nearest(text: str, known: set[str], cutoff: float = CLOSE) -> str:
    folded = {_fold(name): name for name in sorted(known)}
    near = get_close_matches(_fold(text), folded, n=1, cutoff=cutoff)
    return f" Is “{folded[near[0]]}” meant?" if near else ""
