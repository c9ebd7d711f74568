"""The words of a venue's name.

in -> out: a name -> its words, its content words, its core; which words make a conference, a journal, a satellite.
Rules: what titles of proceedings and ISO 4 abbreviations drop (articles, prepositions, years, ordinals).
"""

import re
from functools import lru_cache
from itertools import dropwhile

from pipeline.text import markup
from pipeline.text.ascii_key import fold as fold_word

CONFERENCE = frozenset(["conf", "conference", "meeting", "proc", "proceedings", "symposium", "workshop"])
JOURNAL = frozenset(
    [
        "annals",
        "archives",
        "bulletin",
        "journal",
        "letters",
        "magazine",
        "quarterly",
        "record",
        "review",
        "reviews",
        "transactions",
    ]
)
# A workshop at a conference is not the conference, and neither are its "Findings".
_SATELLITE = frozenset(["companion", "conjunction", "demonstrations", "findings", "satellite", "workshop", "workshops"])
TRACK = frozenset(["applied", "data", "demo", "part", "papers", "research", "revised", "science", "selected", "track"])
"""What publishers add behind a conference: "Machine Learning and Knowledge Discovery in Databases. Research Track"."""
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_STOP = frozenset(
    ["a", "an", "and", "at", "by", "das", "de", "del", "der", "des", "di", "die", "du", "e", "et", "for", "fur", "in",
     "la", "le", "les", "of", "on", "the", "to", "und", "with", "y"]
)  # fmt: skip
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
_NUMBERING = re.compile(
    r"(?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th)?|(?:fif|six|seven|eigh|nine)teenth"
    rf"|(?:twent|thirt|fort|fift)(?:ieth|y(?:{_ORDINALS}))|{_ORDINALS}"
)
# What one writer puts around the name of a conference and the next leaves out.
_DRESS = frozenset(
    ["acm", "annual", "conf", "conference", "cvf", "ieee", "ieeecvf", "ieeersj", "int", "international", "intl",
     "joint", "meeting", "proc", "proceedings", "rsj", "symposium"]
)  # fmt: skip


@lru_cache(maxsize=16384)
def fold(venue: str) -> tuple[str, ...]:
    """Return the content words of a venue, folded, in order; years, ordinals, articles and prepositions are dropped.

    >>> fold("Proceedings of the 34th International Conference on Machine Learning 2017")
    ('proceedings', 'international', 'conference', 'machine', 'learning')
    """
    found = WORD.findall((markup.clean(venue) or "").replace("&", " and "))
    words = [word for word in map(fold_word, found) if word and not _NUMBERING.fullmatch(word)]
    # A last word is content: Physical Review A is not Physical Review E.
    return tuple(word for word in words[:-1] if word not in _STOP) + tuple(words[-1:])


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what conferences are variously dressed in, and `workshop` in front of its subject.

    >>> core(("ieee", "international", "symposium", "biomedical", "imaging"))
    ('biomedical', 'imaging')
    """
    return tuple(word for word in _undressed(words) if word not in _DRESS)


def satellites(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words that say that this is held, or published, beside a conference.

    >>> satellites(fold("International Workshop on Deep Learning")), satellites(fold("CVPR Workshops"))
    (frozenset(), frozenset({'workshops'}))
    """
    return _SATELLITE & set(_undressed(words))


def _undressed(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the dress in front; a workshop that comes then is the event itself."""
    rest = tuple(dropwhile(_DRESS.__contains__, words))
    return rest[1:] if rest[:1] == ("workshop",) else rest
