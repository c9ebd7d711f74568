"""How old an answer may be, and what stands in when there is no newer one.

in -> out: a stored answer, the age asked for, the run's clock -> whether it will do. Rules: design.md, "Never worse".
"""

from datetime import datetime

import msgspec

from pipeline.model import Age, Answer, Query

_DAY_S = 86_400
_SLACK_S = _DAY_S
"""Clocks are set, and `--today` means noon: an answer may seem a day ahead."""


def is_recent(answer: Answer, age: Age, now: datetime) -> bool:
    """Whether a stored answer is young enough; one from the future tells of a clock that was wrong, then or now."""
    days = age.found_days if answer.status == "found" else age.missing_days
    if days is None or answer.at is None:
        return days is None
    age_s = (now - datetime.fromisoformat(answer.at)).total_seconds()
    return days >= 0 and -_SLACK_S <= age_s <= days * _DAY_S


def without_newer(query: Query, reason: str, old: Answer | None) -> Answer:
    """Return the old answer with the reason why there is no newer one, or where there is none a failure."""
    if old is None:
        return Answer(query=query, status="failed", reason=reason)
    return msgspec.structs.replace(old, reason=reason)
