"""The only code that touches the world: network, database, files."""
