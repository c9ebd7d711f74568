"""Titles: their words, what to search for, and whether two of them name the same work.

in -> out: titles as the list and the services write them -> words, search text, an `Agreement` with its reason. Rules:
design.md, "Getting the right paper": word alignment, never a character ratio.
"""

import re
from functools import lru_cache
from typing import Literal

import msgspec

from pipeline.text import difference
from pipeline.text.difference import Difference, Kind, Title
from pipeline.text.folding import fold, plain
from pipeline.text.spelling import STOP_WORDS, is_number

__all__ = ["STOP_WORDS", "Agreement", "agree", "content_words", "fold", "safe_words", "strip_notice", "words"]

Level = Literal["same", "strong", "loose", "weak", "none"]
LEVELS: tuple[Level, ...] = ("none", "weak", "loose", "strong", "same")
"""Weakest first: `strong` differs by slips and articles, `loose` by a subtitle, a coined name or one small word, `weak`
shares half of the content words, but a difference carries meaning."""

_MOST_WORDS = 120
"""Longer texts are abstracts, not titles: compared for equality only."""
_HALF = 0.5
_MOST_SLIPPED = 4
"""Words of a title that may all be misspelt."""
_SLIP_SHARE = 3
"""One word in three may hold a slip (two always may): the damaged rows we measured have at most two in three words."""
_STRAY_WORDS = re.compile(
    r"(?:arxiv|preprint|pdf|paper|code|link|html|project|page|draft|version|revised|final|camera|ready|accepted|to|appear"
    r"|in|press|oral|poster|spotlight|v?\d{1,2}(?:st|nd|rd|th)?|first|second|third)"
)
_STRAY_OPTION = re.compile(r"--[a-z][a-z ]{0,40}|(?:-- ?)?update references", re.IGNORECASE)
_STUCK_OPTION = re.compile(r"--(?:update|fix|add|check|see)\b[a-z ]{0,40}", re.IGNORECASE)
"""Without a blank before it two hyphens are a dash too, as in "Deep nets--a survey": only an editing order is cut."""
_RETRACTED = r"(?:retracted|withdrawn|removed)(?:\s+(?:article|paper|chapter|manuscript))?"
_NOTICE_START = re.compile(rf"\s*(?:[\[(]\s*{_RETRACTED}\s*[\])]\s*[:.]?|{_RETRACTED}\s*[:–—])\s*", re.IGNORECASE)
_NOTICE_END = re.compile(rf"[\[(]\s*{_RETRACTED}\s*[\])]\s*$", re.IGNORECASE)
_LONGEST_NOTICE = 60
_MOST_STRAY = 4
_EDITIONS = frozenset(["edition", "ed", "revised", "enlarged", "vol", "volume"])
_UNSAFE = re.compile(r"[^\w'’‐‑-]+")


class Agreement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How far two titles agree, and why not further."""

    level: Level
    score: float
    """0 to 1; orders candidates of one level, and is no probability."""
    share: float
    """0 to 1: content words that agree, of all content words of both."""
    reason: str
    """The difference that decided, in words."""
    difference: Kind | None = None
    """Kind of the difference that decided."""
    doubtful: str | None = None
    """The listed word that is a letter off: a typing error, unless it turns out to be another word."""

    @property
    def is_strong(self) -> bool:
        """Whether the titles name the same work, as far as titles can."""
        return self.level in ("same", "strong")


def words(title: str) -> tuple[str, ...]:
    """Return the folded words.

    >>> words("Self-Supervised Learning: it’s 3D!")
    ('self', 'supervised', 'learning', 'its', '3d')
    """
    return tuple(fold(title).split())


@lru_cache(maxsize=8192)
def content_words(title: str) -> tuple[str, ...]:
    """Return the folded words without stop words; all of them if nothing else is left.

    >>> content_words("Attention Is All You Need"), content_words("What Is It?")
    (('attention', 'all', 'you', 'need'), ('what', 'is', 'it'))
    """
    folded = words(title)
    return tuple(word for word in folded if word not in STOP_WORDS) or folded


def strip_notice(title: str) -> tuple[str, bool]:
    """Take away a `RETRACTED:` or `WITHDRAWN:` that marks the paper itself, and say whether there was one.

    >>> strip_notice("RETRACTED ARTICLE: Green tea"), strip_notice("[Retracted] Green tea")
    (('Green tea', True), ('Green tea', True))
    >>> strip_notice("Retraction Note to: Green tea"), strip_notice("Retracted science in the press")
    (('Retraction Note to: Green tea', False), ('Retracted science in the press', False))
    """
    rest = _NOTICE_START.sub("", title, count=1) if _NOTICE_START.match(title) else title
    end = _NOTICE_END.search(rest, max(len(rest) - _LONGEST_NOTICE, 0))
    rest = (rest[: end.start()] if end else rest).strip()
    return (rest, True) if rest and rest != title.strip() else (title, False)


def with_subtitle(title: str | None, subtitle: str | None) -> str | None:
    """Return the full title, as a reference shows it; a subtitle that the title already holds is not repeated.

    >>> with_subtitle("Deep nets", "a survey"), with_subtitle("Deep nets: a survey", "A Survey")
    ('Deep nets: a survey', 'Deep nets: a survey')
    >>> with_subtitle("Are nets deep?", "Yes.")
    'Are nets deep? Yes.'
    """
    if not title or not subtitle or fold(subtitle) in fold(title):
        return title
    return f"{title}{'' if title[-1] in '.:?!–—' else ':'} {subtitle}"


def strip_stray(title: str) -> str:
    """Take away what lists leave behind a title: a state in brackets, an option of a tool, a full stop.

    >>> strip_stray("Deep nets --update references"), strip_stray("Deep nets (2nd version) [arXiv].")
    ('Deep nets', 'Deep nets')
    >>> strip_stray("Imaging--update references"), strip_stray("Deep nets--a survey")
    ('Imaging', 'Deep nets--a survey')
    >>> strip_stray("Nets (a survey)"), strip_stray("[arXiv]")
    ('Nets (a survey)', '[arXiv]')
    """
    text = title.strip()
    for _ in range(_MOST_STRAY):
        before, text = text, _without_last_group(text).rstrip(" .,;:*·|").strip() or text
        if text == before:
            break
    return text


@lru_cache(maxsize=1024)
def safe_words(title: str) -> str:
    """Reduce a title to words that neither search reads as an operator: no `? * ! | " ( ) : ~ ^`, lower case.

    >>> safe_words("Is “BERT” NOT (all) you need? --update references")
    'is bert not all you need'
    >>> safe_words("H<sub>2</sub>O: self-supervised OR not!")
    'h2o self-supervised or not'
    """
    text = plain(strip_stray(strip_notice(title)[0]))
    return " ".join(word.strip("'’‐‑-_") for word in _UNSAFE.sub(" ", text).lower().split() if word.strip("'’‐‑-_"))


def agree(listed: str, found: str, *, subtitle: str | None = None) -> Agreement:
    """Compare the list's title with a record's; a subtitle that the record keeps apart may count or not.

    >>> agree("Deep Learnign for X-rays", "Deep learning for X-Rays").level
    'strong'
    >>> agree("2D segmentation", "3D segmentation").reason
    'number differs: 2d / 3d'
    """
    verdict = _compare(listed, found)
    if subtitle and not (verdict.level == "same" and fold(subtitle) in fold(found)):
        whole = _compare(listed, f"{found}: {subtitle}")
        # Where the list states a subtitle too, or the record's numbers a part, only the whole title is the title.
        if verdict.difference == "subtitle" or whole.difference in ("number", "notice"):
            return whole
        verdict = max(verdict, whole, key=lambda one: (LEVELS.index(one.level), one.score))
    return verdict


def continues(listed: str, found: str) -> bool:
    """Return whether the list's title is where a longer one begins, up to a break or to the number of an edition.

    >>> continues("Dielectric Studies.", "Dielectric Studies. VIII. Dipole moments of anchors")
    True
    >>> continues("Dielectric", "Dielectric Studies. VIII."), continues("Studies", "Dielectric Studies")
    (False, False)
    """
    one, two = _take_apart(listed), _take_apart(found)
    length = len(one.forms)
    is_longer = 0 < length < len(two.forms) and two.forms[:length] == one.forms
    rest = {word for word in two.forms[length:] if not is_number(word)}
    return is_longer and (length in two.breaks or bool(rest and rest <= _EDITIONS))


def _compare(listed: str, found: str) -> Agreement:
    if listed == found and fold(listed):
        return Agreement(level="same", score=1.0, share=1.0, reason="same title")
    one, two = _take_apart(listed), _take_apart(found)
    if not one.words or not two.words:
        return Agreement(level="none", score=0.0, share=0.0, reason="no title to compare")
    is_marked = one.mark != two.mark
    if one.words == two.words and not is_marked:
        return Agreement(level="same", score=1.0, share=1.0, reason="same title")
    if not is_marked and (one.forms == two.forms or "".join(one.words) == "".join(two.words)):
        return Agreement(level="same", score=0.99, share=1.0, reason="same title but for spelling and hyphens")
    if max(len(one.words), len(two.words)) > _MOST_WORDS:
        return Agreement(level="none", score=0.0, share=0.0, reason="too long for a title")
    least = min(len(one.forms), len(two.forms))
    if least > _MOST_SLIPPED and 2 * len({*one.forms} & {*two.forms}) < least:
        # Most answers to a search: less than half of the shorter title's words, so no alignment can make them agree.
        share = _share(one, two, ())
        return Agreement(level="none", score=round(share / 2, 3), share=share, reason="other words", difference="word")
    return _weigh(one, two, difference.find(one, two))


@lru_cache(maxsize=1024)
def _take_apart(title: str) -> Title:
    """Remembered: each title of a paper is held against the others, and again with every answer."""
    rest, mark = difference.split_mark(strip_notice(title)[0])
    return difference.parse(strip_stray(rest), mark)


def _weigh(one: Title, two: Title, differences: tuple[Difference, ...]) -> Agreement:
    """Turn the differences into a level: the worst one decides."""
    if not differences:
        return Agreement(level="same", score=0.99, share=1.0, reason="same title but for its mark")
    slips = tuple(d for d in differences if d.kind == "slip")
    share = _share(one, two, slips)
    kinds = {d.kind for d in differences}
    if kinds <= {"join"}:
        return Agreement(level="same", score=0.99, share=share, reason=_describe(differences))
    penalty = 0.02 * len(differences) + 0.03 * len(slips)
    too_many = len(slips) > max(2, len(one.words) // _SLIP_SHARE)
    if kinds <= difference.HARMLESS and not too_many:
        return Agreement(level="strong", score=max(0.96 - penalty, 0.8), share=share, reason=_describe(differences))
    grave = tuple(d for d in differences if d.kind not in difference.HARMLESS)
    if kinds <= difference.HARMLESS | difference.LOOSE and len(grave) == 1 and not too_many:
        doubtful = grave[0].listed[0] if grave[0].kind == "letter" else None
        return Agreement(level="loose", score=max(0.8 - penalty, 0.6), share=share, reason=_describe(grave),
                         difference=grave[0].kind, doubtful=doubtful)  # fmt: skip
    decisive = min(grave, key=lambda d: _GRAVITY.index(d.kind), default=differences[0])
    return Agreement(
        level="weak" if share >= _HALF else "none",
        score=round(0.5 * share, 3),
        share=share,
        reason=decisive.describe() if grave else "too many typing errors",
        difference=decisive.kind,
    )


_GRAVITY: tuple[Kind, ...] = (
    "notice", "number", "negation", "word", "name", "subtitle", "mark", "small", "family", "letter", "slip", "article",
    "footnote", "join",
)  # fmt: skip
"""Worst first: which of several differences is named."""


def _describe(differences: tuple[Difference, ...]) -> str:
    return "; ".join(dict.fromkeys(d.describe() for d in differences))


def _share(one: Title, two: Title, slips: tuple[Difference, ...]) -> float:
    """Dice's coefficient of the content words, slips counted as agreeing."""
    left, right = _content(one), _content(two)
    shared = sum(min(left.count(form), right.count(form)) for form in {*left} & {*right})
    shared += sum(1 for slip in slips if slip.listed[0] not in STOP_WORDS)
    return round(min(2 * shared / (len(left) + len(right)), 1.0), 3)


def _content(title: Title) -> list[str]:
    told = zip(title.words, title.forms, strict=True)
    return [form for word, form in told if word not in STOP_WORDS] or list(title.forms)


def _without_last_group(text: str) -> str:
    """Cut ` --some option` or a bracket that holds nothing but a state."""
    for sign, pattern in ((" --", _STRAY_OPTION), (" update", _STRAY_OPTION), ("--", _STUCK_OPTION)):
        option = text.lower().rfind(sign)
        if option > 0 and pattern.fullmatch(text, option + (sign[0] == " ")):
            return text[:option]
    if text[-1:] in ("]", ")"):
        start = text.rfind("[" if text.endswith("]") else "(")
        inside = re.findall(r"\w+", text[start + 1 : -1].lower()) if start > 0 else []
        if inside and all(_STRAY_WORDS.fullmatch(word) for word in inside) and not all(w.isdigit() for w in inside):
            return text[:start]
    return text
