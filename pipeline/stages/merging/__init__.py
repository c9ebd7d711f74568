"""Merging: one paper from its records, field by field."""
