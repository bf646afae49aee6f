"""A work as one HTML file that needs nothing beside it, in the structure of AO3's, which tools and our own import read."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html

from archive.text.footnotes import link_footnotes
from archive.text.leaving import with_images_described, with_whole_addresses
from archive.text.stylesheets import in_style_element

if TYPE_CHECKING:
    from archive.reading.pages import OpenChapter
    from archive.text.passage_notes import ShownHTML
    from archive.transfer.taking.books import Book

# It is put into the page escaped, so it holds none of the signs that HTML escapes.
STYLE = (Path(__file__).parent / "styles" / "web.css").read_text(encoding="utf-8")
SCOPE = "#chapters"  # in which an author's skin holds
HEAD = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{}</title>
<style>
{}{}</style>
</head>
<body>"""


def write(book: Book, file: IO[bytes]) -> None:
    """Write a work. Raises `opening.ChangedMeanwhile`."""

    def put(text: str) -> None:
        file.write(text.encode())

    work = book.work
    language = work.language.code if work.language else ""
    put(format_html(HEAD, language, page_title(book), STYLE, in_style_element(book.stylesheet(SCOPE))))
    notes = {"summary": whole(book, work.summary), "notes": whole(book, work.notes), "endnotes": whole(book, work.endnotes)}
    put(render_to_string("transfer/html_preface.html", {"book": book, **notes}))
    put('<div id="chapters" class="userstuff">')
    for entry in book.chapters():
        put(chapter(book, entry))
    put("</div>\n")
    put(render_to_string("transfer/html_afterword.html", {"book": book, "endnotes": notes["endnotes"]}))
    put("</body>\n</html>\n")


def chapter(book: Book, entry: OpenChapter) -> str:
    """Answer a chapter with its words."""
    told = entry.chapter
    text, endnotes = link_footnotes(entry.html, told.endnotes, name=f"chapter{entry.number}-note")
    context = {
        "book": book,
        "entry": entry,
        "text": whole(book, with_images_described(text)),
        "summary": whole(book, told.summary),
        "notes": whole(book, told.notes),
        "endnotes": whole(book, endnotes),
    }
    return render_to_string("transfer/html_chapter.html", context)


def page_title(book: Book) -> str:
    """Answer the title of the page, by which tools find out title, authors and fandoms."""
    fandoms = ", ".join(tag.name for tag in book.header.fandoms)
    return " - ".join(part for part in (book.title, ", ".join(book.bylines), fandoms) if part)


def whole(book: Book, clean: str) -> ShownHTML:
    """Answer HTML whose links lead to the archive from anywhere."""
    return with_whole_addresses(clean, site=book.site)
