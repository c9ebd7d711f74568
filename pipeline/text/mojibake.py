"""Letters that were lost on the way.

in -> out: text whose UTF-8 was read as Latin-1 or Windows-1252 -> the text, where that is certain; whether letters
are lost. Rules: a letter of UTF-8 is a lead byte and one to three continuation bytes; read as Windows-1252 (or
Latin-1) they become runs like `Ã¨` that no language writes, and only a run that decodes strictly is mended.
"""

import re

_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes that Windows-1252 leaves undefined; programs read them as the controls of Latin-1."""
_BYTES = {bytes([code]).decode("cp1252"): code for code in range(0x80, 0x100) if code not in _UNDEFINED}
_BYTES |= {chr(code): code for code in range(0x80, 0x100)}
_TAIL = "".join(re.escape(letter) for letter, code in _BYTES.items() if code < 0xC0)
_RUN = re.compile(rf"(?:[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}})+")
_GARBLED = re.compile(
    r"[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2[\u0080\u20ac][\u0080-\u00bf\u0152-\u2122]|\ufffd"
)
"""UTF-8 read as something else, and the sign that stands for a lost letter."""


def mend(text: str) -> str:
    """Return the text with letters that were read in the wrong encoding, where there is no doubt.

    >>> mend("Fin de SiÃ¨cle"), mend("donâ€™t"), mend("Schrödinger’s Ã")
    ('Fin de Siècle', 'don’t', 'Schrödinger’s Ã')
    """
    while not text.isascii() and (mended := _RUN.sub(_decode, text)) != text:
        text = mended  # it may have happened twice
    return text


def is_garbled(text: str) -> bool:
    """Return whether letters were lost on the way; such text is used only where no other source has better.

    >>> is_garbled("Ã‰tude des graphes"), is_garbled("It’s São Paulo’s “Étude”")
    (True, False)
    """
    return not text.isascii() and _GARBLED.search(text) is not None


def _decode(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[letter] for letter in run[0]).decode()
    except UnicodeDecodeError:
        return run[0]
