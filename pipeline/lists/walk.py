"""From the tree to the drafts: every block in order, with the section it stands in.

in -> out: the tree and the list's settings -> drafts, the legend of venues, and the lines that are skipped for a
reason of their own (code, comments, tables of contents).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.config import ListSettings
from pipeline.lists.bibtex_block import read_bibtex
from pipeline.lists.column import Cell, Columns, find_columns
from pipeline.lists.draft import Draft, Place, make_draft
from pipeline.lists.imprint import Imprint, find_imprint, read_imprint
from pipeline.lists.legend import read_legend
from pipeline.lists.nested import is_citation, split_parts
from pipeline.lists.people import read_authors
from pipeline.lists.row import Row, read_row, read_rows
from pipeline.lists.section import Section, fold_heading
from pipeline.lists.span import Span, count_words, plain, split_lines
from pipeline.lists.table import read_all, read_cells, read_flow, read_table_row, repeats_title, split_pipes
from pipeline.lists.title import clean_title, is_headline, is_prose, is_unfinished
from pipeline.lists.titlespan import find_title, has_paper_link
from pipeline.lists.tree import Block


class Walk:
    """What was found on the way through the tree."""

    def __init__(self, root: Block, settings: ListSettings) -> None:
        self.title: str | None = None
        self.drafts: list[Draft] = []
        self.aliases: list[tuple[str, str]] = []
        self.skips: dict[int, str] = {}
        self._settings = settings
        self._ignored = frozenset(fold_heading(name) for name in settings.ignore_sections)
        self._section = Section()
        self._group = 0
        self._in_code: list[Draft] = []
        self._pending: list[Span] = []
        self._place: Place = "paragraph"
        self._columns = Columns()
        self._own_title = _find_own_title(root)
        for block in root.blocks:
            self._visit(block)
        self._flush()
        # BibTeX often stands below the row of its own paper.
        listed = {fold_heading(draft.row.title or "") for draft in self.drafts} if self._in_code else set()
        self.drafts += [draft for draft in self._in_code if fold_heading(draft.row.title or "") not in listed]

    def _visit(self, block: Block) -> None:
        match block.kind:
            case "heading":
                self._visit_heading(block)
            case "summary":
                self._section = self._section.enter_part(plain(block.spans))
                self._visit_paragraph(block)
            case "paragraph":
                self._visit_paragraph(block)
            case "list":
                self._visit_list(block)
            case "table":
                self._visit_table(block)
            case "code":
                self._visit_code(block)
            case "comment":
                self._skip(block, "HTML comment")
            case _:
                for child in block.blocks:
                    self._visit(child)

    def _visit_code(self, block: Block) -> None:
        self._skip(block, "block of code")
        rows = read_bibtex(block.spans[0].text, block.spans[0].line) if block.spans else []
        if rows and self._section.kind != "meta":  # there it says how to cite the list
            self._flush()
            self._group += 1
            drafts = [make_draft(row, self._section, "item", self._group) for row in rows]
            self._in_code += drafts

    def _visit_heading(self, block: Block) -> None:
        self._flush()
        text = plain(_without_badges(block.spans))
        if block is self._own_title:
            self.title = clean_title(text) or None
            self._section = _start_section(text)
        elif text:
            self._section = self._section.enter(text, block.level, self._ignored)
            # A heading may itself be a title, with authors and links below it.
            self._pending, self._place = list(block.spans), "heading"

    def _visit_paragraph(self, block: Block) -> None:
        is_part = find_title(block.spans) is None and not _has_empty_title(block.spans)
        if self._pending and (is_part or self._is_summary(block.spans)):
            self._pending += [Span(kind="hard", line=block.line), *block.spans]
            return
        self._flush()
        if _is_piped(block.spans):
            self._read_piped(block.spans)
        else:
            self._pending = list(block.spans)

    def _is_summary(self, spans: Sequence[Span]) -> bool:
        """Tell whether a paragraph below a heading tells about the paper that the heading names, or who wrote it."""
        found = find_title(spans)
        if self._place != "heading" or found is None or found.reference or any(span.kind == "link" for span in spans):
            return False
        text = plain(spans)
        is_told = found.style == "plain" and count_words(text) >= _MIN_SUMMARY and not is_headline(text)
        return is_told or bool(read_authors(text, sure=True))

    def _flush(self) -> None:
        """Read the paragraphs that were collected as one."""
        spans, place = self._pending, self._place
        self._pending, self._place = [], "paragraph"
        if place == "heading" and not has_paper_link(spans):
            self._skip_links(spans, "heading")
        elif spans:
            self._group += 1
            self._add_rows(read_rows(spans), place)

    def _add_rows(self, rows: Sequence[Row], place: Place) -> None:
        for row in rows:
            if row.title is None:
                badges = all(link.picture for link in row.links)
                self._skip_links(row.links, "badge" if badges else "link without a title")
            else:
                # A heading that is a title is no section of itself.
                section = self._section.leave() if place == "heading" else self._section
                draft = make_draft(row, section, place, self._group, refusal=_refuse(row, place))
                self.drafts.append(draft)
                self._end_contents(draft)

    def _end_contents(self, draft: Draft) -> None:
        """A table of contents ends where links to papers begin."""
        if self._section.kind == "contents" and draft.chosen.evidence == "proof":
            self._section = msgspec.structs.replace(self._section, kind="")

    def _visit_list(self, block: Block) -> None:
        items = [item for item in block.blocks if item.kind == "item"]
        flows = [read_flow(item) for item in items]
        links = [span for child in block.walk() for span in child.spans if span.kind == "link"]
        if links and all((link.url or "").startswith("#") for link in links):
            self._skip(block, "table of contents")
        elif self._pending and items and all(find_title(flow) is None for flow in flows):
            for item in items:
                self._pending += [Span(kind="hard", line=item.line), *read_all(item)]
        else:
            self._flush()
            self._read_list(block, items, flows)

    def _read_list(self, block: Block, items: Sequence[Block], flows: Sequence[Sequence[Span]]) -> None:
        if legend := self._read_legend(flows):
            self.aliases += legend
            self._skip(block, "legend of venues")
            return
        self._group += 1
        group = self._group
        for item in _join_cards(items, flows):
            self._visit_item(item, group)

    def _read_legend(self, flows: Sequence[Sequence[Span]]) -> list[tuple[str, str]]:
        if not self._section.venues and any(has_paper_link(flow) for flow in flows):
            return []
        return read_legend([plain(flow) for flow in flows], announced=self._section.venues)

    def _visit_item(self, item: Block, group: int) -> None:
        """Read an item with the nested bullets that belong to it, then those that stand for themselves."""
        spans = read_flow(item)
        own: list[Block] = []
        cited = False
        parent = read_row(spans) if any(child.kind == "list" for child in item.blocks) else None
        dated = _find_dated_venue(spans) if parent and not parent.all_links() else None
        if dated:
            parent = None
        for child in item.blocks:
            if child.kind == "list" and parent is None:
                own.append(child)
            elif child.kind == "list" and parent:
                cited = cited or is_citation(child, parent)
                parts, rest = split_parts(child, parent)
                spans = [*parts, *spans] if cited else [*spans, *parts]
                own += rest
            elif child.kind in ("table", "code", "comment"):
                own.append(child)
        outer, self._group = self._group, group
        if not dated:
            self._add_rows([read_row(spans)] if cited else read_rows(spans), "item")
        self._group = outer
        section = self._section
        if dated:
            self._section = msgspec.structs.replace(section, imprint=dated)
        for block in own:
            self._visit(block)
        self._section = section

    def _visit_table(self, block: Block) -> None:
        self._flush()
        header, body = read_cells(block)
        self._columns = find_columns(header, body, self._settings.columns)
        self._group += 1
        for above, cells in pairwise([header, *body]):
            if repeats_title(above, cells, self._columns):
                self._skip_links([span for cell in cells for span in cell], "table row without a title")
            else:
                self._read_table_row(cells)

    def _read_piped(self, spans: Sequence[Span]) -> None:
        """Read lines that were meant as rows of the table above them."""
        for line in split_lines(spans):
            self._read_table_row(split_pipes(line))

    def _read_table_row(self, cells: Sequence[Cell]) -> None:
        links = [span for cell in cells for span in cell if span.kind == "link"]
        rows = [] if self._columns.results else read_table_row(cells, self._columns)
        for found in rows:
            refusal = _refuse_title(found.row.title or "")
            draft = make_draft(found.row, self._section, "table", self._group, refusal=refusal)
            self.drafts.append(msgspec.structs.replace(draft, category=found.category, listing=found.listing))
        if not rows:
            self._skip_links(links, "table of results" if self._columns.results else "table row without a title")

    def _skip(self, block: Block, reason: str) -> None:
        for line in range(block.line, block.end + 1):
            self.skips.setdefault(line, reason)

    def _skip_links(self, spans: Sequence[Span], reason: str) -> None:
        for span in spans:
            if span.kind == "link":
                self.skips.setdefault(span.line, reason)


def _find_dated_venue(spans: Sequence[Span]) -> Imprint | None:
    """Return what `- CVPR 2019` says, which is a heading above a list of titles."""
    text = plain(spans)
    imprint = read_imprint(text)
    return imprint if imprint.pure and imprint.year and count_words(text) <= _MAX_HEADING else None


def _join_cards(items: Sequence[Block], flows: Sequence[Sequence[Span]]) -> list[Block]:
    """Join items that are fields of one paper each: `- Title: ...`, `- Authors: ...`, `- Title: ...`."""
    roles = [next((span.field for span in flow if span.field or span.text.strip()), "") for flow in flows]
    if "title" not in roles or not all(roles) or len(set(roles)) == 1:
        return list(items)
    cards: list[Block] = []
    for item, role in zip(items, roles, strict=True):
        if role == "title" or not cards:
            cards.append(
                Block(kind="item", line=item.line, end=item.end, blocks=list(item.blocks), spans=[*item.spans])
            )
        else:
            cards[-1].blocks += item.blocks
            cards[-1].spans += [Span(kind="hard", line=item.line), *item.spans] if item.spans else []
            cards[-1].end = item.end
    return cards


def _start_section(title: str) -> Section:
    origin = find_imprint(title)
    return Section(imprint=origin, origin=origin)


def _without_badges(spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if not span.picture]


def _is_piped(spans: Sequence[Span]) -> bool:
    first = next((span for span in spans if span.text.strip()), None)
    return first is not None and first.kind == "text" and first.text.lstrip().startswith("|")


def _has_empty_title(spans: Sequence[Span]) -> bool:
    """Tell whether a row begins with a bold title of no words (`** **`): its links are not those of the row above."""
    first = next((span for span in spans if span.text.strip() or span.kind == "link"), None)
    return first is not None and first.kind == "text" and bool(_EMPTY_TITLE.match(first.text.strip()))


def _find_own_title(root: Block) -> Block | None:
    """Return the list's own heading: the only one of level 1, or the first when nothing but badges stands above it."""
    headings = [block for block in root.walk() if block.kind == "heading"]
    top = [block for block in headings if block.level == 1]
    if not top or top[0] is not headings[0]:
        return None
    if len(top) == 1:
        return top[0]
    above = [block for block in root.blocks if block.line < top[0].line]
    words = [span for block in above for span in block.spans if span.kind == "text"]
    return top[0] if count_words(plain(words)) == 0 else None


_TEMPLATE = re.compile(
    r"(?:the |your |full )?(?:paper|article|publication)?s? ?(?:title|name)(?: of (?:the|your|a) (?:paper|article))?"
    r"(?: goes)?(?: here)?",
    re.IGNORECASE,
)
_EMPTY_TITLE = re.compile(r"\*\*\s*(?:\*\*|$)")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|figura|tabla|图|表|図)\s?\d{1,3}\s?[.:：|–-]", re.IGNORECASE
)
_ACCESSION = re.compile(r"(?:GSE|GSM|GPL|PRJ[A-Z]{2}|[SED]R[APRX]|E-[A-Z]{4}-|phs|EGA[A-Z])\d{2,}(?:\.\w+)*")
# Words of a sentence in front of a linked title, and behind a title that stands in a paragraph, that make it a mention.
_MAX_BEFORE, _MAX_BEHIND = 8, 24
# Words of a bullet that is a heading: a venue and its year.
_MAX_HEADING = 4
# A paragraph of fewer words below a heading may be a title.
_MIN_SUMMARY = 5


def _refuse(row: Row, place: Place) -> str:
    """Return why a row with a title is no row of a list, `""` when it may be one."""
    if refusal := _refuse_title(row.title or ""):
        return refusal
    if row.cited:
        return ""
    if row.before and (is_prose(row.before) or count_words(row.before) > _MAX_BEFORE):
        return "mention in a sentence"
    if (row.style == "plain" and is_prose(row.title or "")) or (row.style != "link" and is_unfinished(row.title or "")):
        return "sentence"
    if place == "paragraph" and row.style == "plain" and count_words(row.title or "") == 1:
        return "sentence"
    if place == "paragraph" and row.style in ("plain", "link") and count_words(row.rest) > _MAX_BEHIND:
        return "sentence"
    return ""


def _refuse_title(title: str) -> str:
    if _TEMPLATE.fullmatch(title):
        return "template of a row"
    if _CAPTION.match(title):
        return "caption"
    return "accession of data" if _ACCESSION.fullmatch(title) else ""
