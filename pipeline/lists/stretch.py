"""Stretches of a row: how far text that begins somewhere goes on in one style.

in -> out: spans and where a text begins -> where it ends. Emphasised text ends with its emphasis; a plain sentence goes
on through emphasised words in it, and over a soft line break when the next line is no line of authors or venue.
"""

from collections.abc import Sequence

from pipeline.lists.imprint import read_imprint
from pipeline.lists.people import read_authors
from pipeline.lists.span import Span, count_words, plain

# Below this many words a text in front of a linked title is a name, not a title: `AC-GAN - [Conditional ...]`.
MIN_WORDS = 4
# No title is cut into more pieces by emphasis, and no further does a decision look ahead: this keeps reading linear.
MAX_SPANS = 60
COLONS = (":", "：")
QUOTES = ("“", '"', "«", "「")
SEPARATORS = (*COLONS, "-", "–", "—", "|", "→", "by")


def find_end(spans: Sequence[Span], start: int) -> int:
    """Return the end of the text that begins at `start`: its emphasis, or the whole of a plain sentence."""
    last = min(len(spans), start + MAX_SPANS)
    at = start + 1
    while at < last and _goes_on(spans, start, at):
        at += 1
    return at


def _goes_on(spans: Sequence[Span], start: int, at: int) -> bool:
    first, span = spans[start], spans[at]
    following = spans[at + 1] if at + 1 < len(spans) else None
    if span.kind == "soft":
        alike = following is not None and following.kind == "text" and _style(following) == _style(first)
        return alike and not _is_note_line(spans, at + 1)
    if span.kind != "text" or span.field != first.field:
        return False
    if _style(span) == _style(first):
        return True
    if first.bold or first.italic:
        # White space between two bold words is not bold.
        return not span.text.strip() and following is not None and _style(following) == _style(first)
    return _is_emphasis(spans, start, at)


def _style(span: Span) -> tuple[bool, bool]:
    return (True, False) if span.bold else (False, span.italic)


def _is_note_line(spans: Sequence[Span], start: int) -> bool:
    """Tell whether the line that begins at `start` says who or where, and so does not go on with the title."""
    last = min(len(spans), start + MAX_SPANS)
    end = next((at for at in range(start, last) if spans[at].kind in ("soft", "hard")), last)
    text = plain(span for span in spans[start:end] if span.kind == "text")
    return bool(read_authors(text)) or read_imprint(text).pure or text.endswith(COLONS)


def _is_emphasis(spans: Sequence[Span], start: int, at: int) -> bool:
    """Tell whether the styled text at `at` is a word of the sentence around it: `Learning *in vivo* dynamics`."""
    text, before = spans[at].text.strip(), plain(spans[start:at]).rstrip()
    if not text or not (spans[at].bold or spans[at].italic):
        return True
    if before.endswith(QUOTES) or text.startswith("et al"):
        return True
    if before.endswith((".", ",", ";", *SEPARATORS)):
        return False
    behind = (
        spans[at + 1].text.lstrip() if at + 1 < len(spans) and _style(spans[at + 1]) == _style(spans[start]) else ""
    )
    if count_words(before) < MIN_WORDS - 1 and not behind[:1].isalpha():
        return False
    return not (read_authors(text) or read_imprint(text).pure) and count_words(text) < MIN_WORDS
