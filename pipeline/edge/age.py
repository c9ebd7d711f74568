"""How old an answer may be, and what stands in when there is no newer one.

in -> out: a stored answer, the age asked for, the run's clock -> whether it will do. Rules: design.md, "Never worse".
"""

from datetime import datetime

import msgspec

from pipeline.model import Age, Answer, Query

_DAY_S = 86_400


def is_recent(answer: Answer, age: Age, now: datetime) -> bool:
    """Whether a stored answer is young enough; one from the future is, since a clock may have been moved back."""
    days = age.found_days if answer.status == "found" else age.missing_days
    if days is None or answer.at is None:
        return days is None
    return days >= 0 and (now - datetime.fromisoformat(answer.at)).total_seconds() <= days * _DAY_S


def without_newer(query: Query, reason: str, old: Answer | None) -> Answer:
    """Return the old answer with the reason why there is no newer one, or where there is none a failure."""
    if old is None:
        return Answer(query=query, status="failed", reason=reason)
    return msgspec.structs.replace(old, reason=reason)
