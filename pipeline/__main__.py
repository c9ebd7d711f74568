"""`python -m pipeline` is the console script `enrich`; signals are caught before anything heavy is imported."""

import sys

from pipeline import signals


def main() -> int:
    """Run the command line, from the first import to the last byte; return the status of the process."""
    signals.catch()
    try:
        from pipeline.cli import main as run  # noqa: PLC0415 - after the handler

        status = run()
    except KeyboardInterrupt:  # while modules were being imported
        status = signals.stopped()
    signals.ignore()
    return status


if __name__ == "__main__":
    sys.exit(main())
