"""Where in a row its title stands.

in -> out: the spans of a row -> `TitleSpan`. The rules, in order of reading: labels, venues, dates and names are passed
over; the first link whose label is a phrase of its own, the first bold text, or the first plain or italic text is the
title; a short name or the beginning of a sentence gives way to the linked or bold title behind it.

Text goes on in one style: emphasised text ends with its emphasis; a plain sentence goes on through emphasised words in
it, and over a soft line break when the next line is no line of authors or venue.
"""

import re
from collections.abc import Sequence

import msgspec

from pipeline.addresses.kind import find_kind
from pipeline.lists.citation import split_citation, split_name
from pipeline.lists.imprint import names_venue, read_imprint
from pipeline.lists.label import find_role, is_label, is_short_reference
from pipeline.lists.names import split_names
from pipeline.lists.people import read_authors
from pipeline.lists.reference import Range, Reference, read_reference
from pipeline.lists.span import Span, count_words, plain
from pipeline.lists.title import Split, clean_title, is_headline, is_prose, is_title, split_lead, split_tail

# Below this many words a text in front of a linked title is a name, not a title: `AC-GAN - [Conditional ...]`.
MIN_WORDS = 4
# No title is cut into more pieces by emphasis, and no further does a decision look ahead: this keeps reading linear.
MAX_SPANS = 60
_COLONS = (":", "：")
_QUOTES = ("“", '"', "«", "「")
_SEPARATORS = (*_COLONS, "-", "–", "—", "|", "→", "by")
# A reference string is not cut into more pieces by its links and its emphasis.
_MAX_REFERENCE_SPANS = 120
# Before its title no row has more spans without words; the bound keeps reading linear.
_LEAD = 20
# `Flickr30k: Doe, B. A., et al. ...`
_NICKNAME = re.compile(r"[^\s:]{2,30}(?: [^\s:]{1,20})?:\s")


class TitleSpan(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Spans `start` to `end` hold the title."""

    start: int
    end: int
    text: str
    """The title, clean."""
    style: str
    """`link`, `bold`, `italic` or `plain`."""
    notes: tuple[str, ...] = ()
    """Texts that were cut off around it."""
    reference: Reference | None = None
    """What the whole text says, where it is a reference string."""


def find_title(spans: Sequence[Span]) -> TitleSpan | None:
    """Find the title; None where the spans name no paper, as in a line of links only."""
    if cited := find_reference(spans):
        return cited
    fallback: TitleSpan | None = None
    at = 0
    while at < len(spans):
        span = spans[at]
        found: TitleSpan | None = None
        end = at + 1
        if span.field and span.field != "title":
            pass
        elif span.field:
            end = next((end for end in range(at, len(spans)) if spans[end].field != "title"), len(spans))
            found = _read_title_field(spans, at, end)
        elif span.kind == "link":
            found = _read_link(spans, at)
            fallback = fallback or _read_doubtful(span, at)
        elif span.kind == "text" and span.text.strip():
            end = _find_end(spans, at)
            found = _read_text(spans, at, end)
        if found is not None:
            return found
        at = end
    return fallback


def _find_end(spans: Sequence[Span], start: int) -> int:
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
    return bool(read_authors(text)) or read_imprint(text).pure or text.endswith(_COLONS)


def _is_emphasis(spans: Sequence[Span], start: int, at: int) -> bool:
    """Tell whether the styled text at `at` is a word of the sentence around it: `Learning *in vivo* dynamics`."""
    text, before = spans[at].text.strip(), plain(spans[start:at]).rstrip()
    if not text or not (spans[at].bold or spans[at].italic):
        return True
    if before.endswith(_QUOTES) or text.startswith("et al"):
        return True
    if before.endswith((".", ",", ";", *_SEPARATORS)):
        return False
    behind = (
        spans[at + 1].text.lstrip() if at + 1 < len(spans) and _style(spans[at + 1]) == _style(spans[start]) else ""
    )
    if count_words(before) < MIN_WORDS - 1 and not behind[:1].isalpha():
        return False
    return not (read_authors(text) or read_imprint(text).pure) and count_words(text) < MIN_WORDS


def _read_title_field(spans: Sequence[Span], start: int, end: int) -> TitleSpan | None:
    """Read what a label says to be the title: its link, else all of it but what is known to stand behind titles."""
    link = next((at for at in range(start, end) if is_title_link(spans[at])), None)
    if link is not None:
        return TitleSpan(start=link, end=link + 1, text=clean_title(spans[link].text), style="link")
    words = [span for span in spans[start:end] if span.kind == "text"]
    tail = split_tail(split_lead(plain(words)).title)
    text = clean_title(tail.title)
    return TitleSpan(start=start, end=end, text=text, style="bold", notes=tail.notes) if text else None


def find_reference(spans: Sequence[Span]) -> TitleSpan | None:
    """Find the title of a reference string, also where the whole of it, or the title alone, is a link."""
    first = next((span for span in spans[:_LEAD] if span.text.strip()), None)
    # Most rows begin with their linked title, and need no more reading.
    if first and first.kind == "link" and count_words(first.text) >= MIN_WORDS and read_reference(first.text) is None:
        return None
    text, places, emphasis = _join(spans[:_MAX_REFERENCE_SPANS])
    found = read_reference(text, emphasis)
    if found is None:
        return None
    inside = [at for at, (start, end) in places if start < found.end and end > found.start]
    if not inside:
        return None
    ahead = [spans[at] for at, (start, end) in places if start < found.start and at not in inside and end > start]
    # A linked phrase or a bold title in front is the title, though its beginning may look like a name.
    if any(span.kind == "link" and is_title_link(span) for span in ahead) or (
        ahead and _is_bold_title(ahead[0]) and not _names_people(ahead[0])
    ):
        return None
    linked = any(spans[at].kind == "link" for at in inside)
    rivals = (span for at, span in enumerate(spans[:_MAX_REFERENCE_SPANS]) if at not in inside and is_title_link(span))
    # A linked phrase elsewhere is the title, whatever precedes it.
    if not linked and any(count_words(span.text) >= MIN_WORDS - 1 and span.text[0] not in "[(" for span in rivals):
        return None
    # `"[Title](...)."`: the full stop of the sentence is none of the label's.
    label = next((spans[at].text for at in inside if spans[at].kind == "link"), "")
    title = clean_title(
        label if found.title.startswith(label.strip()) and len(label) * 10 > len(found.title) * 9 else found.title
    )
    if not title or is_label(title):
        return None
    style = "link" if linked else "plain"
    return TitleSpan(start=inside[0], end=inside[-1] + 1, text=title, style=style, reference=found)


def _names_people(span: Span) -> bool:
    return bool(split_names(span.text, bare=True)) or _NICKNAME.fullmatch(span.text.strip(" :") + ": ") is not None


def _join(spans: Sequence[Span]) -> tuple[str, list[tuple[int, Range]], tuple[Range, ...]]:
    """Return the running text without labels, where each span stands in it, and where it is emphasised."""
    parts: list[str] = []
    places: list[tuple[int, Range]] = []
    emphasis: list[Range] = []
    length = 0
    for at, span in enumerate(spans):
        if span.kind == "hard":
            # A line of its own is a part of its own: authors, title, venue.
            text = " " if not parts or parts[-1].rstrip()[-1:] in ".,;:" else ". "
        elif (
            span.kind in ("soft", "image")
            or span.field
            or (span.kind == "link" and find_role(span.text, span.url or "") != "words")
        ):
            text = " "
        else:
            text = span.text
            places.append((at, (length, length + len(text))))
            if (span.italic or span.bold) and text.strip():
                emphasis.append((length, length + len(text)))
        parts.append(text)
        length += len(text)
    name = _NICKNAME.match("".join(parts)) if emphasis and emphasis[0][0] == 0 else None
    if name:
        parts[0] = " " * len(parts[0])
    return "".join(parts), places, tuple(emphasis)


def has_paper_link(spans: Sequence[Span]) -> bool:
    """Tell whether one of the links is labelled as a paper or leads to one."""
    return any(
        span.kind == "link"
        and span.url
        and (find_role(span.text, span.url) == "paper" or find_kind(span.url) in ("paper", "pdf"))
        for span in spans
    )


def is_title_link(span: Span) -> bool:
    """Tell whether a link's label can be the title of the paper it leads to."""
    if span.kind != "link" or not span.url or span.picture or find_role(span.text, span.url) != "words":
        return False
    if not is_title(split_tail(span.text).title) or find_kind(span.url) == "anchor":
        return False
    if find_kind(span.url) in ("paper", "pdf"):
        return not is_short_reference(span.text)
    if find_kind(span.url) in ("code", "data", "media"):
        return True
    # Other pages may be a person's: no title is two or three names.
    words = count_words(span.text)
    return words == 1 or not read_authors(span.text, sure=words < MIN_WORDS)


def _read_link(spans: Sequence[Span], at: int) -> TitleSpan | None:
    if _is_described(spans, at):
        return TitleSpan(start=at, end=at + 1, text=clean_title(spans[at].text), style="link")
    if _is_bare_acronym(spans, at):
        return TitleSpan(start=at, end=at + 1, text=clean_title(spans[at].text), style="link")
    if not is_title_link(spans[at]):
        return None
    lead = split_lead(spans[at].text)
    tail = split_tail(lead.title)
    text = clean_title(tail.title)
    if not text:
        return None
    if count_words(text) < MIN_WORDS and (behind := _read_behind(spans, at + 1)):
        return behind
    if _labels_what_follows(spans, at):
        return None
    return TitleSpan(start=at, end=at + 1, text=text, style="link", notes=(*lead.notes, *tail.notes))


def _is_bare_acronym(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a row begins with a linked name in capitals that names a paper: `[GFS](a.pdf) (2003) and ...`."""
    link = spans[at]
    if at > _LEAD or link.picture or not link.text.isupper() or find_kind(link.url or "") not in ("paper", "pdf"):
        return False
    if is_label(link.text) or read_imprint(link.text).known or any(span.text.strip() for span in spans[:at]):
        return False
    behind = spans[at + 1].text.lstrip() if at + 1 < len(spans) and spans[at + 1].kind == "text" else ""
    return behind[:1] in ("(", ",", ";") or behind.startswith("and ")


def _is_described(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a row begins with a linked name and its description, as in `[JAX](...) - Composable transforms`."""
    link, behind = spans[at], spans[at + 1] if at + 1 < len(spans) else None
    if behind is None or behind.kind != "text" or at > _LEAD or any(span.text.strip() for span in spans[:at]):
        return False
    described = behind.text.lstrip().startswith(("- ", "– ", "— ", ": "))
    return (
        described
        and count_words(link.text) > 0
        and link.text[0] != "["
        and find_role(link.text, link.url or "") == "code"
    )


def _read_behind(spans: Sequence[Span], at: int) -> TitleSpan | None:
    """Read the title behind a linked name: `[AC-GAN](...): Conditional Image Synthesis With ... [[pdf]](...)`."""
    if at >= len(spans) or spans[at].kind != "text" or not spans[at].text.lstrip().startswith((*_COLONS, *_QUOTES)):
        return None
    end = _find_end(spans, at)
    text = clean_title(split_tail(plain(spans[at:end])).title)
    if not is_headline(text) or not has_paper_link(spans[end : end + MAX_SPANS]):
        return None
    return TitleSpan(start=at, end=end, text=text, style="plain")


def _labels_what_follows(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a short label in brackets stands in front of the title: `[[Some Systems](...)] Pruning nets`."""
    link, behind = spans[at], spans[at + 1] if at + 1 < len(spans) else None
    if (
        link.text[:1] not in ("[", "【")
        or count_words(link.text) > MIN_WORDS
        or behind is None
        or behind.kind != "text"
    ):
        return False
    text = behind.text.strip()
    return count_words(text) >= 2 and text[:1].isalnum() and is_title(split_tail(text).title)


def _read_doubtful(link: Span, at: int) -> TitleSpan | None:
    """Keep a label that was taken for a venue, but could be a title that holds a year."""
    imprint = read_imprint(link.text)
    if not imprint.pure or imprint.known or count_words(link.text) < MIN_WORDS:
        return None
    return TitleSpan(start=at, end=at + 1, text=clean_title(link.text), style="link")


def _read_text(spans: Sequence[Span], start: int, end: int) -> TitleSpan | None:
    """Judge the text from `start` to `end`: is it the title, or does it only precede it."""
    first = next((span for span in spans[start:end] if span.text.strip()), spans[start])
    lead = split_lead(plain(spans[start:end]))
    if _is_introduced(spans, start, end, lead.title):
        lead = msgspec.structs.replace(lead, title=lead.title.rstrip(" :："))
    if not is_title(split_tail(lead.title).title) or (first.bold and _is_bracketed_name(lead.title)):
        return None
    if _is_row_of_names(first, lead.title) and not _is_lone_title(spans, start, end):
        return None
    style = "bold" if first.bold else "italic" if first.italic else "plain"
    if style == "bold" and _is_name(spans, end, lead.title):
        return _read_named(spans, start, end)
    if style == "bold" and _is_before_title(spans, end, lead.title):
        return None
    if style != "bold" and _gives_way(spans, end, lead.title):
        return None
    split = split_citation(lead.title)
    tail = split_tail(split.title)
    # A dash inside emphasis belongs to the title.
    named = split_name(tail.title) if style == "plain" else Split(title=tail.title)
    text = clean_title(named.title)
    if not is_title(text):
        return None
    notes = (*lead.notes, *split.notes, *tail.notes, *named.notes)
    return TitleSpan(start=start, end=end, text=text, style=style, notes=notes)


def _is_introduced(spans: Sequence[Span], start: int, end: int, text: str) -> bool:
    """Tell whether a text that ends in a colon is the title of the labelled paper behind it, and no caption.

    It begins the row, is written like a title or longer than captions are, and a label alone follows: `T: [pdf](...)`.
    """
    if not text.rstrip().endswith(_COLONS) or any(span.text.strip() for span in spans[:start]):
        return False
    link = next((span for span in spans[end : end + 2] if span.kind == "link"), None)
    return (
        link is not None
        and find_role(link.text, link.url or "") == "paper"
        and find_kind(link.url or "") in ("paper", "pdf")
        and (is_headline(text) or count_words(text) > MIN_WORDS)
        and not is_prose(text)
    )


def _is_row_of_names(first: Span, text: str) -> bool:
    """Tell whether a text that could be a title is a row of authors; `X et al. Title` is not."""
    if first.italic and not first.bold:
        return bool(read_authors(text, sure=count_words(text) < MIN_WORDS))
    return bool(read_authors(text))


def _is_lone_title(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether a phrase that looks like two names is the title: `Domain Adaptation and Visual Recognition [pdf]`.

    It begins the row, joins its halves by `and` alone, and is followed by the link of a paper on the same line.
    """
    text = plain(spans[start:end])
    begins = start <= _LEAD and not any(span.text.strip() for span in spans[:start]) and not spans[start].italic
    return begins and "," not in text and " et al" not in text and has_paper_link(spans[end : end + 2])


def _is_bold_title(span: Span) -> bool:
    return span.kind == "text" and span.bold and is_title(span.text) and not _is_bracketed_name(span.text)


def _is_bracketed_name(text: str) -> bool:
    return text[:1] == "[" and text[-1:] == "]" and count_words(text) < MIN_WORDS


def _is_before_title(spans: Sequence[Span], end: int, text: str) -> bool:
    """Tell whether a short bold name stands right before the linked title: `**SafeMDP** [Safe exploration](...)`."""
    ahead = next((span for span in spans[end : end + 2] if span.text.strip()), None)
    if ahead is None or count_words(text) >= MIN_WORDS - 1 or ahead.text[:1] in ("[", "("):
        return False
    return is_title_link(ahead) and count_words(ahead.text) >= MIN_WORDS and not names_venue(ahead.text)


def _is_name(spans: Sequence[Span], end: int, text: str) -> bool:
    behind = spans[end].text.lstrip() if end < len(spans) and spans[end].kind == "text" else ""
    short = count_words(text) < MIN_WORDS
    return short and (text.rstrip().endswith(_COLONS) or behind.startswith((*_COLONS, "-", "–", "—")))


def _read_named(spans: Sequence[Span], start: int, end: int) -> TitleSpan | None:
    """Read `**BERT**: Pre-training of ...` (one title) and `**BERT** - Pre-training of ...` (a name and a title)."""
    name = clean_title(plain(spans[start:end]))
    last = _find_end(spans, end) if end < len(spans) and spans[end].kind == "text" else end
    behind = plain(spans[end:last])
    colon = plain(spans[start:end]).endswith(_COLONS) or behind.lstrip().startswith(_COLONS)
    split = split_citation(behind.strip(" :：-–—"))
    tail = split_tail(split.title)
    title, notes = clean_title(tail.title), (*split.notes, *tail.notes)
    if title and behind.lstrip(" :：-–—").startswith(_QUOTES):
        return TitleSpan(start=end, end=last, text=title, style="plain", notes=(name, *notes))
    if colon and count_words(title) >= MIN_WORDS - 1 and not is_prose(title):
        return TitleSpan(start=start, end=last, text=f"{name.rstrip('：:')}: {title}", style="bold", notes=notes)
    if is_headline(title) and count_words(title) >= MIN_WORDS and has_paper_link(spans[last : last + MAX_SPANS]):
        return TitleSpan(start=end, end=last, text=title, style="plain", notes=notes)
    if any(is_title_link(span) for span in spans[last : last + 2]):
        return None
    return TitleSpan(start=start, end=end, text=name, style="bold")


def _gives_way(spans: Sequence[Span], end: int, text: str) -> bool:
    """Tell whether plain text only precedes the title: a name, authors or a sentence before a linked or bold one."""
    ahead = spans[end : end + MAX_SPANS]
    position = next((at for at, span in enumerate(ahead) if span.text.strip()), None)
    if position is None:
        return False
    following = ahead[position]
    is_candidate = is_title_link(following) or _is_bold_title(following)
    if not is_candidate:
        return False
    if count_words(text) < MIN_WORDS or text.rstrip().endswith(_SEPARATORS):
        return True
    if is_prose(text) or read_authors(text, sure=True):
        return True
    # `A survey of domain adaptation [[Information Fusion]](...)`: brackets and brevity make it a label.
    if following.kind == "link" and (following.text[:1] in "[(" or count_words(following.text) < MIN_WORDS):
        return False
    labelled = (
        span.kind == "link" and find_role(span.text, span.url or "") == "paper" for span in ahead[position + 1 :]
    )
    return following.kind == "link" and not any(labelled)
