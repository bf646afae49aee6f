"""What the documents name exists: files, commands with their options, modules, addresses, settings, pictures."""

import re
from importlib import import_module

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from archive import settings
from tests.house.sources import ARCHIVE, DOCS, ROOT, name_of
from tests.house.test_settings import variables

DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
QUOTED = re.compile(r"`([^`\n]+)`")
OURS = ("archive/", "templates/", "static/", "tests/", "docs/", ".ci/")
SOURCE = re.compile(r"[\w./-]+\.(?:py|html|css|js|toml|md|jsonl)")
COMMAND = re.compile(r"manage\.py (?P<name>[a-z_]+)")
OPTIONS = re.compile(r"\b(?P<name>up|work|seed|bench)(?P<options>(?:[ ]+(?:--[a-z-]+|[A-Z0-9:]+)\b)+)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.fixture(params=DOCUMENTS, ids=name_of)
def document(request):
    return request.param


def quoted(document):
    return [found[1].strip() for found in QUOTED.finditer(document.read_text())]


def exists(name, document):
    places = [ROOT / name, ARCHIVE / name, document.parent / name]
    return any(place.exists() for place in places) or ("/" not in name and any(ROOT.glob(f"[at]*/**/{name}")))


def test_every_file_that_is_named_is_there(document):
    named = [word for word in quoted(document) if SOURCE.fullmatch(word) or (word.startswith(OURS) and " " not in word)]

    assert [name for name in named if not exists(name, document)] == []


def test_every_link_and_picture_leads_to_a_file(document):
    files = [link for link in LINK.findall(document.read_text()) if not link.startswith("/")]

    assert [link for link in files if not (document.parent / link).exists()] == []


def test_every_command_that_is_named_can_be_given(document):
    assert {found["name"] for found in COMMAND.finditer(document.read_text())} - set(get_commands()) == set()


def test_every_option_that_is_named_is_known(document):
    for found in OPTIONS.finditer(document.read_text()):
        parser = load_command_class("archive", found["name"]).create_parser("manage.py", found["name"])
        asked = re.findall(r"--[a-z-]+", found["options"])

        assert [option for option in asked if option not in parser._option_string_actions] == []


def test_every_name_in_the_code_that_is_named_is_there(document):
    slices = {path.parent.name for path in ARCHIVE.glob("*/__init__.py")}
    for word in quoted(document):
        parts = re.sub(r"\(.*\)$", "", word).removeprefix("archive.").split(".")
        if len(parts) < 2 or parts[0] not in slices or not all(part.isidentifier() for part in parts):
            continue
        place, rest = import_module(f"archive.{parts[0]}"), parts[1:]
        while rest:
            name = rest.pop(0)
            place = getattr(place, name, None) or import_module(f"{place.__name__}.{name}")


def test_every_address_that_is_named_is_ours(document):
    if "running" in document.parts:  # there a slash begins folders of the operator's machine
        return
    for word in [*quoted(document), *LINK.findall(document.read_text())]:
        if re.fullmatch(r"/[\w/.-]*", word):
            try:
                resolve(word)
            except Resolver404:
                pytest.fail(f"{name_of(document)} names {word}, which is no address of the archive.")


def test_every_setting_that_is_named_can_be_set(document):
    named = {word.split("=")[0] for word in quoted(document) if re.fullmatch(r"[A-Z]+_[A-Z_]+(=.*)?", word)}
    constants = {name for path in ARCHIVE.rglob("*.py") for name in re.findall(r"^([A-Z_]+)\b.*=", path.read_text(), re.MULTILINE)}

    assert named - variables() - {name for name in vars(settings) if name.isupper()} - constants == set()


def test_the_architecture_and_the_readme_stay_short():
    assert len((ROOT / "README.md").read_text().splitlines()) in range(10, 81)
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) in range(40, 151)
