"""The examples of the rules: the wrong one raises its rule, the right one raises none that breaks a list."""

import pytest

from pipeline.lists import markdown
from pipeline.quality.lint import check
from pipeline.rules import RULES, Rule

WITH_EXAMPLES = [rule for rule in RULES if rule.wrong]


def found(text: str) -> set[str]:
    parsed = markdown.parse(text)
    findings = check(parsed, "list.md", catalog=None, catalog_path="", bib_keys=(), year=2026, text=text)
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.name)
def test_the_wrong_example_raises_its_rule_alone_and_the_right_one_none(rule: Rule) -> None:
    assert (found(rule.wrong), found(rule.right)) == ({rule.name}, set())


def test_every_rule_about_the_text_has_examples() -> None:
    assert [rule.name for rule in RULES if rule.group.title == "The text of the list" and not rule.wrong] == []
