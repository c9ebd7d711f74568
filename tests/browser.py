"""A real Chromium for tests and pictures of the page: the system's, driven by playwright, with nothing to talk to.

in -> out: a page's text -> the page in a tab; whatever it logs or asks for is kept.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Tab:
    """A page in the browser, and what it did besides being shown."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console."""
    requests: list[str] = field(default_factory=list)
    """What was asked for besides the page itself."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    assert CHROMIUM is not None
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        try:
            yield running
        finally:
            running.close()


def open_tab(running: Browser, file: Path, address: str = "", **options: Any) -> Tab:
    """Open a file in a context of its own; without `java_script_enabled=False` wait until all is read."""
    tab = Tab(running.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page())
    tab.page.on("console", lambda said: tab.complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.page.on("request", lambda asked: tab.requests.append(asked.url) if not _is_own(asked.url, file) else None)
    tab.page.goto(f"{file.as_uri()}{address}")
    if options.get("java_script_enabled", True):
        tab.page.wait_for_selector("html[data-ready=all]", state="attached")
    return tab


def _is_own(url: str, file: Path) -> bool:
    return url.startswith((file.as_uri(), "blob:"))
