"""Authors as a list writes them: names in a row, joined by commas and `and`.

in -> out: a text -> names as written, or nothing when it is not a row of names. Nothing is guessed: a text of which
some part is no name has no authors. `names.py` knows the forms of names and is asked first; what it does not know is
judged here by its words, as people write names in the rows of a list.
"""

import re
import unicodedata
from functools import lru_cache

from pipeline.lists.imprint import find_year
from pipeline.lists.names import has_common_word, split_names
from pipeline.lists.words import VENUES, split_words

_JOINTS = re.compile(r"\s*[,;、，；·]\s*(?:and\s|&\s?)?|\s+(?:and|und|et)\s+|\s*&\s*|\s+\|\s+")
_LEAD = re.compile(r"^(?:by|authors?|作者|著者)\s*[:：]?\s+|^(?:authors?|作者|著者)\s*[:：]\s*", re.IGNORECASE)
_ET_AL = re.compile(r"[,，]?\s*(?:\bet\.?\s*al\b\.?|\band others\b|\bothers\b|等(?:人)?)", re.IGNORECASE)
_AFFILIATION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = re.compile(r"[*†‡§¶^♯#✉⋆∗¹²³⁴⁵\d\\]+")
_INITIALS = re.compile(r"^(?:[A-Z]\.?[ -]?){1,4}$")
_INITIAL_END = re.compile(r"(?:^|[\s.-])(?:[A-Z]|[JS]r)\.$")
_PARTICLES = split_words("""
    af al av ben bin da de del della den der di dos du e el ibn ii iii jr jr. la le mac sr. st ten ter van von y zu zur
""")
_NOT_NAMES = split_words("""
    acm arxiv conference deep for google ieee in institute journal learning microsoft network networks no on pages pp
    press proceedings review springer survey university using vol with workshop
""")
# More words than this are a phrase; the longest names in the lists measured have five.
_MAX_WORDS = 5
# The longest row of names in the lists measured has 3,000 characters.
_MAX_LENGTH = 10_000
# Share of the parts that may be oddly written (`yaxing wang`, a user name) in a row that is otherwise names.
_ODD_SHARE = 0.25


@lru_cache(maxsize=4096)
def read_authors(text: str, *, sure: bool = False, bare: bool = False) -> tuple[str, ...]:
    """Read names; with `sure`, where only authors can stand, a single name counts too, with `bare` a family name.

    >>> read_authors("Ana Lucic, Harrie Oosterhuis and Maarten de Rijke.")
    ('Ana Lucic', 'Harrie Oosterhuis', 'Maarten de Rijke')
    >>> read_authors("Smith, J., van Gogh, V. A. & Doe, J.")
    ('Smith, J.', 'van Gogh, V. A.', 'Doe, J.')
    >>> read_authors("Attention is all you need"), read_authors("Calvin Luo"), read_authors("Calvin Luo", sure=True)
    ((), (), ('Calvin Luo',))
    """
    if len(text) > _MAX_LENGTH:
        return ()
    body = _AFFILIATION.sub(" ", _LEAD.sub("", " ".join(text.split()).strip(" *_,;:-–—")))
    body, abbreviated = _ET_AL.subn(" ", body)
    if find_year(body):
        return ()
    body = _MARKS.sub(" ", body)
    if (names := split_names(body, bare=bare or abbreviated > 0)) and (len(names) > 1 or sure or abbreviated):
        return names
    if has_common_word(body):
        return ()
    parts = _split_names(body)
    if not parts or (len(parts) == 1 and not sure and not abbreviated):
        return ()
    if any(_is_phrase(part) for part in parts):
        return ()
    odd = sum(1 for part in parts if not _is_name(part, alone=bare or abbreviated > 0))
    full = sum(1 for part in parts if " " in part or _is_ideographic(part))
    # `Images, Videos and Text` is no row of names: most authors have two names.
    if odd > len(parts) * _ODD_SHARE or (
        not bare and not abbreviated and full < max(min(2, len(parts)), len(parts) / 2)
    ):
        return ()
    return tuple(parts)


def _is_phrase(part: str) -> bool:
    """Tell whether a part is certainly no name: a venue, a phrase, a subtitle."""
    return part.count(" ") >= _MAX_WORDS or ": " in part or not set('?"“”').isdisjoint(part) or part.lower() in VENUES


def _split_names(text: str) -> list[str]:
    """Split at commas and `and`; `Doersch, Carl and Gupta, Abhinav`, as BibTeX has it, at `and` alone."""
    chunks = [_clean(chunk) for chunk in re.split(r"\s+and\s+", text)]
    if len(chunks) > 1 and all(chunk.strip(",").count(",") == 1 for chunk in chunks):
        return [chunk.strip(",") for chunk in chunks]
    return _join_first(_join_initials([_clean(part) for part in _JOINTS.split(text)]))


def _join_first(parts: list[str]) -> list[str]:
    """Put the first author of `LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton` together again."""
    inverted = len(parts) > 1 and " " not in parts[0] and "," not in parts[0]
    # `Hofmann, Whiteson, de Rijke`: a family name with its particle is no full name.
    others = [
        name.split(maxsplit=1)[1] if name.split()[0] in _PARTICLES and " " in name else name for name in parts[2:]
    ]
    if inverted and all(" " in name for name in others) and (not others or " " not in parts[1] or parts[1][-1:] == "."):
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]
    return parts


def _clean(part: str) -> str:
    name = " ".join(part.split()).strip(" :-–—_~`'\"’")
    return name if _INITIAL_END.search(name) else name.rstrip(" .")


def _join_initials(parts: list[str]) -> list[str]:
    """Put `Smith`, `J.` together again, which the comma has parted."""
    joined: list[str] = []
    for part in parts:
        if not part or part == ".":
            continue
        if joined and _INITIALS.match(part) and "," not in joined[-1] and " " not in joined[-1].removeprefix("van "):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _is_name(part: str, *, alone: bool) -> bool:
    words = part.replace(",", " ").split()
    if not 1 <= len(words) <= _MAX_WORDS or any(word.lower().strip(".") in _NOT_NAMES for word in words):
        return False
    if len(words) == 1:
        return alone or _is_ideographic(part) or _is_capitalised(words[0])
    return all(_is_capitalised(word) or word.lower() in _PARTICLES for word in words) or _is_ideographic(part)


def _is_capitalised(word: str) -> bool:
    first = next((character for character in word if character.isalpha()), "")
    return bool(first) and (first.isupper() or unicodedata.category(first) == "Lo")


def _is_ideographic(part: str) -> bool:
    return (
        all(unicodedata.category(character) == "Lo" for character in part.replace(" ", "")) and len(part) <= _MAX_WORDS
    )
