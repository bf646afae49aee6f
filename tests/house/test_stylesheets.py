"""Stylesheets: one small file a component, in its layer, without ids and without shouting; class names kept from authors."""

import re

from archive.text.chrome import is_free_class
from tests.house.sources import STATIC, name_of, stylesheets

LONGEST = 150
MAIN, GUARD = STATIC / "css/archive.css", STATIC / "css/guard.css"
COMMENT_OR_STRING = re.compile(r"""/\*.*?\*/|"[^"]*"|'[^']*'""", re.DOTALL)
IMPORTED = re.compile(r"""@import url\("([^"]+)"\) layer\((\w+)\)""")
ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")
PRELUDE = re.compile(r"([^{};]+)\{")


def bare(path):
    """Answer a stylesheet without its comments and strings."""
    return COMMENT_OR_STRING.sub("", path.read_text(encoding="utf-8"))


def selectors(path):
    return [found[1] for found in PRELUDE.finditer(bare(path)) if not found[1].strip().startswith("@")]


def test_every_stylesheet_is_imported_into_a_layer_once():
    imported = [name for name, _layer in IMPORTED.findall(MAIN.read_text())]
    there = [path.relative_to(MAIN.parent).as_posix() for path in stylesheets() if path != MAIN]

    assert sorted(imported) == sorted(there)


def test_the_layers_come_in_their_order_and_nothing_stands_outside_them():
    rest = IMPORTED.sub("", COMMENT_OR_STRING.sub(lambda found: "" if found[0].startswith("/*") else found[0], MAIN.read_text()))

    assert rest.split("@layer", 1)[1].split(";")[0].strip() == "guard, reset, tokens, base, layout, components, pages, skin"
    assert "{" not in rest
    assert IMPORTED.findall(MAIN.read_text())[0] == ("guard.css", "guard")


def test_no_selector_goes_by_an_id():
    by_id = [f"{name_of(path)}: {one.strip()}" for path in stylesheets() for one in selectors(path) if re.search(r"#[A-Za-z]", one)]

    assert by_id == []


def test_only_the_guard_says_important():
    assert [name_of(path) for path in stylesheets() if path != GUARD and "!important" in bare(path)] == []


def test_no_stylesheet_is_too_long_to_be_read():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in stylesheets()}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_stylesheet_asks_another_host():
    asked = [address for path in stylesheets() for address in ADDRESS.findall(path.read_text())]

    assert [address for address in asked if "//" in address] == []
    assert len(asked) > 20


def test_every_class_of_the_stylesheets_is_kept_from_authors():
    used = {name for path in stylesheets() for one in selectors(path) for name in re.findall(r"\.([A-Za-z][\w-]*)", one)}

    free = {name for name in used if is_free_class(name)}

    assert free == set(), "An author could dress a text up as these: add them to archive/text/chrome.py and raise CLEANER_VERSION."
    assert len(used) > 50
