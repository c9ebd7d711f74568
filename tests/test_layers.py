"""The order of the layers, read from the imports: nobody knows whoever comes later, only the edge touches the world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "pipeline"
BASE = {"model", "errors", "config", "rules", "toml"}
PURE = BASE | {"text", "addresses", "sources", "lists", "stages", "quality", "outputs"}
SHELL = {"options", "progress", "inputs", "finished", "conversation", "run", "commands"}
KNOWS = {
    "model": set(), "errors": set(), "rules": set(), "toml": {"errors"}, "config": BASE, "text": BASE | {"text"},
    "addresses": BASE | {"text", "addresses"},
    "sources": BASE | {"text", "addresses", "sources"}, "lists": BASE | {"text", "addresses", "lists"},
    "stages": PURE - {"quality", "outputs"}, "quality": PURE - {"outputs"}, "outputs": PURE,
    "edge": BASE | {"sources", "edge"}, "bulk": PURE | {"edge", "inputs", "options", "bulk"},
    **dict.fromkeys(SHELL, PURE | SHELL | {"edge", "bulk"}),
    "signals": set(), "cli": BASE | SHELL | {"text", "signals"}, "__main__": {"cli", "signals"}, "__init__": set(),
}  # fmt: skip
NETWORK_AND_CACHE = {"httpx", "requests", "tenacity", "filelock", "sqlite3", "sqlite_utils", "socket"}
WORLD = NETWORK_AND_CACHE | {"asyncio", "os", "shutil", "tempfile", "subprocess", "time", "random", "click", "rich"}
DOES = {"now", "utcnow", "today", "uuid4", "write_text", "write_bytes", "mkdir", "unlink", "rename", "touch"}
MODULES = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way_and_only_the_edge_touches_the_world(module: str) -> None:
    tree, layer = ast.parse((ROOT / f"{module}.py").read_text("utf-8")), module.partition("/")[0]
    names = [name.split(".") for name in imports(tree)]
    assert {name[1] for name in names if name[0] == "pipeline"} <= KNOWS[layer]
    assert layer == "edge" or not {name[0] for name in names} & NETWORK_AND_CACHE
    if layer in PURE:
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not {name[0] for name in names} & WORLD
        assert not {func.attr for func in called if isinstance(func, ast.Attribute)} & DOES
        assert not {func.id for func in called if isinstance(func, ast.Name)} & {"open", "print", "input"}
