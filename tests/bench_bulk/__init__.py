"""Measures the way through a snapshot: `make bench-bulk`."""
