"""Keys and names of BibTeX files, which known.bib and a list that is a `.bib` read alike."""

import pytest

from pipeline.lists import bibliography
from pipeline.sources import known


@pytest.mark.parametrize("key", ["doe2010counting", "DBLP:conf/nips/Doe10", "a.b_c+d-e", "10.5555/x"])
def test_a_key_is_one_in_known_bib_and_in_a_list(key: str) -> None:
    text = f"@misc{{{key},\n author = {{Doe, Jane}},\n title = {{Counting sheep}},\n}}\n"
    assert known.read(text)[0].bibtex_key == key
    assert bibliography.read(text, "bib").given[0].key == key
