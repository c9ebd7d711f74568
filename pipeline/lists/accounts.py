"""What became of every line of the list that bears a link or begins a reference string.

in -> out: the list's lines, its drafts with their verdicts and the skipped lines -> `LineAccount`s in line order.
"""

import re
from collections.abc import Mapping, Sequence

from pipeline.lists.draft import Draft
from pipeline.lists.verdict import Verdict
from pipeline.model import LineAccount

_LINK = re.compile(r"\]\(|\]\[|https?://|www\.|href\s*=", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]{1,200}\]:\s*\S")
_IMAGES_ONLY = re.compile(
    r"(?:!\[[^\]]{0,200}\]\([^()]{0,500}\)|\[!\[[^\]]{0,200}\]\([^()]{0,500}\)\]\([^()]{0,500}\)|<[^<>]{0,1000}>|\s)+"
)


def account_lines(
    lines: Sequence[str], drafts: Sequence[Draft], verdicts: Sequence[Verdict], skips: Mapping[int, str]
) -> tuple[LineAccount, ...]:
    """Account for every such line: the entry it begins, the entry it is part of, or why it is skipped."""
    states: dict[int, tuple[str, str]] = {line: ("skipped", reason) for line, reason in skips.items()}
    for draft, verdict in zip(drafts, verdicts, strict=True):
        for line in _find_lines(draft):
            if verdict.entry and states.get(line, ("", ""))[0] not in ("entry", "part"):
                states[line] = ("part", str(draft.row.line))
            elif not verdict.entry:
                states.setdefault(line, ("skipped", verdict.reason))
    for draft, verdict in zip(drafts, verdicts, strict=True):
        if verdict.entry:
            states[draft.row.line] = ("entry", str(draft.row.line))
    cited = {draft.row.line for draft in drafts if draft.row.cited}
    return tuple(
        LineAccount(line=at, state=state, reason=reason)  # type: ignore[arg-type]
        for at, text in enumerate(lines, 1)
        if at in cited or _LINK.search(text)
        for state, reason in (states.get(at) or ("skipped", _explain(text)),)
    )


def _find_lines(draft: Draft) -> set[int]:
    row = draft.row
    links = [*row.links, *([row.title_link] if row.title_link else [])]
    return {row.line, *(link.line for link in links)}


def _explain(text: str) -> str:
    if _DEFINITION.match(text):
        return "definition of a link"
    if text.lstrip().startswith("#"):
        return "heading"
    return "image or badge" if _IMAGES_ONLY.fullmatch(text.strip()) else "text"
