"""The repository's own list, enriched from the stand-in: for the documentation's figures, pictures and their tests.

in -> out: a folder -> outputs and a cache in it, as a run on 22 November 2026 with a key would leave them.
"""

import asyncio
import io
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.edge.open import open_desk
from pipeline.options import read
from pipeline.progress import Talk
from pipeline.run import run
from tests.services import StandIn
from tests.services.library import own_records

RAW = Path(__file__).parents[1] / "data" / "raw"
DAY = "2026-11-22"


def enrich(folder: Path) -> None:
    """Run the whole job; nothing waits and nothing leaves the process."""
    now = datetime.fromisoformat(DAY).replace(hour=12, tzinfo=UTC)
    stand_in = StandIn(own_records(), keys={"sesame"}, limits=False, now=lambda: now)
    options = read(
        {"OPENALEX_API_KEY": "sesame", "ENRICH_MAILTO": "nobody@example.org"},
        lists=(RAW / "ssl-medical-imaging.md",),
        known=RAW / "known.bib",
        out=folder / "out",
        cache=folder / "cache.db",
        today=DAY,
    )
    run(
        options,
        Talk(quiet=True, stream=io.StringIO()),
        opening=partial(open_desk, transport=stand_in.transport(), sleep=_no_wait),
    )


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)
