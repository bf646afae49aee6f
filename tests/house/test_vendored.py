"""What others made and we carry stands in a folder of its own, with its version and its licence."""

import re

import pytest

from tests.house.sources import STATIC

VENDORED = sorted(path for path in (STATIC / "vendor").iterdir())


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_what_is_vendored_carries_its_version_and_licence(folder):
    readme = (folder / "README.md").read_text()

    assert len((folder / "LICENSE").read_text()) > 500
    assert re.search(r"\| version \|.*\d+\.\d+", readme), "README.md has no row with the version"
    assert re.search(r"\| licence \|.*\w", readme), "README.md has no row with the licence"
    assert re.search(r"\| source \|.*https://", readme), "README.md has no row with the source"
