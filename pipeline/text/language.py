"""Languages of titles, as far as typography needs them.

in -> out: a language as records state it -> babel's name for it; a title and its stated language -> whether its
capitals mean something. Rules: only English titles are put into sentence case by styles; German nouns, and whatever a
French or Spanish author wrote with a capital, keep theirs.
"""

import re

_BABEL = {
    "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
    "sv": "swedish",
    "da": "danish", "no": "norwegian", "nb": "norwegian",
    "fi": "finnish", "pl": "polish", "cs": "czech", "sk": "slovak",
    "sl": "slovene", "hr": "croatian", "hu": "hungarian", "ro": "romanian", "ca": "catalan", "tr": "turkish",
    "ru": "russian", "uk": "ukrainian", "el": "greek", "la": "latin", "id": "indonesian", "et": "estonian",
    "lv": "latvian", "lt": "lithuanian", "is": "icelandic", "bg": "bulgarian",
}  # fmt: skip
_ENGLISH = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "the", "to", "with"]
) - {"an", "in"}
"""Little words that no other of these languages has; German has `an` and `in`."""
_FOREIGN = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "für",
        "über",
        "mit",
        "von",
        "zur",
        "zum",
        "im",
        "eine",
        "einer",
        "ein",
        "des",
        "dem",
        "den",
        "auf",
        "bei",
        "nach",
        "aus",
        "zwischen",
        "nicht",
        "le",
        "les",
        "du",
        "et",
        "une",
        "dans",
        "pour",
        "sur",
        "aux",
        "par",
        "avec",
        "chez",
        "el",
        "los",
        "las",
        "del",
        "y",
        "para",
        "por",
        "con",
        "entre",
        "il",
        "gli",
        "della",
        "delle",
        "dei",
        "nel",
        "nella",
        "di",
        "os",
        "da",
        "do",
        "das",
        "dos",
        "em",
        "uma",
        "com",
        "het",
        "een",
        "van",
        "voor",
        "och",
        "av",
        "för",
    ]
) - {"do", "die", "van", "per"}
_WORD = re.compile(r"[^\W\d_]+")


def babel_name(code: str | None) -> str | None:
    """Return babel's name of a language other than English, as biblatex's `langid` wants it.

    >>> babel_name("de"), babel_name("pt-BR"), babel_name("en"), babel_name(None)
    ('german', 'portuguese', None, None)
    """
    return _BABEL.get((code or "").lower().replace("_", "-").partition("-")[0])


def keeps_capitals(title: str, code: str | None) -> bool:
    """Tell whether a title is in another language than English, by the record's word or by its own little words.

    >>> keeps_capitals("Objektorientierte Datenbanken", "de"), keeps_capitals("Über perforierende Verletzungen", "en")
    (True, True)
    >>> keeps_capitals("On the Origin of Moss", None), keeps_capitals("La Niña and the Pacific", None)
    (False, False)
    """
    if code and not code.lower().startswith("en"):
        return True
    words = {word.lower() for word in _WORD.findall(title)}
    return bool(words & _FOREIGN) and not words & _ENGLISH
