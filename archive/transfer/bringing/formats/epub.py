"""EPUBs: AO3's, which calibre has taken apart, FanFicFare's, those of this archive, and any other."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from django.utils.translation import gettext as _

from archive.tags.models import FREEFORM
from archive.text import declared
from archive.transfer.bringing import dressing, letters, markup, parting, pictures, sources
from archive.transfer.bringing.brought import Brought, BroughtChapter, Unreadable
from archive.transfer.bringing.containers import Container, xml_of
from archive.transfer.bringing.formats import ao3, calibre, fanficfare, own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from archive.transfer.bringing.markup import Markup

CONTAINER = "META-INF/container.xml"
PAGES = frozenset(["application/xhtml+xml", "text/html"])
NCX = "application/x-dtbncx+xml"
STYLES = "text/css"
MOST_PAGES = 1_500
MOST_STYLES = 6
# Pages of an EPUB that are none of the work's.
NO_CHAPTERS = frozenset(
    ["cover", "title page", "titlepage", "table of contents", "contents", "toc", "copyright", "log", "update log"]
)


@dataclass
class Page:
    """A page of a book: where it lies, what the table of contents calls it, and what is on it."""

    path: str
    document: Markup
    label: str = ""


@dataclass
class Book:
    """An EPUB, read as far as its work goes."""

    package: etree._Element
    pages: list[Page] = field(default_factory=list)
    styles: str = ""
    images: int = 0

    def said(self, name: str) -> list[str]:
        """Answer what the package says under this name of the Dublin Core."""
        found = self.package.iterfind(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
        return [words for node in found if (words := markup.words_of("".join(node.itertext())))]

    def meta(self, name: str) -> str:
        """Answer what a meta element of the package says."""
        for node in self.package.iterfind(".//{*}meta"):
            if node.get("name") == name:
                return str(node.get("content") or "")
            if node.get("property") == name:
                return markup.words_of("".join(node.itertext()))
        return ""


def is_one(container: Container) -> bool:
    """Whether a ZIP is an EPUB."""
    if CONTAINER in container:
        return True
    return "mimetype" in container and container.read("mimetype").strip() == b"application/epub+zip"


def read(file: IO[bytes]) -> Brought:
    """What a book says. Raises `Unreadable`."""
    with Container(file) as container:
        book = _open(container)
    if not book.pages:
        raise Unreadable(_("There is no page in this EPUB."))
    brought = _brought(book)
    return replace(brought, remarks=(*brought.remarks, *pictures.remark(book.images)))


def _brought(book: Book) -> Brought:
    documents = [page.document for page in book.pages]
    if any(own.is_one(document) for document in documents[: calibre.FIRST_PAGES]):
        return own.read_pages(documents)
    if calibre.is_ao3(documents):
        laid_out = calibre.laid_out([(page.label, page.document) for page in book.pages])
        return ao3.read(laid_out, named="AO3 EPUB")
    beside = declared.of_classes([book.styles])
    for page in book.pages:
        dressing.undress(page.document, beside=beside)
    if any(page.document.find(".fff_chapter_title, .fff_titlepage") for page in book.pages):
        return _of_fanficfare(book)
    return _of_any(book)


def _open(container: Container) -> Book:
    base, package = _package(container)
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    spine = package.find(".//{*}spine")
    if spine is None:
        raise Unreadable(_("This EPUB does not say in which order its pages are to be read."))
    book = Book(package)
    labels = _labels(container, base, items, spine.get("toc"))
    for item in items.values():
        kind = item.get("media-type") or ""
        book.images += kind.startswith("image/")
        if kind == STYLES and len(book.styles) < MOST_STYLES * 100_000 and (path := _path(base, item)) in container:
            book.styles += container.read(path)[:100_000].decode("utf-8", "replace")
    for reference in spine.iterfind("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in PAGES or item.get("properties") == "nav":
            continue
        if (path := _path(base, item)) not in container or len(book.pages) >= MOST_PAGES:
            continue
        written = letters.of_markup(container.read(path)).text
        book.pages.append(Page(path, markup.Markup(markup.opened(written)), labels.get(path, "")))
    return book


def _package(container: Container) -> tuple[str, etree._Element]:
    """The folder of the package document, and its root."""
    path = ""
    if CONTAINER in container:
        root = xml_of(container.read(CONTAINER)).find(".//{*}rootfile")
        path = unquote(root.get("full-path") or "") if root is not None else ""
    if path not in container:
        path = next((name for name in container.members if name.lower().endswith(".opf")), "")
    if not path:
        raise Unreadable(_("This is no EPUB: it does not say what is in it."))
    return posixpath.dirname(path), xml_of(container.read(path))


def _path(base: str, item: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(base, unquote(item.get("href") or "")))


def _labels(container: Container, base: str, items: dict[str | None, etree._Element], toc: str | None) -> dict[str, str]:
    """What the table of contents calls each page; of several names for one page, the first."""
    found: dict[str, str] = {}
    ncx = items.get(toc) if toc in items else next((one for one in items.values() if one.get("media-type") == NCX), None)
    nav = next((one for one in items.values() if "nav" in (one.get("properties") or "").split()), None)
    if ncx is not None and (path := _path(base, ncx)) in container:
        for point in xml_of(container.read(path)).iterfind(".//{*}navPoint"):
            target, label = point.find("{*}content"), point.find("{*}navLabel")
            if target is not None and label is not None:
                address = urldefrag(unquote(target.get("src") or ""))[0]
                name = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
                found.setdefault(name, markup.words_of("".join(label.itertext())))
    elif nav is not None and (path := _path(base, nav)) in container:
        document = markup.Markup(markup.opened(letters.of_markup(container.read(path)).text))
        for link in document.all("nav a, ol a"):
            address = urldefrag(unquote(link.attributes.get("href") or ""))[0]
            found.setdefault(posixpath.normpath(posixpath.join(posixpath.dirname(path), address)), markup.text_of(link))
    return found


def _source(book: Book) -> str:
    """The address that the package gives for its work."""
    written = [*book.said("source"), *(one.removeprefix("calibre:url:").removeprefix("url:") for one in book.said("identifier"))]
    return next((address for one in written if (address := sources.known_by(one))), "")


def _of_fanficfare(book: Book) -> Brought:
    chapters, page = [], fanficfare.TitlePage()
    for one in book.pages:
        heading = one.document.find(".fff_chapter_title")
        if heading is not None:
            title = fanficfare.chapter_title(markup.text_of(heading))
            heading.decompose()
            text = markup.inside(one.document.body) if one.document.body is not None else ""
            chapters.append(fanficfare.undecorated(BroughtChapter(text, title)))
        elif not page.title and one.document.body is not None:
            page = fanficfare.title_page(list(one.document.body.iter()))
    return page.brought(chapters, named="FanFicFare EPUB", source=_source(book))


def _of_any(book: Book) -> Brought:
    """What the package says of a book of which nothing more is known, and its pages as the table of contents parts them."""
    chapters: list[BroughtChapter] = []
    for label, documents in _sections(book):
        texts = []
        for document in documents:
            parting.without_dead_links(document)
            heading = document.find("h1, h2")
            if heading is not None and markup.text_of(heading) == label:
                heading.decompose()
            texts.append(markup.inside(document.body) if document.body is not None else "")
        if "".join(texts).strip():
            chapters.append(BroughtChapter("\n".join(texts).strip(), label))
    if len(chapters) == 1:
        chapters = [replace(chapters[0], title="")]
    subjects = [one for words in book.said("subject") for one in words.split(", ") if one != "Fanworks"]
    place = book.meta("calibre:series_index").partition(".")[0]
    series = book.meta("calibre:series")
    return Brought(
        format="EPUB", chapters=tuple(chapters), title=next(iter(book.said("title")), ""), authors=tuple(book.said("creator")),
        tags={FREEFORM: tuple(dict.fromkeys(subjects))} if subjects else {}, language=next(iter(book.said("language")), ""),
        summary=next(iter(book.said("description")), ""), published=_day(book.said("date")), source=_source(book),
        series=((series, int(place) if place.isdecimal() and int(place) > 0 else None),) if series else (),
        expected_chapters=len(chapters) or 1,
    )  # fmt: skip


def _sections(book: Book) -> Iterator[tuple[str, list[Markup]]]:
    """The pages that belong together, with their name: a page without one goes on where the page before it ended."""
    section: list[Markup] = []
    label = ""
    names_any = any(page.label for page in book.pages)
    for page in book.pages:
        if section and (page.label or not names_any):
            yield label, section
            section = []
        if not section:
            label = page.label
        if page.label.lower() not in NO_CHAPTERS:
            section.append(page.document)
    if section:
        yield label, section


def _day(written: list[str]) -> dt.date | None:
    days = [found for one in written if (found := fanficfare.day(one)) and found.year > dt.MINYEAR + 1800]
    return min(days, default=None)
