"""Views reach rows through doors: how a row was got is the permission."""

import ast

from tests.house.sources import function_of, modules, name_of, tree_of

BEHIND_DOORS = {"Work", "Chapter", "Pseud", "Series", "Tagging", "CreatorInvitation"}
DOORS = {"visible_to", "listed_to", "editable_by", "moderatable_by", "deleted_by"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
# Where a view goes past a door, and why it may.
ALLOWED = {
    ("archive/works/views.py", "work_edit"): "got by editable_by; read anew, to show what another tab has saved",
}


def view_modules():
    return [path for path in modules() if path.stem.endswith(("views", "requests")) or "templatetags" in path.parts]


def whole(node):
    """Answer the whole chain of calls and attributes that a node begins, and the names in it."""
    names = []
    while True:
        above = node.parent
        if isinstance(above, ast.Attribute) and above.value is node:
            names.append(above.attr)
        elif not (isinstance(above, ast.Call) and above.func is node):
            return names
        node = above


def past_doors(path):
    """Yield, with its function, each place where a module takes rows by no door."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Name) and node.id in BEHIND_DOORS:
            names = whole(node)
            if names[:1] in (["objects"], ["_default_manager"], ["_base_manager"]) and not DOORS & set(names):
                yield function_of(node), f"line {node.lineno}: {node.id}.{'.'.join(names)}"
            elif isinstance(node.parent, ast.Call) and getattr(node.parent.func, "id", "") in SHORTCUTS:
                yield function_of(node), f"line {node.lineno}: {node.parent.func.id}({node.id})"


def test_views_reach_rows_through_doors_alone():
    found = {(name_of(path), function): place for path in view_modules() for function, place in past_doors(path)}

    assert {key: place for key, place in found.items() if key not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "An exception that is no longer needed: take it out of the list."


def test_there_are_views_to_look_at():
    assert len(view_modules()) > 4


def test_template_tags_ask_the_database_nothing():
    assert [name_of(path) for path in modules("templatetags") if "objects" in path.read_text()] == []
