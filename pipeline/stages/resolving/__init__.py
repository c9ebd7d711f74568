"""Resolving: what to ask about an entry, and which work the answers say it is."""
