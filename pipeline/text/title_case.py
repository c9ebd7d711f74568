"""Titles in capitals.

in -> out: a title -> whether it is written in capitals only; such a title -> title case.
Rules: what lower case cannot know (proper names) a capital does not spoil, and citation styles lower it where they want
to: hence title case. Acronyms that we do not know lose their capitals, which is the price of it.
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d\w*")
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "de", "for", "from", "in", "into", "nor", "of", "on", "or", "over",
     "per", "the", "to", "upon", "via", "vs", "with"]
)  # fmt: skip
_ACRONYMS = frozenset(
    ["AI", "AIDS", "COVID", "DICOM", "DNA", "ECG", "EEG", "EU", "FDG", "FMRI", "GAN", "HIV", "ICU", "IEEE", "MRI",
     "NASA", "OCT", "PET", "RNA", "SARS", "UK", "UN", "US", "USA", "UV"]
)  # fmt: skip
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}")
_VOWELS = frozenset("AEIOUY")
_LONG = 4
_LOUD = re.compile(rf"[A-Z0-9_']{{{_LONG}}}")
"""Every long word in capitals of an ASCII text has this; few titles have, and the others need no further look."""
_ORDINAL = re.compile(r"\d*(?:1ST|2ND|3RD|\dTH)")
_MAX_QUIET = 0.15
"""Small letters for each capital that a shouted title may have; `mRNA` in nine capital words has 0.03. A guess."""
_MIN_LONG_WORDS = 3
"""Fewer long words in capitals may be a name ("BERT", "MIMIC-CXR"); a guess."""


def is_shouting(text: str) -> bool:
    """Tell whether a title is in capitals only, and too long for that to be a name; a Greek or stray letter is excused.

    >>> is_shouting("THE DIELECTRIC CONSTANTS OF ETHANE"), is_shouting("MIMIC-CXR"), is_shouting("What Is BERT?")
    (True, False, False)
    >>> is_shouting("THE UTILITY OF ETHYL γ,γ-DIETHOXY-ACETATE"), is_shouting("USES OF mRNA AND DNA IN CANCER MODELS")
    (True, True)
    """
    if text.isascii() and not _LOUD.search(text):
        return False
    words = _WORD.findall(text)
    loud = sum(len(word) >= _LONG and word.isupper() for word in words)
    if loud < _MIN_LONG_WORDS:
        return False
    quiet = sum(letter.islower() for letter in text)
    capitals = sum(letter.isupper() for letter in text)
    return quiet <= _MAX_QUIET * capitals and not any(len(word) >= _LONG and word[1:].islower() for word in words)


def calm(text: str) -> str:
    """Return a shouted title in title case, any other unchanged.

    Words with figures, words without vowels, Roman numerals and a few common acronyms keep their capitals.

    >>> calm("THE DIELECTRIC CONSTANTS OF ETHANE. II. AN NMR STUDY")
    'The Dielectric Constants of Ethane. II. An NMR Study'
    >>> calm("BERT"), calm("RIVER FLOWS OF THE 21ST CENTURY IN İZMİR BAY")
    ('BERT', 'River Flows of the 21st Century in İzmir Bay')
    """
    if not is_shouting(text):
        return text
    pieces: list[str] = []
    position, is_first = 0, True
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        is_first = is_first or any(mark in between for mark in ".:?!—")
        pieces += [between, _calm_word(match[0], is_first=is_first)]
        position, is_first = match.end(), False
    return "".join([*pieces, text[position:]])


def with_acronyms(title: str, listed: str) -> str:
    """Return a title whose words are in capitals where the list writes them so: a calmed title has lost its acronyms.

    >>> with_acronyms("Treating Adhd in Adults", "Treating ADHD in adults"), with_acronyms("Deep Nets", "DEEP NETS NOW")
    ('Treating ADHD in Adults', 'Deep Nets')
    >>> with_acronyms("Anemia in an Infant: Success", "HEMOLYTIC ANEMIA IN AN INFANT: Success")
    'Anemia in an Infant: Success'
    """
    capitals = [word for word in _WORD.findall(listed) if len(word) >= _LONG and word.isupper()]
    if is_shouting(listed) or listed.isupper() or len(capitals) >= _MIN_LONG_WORDS:
        return title  # the list shouts too, be it in a part of the title
    known = {word.capitalize(): word for word in _WORD.findall(listed) if len(word) > 1 and word.isupper()}
    return _WORD.sub(lambda word: known.get(word[0], word[0]), title) if known else title


def _calm_word(word: str, *, is_first: bool) -> str:
    if word.lower() in _SMALL:
        return word.capitalize() if is_first else word.lower()
    if not word.isupper() and any(letter.isupper() for letter in word):
        return word  # `mRNA` is as its author wants it
    if _ORDINAL.fullmatch(word):
        return word.lower()
    has_vowel = any(letter in _VOWELS or not letter.isascii() for letter in word)
    if word in _ACRONYMS or not has_vowel or _ROMAN.fullmatch(word) or word[0].isdigit():
        return word
    # The small letter of `İ` would be an i with two dots.
    return word[0] + word[1:].replace("İ", "i").lower()
