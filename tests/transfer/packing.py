"""Files that are ZIPs, packed as the programs that make them pack them; the stories in them are our own."""

# ruff: noqa: E501 # what programs write stands here as they write it, in lines of any length

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.transfer.downloads import Generation, Story

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
XHTML = """<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>{title}</title>{head}</head>
<body class="calibre">{body}</body></html>"""


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Answer a ZIP of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def epub(pages: list[tuple[str, str, str]], *, metadata: str, styles: str = "", folder: str = "", extra: str = "") -> bytes:
    """Answer an EPUB of pages, each a name, a label in the table of contents ("" for none) and what is in its body."""
    points = [
        f'<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{escape(label)}</text></navLabel><content src="{name}"/></navPoint>'
        for n, (name, label, _body) in enumerate(pages, start=1)
        if label
    ]
    items = "".join(f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, (name, _l, _b) in enumerate(pages))
    order = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    opf = f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uuid_id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
<manifest>{items}{extra}<item id="css" href="stylesheet.css" media-type="text/css"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">{order}</spine></package>"""
    ncx = f'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{"".join(points)}</navMap></ncx>'
    written = {f"{folder}{name}": XHTML.format(title="", head="", body=body) for name, _label, body in pages}
    return zipped({
        "mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER.format(f"{folder}content.opf"),
        f"{folder}content.opf": opf, f"{folder}toc.ncx": ncx, f"{folder}stylesheet.css": styles, **written,
    })  # fmt: skip


def ao3_epub(generation: Generation, story: Story) -> bytes:
    """Answer what AO3 has calibre make of a download: the preface in two pages, a page for each chapter, other classes."""
    html = generation.html(story)
    preface = html.partition('<div id="preface">')[2].partition('<div id="chapters"')[0].rpartition("</div>")[0]
    tags, h1, rest = preface.partition("<h1>")
    afterword = html.partition('<div id="afterword">')[2].partition("</body>")[0].rpartition("</div>")[0]
    pages = [
        (
            "Eel_split_000.xhtml",
            "Preface",
            f'<div id="preface" class="calibre1">{tags}</dl></div></div>'.replace("</dl>\n</dl>", "</dl>"),
        ),
        ("Eel_split_001.xhtml", "", f'<div class="calibre1"><div class="calibre2">{h1}{rest}</div></div>'),
    ]
    for number, part in enumerate(story.parts, start=1):
        label = (f"Chapter {number}: {part.title}" if part.title else f"Chapter {number}") if story.promised != "1" else story.title
        chapter = generation.chapter(number, part) if story.promised != "1" else generation.chapters(story)
        before, cut, behind = chapter.partition("<h2>")  # a heading in the author's text begins another page
        pages.append(
            (f"Eel_split_{number:02}0.xhtml", label, boxed(before + "</div></div>" if cut else before, is_first=number == 1))
        )
        if cut:
            pages.append((f"Eel_split_{number:02}1.xhtml", "", boxed(f'<div class="userstuff">{cut}{behind}', is_first=False)))
    pages.append(("Eel_split_900.xhtml", "Afterword", f'<div id="afterword" class="calibre1">{afterword}</div>'))
    renamed = [(name, label, as_calibre(body)) for name, label, body in pages]
    metadata = f"""<dc:title>{escape(story.title)}</dc:title><dc:creator opf:role="aut">{story.author}</dc:creator>
<dc:language>en</dc:language><dc:date>{story.updated or story.published}T00:00:00+00:00</dc:date><dc:subject>Fanworks</dc:subject>
<dc:subject>Fog</dc:subject><meta name="calibre:series" content="Lamps"/><meta name="calibre:series_index" content="2"/>
<dc:identifier id="uuid_id">urn:uuid:5a7c1e52-0000-4000-8000-000000004711</dc:identifier>"""
    return epub(renamed, metadata=metadata)


def boxed(chapter: str, *, is_first: bool) -> str:
    """Answer a chapter in the box of all chapters, whose name only the first page keeps."""
    return f'<div{" id=chapters".replace("chapters", chr(34) + "chapters" + chr(34)) if is_first else ""} class="userstuff">{chapter}</div>'


def as_calibre(body: str) -> str:
    """Answer a page with the classes that calibre gives it."""
    body = body.replace('<div class="meta group">', '<div class="calibre3">').replace('<div class="meta"', '<div class="calibre2"')
    body = (
        body.replace("<!--chapter content-->", "").replace("<!--/chapter content-->", "").replace("<h2>", '<h2 class="heading1">')
    )
    return body.replace('<div class="userstuff">', '<div class="userstuff1">').replace(
        '<blockquote class="userstuff">', '<blockquote class="userstuff2">'
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, *, styles: str = "", notes: str = "", title: str = "", creator: str = "") -> bytes:
    """Answer a Word file with this body."""
    relations = f'<Relationship Id="n" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/>' if notes else ""
    members = {
        "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""",
        "_rels/.rels": f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>""",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "docProps/core.xml": f"""<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator></cp:coreProperties>""",
    }
    if notes:
        members["word/footnotes.xml"] = f"<w:footnotes {W}>{notes}</w:footnotes>"
    return zipped(members)


ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("table", "table"),
    )
)


def odt(body: str, *, automatic: str = "", styles: str = "", title: str = "") -> bytes:
    """Answer an OpenDocument text with this body."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles></office:document-styles>",
        "meta.xml": f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>{title}</dc:title>'
        "<meta:initial-creator>ada</meta:initial-creator><dc:language>en-GB</dc:language></office:meta></office:document-meta>",
    })  # fmt: skip
