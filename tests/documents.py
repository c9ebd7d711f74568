"""The documents that are made from the program: `python -m tests.documents` (`make docs`) writes them anew.

in -> out: the table of rules -> docs/rules.md. A test holds the files against this.
"""

import json
from pathlib import Path

import click
import msgspec

from pipeline import rules
from pipeline.cli import cli
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


CLI_INTRODUCTION = """\
# The command line

`python -m pipeline COMMAND` is the same as `enrich COMMAND`. Results go to stdout, talk and progress to stderr. This
page is made from the program by `make docs`.

| exit status | means |
|--:|:--|
| 0 | done |
| 1 | findings (`check`); an expectation of the settings missed (`run`, after writing); not added (`add`) |
| 2 | wrong usage or unreadable input, nothing written |
| 3 | a fault of ours |
| 4 | another run holds the output folder |
| 5 | `--require-fresh` was asked and not met, after writing |
| 130 | interrupted; what was answered so far is kept |
"""


def render_cli() -> str:
    """Return docs/cli.md: what `--help` says of every command."""
    blocks = [CLI_INTRODUCTION.rstrip()]
    for name, command in sorted(cli.commands.items()):
        names = ["-h", "--help"]
        context = click.Context(command, info_name=f"enrich {name}", terminal_width=100, help_option_names=names)
        blocks.append(f"## enrich {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(blocks) + "\n"


DOCUMENTS = {"cli.md": render_cli, "rules.md": render_rules, "check.schema.json": render_check_schema}

if __name__ == "__main__":
    for name, render in DOCUMENTS.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
