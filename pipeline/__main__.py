"""`python -m pipeline`."""

import sys

from pipeline.start import main

sys.exit(main())
