"""The HTML file of a work, as AO3's tools read it."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.reading.tools import addresses, exact
from tests.transfer.test_work_download import YES, body, get

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def long_work():
    author = UserFactory(username="marisol_v")
    work = make_work(
        by=author, title="The <i>Lamp</i> & the Ship", rating="Explicit", warnings=("Major Character Death", "Underage Sex"),
        summary="Of lamps.", notes="Before.", endnotes="Behind.", content_notes="There is a fire.", expected_chapters=None,
        series="The Lamp", tags={"relationship": ["Ines Calder/Marisol Vane"], "category": ["F/F", "Gen"]},
        text='<p>First <a href="/works/5?a=1&amp;b=2">link</a>, <a href="https://lamps.example/">another</a>.</p>',
    )  # fmt: skip
    add_chapter(work, title="The Boat", summary="Second.", notes="Note.", endnotes="End note.", content_notes="A wreck.")
    add_chapter(work)
    return work


def read(client, work):
    return LexborHTMLParser(body(get(client, work, query=YES)).decode())


def test_the_message_has_two_links_and_the_second_is_the_work_s(client, long_work):
    shown = read(client, long_work)

    assert addresses(shown.css_first("#preface p.message")) == [f"{SITE}/", f"{SITE}/works/{long_work.pk}"]
    assert shown.css_first("#preface p.message b").text() == long_work.title
    assert shown.css_first("title").text() == "The <i>Lamp</i> & the Ship - marisol_v - The Lighthouse Keepers (TV)"


def test_the_tags_stand_in_the_order_and_under_the_labels_of_the_page(client, long_work):
    shown = read(client, long_work).css_first("#preface .meta dl.tags")
    day = f"{long_work.published_at:%Y-%m-%d}"

    assert [term.text() for term in shown.css("dt")] == [
        "Rating:", "Archive Warnings:", "Categories:", "Fandom:", "Relationship:", "Language:", "Series:", "Stats:",
    ]  # fmt: skip
    assert [one.text() for one in shown.css("dd")][-3:] == [
        "English", "Part 1 of The Lamp", f"Published: {day} Updated: {day} Words: 21 Chapters: 3/?",
    ]  # fmt: skip
    assert addresses(shown.css("dd")[4]) == [f"{SITE}/tags/Ines%20Calder*s*Marisol%20Vane/works"]


def test_the_advisory_stands_before_everything_else_that_is_told(client, long_work):
    shown = read(client, long_work)
    preface = shown.css_first("#preface")

    said = preface.css_first(".advisory").text()

    assert [node.attributes["class"] for node in preface.iter()] == ["toc-heading", "message", "advisory", "meta"]
    assert re.search(r"Rated Explicit.*Major Character Death.*Underage Sex", said, re.DOTALL)
    assert shown.css_first(".advisory details.content-notes:not([open])").text(strip=True).endswith("There is a fire.")


def test_title_byline_summary_and_notes_follow_the_tags(client, long_work):
    meta = read(client, long_work).css_first("#preface .meta")

    assert [node.tag for node in meta.iter()] == ["dl", "h1", "div", "p", "blockquote", "p", "blockquote", "div"]
    assert meta.css_first("h1").text() == long_work.title
    assert meta.css_first("div.byline a[rel=author]").attributes["href"] == f"{SITE}/users/marisol_v/pseuds/marisol_v"
    assert [quote.text(strip=True) for quote in meta.css("blockquote.userstuff")] == ["Of lamps.", "Before."]
    assert addresses(meta.css_first("div.endnote-link")) == ["#endnotes"]


def test_each_chapter_has_its_head_its_warnings_and_its_words_in_that_order(client, long_work):
    chapters = read(client, long_work).css_first("div#chapters.userstuff")
    second = exact(chapters, "div", "meta group chapter-head")[1]

    assert [node.text() for node in chapters.css("h2.heading")] == ["Chapter 1", "Chapter 2: The Boat", "Chapter 3"]
    assert len(exact(chapters, "div", "userstuff")[1:]) == 3
    assert [quote.text(strip=True) for quote in second.css("blockquote")] == ["Second.", "Note."]
    assert second.css_first(".chapter-advisory details").text(strip=True).endswith("A wreck.")
    assert chapters.css_first("div.meta#endnotes2 blockquote").text(strip=True) == "End note."


def test_links_within_the_archive_lead_there_from_anywhere(client, long_work):
    found = addresses(exact(read(client, long_work).css_first("#chapters"), "div", "userstuff")[1])

    assert found == [f"{SITE}/works/5?a=1&b=2", "https://lamps.example/"]


def test_a_one_shot_is_headed_by_its_title(client):
    work = make_work(title="The Lamp", endnotes="The end.")
    shown = read(client, work)

    assert [node.text() for node in shown.css("h2.toc-heading")] == ["Preface", "The Lamp", "Afterword"]
    assert shown.css_first("#afterword #endnotes blockquote").text(strip=True) == "The end."


def test_the_file_needs_nothing_beside_it(client, long_work):
    source = body(get(client, long_work, query=YES)).decode()
    shown = LexborHTMLParser(source)

    assert shown.css("link, script, iframe") == []
    assert len(shown.css("head > style")) == 1
    assert shown.css("[style]") == []
    assert "&" not in shown.css_first("style").html


def test_footnotes_lead_there_and_back_and_show_what_was_written(client):
    shown = read(client, make_work(text="<p>A lamp<sup>1</sup>.</p><p><sup>1</sup> An oil lamp.</p>"))

    assert [(link.id, link.attributes["href"], link.text(), link.parent.tag) for link in shown.css("a.note-mark")] == [
        ("chapter1-note-mark-1", "#chapter1-note-1", "1", "sup"), ("chapter1-note-1", "#chapter1-note-mark-1", "1", "sup"),
    ]  # fmt: skip


def test_an_image_is_a_link_that_says_what_it_shows(client):
    work = make_work(text='<p>See <img src="https://pictures.example/a.png" alt="A &quot;lamp&quot;"> there.</p>')

    shown = read(client, work)

    [link] = shown.css("#chapters p a")
    assert (link.attributes["href"], link.text()) == ("https://pictures.example/a.png", '[Image: A "lamp"]')
    assert shown.css("img, [src]") == []
