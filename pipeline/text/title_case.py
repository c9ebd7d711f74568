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
_MIN_LONG_WORDS = 3
"""Fewer long words in capitals may be a name ("BERT", "MIMIC-CXR"); a guess."""


def is_shouting(text: str) -> bool:
    """Tell whether a title is in capitals only, and too long for that to be a name.

    >>> is_shouting("THE DIELECTRIC CONSTANTS OF ETHANE"), is_shouting("MIMIC-CXR"), is_shouting("What Is BERT?")
    (True, False, False)
    """
    return text.isupper() and sum(len(word) >= _LONG for word in _WORD.findall(text)) >= _MIN_LONG_WORDS


def calm(text: str) -> str:
    """Return a shouted title in title case, any other unchanged.

    Words with figures, words without vowels, Roman numerals and a few common acronyms keep their capitals.

    >>> calm("THE DIELECTRIC CONSTANTS OF ETHANE. II. AN NMR STUDY")
    'The Dielectric Constants of Ethane. II. An NMR Study'
    >>> calm("BERT")
    'BERT'
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


def _calm_word(word: str, *, is_first: bool) -> str:
    if word.lower() in _SMALL:
        return word.capitalize() if is_first else word.lower()
    has_vowel = any(letter in _VOWELS or not letter.isascii() for letter in word)
    if word in _ACRONYMS or not has_vowel or _ROMAN.fullmatch(word) or word[0].isdigit():
        return word
    return word[0] + word[1:].lower()
