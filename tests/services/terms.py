"""What the services of one stand-in share: the truths chosen, the counters, the time, and whether limits hold."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.services.meter import Meter
from tests.services.switches import Switches


def loop_time() -> float:
    """Return the running event loop's time, which a test may have made virtual, else the machine's."""
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:
        return time.monotonic()


def utc_now() -> datetime:
    """Return the machine's time."""
    return datetime.now(UTC)


@dataclass
class Terms:
    """One for each stand-in."""

    switches: Switches = field(default_factory=Switches)
    meter: Meter = field(default_factory=Meter)
    clock: Callable[[], float] = loop_time
    """Seconds, for rates."""
    now: Callable[[], datetime] = utc_now
    """UTC, for daily budgets."""
    limits: bool = True
    """Refuse what is over a limit; False: only count it."""
