"""`enrich init`: another list, set up in place.

in -> out: a folder -> its list, and the files that make every command work there without arguments: `enrich.toml`,
lines of `.gitignore`, the two workflows. Doing it twice changes nothing; what a human has changed is asked about.
"""

from collections.abc import Callable, Iterator
from importlib import metadata, resources
from pathlib import Path

import msgspec

from pipeline import inputs
from pipeline.config import Config
from pipeline.edge import files
from pipeline.errors import UsageError
from pipeline.lists import bibliography, markdown
from pipeline.options import ENRICHED, RAW, SETTINGS, Options, Result
from pipeline.text.counted import counted

Confirm = Callable[[str], bool]
WORKFLOWS = Path(".github/workflows")
PLACEHOLDER = "OWNER/REPO"
IGNORED = ("cache.db*", ".enrich.lock*", ".enrich-new-*", ".enrich-journal.json", "cache.db.aside*")
"""What a run leaves behind that is not for the repository."""
_HEAD = "# What `enrich` leaves behind that is not for the repository"


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be written, with what is there now."""

    path: Path
    text: str
    old: str | None = None

    @property
    def word(self) -> str:
        """What would happen to it."""
        if self.old is None:
            return "new"
        return "unchanged" if self.old == self.text else "changed"


def init(
    options: Options, chosen: tuple[Path, ...], *, action: str | None, dry_run: bool, yes: bool, confirm: Confirm
) -> Result:
    """Set up the list of the working directory.

    Args:
        options: its settings, where there are some already.
        chosen: the lists, where the user named them.
        action: `OWNER/REPO@TAG` of this program, for the workflows.
        dry_run: say what would be written, and write nothing.
        yes: overwrite without asking.
        confirm: asks a human whether a file may be overwritten.

    Raises:
        UsageError: no list was found, or a named one holds no paper.
    """
    counts = _count(chosen) if chosen else _find()
    own = tuple(Path(name) for name in options.config.lists)
    lists = chosen or own or (max(counts, key=lambda path: counts[path]),)
    said = [f"{files.shown(path)}: {counted(counts[path], 'paper')}" for path in lists if path in counts]
    others = [f"{files.shown(path)} ({count})" for path, count in counts.items() if path not in lists]
    if others:
        said.append(f"Papers stand in {', '.join(others)} too; to take them as well, name every list with --list.")
    for file in _files(lists, options.config, action or _default_action()):
        word = file.word
        if word == "changed" and file.path.name != ".gitignore" and not (yes or dry_run):
            word = "changed" if confirm(f"{file.path} is there already and differs. Overwrite it?") else "kept"
        if word in ("new", "changed") and not dry_run:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            files.save_text(file.path, file.text)
        said.append(f"{file.path}: {word}{' (not written)' if dry_run and word != 'unchanged' else ''}")
    if PLACEHOLDER in (action or _default_action()):
        said.append(
            f"Put the repository that this program comes from for {PLACEHOLDER} in {WORKFLOWS}/, or say --action."
        )
    said.append("Next: `enrich check`, then `enrich run`.")
    return Result(text="\n".join(said))


def _find() -> dict[Path, int]:
    """Return the Markdown files of this folder and of data/raw that list papers, with how many; most first."""
    found = _count(sorted((*Path().glob("*.md"), *Path().glob("*.markdown"), *RAW.glob("*.md"))), strict=False)
    if not found:
        raise UsageError("no list: no Markdown file here lists a paper; name it with --list.")
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _count(paths: Iterator[Path] | tuple[Path, ...] | list[Path], *, strict: bool = True) -> dict[Path, int]:
    counts: dict[Path, int] = {}
    for path in paths:
        text = files.load_text(path)
        form = bibliography.find_form(path.name, text)
        parsed = bibliography.read(text, form).parsed if form else markdown.parse(text)
        if strict and not parsed.entries:
            raise inputs.no_papers(str(path), text, parsed)
        if parsed.entries:
            counts[path] = len(parsed.entries)
    return counts


def _files(lists: tuple[Path, ...], config: Config, action: str) -> Iterator[File]:
    settings = Path(SETTINGS)
    # Settings that are there name more than lists: whoever has some says the rest by hand.
    old = _load(settings)
    keeps = old is not None and config.lists == tuple(files.shown(path) for path in lists)
    yield File(path=settings, text=old if keeps and old else _render_settings(lists, config), old=old)
    ignore = Path(".gitignore")
    old = _load(ignore)
    lines = (old or "").splitlines()
    missing = [line for line in IGNORED if line not in lines]
    head = [] if _HEAD in lines else [_HEAD]
    grown = "\n".join([*lines, *([""] if lines and head else []), *head, *missing]) + "\n" if missing else old or ""
    yield File(path=ignore, text=grown, old=old)
    for name in ("refresh.yml", "check.yml"):
        text = (resources.files("pipeline") / "templates" / name).read_text("utf-8")
        repository, _, tag = action.partition("@")
        text = text.replace(f"{PLACEHOLDER}/publish@TAG", f"{repository}/publish@{tag}")
        yield File(path=WORKFLOWS / name, text=text.replace(f"{PLACEHOLDER}@TAG", action), old=_load(WORKFLOWS / name))


def _render_settings(lists: tuple[Path, ...], config: Config) -> str:
    names = ", ".join(f'"{_quoted(files.shown(path))}"' for path in lists)
    return (
        "# Settings of `enrich`: the lists and the folder that every command takes when none is named.\n"
        f'lists = [{names}]\nout = "{_quoted(config.out or ENRICHED.as_posix())}"\n'
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _load(path: Path) -> str | None:
    return files.load_text(path) if path.is_file() else None


def _default_action() -> str:
    """Return where this program comes from, by its own metadata, and its version."""
    urls = dict(url.partition(", ")[::2] for url in metadata.metadata("awesome-enrich").get_all("Project-URL") or ())
    home = next((url for name, url in urls.items() if name.lower() in ("repository", "source", "homepage")), "")
    host, _, repository = home.rstrip("/").removeprefix("https://").partition("/")
    return f"{repository if host == 'github.com' else PLACEHOLDER}@v{metadata.version('awesome-enrich')}"
