"""The one table of rules: everything that a human can be told about a list, a paper or the enriched data.

in -> out: a rule's name -> its group, severity, meaning and advice. `issues.md`, `enrich check` and docs/rules.md are
all made from this table. To add a rule, add a row below the others of its group, raise it (`Issue(rule="its-name",
...)`), give it a case in the tests, and run `make docs`.
"""

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "notice"]
Lasting = Literal["run", "answer", "resolution"]


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
    lasts: Lasting = "run"
    """How long what was noticed stands: until the next `run` looks anew, until the source's next `answer`, or as long
    as the entry's `resolution`, of which it is a part."""
    asks_again: Literal["found", "missing", "soon"] | None = None
    """What the next run asks again however young it is: what was `found`, or was `missing`; `soon`: as often as counts.
    """


def _table(*rows: str) -> str:
    """Return a table for an example."""
    header = ("| Title | Venue | Category | Link | Code |", "| :-: | :-: | :-: | :-: | :-: |")
    return "\n".join([*header, *rows])


def _instead(row: str) -> str:
    """Return the table of the examples with another first row; `LINK` stands for its usual link."""
    return _table(row.replace("LINK", "[Link](https://doi.org/10.5555/salt)"), *_ROWS[1:])


_GOOD = "| Salt Tides | TMI | Contrastive | [Link](https://doi.org/10.5555/salt) | N/A |"
_GOOD_2 = "| Moss Lanterns | TMI | Contrastive | [Link](https://doi.org/10.5555/moss) | N/A |"
_GOOD_3 = "| Glass Rivers | MICCAI | Predictive | [Link](https://doi.org/10.5555/glass) | N/A |"
_GOOD_4 = "| Amber Clouds | MICCAI | Predictive | [Link](https://doi.org/10.5555/amber) | N/A |"
_GOOD_5 = "| Copper Seeds | TMI | Contrastive | [Link](https://doi.org/10.5555/copper) | N/A |"
_ROWS = (_GOOD, _GOOD_2, _GOOD_3, _GOOD_4)
_LEGEND = "## Journals\n\n- Medical Imaging Transactions (TMI)\n- Medical Image Conference (MICCAI)\n\n## Papers\n\n"
_CRITERIA = "## Criteria\n\nPapers from 2017 or later.\n\n"


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
TEXT = Group(
    title="The text of the list",
    advice="Nothing is wrong with the paper; the list does not show or say what it should.",
)
DECISIONS = Group(title="Corrections to look at", advice="What a human once decided no longer fits.")
RECORDS = Group(title="Records that were not fully understood", advice="Fields may be missing; worth a bug report.")
OTHER = Group(title="Other findings", advice="Rules that this page has no advice for.")
DATA = Group(
    title="The enriched data", advice="A file of the output folder was changed by hand, or is older than the list."
)
WAITING = Group(title="Waiting for a source", advice="Nothing to do: the next run asks again.", needs_human=False)
GROUPS = (
    RETRACTED,
    WHICH,
    ELSEWHERE,
    NOT_FOUND,
    DISAGREE,
    NOTICES,
    ROWS,
    TEXT,
    DECISIONS,
    RECORDS,
    OTHER,
    DATA,
    WAITING,
)

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
        lasts="resolution",
    ),
    Rule(
        "identity-contested", WHICH, "notice",
        "The evidence now names another work than the one settled earlier. The old one was kept.",
        "Confirm it or the other one in `corrections.toml`.",
        lasts="resolution",
    ),
    Rule(
        "published-version-unclear", WHICH, "notice",
        "Several published versions fit a preprint; none was chosen, the preprint stays.",
        "Decide in `corrections.toml`.",
        lasts="resolution",
    ),
    Rule(
        "identifier-rejected", ELSEWHERE, "warning",
        "The identifier in the row's link belongs to a paper with another title; it was not used.",
        "Correct the link or the title.",
        lasts="resolution",
    ),
    Rule(
        "doi-not-found", ELSEWHERE, "warning",
        "The DOI in the row's link does not exist.",
        "Correct the link.",
        lasts="resolution",
    ),
    Rule(
        "doi-elsewhere", ELSEWHERE, "notice",
        "The DOI in the row's link is registered with an agency that we do not ask. It is kept, without a record.",
        "Nothing, or give the facts in `known.bib`.",
        lasts="resolution",
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
        lasts="resolution",
    ),
    Rule(
        "title-incomplete", DISAGREE, "notice",
        "The row's link is right, and the record's title goes on where the row's ends, with a part or a subtitle.",
        "Complete the title in the row.",
        lasts="resolution",
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
        "Link the paper itself, at its publisher, at a preprint server or as a PDF; the address of a file on a shared "
        "drive says nothing about the file, and goes when its owner does. Else give the row the form of the other "
        "rows, or ignore its section in the settings.",
    ),
    Rule(
        "strange-key", ROWS, "warning",
        "The key of a `.bib` entry holds characters that no document can cite, or more than 200; the outputs give "
        "the paper another.",
        "Use letters, digits and : . _ / + - only.",
    ),
    Rule(
        "key-twice", ROWS, "error",
        "An entry above has the same key, and BibTeX reads only one of them; the outputs give this one another.",
        "Give one of the two another key.",
    ),
    Rule(
        "bib-broken", ROWS, "error",
        "What begins like an entry of the `.bib` cannot be read. It stays in the file and is passed over.",
        "Close its braces and quotation marks, and put a comma between the fields.",
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
        "link-of-another", ELSEWHERE, "error",
        "The row's link leads to another paper, which the catalog knows by another title.",
        "Correct the link; the other row is innocent.",
    ),
    Rule(
        "year-differs", DISAGREE, "warning",
        "The year in the row, or of its section, is not a year of the paper.",
        "Correct the year, or move the row.",
    ),
    Rule(
        "link-not-paper", ROWS, "warning",
        "The link leads to a journal, a video or a page, and not to one paper.",
        "Link to the paper's own page, best by its DOI.",
        _instead("| Salt Tides | TMI | Contrastive | [Link](https://www.nature.com/natmachintell) | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "code-as-paper", ROWS, "error",
        "The link to the paper leads to code.",
        "Link to the paper, and give the code its own cell.",
        _instead("| Salt Tides | TMI | Contrastive | [Link](https://github.com/a/salt) | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "paper-as-code", ROWS, "warning",
        "The link to the code leads to a paper.",
        "Link to the code, or say N/A.",
        _instead("| Salt Tides | TMI | Contrastive | LINK | [pytorch](https://arxiv.org/abs/2101.00001) |"),
        _table(*_ROWS),
    ),
    Rule(
        "link-to-search", ROWS, "error",
        "The address is that of a search, whose results change.",
        "Link to the paper found.",
        _instead("| Salt Tides | TMI | Contrastive | [Link](https://scholar.google.com/scholar?q=salt+tides) | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "proxied-link", ROWS, "warning",
        "The address leads through a proxy, a mirror or a redirection, which others cannot use.",
        "Link to the publisher.",
        "- [Salt Tides](https://doi-org.ezproxy.example.edu/10.5555/salt)",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "tracked-link", ROWS, "warning",
        "The address carries parameters that follow readers.",
        "Cut them off.",
        "- [Salt Tides](https://doi.org/10.5555/salt?utm_source=mail)",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "link-ends-oddly", ROWS, "warning",
        "The address ends with a punctuation mark, which belongs to the sentence it was copied from.",
        "Cut it off.",
        "- [Salt Tides](https://doi.org/10.5555/salt.)",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "wrong-section", ROWS, "warning",
        "The row says another year than its section, or its link is of a later one.",
        "Move the row, or correct its year or link.",
        "## 2021\n\n- [Glass Rivers](https://arxiv.org/abs/2102.00002)\n\n## 2018\n\n- [Salt Tides](https://arxiv.org/abs/2101.00001)",
        "## 2021\n\n- [Glass Rivers](https://arxiv.org/abs/2102.00002)\n- [Salt Tides](https://arxiv.org/abs/2101.00001)",
    ),
    Rule(
        "too-old", ROWS, "warning",
        "The row stands below a year before those that the list takes, by its criteria or the setting `oldest_year`.",
        "Take the row off, or change the criterion.",
        _CRITERIA + "## 2015\n\n- [Salt Tides](https://doi.org/10.5555/salt)",
        _CRITERIA + "## 2019\n\n- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "no-category", ROWS, "warning",
        "The cell of the category is empty.",
        "Give the row a category.",
        _instead("| Salt Tides | TMI |  | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "unknown-category", ROWS, "warning",
        "No other row has this category.",
        "Use one of the list's own; silence the rule for a category that is really new.",
        _table("| Tin Drums | TMI | Contrasting | [Link](https://doi.org/10.5555/tin) | N/A |", *_ROWS, _GOOD_5),
        _table(*_ROWS),
    ),
    Rule(
        "unknown-venue", ROWS, "warning",
        "The list's own legend of venues does not have this name, or spells it otherwise.",
        "Spell it as the legend does, or add it there.",
        _LEGEND + _table("| Tin Drums | Tmi | Contrastive | [Link](https://doi.org/10.5555/tin) | N/A |", *_ROWS),
        _LEGEND + _table("| Tin Drums | TMI | Contrastive | [Link](https://doi.org/10.5555/tin) | N/A |", *_ROWS),
    ),
    Rule(
        "title-with-note", ROWS, "warning",
        "A note to oneself stands in the title.",
        "Take it out.",
        "- [Salt Tides--update references](https://doi.org/10.5555/salt)",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "title-cut", ROWS, "warning",
        "The title ends with dots: it is not whole.",
        "Write it out.",
        "- [Salt Tides of an Invented...](https://doi.org/10.5555/salt)",
        "- [Salt Tides of an Invented Coast](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "title-with-link", ROWS, "warning",
        "An address or a DOI stands in the title as text.",
        "Make it the row's link.",
        _instead("| Salt Tides of a Coast doi:10.5555/salt | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "title-in-capitals", ROWS, "notice",
        "The title is written in capitals only.",
        "Write it as the paper does.",
        "- [SALT TIDES OF AN INVENTED COAST](https://doi.org/10.5555/salt)",
        "- [Salt Tides of an Invented Coast](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "title-unbalanced", ROWS, "warning",
        "A bracket of the title is opened and not closed, or closed only.",
        "Look where the title ends.",
        _instead("| Salt Tides (of a Coast | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "cells-missing", TEXT, "error",
        "The row has fewer cells than the table, so that the others stand below wrong headers.",
        "Add the missing cell; N/A where there is nothing to say.",
        _instead("| Salt Tides | TMI | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "cells-extra", TEXT, "error",
        "The row has more cells than the table: GitHub drops the last ones. A | in a title is written \\\\|.",
        "Take the extra | out.",
        _instead("| Salt | Tides | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "columns-swapped", TEXT, "error",
        "Two cells stand in each other's column.",
        "Swap them.",
        _instead("| TMI | Salt Tides of an Invented Coast | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "empty-title", TEXT, "error",
        "The cell of the title is empty, so that the paper is in no output.",
        "Write the title.",
        _instead("|  | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "template-row", TEXT, "error",
        "The row is a template that nobody has filled in.",
        "Fill it in, or take it out.",
        _instead("| Paper title | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "row-outside-table", TEXT, "error",
        "The row is in no table on GitHub: an empty line or a tag ends the table, or header and dashes do not fit.",
        "Take the empty line out, or mend the line of dashes.",
        _table(_GOOD_2) + "\n\n" + _GOOD,
        _table(_GOOD_2) + "\n" + _GOOD,
    ),
    Rule(
        "heading-without-blank", TEXT, "error",
        "A # without a blank behind it is text and no heading.",
        "Put a blank behind the #.",
        "##2021\n\n- [Salt Tides](https://doi.org/10.5555/salt)",
        "## 2021\n\n- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "broken-link", TEXT, "error",
        "A bracket of a link is not closed, or stands elsewhere, so that the link is text.",
        "Write `[label](address)`, without a blank between.",
        _instead("| Salt Tides | TMI | Contrastive | [Link](https://doi.org/10.5555/salt | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "stray-link", TEXT, "warning",
        "A link stands between the tables and belongs to no row.",
        "Take it out, or put it into its row.",
        _table(*_ROWS) + "\n\n[pytorch](https://github.com/a/salt)",
        _table(*_ROWS),
    ),
    Rule(
        "unclosed-mark", TEXT, "warning",
        "**, a backtick or a square bracket is opened and not closed in a cell, or in a paper's lines.",
        "Close it.",
        _instead("| **Salt Tides | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "unclosed-tag", TEXT, "error",
        "An HTML tag is opened and not closed in a cell, or in a paper's lines: it changes what follows.",
        "Close it.",
        _instead("| <b>Salt Tides | TMI | Contrastive | LINK | N/A |"),
        _table(*_ROWS),
    ),
    Rule(
        "garbled-text", TEXT, "warning",
        "The row holds text that was read in the wrong encoding.",
        "Write it anew.",
        "- [Salt Tides of Ã©tang Lakes](https://doi.org/10.5555/salt)",
        "- [Salt Tides of étang Lakes](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "hidden-character", TEXT, "warning",
        "An invisible character stands in the row: it breaks searches, or shows text in another order.",
        "Write the word anew.",
        "- [Salt\u200b Tides](https://doi.org/10.5555/salt)",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "merge-conflict", TEXT, "error",
        "Marks of a merge that was not finished stand in the list.",
        "Choose a side, and take the marks out.",
        "- [Salt Tides](https://doi.org/10.5555/salt)\n\n<<<<<<< HEAD",
        "- [Salt Tides](https://doi.org/10.5555/salt)",
    ),
    Rule(
        "correction-stale", DECISIONS, "notice",
        "A correction in `corrections.toml` matches no row any more.",
        "Remove or adapt it.",
    ),
    Rule(
        "record-unreadable", RECORDS, "notice",
        "A part of a source's record could not be read and was left out.",
        "Report it, with the paper's key.",
        asks_again="soon",
    ),
    Rule(
        "answer-incomplete", RECORDS, "notice",
        "A source left out what it always says and had said before; the values that were known stay, marked as stale.",
        "Nothing: it is asked again in every run until it says more.",
        lasts="answer", asks_again="found",
    ),
    Rule(
        "record-gone", RECORDS, "notice",
        "A source has a work no more that it had before (deleted, or merged); the values that were known stay, marked "
        "as stale.",
        "Look whether the paper is still the right one; `corrections.toml` says which work it is.",
        lasts="answer", asks_again="missing",
    ),
    Rule(
        "catalog-unreadable", DATA, "error",
        "`catalog.json` is broken, so that keys and last values cannot be trusted.",
        "Restore it from the last commit.",
    ),
    Rule(
        "bib-unsafe", DATA, "error",
        "`references-retired.bib` holds what no run writes and TeX would obey: a preamble, a foreign command, an entry "
        "in a comment.",
        "Remove it, or restore the file from the last commit; a run stops until then.",
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


def lasting(name: str) -> Lasting:
    """Return how long an issue of a rule stands; of a name that is not in the table, until the next run."""
    return BY_NAME[name].lasts if name in BY_NAME else "run"


def asks_in_every_run(name: str) -> bool:
    """Tell whether an issue of a rule makes every run ask again."""
    return name in BY_NAME and BY_NAME[name].asks_again in ("found", "missing")


def explain(rule: Rule) -> str:
    """Return what docs/rules.md and `enrich check --explain` say about a rule, as Markdown."""
    parts = [f"### {rule.name}", f"{rule.severity.capitalize()}. {rule.meaning} What to do: {rule.advice}"]
    for title, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        if example:
            parts.append(f"{title}:\n\n```markdown\n{example.strip()}\n```")
    return "\n\n".join(parts)
