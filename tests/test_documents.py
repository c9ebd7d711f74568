import pytest

from tests.documents import DOCS, DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_made_from_the_program_is_up_to_date(name: str) -> None:
    """`make docs` writes it anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == DOCUMENTS[name]()
