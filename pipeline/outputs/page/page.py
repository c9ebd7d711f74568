"""`index.html`: one self-contained page to search the papers in.

in -> out: papers in list order -> HTML. Nothing is loaded from anywhere: style, script and data stand in the page, and
a content security policy names the hashes of style and script, so that nothing else runs even if a title got past the
template's escaping. Without a script the page is the whole list.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined

from pipeline.model import ListInfo, Paper, Suggestions
from pipeline.outputs.display import (
    NOT_ASKED,
    TYPE_WORDS,
    clean_line,
    find_url,
    first_rows,
    group_by_section,
    render_authors,
    safe_url,
    suggestion_url,
    was_answered,
)
from pipeline.outputs.page import data
from pipeline.outputs.page.references import Reference
from pipeline.outputs.page.references import render as references_of
from pipeline.outputs.pictures.pictures import STYLE, Picture

MODULES = ("text", "search", "address", "references", "element", "paper", "main")
"""The script's modules, each after those it imports."""
DOWNLOADS = (
    ("references.bib", "BibTeX"),
    ("references.ris", "RIS"),
    ("references.json", "CSL-JSON"),
    ("catalog.csv", "CSV"),
    ("catalog.json", "Everything (JSON)"),
    ("feed.xml", "Feed"),
    ("issues.md", "What needs a human"),
)
MOST_BOXES = 12
"""Values of a choice that are shown as boxes, several of which may be ticked; more become a menu of one."""
NO_SUGGESTIONS = Suggestions()
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_COMMENT = re.compile(r"^ *//.*\n|^ */\*\*.*\*/\n|^\n|^ +", re.MULTILINE)
"""What a browser needs none of: lines of comment, empty lines, indentation."""


_DATA, _DETAILS = "<!--data-->", "<!--details-->"
"""Where the JSON goes; no text of a paper can hold them, since its `<` is escaped."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One filter of the form."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    """(value, words)."""

    @property
    def is_menu(self) -> bool:
        """Tell whether it is a menu; sections and venues are always one."""
        return self.name in ("section", "venue") or len(self.options) > MOST_BOXES


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as it is read without a script: in few words, because the page holds all of them twice."""

    title: str
    url: str | None
    about: str
    mark: str


def render(
    papers: Sequence[Paper],
    info: ListInfo,
    *,
    drawn: Sequence[Picture] = (),
    suggestions: Suggestions = NO_SUGGESTIONS,
    references: Mapping[str, Reference] | None = None,
) -> str:
    """Render the page, each work once, under the list's own headings; the arguments are those of `encode`."""
    return encode(papers, info, drawn=drawn, suggestions=suggestions, references=references).decode()


def encode(
    papers: Sequence[Paper],
    info: ListInfo,
    *,
    drawn: Sequence[Picture] = (),
    suggestions: Suggestions = NO_SUGGESTIONS,
    references: Mapping[str, Reference] | None = None,
) -> bytes:
    """Return the page as bytes: as text, which takes up to four times as much, a large one would not fit beside itself.

    Args:
        papers: in list order.
        info: the list's name.
        drawn: its pictures.
        suggestions: what its papers cite and it lacks.
        references: its papers in each format, where files of them have been written already.
    """
    works = first_rows(papers)
    groups = group_by_section(works)
    numbers = {path: number for number, path in enumerate(groups)}
    rows = data.rows(works, numbers)
    names = [" › ".join(map(clean_line, path)) or "Papers" for path in groups]
    style, script = _read("style.css") + STYLE, _bundle()
    has_counts = any(row.openalex is not None or row.crossref is not None for row in rows)
    frame = _environment().get_template("page.html").render(
        title=clean_line(info.title or info.path),
        path=clean_line(info.path),
        summary=_summary(rows),
        pictures=drawn,
        suggestions=suggestions,
        suggested=[(one, clean_line(one.title), suggestion_url(one)) for one in suggestions.works],
        unasked=None if was_answered(works) else NOT_ASKED,
        downloads=DOWNLOADS,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
        " base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        data=_DATA,
        details=_DETAILS,
        choices=tuple(_choices(rows, names)),
        years=sorted({row.year for row in rows if row.year}),
        flags=tuple(_flags(rows)),
        has_counts=has_counts,
        sections=[(name, map(_line, members)) for name, members in zip(names, groups.values(), strict=True)],
    )  # fmt: skip
    before, _, rest = frame.partition(_DATA)
    between, _, after = rest.partition(_DETAILS)
    known = references_of(works) if references is None else references
    told = data.encode({"papers": rows, "sections": names}), data.encode(data.details(works, known))
    return b"".join((before.encode(), told[0], between.encode(), told[1], after.encode()))


def render_index(lists: Sequence[object]) -> str:
    """Render the page above the folders of several lists, given as `index.Listing`s."""
    style = _read("style.css")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template("index.html").render(lists=lists, style=style, policy=policy)


def _summary(rows: Sequence[data.Row]) -> tuple[str, ...]:
    """Return the list in figures; what there is none of is not said."""
    figures = (
        (len(rows), "paper", "papers"),
        (sum(row.doi is not None for row in rows), "with a DOI", "with a DOI"),
        (sum(row.free is not None for row in rows), "with a free copy", "with a free copy"),
        (sum(row.code is not None for row in rows), "with code", "with code"),
    )
    return tuple(f"{number:,} {one if number == 1 else many}" for number, one, many in figures if number)


def _choices(rows: Sequence[data.Row], names: Sequence[str]) -> Iterator[Choice]:
    """Yield the filters that have something to choose."""
    found = (
        ("section", "Section", [(str(number), name) for number, name in enumerate(names)]),
        ("category", "Category", _by_frequency(row.category for row in rows)),
        ("type", "Kind", _by_frequency(row.type for row in rows if row.type != TYPE_WORDS["misc"])),
        ("venue", "Venue", _by_frequency(row.venue for row in rows)),
    )
    for name, label, options in found:
        if len(options) > 1:
            yield Choice(name=name, label=label, options=tuple(options))


def _by_frequency(values: Iterable[str | None]) -> list[tuple[str, str]]:
    counted = Counter(value for value in values if value)
    return [(value, value) for value, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0].casefold()))]


def _flags(rows: Sequence[data.Row]) -> Iterator[tuple[str, str]]:
    found = (
        ("code", "With code", any(row.code for row in rows)),
        ("open", "With a free copy", any(row.free for row in rows)),
        ("retracted", "Retracted", any(row.retracted for row in rows)),
        ("undecided", "Undecided or not found", any(row.undecided for row in rows)),
    )
    return ((name, words) for name, words, is_there in found if is_there)


def _line(paper: Paper) -> Line:
    authors = render_authors(paper, 1).removesuffix(".")
    where = (paper.short_venue or paper.venue or paper.listed.venue, paper.year or paper.listed.year)
    about = (f"{authors}." if authors else "", ", ".join(clean_line(str(part)) for part in where if part))
    return Line(
        title=clean_line(paper.title),
        url=safe_url(find_url(paper)),
        about=" ".join(part for part in about if part),
        mark="Retracted" if paper.retracted else data.UNDECIDED.get(paper.status, ""),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _bundle() -> str:
    """Return the modules as one script: each in its place, without the words that join them as files.

    Names are not changed, so no two modules may use the same one at their top; the tests of the page run the whole.
    """
    modules = (_read(f"script/{name}.mjs") for name in MODULES)
    parts = (_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", module))) for module in modules)
    return '"use strict";\n{\n' + "".join(parts) + "}\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
