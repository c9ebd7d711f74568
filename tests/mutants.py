"""Change the program in one small place at a time, and see whether a test goes red: `make mutants`.

in -> out: the rooms of `TESTS` -> a seeded sample of changes, each tried in a copy of the repository with the tests of
its room alone -> docs/mutants.md. A change that no test notices is explained in `EXPLAINED`: it alters nothing that
anybody could see, or it is not worth a test.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "mutants.md"
BEGIN, END = "<!-- written by make mutants -->", "<!-- end -->"
SAMPLE, SEED, TIMEOUT_S = 200, 2026, 300
MOST_SURVIVORS = 0.08
TESTS = {
    "pipeline/stages/matching": ("tests/stages/matching", "tests/stages/resolving", "tests/test_traps.py"),
    "pipeline/stages/merging": ("tests/stages/merging", "tests/stages/resolving", "tests/stages/test_freshness.py"),
    "pipeline/edge/desk.py": ("tests/edge/test_desk.py", "tests/edge/test_services.py"),
}
"""Room -> the tests that cover it."""
EXPLAINED: dict[tuple[str, str], str] = {
    ("pipeline/stages/matching/scoring.py",
     "class Context(msgspec.Struct, frozen=True, kw_only=False, gc=False):"): "every caller names the fields",
}  # fmt: skip
"""(file, changed line) -> why nobody can see the change."""


class Mutant(NamedTuple):
    """One small change."""

    path: str
    source: str
    """The whole file, changed."""
    line: int
    old: str
    new: str


def list_changes(path: Path) -> Iterator[tuple[Path, str, int]]:
    """Yield (file, operator, occurrence) of every change of one file."""
    nodes = list(ast_nodes(get_ast(path.read_text("utf-8"))))
    for name in sorted(operator_names()):
        operator_class = get_operator(name)
        if not operator_class.arguments():
            operator = operator_class()
            count = sum(1 for node in nodes for _ in operator.mutation_positions(node))
            yield from ((path, name, occurrence) for occurrence in range(count))


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
    return Mutant(path.relative_to(ROOT).as_posix(), changed, line, old, new)


def choose(sample: int) -> list[Mutant]:
    """Return the sample, in an order that makes its beginning a fair sample too."""
    files = [path for room in TESTS for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).glob("*.py"))]
    changes = [change for path in sorted(files) for change in list_changes(path)]
    random.Random(SEED).shuffle(changes)
    mutants = (mutant for change in changes if (mutant := make_mutant(*change)))
    return list(islice(mutants, sample))


def survives(copy: Path, mutant: Mutant) -> bool:
    """Try a change in the copy; one that never ends is noticed too."""
    target = copy / mutant.path
    before = target.read_text("utf-8")
    tests = next(tests for room, tests in TESTS.items() if mutant.path.startswith(room))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
    target.write_text(mutant.source, "utf-8")
    try:
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(before, "utf-8")
    return done.returncode == 0


def copied(folder: Path) -> Path:
    """Copy what git knows of the repository."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def render(chosen: list[Mutant], survivors: list[Mutant]) -> str:
    """Return the written part of docs/mutants.md."""
    lost, tried = Counter(one.path for one in survivors), Counter(one.path for one in chosen)
    share = len(survivors) / max(len(chosen), 1)
    lines = [
        f"{len(chosen)} changes were tried, {len(survivors)} of them ({share:.1%}) no test noticed.", "",
        "| file | tried | unnoticed |", "| --- | --: | --: |",
        *(f"| {path} | {count} | {lost[path]} |" for path, count in sorted(tried.items())), "",
    ]  # fmt: skip
    for one in survivors:
        why = EXPLAINED.get((one.path, one.new), "not explained yet")
        lines += [f"- `{one.path}`: `{one.old}` became `{one.new}`: {why}."]
    return "\n".join([*lines, ""])


def main() -> int:
    """Try the sample and write the report; 1 where too much went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="Begin no further change after that time.")
    options = parser.parse_args()
    end = monotonic() + 60 * options.minutes
    chosen, survivors = choose(options.sample), []
    tried = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for at, mutant in enumerate(chosen, 1):
            if monotonic() > end:
                break
            tried.append(mutant)
            if survives(copy, mutant):
                survivors.append(mutant)
                sys.stderr.write(f"{at}: {mutant.path}:{mutant.line}: {mutant.old} -> {mutant.new}\n")
    head, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    REPORT.write_text(f"{head}{BEGIN}\n\n{render(tried, sorted(survivors))}\n{END}{rest.partition(END)[2]}", "utf-8")
    return int(len(survivors) > MOST_SURVIVORS * len(tried))


if __name__ == "__main__":
    sys.exit(main())
