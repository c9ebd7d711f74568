"""Papers -> text, one file a format. No I/O."""
