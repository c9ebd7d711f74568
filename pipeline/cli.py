"""The door: arguments in, results to stdout, talk to stderr, an exit status.

in -> out: `argv` -> exit status (table in README.md). A command reads its arguments, calls one function and shows the
result; everything heavy is imported inside the command, so that `--help` answers at once.
"""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from pipeline import signals
from pipeline.errors import EnrichError, UsageError
from pipeline.text.invisible import inert

if TYPE_CHECKING:
    from pipeline.options import EngineName, Options, Result
    from pipeline.progress import Talk

INTERNAL_ERROR = 3
GARBAGE_AFTER = 50_000
"""New objects before a search for cycles: records form none, and with Python's 700 it took a tenth of a large run."""
FILE = click.Path(path_type=Path)
Command = TypeVar("Command", bound=Callable[..., object])


class Arguments(TypedDict, total=False):
    """What the options of the commands give to `options.read`; one that was not given is None or False."""

    lists: tuple[Path, ...]
    out: Path | None
    cache: Path | None
    known: Path | None
    corrections: Path | None
    refresh: bool
    max_age: float | None
    today: str | None
    quiet: bool
    offline: bool
    budget_usd: float | None
    deadline: float | None
    require_fresh: bool
    dry_run: bool
    snapshot: Path | None
    summary: Path | None
    overwrite: bool
    ascii_only: bool
    explain_skips: bool
    engine: "EngineName"
    master: str | None
    memory: str
    partitions: int | None
    jobs: int


def main(argv: list[str] | None = None) -> int:
    """Run a command line and return its exit status."""
    try:
        status = cli.main(args=argv, prog_name="enrich", standalone_mode=False)
    except EnrichError as error:
        click.echo(inert(f"enrich: {error}"), err=True)
        return error.exit_status
    except click.UsageError as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return signals.stopped()
    except BrokenPipeError:  # the reader of stdout went away (`| head`)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return 0
    except OSError as error:  # the system's word, not a fault of ours: a full disk, a folder that is gone
        where = f"{error.filename}: " if error.filename else ""
        click.echo(inert(f"enrich: {where}{error.strerror or type(error).__name__}."), err=True)
        return UsageError.exit_status
    except Exception as error:  # noqa: BLE001 - the one boundary: a fault of ours is told apart from bad input
        if signals.is_stop(error):
            return signals.stopped()
        import traceback

        traceback.print_exception(error)
        click.echo("enrich: internal error; no output is half written. Please report the lines above.", err=True)
        return INTERNAL_ERROR
    return status if isinstance(status, int) else 0


class _Program(click.Group):
    """The commands; whoever breaks one off gets one sentence, without the empty line that click writes before it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            return signals.stopped()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="awesome-enrich")
def cli() -> None:
    """Turn a Markdown list of papers into a verified catalog and a BibTeX file."""


def _inputs(command: Command) -> Command:
    """Add the arguments that say what to read; a file named by a default may be missing, one named by hand may not."""
    for decorate in reversed(
        (
            click.argument("lists", nargs=-1, type=FILE, metavar="[LIST ...]"),
            click.option(
                "--out", type=FILE, help="Folder of the outputs.  [default: `out` of the settings, or data/enriched]"
            ),
            click.option("--cache", type=FILE, help="SQLite cache.  [default: cache.db beside the list]"),
            click.option("--known", type=FILE, help="Verified facts.  [default: known.bib beside the list]"),
            click.option("--corrections", type=FILE, help="Decisions.  [default: corrections.toml beside the list]"),
            click.option("--refresh", is_flag=True, help="Make counts, and everything unsettled, due now."),
            click.option("--max-age", type=float, metavar="DAYS", help="Replace every age of the settings."),
            click.option("--today", metavar="DATE", help="Set the clock (ISO date)."),
            click.option("--quiet", is_flag=True, help="Say nothing but errors."),
        )
    ):
        command = decorate(command)
    return command


@cli.command()
@click.option("--list", "lists", type=FILE, multiple=True, help="The list, where it is not to be looked for.")
@click.option("--action", metavar="OWNER/REPO@TAG", help="Where the workflows get this program from.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Overwrite without asking.")
def init(lists: tuple[Path, ...], action: str | None, dry_run: bool, yes: bool) -> int:
    """Set up the list of this folder.

    Writes enrich.toml, lines of .gitignore and the two workflows; what a human changed is asked about first.
    """
    from pipeline.commands import init as command

    def confirm(question: str) -> bool:
        # Without a terminal nobody can answer: what is there stays.
        return sys.stdin.isatty() and click.confirm(question, err=True)

    return _show(command.init(_options(), lists, action=action, dry_run=dry_run, yes=yes, confirm=confirm))


@cli.command()
@_inputs
@click.option("--offline", is_flag=True, help="Ask nothing.")
@click.option("--budget-usd", type=float, metavar="X", help="Spend at most so many dollars at OpenAlex.")
@click.option("--deadline", type=float, metavar="MINUTES", help="Ask nothing more after so long.")
@click.option("--require-fresh", is_flag=True, help="Exit 5 if a source that was due gave no usable answer.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--snapshot", type=FILE, metavar="DIR", help="Index of a snapshot, asked before the services.")
@click.option("--summary", type=FILE, help="Write what changed to this file, as Markdown.")
@click.option("--overwrite", is_flag=True, help="Let the sources overrule what stands in a .bib or .csv.")
@click.option("--ascii", "ascii_only", is_flag=True, help="LaTeX-encode the .bib files.")
@click.option("--explain-skips", is_flag=True, help="Say of every line with a link what became of it.")
def run(**options: Unpack[Arguments]) -> int:
    """Do the whole job: read, ask, write.

    A LIST is Markdown, a .bib, a .csv or .tsv, a .txt of identifiers, or - for standard input.
    """
    from pipeline.run import run as run_all

    gc.set_threshold(GARBAGE_AFTER)
    return _show(run_all(_options(**options), _talk(quiet=options["quiet"])))


@cli.command()
@_inputs
def plan(**options: Unpack[Arguments]) -> int:
    """Say what a run would ask and cost.

    Questions, requests, dollars and seconds per source, before the first request.
    """
    from pipeline.commands import plan as command

    return _show(command.plan(_options(**options), _talk(quiet=True)))


@cli.command()
@click.argument("lists", nargs=-1, type=FILE, metavar="[LIST ...]")
@click.option("--format", "style", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@click.option("--fail-on", metavar="RULES", help="Rules, comma-separated, that end with status 1; `none` for none.")
@click.option("--baseline", type=FILE, help="Findings that are not reported; a missing file is written first.")
@click.option("--list-rules", is_flag=True, help="Show every rule, and check nothing.")
@click.option("--explain", metavar="RULE", help="Say what a rule means, with examples, and check nothing.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the enriched data.  [default: `out` of the settings, or data/enriched]",
)
@click.option("--today", metavar="DATE", help="Set the clock (ISO date).")
def check(
    style: str,
    fail_on: str | None,
    baseline: Path | None,
    list_rules: bool,
    explain: str | None,
    **options: Unpack[Arguments],
) -> int:
    """Say by line what is wrong with the list, offline.

    Findings are `file:line: rule: message`; --explain says what a rule means.
    """
    from pipeline.commands import check as command

    if list_rules:
        return _show(command.list_rules())
    if explain is not None:
        return _show(command.explain(explain))
    gc.set_threshold(GARBAGE_AFTER)
    found = _options(**options)
    return _show(command.check(found, style=style, fail_on=fail_on, baseline=baseline))


@cli.command()
@click.argument("paper", metavar="LIST:LINE|KEY")
@click.option(
    "--out", type=FILE, help="Folder of the enriched data.  [default: `out` of the settings, or data/enriched]"
)
@click.option("--cache", type=FILE, help="SQLite cache.  [default: cache.db beside the list]")
@click.option("--known", type=FILE, help="Verified facts.  [default: known.bib beside the list]")
@click.option("--corrections", type=FILE, help="Decisions.  [default: corrections.toml beside the list]")
def why(paper: str, **options: Unpack[Arguments]) -> int:
    """Tell how one paper was found.

    Identifiers, questions, answers, candidates, choice, the source of each field, issues.
    """
    from pipeline.commands import why as command

    path, _ = command.split(paper)
    found = _options(**options)
    if path is not None and path not in found.lists:
        options["lists"] = (path,)
        found = _options(**options)
    return _show(command.why(found, paper))


@cli.command()
@click.option(
    "--out", type=FILE, help="Folder of the enriched data.  [default: `out` of the settings, or data/enriched]"
)
@click.option("--corrections", type=FILE, help="Decisions.  [default: corrections.toml beside the list]")
@click.option("--today", metavar="DATE", help="Set the clock (ISO date).")
@click.argument("name", required=False, metavar="[KEY|LIST:LINE|TITLE]")
def review(name: str | None, **options: Unpack[Arguments]) -> int:
    """Decide what is undecided.

    Walks through it and writes each decision into corrections.toml beside the list.
    """
    from pipeline.commands import review as command

    def ask(question: str) -> str:
        try:
            return str(click.prompt(question, default="", show_default=False, err=True))
        except click.Abort:
            if sys.stdin.isatty():
                raise
            raise EOFError from None

    found = _options(**options)
    return _show(command.review(found, ask=ask, say=_say, open_page=click.launch, name=name))


@cli.command()
@click.argument("papers", nargs=-1, required=True, metavar="DOI|ARXIV|URL... [LIST]")
@click.option("--write", is_flag=True, help="Put the rows into the list, each into its section.")
@click.option("--category", metavar="X", help="What the row's category is, or the section that it belongs to.")
@click.option("--title", metavar="TITLE", help="The paper's title, where no source can be asked by its address.")
@click.option("--cache", type=FILE, help="SQLite cache.  [default: cache.db beside the list]")
@click.option("--offline", is_flag=True, help="Ask nothing: use what the cache knows.")
def add(
    papers: tuple[str, ...], write: bool, category: str | None, title: str | None, **options: Unpack[Arguments]
) -> int:
    """Print a paper's row in the list's format, or write it.

    A paper is named by its DOI, its arXiv id or the address of its page; one that the list has is refused.
    """
    from pipeline.commands import add as command

    wanted = [paper for paper in papers if not _is_list(paper)]
    if not wanted:
        raise click.UsageError("name a paper: its DOI, arXiv id or address.")
    options["lists"] = tuple(Path(paper) for paper in papers if _is_list(paper))
    found = _options(**options)
    return _show(command.add(found, wanted, _talk(quiet=True), title=title, category=category, write=write))


def _is_list(argument: str) -> bool:
    """Tell a list from a paper: an address may end in `.md` too."""
    return "://" not in argument and (argument.endswith((".md", ".markdown")) or Path(argument).is_file())


@cli.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--exit-code", "judge", is_flag=True, help="End with status 1 when facts changed, not only counts.")
def diff(old: Path, new: Path, judge: bool) -> int:
    """Print what changed between two catalogs, as Markdown."""
    from pipeline.commands import diff as command

    return _show(command.diff(old, new, judge=judge))


@cli.command()
@click.argument("gold", type=FILE, metavar="GOLD.csv")
@click.option("--catalog", type=FILE, required=True, help="The catalog.json to hold against the labels.")
def evaluate(gold: Path, catalog: Path) -> int:
    """Print precision and recall against labelled rows.

    The labels have the columns line,doi[,kind].
    """
    from pipeline.commands import evaluate as command

    return _show(command.evaluate(gold, catalog))


@cli.group()
def snapshot() -> None:
    """Build and check an index of a published snapshot (needs the extra `bulk`)."""


INDEX = click.option("--index", type=FILE, required=True, help="Folder of the index.")
JOBS = click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count(), help="Processes.  [default: cores]")


@snapshot.command("build")
@click.option("--openalex", type=FILE, help="Folder of OpenAlex's snapshot.")
@click.option("--crossref", type=FILE, help="Folder of Crossref's public data file.")
@INDEX
@JOBS
def snapshot_build(openalex: Path | None, crossref: Path | None, index: Path, jobs: int) -> int:
    """Build an index, or go on with one that was begun."""
    from pipeline.commands import snapshot as command

    return _show(command.build(index, openalex=openalex, crossref=crossref, jobs=jobs, say=_say))


@snapshot.command("update")
@INDEX
@JOBS
def snapshot_update(index: Path, jobs: int) -> int:
    """Bring an index up to date with the snapshots that it was built from."""
    from pipeline.commands import snapshot as command

    return _show(command.update(index, jobs=jobs, say=_say))


@snapshot.command("check")
@INDEX
def snapshot_check(index: Path) -> int:
    """Hold an index against its manifest: counts and hashes."""
    from pipeline.commands import snapshot as command

    return _show(command.check(index))


@cli.command()
@click.argument("rows", type=FILE, metavar="ROWS")
@INDEX
@click.option("--out", type=FILE, required=True, help="Folder of the decisions.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", metavar="URL", help="The cluster: spark://host:7077, or sc://host:15002 for Spark Connect.")
@click.option(
    "--memory", default="4GB", show_default=True, help="Memory to use at most; of each executor on a cluster."
)
@click.option("--partitions", type=click.IntRange(min=1), help="Pieces of the work.  [default: by size]")
@JOBS
@click.option("--known", type=FILE, help="Verified facts, where ROWS is a Markdown list.")
@click.option("--corrections", type=FILE, help="Decisions, where ROWS is a Markdown list.")
@click.option("--today", metavar="DATE", help="Set the clock (ISO date).")
def match(rows: Path, index: Path, **options: Unpack[Arguments]) -> int:
    """Match many rows (.md, .csv, .jsonl, .parquet) against an index of a snapshot (needs the extra `bulk`)."""
    from pipeline.commands import match as command

    options["lists"] = (rows,)
    return _show(command.match(_options(**options), rows, index, say=_say))


def _say(sentence: str) -> None:
    click.echo(inert(sentence), err=True)


def _options(**given: Unpack[Arguments]) -> "Options":
    from pipeline.options import read

    return read(os.environ, **given)


def _show(result: "Result") -> int:
    """Print a command's result; its status is the exit status."""
    try:
        if result.text:
            text = result.text if result.is_for_programs else inert(result.text)
            click.echo(text, nl=not text.endswith("\n"))
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer goes there
        raise UsageError(f"standard output cannot be written ({error.strerror}); all files are.") from None
    for complaint in result.complaints:
        click.echo(inert(f"enrich: {complaint}"), err=True)
    return result.status


def _talk(*, quiet: bool) -> "Talk":
    from pipeline.progress import Talk

    return Talk(quiet=quiet, stream=sys.stderr)
