"""docs/database.md and docs/datasette.yaml: every question gives the result below it, on the repository's list.

`UPDATE_GOLDEN=1` writes the results anew; read the diff before you commit it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.own_list import enrich

DOCS = Path(__file__).parents[1] / "docs"
PAGE, METADATA = DOCS / "database.md", DOCS / "datasette.yaml"
QUESTION = re.compile(r"```sql\n(.*?)\n```\n\n(.*?)(?=\n\n\*\*|\Z)", re.DOTALL)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    enrich(folder)
    return folder / "cache.db"


@pytest.fixture(scope="module")
def db(path: Path) -> Iterator[Database]:
    opened = Database(path)
    yield opened
    opened.close()


def render(db: Database, sql: str) -> str:
    """Return a result as a Markdown table."""
    rows = list(db.query(sql))
    lines = [
        [*rows[0]],
        ["---"] * len(rows[0]),
        *(["" if cell is None else str(cell) for cell in row.values()] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def test_each_question_has_its_true_result(db: Database) -> None:
    text = PAGE.read_text(encoding="utf-8")
    true = QUESTION.sub(lambda found: f"```sql\n{found[1]}\n```\n\n{render(db, found[1])}", text).rstrip() + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(true, encoding="utf-8")
    assert len(QUESTION.findall(text)) == 5
    assert text == true


def test_the_page_names_every_table_and_view(db: Database) -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert {
        name for name in (*db.table_names(), *db.view_names()) if not name.startswith(("_", "papers_fts_"))
    } <= named


def test_no_table_that_people_ask_is_empty_but_for_a_reason(db: Database) -> None:
    empty = {name for name in db.table_names() if not db.table(name).count and not name.startswith("papers_fts")}
    assert empty == {"notices"}  # no notice is about the list's papers


def test_datasette_serves_it_with_its_questions(path: Path) -> None:
    datasette = shutil.which("datasette", path=Path(sys.executable).parent)
    if datasette is None:
        pytest.skip("datasette is not installed: pip install datasette")

    def get(address: str) -> str:
        command = [datasette, str(path), "--metadata", str(METADATA), "--get", address]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    assert "What awesome-enrich knows" in get("/")
    assert "li2020selfsupervised" in get("/cache/most_cited.json")
    assert "retinal" in get("/cache/search?words=retinal").lower()
    assert "Contrastive" in get("/cache/papers")
