"""The one table of rules: everything that a human can be told about a list, a paper or the enriched data.

in -> out: a rule's name -> its group, severity, meaning and advice. `issues.md`, `enrich check` and docs/rules.md are
all made from this table. To add a rule, add a row below the others of its group, raise it (`Issue(rule="its-name",
...)`), give it a case in the tests, and run `make docs`.
"""

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "notice"]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Findings that ask the same of a human; `issues.md` has a section for each."""

    title: str
    advice: str
    needs_human: bool = True


class Rule(msgspec.Struct, frozen=True):
    """One kind of finding."""

    name: str
    group: Group
    severity: Severity
    """`error` breaks the list or names a wrong paper, `warning` should be mended, `notice` is good to know."""
    meaning: str
    """What was noticed."""
    advice: str
    """What settles it."""
    wrong: str = ""
    """Lines of a list that raise the rule."""
    right: str = ""
    """The same lines, mended."""


# The order of the groups is that of `issues.md`: the most urgent first.
RETRACTED = Group(title="Retracted papers", advice="Say so in the row, or take the paper off the list.")
WHICH = Group(
    title="Which paper is it?",
    advice=(
        "Decide once: put the right DOI into the row, or paste the block into `corrections.toml`, with another DOI"
        ' where that is the right one, or with `"none"` where no source has the paper.'
    ),
)
ELSEWHERE = Group(
    title="Links that lead elsewhere", advice="The row's link names another paper or none: correct the link."
)
NOT_FOUND = Group(
    title="Not found",
    advice="Look for a slip in the title, add a link with an identifier, or decide in `corrections.toml`.",
)
DISAGREE = Group(
    title="Sources that disagree", advice="Look which side is right; `corrections.toml` overrules a field."
)
NOTICES = Group(
    title="Corrections and expressions of concern", advice="The paper stands; readers should know of the notice."
)
ROWS = Group(title="Rows of the list to fix", advice="Nothing is wrong in the catalog; the list can be better.")
DECISIONS = Group(title="Corrections to look at", advice="What a human once decided no longer fits.")
RECORDS = Group(title="Records that were not fully understood", advice="Fields may be missing; worth a bug report.")
OTHER = Group(title="Other findings", advice="Rules that this page has no advice for.")
DATA = Group(
    title="The enriched data", advice="A file of the output folder was changed by hand, or is older than the list."
)
WAITING = Group(title="Waiting for a source", advice="Nothing to do: the next run asks again.", needs_human=False)
GROUPS = (RETRACTED, WHICH, ELSEWHERE, NOT_FOUND, DISAGREE, NOTICES, ROWS, DECISIONS, RECORDS, OTHER, DATA, WAITING)

RULES = (
    Rule(
        "retracted", RETRACTED, "warning",
        "A retraction notice is known for the paper.",
        "Say so in the row, or take the paper off the list.",
    ),
    Rule(
        "ambiguous", WHICH, "notice",
        "Several works fit the row, none with enough proof. Nothing was filled in.",
        "Paste the correction that is offered, or put the right DOI into the row.",
    ),
    Rule(
        "known-contradicted", WHICH, "warning",
        "Another work was found than the one that `known.bib` describes. Nothing was taken from it.",
        "Correct `known.bib`, or decide in `corrections.toml`.",
    ),
    Rule(
        "identity-contested", WHICH, "notice",
        "The evidence now names another work than the one settled earlier. The old one was kept.",
        "Confirm it or the other one in `corrections.toml`.",
    ),
    Rule(
        "published-version-unclear", WHICH, "notice",
        "Several published versions fit a preprint; none was chosen, the preprint stays.",
        "Decide in `corrections.toml`.",
    ),
    Rule(
        "identifier-rejected", ELSEWHERE, "warning",
        "The identifier in the row's link belongs to a paper with another title; it was not used.",
        "Correct the link or the title.",
    ),
    Rule(
        "doi-not-found", ELSEWHERE, "warning",
        "The DOI in the row's link does not exist.",
        "Correct the link.",
    ),
    Rule(
        "doi-elsewhere", ELSEWHERE, "notice",
        "The DOI in the row's link is registered with an agency that we do not ask. It is kept, without a record.",
        "Nothing, or give the facts in `known.bib`.",
    ),
    Rule(
        "unmatched", NOT_FOUND, "notice",
        "Every source has answered, and nothing fits.",
        "Look for a slip in the title, or add a link with an identifier.",
    ),
    Rule(
        "sources-disagree", DISAGREE, "notice",
        "Trusted sources give different values for a field; the more trusted one was taken.",
        "Look which is right; overrule the field in `corrections.toml`.",
    ),
    Rule(
        "title-differs", DISAGREE, "notice",
        "The row's link is right, but the record's title is not the row's.",
        "Correct the title in the row.",
    ),
    Rule(
        "notice", NOTICES, "notice",
        "A correction or an expression of concern was published. The paper stands.",
        "Nothing, or a remark in the row.",
    ),
    Rule(
        "duplicate", ROWS, "error",
        "Two rows are one work, or two works have one link; the other outputs show a work once.",
        "Remove one of the rows, or correct the copied link.",
    ),
    Rule(
        "row-means-preprint", ROWS, "notice",
        "The row links and names a preprint, and a published version is proven.",
        "Update link and venue of the row.",
    ),
    Rule(
        "unsure-entry", ROWS, "warning",
        "The row may not be a paper. It was taken for one.",
        "Give it the form of the other rows, or ignore its section in the settings.",
    ),
    Rule("no-link", ROWS, "warning", "The row has no link to the paper.", "Add one, best with a DOI."),
    Rule("bad-link", ROWS, "error", "The paper link is not an address.", "Put in the paper's full address."),
    Rule("bad-year", ROWS, "error", "The year cannot be.", "Correct the year."),
    Rule(
        "denied-doi", ROWS, "error",
        "The DOI belongs to a copy under a prefix that is not trusted.",
        "Put in the publisher's DOI.",
    ),
    Rule("no-year", ROWS, "warning", "The row states no year, and nearly all others do.", "Add it."),
    Rule("no-venue", ROWS, "warning", "The row states no venue, and nearly all others do.", "Add it."),
    Rule(
        "correction-stale", DECISIONS, "notice",
        "A correction in `corrections.toml` matches no row any more.",
        "Remove or adapt it.",
    ),
    Rule(
        "record-unreadable", RECORDS, "notice",
        "A part of a source's record could not be read and was left out.",
        "Report it, with the paper's key.",
    ),
    Rule(
        "answer-incomplete", RECORDS, "notice",
        "A source left out what it always says and had said before; the values that were known stay, marked as stale.",
        "Nothing: it is asked again in every run until it says more.",
    ),
    Rule(
        "record-gone", RECORDS, "notice",
        "A source has a work no more that it had before (deleted, or merged); the values that were known stay, marked "
        "as stale.",
        "Look whether the paper is still the right one; `corrections.toml` says which work it is.",
    ),
    Rule(
        "catalog-unreadable", DATA, "error",
        "`catalog.json` is broken, so that keys and last values cannot be trusted.",
        "Restore it from the last commit.",
    ),
    Rule(
        "key-reused", DATA, "error",
        "One citation key names two papers.",
        "Restore `catalog.json` from the last commit.",
    ),
    Rule(
        "key-gone", DATA, "error",
        "A citation key was published, and no paper bears it any more: documents that cite it break.",
        "Restore `catalog.json` from the last commit.",
    ),
    Rule(
        "not-enriched", DATA, "notice",
        "The row is not in the catalog yet.",
        "Nothing: the next run enriches it.",
    ),
    Rule(
        "open", WAITING, "notice",
        "Something that could settle the row was not asked or not answered.",
        "Nothing: the next run asks again.",
    ),
    Rule(
        "stale", WAITING, "notice",
        "A source did not answer; the last good values were kept.",
        "Nothing: the next run asks again.",
    ),
)  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}


def find_group(name: str) -> Group:
    """Return the group of a rule; a name that is not in the table has the group of all others."""
    return BY_NAME[name].group if name in BY_NAME else OTHER


def find_severity(name: str) -> Severity:
    """Return the severity of a rule; a name that is not in the table is good to know."""
    return BY_NAME[name].severity if name in BY_NAME else "notice"


def explain(rule: Rule) -> str:
    """Return what docs/rules.md and `enrich check --explain` say about a rule, as Markdown."""
    parts = [f"### {rule.name}", f"{rule.severity.capitalize()}. {rule.meaning} What to do: {rule.advice}"]
    for title, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        if example:
            parts.append(f"{title}:\n\n```markdown\n{example.strip()}\n```")
    return "\n\n".join(parts)
