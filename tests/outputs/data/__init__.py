"""Papers that the tests of the bibliography formats share."""
