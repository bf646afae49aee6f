"""Plain text and Markdown of ours are told from all others, and bring back what they say."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from archive.transfer.bringing import recognising
from archive.transfer.bringing.brought import Wishes
from archive.works import writing
from archive.works.chapters import Chapter
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import accept_everything, chapter_entry, make_work
from tests.text.test_untyping import words_of
from tests.transfer.test_round_trip import CARRIED, cleaned, download, typed_formats
from tests.transfer.test_work_download import YES, body, get

pytestmark = pytest.mark.django_db

LIKE_OURS = """<p>Chapter 2<br>---------</p><p>Text<br>----</p><p>## Afterword</p><h1>Text</h1><h1>Chapter Notes</h1>
<h1>Chapter 2</h1><h1>Chapter 2: On #</h1><p>**Rating:** Explicit</p><p>Afterword</p><p>---------</p><pre>## Chapter 2: No

Afterword
---------</pre><p>[warning: none]</p><p>A newer version may be found at https://x.example/works/9</p>"""
PASSAGES = """<p>a</p>
<div class="passage" data-warning="Major Character Death" data-note="a [fall]*" data-gist="Tom_"><p>x</p><hr><p>y</p></div>
<div class="passage" data-note="fog"><h2>in it</h2></div><p>Said 1<a href="#n">2</a>.</p>"""
CHINESE = "<p>\u3000\u3000他说<em>“停！”</em>她<strong>走</strong>了。</p>"
WORKS = {
    "one-shot": {},
    "like ours": {"text": LIKE_OURS, "summary": LIKE_OURS, "notes": LIKE_OURS, "endnotes": LIKE_OURS},
    "like ours, with notes": {"text": LIKE_OURS, "content_notes": LIKE_OURS, "expected_chapters": 7},
    "passages": {"text": PASSAGES, "warnings": ("Major Character Death",), "summary": "[warning: a]"},
    "Chinese": {"title": "灯塔，与雾", "text": CHINESE, "language": "zh-Hans"},
    "Arabic": {"title": "المنارة", "text": '<p dir="rtl">كان <em>الضوء</em> هناك.</p>', "language": "ar"},
    "emoji": {"title": "👩‍🚀🏳️‍🌈 #1 *not* _this_ [x](y) <b>", "series": "Part 2 of 1, 2 & 3"},
    "title like a heading": {"title": "## Chapter 2: Afterword #", "fandoms": ("# 1 (TV)", "A_B & C!")},
    "title like a line": {"title": "-----", "summary": "<p>=====</p>"},
}


def brought_of(content, extension, **wishes):
    return recognising.read(content, name=f"a.{extension}", wishes=Wishes(**wishes))


def lines_as(extension):
    """A text's lines as the format writes them, without the spaces that only lay them out."""
    return lambda text: words_of(CARRIED[extension](text))


def told(work, extension):
    """What a file of a work should bring back, each text as it can be typed."""
    carried = lines_as(extension)
    kinds = {tag.kind_id for tag in work.tags.all()}
    texts = [ChapterText.objects.get(chapter=chapter).html for chapter in work.chapters.in_order()]
    return (
        str(work),
        {kind: {tag.name for tag in work.tags.all() if tag.kind_id == kind} for kind in kinds},
        work.language.name,
        [(entry.series.title, entry.position) for entry in work.series_entries.all()],
        [carried(words) for words in (work.summary, work.notes, work.endnotes, work.content_notes)],
        [carried(words) for words in texts],
    )


@typed_formats
@pytest.mark.parametrize("kind", WORKS)
def test_a_work_is_read_as_it_was(client, kind, extension):
    accept_everything()
    work = make_work(**WORKS[kind])

    brought = brought_of(download(client, work, extension), extension)

    carried = lines_as(extension)
    assert (
        brought.title,
        {kind: set(names) for kind, names in brought.tags.items()},
        brought.language,
        list(brought.series),
        [carried(cleaned(words)) for words in (brought.summary, brought.notes, brought.endnotes, brought.content_notes)],
        [carried(cleaned(chapter.text)) for chapter in brought.chapters],
    ) == told(work, extension)


def test_a_hundred_chapters_come_back_each_in_its_place(client):
    work = make_work(expected_chapters=None)
    author = work.pseuds.first().user
    entries = [chapter_entry(f"<p>Words of {number}.</p>", title=f"Chapter {number - 1}") for number in range(2, 101)]
    writing.add_chapters(work, entries, by=author)
    Chapter.objects.filter(work=work).update(published_at=work.published_at)  # one by one they take seconds

    for extension in ("txt", "md"):
        brought = brought_of(download(client, work, extension), extension)

        assert [(chapter.title, chapter.text) for chapter in brought.chapters[1:]] == [
            (f"Chapter {number - 1}", f"<p>Words of {number}.</p>") for number in range(2, 101)
        ]


@typed_formats
def test_what_a_file_does_not_tell_is_not_made_up(client, extension):
    accept_everything()
    work = make_work(
        warnings=("Major Character Death",),
        text='<p>The lamp was lit.</p><div class="passage" data-note="fog"><p>x</p></div>',
        content_notes="A fall.",
    )
    client.force_login(UserFactory())
    client.post("/preferences/warnings", {"hides_which": "on"})

    brought = brought_of(body(get(client, work, extension, YES)), extension)

    assert ("warning" in brought.tags, brought.content_notes, cleaned(brought.chapters[0].text).replace("\n", "")) == (
        False,
        "",
        "<p>The lamp was lit.</p><p>x</p>",
    )
    assert brought.remarks == ("The file does not say which warnings the work has. Please choose them.",)


@typed_formats
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text + "\n\n",
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    ],
    ids=["Windows", "a mark and empty lines", "without spaces at ends"],
)
def test_what_editors_do_to_a_file_changes_nothing(client, work, extension, change):
    content = download(client, work, extension)

    changed = brought_of(change(content.decode()).encode(), extension)

    assert replace(changed, decoded=None) == replace(brought_of(content, extension), decoded=None)


@typed_formats
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("A newer version", "An older version"),
        lambda text: text.replace("Posted originally on", "Posted on"),
        lambda text: text.replace("/works/", "/stories/"),
        lambda text: text[text.index("\n") :],
        lambda text: text.replace("Before you read", "Before you go"),
        lambda text: text.replace("Afterword", "Behind"),
        lambda text: text.replace("The lamp was lit before the ship was seen.", ""),
        lambda text: text.replace("### Text", "### Words").replace("Text\n----", "Words"),
    ],
    ids=["last line", "field", "address", "title", "advisory", "afterword", "no text", "no text begins"],
)
def test_what_only_looks_alike_is_read_as_before(client, work, extension, change):
    changed = change(download(client, work, extension).decode()).encode()

    assert brought_of(changed, extension).format == {"txt": "Plain text", "md": "Markdown"}[extension]


@typed_formats
def test_whoever_wants_all_of_a_file_for_text_gets_it(client, work, extension):
    content = download(client, work, extension)

    assert brought_of(content, extension, takes_header=False).format == {"txt": "Plain text", "md": "Markdown"}[extension]


@typed_formats
def test_a_file_of_ours_is_known_without_its_name(client, work, extension):
    content = download(client, work, extension)

    assert recognising.read(content, name="story").format == brought_of(content, extension).format


def test_a_long_file_is_read_in_no_time(client, work):
    content = download(client, work, "md").decode()
    long = content.replace("The lamp was lit before the ship was seen.", "The *lamp* was lit.\n\n" * 25_000)
    started = time.process_time()

    brought = brought_of(long.encode(), "md")

    assert (len(brought.chapters), time.process_time() - started < 2) == (2, True)
