"""Matching: whether a record is the paper that a row means, by its title and by evidence beside it."""
