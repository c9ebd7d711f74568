"""Characters that nobody sees and that do something: to a terminal, to an XML parser, to the order of their neighbours.

in -> out: text -> the same without them. Rules: Unicode 15.1 (controls, bidirectional marks, surrogates and the 66
noncharacters, which biber refuses the whole file for), XML 1.0 (what a feed may hold), GitHub's workflow commands.
"""

import re

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(0x10000 * n + 0xFFFE) + chr(0x10000 * n + 0xFFFF) for n in range(17))
CLASS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb"
    + _NONCHARACTERS
)
"""The inside of a character class of a regular expression."""
INVISIBLE = re.compile(f"[{CLASS}]")
_COMMAND = re.compile(r"^([^\S\n]*)(::|##\[)", re.MULTILINE)


def inert(text: str) -> str:
    r"""Return lines as a terminal and a log may show them: they move no cursor, and a runner of workflows obeys none.

    >>> inert("\x1b[2Jdone\n::error::no")
    '[2Jdone\n:\u200b:error::no'
    """
    plain = INVISIBLE.sub("", text.replace("\r", ""))
    return _COMMAND.sub(lambda found: f"{found[1]}{found[2][0]}\u200b{found[2][1:]}", plain)
