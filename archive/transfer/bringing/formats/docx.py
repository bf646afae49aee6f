"""Word's files (docx), by mammoth: their styles become elements, and their notes stand behind the text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

import mammoth
from django.utils.translation import gettext as _

from archive.transfer.bringing import markup, parting, pictures
from archive.transfer.bringing.brought import Brought, TooMuch, Unreadable
from archive.transfer.bringing.containers import Container, xml_of
from archive.transfer.bringing.markup import Markup

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
# What mammoth reads. Each is looked through before it gets it, and it gets nothing else: no picture, no other member.
NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/(?:document|footnotes|endnotes)\d*\.xml\.rels"
    r"|word/(?:document|styles|numbering|footnotes|endnotes)\d*\.xml"
)
MOST_ELEMENTS = 400_000  # mammoth takes 15 seconds and 150 MB for these
# LibreOffice and others write emphasis and quotations as styles; mammoth knows Word's own.
STYLES = """
u => u
strike => s
small-caps => span
r[style-name='Emphasis'] => em
r[style-name='Strong'] => strong
r[style-name='Strong Emphasis'] => strong
r[style-name='Intense Emphasis'] => em
r[style-name='Subtle Emphasis'] => em
r[style-name='Book Title'] => em
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='Horizontal Line'] => hr:fresh
"""


def is_one(container: Container) -> bool:
    """Whether a ZIP is Word's."""
    return DOCUMENT in container


def read(file: IO[bytes]) -> Brought:
    """What a Word file holds. Raises `Unreadable`."""
    with Container(file) as container:
        if DOCUMENT not in container:
            raise Unreadable(_("This is no Word file: there is no document in it."))
        safe, said, images = _looked_through(container)
    try:
        result = mammoth.convert_to_html(
            safe, style_map=STYLES, convert_image=mammoth.images.img_element(lambda _image: {"src": ""})
        )
    except (KeyError, ValueError, AttributeError, TypeError, RecursionError, zipfile.BadZipFile) as mistake:
        raise Unreadable(
            _("The structures in this file are broken. Open it once, save it again, and bring it along anew.")
        ) from mistake
    document = Markup(result.value)
    for back in document.all("a[href^='#footnote-ref'], a[href^='#endnote-ref']"):
        back.decompose()
    for image in document.all("img"):
        image.decompose()
    parting.without_dead_links(document)
    parts = parting.part(document)
    return Brought(
        format="Word (docx)", chapters=parts.chapters, title=parts.title or said.get("title", ""),
        authors=(said["creator"],) if said.get("creator") else (), expected_chapters=len(parts.chapters) or 1,
        remarks=pictures.remark(images),
    )  # fmt: skip


def _looked_through(container: Container) -> tuple[io.BytesIO, dict[str, str], int]:
    """A ZIP of what is needed and harmless, what the file says of itself, and how many pictures it holds."""
    packed, elements = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w") as safe:
        for name in container.members:
            if NEEDED.fullmatch(name):
                content = container.read(name)
                elements += content.count(b"<")
                if elements > 2 * MOST_ELEMENTS:
                    raise TooMuch
                xml_of(content)
                safe.writestr(name, content)
    packed.seek(0)
    said = {}
    if CORE in container:
        said = {str(node.tag).rpartition("}")[2]: markup.words_of(node.text or "") for node in xml_of(container.read(CORE))}
    return packed, said, sum(name.startswith("word/media/") for name in container.members)
