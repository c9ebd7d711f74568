"""Running text that names a paper with its authors and venue, in any order: the title out of it.

in -> out: text -> `Split`. Orders that are understood: title first, authors first (also `X et al.` and `X (2013)`),
title in quotes, and parts between full stops, commas, dashes or bars. A text in a style of reference lists, authors
first, never comes here: `reference.py` has read all of it before.
"""

import re
from functools import lru_cache

from pipeline.lists.imprint import read_imprint
from pipeline.lists.names import scan_names, split_names
from pipeline.lists.people import read_authors
from pipeline.lists.span import count_words
from pipeline.lists.title import Split, is_headline, is_unfinished
from pipeline.lists.words import split_words

_QUOTED = re.compile(r"[“\"«「『《]([^“”\"«»「」『』《》]{3,400})[”\"»」』》]")
_ET_AL = re.compile(
    r"^([^|]{2,80}?\bet\.? al\b\.?,?\s*(?:[(\[]?(?:19|20)\d\d[a-z]?[)\]]?)?)\s*[.,:;\-–—]*\s+(?=\S)", re.IGNORECASE
)
_NAMES_YEAR = re.compile(r"^([^().]{3,200}?)\s*[(\[](?:19|20)\d\d[a-z]?[)\]][.,:]?\s+(?=\S)")
# A sentence ends behind a word of two letters or more (`J. Smith` goes on), a bracket or a mark.
_STOP = re.compile(r"(?<=[^\s.][^\s.)])[.。]\s+|(?<=[)?!])\.\s+|(?<=\s[A-Z])\.\s+|(?<=[?!])\s+(?=[A-Z])")
_DASH = re.compile(r"\s[-–—|·]+\s")
_ABBREVIATIONS = tuple(f" {word}" for word in split_words("vs v.s i.e e.g al jr st dr no vol cf approx etc fig pt"))
_INITIAL = re.compile(r"(?:^|[\s.-])\w$")
# `Zaheer M, Kottur S`: here the initials end the names.
_VANCOUVER = re.compile(r"(?:[^\W\d][\w'’-]*+(?: [\w'’-]{2,}+)? [A-Z]{1,3}(?:, |$)){2,60}$")
_MAX_NAMES = 1000
# No citation measured names more people before its title.
_MAX_PIECES = 60


@lru_cache(maxsize=4096)
def split_citation(text: str) -> Split:
    """Find the title in running text that also says who, where and when.

    >>> split_citation('Andrews, T. and Hemberg, M. "A Tutorial: Guidelines for Analysis." Nature 2020').title
    'A Tutorial: Guidelines for Analysis.'
    >>> split_citation("Jane Doe, Ann Lee. Deep nets in practice. JMLR 2020").title
    'Deep nets in practice'
    >>> split_citation("Jane Doe and Ann Lee, Nets for seeing, hearing and more, JMLR, 2020").title
    'Nets for seeing, hearing and more'
    >>> split_citation("Transferability vs. Discriminability: A Study").title
    'Transferability vs. Discriminability: A Study'
    """
    if (quoted := _QUOTED.search(text)) and _is_whole_title(text, quoted):
        return Split(title=quoted[1], notes=(text[: quoted.start()], text[quoted.end() :]))
    if (match := _ET_AL.match(text) or _match_names_and_year(text)) and count_words(text[match.end() :]) > 1:
        inner = split_citation(text[match.end() :])
        return Split(title=inner.title, notes=(match[0], *inner.notes))
    if _DASH.search(text):
        return _split_dashes(text)
    parts = _split_sentences(text)
    return _choose_part(text, parts) if len(parts) > 1 else _split_commas(text)


def _match_names_and_year(text: str) -> re.Match[str] | None:
    """Match `Kingma & Welling (2013).`: here names may be single, but there must be two."""
    match = _NAMES_YEAR.match(text)
    return match if match and read_authors(match[1] + " et al") and re.search(r"[,&]|\band\b", match[1]) else None


def _choose_part(text: str, parts: list[str]) -> Split:
    if read_authors(parts[0]) and not read_imprint(parts[1]).pure:
        inner = _split_commas(parts[1])
        return Split(title=inner.title, notes=(parts[0], *inner.notes, *parts[2:]))
    for at, part in enumerate(parts[1:], 1):
        if read_authors(part) or read_imprint(part).pure or _begins_with_names(part):
            inner = _split_commas(text[: text.find(part)].rstrip())
            return Split(title=inner.title, notes=(*inner.notes, *parts[at:]))
    return _split_commas(text)


def _begins_with_names(part: str) -> bool:
    """Tell whether a part begins with a name and its initials: `Doe, J. Journal of Sheep`."""
    names, _, clear = scan_names(part, 0, len(part))
    return clear and all("," in name for name in names)


def _split_commas(text: str) -> Split:
    """Read `Author, Author, Title, Venue, 2015`; only where two names stand in front."""
    pieces = text.split(", ", maxsplit=_MAX_PIECES)
    if len(pieces) < 3:  # two names and a title, or a name, `X and Y`, and a title
        joined = pieces[0] if len(pieces) == 2 and read_authors(pieces[0]) else None
        return Split(title=pieces[1], notes=(joined,)) if joined else _split_by(text)
    start = 0
    while start < len(pieces) and _is_person(pieces[start]):
        start += 1
    names = ", ".join(pieces[:start])
    if (
        start == len(pieces) or not (start > 1 or " and " in names) or count_words(pieces[start]) < 3
    ):  # too short a title
        return _split_names_behind(pieces) or _split_by(text)
    end = start + 1
    while end < len(pieces) and not read_imprint(pieces[end]).known:
        end += 1
    return Split(title=", ".join(pieces[start:end]), notes=(names, *pieces[end:]))


def _split_names_behind(pieces: list[str]) -> Split | None:
    """Read `Title, Ann Lee, Bob Ray, 2011`; only where two full names stand behind the title."""
    last = len(pieces)
    while last > 1 and read_imprint(pieces[last - 1]).known:
        last -= 1
    end = last
    while end > 1 and _is_person(pieces[end - 1]):
        end -= 1
    title, names = ", ".join(pieces[:end]), ", ".join(pieces[end:last])
    several = last - end > 1 and len(split_names(names)) == last - end
    return Split(title=title, notes=(names, *pieces[last:])) if several and count_words(title) > 2 else None


def _is_person(piece: str) -> bool:
    names = read_authors(piece.removeprefix("and "), sure=True)
    return (
        bool(names) and ":" not in piece and all(" " in name and count_words(name) <= 4 for name in names)
    )  # `J. P. van Gogh`


def _is_whole_title(text: str, quoted: re.Match[str]) -> bool:
    """Tell whether a quote is the title: authors stand before it, or it is long, ends there, and has less before it."""
    ahead, behind = text[: quoted.start()].strip(" ,.:-–—"), text[quoted.end() :]
    if read_authors(ahead):
        return True
    if is_unfinished(ahead):  # `Comment on "Blessings of causes"`
        return False
    if quoted[0][0] == "《" and not ahead:  # these mean titles only
        return not behind[:1].isalnum()
    own = count_words(quoted[1])
    goes_on = behind[:1] in (":", "-", "'", "’") or (behind[1:2].isalpha() and not read_imprint(behind).pure)
    return own > 2 and not goes_on and count_words(ahead) <= own  # shorter quotes are words, not titles


def _split_sentences(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        before = text[start : match.start()]
        if before[-8:].lower().endswith(_ABBREVIATIONS):
            continue
        if _INITIAL.search(before[-3:]) and (parts or not _VANCOUVER.match(before[:_MAX_NAMES])):
            continue
        parts.append(before.strip())
        start = match.end()
    return [part for part in (*parts, text[start:].strip()) if part.strip(" .")] or [text]


def _split_dashes(text: str) -> Split:
    """Read `Title | Authors | Venue`, `Authors - Title`."""
    parts = [part.strip(" |-–—·") for part in _DASH.split(text + " ")]
    parts = [part for part in parts if part]
    notes = [part for part in parts if read_authors(part) or read_imprint(part).known]
    titles = [part for part in parts if part not in notes]
    if notes and titles:
        return Split(title=" - ".join(titles), notes=tuple(notes))
    return Split(title=text)


def split_name(text: str) -> Split:
    """Part the name from the title in `AC-GAN - Conditional Image Synthesis With Classifiers`.

    >>> split_name("AC-GAN - Conditional Image Synthesis With Classifiers").title
    'Conditional Image Synthesis With Classifiers'
    """
    name, dash, title = text.partition(" - ")
    if dash and count_words(name) <= 2 and count_words(title) > 3 and is_headline(title):  # longer ones are titles, too
        return Split(title=title, notes=(name,))
    return Split(title=text)


def _split_by(text: str) -> Split:
    """Read `Title by Ann Lee and Bob Ray`."""
    before, _, after = text.rpartition(" by ")
    names = read_authors(after) if before and is_headline(before) else ()
    if names and all(" " in name for name in names):
        return Split(title=before, notes=(after,))
    return Split(title=text)
