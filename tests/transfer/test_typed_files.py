"""Works as plain text and as Markdown."""

import pytest

from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.transfer.test_work_download import YES, body, get

pytestmark = pytest.mark.django_db

TEXT = """The Lamp
========

by marisol_v

Before you read
---------------

Rated Explicit: {rating}

Major Character Death: {warning}

What the author says about it
-----------------------------

There is a fire.

About this work
---------------

Rating: Explicit
Archive Warning: Major Character Death
Fandom: The Lighthouse Keepers (TV)
Language: English
Series: Part 1 of The Lamp
Stats: Published: {day} Updated: {day} Words: 12 Chapters: 2/?
Posted originally on: The Harbour Archive, http://127.0.0.1:8000/works/{pk}

Summary
-------

Of *lamps*.

Chapter 1
---------

The _lamp_ was lit.

Chapter 2: The Boat
-------------------

What the author says about it
-----------------------------

A wreck.

Chapter Notes
-------------

A note.

Text
----

{second}

Afterword
---------

End Notes
---------

Behind.

A newer version may be found at http://127.0.0.1:8000/works/{pk}
"""


@pytest.fixture
def work():
    work = make_work(
        by=UserFactory(username="marisol_v"), title="The Lamp", rating="Explicit", warnings=("Major Character Death",),
        summary="Of <b>lamps</b>.", endnotes="Behind.", content_notes="There is a fire.", expected_chapters=None, series="The Lamp",
        text="<p>The <em>lamp</em> was lit.</p>",
    )  # fmt: skip
    add_chapter(work, title="The Boat", notes="A note.", content_notes="A wreck.", text="<p>1. It was dark, and a boat.</p>")
    return work


def test_a_text_file_tells_all_and_the_warnings_first(client, work):
    said = {tag.kind_id: tag.explanation for tag in work.tags.all()}
    expected = TEXT.format(
        rating=said["rating"],
        warning=said["warning"],
        day=f"{work.published_at:%Y-%m-%d}",
        pk=work.pk,
        second="1. It was dark, and a boat.",
    )

    assert body(get(client, work, "txt", YES)).decode() == expected.replace("Words: 12", f"Words: {work_words(work)}")


def work_words(work):
    work.refresh_from_db()
    return work.word_count


def test_a_markdown_file_has_a_heading_for_each_chapter(client, work):
    written = body(get(client, work, "md", YES)).decode()
    headings = [line for line in written.split("\n") if line.startswith("#")]

    assert headings == [
        "# The Lamp", "## Before you read", "## What the author says about it", "## About this work", "## Summary",
        "## Chapter 1", "## Chapter 2: The Boat", "### What the author says about it", "### Chapter Notes",
        "### Text", "## Afterword", "### End Notes",
    ]  # fmt: skip
    assert "The *lamp* was lit." in written
    assert "1\\. It was dark, and a boat." in written
