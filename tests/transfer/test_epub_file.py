"""The e-book of a work: what is in it, in which order, and what it says of itself."""

import io
import xml.etree.ElementTree as ET
import zipfile
from datetime import timedelta

import pytest
from django.db.models import F
from selectolax.lexbor import LexborHTMLParser

from archive.transfer.taking import covers, shelf
from archive.works import writing
from archive.works.models import Work
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work, work_entry
from tests.transfer.test_work_download import YES, body, get

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
DC, OPF = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"
FOOTNOTES = """<p>The lamp<sup>1</sup> was lit<a href="#fn2">[2]</a>.</p><p><sup>1</sup> An oil lamp.</p>
<p><a href="#b2">[2]</a> At dusk.</p>"""


@pytest.fixture
def long_work():
    author = UserFactory(username="marisol_v")
    work = make_work(
        by=author, title="The Lamp & the <Ship>", rating="Explicit", warnings=("Major Character Death",),
        summary="Of <b>lamps</b>.", notes="Before.", endnotes="Behind.", content_notes="There is a fire.",
        expected_chapters=None, series="The Lamp", tags={"character": ["Ines Calder"]}, text=FOOTNOTES,
    )  # fmt: skip
    add_chapter(work, title="The Boat", summary="Second.", notes="Note.", endnotes="End note.", content_notes="A wreck.")
    return work


def opened(client, work):
    return zipfile.ZipFile(io.BytesIO(body(get(client, work, "epub", YES))))


def package(book):
    return ET.fromstring(book.read("OEBPS/content.opf"))


def said(book, name):
    return [element.text for element in package(book).iter(f"{DC}{name}")]


def refined(book, name):
    return [element.text for element in package(book).iter(f"{OPF}meta") if element.get("property") == name]


def page(book, name):
    return LexborHTMLParser(book.read(f"OEBPS/{name}").decode())


def test_the_kind_of_file_is_told_first_and_plainly(client, long_work):
    first = opened(client, long_work).infolist()[0]

    assert (first.filename, first.compress_type, first.file_size) == ("mimetype", zipfile.ZIP_STORED, 20)


def test_every_part_is_well_formed(client, long_work):
    book = opened(client, long_work)

    for name in book.namelist():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg")):
            ET.fromstring(book.read(name))


def test_pages_come_in_order_the_advisory_first_and_content_notes_only_when_asked_for(client, long_work):
    book = opened(client, long_work)
    files = {item.get("id"): item.get("href") for item in package(book).iter(f"{OPF}item")}
    spine = [(files[one.get("idref")], one.get("linear")) for one in package(book).iter(f"{OPF}itemref")]

    assert spine == [
        ("preface.xhtml", None), ("file0001.xhtml", None), ("file0002.xhtml", None), ("afterword.xhtml", None),
        ("contentnotes.xhtml", "no"),
    ]  # fmt: skip
    assert set(files.values()) >= {"nav.xhtml", "toc.ncx", "style.css"}


def test_the_first_page_says_what_is_ahead_before_anything_else(client, long_work):
    shown = page(opened(client, long_work), "preface.xhtml")
    said = [term.text() for term in shown.css(".advisory dt")]

    assert said == ["Rated Explicit", "Major Character Death"]
    assert "There is a fire." not in shown.html
    assert shown.css_first(".advisory a").attributes["href"] == "contentnotes.xhtml#work"


def test_content_notes_lie_on_a_page_of_their_own(client, long_work):
    shown = page(opened(client, long_work), "contentnotes.xhtml")

    assert [section.id for section in shown.css("section[id]")] == ["work", "chapter2"]
    assert "There is a fire." in shown.css_first("#work").text()
    assert "A wreck." in shown.css_first("#chapter2").text()


def test_what_a_chapter_warns_of_stands_before_its_words(client, long_work):
    shown = page(opened(client, long_work), "file0002.xhtml")
    order = [node.attributes.get("class") for node in shown.css("section > div, .meta.group > div, .meta.group > blockquote")]

    assert shown.css_first("h2.heading").text() == "Chapter 2: The Boat"
    assert shown.css_first(".chapter-advisory a").attributes["href"] == "contentnotes.xhtml#chapter2"
    assert order.index("chapter-advisory") < order.index("userstuff")


def test_tools_find_which_chapters_a_book_has(client, long_work):
    book = opened(client, long_work)
    chapters = [f"{SITE}{chapter.get_absolute_url()}" for chapter in long_work.chapters.in_order()]

    assert [
        page(book, f"file000{number}.xhtml").css_first("meta[name=chapterurl]").attributes["content"] for number in (1, 2)
    ] == chapters
    assert said(book, "source") == [f"{SITE}/works/{long_work.pk}"]


def test_the_book_says_what_it_is(client, long_work):
    book = opened(client, long_work)

    assert said(book, "title") == [long_work.title]
    assert said(book, "creator") == ["marisol_v"]
    assert said(book, "subject") == [
        "Fanworks", "Explicit", "Major Character Death", "The Lighthouse Keepers (TV)", "Ines Calder",
    ]  # fmt: skip
    assert said(book, "description") == ["Of lamps."]
    assert (said(book, "language"), said(book, "publisher")) == (["en"], ["The Harbour Archive"])


def test_a_series_is_told_both_ways(client, long_work):
    book = opened(client, long_work)
    old = {one.get("name"): one.get("content") for one in package(book).iter(f"{OPF}meta") if one.get("name")}

    assert (refined(book, "belongs-to-collection"), refined(book, "group-position")) == (["The Lamp"], ["1"])
    assert (old["calibre:series"], old["calibre:series_index"]) == ("The Lamp", "1")


def test_footnotes_lead_there_and_back(client, long_work):
    shown = page(opened(client, long_work), "file0001.xhtml")
    links = [(link.id, link.attributes["href"], link.text()) for link in shown.css("a.note-mark")]

    assert links == [
        ("note-mark-1", "#note-1", "1"), ("note-mark-2", "#note-2", "[2]"), ("note-1", "#note-mark-1", "1"),
        ("note-2", "#note-mark-2", "[2]"),
    ]  # fmt: skip


def test_an_image_is_a_link_that_says_what_it_shows(client):
    work = make_work(text='<p>See <img src="https://pictures.example/a.png" alt="A lamp"> and <a href="/works/1">there</a>.</p>')
    shown = page(opened(client, work), "file0001.xhtml")

    assert [(link.attributes["href"], link.text()) for link in shown.css(".userstuff a")] == [
        ("https://pictures.example/a.png", "[Image: A lamp]"), (f"{SITE}/works/1", "there"),
    ]  # fmt: skip
    assert shown.css("img") == []


def test_the_same_version_has_the_same_bytes_and_another_has_not(client, long_work):
    first = body(get(client, long_work, "epub", YES))
    shelf.drop(long_work.pk)
    second = body(get(client, long_work, "epub", YES))
    Work.objects.filter(pk=long_work.pk).update(title="Another")

    assert first == second
    assert body(get(client, long_work, "epub", YES)) != first


def test_a_book_whose_words_alone_stayed_says_that_it_is_another(client):
    author = UserFactory()
    work = make_work(by=author, title="The Lamp")
    before = refined(opened(client, work), "dcterms:modified")
    hour = timedelta(hours=1)
    ChapterText.objects.update(changed_at=F("changed_at") - hour)
    Work.objects.update(changed_at=F("changed_at") - hour)
    earlier = refined(opened(client, work), "dcterms:modified")

    writing.edit(work, work_entry(author, title="The Lamps"), version=work.version, by=author)

    assert earlier < before <= refined(opened(client, work), "dcterms:modified")


def test_what_xml_cannot_hold_is_left_out(client):
    work = make_work(title="a\x01\x0bb\ufffe\uffff")

    assert said(opened(client, work), "title") == ["ab"]


COUPLE = "👩‍❤️‍💋‍👨"  # one picture of eight signs


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("The Lamp", ["The Lamp"]),
        ("What the Tide Leaves Behind", ["What the", "Tide Leaves", "Behind"]),
        ("灯台守の長い長い夜のはなし", ["灯台守の長", "い長い夜の", "はなし"]),
        ("Instructions for Watering", ["Instructions", "for Watering"]),  # smaller, lest a word be broken
        ("n" * 255, [*["n" * 29] * 6, "n" * 29 + " …"]),
        ("W" * 40, ["W" * 16, "W" * 16, "W" * 8]),
        ("THE DROWNED MEN", ["THE", "DROWNED", "MEN"]),  # capitals are wide
        ("Half-Drowned Hundredweights", ["Half-Drowned", "Hundredweights"]),
        (f"{COUPLE * 6} {'🇳🇿' * 5}", [COUPLE * 5, f"{COUPLE} {'🇳🇿' * 4}", "🇳🇿"]),
        ("Cafe\u0301s " * 3, ["Cafe\u0301s Cafe\u0301s", "Cafe\u0301s"]),
    ],
)
def test_a_title_is_cut_into_the_lines_of_a_cover(title, lines):
    assert [line.text for line in covers.title_lines(title)] == lines


def test_the_cover_names_title_byline_fandom_and_rating(client, long_work):
    book = opened(client, long_work)
    [cover] = [item for item in package(book).iter(f"{OPF}item") if item.get("properties") == "cover-image"]
    drawn = book.read(f"OEBPS/{cover.get('href')}").decode()

    for words in ("The Lamp", "marisol_v", "The Lighthouse Keepers (TV)", "Explicit", "The Harbour Archive"):
        assert words in drawn
