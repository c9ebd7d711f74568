"""Builders: what is true about a paper -> how each service would say it."""
