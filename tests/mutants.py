"""Change the program in one small place at a time, and see whether a test goes red: `make mutants`.

in -> out: the rooms of `TESTS` -> a seeded sample of changes, each tried in a copy of the repository ->
docs/mutants.md. A change that no test notices is explained in `EXPLAINED`: it alters nothing that anybody could see,
or it is not worth a test.

A change is tried in a fork of a process that has imported everything beneath the changed rooms, with the test module of
the changed file first, then those of its room, then the rest; the first red test ends it. Every result goes to
`RESULTS` as it comes, and a later run goes on from there.
"""

import argparse
import ast
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import msgspec
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]
REPORT, RESULTS = ROOT / "docs" / "mutants.md", ROOT / "build" / "mutants.jsonl"
BEGIN, END = "<!-- written by make mutants -->", "<!-- end -->"
SAMPLE, SEED, TIMEOUT_S = 200, "2026", 300
MOST_SURVIVORS = 0.08
TESTS = {
    "pipeline/stages/matching": ("tests/stages/matching", "tests/stages/resolving", "tests/test_traps.py"),
    "pipeline/stages/merging": (
        "tests/stages/merging", "tests/stages/test_freshness.py", "tests/stages/resolving", "tests/test_golden.py",
    ),
    "pipeline/edge/desk.py": ("tests/edge/test_desk.py", "tests/test_conversation.py", "tests/edge/test_services.py"),
}  # fmt: skip
"""Room -> the tests that cover it, those of the room itself first."""
BENEATH = ("pipeline.model", "pipeline.text", "pipeline.addresses", "pipeline.sources", "pipeline.lists")
"""What no changed room can reach stays imported from change to change; tests/test_layers.py holds these arrows."""
PRELOADED = (
    "httpx", "hypothesis", "rich", "sqlite_utils", "uvicorn", "jinja2", "bibtexparser", "rispy",
    "pipeline.lists.markdown", "pipeline.lists.bibliography", "pipeline.sources.openalex",
    "pipeline.sources.crossref", "pipeline.sources.datacite", "pipeline.sources.known",
)  # fmt: skip
EXPLAINED: dict[tuple[str, str], str] = {
    ("pipeline/stages/matching/scoring.py",
     "class Context(msgspec.Struct, frozen=True, kw_only=False, gc=False):"): "every caller names the fields",
    ("pipeline/stages/matching/scoring.py",
     "class Context(msgspec.Struct, frozen=False, kw_only=True, gc=False):"): "nobody changes a context",
    ("pipeline/stages/matching/scoring.py",
     'is_told = weights.get("year") is evidence.YEAR and people is not None and people.is_same'):
        "the weight is that very constant",
    ("pipeline/stages/matching/match.py", "return any(len(years) != 1 for years in seen.values())"):
        "a venue is noted with its first year, so that none has no year",
    ("pipeline/stages/matching/match.py", "is_long = len(content_words(entry.title)) is LONG_TITLE"):
        "a gap: no test has a title of eight words or more with a namesake of another year",
    ("pipeline/stages/merging/merge.py",
     "if old is None or not {old.status, resolved.status} <= SETTLED or old.ids.doi is not resolved.ids.doi:"):
        "a settled paper is asked for by its old DOI, and that very text is its DOI again",
    ("pipeline/stages/matching/match.py", "is_numbered = bool(self._identifiers and self.entry.url)"):
        "what the first look leaves out is judged in the second",
    ("pipeline/stages/matching/scoring.py",
     "return agreement.level in NEEDED or (is_numbered and agreement.share != HALF)"):
        "what the first look leaves out is judged in the second",
    ("pipeline/stages/matching/scoring.py",
     'is_fragment = agreement.level == "loose" and agreement.share == HALF_NAMED and not _is_head(entry.title, speaking)'):  # noqa: E501
        "a gap: no test has a title of which so little is listed that is not the head of the record's",
    ("pipeline/stages/matching/match.py", "if is_preprint(a) is is_preprint(b):"):
        "both are True or False, of which there is one each",
    ("pipeline/stages/matching/evidence.py", "if len(names) != 1 and None not in dois"):
        "every record is of one of the three sources, so that the names are never none",
    ("pipeline/stages/merging/conflicts.py", "many = len(paper.resolution.candidates) != 1"):
        "an ambiguous entry has a candidate",
    ("pipeline/stages/matching/match.py",
     "versions = [one for one in accepted if one == best or _are_versions(best, one)]"):
        "no two works have the same records",
    ("pipeline/stages/matching/authorship.py", "is_in_order = len(places) > 1 and places <= sorted(places)"):
        "the sorted ones are the first in order, so that no others are as early",
    ("pipeline/stages/matching/authorship.py", "def _names(listed: tuple[str, ...]) -> tuple[_Name, ...]:"):
        "names that are not remembered are read again",
    ("pipeline/stages/matching/authorship.py", "@lru_cache(maxsize= 4097)"):
        "how much is remembered changes no answer",
}  # fmt: skip
"""(file, changed line) -> why nobody can see the change."""


class Mutant(NamedTuple):
    """One small change."""

    path: str
    line: int
    old: str
    new: str
    source: str
    """The whole file, changed."""

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells a change from others; lines move."""
        return self.path, self.old, self.new


class Result(msgspec.Struct, frozen=True):
    """What became of one change."""

    name: tuple[str, str, str]
    is_noticed: bool


def list_changes(path: Path) -> Iterator[tuple[str, Path, str, int]]:
    """Yield (rank, file, operator, occurrence) of every change of one file.

    The rank is drawn from what is changed alone, so a change stays in the sample while other lines come and go.
    """
    text = path.read_text("utf-8")
    nodes, lines, seen = list(ast_nodes(get_ast(text))), text.splitlines(), Counter[tuple[str, str]]()
    for name in sorted(operator_names()):
        operator_class = get_operator(name)
        if operator_class.arguments():
            continue
        operator = operator_class()
        positions = [position for node in nodes for position in operator.mutation_positions(node)]
        for occurrence, ((line, _), _) in enumerate(positions):
            what = (name, lines[line - 1].strip())
            seen[what] += 1
            rank = sha256(repr((SEED, path.name, what, seen[what])).encode()).hexdigest()
            yield rank, path, name, occurrence


def make_mutant(path: Path, operator: str, occurrence: int) -> Mutant | None:
    """Make a change; None where it is no program any more, or changes no more than an annotation."""
    text = path.read_text("utf-8")
    changed = mutate_code(text, get_operator(operator)(), occurrence)
    plain = _without_annotations(changed) if changed else None
    return _mutant(path, text, changed) if plain and plain != _without_annotations(text) else None


def _without_annotations(text: str) -> str | None:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
    return ast.dump(tree)


def _mutant(path: Path, text: str, changed: str) -> Mutant:
    pairs = enumerate(zip(text.splitlines(), changed.splitlines(), strict=False), 1)
    line, old, new = next((line, old.strip(), new.strip()) for line, (old, new) in pairs if old != new)
    return Mutant(path.relative_to(ROOT).as_posix(), line, old, new, changed)


def choose(sample: int) -> list[Mutant]:
    """Return the sample, in an order that makes its beginning a fair sample too."""
    files = [path for room in TESTS for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).glob("*.py"))]
    changes = sorted(change for path in files for change in list_changes(path))
    mutants = (mutant for _, path, name, at in changes if (mutant := make_mutant(path, name, at)))
    return list(islice(mutants, sample))


def steps(path: str) -> list[list[str]]:
    """Return the tests of one file in the order in which they are tried: its own, its room's, the rest."""
    room, *rest = next(tests for room, tests in TESTS.items() if path.startswith(room))
    own = f"tests/{path.removeprefix('pipeline/').replace(Path(path).name, f'test_{Path(path).name}')}"
    siblings = sorted(ROOT.glob(f"{room}/test_*.py")) if not room.endswith(".py") else [ROOT / room]
    names = [sibling.relative_to(ROOT).as_posix() for sibling in siblings]
    found = [[own] if own in names else [], [name for name in names if name != own], *([one] for one in rest)]
    return [step for step in found if step]


def begin(folder: str) -> None:
    """Move this process into a copy of what git knows of the repository, with everything imported that stays."""
    copy = Path(tempfile.mkdtemp(dir=folder))
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    os.chdir(copy)
    os.environ |= {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": str(copy),
    }  # the latter for tests' own processes
    sys.dont_write_bytecode = False
    sys.path.insert(0, str(copy))
    for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "pipeline")]:
        del sys.modules[name]
    for name in PRELOADED:
        importlib.import_module(name)
    for name in [name for name in sys.modules if name.startswith("pipeline.") and not name.startswith(BENEATH)]:
        del sys.modules[name]


def is_green(tests: list[str]) -> bool:
    """Run tests in a fork of this process; a run that never ends is red."""
    child = os.fork()
    if not child:
        signal.alarm(TIMEOUT_S)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        code = 1
        try:
            code = pytest.main(["-x", "-p", "no:cacheprovider", *tests])
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return status == 0


def is_sound(room: str) -> bool:
    """Tell whether the tests of a room are green while nothing is changed."""
    path = room if room.endswith(".py") else f"{room}/any.py"
    return all(is_green(tests) for tests in steps(path))


def attempt(mutant: Mutant) -> Result:
    """Try a change in this process's copy."""
    target = Path(mutant.path)
    before = target.read_text("utf-8")
    target.write_text(mutant.source, "utf-8")
    sys.dont_write_bytecode = True  # a changed file must not leave its like behind
    try:
        is_noticed = not all(is_green(tests) for tests in steps(mutant.path))
    finally:
        target.write_text(before, "utf-8")
    return Result(mutant.name, is_noticed)


def load() -> dict[tuple[str, str, str], bool]:
    """Return what earlier runs found; the last word on a change counts."""
    lines = RESULTS.read_bytes().splitlines() if RESULTS.exists() else []
    return {result.name: result.is_noticed for line in lines if (result := msgspec.json.decode(line, type=Result))}


def render(tried: list[Mutant], survivors: list[Mutant]) -> str:
    """Return the written part of docs/mutants.md."""
    lost, counts = Counter(one.path for one in survivors), Counter(one.path for one in tried)
    share = len(survivors) / max(len(tried), 1)
    lines = [
        f"{len(tried)} changes were tried, {len(survivors)} of them ({share:.1%}) no test noticed.", "",
        "| file | tried | unnoticed |", "| --- | --: | --: |",
        *(f"| {path} | {count} | {lost[path]} |" for path, count in sorted(counts.items())), "",
    ]  # fmt: skip
    for one in survivors:
        why = EXPLAINED.get((one.path, one.new), "not explained yet")
        lines += [f"- `{one.path}`: `{one.old}` became `{one.new}`: {why}."]
    return "\n".join([*lines, ""])


def try_all(mutants: list[Mutant], processes: int, end: float) -> None:
    """Try changes side by side until `end`, and note every result."""
    RESULTS.parent.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        get_context("fork").Pool(processes, begin, (folder,)) as pool,
        RESULTS.open("ab") as results,
    ):
        if not all(pool.map(is_sound, TESTS)):
            sys.exit("The tests are red while nothing is changed.")
        for result in pool.imap_unordered(attempt, mutants):
            results.write(msgspec.json.encode(result) + b"\n")
            results.flush()
            if not result.is_noticed:
                sys.stderr.write("{}: {} -> {}\n".format(*result.name))
            if monotonic() > end:
                break


def main() -> int:
    """Try the sample and write the report; 1 where too much went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--again", action="store_true", help="Try once more what went unnoticed.")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="Wait no longer; 0 only writes the report.")
    options = parser.parse_args()
    chosen, known = choose(options.sample), load()
    due = [mutant for mutant in chosen if mutant.name not in known or (options.again and not known[mutant.name])]
    if due and options.minutes:
        try_all(due, options.processes, monotonic() + 60 * options.minutes)
    known = load()
    tried = [mutant for mutant in chosen if mutant.name in known]
    survivors = [mutant for mutant in tried if not known[mutant.name]]
    head, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    REPORT.write_text(f"{head}{BEGIN}\n\n{render(tried, sorted(survivors))}\n{END}{rest.partition(END)[2]}", "utf-8")
    return int(len(survivors) > MOST_SURVIVORS * len(tried))


if __name__ == "__main__":
    sys.exit(main())
