"""EPUBs of AO3, FanFicFare and others, and FanFicFare's HTML."""

# ruff: noqa: E501 # what programs write stands here as they write it, in lines of any length

import datetime as dt

import pytest

from archive.transfer.bringing import recognising
from archive.transfer.bringing.brought import BroughtChapter
from tests.transfer.downloads import GENERATIONS, NEWEST, STORY, Part, Story
from tests.transfer.packing import ao3_epub, epub

with_books = pytest.mark.parametrize(
    "generation", [one for one in GENERATIONS if one.has_parts_named], ids=lambda one: str(one.year)
)
SCREEN = '<hr class="fog"/>'


def read(content, name="story.epub"):
    return recognising.read(content if isinstance(content, bytes) else content.encode(), name=name)


@with_books
def test_an_epub_of_ao3_says_what_its_html_says(generation):
    book = read(ao3_epub(generation, STORY))
    page = read(generation.html(STORY), "story.html")

    assert (book.tags, book.title, book.authors, book.summary, book.notes, book.endnotes) == (
        page.tags, page.title, page.authors, page.summary, page.notes, page.endnotes,
    )  # fmt: skip
    assert (book.published, book.updated, book.series, book.source, book.expected_chapters, book.language) == (
        page.published, page.updated, page.series, page.source, page.expected_chapters, page.language,
    )  # fmt: skip
    assert book.chapters == page.chapters


@with_books
def test_an_epub_of_a_work_in_one_piece_is_read(generation):
    book = read(ao3_epub(generation, STORY.in_one_piece))

    assert [chapter.text for chapter in book.chapters] == ["<p>The lamp was lit.</p>\n<p>“Oh,” she said.</p>"]


def test_a_heading_in_the_text_does_not_part_a_chapter():
    story = Story(parts=(Part("<p>One.</p><h2>Meanwhile</h2><p>Two.</p>", "Low Water"), Part("<p>Three.</p>")))

    chapters = read(ao3_epub(NEWEST, story)).chapters

    assert [chapter.title for chapter in chapters] == ["Low Water", ""]
    assert chapters[0].text.replace("\n", "") == '<p>One.</p><h2 class="heading1">Meanwhile</h2><p>Two.</p>'


FFF_METADATA = """<dc:title>The Eel</dc:title><dc:creator opf:role="aut">ada</dc:creator><dc:language>en</dc:language>
<dc:contributor id="id-2">FanFicFare [https://github.example/FanFicFare]</dc:contributor><dc:subject>Fog</dc:subject>
<dc:source>https://archiveofourown.org/works/4711</dc:source>"""
FFF_PAGE = """<div class="fff_titlepage"><h3><a href="https://archiveofourown.org/works/4711">The Eel</a> by <a href="https://x.example/u">ada</a></h3>
<div><b>Fandoms:</b> The Lighthouse Keepers (TV)<br /><b>Genre:</b> F/F, Fog<br /><b>Relationships:</b> Ines Calder/Verity Marsh<br />
<b>Characters:</b> Ines Calder, Old Tom<br /><b>Language:</b> English<br /><b>Status:</b> Completed<br /><b>Published:</b> 2009-04-03<br />
<b>Updated:</b> 2011-12-30<br /><b>Series:</b> Lamps [2]<br /><b>Rating:</b> Mature<br /><b>Warnings:</b> Major Character Death<br />
<b>Chapters:</b> 2<br /><b>Words:</b> 1,234<br /><b>Story URL:</b> <a href="https://archiveofourown.org/works/4711">https://archiveofourown.org/works/4711</a><br />
<b>Summary:</b> <p>Fog, and eels.</p></div></div>"""
FFF_TAGS = {
    "fandom": ("The Lighthouse Keepers (TV)",),
    "category": ("F/F",),
    "freeform": ("Fog",),
    "relationship": ("Ines Calder/Verity Marsh",),
    "character": ("Ines Calder", "Old Tom"),
    "rating": ("Mature",),
    "warning": ("Major Character Death",),
}


def fanficfare_epub():
    return epub(
        [
            ("title_page.xhtml", "Title Page", FFF_PAGE),
            ("file0001.xhtml", "1. Low Water", '<h3 class="fff_chapter_title">1. Low Water</h3><div class="fff_chapter_notes fff_head_notes"><p>It begins.</p></div><p>The lamp was lit.</p>'),
            ("file0002.xhtml", "2. Chapter 2", '<h3 class="fff_chapter_title">2. Chapter 2</h3><p>The lamp went out.</p>'),
        ],
        metadata=FFF_METADATA, folder="OEBPS/",
    )  # fmt: skip


def test_an_epub_of_fanficfare_is_read():
    book = read(fanficfare_epub())

    assert (book.format, book.title, book.authors, book.source) == (
        "FanFicFare EPUB",
        "The Eel",
        ("ada",),
        "https://archiveofourown.org/works/4711",
    )
    assert book.tags == FFF_TAGS
    assert (book.published, book.updated, book.series, book.expected_chapters) == (
        dt.date(2009, 4, 3),
        dt.date(2011, 12, 30),
        (("Lamps", 2),),
        2,
    )
    assert book.chapters == (
        BroughtChapter("<p>The lamp was lit.</p>", "Low Water", notes="<p>It begins.</p>"),
        BroughtChapter("<p>The lamp went out.</p>"),
    )


def test_html_of_fanficfare_is_read():
    rows = FFF_PAGE.partition("<div>")[2].rpartition("</div>")[0].rpartition("</div>")[0].split("<br />")
    table = "".join(f"<tr><td>{row.partition('</b>')[0]}</b></td><td>{row.partition('</b>')[2]}</td></tr>" for row in rows)
    html = f"""<html><head><title>The Eel by ada</title></head><body>
<h1><a href="https://archiveofourown.org/works/4711">The Eel</a> by <a href="https://x.example/u">ada</a></h1>
<table class="full">{table}</table><a name="TOCTOP"><h2>Table of Contents</h2></a><p><a href="#section0001">1. Low Water</a><br /></p>
<a name="section0001"><h2 class="fff_chapter_title">1. Low Water</h2></a><p>The lamp was lit.</p>
<a name="section0002"><h2 class="fff_chapter_title">2. Chapter 2</h2></a><p>The lamp went out.</p></body></html>"""

    page = read(html, "eel.html")

    assert (page.format, page.title, page.tags, page.source) == (
        "FanFicFare HTML",
        "The Eel",
        FFF_TAGS,
        "https://archiveofourown.org/works/4711",
    )
    assert [(chapter.title, chapter.text) for chapter in page.chapters] == [
        ("Low Water", "<p>The lamp was lit.</p>"),
        ("", "<p>The lamp went out.</p>"),
    ]


def test_any_other_epub_is_parted_by_its_table_of_contents():
    metadata = """<dc:title>Fog</dc:title><dc:creator>ada</dc:creator><dc:language>en</dc:language><dc:subject>Eels</dc:subject>
<dc:date>2004-11-30</dc:date><dc:description>What comes.</dc:description>"""
    pages = [
        ("cover.xhtml", "Cover", "<p>A cover</p>"),
        ("a.xhtml", "Low Water", '<h1>Low Water</h1><p class="slanted">One.</p><p>A note<a href="#n1"><sup>1</sup></a></p>'),
        ("b.xhtml", "", "<p>Two.</p>"),
        ("c.xhtml", "High Water", '<h1>High Water</h1><a id="x"/><p>Three&nbsp;.</p>'),
    ]

    book = read(epub(pages, metadata=metadata, styles=".slanted { font-style: italic }"))

    assert (book.title, book.authors, book.language, book.summary, book.published) == (
        "Fog",
        ("ada",),
        "en",
        "What comes.",
        dt.date(2004, 11, 30),
    )
    assert [(chapter.title, chapter.text.replace("\n", "")) for chapter in book.chapters] == [
        ("Low Water", '<p class="slanted"><em>One.</em></p><p>A note<sup>1</sup></p><p>Two.</p>'),
        ("High Water", "<p>Three&nbsp;.</p>"),
    ]
    assert book.tags == {"freeform": ("Eels",)}


def test_pictures_of_a_book_are_counted_and_not_taken_along():
    picture = '<item id="i" href="a.png" media-type="image/png"/>'

    book = read(epub([("a.xhtml", "A", "<p>A text.</p>")], metadata="", extra=picture))

    assert "1 picture of the file could not be taken along" in book.remarks[0]
