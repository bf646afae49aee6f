"""Templates: pages extend layouts, components say what they take, nothing inline, nothing too long to be read."""

import re

import pytest
from django.template.loader import get_template

from tests.house.sources import TEMPLATES, lines_with, modules, name_of, templates

LONGEST = 120
STANDS_ALONE = {
    "500.html",  # shown when the archive's own machinery has failed
    "ops/bare.html",  # what pages are measured against; no address leads to it
}
# What is kept on a reader's device has a layout of its own: no name, no menu, no token.
LAYOUTS = {"layouts/base.html", "layouts/offline.html"}
INCLUDE = re.compile(r"""{%\s*include\s+["'](?P<name>[^"']+)["'](?P<rest>[^%]*)%}""")
BLOCKS = re.compile(r"{%\s*(?P<end>end)?block\b\s*(?P<name>\w*)\s*%}")


def short(path):
    return path.relative_to(TEMPLATES).as_posix()


def is_component(path):
    return short(path).startswith("components/")


def is_partial(path):
    """Whether it is a part of pages, and says so by beginning with what it takes."""
    return path.read_text().startswith("{% comment %}")


def layout_of(path):
    """Answer the outermost template that a page extends, by name."""
    while found := re.match(r"""{%\s*extends\s+["']([^"']+)["']\s*%}""", path.read_text()):
        path = TEMPLATES / found[1]
    return short(path)


def pages():
    return [path for path in templates() if not is_partial(path) and short(path) not in STANDS_ALONE]


@pytest.mark.parametrize("path", templates(), ids=short)
def test_every_template_compiles_with_all_that_it_loads(path):
    assert get_template(short(path))


def test_every_page_extends_a_layout():
    assert {short(path): layout_of(path) for path in pages() if layout_of(path) not in LAYOUTS} == {}


def test_every_block_names_what_it_ends():
    wrong = []
    for path in templates():
        open_blocks = []
        for block in BLOCKS.finditer(path.read_text()):
            if not block["end"]:
                open_blocks.append(block["name"])
            elif open_blocks.pop() != block["name"]:
                wrong.append(f"{name_of(path)}: {block[0]}")

    assert wrong == []


def test_nothing_inline_stands_in_a_template():
    assert lines_with(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|javascript:""", templates(), flags=re.IGNORECASE) == []
    assert lines_with(r"<script\b(?![^>]*\bsrc=)", templates(), flags=re.IGNORECASE) == []


def test_no_page_names_another_host():
    # A link that a reader may follow is no request; what a browser fetches or sends by itself is.
    fetched = r"""(?:src|srcset|action|poster|data)\s*=\s*["'](?:https?:)?//|<link\b[^>]*href\s*=\s*["'](?:https?:)?//"""

    assert lines_with(fetched, templates(), flags=re.IGNORECASE) == []


def test_no_template_is_too_long_to_be_read():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in templates()}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_component_begins_with_what_it_takes():
    assert [name_of(path) for path in templates() if is_component(path) and not is_partial(path)] == []


def test_components_are_given_what_they_take_and_no_more():
    loose = [
        f"{name_of(path)}: {found[0]}"
        for path in templates()
        for found in INCLUDE.finditer(path.read_text())
        if found["name"].startswith("components/") and not re.search(r"\bonly\s*$", found["rest"].strip())
    ]

    assert loose == []


def test_every_component_is_used():
    included = {found["name"] for path in templates() for found in INCLUDE.finditer(path.read_text())}
    drawn = {name for path in modules() for name in re.findall(r'"(components/\w+\.html)"', path.read_text())}

    assert {short(path) for path in templates() if is_component(path)} - included - drawn == set()


def test_templates_ask_the_database_nothing():
    assert lines_with(r"\.objects\b|\.filter\b|\.count\s*%}|_set\.", templates()) == []
