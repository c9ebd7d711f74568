"""Nested bullets: which belong to the row above them, and which are rows of their own.

in -> out: the row of a bullet and the list below it -> the text that belongs to the row, and the lists that stand for
themselves.
"""

from pipeline.lists.row import Row, read_row
from pipeline.lists.span import Span, count_words
from pipeline.lists.table import read_all, read_flow
from pipeline.lists.title import is_prose
from pipeline.lists.titlespan import MIN_WORDS, has_paper_link
from pipeline.lists.tree import Block

# Words of a name that stands for a paper, as in `Microsoft (Deep Residual Learning)`.
_MAX_NAME = 5


def is_citation(nested: Block, parent: Row) -> bool:
    """Tell whether the one bullet below a linked name (`* VGG [[pdf]](...)`) is the full citation of its paper."""
    if len(nested.blocks) != 1 or not has_paper_link(parent.links) or count_words(parent.title or "") > _MAX_NAME:
        return False
    row = read_row(read_flow(nested.blocks[0]))
    # `Ada Doe, Ben Roe. *Journal of Things 2021*` has no venue behind its "title": that is the venue itself.
    is_venue = row.style == "italic" and row.venue is None and not row.rest
    return (
        bool(row.title and row.authors)
        and not is_venue
        and all((link.url or "").startswith(("doi:", "arxiv:")) for link in row.links)
    )


def split_parts(nested: Block, parent: Row) -> tuple[list[Span], list[Block]]:
    """Part a nested list: text that belongs to the row above it, and lists that hold rows of their own."""
    parts: list[Span] = []
    own: list[Block] = []
    for item in nested.blocks:
        if is_citation(nested, parent) or _is_part(read_row(read_flow(item)), parent, item):
            parts += [Span(kind="hard", line=item.line), *read_all(item), Span(kind="hard", line=item.line)]
        else:
            own.append(item)
    if len(own) == len(nested.blocks):
        return parts, [nested]
    return parts, [Block(kind="list", line=item.line, end=item.end, blocks=[item]) for item in own]


def _is_part(child: Row, parent: Row, item: Block) -> bool:
    """Tell whether a nested bullet belongs to the one above it, rather than being a row of its own."""
    if parent.title is None or child.title is None:
        return parent.title is not None
    proven = has_paper_link(child.all_links())
    long = count_words(child.title) >= MIN_WORDS and not is_prose(child.title)
    if _is_topic(parent) and (_holds_papers(item) or (long and _has_linked_parts(item))):
        return False
    if child.style == "link":
        return not proven and bool(parent.all_links())
    return not (proven and long)


def _is_topic(parent: Row) -> bool:
    """Tell whether a bullet says nothing that only a paper has."""
    return not (parent.all_links() or parent.authors or parent.venue or parent.year)


def _holds_papers(item: Block) -> bool:
    """Tell whether an item is a topic inside of a topic: the bullets below it are papers."""
    return any(
        count_words(row.title or "") >= MIN_WORDS and has_paper_link(row.all_links()) for row in _rows_below(item)
    )


def _has_linked_parts(item: Block) -> bool:
    """Tell whether the bullets below an item give the link of its paper and name no other."""
    return any(row.title is None and has_paper_link(row.links) for row in _rows_below(item))


def _rows_below(item: Block) -> list[Row]:
    return [read_row(read_flow(part)) for child in item.blocks if child.kind == "list" for part in child.blocks]
