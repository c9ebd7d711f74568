"""What a row says besides its title: authors, venue, year.

in -> out: the spans in front of the title and behind it -> `Notes`. The first that is found of each counts; what is not
understood is kept as `rest`, because its length tells a row from a sentence.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.lists.imprint import Imprint, find_year, is_titled_venue, names_venue, read_imprint
from pipeline.lists.label import find_role, is_label
from pipeline.lists.names import read_mark, split_names
from pipeline.lists.people import read_authors
from pipeline.lists.reference import split_sentences
from pipeline.lists.span import Span, count_words, plain, split_lines

_BRACKETS = set("()[]{}")
_EDGE = " \t.|,;·•-–—，；。"
# `(2015), G. Hinton et al.`
_YEAR_AHEAD = re.compile(r"[(\[]?((?:19|20)\d\d)[a-z]?[)\]][\s,.:;]*(?=\S)")
# `(Kirillov et al., ICCV 2023)`
_NAMED_AHEAD = re.compile(r"[(\[（【]?([^()\[\]（）【】]{2,80}?\bet\.? al\b\.?),?\s+(?=\S)", re.IGNORECASE)
_EMOJI = re.compile(r":[a-z][a-z0-9_+-]{1,30}:|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\uFE0F]+")
# `by Ann Lee, Bob Ray in Journal of Sets, 2020`
_BY = re.compile(r"by (?P<names>[^.;()]{5,300}?) (?:in|at) (?P<rest>[A-Z].{2,200})")
_MAY_BE_VENUE = re.compile(r"[\s.,;:(\[（]*[^\W\d_]+,? \d{4}[\s.,;:)\]）]*")
_OPEN, _CLOSED = tuple("[(【（"), tuple("])】）")
_SEPARATORS = ("] [", "][", " | ", "; ", " (", " - ", " – ", " — ")
# No text has more parts inside of parts; deeper ones are not read.
_MAX_DEPTH = 30
# Text further behind the title than this is an abstract; who and when stand before it.
_MAX_LENGTH, _MAX_PARTS, _MAX_VENUE, _MAX_VENUE_PIECES = 3000, 12, 6, 4


class Notes:
    """Collects what the parts of a row say."""

    def __init__(self) -> None:
        self.authors: tuple[str, ...] = ()
        self.imprint = Imprint()
        self.rest = ""
        self.marked = False
        self._depth = 0

    def read_texts(self, texts: Sequence[str]) -> None:
        """Read texts that were cut off around the title."""
        for text in texts:
            imprint = read_imprint(text)
            # What was cut off behind a title because of its shape is a venue, known or not.
            if imprint.pure and imprint.year and read_mark(text) is None and not _BRACKETS & set(imprint.venue or ""):
                self._take(imprint)
            else:
                self._read(text, sure=False)

    def read(self, spans: Sequence[Span]) -> None:
        """Read spans in front of the title or behind it."""
        for line in split_lines(spans):
            # A name alone on the line below the title is its author.
            below = line[0].kind in ("soft", "hard") and not (self.authors or self.rest)
            self._read_line(line, sure=below)

    def _read_line(self, line: Sequence[Span], *, sure: bool) -> None:
        """Read a line in stretches of one style; linked names belong to the text around them."""
        stretch: list[Span] = []
        for role, value in _group_fields(line):
            self._read_field(role, value)
        for span in line:
            if span.field:
                continue
            if span.kind == "text" or (is_person(span) and not _is_bracketed(span)):
                if stretch and span.text.strip() and span.italic != stretch[0].italic:
                    self._read_stretch(stretch, sure=sure)
                    stretch = []
                if stretch or span.text.strip():
                    stretch.append(span)
                continue
            self._read_stretch(stretch, sure=sure)
            stretch = []
            if span.kind == "link":
                self._read_label(span)
        self._read_stretch(stretch, sure=sure)

    def _read_field(self, role: str, value: str) -> None:
        """Read a labelled field, whose label leaves no doubt."""
        if role == "authors" and not self.authors:
            self.authors = read_authors(value, sure=True, bare=True)
        elif role == "year":
            self._take(Imprint(year=find_year(value)))
        elif role == "venue":
            imprint = read_imprint(value)
            venue = imprint.venue if imprint.pure and imprint.year else value.strip(_EDGE)
            self._take(Imprint(venue=venue or None, year=imprint.year or find_year(value)))

    def _read_label(self, link: Span) -> None:
        """Read `[[CVPR 2021]](...)`, and `[[Information Fusion]](...)`, whose brackets say that it is no title."""
        imprint = read_imprint(link.text)
        if marked := read_mark(f"[{link.text.strip('[]')}]"):
            self._take_mark(link.text, marked)
        elif imprint.pure and (imprint.year or not is_label(link.text)):
            self._take(imprint)
        elif _is_bracketed(link) and is_person(link) and count_words(link.text) <= _MAX_VENUE:
            self._take(Imprint(venue=link.text.strip("[] "), pure=True))

    def _read_stretch(self, stretch: Sequence[Span], *, sure: bool) -> None:
        text, italic = "".join(span.text for span in stretch), any(span.italic for span in stretch)
        if italic and not self.imprint.venue and is_titled_venue(text.strip(_EDGE)):
            self._take(Imprint(venue=text.strip(_EDGE), pure=True))
        else:
            self._read(text, sure=sure or italic)

    def _read(self, text: str, *, sure: bool) -> None:
        if self._depth >= _MAX_DEPTH:
            return
        self._depth += 1
        text = _EMOJI.sub(" ", text)
        if not self.authors and (marked := read_mark(text.strip(_EDGE))):
            self._take_mark(text, marked)
        else:
            self._read_words(text.strip(_EDGE), sure=sure)
        self._depth -= 1

    def _read_words(self, text: str, *, sure: bool) -> None:
        text = self._read_ahead(text)
        bracketed = text[:1] in _OPEN or (text[-1:] in _CLOSED and not set(text) & set(_OPEN))
        head, parenthesis, tail = text.partition(" (")
        imprint = read_imprint(text)
        if len(text) < 2:  # a letter between two links says nothing
            return
        if parenthesis and read_imprint(head).known:
            self._take(read_imprint(head))
            self._read(tail, sure=False)
        elif (named := _NAMED_AHEAD.match(text)) and (where := read_imprint(text[named.end() :])).pure:
            self.authors = self.authors or read_authors(named[1])
            self._take(where)
        elif bracketed and not imprint.known and (parts := _part_venue(text)):
            for part in parts:
                self._read(part, sure=False)
        elif (
            imprint.known
            or _begins_with_venue(text, imprint)
            or (bracketed and imprint.year and _is_clean(imprint.venue))
        ):
            self._take(imprint)
        elif not self.authors and (authors := read_authors(text, sure=sure)):
            self.authors = authors
            self._take(Imprint(year=find_year(text)))
        elif len(parts := _split(text)) > 1:
            for part in parts:
                self._read(part, sure=sure)
        elif imprint.pure and imprint.year and (self.authors or names_venue(text)):
            self._take(imprint)
        else:
            self._take(Imprint(year=imprint.year))
            self.rest = f"{self.rest} {text}".strip()[:_MAX_LENGTH]

    def _read_ahead(self, text: str) -> str:
        """Read the year, or `by` and the authors, at the beginning of a text; return the rest."""
        if dated := _YEAR_AHEAD.match(text):
            self._take(Imprint(year=int(dated[1])))
            return text[dated.end() :]
        if (by := _BY.fullmatch(text)) and not self.authors:
            self.authors = read_authors(by["names"], sure=True)
            return by["rest"] if self.authors else text
        return text

    def _take_mark(self, text: str, mark: tuple[tuple[str, ...], int]) -> None:
        """Keep who and when; `Doe 2018` could be a venue, `Doe et al. 2018` and `Doe (2018)` could not."""
        names, year = mark
        if not self.authors:
            self.authors, self.marked = names, _MAY_BE_VENUE.fullmatch(text) is not None
        self._take(Imprint(year=year))

    def _take(self, imprint: Imprint) -> None:
        """Keep the first venue and its own year, which counts more than the year of a date beside it."""
        if imprint.venue and not self.imprint.venue:
            self.imprint = Imprint(venue=imprint.venue, year=imprint.year or self.imprint.year)
        elif imprint.year and not self.imprint.year:
            self.imprint = Imprint(venue=self.imprint.venue, year=imprint.year)


def _group_fields(line: Sequence[Span]) -> list[tuple[str, str]]:
    groups = [(role, plain(list(spans))) for role, spans in groupby(line, key=lambda span: span.field)]
    return [(role, value) for role, value in groups if role]


def _is_clean(venue: str | None) -> bool:
    return venue is not None and not _BRACKETS & set(venue)


def _begins_with_venue(text: str, imprint: Imprint) -> bool:
    """Tell whether `Journal of Sets, 2020` is all that a text says."""
    said = imprint.pure and imprint.year is not None and _is_clean(imprint.venue)
    return said and names_venue(text.partition(" ")[0])


def is_person(span: Span) -> bool:
    """Tell whether a link's label is no label, as a linked author's name is none."""
    return span.kind == "link" and bool(span.text) and find_role(span.text, span.url or "") == "words"


def _is_bracketed(span: Span) -> bool:
    return span.text[:1] in _OPEN


def _part_venue(text: str) -> list[str]:
    """Part the names from the venue in `(Lee and Ray, CVPR 2018)`; [] where both parts may be the venue."""
    names, _, last = text.strip("()[]（）【】 ").rpartition(", ")
    where = read_imprint(last)
    return [names, last] if names and where.known and where.venue and not names_venue(names) else []


def _split(text: str) -> list[str]:
    """Split `Authors. Venue 2020`, `07 Aug 2025] [arXiv, 2025` and `Ann Lee, Bob Ray, CVPR 2018` into their parts."""
    if len(text) > _MAX_LENGTH:
        return [text]
    if len(sentences := split_sentences(text)) > 1:
        return sentences[:_MAX_PARTS]
    separator = next((separator for separator in _SEPARATORS if separator in text), None)
    if separator:
        return text.split(separator, maxsplit=_MAX_PARTS)
    pieces = text.split(", ")
    # The venue may have commas of its own: `K. Doe, B. Roe, Symposium on Sheep, Wool and Milk 2018`.
    for at in range(len(pieces) - 1, max(0, len(pieces) - _MAX_VENUE_PIECES), -1):
        names, last = ", ".join(pieces[:at]), ", ".join(pieces[at:])
        where = read_imprint(last)
        if where.known or (where.pure and where.year and split_names(names)):
            return [names, last]
    return [text]
