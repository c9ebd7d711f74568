"""From a Markdown list of papers to a verified catalog and a BibTeX file.

list --lists--> Entry --identify--> Identifier --resolve--> Resolution --merge--> Paper --outputs--> files
                                                |     ^
                                          Query v     | Answer
                                    edge.desk: cache -> batch -> limiter -> httpx

`lists`, `stages` and `outputs` are the way of the data, in that order; `text` and `sources` are what they know about
the world's formats, `edge` is the world, `run` joins them, `cli` is the door.
"""
