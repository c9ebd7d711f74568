r"""Tags in titles and abstracts: HTML, JATS and MathML.

in -> out: text with tags -> text without them, its words apart where the tag stood between two words.
Rules: what Crossref members deposit. Unknown names are text (`p <q> r`). APS, Hindawi, IOP and Wiley write no blank
beside a formula or a word in italics (`Decay of<mml:math>...`, `superfluid<sup>3</sup>He`); others break and indent the
source between a letter and its index (`CO\\n   <sub>2</sub>`). Marks of footnotes stand at the end of a title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCK = frozenset(
    [
        "abstract",
        "br",
        "disp-formula",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "label",
        "li",
        "list",
        "list-item",
        "mspace",
        "ol",
        "p",
        "sec",
        "section",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_ITALIC = frozenset(["i", "em", "emph", "italic", "it"])
_RAISED = frozenset(["sup", "super"])
_LOWERED = frozenset(["sub", "inf"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "alternatives",
        "annotation",
        "annotation-xml",
        "b",
        "big",
        "bold",
        "ext-link",
        "fn",
        "font",
        "formula",
        "inline-formula",
        "inline-graphic",
        "math",
        "menclose",
        "mfenced",
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "ms",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
        "named-content",
        "none",
        "overline",
        "roman",
        "s",
        "sc",
        "scp",
        "semantics",
        "small",
        "span",
        "strike",
        "strong",
        "styled-content",
        "subtitle",
        "tex",
        "tex-math",
        "tt",
        "u",
        "underline",
        "xref",
    ]
)
_KNOWN = _BLOCK | _ITALIC | _RAISED | _LOWERED | _INLINE
_EMPTY = frozenset(["br", "hr", "img", "mspace", "mprescripts", "none", "inline-graphic"])
_HIDDEN = frozenset(["annotation", "annotation-xml"])
_TEX = frozenset(["tex", "tex-math"])
_SCRIPTS = frozenset(["msub", "msup", "msubsup", "mmultiscripts"])

_DEEPEST = 60
"""Elements within elements; deeper nesting is hostile, and what is in it is text."""
_COMMENT = re.compile(r"<!--[^<>]*-->|<!\[CDATA\[|\]\]>")
_PARAGRAPHS = re.compile(r"</?(?:jats:)?(?:p|sec|title)>")
"""All the tags of most abstracts; read at once: the parser took a quarter of the time of a record of Crossref."""
_NO_TAG = re.compile(r"<(?!/?[A-Za-z][^<>]*+>)")
"""A sign that opens no tag; the parser would begin anew at each of them, and be slow with hostile text."""
_AMPERSAND, _LESS = "\ue000", "\ue001"
"""Stand for signs that are text, while the parser is at work: it would read `&copy` as one."""
_FOOTNOTE = re.compile(r"\d{1,2}[a-z]?(?:,\s?\d{1,2}[a-z]?){0,3}|[*†‡§¶]{1,3}")
_LONGEST_WORD = 80
_NUMERAL = re.compile(r"[A-Za-z]\.$")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_CHARGE = re.compile(r"\d{0,2}[+\u2212–-]")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
"""A chemical element, which an isotope's number stands before and another atom's number behind."""
_UNITS = frozenset(["cm", "km", "kg", "mm", "nm", "pm", "meter", "meters", "metre", "metres", "mile", "miles"])
_SUFFIXES = frozenset(["s", "th", "st", "nd", "rd", "es"])
"""What may follow a formula or a letter in italics without a blank: `<i>n</i>th`, `<i>SNP</i>s`."""
_LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "using",
        "via",
        "with",
    ]
)
"""Words that are never the beginning of another one."""
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "\u0304": "\u0304", "~": "\u0303", "˜": "\u0303", "^": "\u0302",
            "ˆ": "\u0302",
            "˙": "\u0307", "ˇ": "\u030c"}  # fmt: skip


@dataclass
class _Element:
    name: str
    children: "list[_Element | str]" = field(default_factory=list)

    @property
    def elements(self) -> "list[_Element]":
        return [child for child in self.children if isinstance(child, _Element)]


@dataclass
class _Run:
    """Text that stood together, and in what."""

    text: str
    kind: str = "text"
    has_base: bool = True
    """False for a formula that begins with the index of a letter before it."""


class _Tree(HTMLParser):
    """Reads text into a tree of known elements; everything else is text as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.root = _Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        """Open a known element."""
        name, written = tag.rpartition(":")[2], self.get_starttag_text() or ""
        if name not in _KNOWN or len(self._open) > _DEEPEST:
            self.handle_data(written)
            return
        element = _Element(name)
        self._open[-1].children.append(element)
        if name not in _EMPTY and not written.endswith("/>"):
            self._open.append(element)

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Read what is in `<title>` or `<style>` as what is in any other element."""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of the name, and all that were left open in it."""
        name = tag.rpartition(":")[2]
        at = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at].name == name), 0)
        if at:
            del self._open[at:]
        elif name not in _KNOWN:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._open[-1].children.append(data)


def drop(text: str) -> str:
    """Return the text without its tags; block elements part words, others only where a blank was lost.

    >>> drop("Decay of<math><mi>x</mi></math>and superfluid<sup>3</sup>He in CO<sub>2</sub>")
    'Decay of x and superfluid 3He in CO2'
    >>> drop("<i>Ab Initio</i>Green-Kubo in<i>N</i>-Coupled m<i>RNA</i>, <i>n</i>th")
    'Ab Initio Green-Kubo in N-Coupled mRNA, nth'
    """
    plain = _PARAGRAPHS.sub(" ", text)
    if "<" not in plain:
        return plain
    tree = _Tree()
    tree.feed(_NO_TAG.sub(_LESS, _COMMENT.sub(" ", text)).replace("&", _AMPERSAND))
    tree.close()
    runs = list(_runs(tree.root, "text", hidden=_HIDDEN | (_TEX if _has_mathml(tree.root) else frozenset())))
    pieces: list[str] = []
    before = ""
    for run, after in zip(runs, _following(runs), strict=True):
        left = pieces[-1] if pieces else ""
        said = run.text
        if run.kind in ("sup", "sub") and pieces:
            if _is_footnote(run, left, after):
                continue
            if _is_index(run, left):
                pieces[-1] = left = left.rstrip()
        elif before in ("sup", "sub") and said[:1].isspace() and "\n" in said and _ELEMENT.match(said.lstrip()):
            said = said.lstrip()  # a line break between the atoms of a formula
        if said:
            pieces += [" ", said] if _is_blank_lost(left, before, run, after) else [said]
            before = run.kind
    return "".join(pieces).replace(_AMPERSAND, "&").replace(_LESS, "<")


def _following(runs: list[_Run]) -> list[str]:
    """Return for each run the text that follows it."""
    following, text = [], ""
    for run in reversed(runs):
        following.append(text)
        text = run.text or text
    return following[::-1]


def _has_mathml(element: _Element) -> bool:
    return any(child.name == "math" or _has_mathml(child) for child in element.elements)


def _runs(element: _Element, kind: str, *, hidden: frozenset[str]) -> Iterator[_Run]:
    """Yield the text in its order, split where its kind changes."""
    for child in element.children:
        if isinstance(child, str):
            yield _Run(child, kind)
            continue
        name = child.name
        if name in hidden:
            continue
        if name == "math":
            yield _Run(_math(child).strip(), "math", has_base=_has_base(child))
        elif name in _TEX:
            source = "".join(run.text for run in _runs(child, kind, hidden=hidden))
            yield _Run(source if "$" in source or "\\(" in source else f"${source.strip()}$", "math")
        elif name == "subtitle":
            yield _Run(": ", "break")
            yield from _runs(child, kind, hidden=hidden)
        elif name in _BLOCK:
            yield _Run(" ", "break")
            yield from _runs(child, kind, hidden=hidden)
            yield _Run(" ", "break")
        elif name in _RAISED | _LOWERED:
            said = "".join(run.text for run in _runs(child, kind, hidden=hidden))
            yield _Run(said, "sup" if name in _RAISED else "sub")
        else:
            yield from _runs(child, "italic" if name in _ITALIC else kind, hidden=hidden)


def _math(element: _Element) -> str:
    """Return a formula's text; indentation between MathML's elements means nothing, blanks inside its text do."""
    name = element.name
    if name in _HIDDEN | _TEX:
        return ""
    if name == "mtext":
        return "".join(child if isinstance(child, str) else _math(child) for child in element.children)
    if name == "mspace":
        return " "
    parts = [child.strip() if isinstance(child, str) else _math(child) for child in element.children]
    said = [part for part, child in zip(parts, element.children, strict=True) if isinstance(child, _Element)]
    if name == "mmultiscripts":
        at = next((at for at, child in enumerate(element.elements) if child.name == "mprescripts"), len(said))
        return "".join((*said[at + 1 :], *said[:at]))
    if name == "mfrac" and len(said) == 2:
        return "/".join(said)
    if name == "mover" and len(said) == 2 and len(said[0]) == 1 and said[1] in _ACCENTS:
        return said[0] + _ACCENTS[said[1]]
    if name == "mfenced":
        return f"({','.join(said)})"
    return ("√" if name == "msqrt" else "") + "".join(parts)


def _has_base(element: _Element) -> bool:
    """Tell whether a formula is whole: `H<math><msub><mrow/><mn>2</mn></msub></math>` holds the index only."""
    first = next(iter(element.elements), None)
    while first is not None and first.name in ("mrow", "semantics", "mstyle") and first.elements:
        first = first.elements[0]
    if first is None or first.name not in ("msub", "msup", "msubsup") or not first.elements:
        return True
    return bool(_math(first.elements[0]).strip())


def _is_footnote(run: _Run, left: str, after: str) -> bool:
    """Tell a footnote's mark: at the end behind a word, or behind a numeral such as `XIX.`."""
    if run.kind != "sup" or not _FOOTNOTE.fullmatch(run.text.strip()):
        return False
    word = _WORD_BEFORE.search(left[-_LONGEST_WORD:])
    is_word = word is not None and len(word[0]) >= 4 and word[0][-1].islower() and word[0] not in _UNITS
    return (is_word and not after.strip()) or (_NUMERAL.search(left[-2:]) is not None and run.text.strip().isdigit())


def _is_index(run: _Run, left: str) -> bool:
    """Tell an index that a blank was put before: nothing but its letter can stand before `<sub>`."""
    if not left[-1:].isspace() or not left.rstrip()[-1:].isalnum():
        return False
    return run.kind == "sub" or ("\n" in left and _CHARGE.fullmatch(run.text.strip()) is not None)


def _is_blank_lost(left: str, kind: str, run: _Run, after: str) -> bool:
    """Tell whether two words stand without a blank because a tag stood between them."""
    right = run.text
    if not left or left[-1].isspace() or right[0].isspace() or run.kind == "break" or kind == "break":
        return False
    before, behind = _WORD_BEFORE.search(left[-_LONGEST_WORD:]), _WORD_AFTER.match(right)
    word, next_word = before[0] if before else "", behind[0] if behind else ""
    if run.kind in ("math", "italic", "sup") and kind != run.kind and left[-1] in ",;:)" and right[0].isalnum():
        return run.kind != "sup"
    if run.kind == "math" and kind != "math":
        is_alone = len(word) > 1 and not (word.isupper() and right[0].isdigit())
        return is_alone and run.has_base and (right[0].isalnum() or right[0] == "$")
    if run.kind == "sup":
        is_isotope = right.strip().isdigit() and _ELEMENT.match(after) is not None
        return is_isotope and len(word) > 1 and word.islower() and word not in _UNITS
    if run.kind == "italic" and kind == "text":
        is_name = word[-1:].islower() and (right[0].isupper() or len(next_word) >= 4)
        return len(word) > 1 and (is_name or word.lower() in _LITTLE) and bool(next_word)
    if not next_word or next_word.lower() in _SUFFIXES:
        is_bracket = kind == "italic" and right[0] == "(" and len(word) > 2 and " " in left
        return is_bracket and word.islower()
    if kind == "math":
        return left[-1].isalnum() or left[-1] in "∞+*′)$"
    if kind == "italic":
        return len(word) > 1 and word[-1].islower() and (" " in left.strip() or left.strip()[0].isupper())
    return kind in ("sup", "sub") and len(next_word) >= 4 and next_word[1:].islower()
