"""The table of rules: nothing is raised that is not in it, and nothing stands in it that is never raised."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.rules import BY_NAME, GROUPS, OTHER, RULES, find_group, find_severity

ROOT = Path(__file__).parents[1]


def raised() -> Iterator[str]:
    """Names of rules in the code: `Issue(rule="...")`, `Finding(rule="...")`, and first words of what raises them."""
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                named = [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
                for argument in (*node.args, *named):
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def in_tests() -> set[str]:
    texts = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    trees = [ast.parse(text) for text in texts]
    strings = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    words = (re.findall(r"[a-z]+(?:-[a-z]+)*", string) for string in strings if isinstance(string, str))
    return {word for some in words for word in some}


def test_names_are_unique_and_every_rule_belongs_to_a_group() -> None:
    assert [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1] == []
    assert all(rule.group in GROUPS and rule.meaning and rule.advice for rule in RULES)


def test_every_rule_is_raised_by_the_program_and_by_some_case_of_the_tests() -> None:
    """Examples are cases: tests/quality/test_rules_examples.py runs them."""
    with_example = {rule.name for rule in RULES if rule.wrong}
    assert sorted(BY_NAME.keys() - set(raised())) == []
    assert sorted(BY_NAME.keys() - in_tests() - with_example) == []


def test_what_names_a_rule_by_keyword_names_one_of_the_table() -> None:
    keywords = [
        keyword.value.value
        for path in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "rule" and isinstance(keyword.value, ast.Constant)
    ]
    assert set(keywords) - BY_NAME.keys() == set()


@pytest.mark.parametrize("name", ["duplicate", "never-heard-of"])
def test_a_name_that_is_not_in_the_table_is_shown_as_something_else(name: str) -> None:
    known = name in BY_NAME
    assert (find_group(name) is OTHER) == (not known)
    assert find_severity(name) == ("error" if known else "notice")
