"""A list's text -> entries. No I/O."""
