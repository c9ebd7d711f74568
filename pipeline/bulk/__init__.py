"""Beyond one machine's requests: an index of a published snapshot, and lists of millions of rows against it.

in -> out: snapshot folders -> an index of Parquet files; rows -> decisions. Needs the extra `bulk` (DuckDB, Arrow),
on a cluster `spark`; nothing here is imported by `enrich run` without `--snapshot`. The matcher is the one of
`stages/`.
"""
