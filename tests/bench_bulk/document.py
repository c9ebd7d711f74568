"""docs/scale.md and docs/scale.svg, drawn from docs/scale.json."""

from tests.bench_bulk.figures import Figures


def draw(figures: Figures) -> None:
    """Write the tables and the picture anew."""
