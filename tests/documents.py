"""The documents that are made from the program: `python -m tests.documents` (`make docs`) writes them anew.

in -> out: the table of rules -> docs/rules.md. A test holds the files against this.
"""

from pathlib import Path

from pipeline import rules

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


DOCUMENTS = {"rules.md": render_rules}

if __name__ == "__main__":
    for name, render in DOCUMENTS.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
