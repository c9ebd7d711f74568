"""The catalog: a list's papers together, their keys, and what last time's catalog remembers."""
