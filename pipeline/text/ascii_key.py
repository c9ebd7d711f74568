"""Letters of any script -> `[a-z0-9]`.

in -> out: text -> its fold, from which keys and comparisons of names are made; it must never change.
Rules: Unicode NFKD takes accents off, and the Unicode name of a letter says the rest (`LATIN SMALL LETTER O WITH
STROKE`, `GREEK SMALL LETTER BETA`, `HANGUL SYLLABLE GIM`). The tables hold what names say badly.
"""

import re
import unicodedata
from functools import lru_cache

_NOT_KEY = re.compile(r"[^a-z0-9]+")
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng", "ə": "e", "ĸ": "k",
}  # fmt: skip
_CYRILLIC = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюяєіґђјљњћџ", (
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
        "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "ye", "i", "g", "dj", "j", "lj", "nj", "c", "dz",
    ), strict=True)
)  # fmt: skip
_SPELLED = {**_LATIN, **_CYRILLIC}


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return the text as `[a-z0-9]*`.

    Latin letters lose their accents and Cyrillic ones are romanised; every other letter becomes the last word of its
    Unicode name, and an ideograph its code point, so that a name in any script folds to something.

    >>> fold("Müller-Łukasiewicz"), fold("Straße ﬁn ıØ"), fold("O’Neil"), fold("Жуков")
    ('mullerlukasiewicz', 'strassefinio', 'oneil', 'zhukov')
    >>> fold("β-catenin"), fold("김"), fold("张三"), fold("—")
    ('betacatenin', 'gim', '5f204e09', '')
    """
    if not text.isascii():
        text = "".join(map(_spell, unicodedata.normalize("NFKC", text).lower()))
    return _NOT_KEY.sub("", text.lower())


@lru_cache(maxsize=4096)
def _spell(letter: str) -> str:
    if letter.isascii() or letter in _SPELLED:
        return _SPELLED.get(letter, letter)
    base = unicodedata.normalize("NFKD", letter)[0]
    if base.isascii() or base in _SPELLED:
        return _SPELLED.get(base, base)
    if unicodedata.category(letter) not in ("Ll", "Lu", "Lt", "Lo"):
        return ""
    name = unicodedata.name(letter, f"LETTER {ord(letter):X}").partition(" WITH ")[0]
    return name.rpartition(" ")[2].rpartition("-")[2]
