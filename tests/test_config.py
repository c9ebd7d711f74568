"""The settings: read once, strictly."""

import ast
from pathlib import Path

import pytest

from pipeline import config
from pipeline.config import Config, ListSettings
from pipeline.errors import UsageError

TEXT = """\
age_volatile_days = 3
lock_wait_s = 0.5

[list."data/raw/list.md"]
min_entries = 40
columns = {"J/C" = "venue"}
ignore_sections = ["Tools"]
"""


def test_settings_are_read_and_the_rest_are_defaults() -> None:
    read = config.read(TEXT, "enrich.toml")
    assert (read.age_volatile_days, read.lock_wait_s, read.age_missing_days) == (3, 0.5, Config().age_missing_days)


@pytest.mark.parametrize("path", ["data/raw/list.md", "list.md"])
def test_a_list_has_its_own_settings_by_path_or_file_name(path: str) -> None:
    read = config.read('[list."list.md"]\nmin_entries = 40' if path == "list.md" else TEXT, "enrich.toml")
    assert read.for_list("data/raw/list.md").min_entries == 40
    assert read.for_list("data/raw/other.md") == ListSettings()


@pytest.mark.parametrize(
    "text", ["", "[project]\nname = 'x'\n", "[tool.other]\nx = 1\n", "tool = 1\n", "[tool]\nenrich = {}\n"]
)
def test_a_project_without_our_table_means_defaults(text: str) -> None:
    assert config.read(text, "pyproject.toml", table=("tool", "enrich")) == Config()


def test_the_table_of_a_project_is_read() -> None:
    read = config.read("[tool.enrich]\nage_jitter = 0\n", "pyproject.toml", table=("tool", "enrich"))
    assert read.age_jitter == 0


BROKEN = [
    ("no TOML", "x = 1\ny = = 2\n", "enrich.toml:2: not TOML"),
    ("the end is missing", "x = [1,\n", "enrich.toml:2: not TOML"),
    ("unknown setting", "lock_wait_s = 1\nlock_wait = 1\n", "enrich.toml:2: Object contains unknown field `lock_wait`"),
    ("wrong type", "\nage_missing_days = 'long'\n", "enrich.toml:2: Expected `float`, got `str`"),
    ("negative age", "age_missing_days = -1\n", "enrich.toml:1: Expected `float` >= 0.0"),
    ("share above one", "age_jitter = 2\n", "enrich.toml:1: Expected `float` <= 1.0"),
    ("unknown role", '[list."a.md"]\ncolumns = {"J/C" = "venues"}\n', "enrich.toml:2: Invalid enum value 'venues'"),
    ("unknown setting of a list", '[list."a.md"]\nminimum = 1\n', "enrich.toml:2: Object contains unknown field"),
    ("our table is no table", "tool = {enrich = 1}\n", "enrich.toml:1: Expected `object`, got `int`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_setting_is_named_with_its_line(text: str, message: str) -> None:
    table = ("tool", "enrich") if text.startswith("tool") else ()
    with pytest.raises(UsageError) as raised:
        config.read(text, "enrich.toml", table=table)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_every_setting_says_what_it_means() -> None:
    tree = ast.parse(Path(config.__file__).read_text("utf-8"))
    for settings in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        fields = [at for at, node in enumerate(settings.body) if isinstance(node, ast.AnnAssign)]
        assert fields
        assert all(isinstance(settings.body[at + 1], ast.Expr) for at in fields)
