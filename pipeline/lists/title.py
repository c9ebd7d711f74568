"""Titles: told from what stands before and behind them, and freed of decoration.

in -> out: text of a row -> `Split`, the title and the notes (venue, year, authors, nickname) that were cut off. A title
stays as written: no full stop, quote or dash inside it is touched.
"""

import re
from functools import lru_cache

import msgspec

from pipeline.lists.imprint import read_imprint
from pipeline.lists.label import is_label
from pipeline.lists.names import read_mark
from pipeline.lists.people import read_authors
from pipeline.lists.span import count_words

_EMOJI = r"\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u23FF\u2460-\u24FF\u25A0-\u27BF\u2B00-\u2BFF\uFE0F\u200D"
_DECORATION = rf"[\s\-–—:：|,;·•*~{_EMOJI}]"
_SHORTCODE = ":[a-z][a-z0-9_+-]{1,30}:"
_EDGE_LEFT = re.compile(rf"^(?:{_SHORTCODE}|{_DECORATION}|[>+#`]|\.(?=\s))+")
# Begins only where no decoration stands before, and gives nothing back: every run of decoration is read once.
_EDGE_RIGHT = re.compile(rf"(?<!{_DECORATION})(?<!_)(?:{_SHORTCODE}|{_DECORATION}|_)++$")
_PAIRS = ("[]", "()", "“”", '""', "''", "‘’", "«»", "「」", "『』", "《》", "【】", "（）", "``", "{}")
_NUMBER = re.compile(r"^(?:\[[ xX]\]|(?:\d{1,4}|[ivx]{1,4})[.)、．]|[(\[（]\d{1,3}[)\]）])\s+")
_FIELD = re.compile(r"^(?:paper|title|paper title|name|论文|标题|题目|论文标题)\s*[:：]\s*", re.IGNORECASE)
_GROUP_AHEAD = re.compile(
    r"^([\[(（【])([^\[\]()（）【】]{1,100})[\])）】]\s*[:：\-–—.,|]?(?:\s+|(?=[“\"*A-Z\u3400-\u9fff]))"
)
_DATE_AHEAD = re.compile(
    r"^((?:19|20)\d\d(?:\s?[-/.年]\s?\d{1,2}){0,2}[月日]?)\s*(?:[:：|)\-–—,.]\s+|\s[-–—]\s|(?=[“\"]))"
)
_DATED_VENUE_AHEAD = re.compile(
    r"^((?:19|20)\d\d[-/. ]?[A-Z][A-Za-z]+|[A-Z][A-Za-z]+[-/. '’]{0,2}(?:(?:19|20)\d\d|(?<=['’])\d\d))"
    r"[\s:：\-–—|,.]+(?=\S)"
)
_VENUE_AHEAD = re.compile(r"^([A-Z][^:\-–—|,.]{1,40}?)\s*(?:[:：|,.]|\s[-–—])\s+(?=\S)")
_GROUP_BEHIND = re.compile(r"\s*[\[(（【]([^\[\]()（）【】]{1,160})[\])）】]\s*[.,;:]?$")
_PIECE_BEHIND = re.compile(r"(?:[,;|]|(?<=[\w)?!'\"”])\.|\s[-–—@]|\s(?=(?:in|at) [A-Z]))\s*([^,;|]{2,90})$")
_SEE_BEHIND = re.compile(r"[\s,;.(]+(?:see(?: also)?|cf\.?)[\s:(]*$", re.IGNORECASE)
_ET_AL = re.compile(r"[\w.\- ]{2,40}\bet\.? al\.?,?\s*(?:\d{4})?")
# Marks that lists put in front of a title and that say something about the paper itself.
_KEPT_MARKS = {"re", "retracted", "withdrawn"}
_NICKNAME_WORDS = 3
# `J. Am. Chem. Soc.`
_ABBREVIATED = re.compile(r"(?:[A-Z]\w{0,7}\.\s?){2,8}")
# Publishers print this behind the titles of abstracts.
_ABSTRACT_ONLY = re.compile(r"(?:extended )?abstract(?: only)?", re.IGNORECASE)
# A venue behind a comma that is told by its year alone has no more words, the year among them.
_SIDE_WORDS = 5
_PROSE_START = re.compile(
    r"^(?:please|if you|you (?:can|may|could|should|will|are)|our (?:paper|survey|work|repo|repository|list|code|team)"
    r"|we (?:are|have|use|will|would|also|hope|thank|welcome|provide)|my |check (?:out|it)|here (?:is|are|you)"
    r"|feel free|see (?:also|the|our|here|this|more|below)|thanks? |note that|inspired by|based on the|click|welcome to"
    r"|similar (?:lists|collections|repos)|find (?:more|out|our)|contact (?:me|us)|read (?:more|our)|join (?:us|our)"
    r"|follow (?:me|us|the)|refer (?:to|more)|this (?:repo|repository|list|page|is|project|work)"
    r"|a (?:collection|curated|list)|for (?:more|the full|details|further)|more (?:details|information|papers)"
    r"|the (?:following|original|code))\b",
    re.IGNORECASE,
)
# In lower case and not behind a hyphen: `Virtual Try-On` is a title.
_PROSE_END = re.compile(
    r"(?<![\w-])(?:the|our|a|an|in|on|at|of|from|see|this|these|following|is|are|was|to|and|with|via|here|for|my|their|its"
    r"|as|or|paper|visit|called|by)$"
)
# The longest title in the lists measured has 37 words.
_MAX_WORDS = 50
# No row is decorated so often; the bound keeps reading linear.
_MAX_ROUNDS = 9


class Split(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A title and what was cut off around it."""

    title: str
    notes: tuple[str, ...] = ()


def clean_title(text: str) -> str:
    """Free a title of decoration at its ends: emoji, separators, quotes around all of it, lone brackets.

    >>> clean_title(" 🔥 “Paint by Word.” - "), clean_title("[GNeRF: (x) y"), clean_title('"Why?": Because')
    ('Paint by Word.', 'GNeRF: (x) y', '"Why?": Because')
    """
    body = " ".join(text.split())
    for _ in range(_MAX_ROUNDS):
        stripped = _strip_pair(_EDGE_RIGHT.sub("", _EDGE_LEFT.sub("", body)))
        if stripped == body:
            break
        body = stripped
    return body


@lru_cache(maxsize=4096)
def split_lead(text: str) -> Split:
    """Cut off what precedes a title: numbers, check boxes, dates, `[CVPR 2021]`, `[SimCLR]`.

    >>> split_lead("[x] 1. [2023 bioRxiv] CellPLM: Pre-training")
    Split(title='CellPLM: Pre-training', notes=('[2023 bioRxiv]',))
    >>> split_lead("(Certified!!) Robustness for Free!").title
    '(Certified!!) Robustness for Free!'
    """
    notes: list[str] = []
    for _ in range(_MAX_ROUNDS):
        text = _EDGE_LEFT.sub("", text)
        if match := _NUMBER.match(text) or _FIELD.match(text):
            text = text[match.end() :]
        elif note := _read_ahead(text):
            notes.append(note[0])
            text = text[note[1] :]
        else:
            break
    return Split(title=text, notes=tuple(notes))


@lru_cache(maxsize=4096)
def split_tail(text: str) -> Split:
    """Cut off what follows a title: `(AAAI 2022)`, `, NeurIPS 2017`, `[oral]`, `(Vaswani et al.)`.

    >>> split_tail("Robust Trees (for free) (AAAI 2022)"), split_tail("Deep Sets, NIPS 2017.").title
    (Split(title='Robust Trees (for free)', notes=('(AAAI 2022)',)), 'Deep Sets')
    """
    notes: list[str] = []
    for _ in range(_MAX_ROUNDS):
        body = _EDGE_RIGHT.sub("", text)
        if see := _SEE_BEHIND.search(body[-20:]):
            body = text = body[: len(body) - len(see[0])]
        # Only the end is searched: no note is longer.
        group = _GROUP_BEHIND.search(body[-170:])
        piece = _PIECE_BEHIND.search(body[-100:])
        if group and _is_note(group[1]) and not _ABSTRACT_ONLY.fullmatch(group[1]):
            notes.append(group[0].strip())
            text = body[: len(body) - len(group[0])]
        elif piece and _is_side_piece(piece[1]) and body[: len(body) - len(piece[0])].strip():
            notes.append(piece[1])
            text = body[: len(body) - len(piece[0])]
        else:
            break
    return Split(title=text, notes=tuple(notes))


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """Tell whether `text` can be a title at all: words that are no label, no venue, no date, no caption.

    >>> is_title("Deep Sets"), is_title("[PDF]"), is_title("NeurIPS 2020"), is_title("Authors:")
    (True, False, False, False)
    """
    if not 0 < count_words(text) <= _MAX_WORDS or not any(character.isalpha() for character in text):
        return False
    if _ABBREVIATED.fullmatch(text.strip()):
        return False
    return not text.rstrip().endswith((":", "：")) and not is_label(text) and not read_imprint(text).known


def is_prose(text: str) -> bool:
    """Tell whether `text` is the beginning of a sentence to the reader rather than a title.

    >>> is_prose("For more details see our"), is_prose("Attention Is All You Need"), is_prose("You only look once")
    (True, False, False)
    """
    starts = bool(_PROSE_START.match(text)) and not is_headline(text)
    return starts or is_unfinished(text) or count_words(text) > _MAX_WORDS


def is_unfinished(text: str) -> bool:
    """Tell whether `text` breaks off behind a word that no title ends with, such as `the` or `see our`."""
    return bool(_PROSE_END.search(text.rstrip(" :-–—([")))


def is_headline(text: str) -> bool:
    """Tell whether `text` is written like a title: at least three words, and most of the longer ones in capitals.

    >>> is_headline("Set Transformer: A Framework"), is_headline("Collection of Android applications")
    (True, False)
    """
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]  # shorter ones are small anyway
    capital = sum(1 for word in words if word[0].isupper())
    return count_words(text) >= 3 and capital * 10 >= len(words) * 7  # a word like `via` or `learning` may be small


def _strip_pair(body: str) -> str:
    for pair in _PAIRS:
        opening, closing = pair[0], pair[1]
        inner = body[1:-1]
        if body[:1] == opening and body[-1:] == closing and inner and not {opening, closing} & set(inner):
            return inner
        if opening == closing:
            continue
        if (body[:1] == opening and closing not in body) or (body[:1] == closing and opening not in body):
            return body[1:]
        if body[-1:] in (opening, closing) and body.count(opening) != body.count(closing):
            return body[:-1]
    return body


def _read_ahead(text: str) -> tuple[str, int] | None:
    """Return the note in front of a title, and where it ends."""
    if group := _GROUP_AHEAD.match(text):
        note = group[2].strip()
        nickname = group[1] in "[【" and count_words(note) <= _NICKNAME_WORDS and note.lower() not in _KEPT_MARKS
        return (group[0].strip(), group.end()) if nickname or _is_note(note) else None
    if date := _DATE_AHEAD.match(text):
        return date[1], date.end()
    if (dated := _DATED_VENUE_AHEAD.match(text)) and read_imprint(dated[1]).known and " " in text[dated.end() :]:
        return dated[1], dated.end()
    if (venue := _VENUE_AHEAD.match(text)) and (imprint := read_imprint(venue[1])).known:
        # `GECCO: Geometric Point Diffusion` is a title, `GECCO 2020: ...` is not.
        return (venue[1], venue.end()) if imprint.year or ":" not in venue[0] else None
    return None


def _is_note(text: str) -> bool:
    imprint = read_imprint(text)
    return (
        imprint.pure
        or imprint.venue is not None
        or is_label(text)
        or bool(_ET_AL.fullmatch(text))
        or len(read_authors(text)) > 1
        or read_mark(f"({text})") is not None
    )


def _is_side_piece(piece: str) -> bool:
    # `Hack, Art, and Science` goes on; `SIGACT News 2001` is a venue by its shape, though nobody knows it.
    if re.match(r"(?:and|or|&|und|et|y)\s", piece):
        return False
    imprint = read_imprint(piece)
    shaped = imprint.pure and imprint.year is not None and piece[:1].isupper() and count_words(piece) <= _SIDE_WORDS
    return imprint.known or shaped or bool(_ET_AL.fullmatch(piece.strip())) or read_mark(piece) is not None
