"""Which drafts are entries, and why the others are not.

in -> out: all drafts of a list -> a `Verdict` for each. A row is judged by its links, by the section it stands in, and
by the rows beside it: what is doubtful is an entry where its neighbours are papers, and says so.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from pipeline.addresses.identifiers import page_name
from pipeline.lists.draft import Draft
from pipeline.lists.span import count_words
from pipeline.lists.title import is_headline

# From this many words on, a title alone is worth an entry beside other papers.
_TITLE_WORDS = 4
# A title of one word that leads to code is that of a tool; so is one with more words behind it than a remark has.
_CITED_WORDS, _REST_WORDS = 2, 3
# Share of a section's rows that must be papers for a doubtful one to count as one too: more than half.
_MAJORITY = 0.5


class Verdict(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whether a draft becomes an entry."""

    entry: bool
    reason: str = ""
    """Why not; or, for an entry, what makes it doubtful."""


_YES = Verdict(entry=True)


def judge_drafts(drafts: Sequence[Draft]) -> list[Verdict]:
    """Judge all drafts of a list."""
    groups: dict[int, list[Draft]] = defaultdict(list)
    sections: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.group].append(draft)
        sections[draft.section.path].append(draft)
    group_shares = {group: _share(members) for group, members in groups.items()}
    section_shares = {path: _share(members) for path, members in sections.items()}
    if not any(_is_evident(draft) for draft in drafts):
        # The README of a project has rows and tables, too.
        return [Verdict(entry=False, reason="nothing in the list says that it is one of papers") for _ in drafts]
    verdicts = [_judge(draft, max(group_shares[draft.group], section_shares[draft.section.path])) for draft in drafts]
    claimed = {
        address
        for draft, verdict in zip(drafts, verdicts, strict=True)
        if verdict.entry
        for address in _addresses(draft)
    }
    return [
        _judge_mention(draft, claimed) if not verdict.entry and _is_mention(draft) else verdict
        for draft, verdict in zip(drafts, verdicts, strict=True)
    ]


def _share(drafts: Sequence[Draft]) -> float:
    return sum(1 for draft in drafts if _is_sound(draft)) / len(drafts)


def _is_sound(draft: Draft) -> bool:
    evident = draft.chosen.evidence in ("proof", "likely") or draft.row.cited or _is_stated(draft)
    return evident and not draft.refusal and not draft.chosen.beside


def _is_evident(draft: Draft) -> bool:
    """Tell whether a row has a paper's link, is cited, or stands in a table of titles and says who, where or when."""
    row = draft.row
    said = draft.listing and bool(row.authors or row.venue or row.year)
    return draft.chosen.evidence in ("proof", "likely") or row.cited or said or _is_stated(draft)


def _judge(draft: Draft, share: float) -> Verdict:
    kind, evidence = draft.section.kind, draft.chosen.evidence
    if kind == "ignored":
        return Verdict(entry=False, reason="section ignored by the settings")
    if draft.refusal:
        return Verdict(entry=False, reason=draft.refusal)
    if kind == "news":
        return Verdict(entry=False, reason="section of news")
    if kind in ("meta", "contents") and (evidence != "proof" or draft.chosen.beside):
        return Verdict(entry=False, reason="section of the list itself")
    if draft.chosen.beside and (kind == "other" or share <= _MAJORITY) and not draft.listing:
        if _is_cited(draft) if kind != "other" else draft.row.authors and _is_cited(draft):
            return _doubt("its title leads to no paper")
        return Verdict(entry=False, reason="tool or data set with its paper beside it")
    if evidence == "proof":
        return _judge_proven(draft, share)
    if evidence == "likely" and kind != "other":
        return (
            _YES
            if share > _MAJORITY or draft.listing or _is_complete(draft)
            else _doubt("its link is no known place of papers")
        )
    return _judge_doubtful(draft, share)


def _judge_proven(draft: Draft, share: float) -> Verdict:
    words = count_words(draft.row.title or "")
    if words < _TITLE_WORDS - 1 and (draft.section.kind == "other" or share <= _MAJORITY) and not draft.listing:
        return _doubt("its title is a name")
    return _YES


def _judge_doubtful(draft: Draft, share: float) -> Verdict:
    title = draft.row.title or ""
    evidence = draft.chosen.evidence
    if draft.row.cited and (share > _MAJORITY or draft.section.kind == "papers"):
        return _YES
    if draft.row.cited and count_words(title) >= _TITLE_WORDS and draft.section.kind != "other":
        return _doubt("it has no link to a paper")
    if _is_stated(draft) and share > _MAJORITY and draft.section.kind != "other":
        return _YES
    if draft.listing and draft.section.kind != "other":
        return _YES if evidence != "none" or count_words(title) >= _TITLE_WORDS else _doubt("it has no link to a paper")
    if draft.section.kind == "other" and share <= _MAJORITY:
        return Verdict(entry=False, reason="no paper: its section lists other things")
    told = is_headline(title) or bool(draft.row.authors or draft.row.venue) or evidence != "none"
    if share > _MAJORITY and count_words(title) >= _TITLE_WORDS and told and draft.place != "heading":
        return _doubt("it has no link to a known place of papers")
    return Verdict(entry=False, reason="no link to a paper")


def _is_stated(draft: Draft) -> bool:
    """Tell whether a row says what only a paper has: `**Title of it** (2021)`, `"Title of it", Ann Lee, CVPR 2018`."""
    row = draft.row
    if draft.refusal or draft.chosen.url or draft.place not in ("item", "table"):
        return False  # what it links to, a talk or a page, says what it is
    if count_words(row.title or "") < _TITLE_WORDS:
        return False
    bare = row.style == "bold" and count_words(row.rest) == 0 and count_words(row.before) == 0
    return row.year is not None and bool(row.authors or row.venue or bare)


def _is_complete(draft: Draft) -> bool:
    return bool(draft.row.authors and (draft.row.venue or draft.row.year))


def _is_cited(draft: Draft) -> bool:
    """Tell whether a row says who, where, when or a whole title and no more; tools have names, and are described."""
    row = draft.row
    words = count_words(row.title or "")
    said = bool(row.authors or row.venue or row.year) or words >= _TITLE_WORDS
    return said and count_words(row.rest) <= _REST_WORDS and draft.chosen.evidence == "proof" and words >= _CITED_WORDS


def _doubt(reason: str) -> Verdict:
    return Verdict(entry=True, reason=reason)


def _is_mention(draft: Draft) -> bool:
    """A linked title in a sentence or among the news, which may be the only place where the list names the paper."""
    return (
        draft.section.kind in ("news", "", "papers", "other")
        and draft.chosen.evidence == "proof"
        and draft.row.style == "link"
        and not draft.chosen.beside
        and count_words(draft.row.title or "") >= _TITLE_WORDS
    )


def _judge_mention(draft: Draft, claimed: set[str]) -> Verdict:
    if claimed & set(_addresses(draft)):
        return Verdict(entry=False, reason="mention of a listed paper")
    return _YES if _is_announced(draft) else _doubt("it stands in a sentence")


def _is_announced(draft: Draft) -> bool:
    """Tell whether a bullet is a paper with a few words in front: `- Our survey: [Title of it](...)`."""
    return draft.place == "item" and draft.row.before.endswith((":", "：")) and not draft.row.rest


def _addresses(draft: Draft) -> tuple[str, ...]:
    urls = (draft.chosen.url, *draft.chosen.links)
    return tuple(page_name(url) for url in urls if url)
