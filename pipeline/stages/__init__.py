"""Entries -> papers. No I/O, no clock, no randomness."""
