"""`python -m pipeline` is the console script `enrich`; signals are caught before anything heavy is imported."""

import atexit
import sys


def main() -> int:
    """Run the command line, from the first import to the last byte; return the status of the process."""
    # Every import stands inside: each is a moment at which somebody may lose patience.
    try:
        from pipeline import signals  # noqa: PLC0415

        signals.catch()
        atexit.register(signals.end)  # the first one that is registered is the last one that is called
        from pipeline.cli import main as run  # noqa: PLC0415 - after the handler

        status = run()
    except BaseException as error:  # an interrupt while modules were being imported
        from pipeline import signals  # noqa: PLC0415

        if not signals.is_stop(error):
            raise
        status = signals.stopped()
    signals.ignore()
    return status


if __name__ == "__main__":
    sys.exit(main())
