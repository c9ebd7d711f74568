"""A number with its noun, for messages.

in -> out: a count and what is counted -> `1 paper`, `2,034 papers`.
"""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun; `plural` where an `s` does not make it.

    >>> counted(1, "paper"), counted(2034, "paper"), counted(0, "entry", "entries")
    ('1 paper', '2,034 papers', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
