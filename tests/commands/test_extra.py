"""What needs an extra says which."""

import pytest

from pipeline.commands import needs_extra
from pipeline.errors import UsageError


def test_a_missing_extra_is_a_sentence() -> None:
    with (
        pytest.raises(UsageError, match=r"duckdb is missing: install the extra, pip install 'awesome-enrich\[bulk\]'"),
        needs_extra("bulk"),
    ):
        raise ModuleNotFoundError(name="duckdb")
