"""Reference strings: `Doe, J. and Roe, B. (2010). Counting sheep. Journal of Wool, 12(3), 1-9.` and its relatives.

in -> out: running text, and where italics stand in it -> `Reference`, or None where the text does not begin with the
names of authors. Styles that are understood: APA, Harvard, Chicago, MLA, Vancouver, IEEE, ACM, LNCS, Bluebook, GB/T
7714 and what lists make of them. Two maintained parsers were tried on 37 of these rows: of the titles, refparse
0.5 finds 3 and refextract 1.1 finds 6 (it is made for the journals and numbers of physics).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from pipeline.lists.imprint import read_imprint
from pipeline.lists.names import is_organisation, scan_names, split_names
from pipeline.lists.span import count_words

Range = tuple[int, int]

_LEAD = re.compile(
    r"\s*(?:\.\.\s)?(?:\\?\[[\w .:+^-]{1,20}\\?\]:?|\(\d{1,3}\)|\d{1,4}[.)]|\d{1,4}(?=\s)|[*•·–-])?[\s:]*"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
# `(2010)`, `(2010, May 3).`, `, 2010.`, `. 2010.`, `2010:`; the year of authors-first styles.
_YEAR_AHEAD = re.compile(
    rf"\s*[,.]?\s*(?:[(\[（](?:c\.\s?|ca\.\s?)?(?P<group>{_YEAR})[a-z]?(?:[,;/–-]\s?[\w. ]{{1,20}})?[)\]）]"
    rf"|(?P<bare>{_YEAR})[a-z]?(?=\s*[.,:;]\s))(?P<stop>\s*[.,:;–-]?)\s*"
)
_QUOTED = re.compile(r"\s*[“\"«„‘『「《](?P<title>[^“”\"«»„『』「」《》]{3,400})[”\"»“’』」》]")
# An apostrophe opens a quote behind a comma or a full stop only.
_OPENING = re.compile(r"[“\"«„‘『「《]|(?<=[,.]\s)'")
_SINGLE_QUOTED = re.compile(r"'(?P<title>[^'\"“”]{3,300}(?:'\w[^'\"“”]{0,300}){0,3})'(?=\W|$)")
_ET_AL = re.compile(
    r"[\s,;]*(?:&\s|and\s)?(?:et\.?\s?al(?:ii|\.)?|and others|u\.\s?a\.|y otros|等)(?![^\W\d_])\.?", re.IGNORECASE
)
_EDITORS = re.compile(r"[\s,]*\(?(?:eds?|editors?|hrsg|coords?|comps?)\b\.?\)?\.?", re.IGNORECASE)
# Most heads end with no word of these two, which is seen at once.
_LAST_WORDS = ("al", "alii", "others", "a", "otros", "等")
_LAST_WORDS_OF_EDITORS = ("ed", "eds", "editor", "editors", "hrsg", "coord", "coords", "comp", "comps")
_STOP = re.compile(r"(?<=[^\s])[.。．]\s+|(?<=[?!？！])\s+(?=[^a-z])|[.。]\s*(?=[“\"])|．(?=\S)|。(?=\S)")
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:vs|i\.e|e\.g|cf|al|approx|etc|spp?|subsp|var|st|dr|mr|mrs|no|vol|fig|pt|ca|jr|sr|u\.s|u\.k|inc|ltd|ph\.d)"
    r"|(?:^|[\s.(-])[^\W\d_])$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\[(?:[JCMDRNPSGZA]|EB|DB|CP|[A-Z]{1,2}/OL)\]\s*[./]{0,2}\s*")
# What follows a question mark at the end of a title: a short name with numbers behind it.
_VENUE_BEHIND = re.compile(
    rf"(?:In:?\s)?[^\W\d_][^.?!]{{1,80}}?[,.;:]?\s*(?:\(?{_YEAR}|\(?\d{{1,4}}\s?[(:,;–-]|vol\b)", re.IGNORECASE
)
# `45 Harv. L. Rev. 123 (1999)`
_LAW = re.compile(
    r",\s(?P<volume>\d{1,4})\s(?P<venue>[A-Z][\w.&’' ]{2,60}?)\s\d{1,5}(?:[,–-]\s?\d{1,5})*\s?"
    rf"\((?:[\w. ]{{1,20}}\s)?(?P<year>{_YEAR})\)"
)
_NUMBERS = re.compile(
    rf"[,.;:]?\s*(?:[(\[]?{_YEAR}|[(\[]?\d{{1,6}}(?!\d|st|nd|rd|th|D\b)|第"
    r"|\b(?:vol(?:ume)?\b|v\.\s?\d|n[or]?\.\s?\d|no\b|num|pp?\.?\s?\d|pages?\s|S\.\s?\d|Bd\.|Jg\.|t\.\s?\d|doi\b"
    r"|https?:|arxiv\s?:|epub|in press|available|accessed|retrieved|[A-Z]?e\d{3,}))",
    re.IGNORECASE,
)
_IN = re.compile(r"\s*(?:[Ii]n:?\s|[Ee]n:\s|//\s?)\s*")
# `(2010) 45 Law Quarterly Review 123`
_VOLUME_AHEAD = re.compile(rf"(?:[(\[]{_YEAR}[)\]]\s)?\d{{1,3}}\s(?=[A-Z])")
_YEAR_IN_BRACKETS = re.compile(rf"[(\[（]\s?(?:[^\W\d_]{{1,12}}\.?\s)?({_YEAR})[a-z]?\s?[)\]）]")
_YEAR_ANYWHERE = re.compile(rf"(?<![\d–:/.-])({_YEAR})(?![\d–:/-])")
_YEAR_FIRST = re.compile(rf"\d+$|[(\[]{_YEAR}[a-z]?[)\]]|In\s")
_OUTER = ' \t,;:–—-”"*_'
_CHINESE = re.compile(
    r"(?P<names>[\u3400-\u9fff·・、，,；;\s]{2,60}?)\s*[：:，]\s*[《“「『](?P<title>[^《》“”「」『』]{2,200})[》”」』]"
)
_CHINESE_VENUE = re.compile(r"[，,。.\s]*[《](?P<venue>[^《》]{2,60})[》]")
_COLON = re.compile(r"[:：]\s+|：")
_EDGE = " \t,.;:，。．：–—-"
# `A survey of sheep, 2011`
_YEAR_BEHIND = re.compile(rf",\s[(\[]?(?P<year>{_YEAR})[)\]]?$")
# No row measured names more people or has a longer title.
_MAX_HEAD, _MAX_TITLE, _MAX_VENUE_WORDS, _MAX_TITLE_WORDS = 4000, 600, 14, 60
_MAX_LENGTH, _MAX_VENUE = 20_000, 300


class Reference(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a reference string says."""

    title: str
    start: int
    end: int
    """Where the title stands in the text."""
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None


@lru_cache(maxsize=4096)
def read_reference(text: str, italics: tuple[Range, ...] = ()) -> Reference | None:
    """Read a reference string that begins with its authors.

    >>> found = read_reference("Doe R, Roe B, et al. Two drugs. N Engl J Med. 2021;384:1-9.")
    >>> found.authors, found.title, found.venue, found.year
    (('Doe R', 'Roe B'), 'Two drugs', 'N Engl J Med', 2021)
    >>> read_reference("Attention is all you need. NIPS 2017.") is None
    True
    """
    if len(text) > _MAX_LENGTH:
        return None
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    return (
        _read_chinese(text, start)
        or _read_law(text, start)
        or _read_dated(text, start, italics)
        or _read_quoted(text, start)
        or _read_emphasised(text, start, italics)
        or _read_scanned(text, start, italics)
        or _read_named(text, start, italics)
    )


def _read_dated(text: str, start: int, italics: Sequence[Range]) -> Reference | None:
    """Read `Authors (2010). Title. ...` and `Authors. 2010. Title. ...`."""
    for match in _YEAR_AHEAD.finditer(text, start, min(len(text), start + _MAX_HEAD)):
        # The full stop of a last initial belongs to the name.
        dot = match[0][:1] == "." and text[match.start() - 1 : match.start()].isupper()
        head = _without_et_al(text[start : match.start() + dot])
        names = split_names(head[0], bare=True)
        grouped = match["group"] is not None
        if not names and grouped and is_organisation(head[0]):
            names = (head[0].strip(" ."),)
        if not names:
            return None
        # `Deep Sets (2017). Ann Lee, ...`: two words alone may be a title.
        alone = len(names) == 1 and not head[1] and not re.search(r"[,.]", head[0]) and not is_organisation(head[0])
        title = _find_title(text, match.end(), italics)
        if title is None or (alone and not _has_initials(names[0])):
            return None
        # Two rows of names: then the title stood in front of them.
        if not any(map(_has_initials, names)) and split_names(text[slice(*title)]):
            return None
        return _finish(text, title, names, int(match["group"] or match["bare"]), italics)
    return None


def _read_quoted(text: str, start: int) -> Reference | None:
    """Read `Authors, "Title," Venue ...`."""
    opening = _OPENING.search(text[start : start + _MAX_HEAD])
    if opening is None or not opening.start():
        return None
    at = start + opening.start()
    quoted = _SINGLE_QUOTED.match(text, at) if text[at] == "'" else _QUOTED.match(text, at)
    head, abbreviated = _without_et_al(text[start:at].strip(_EDGE.replace(".", "")))
    names = split_names(head, bare=abbreviated)
    if (
        quoted is None
        or not names
        or (len(names) == 1 and not abbreviated and not _has_initials(names[0]) and "," not in head and "." not in head)
    ):
        return None
    title = _checked(text, *quoted.span("title"), stops=False)
    return _finish(text, title, names, None, ()) if title else None


def _read_chinese(text: str, start: int) -> Reference | None:
    """Read `陈登原：《国史旧闻》，北京：中华书局2000年版` and `张三：《题名》，《期刊》2018年第3期`."""
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    journal = _CHINESE_VENUE.match(text, match.end())
    return Reference(
        title=match["title"].strip(),
        start=match.start("title"),
        end=match.end("title"),
        authors=tuple(name for name in re.split(r"[、，,；;和与及\s]+", match["names"]) if name),
        venue=journal["venue"] if journal else None,
        year=_find_year(text[match.end() :]),
    )


def _read_emphasised(text: str, start: int, italics: Sequence[Range]) -> Reference | None:
    """Read `Authors, *Title of a book*, City: Publisher, 2010`."""
    first = next((one for one in italics if one[0] > start), None)
    if first is None or count_words(text[slice(*first)]) < 2:
        return None
    head, abbreviated = _without_et_al(text[start : first[0]].strip(_EDGE.replace(".", "")))
    names = split_names(head, bare=abbreviated)
    if not names or (len(names) == 1 and not re.search(r"[,.]", head)) or _find_year(text[first[1] :]) is None:
        return None
    title = _checked(text, *first)
    return _finish(text, title, names, None, ()) if title else None


def _read_scanned(text: str, start: int, italics: Sequence[Range]) -> Reference | None:
    """Read names with initials, which tell where they end: `Doe R, Roe B. Title.`, `Doe, J., Roe, B.: Title.`."""
    names, end, clear = scan_names(text, start, min(len(text), start + _MAX_HEAD))
    if not names:
        return None
    if abbreviated := _ET_AL.match(text, end):
        end = abbreviated.end()
    if editors := _EDITORS.match(text, end):
        end = editors.end()
    stop = re.compile(r"\s*(?P<mark>[.:：。．]|[,;])?\s*").match(text, end)
    mark = stop["mark"] if stop else None
    begin = stop.end() if stop else end
    dotted = text[end - 1 : end] == "."
    if mark in (",", ";"):
        title = _find_title_by_commas(text, begin)
    elif mark or dotted or abbreviated or editors:
        title = _find_title(text, begin, italics)
    else:
        return None
    if title is None or not clear:
        return None
    found = _finish(text, title, names, None, italics)
    # `Your Local GAN: Designing ...` looks like one name with initials.
    sure = len(names) > 1 or abbreviated or "." in names[0] or (mark in (".", None) and found.year and found.venue)
    return found if sure else None


def _read_named(text: str, start: int, italics: Sequence[Range]) -> Reference | None:
    """Read full names up to a full stop or colon: `Ann Lee, Bob Ray. Title. Venue, 2010.`."""
    first_stop = next(iter(_stops(text, start, start + _MAX_HEAD)), None)
    first_colon = _COLON.search(text, start, min(len(text), start + _MAX_HEAD))
    for stop in (first_colon.span() if first_colon else None, first_stop):
        head, abbreviated = _without_et_al(text[start : stop[0]]) if stop else ("", False)
        names = split_names(head, bare=abbreviated)
        if not names or stop is None:
            continue
        title = _find_title(text, stop[1], italics)
        if title is None:
            continue
        found = _finish(text, title, names, None, italics)
        # One name of two words may be a title, and so may two names in front of a row of names.
        sure = len(names) > 1 or abbreviated or "." in names[0]
        # `Debias Coarsely, Sample Conditionally: ...` is a title; in front of a colon names have initials, or signs.
        if stop is not first_stop and names[0].isascii() and not any("." in name for name in names):
            continue
        if sure and not read_imprint(found.title).pure and not split_names(found.title):
            return found
    return None


def _read_law(text: str, start: int) -> Reference | None:
    """Read `John Doe, Title of It, 45 Harv. L. Rev. 123 (1999)`."""
    match = _LAW.search(text, start, min(len(text), start + _MAX_HEAD))
    if match is None:
        return None
    head = text[start : match.start()]
    for comma in re.finditer(r",\s", head):
        names = split_names(head[: comma.start()])
        rest = head[comma.end() :].strip(" \"“”,'")
        if names and count_words(rest) >= 2 and not split_names(re.split(r",\s", rest)[0]):
            begin = text.find(rest, start + comma.end() - 1)
            title = (begin, begin + len(rest))
            return Reference(
                title=rest, start=title[0], end=title[1], authors=names, venue=match["venue"], year=int(match["year"])
            )
    return None


def split_sentences(text: str) -> list[str]:
    """Split running text at its full stops, but not behind initials and abbreviations.

    >>> split_sentences("Vincent J. Hellen, Earl T. Barr. FSE 2017")
    ['Vincent J. Hellen, Earl T. Barr', 'FSE 2017']
    """
    parts: list[str] = []
    at = 0
    for begin, end in _stops(text, 0, len(text)):
        parts.append(text[at:begin].strip())
        at = end
    return [part for part in (*parts, text[at:].strip()) if part]


def _without_et_al(head: str) -> tuple[str, bool]:
    """Return names without `et al.`, and whether it was there."""
    match = _find_last(_ET_AL, head, _LAST_WORDS)
    body = head[: match.start()] if match else head
    editors = _find_last(_EDITORS, body, _LAST_WORDS_OF_EDITORS)
    return (body[: editors.start()] if editors else body), match is not None


def _find_last(pattern: re.Pattern[str], text: str, endings: tuple[str, ...]) -> re.Match[str] | None:
    """Find the pattern where nothing but punctuation follows it."""
    if not text.rstrip(" .,;:()").lower().endswith(endings):
        return None
    return next((found for found in pattern.finditer(text) if not text[found.end() :].strip(" .,;:(")), None)


def _has_initials(name: str) -> bool:
    return bool(re.search(r"(?:^|[\s.-])[^\W\d_](?:\.|\s|$)|\s[A-Z]{2,3}$", name))


def _find_title(text: str, start: int, italics: Sequence[Range]) -> Range | None:
    """Return where the title stands that begins at `start`."""
    if quoted := _QUOTED.match(text, start):
        return quoted.span("title")
    last = min(len(text), start + _MAX_TITLE)
    end = _find_italic_end(text, start, italics) or _find_plain_end(text, start, last)
    return _checked(text, start, end)


def _find_italic_end(text: str, start: int, italics: Sequence[Range]) -> int | None:
    for begin, end in italics:
        if end <= start or (begin < start - 2 and end > start + 1):
            continue  # it began among the names, so it tells nothing
        if begin <= start + 1 and end > start + 1:
            # `*Light containers.* Publisher`: the title of a book, or of any style that prints titles so.
            return end if count_words(text[start:end]) > 1 else None
        before = text[start:begin].rstrip()
        if begin > start and re.search(r"[.?!,;:”\"》)]$|\b[Ii]n:?$", before):
            first_stop = next(iter(_stops(text, start, begin)), None)
            return first_stop[0] if first_stop else start + len(re.sub(r"[\s,]+[Ii]n:?$", "", before))
    return None


def _find_plain_end(text: str, start: int, last: int) -> int:
    if (mark := _MARK.search(text, start, last)) and mark.start() > start:
        return mark.start()
    return next((stop[0] for stop in _stops(text, start, last)), last)


def _stops(text: str, start: int, last: int) -> Iterator[Range]:
    """Yield where sentences end and the next ones begin; `vs.`, `E. coli` and the like end none."""
    limit = min(len(text), last)
    for match in _STOP.finditer(text, start, limit):
        before = text[start : match.start()]
        if _ABBREVIATIONS.search(before[-12:]) and before[-1:] not in "?!？！":
            continue
        if before[-1:] in "?!？！" and not _VENUE_BEHIND.match(text, match.end()):
            continue
        yield match.span()
    body = text[start:limit].rstrip()
    if body.endswith((".", "。")) and not _ABBREVIATIONS.search(body[-13:-1]):
        yield start + len(body) - 1, limit


def _find_title_by_commas(text: str, start: int) -> Range | None:
    """Return where the title stands in `Title, Venue, 12 (2010)`: the venue is the piece in front of the numbers."""
    if quoted := _QUOTED.match(text, start):
        return quoted.span("title")
    pieces = [match.span() for match in re.finditer(r"[^,]+", text[: start + _MAX_TITLE]) if match.end() > start]
    pieces = [(max(begin, start), end) for begin, end in pieces]
    for at, (begin, end) in enumerate(pieces[1:], 1):
        piece = text[begin:end].strip()
        if at > 1 and re.match(r"(?:vol\.?\s?|no\.?\s?|pp\.?\s?|\(?)\d", piece, re.IGNORECASE):
            return _checked(text, start, pieces[at - 2][1])
        if read_imprint(piece).known or _IN.match(piece) or re.search(rf"\s\d{{1,4}}\s?\(?{_YEAR}?", piece):
            return _checked(text, start, pieces[at - 1][1])
    end = _find_plain_end(text, start, min(len(text), start + _MAX_TITLE))
    return _checked(text, start, end)


def _checked(text: str, start: int, end: int, *, stops: bool = True) -> Range | None:
    """Return the range without its outer marks, among them full `stops`; None where it can be no title."""
    while start < end and text[start] in ' \t,;:–—-“"*_':
        start += 1
    while end > start and text[end - 1] in _OUTER + (".。．" if stops else ""):
        end -= 1
    words = text[start:end].split()
    # `Smith (2010) showed that ...` is a sentence; `mRNA` and `iPhone` begin titles.
    spoken = bool(words) and words[0].isalpha() and words[0].islower() and words[0].isascii()
    good = 0 < count_words(text[start:end]) <= _MAX_TITLE_WORDS and not _YEAR_FIRST.match(text[start:end])
    return (start, end) if good and not spoken else None


def _finish(text: str, title: Range, names: tuple[str, ...], year: int | None, italics: Sequence[Range]) -> Reference:
    if text[title[1] :].strip() == ".":
        title = (title[0], text.rindex(".") + 1)  # a full stop that parts the title from nothing belongs to it
    if year is None and (dated := _YEAR_BEHIND.search(text[slice(*title)])):
        year, title = int(dated["year"]), (title[0], title[0] + dated.start())
    behind = title[1]
    while behind < len(text) and text[behind] in "》」』 \t.,;:”\"»’'?!。．，*_":
        behind += 1
    if mark := _MARK.match(text, title[1]):
        behind = mark.end()
    return Reference(
        title=text[slice(*title)],
        start=title[0],
        end=title[1],
        authors=names,
        venue=_find_venue(text, behind, italics),
        year=year or _find_year(text[behind:]),
    )


def _find_venue(text: str, start: int, italics: Sequence[Range]) -> str | None:
    """Return what stands between the title and the numbers behind it."""
    inside = _IN.match(text, start)
    begin = inside.end() if inside else start
    if volume := _VOLUME_AHEAD.match(text, begin):
        begin = volume.end()
    emphasised = next(((max(first, begin), end) for first, end in italics if end > begin + 1), None)
    close = emphasised is not None and emphasised[0] <= begin + 3
    body = text[slice(*emphasised)] if emphasised and close else text[begin : begin + _MAX_VENUE]
    numbers = _NUMBERS.search(body)
    body = body[: numbers.start()] if numbers else body
    stop = next(iter(_stops(body, 0, len(body))), None)
    # `J. Am. Chem. Soc.` goes on through its full stops; a venue of whole words ends at the first.
    if stop and len(body[: stop[0]].split()) > 1 and not re.search(r"\b[A-Z]\w{0,6}\.\s[A-Z]", body):
        body = body[: stop[0]]
    venue = " ".join(body.partition(" (")[0].split()).strip(_EDGE + "()[]“”\"'’*_")
    if not venue or len(venue.split()) > _MAX_VENUE_WORDS or ": " in venue or "http" in venue:
        return None
    if (venue[0].isascii() and not venue[0].isupper()) or split_names(venue, sure=False):
        return None
    # `Harv. L. Rev.` keeps its last full stop.
    return f"{venue}." if "." in venue and f"{venue}." in text else venue


def _find_year(text: str) -> int | None:
    match = _YEAR_IN_BRACKETS.search(text) or _YEAR_ANYWHERE.search(text)
    return int(match[1]) if match else None
