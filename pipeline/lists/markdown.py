"""A list of papers in Markdown, read: its entries, its legend of venues, and an account of every line with a link.

in -> out: the text of a list and its settings -> `ParsedList`. The grammar that is understood is docs/lists.md, whose
examples the tests run. Always linear in the length of the text, never an error.
"""

import re

from pipeline.config import ListSettings
from pipeline.lists import enriched_block
from pipeline.lists.accounts import account_lines
from pipeline.lists.draft import Draft
from pipeline.lists.tree import read_tree
from pipeline.lists.verdict import Verdict, judge_drafts
from pipeline.lists.vote import settle
from pipeline.lists.walk import Walk
from pipeline.model import Entry, Issue, ParsedList

# Byte order marks, zero-width spaces, word joiners: they come with copied text, and stand inside of identifiers.
_FRONT_MATTER = re.compile(
    r"(---|\+\+\+)[ \t]*\n(?:[ \t]*(?:[\w\"'-][^\n]{0,500}[:=][^\n]*|[-#\]\[ ][^\n]*|)\n){0,200}?\1[ \t]*(?:\n|$)"
)
_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x00AD))


def parse(text: str, settings: ListSettings = ListSettings()) -> ParsedList:
    r"""Read a list; lines are counted by `\n` alone, with or without `\r` before it.

    >>> parse("# Sets\n## 2017\n- Deep Sets, NIPS 2017. [[pdf]](https://arxiv.org/abs/1703.06114)").entries[0].title
    'Deep Sets'
    """
    text = enriched_block.blank(_clean_text(text))
    walk = Walk(read_tree(text), settings)
    drafts = settle(walk.drafts)
    verdicts = judge_drafts(drafts)
    entries = [_make_entry(draft, verdict) for draft, verdict in zip(drafts, verdicts, strict=True) if verdict.entry]
    return ParsedList(
        title=walk.title,
        entries=tuple(sorted(entries, key=lambda entry: entry.line)),
        aliases=tuple(dict.fromkeys(walk.aliases)),
        accounts=account_lines(text.split("\n"), drafts, verdicts, walk.skips),
    )


def _clean_text(text: str) -> str:
    r"""Leave `\n` as the only line end: the parser would end a line at a lone `\r`, too. Drop what nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", " ").translate(_INVISIBLE)
    # Front matter keeps its lines, empty.
    front = _FRONT_MATTER.match(text)
    return "\n" * front[0].count("\n") + text[front.end() :] if front else text


def _make_entry(draft: Draft, verdict: Verdict) -> Entry:
    row, chosen, section = draft.row, draft.chosen, draft.section
    message = f"This row was taken for a paper, but {verdict.reason}."
    issues = (Issue(rule="unsure-entry", line=row.line, message=message),) if verdict.reason else ()
    return Entry(
        line=row.line,
        title=row.title or "",
        year=row.year or section.imprint.year,
        venue=row.venue or section.imprint.venue,
        category=draft.category,
        url=chosen.url,
        code_url=chosen.code_url,
        section=section.path,
        authors=row.authors,
        links=chosen.links,
        issues=issues,
    )
