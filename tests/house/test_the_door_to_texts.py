"""The words of chapters are read for readers through one door; nobody else so much as knows the name of their table."""

import ast

from tests.house.sources import ARCHIVE, modules, name_of, tree_of

TEXTS = {"Autosave", "ChapterText", "Revision"}
TABLES = ("chaptertext", "archiverevision", "archiveautosave")
KEEPERS = {"archive/warnings/opening.py", "archive/models.py"}  # and all of archive/works, which writes them
# Who may name the model or the table in a string, and why.
NAMED_IN_STRINGS = {
    "archive/models.py": "its list of what it hands on",
    "archive/ops/seeding/copying.py": "a synthetic archive is written with COPY",
    "archive/ops/benching/bare.py": "the bare page that pages are measured against; no address of the archive leads to it",
}


def outsiders():
    return [path for path in modules() if name_of(path) not in KEEPERS and not path.is_relative_to(ARCHIVE / "works")]


def mentions(path):
    """Yield what a module says of the texts: imports of their module, and their classes by name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in names if "works.texts" in name or name.rpartition(".")[2] in TEXTS)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if "works.texts" in alias.name)
        elif isinstance(node, ast.Name) and node.id in TEXTS:
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr in {*TEXTS, "chaptertext", "revision"}:
            yield node.attr


def strings_about_texts(path):
    """Answer the strings of a module, but for its docstrings, that name a model or its table."""
    return [
        node.value
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not isinstance(node.parent, ast.Expr)
        if node.value in {"Autosave", "Revision"} or any(name in node.value.lower().replace("_", "") for name in TABLES)
    ]


def test_nobody_but_works_and_the_opening_knows_the_texts():
    assert {name_of(path): found for path in outsiders() if (found := list(mentions(path)))} == {}


def test_works_and_the_opening_are_seen_to_know_them():
    assert [name for name in KEEPERS if not list(mentions(ARCHIVE.parent / name))] == []


def test_nobody_goes_round_the_door_by_a_string():
    named = {name_of(path) for path in [*outsiders(), ARCHIVE / "models.py"] if strings_about_texts(path)}

    assert named == set(NAMED_IN_STRINGS), "A query by name goes past the advisory. If it has to be, say here why."


def test_no_address_leads_to_the_bare_page():
    assert "benching" not in (ARCHIVE / "urls.py").read_text() + (ARCHIVE / "ops/urls.py").read_text()


def test_only_the_opening_reads_a_text_for_a_reader():
    readers = [name_of(path) for path in modules() if "views" in path.stem and list(mentions(path))]

    assert readers == []
