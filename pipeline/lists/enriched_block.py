"""The part of a list that the program writes, where its maintainer has asked for it (`write_back` in the settings).

in -> out: a list's text -> the text with that part blank, so that what was written is not read as papers.
"""

import re

BEGIN, END = "<!-- enriched: begin -->", "<!-- enriched: end -->"
_BLOCK = re.compile(rf"(?<={re.escape(BEGIN)}).*?(?={re.escape(END)})", re.DOTALL)
_LETTERS = re.compile(r"[^\r\n]")


def blank(text: str) -> str:
    r"""Return the text with every line between the markers empty; all lines keep their numbers.

    >>> blank("a\n<!-- enriched: begin -->\n| b |\n<!-- enriched: end -->\nc")
    'a\n<!-- enriched: begin -->\n\n<!-- enriched: end -->\nc'
    """
    return _BLOCK.sub(lambda found: _LETTERS.sub("", found[0]), text) if BEGIN in text else text
