"""Laws of the files that people write: each is read, or refused with one sentence that names it and the line."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import config
from pipeline.errors import UsageError
from pipeline.lists import bibliography
from pipeline.outputs import catalog, retired
from pipeline.sources import corrections, known
from tests.laws.law import LAW, bibliographies, tables, texts

SETTINGS = [
    *(field for field in config.Config.__struct_fields__),
    *(f'list."a.md".{field}' for field in ("columns", "ignore_rules", "min_entries")),
]
FILES: dict[str, tuple[Callable[[str], object], st.SearchStrategy[str]]] = {
    "known.bib": (lambda text: known.read(text, "known.bib"), bibliographies),
    "corrections.toml": (
        lambda text: corrections.read(text, "corrections.toml"),
        tables(["entry", "is", "is_not", "field", "value", "why", "by", "on"], "[[correction]]\n"),
    ),
    "enrich.toml": (lambda text: config.read(text, "enrich.toml"), tables(SETTINGS, "")),
    "pyproject.toml": (
        lambda text: config.read(text, "pyproject.toml", table=("tool", "enrich")),
        tables(SETTINGS, "[tool.enrich]\n"),
    ),
    "catalog.json": (lambda text: catalog.read(text, "catalog.json"), texts),
    "list.bib": (lambda text: bibliography.read(text, "bib"), bibliographies),
    "references-retired.bib": (retired.find_foreign, bibliographies),
}


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_read_or_refused_with_a_sentence(name: str) -> None:
    read, files = FILES[name]

    @LAW
    @given(st.one_of(files, files, files, texts))
    def law(text: str) -> None:
        said = ""
        try:
            read(text)
        except UsageError as error:
            said = str(error)
        assert said == "" or (said.startswith(name) and said.endswith((".", "?")))

    law()
