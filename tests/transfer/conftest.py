"""Works for the tests of files."""

from __future__ import annotations

import pytest

from archive.works.models import Work
from tests.factories.works import add_chapter, make_work


@pytest.fixture
def work():
    """A work with something in every place."""
    work = make_work(
        title="The Eel & the Lamp", rating="Mature", warnings=("Major Character Death",), fandoms=("Harbour Lights", "Fog (TV)"),
        tags={
            "relationship": ["Ines Calder/Verity Marsh"], "character": ["Ines Calder"],
            "freeform": ["Eels?", "A.B."], "category": ["F/F"],
        },
        summary="Fog, and <em>eels</em>.", notes="<p>For you.</p>", endnotes="<p>Thanks.</p>", content_notes="<p>A fall.</p>",
        series="Lamps", expected_chapters=None,
    )  # fmt: skip
    add_chapter(
        work,
        title="Low Water",
        summary="It ends.",
        notes="One.",
        endnotes="Two.",
        content_notes="Storms.",
        warnings=("Graphic Depictions Of Violence",),
    )
    return Work.objects.get(pk=work.pk)
