"""Where two titles differ, and whether the difference carries meaning.

in -> out: two titles taken apart -> their `Difference`s, in order. The words are aligned first, so that every
difference is a run of words on one side against a run on the other. Rules: design.md, "Getting the right paper"; the
words of notices are those of the Crossref update types and of the look-alikes met in its records.
"""

import re
from itertools import pairwise
from typing import Literal

import msgspec
from rapidfuzz.distance import Levenshtein

from pipeline.text.folding import fold, plain
from pipeline.text.spelling import (
    ARTICLES,
    NEGATIONS,
    STOP_WORDS,
    canonical,
    is_number,
    is_of_one_family,
    is_one_letter_off,
    is_same_number,
    is_slip,
    isotope,
)

Kind = Literal[
    "article", "join", "footnote", "slip", "letter", "family", "small", "mark", "subtitle", "name", "notice", "number",
    "negation", "word",
]  # fmt: skip
HARMLESS: frozenset[Kind] = frozenset({"article", "join", "footnote", "slip"})
"""These pass by themselves."""
LOOSE: frozenset[Kind] = frozenset({"letter", "family", "small", "mark", "subtitle", "name"})
"""These pass when other witnesses agree."""

_BREAK = re.compile(r":(?!\d)|(?<![;?!.])(?<!\b[A-HJ-UWYZ])[;?!.]++(?=\s)|\s[-–—|/~]+(?=\s)|[—–]+(?=[^\W\d])|[(\[]|…")
_SIGN_OF_BREAK = re.compile(r"[:;?!.(\[…—–]|\s[-|/~]")
"""One of these is in every break: a cheap look before the long one."""
_COINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
_FOOTNOTE = re.compile(r"([a-z]{4,})[1-3][ab]?(?: \d[ab]?)*")
_GENUS = re.compile(r"\b[A-Z]\.(?=\s[a-z]{3})")
_DIMENSIONS = re.compile(r"(?<=\d)dimensional")
_NUMBERED = re.compile(r"\s(?:\d{1,2}|[IVX]{2,5})\s*$")
_LONGEST_RUN = 12
"""Words on both sides of a run that may still be the same words joined and misspelt."""
_LONGEST_PART = len("xviii")
_LONGEST_NAME = 3
"""Words of a coined name before the colon (`Rubik's Cube+: ...` has three)."""
_NOTICE_WORDS = (
    "correction corrections corrected corrigendum corrigenda erratum errata addendum addenda amendment retraction "
    "retracted withdrawal withdrawn removal removed reply replies response responses rejoinder comment comments "
    "commentary abstract poster supplement supplementary supplemental suppl supporting appendix notice concern re "
    "berichtigung erwiderung kommentar rectificacion rectification reponse respuesta comentario"
)
_OPENING_WORDS = "review discussion editorial letter expression book"
_FILLING_WORDS = (
    "author authors editor editors publisher publishers editorial the a an to of on in for by and note article paper "
    "material materials information data file files online only expression letter"
)
_PART_WORDS = "part parts pt volume vol chapter section no number paper teil tome deel parte partie"
_NOTICES = frozenset(_NOTICE_WORDS.split())
_CLOSING = frozenset({("discussion",), ("editorial",), ("letter",)})
"""Notices only where nothing else stands behind the break: `... . Discussion`, not `...: a discussion of methods`."""
_REPLIES = frozenset(("reply", "replies", "rejoinder", "erratum", "errata", "corrigendum", "corrigenda", "addendum"))
"""A subtitle does not begin with these; with `response` or `correction` it may: of trees to wind, of drift."""
_COMMENTS = frozenset(("comment", "comments", "commentary"))
_NOTICE_HEADS = _NOTICES | frozenset(_OPENING_WORDS.split())
_NOTICE_FILL = frozenset(_FILLING_WORDS.split())
_PARTS = frozenset(_PART_WORDS.split())
_MARK = (
    r"(?:(?:extended|short|long|invited|panel|keynote|plenary|tutorial|industrial|industry|poster|demo|demonstration|oral"
    r"|full|the|conference|meeting)\s+)*"
    r"(?:abstracts?|panels?|posters?|tutorials?|keynotes?|invited|demos?|demonstrations?|plenary|summary)"
    r"(?:\s+(?:session|sessions|paper|papers|talk|talks|address|lecture|discussion|presentation|only|abstract))*"
    r"|(?:short|full|long|industrial)\s+(?:paper|session)|book\s+reviews?"
)
_MARK_END = re.compile(
    rf"(?<=\S)\s*(?:[\[(]\s*(?:{_MARK})\s*[\])]|(?:\s[-–—]+\s*|[—:.]\s*)(?:{_MARK}))\s*\.?\s*$", re.IGNORECASE
)
_MARK_START = re.compile(
    r"(?:invited(?:\s+(?:talk|paper|lecture))?|keynote(?:\s+(?:talk|address|lecture))?|panel|poster|demo|tutorial)\s*[:—–]\s*",
    re.IGNORECASE,
)
_MARK_EDGE = re.compile(r"[\[(:.–—]|\s-")
"""One of these stands between every title and its mark: a cheap look before the long ones."""
_LONGEST_MARK = 60
_EDITIONS = frozenset(("edition", "ed", "edn", "auflage", "aufl"))
_LONGEST_EDITION = 5
"""Words: `2nd revised and enlarged edition`."""
_SEQUELS = frozenset(("revisited", "reloaded", "continued", "concluded", "update", "updated"))


class Difference(msgspec.Struct, frozen=True, gc=False):
    """One place where two titles differ."""

    kind: Kind
    listed: tuple[str, ...]
    found: tuple[str, ...]

    def describe(self) -> str:
        """Say it in words, for evidence and issues."""
        sides = " / ".join(" ".join(side) or "nothing" for side in (self.listed, self.found))
        return f"{_NAMES[self.kind]}: {sides}"


_NAMES: dict[Kind, str] = {
    "article": "article lost",
    "join": "written in one or in two words",
    "footnote": "mark of a footnote",
    "slip": "typing error",
    "letter": "one letter differs",
    "family": "another word of one family",
    "mark": "kind of contribution on one side only",
    "small": "small word differs",
    "subtitle": "subtitle on one side only",
    "name": "name before the colon on one side only",
    "notice": "notice about a paper on one side only",
    "number": "number differs",
    "negation": "negation differs",
    "word": "word differs",
}


class Title(msgspec.Struct, frozen=True, gc=False):
    """A title, taken apart; what only an alignment wants to know is found out when it does."""

    words: tuple[str, ...]
    forms: tuple[str, ...]
    """The same words in one spelling."""
    breaks: frozenset[int]
    """How many words stand before each colon, full stop, dash or bracket."""
    shown: str
    """The text, without markup."""
    pieces: tuple[str, ...]
    """What stands between the breaks."""
    mark: str = ""
    """What kind of contribution it says to be: `abstract`, `panel session`; the work may be called without it."""

    @property
    def is_coined(self) -> bool:
        """Whether the part before the first break looks like an invented name (`BERT`, `SimCLR`, `Cube+`)."""
        head = self.pieces[0]
        return bool(_COINED.search(head) or "+" in head) and self.shown.upper() != self.shown

    @property
    def is_numbered(self) -> bool:
        """Whether a short number stands alone at the end (`... II`), as in parts of a work; not in `SARS-CoV-2`."""
        return bool(_NUMBERED.search(self.pieces[-1]))

    @property
    def genera(self) -> frozenset[int]:
        """Positions of one-letter genera, as in `E. coli`."""
        return frozenset(len(fold(self.shown[: found.start()]).split()) for found in _GENUS.finditer(self.shown))


def split_mark(title: str) -> tuple[str, str]:
    """Separate a title from the kind of contribution that stands in front of or behind it.

    >>> split_mark("Deep feathers (Extended Abstract)"), split_mark("Panel: who weighs feathers?")
    (('Deep feathers', 'extended abstract'), ('who weighs feathers?', 'panel'))
    >>> split_mark("An abstract of feathers"), split_mark("(abstract)")
    (('An abstract of feathers', ''), ('(abstract)', ''))
    """
    if not _MARK_EDGE.search(title):
        return title, ""
    start = _MARK_START.match(title)
    if start and start.end() < len(title):
        return title[start.end() :], fold(start[0])
    end = _MARK_END.search(title, max(len(title) - _LONGEST_MARK, 1))
    return (title[: end.start()], fold(end[0])) if end else (title, "")


def parse(text: str, mark: str = "") -> Title:
    """Take a title apart into words, and the places where a subtitle could begin; its mark was split off before."""
    shown = plain(text)
    pieces = tuple(split_at_breaks(shown))
    words: list[str] = []
    breaks: list[int] = []
    for piece in pieces:
        words += fold(piece).split()
        breaks.append(len(words))
    return Title(tuple(words), tuple(map(canonical, words)), frozenset(breaks[:-1]), shown, pieces, mark)


def split_at_breaks(shown: str) -> list[str]:
    """Cut a title, without markup, where a subtitle could begin: at a colon, full stop, dash or bracket.

    >>> split_at_breaks("Deep nets: a survey (revised)"), split_at_breaks("E. coli")
    (['Deep nets', ' a survey ', 'revised)'], ['E. coli'])
    """
    return _BREAK.split(shown) if _SIGN_OF_BREAK.search(shown) else [shown]


def find(listed: Title, found: Title) -> tuple[Difference, ...]:
    """Align two titles and return where they differ; nothing when all words are the same words."""
    differences: list[Difference] = []
    if (listed.mark or found.mark) and not {*listed.mark.split()} & {*found.mark.split()}:
        differences.append(Difference("mark", tuple(listed.mark.split()), tuple(found.mark.split())))
    for left, right in _runs(listed.forms, found.forms):
        differences += _judge(listed, found, left, right)
    return tuple(differences)


def _runs(listed: tuple[str, ...], found: tuple[str, ...]) -> list[tuple[slice, slice]]:
    """Unequal runs of the alignment, neighbours joined."""
    runs: list[tuple[slice, slice]] = []
    for operation in Levenshtein.opcodes(listed, found):
        if operation.tag == "equal":
            continue
        left, right = slice(operation.src_start, operation.src_end), slice(operation.dest_start, operation.dest_end)
        if runs and runs[-1][0].stop == left.start and runs[-1][1].stop == right.start:
            before = runs.pop()
            left, right = slice(before[0].start, left.stop), slice(before[1].start, right.stop)
        runs.append((left, right))
    return runs


def _judge(listed: Title, found: Title, left: slice, right: slice) -> list[Difference]:
    """Name one unequal run; a slip in the last word before a dropped subtitle makes two of it."""
    run, other = listed.words[left], found.words[right]
    whole = _harmless(run, other)
    if whole is not None:
        return whole
    if len(run) == len(other) == 1 and (
        _is_genus(listed, found, left.start, right.start) or _is_genus(found, listed, right.start, left.start)
    ):
        return [Difference("join", run, other)]
    if (left.stop, right.stop) == (len(listed.words), len(found.words)) and _is_footnote(run, other):
        return [Difference("footnote", run, other)]
    for cut in sorted(cut for cut in found.breaks if right.start <= cut < right.stop):
        start = _harmless(run, found.words[right.start : cut])
        if start is not None and right.stop == len(found.words):
            return [*start, Difference(_tail(found, cut), (), found.words[cut:])]
    for cut in sorted(cut for cut in listed.breaks if left.start <= cut < left.stop):
        start = _harmless(listed.words[left.start : cut], other)
        if start is not None and left.stop == len(listed.words):
            return [*start, Difference(_tail(listed, cut), listed.words[cut:], ())]
    return [Difference(_meaning(listed, found, left, right), run, other)]


def _harmless(run: tuple[str, ...], other: tuple[str, ...]) -> list[Difference] | None:
    """The run's differences if none carries meaning, else None."""
    if run == other:
        return []
    one = tuple(word for word in run if word not in ARTICLES)
    two = tuple(word for word in other if word not in ARTICLES)
    lost = [] if (one, two) == (run, other) else [Difference("article", run, other)]
    if not one and not two:
        return lost
    if len(one) + len(two) > _LONGEST_RUN:
        return None
    if _join(one) == _join(two):
        return lost or [Difference("join", run, other)]
    if len(one) == len(two) and all(_is_same_word(a, b) or is_slip(a, b) for a, b in zip(one, two, strict=True)):
        return [*lost, *(Difference("slip", (a,), (b,)) for a, b in zip(one, two, strict=True) if is_slip(a, b))]
    if one and two and is_slip("".join(one), "".join(two)):
        return [*lost, Difference("slip", one, two)]
    return None


def _join(words: tuple[str, ...]) -> str:
    """One form for `data set`, `dataset` and `datasets`, for `3D` and `three-dimensional`."""
    joined = canonical("".join(canonical(word) if is_number(word) else word for word in words))
    return isotope(_DIMENSIONS.sub("d", joined)) if any(char.isdigit() for char in joined) else joined


def _is_footnote(run: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The mark of a footnote sticks to the last word (`acid<sup>1</sup>`), as old deposits of the ACS have it."""
    shorter, longer = sorted((" ".join(run), " ".join(other)), key=len)
    marked = _FOOTNOTE.fullmatch(longer)
    return marked is not None and marked[1] == shorter


def _is_genus(one: Title, other: Title, at: int, there: int) -> bool:
    """`E. coli` for `Escherichia coli`: one letter for a word, before a species that both name."""
    is_abbreviated = at in one.genera and other.words[there].startswith(one.words[at])
    return is_abbreviated and one.words[at + 1 : at + 2] == other.words[there + 1 : there + 2]


def _is_same_word(one: str, other: str) -> bool:
    return canonical(one) == canonical(other) or (is_number(one) and is_number(other) and is_same_number(one, other))


def _tail(title: Title, start: int) -> Kind:
    """What stands behind the break: a subtitle, or something that makes it another work."""
    cuts = sorted({start, len(title.words), *(cut for cut in title.breaks if cut > start)})
    for begin, end in pairwise(cuts):
        words = title.words[begin:end]
        if any(word in _NOTICES for word in words) and all(word in _NOTICES | _NOTICE_FILL for word in words):
            return "notice"
        if words in _CLOSING or _is_reply(words):
            return "notice"
        if _is_part(words) or set(words) <= _SEQUELS or _is_edition(words):
            return "number"
    return "number" if title.is_numbered else "subtitle"


def _is_reply(words: tuple[str, ...]) -> bool:
    """Whether the words behind a break speak about the paper in front of it: `a reply to Smith`, `comments on Doe`."""
    rest = tuple(word for word in words if word not in ARTICLES)
    first, after = (*rest, "", "")[:2]
    is_of_authors = first in ("author", "authors") and after in ("response", "responses")
    return first in _REPLIES or is_of_authors or (first in _COMMENTS and after in ("on", "to", "by"))


def _is_part(words: tuple[str, ...]) -> bool:
    """Whether the words between two breaks number a part: `Part II`, `2` (of `2. Further results`), `Vol. B`."""
    if len(words) == 1 and is_number(words[0]) and len(words[0]) <= _LONGEST_PART:
        return True
    return any(word in _PARTS and (is_number(after) or len(after) == 1) for word, after in pairwise(words))


def _is_edition(words: tuple[str, ...]) -> bool:
    """Whether the words between two breaks number an edition: `2nd ed.`, `third revised edition`."""
    return words[-1] in _EDITIONS and len(words) <= _LONGEST_EDITION and any(is_number(word) for word in words)


def _meaning(listed: Title, found: Title, left: slice, right: slice) -> Kind:
    """Name a run that is not harmless."""
    run, other = listed.words[left], found.words[right]
    if left.start == right.start == 0 and not (run and other):
        return _head(found, right.stop) if other else _head(listed, left.stop)
    if any(is_number(word) for word in {*run} ^ {*other}):
        return "number"
    if ({*run} ^ {*other}) & NEGATIONS:
        return "negation"
    if max(len(run), len(other)) == 1 and all(word in STOP_WORDS for word in (*run, *other)):
        return "small"
    if len(run) == len(other) == 1:
        if is_one_letter_off(run[0], other[0]) or _is_greek_lookalike(run[0], other[0]):
            return "letter"
        if is_of_one_family(run[0], other[0]):
            return "family"
    extra = run or other
    is_notice = not (run and other) and any(word in _NOTICES for word in extra)
    return "notice" if is_notice and all(word in _NOTICES or word in _NOTICE_FILL for word in extra) else "word"


def _is_greek_lookalike(one: str, other: str) -> bool:
    """`α-synuclein` typed as `a-synuclein`."""
    return any(
        pair in (("alpha", "a"), ("beta", "b"), ("gamma", "g"), ("delta", "d")) for pair in ((one, other), (other, one))
    )


def _head(title: Title, stop: int) -> Kind:
    """What stands in front of the title: a notice, a coined name, or another word."""
    words = title.words[:stop]
    first = next((word for word in words if word not in _NOTICE_FILL or word in _NOTICE_HEADS), None)
    if first in _NOTICE_HEADS:
        return "notice"
    if first is None:
        return "small" if all(word in STOP_WORDS for word in words) else "word"
    if any(word in NEGATIONS for word in words):
        return "negation"
    if stop in title.breaks and stop <= _LONGEST_NAME and title.is_coined and stop == min(title.breaks):
        return "name"
    return "number" if any(is_number(word) for word in words) else "word"
