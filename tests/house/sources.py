"""The files of the house, as the guards read them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE, TEMPLATES, STATIC, DOCS = (ROOT / name for name in ("archive", "templates", "static", "docs"))


def name_of(path: Path) -> str:
    """The path as the house writes it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> Iterator[Path]:
    """The Python files of the archive, or of these folders of it; migrations are history and are left out."""
    for folder in folders or ("",):
        for path in sorted((ARCHIVE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module, each node knowing its parent."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return tree


def function_of(node: ast.AST) -> str:
    """The name of the function that a node stands in, "" outside of any."""
    while (node := getattr(node, "parent", None)) is not None:
        if isinstance(node, ast.FunctionDef):
            return node.name
    return ""


def templates() -> list[Path]:
    """All pages, layouts, components and partials."""
    return sorted(TEMPLATES.rglob("*.html"))


def stylesheets() -> list[Path]:
    """All stylesheets of our own."""
    return sorted((STATIC / "css").rglob("*.css"))


def scripts() -> list[Path]:
    """All scripts of our own."""
    return sorted((STATIC / "js").rglob("*.js"))


def lines_with(pattern: str, paths: list[Path], *, flags: int = 0) -> list[str]:
    """Each line of these files that a pattern is found in, with its place."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line, flags)
    ]
