"""What stops a run. Everything about one paper is an `Issue` instead.

EnrichError
├── UsageError          exit 2: wrong usage or unreadable input
└── OutputLockedError   exit 4: another run holds the output folder
"""


class EnrichError(Exception):
    """Base: shown as one sentence without a traceback."""

    exit_status = 3


class UsageError(EnrichError):
    """Wrong usage, or an input that cannot be read; says which file and, where there is one, which line."""

    exit_status = 2


class OutputLockedError(EnrichError):
    """Another run holds the output folder."""

    exit_status = 4
