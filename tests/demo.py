"""`make demo`: the repository's own list, run against the stand-in into a folder that git ignores.

in -> out: the list -> build/demo, and what the program says about two runs: one from nothing, one from the cache.
"""

import os
import shutil
import sys
from pathlib import Path

from pipeline import cli
from tests.services import StandIn
from tests.services.port import environment, on_port

ROOT = Path(__file__).parents[1]
OUT = Path("build/demo")


def main() -> int:
    """Run twice, and return the worse exit status."""
    os.chdir(ROOT)
    shutil.rmtree(OUT, ignore_errors=True)
    where = ["--out", str(OUT), "--cache", str(OUT / "cache.db"), *sys.argv[1:]]
    with on_port(StandIn()) as bases:
        os.environ.update(environment(bases))
        return max(cli.main(["run", *where]) for _ in range(2))


if __name__ == "__main__":
    sys.exit(main())
