r"""Running text of which CommonMark's rules leave no doubt: what most of a list is written in.

in -> out: the text of a block -> whether it is so plain, and the parts of its lines. The parser takes every character
for a possible mark; such text is read without it in a tenth of the time. Where a file defines references any bracket
may be a link, and nothing is plain.
"""

import re

# No code, HTML, escape, entity, image or struck word begins here.
_LETTERS = r"(?:[^\\`*_~!<&\[\]\n]++|!(?!\[)|&(?![#a-zA-Z]))"
_LABEL = rf"(?:{_LETTERS}*+|\[{_LETTERS}*+\])"
_TARGET = r"[^\x00-\x20\x7f\s()<>\\&]++"
_LINK = rf"\[{_LABEL}\]\({_TARGET}\)"
# A bracket that belongs to no link is text.
_TEXT = rf"(?:{_LETTERS}|(?!{_LINK})\[|\](?!\())++"
# Emphasis begins behind a blank, and ends before a blank or between a letter and a punctuation mark.
_BEGIN, _END = r"(?<![^ \n])MARK(?![\s*])", r"""(?:(?<=\S)(?=MARK(?:[ \n]|\Z))|(?<=[^\W_])(?=MARK[.,;:!?)'"\]]))MARK"""
_EMPHASIS = rf"{_BEGIN}(?:{_TEXT}|{_LINK})++{_END}"
_ITALIC, _BOLD = (_EMPHASIS.replace("MARK", mark) for mark in (r"\*", r"\*\*"))
_PLAIN = re.compile(rf"(?:{_TEXT}|{_LINK}|{_ITALIC}|{_BOLD}|\\?\n)*+")
PARTS = re.compile(rf"(?P<text>{_TEXT})|\[(?P<label>{_LABEL})\]\((?P<target>{_TARGET})\)|(?P<mark>\*\*?)")
"""One part of a line of plain text; a mark begins emphasis and ends it in turn."""


def is_plain(text: str) -> bool:
    """Tell whether text can be read without the parser.

    >>> is_plain("**Deep Sets**, *NIPS 2017*. [[pdf](https://a.org/b.pdf)]"), is_plain("2*3*4"), is_plain("a `b`")
    (True, False, False)
    """
    return _PLAIN.fullmatch(text) is not None
