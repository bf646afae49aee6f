"""A search index for a test that asks for one. All others find by the database, as an archive does whose index is not there."""

from pathlib import Path

import pytest

from archive.search.index import shelf


@pytest.fixture
def index_folder(settings, tmp_path):
    """A folder of its own for the search index, in which there is none yet."""
    settings.SEARCH_FOLDER = Path(tmp_path) / "search"
    shelf.SHELF.forget()
    yield settings.SEARCH_FOLDER
    shelf.SHELF.forget()
