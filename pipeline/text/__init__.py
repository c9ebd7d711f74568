"""Leaf cleaners for the field's notations. No I/O."""
