"""Only the cleaner says that HTML is safe; others may put escaped words into markup that stands in the code."""

import ast

from tests.house.sources import ARCHIVE, function_of, lines_with, modules, name_of, templates, tree_of

MARKS_SAFE = {"mark_safe", "SafeText", "SafeData", "__html__"}
MAKES_SAFE = {"SafeString", "CleanHTML"}  # may be named as a type, not called or inherited from
FILLS_IN = {"format_html": 0, "format_html_join": 1}  # which argument is the markup
# Whose markup is not written where it is filled in, and why it may.
ALLOWED = {("archive/ops/views.py", "welcome"): "a sentence for translators, with three links in it"}


def called(node):
    """Answer the name of what a node calls, "" where it calls nothing."""
    return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""


def is_written_out(markup, path):
    """Whether markup is words that stand in the code, where it is filled in or at the top of the module."""
    assigned = [node for node in tree_of(path).body if isinstance(node, ast.Assign)]
    written = {target.id for node in assigned if isinstance(node.value, ast.Constant) for target in node.targets}
    return isinstance(markup, ast.Constant) or (isinstance(markup, ast.Name) and markup.id in written)


def says_safe(path):
    """Yield, with its function, where a module calls something safe that it did not clean or escape."""
    for node in ast.walk(tree_of(path)):
        name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        inherits = isinstance(node, ast.ClassDef) and MAKES_SAFE & {getattr(base, "id", "") for base in node.bases}
        markup = node.args[FILLS_IN[called(node)]] if called(node) in FILLS_IN else ast.Constant("")
        if name in MARKS_SAFE or called(node) in MAKES_SAFE or inherits or not is_written_out(markup, path):
            yield (name_of(path), function_of(node)), f"line {getattr(node, 'lineno', '?')}"


def test_only_archive_text_makes_html_safe():
    outside = [path for path in modules() if not path.is_relative_to(ARCHIVE / "text")]
    found = dict(place for path in outside for place in says_safe(path))

    assert {key: line for key, line in found.items() if key not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "An exception that is no longer needed: take it out of the list."


def test_archive_text_does_make_it_safe_so_that_the_guard_is_known_to_see():
    assert [place for path in modules("text") for place in says_safe(path)]


def test_no_template_lets_anything_past_the_escaping():
    assert lines_with(r"\|\s*safe\b|\|\s*safeseq|autoescape\s+off", templates()) == []
