"""What the house is built from: each part pinned, each with its reason; and the version, which is said once."""

import re
import subprocess
import tomllib

import pytest

from tests.house.sources import ROOT, modules

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(PYPROJECT)
PIN = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==\d+(\.\d+)+(\.post\d+)?")
LINE = re.compile(r"""^    "(?P<pin>[^"]+)",\s*(?P<reason>#\s*\S.{8,})?$""", re.MULTILINE)
DIRECT = sum(SETTINGS["dependency-groups"].values(), SETTINGS["project"]["dependencies"])
ALONG = SETTINGS["tool"]["uv"]["constraint-dependencies"]


@pytest.mark.parametrize("package", DIRECT + SETTINGS["build-system"]["requires"] + ALONG)
def test_every_package_is_pinned_to_one_version(package):
    assert PIN.fullmatch(package)


@pytest.mark.parametrize("package", DIRECT)
def test_every_package_that_was_chosen_has_its_reason_beside_it(package):
    assert {found["pin"]: found["reason"] for found in LINE.finditer(PYPROJECT)}[package]


def test_no_lock_file_with_the_names_of_hosts_is_kept():
    assert "uv.lock" in (ROOT / ".gitignore").read_text().split()
    if (ROOT / ".git").exists():
        tracked = subprocess.run(["git", "ls-files", "uv.lock"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert tracked.stdout == ""


def test_the_version_is_read_from_the_change_log_newest_first():
    versions = re.findall(SETTINGS["tool"]["hatch"]["version"]["pattern"], (ROOT / "CHANGELOG.md").read_text())
    numbers = [tuple(map(int, version.split("."))) for version in versions]

    assert numbers
    assert numbers == sorted(set(numbers), reverse=True)
    assert "version" in SETTINGS["project"]["dynamic"]


def test_the_drawers_that_nobody_understands_are_not_there():
    drawers = {"common", "core", "utils", "helpers", "services", "managers", "misc", "shared"}

    assert [path for path in modules() if drawers & {path.stem, *path.parts[len(ROOT.parts) :]}] == []
