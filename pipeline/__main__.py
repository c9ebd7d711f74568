"""`python -m pipeline` is the console script `enrich`."""

from pipeline.cli import main

raise SystemExit(main())
