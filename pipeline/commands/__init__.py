"""One function a command, which `cli.py` calls."""

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import UsageError


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Enclose imports that only an extra installs.

    Raises:
        UsageError: it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is missing: install the extra, pip install 'awesome-enrich[{extra}]'."
        ) from error
