"""The documents that are made from the program: `python -m tests.documents` (`make docs`) writes them anew.

in -> out: the table of rules -> docs/rules.md. A test holds the files against this.
"""

import json
from pathlib import Path

import msgspec

from pipeline import rules
from pipeline.commands import check

DOCS = Path(__file__).parents[1] / "docs"
RULES_INTRODUCTION = """\
# The rules

What can be noticed about a list, its papers and the enriched data. `enrich check` reports it by line; what a run
noticed also stands in `issues.md` beside the catalog, group by group, and in `catalog.json` under `issues`. An *error*
breaks the list or names a wrong paper, a *warning* should be mended, a *notice* is good to know. This page is made
from `pipeline/rules.py` by `make docs`.
"""


def render_rules() -> str:
    """Return docs/rules.md: every rule below its group."""
    blocks = [RULES_INTRODUCTION.rstrip()]
    for group in rules.GROUPS:
        members = [rule for rule in rules.RULES if rule.group is group]
        if members:
            blocks += [f"## {group.title}", group.advice, *map(rules.explain, members)]
    return "\n\n".join(blocks) + "\n"


def render_check_schema() -> str:
    """Return docs/check.schema.json: what `enrich check --format json` prints."""
    schema = msgspec.json.schema(list[check.Shown])
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


DOCUMENTS = {"rules.md": render_rules, "check.schema.json": render_check_schema}

if __name__ == "__main__":
    for name, render in DOCUMENTS.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
