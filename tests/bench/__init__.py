"""`make bench`: how fast, how cheap and how small the pipeline is, measured from outside against the stand-in."""
