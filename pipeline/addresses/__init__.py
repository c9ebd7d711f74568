"""What a web address says: one spelling, the identifiers in it, the kind of place that it leads to."""
