"""Crossref: `service` (pools, limits, routes), `lists`, `filters`, `facts`."""
