"""Precision, recall and F1 of resolution, against labelled rows.

in -> out: labels (line, right DOI or none, kinds of damage) and the papers -> figures, over all and by kind. A claim is
a DOI that a paper carries; a row that rightly has none counts for neither figure unless something is claimed.
"""

from collections import deque
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.model import Paper


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What is right about one listed paper; several on one line are labelled in their order."""

    line: int
    doi: str | None
    """Bare and lower case; None where the right answer is that there is none."""
    kinds: tuple[str, ...] = ()


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one group of rows."""

    rows: int = 0
    right: int = 0
    wrong: int = 0
    to_find: int = 0
    """Rows that have a right DOI."""
    abstained: int = 0

    @property
    def precision(self) -> float:
        """Share of the claims that are right; 1 where nothing is claimed."""
        claims = self.right + self.wrong
        return self.right / claims if claims else 1.0

    @property
    def recall(self) -> float:
        """Share of the right DOIs that are claimed; 1 where there is none to find."""
        return self.right / self.to_find if self.to_find else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that is wrong."""

    label: Label
    claimed: str
    title: str


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The figures over all rows and by kind, with every wrong claim."""

    total: Score
    by_kind: Mapping[str, Score]
    mistakes: tuple[Mistake, ...]
    unlisted: tuple[int, ...]
    """Labelled lines that are not in the catalog; they count as abstentions."""


def evaluate(labels: Iterable[Label], papers: Iterable[Paper]) -> Evaluation:
    """Hold the papers' DOIs against the labels of their lines."""
    by_line: dict[int, deque[Paper]] = {}
    for listed in papers:
        by_line.setdefault(listed.listed.line, deque()).append(listed)
    total, by_kind = Score(), dict[str, Score]()
    mistakes, unlisted = [], []
    for label in labels:
        papers_left = by_line.get(label.line)
        paper = papers_left.popleft() if papers_left else None
        if paper is None:
            unlisted.append(label.line)
        claimed = paper.ids.doi if paper else None
        total = _counted(total, label, claimed)
        for kind in label.kinds:
            by_kind[kind] = _counted(by_kind.get(kind, Score()), label, claimed)
        if paper is not None and claimed is not None and claimed != label.doi:
            mistakes.append(Mistake(label=label, claimed=claimed, title=paper.listed.title))
    ordered = {kind: by_kind[kind] for kind in sorted(by_kind)}
    return Evaluation(total=total, by_kind=ordered, mistakes=tuple(mistakes), unlisted=tuple(unlisted))


def render(evaluation: Evaluation) -> str:
    """Return the figures as a table, and the wrong claims one a line."""
    lines = [f"{'kind':<16}{'rows':>6}{'right':>7}{'wrong':>7}{'none':>6}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for kind, score in {"all": evaluation.total, **evaluation.by_kind}.items():
        lines.append(
            f"{kind:<16}{score.rows:>6}{score.right:>7}{score.wrong:>7}{score.abstained:>6}"
            f"{score.precision:>11.4f}{score.recall:>8.4f}{score.f1:>7.4f}"
        )
    for mistake in evaluation.mistakes:
        kinds = "+".join(mistake.label.kinds)
        wanted = mistake.label.doi or "none"
        lines.append(f"wrong: line {mistake.label.line} ({kinds}): {mistake.claimed}, not {wanted}: {mistake.title}")
    if evaluation.unlisted:
        lines.append(f"not in the catalog: lines {', '.join(map(str, evaluation.unlisted))}")
    return "\n".join(lines) + "\n"


def _counted(score: Score, label: Label, claimed: str | None) -> Score:
    return Score(
        rows=score.rows + 1,
        right=score.right + (claimed is not None and claimed == label.doi),
        wrong=score.wrong + (claimed is not None and claimed != label.doi),
        to_find=score.to_find + (label.doi is not None),
        abstained=score.abstained + (claimed is None),
    )
