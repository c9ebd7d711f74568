"""What a reader waits for: the page in Chromium, its first paint, and the answer to every keystroke.

in -> out: a page on disk -> milliseconds. A keystroke is answered when its rows are laid out, ready for the next frame.
"""

from pathlib import Path

import msgspec

from tests.browser import browser, open_tab

TYPED = "self-supervised “medical image”"
_MEASURE = """async (typed) => {
  const box = document.getElementById("search");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const waits = [];
  for (let round = 0; round < 3; round += 1) for (let end = 1; end <= typed.length; end += 1) {
    await frame();
    const begin = performance.now();
    box.value = typed.slice(0, end);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    // What another program took from the machine meanwhile is in one round, not in all three.
    waits[end] = Math.min(waits[end] ?? Infinity, performance.now() - begin);
  }
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { waits: waits.slice(1), paint_ms: paint ? paint.startTime : 0 };
}"""


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader waits for, in milliseconds."""

    papers: int
    paint_ms: float
    median_ms: float
    longest_ms: float
    bytes: int
    answered: int = 0
    """Papers that a service has identified; a page without them is light."""


def measure(page: Path, papers: int) -> Waits:
    """Open the page and type, letter by letter."""
    with browser() as running:
        tab = open_tab(running, page)
        said = tab.page.evaluate(_MEASURE, TYPED)
    waits = sorted(said["waits"])
    return Waits(
        papers=papers,
        paint_ms=said["paint_ms"],
        median_ms=waits[len(waits) // 2],
        longest_ms=waits[-1],
        bytes=page.stat().st_size,
    )
