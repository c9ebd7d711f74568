"""What the laws look at: texts, files and answers that nobody would write, and how many of them.

`EXAMPLES` says how many (`make fuzz`); the tests look at a few, and at the same ones each time.
"""

import json
import os
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.hostile.strings import TABLE

EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
LAW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 100,
    database=None,
    suppress_health_check=list(HealthCheck),
)
_SYNTAX = [
    *"{}\\%&#$_^~|<>[]()`*-=+@,;:.'\"/ \n\t",
    " and ",
    "10.1/",
    "https://doi.org/",
    "| ",
    "</",
    "\\'{e}",
    "&amp;",
]
texts = st.one_of(
    st.sampled_from([text.encode("utf-8", "replace").decode() for text in TABLE]),
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(_SYNTAX), st.text(max_size=4)), max_size=14).map("".join),
)
_words = st.text(max_size=12)
_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _words, st.sampled_from([
        "10.5555/a", "https://doi.org/10.5555/a", "W1", "2021-13-45", "<i>x</i>", "journal-article", "\ud800", "0",
    ]),
)  # fmt: skip
bodies = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([
            "id", "doi", "DOI", "title", "author", "given", "family", "issued", "date-parts", "attributes", "titles",
            "authorships", "display_name", "container-title", "type", "ids", "locations", "counts_by_year", "year",
        ]), inner, max_size=6),
    ),
    max_leaves=20,
)  # fmt: skip
"""What a service may send instead of a work."""


def _toml(value: object) -> str:
    """A value as TOML writes it, dates and the numbers that JSON lacks included."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)} = {_toml(inner)}" for name, inner in value.items()) + "}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool() | int():
            return json.dumps(value)
    return str(value)  # a date, or a float


_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        texts, st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.sampled_from([
            "none", "10.5555/a", "arxiv:2101.00001", "W12", "title", "authors", "year", "type", "2026-11-22", "", 2021,
        ]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_words, inner, max_size=3)),
    max_leaves=4,
)  # fmt: skip


def tables(names: list[str], head: str) -> st.SearchStrategy[str]:
    """Return TOML files of some tables with these names, each given a value of whichever kind."""
    table = st.dictionaries(st.one_of(st.sampled_from(names), st.sampled_from(names), _words), _values, max_size=6)
    return st.lists(table, max_size=3).map(
        lambda some: "\n".join(
            head + "".join(f"{json.dumps(name)} = {_toml(value)}\n" for name, value in one.items()) for one in some
        )
    )


_FIELDS = (
    "title", "author", "journal", "booktitle", "year", "month", "doi", "eprint", "archiveprefix", "pages", "issn",
    "isbn", "url", "pmid", "pmcid", "language", "annotation", "volume", "series", "note",
)  # fmt: skip
_field = st.tuples(
    st.sampled_from(_FIELDS),
    st.one_of(texts, st.sampled_from(["2021", "Doe, Ann and Roe, B.", "10.5555/a", "mar", "7--9", "2101.00001"])),
    st.sampled_from(["{%s}", '"%s"', "%s", "{{%s}}", '"%s" # "x"']),
).map(lambda field: f"  {field[0]} = {field[2] % field[1] if '%' in field[2] else field[1]}")
_entry = st.tuples(
    st.sampled_from(["article", "inproceedings", "misc", "Book", "thing", "comment", "string", "preamble"]),
    st.one_of(st.sampled_from(["doe2021", "a", "a:b/c", ""]), _words),
    st.lists(_field, max_size=5),
).map(lambda entry: f"@{entry[0]}{{{entry[1]},\n" + ",\n".join(entry[2]) + "\n}\n")
bibliographies = st.lists(st.one_of(_entry, _entry, texts), max_size=4).map("".join)
"""BibTeX as people write it, and otherwise."""


def told(name: str, law: Callable[[], None]) -> None:
    """Look at one law of several that share an example, and name it where it is broken."""
    try:
        law()
    except Exception as error:
        error.add_note(f"the law of {name}")
        raise
