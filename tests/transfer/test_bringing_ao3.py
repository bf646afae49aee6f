"""AO3's downloads in HTML, of every generation: what they say, and nothing else."""

import datetime as dt

import pytest

from archive.transfer.bringing import recognising
from archive.transfer.bringing.brought import BroughtChapter
from tests.transfer.downloads import GENERATIONS, NEWEST, STORY, Part, Story

generations = pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: str(one.year))


def read(generation, story=STORY):
    return recognising.read(generation.html(story).encode(), name="story.html")


@generations
def test_what_a_download_says_of_its_work_is_read(generation):
    brought = read(generation)

    assert (brought.title, brought.authors, brought.summary, brought.notes, brought.endnotes) == (
        "The Eel Catcher’s Daughter",
        ("ada",),
        "<p>Fog, and <em>eels</em>.</p>",
        "<p>For the harbour.</p>",
        "<p>Thanks for reading.</p>",
    )
    assert brought.tags == {
        "rating": ("Mature",),
        "warning": ("Major Character Death", "Graphic Depictions Of Violence"),
        "category": ("F/F",),
        "fandom": ("The Lighthouse Keepers (TV)",),
        "relationship": ("Ines Calder/Verity Marsh",),
        "character": ("Ines Calder", "Old Tom & Co."),
        "freeform": ("Fog", "Eels?"),
    }
    assert (brought.series, brought.language) == ((("Lamps", 2),), "English" if generation.has_language else "")


@generations
def test_its_dates_its_source_and_its_promise_are_read(generation):
    brought = read(generation)

    assert (brought.published, brought.updated) == (dt.date(2009, 4, 3), dt.date(2011, 12, 30))
    assert (brought.source, brought.expected_chapters) == ("https://archiveofourown.org/works/4711", 2)


@generations
def test_its_chapters_are_read_with_their_notes(generation):
    assert read(generation).chapters == (
        BroughtChapter("<p>The lamp was lit.</p>\n<p>“Oh,” she said.</p>", "Low Water", notes="<p>It begins.</p>"),
        BroughtChapter("<p>The lamp went out.</p>", summary="<p>It ends.</p>", endnotes="<p>Ended.</p>"),
    )


@generations
def test_a_work_in_one_piece_is_read(generation):
    brought = read(generation, STORY.in_one_piece)

    assert brought.chapters == (BroughtChapter("<p>The lamp was lit.</p>\n<p>“Oh,” she said.</p>"),)
    assert (brought.expected_chapters, brought.updated) == (1, None)


@generations
@pytest.mark.parametrize(("promised", "expected"), [("?", None), ("30", 30)])
def test_a_work_in_progress_is_read(generation, promised, expected):
    assert read(generation, Story(promised=promised, is_complete=False)).expected_chapters == expected


def test_headings_and_quotes_of_the_text_stay_text():
    text = '<h2>Chapter 9: Not one</h2><p>Notes</p><blockquote class="userstuff"><p>As it was said.</p></blockquote><hr>'

    brought = read(NEWEST, Story(parts=(Part(text), Part("<p>Two.</p>"))))

    assert [chapter.text for chapter in brought.chapters] == [text, "<p>Two.</p>"]


def test_a_passage_note_survives():
    text = '<div class="passage" data-warning="Violence" data-note="a fall" data-gist="Tom falls."><p>He fell.</p></div>'

    assert read(NEWEST, Story(parts=(Part(text),), promised="1")).chapters[0].text == text


def test_what_a_draft_has_no_place_for_is_told():
    html = NEWEST.html().replace("<p>Summary</p>", '<ul><li>Inspired by <a href="/works/1">Fog</a> by bo</li></ul><p>Summary</p>')

    assert recognising.read(html.encode(), name="a.html").remarks == ("The file says: Inspired by Fog by bo",)


def test_an_anonymous_work_names_nobody_linked():
    html = NEWEST.html().replace(NEWEST.html().split('<div class="byline">')[1].split("</div>")[0], "by Anonymous")

    assert recognising.read(html.encode(), name="a.html").authors == ("Anonymous",)
