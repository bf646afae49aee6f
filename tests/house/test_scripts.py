"""Scripts: one custom element a file, small, as modules, without globals."""

import re

from tests.house.sources import STATIC, lines_with, name_of, scripts

LONGEST = 80
MAIN = STATIC / "js/archive.js"
EARLY = STATIC / "js/offline/look.js"  # named by pages that are kept: it runs before they are drawn, which no module does
IMPORTED = re.compile(r"""\b(?:import|from|import\()\s*["'](\.\.?/[\w./-]+\.js)["']""")


def test_no_script_is_too_long_to_be_read():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in scripts()}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_script_makes_a_global_or_runs_text():
    outside = r"\b(?:window|globalThis|self)\.\w+\s*=[^=]|^\s*var\s|\beval\(|new Function|document\.write"

    assert lines_with(outside, scripts()) == []
    assert lines_with(r"\.(?:inner|outer)HTML\s*\+?=|insertAdjacentHTML|\.on[a-z]+\s*=[^=]", scripts()) == []


def test_no_script_asks_another_host():
    assert lines_with(r"""["'`](?:https?:|wss?:)?//""", scripts()) == []


def test_every_script_is_loaded_from_the_one_that_pages_name():
    loaded, waiting = {MAIN}, [MAIN]
    while waiting:
        path = waiting.pop()
        found = {(path.parent / name).resolve() for name in IMPORTED.findall(path.read_text())} - loaded
        assert all(one.exists() for one in found), f"{name_of(path)} imports what is not there."
        found &= set(scripts())  # what is vendored stands for itself
        loaded |= found
        waiting += found

    assert loaded | {EARLY} == set(scripts())


def test_an_element_bears_the_name_of_its_file():
    defined = {path: re.findall(r"""customElements\.define\(["']([\w-]+)["']""", path.read_text()) for path in scripts()}

    assert {name_of(path): names for path, names in defined.items() if names and names != [path.stem]} == {}
