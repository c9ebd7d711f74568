"""The commands beside `run`: each reads options, calls the stages, and returns a `Result`."""
