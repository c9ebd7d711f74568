"""`python -m tests.screenshots`: the README's pictures of the page, made from the stand-in of the services.

in -> out: the repository's list -> docs/page.png, docs/picture.svg. The counts and citations in them are invented,
as the README says: the committed data come from a run without a network.
"""

import shutil
import tempfile
from pathlib import Path

from tests.browser import browser, open_tab
from tests.own_list import enrich

DOCS = Path(__file__).parents[1] / "docs"
SIZE = {"width": 1240, "height": 1020}


def main() -> None:
    """Make both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        enrich(folder)
        shutil.copy(folder / "out" / "pictures" / "papers-by-year.svg", DOCS / "picture.svg")
        with browser() as running:
            tab = open_tab(running, folder / "out" / "index.html", "?search=rubik", viewport=SIZE)
            tab.page.locator(".open").nth(0).click()
            tab.page.evaluate("() => document.activeElement.blur()")
            tab.page.screenshot(path=DOCS / "page.png")


if __name__ == "__main__":
    main()
