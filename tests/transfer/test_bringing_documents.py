"""Word processors' files, Markdown, HTML of any kind and plain text."""

# ruff: noqa: E501 # what programs write stands here as they write it, in lines of any length

import pytest

from archive.text.decoding import NotText
from archive.transfer.bringing import recognising
from archive.transfer.bringing.brought import Unreadable, Wishes
from archive.transfer.bringing.recognising import NotThatKind
from tests.transfer.packing import docx, odt


def read(content, name, **wishes):
    return recognising.read(content if isinstance(content, bytes) else content.encode(), name=name, wishes=Wishes(**wishes))


def text_of(content, name):
    return read(content, name).chapters[0].text


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def paragraph(inside, style=""):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>' if style else f"<w:p>{inside}</w:p>"


NAMED = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for kind, name in [("character", "Emphasis"), ("paragraph", "Quotations"), ("paragraph", "Title"), ("paragraph", "heading 1")]
)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (paragraph(run("It was ") + run("dark", "<w:i/>")), "<p>It was <em>dark</em></p>"),
        (paragraph(run("bold", "<w:b/>")), "<p><strong>bold</strong></p>"),
        (paragraph(run("under", '<w:u w:val="single"/>')), "<p><u>under</u></p>"),
        (paragraph(run("struck", "<w:strike/>")), "<p><s>struck</s></p>"),
        (paragraph(run("slanted", '<w:rStyle w:val="Emphasis"/>')), "<p><em>slanted</em></p>"),
        (paragraph(run("As said."), "Quotations"), "<blockquote><p>As said.</p></blockquote>"),
        (paragraph(run("3&lt;4")), "<p>3&lt;4</p>"),
    ],
)
def test_what_word_writes_keeps_its_meaning(body, html):
    assert text_of(docx(body, styles=NAMED), "a.docx") == html


def test_a_word_file_is_parted_by_its_headings_and_named_by_its_title():
    body = paragraph(run("The Eel"), "Title") + paragraph(run("Chapter 1"), "heading1").replace("heading1", "heading1")
    body = (
        paragraph(run("Low Water"), "heading1")
        + paragraph(run("One."))
        + paragraph(run("High Water"), "heading1")
        + paragraph(run("Two."))
    )

    brought = read(docx(body, styles=NAMED, title="The Eel", creator="ada"), "a.docx")

    assert (brought.title, brought.authors) == ("The Eel", ("ada",))
    assert [(chapter.title, chapter.text) for chapter in brought.chapters] == [
        ("Low Water", "<p>One.</p>"),
        ("High Water", "<p>Two.</p>"),
    ]


def test_footnotes_of_word_survive():
    body = paragraph(run("The lamp.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    notes = f'<w:footnote w:id="1">{paragraph(run("A lighthouse."))}</w:footnote>'

    text = text_of(docx(body, notes=notes), "a.docx")

    assert (text.startswith("<p>The lamp.<sup>[1]</sup></p>"), "A lighthouse." in text, "<a" in text) == (True, True, False)


STYLES = """<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-underline-style="solid" fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text" style:parent-style-name="T1"/>
<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>"""


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('<text:p>It was <text:span text:style-name="T1">dark</text:span> &amp; cold</text:p>', "<p>It was <em>dark</em> &amp; cold</p>"),
        ('<text:p><text:span text:style-name="T2">both</text:span></text:p>', "<p><u><strong>both</strong></u></p>"),
        ('<text:p><text:span text:style-name="T3">below</text:span></text:p>', "<p><em>below</em></p>"),
        ('<text:p><text:span text:style-name="Emphasis">slanted</text:span></text:p>', "<p><em>slanted</em></p>"),
        ('<text:p text:style-name="P1">***</text:p>', '<p align="center">***</p>'),
        ('<text:p text:style-name="P2">As said.</text:p>', "<blockquote><p>As said.</p></blockquote>"),
        ('<text:h text:outline-level="3">Then</text:h><text:p>One<text:line-break/>two<text:s text:c="3"/>three</text:p>', "<h3>Then</h3><p>One<br>two   three</p>"),
        ("<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>", "<ul><li><p>One</p></li></ul>"),
        ("<text:p>A<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>B</text:p></text:note-body></text:note></text:p>",
         "<p>A<sup>[1]</sup></p><hr><ol><li><p>B</p></li></ol>"),
        ("<text:p>Seen<office:annotation><text:p>not seen</text:p></office:annotation></text:p>", "<p>Seen</p>"),
    ],
)  # fmt: skip
def test_what_libreoffice_writes_keeps_its_meaning(body, html):
    assert text_of(odt(body, automatic=STYLES), "a.odt") == html


def test_an_opendocument_text_says_its_title_its_author_and_its_language():
    brought = read(odt("<text:p>A text.</text:p>", title="The Eel"), "whatever")

    assert (brought.format, brought.title, brought.authors, brought.language) == (
        "OpenDocument (odt)",
        "The Eel",
        ("ada",),
        "en-GB",
    )


def test_markdown_is_read():
    source = "# The Eel\n\n## Chapter 1: Low Water\n\nIt was *dark* and ~~cold~~.\n\n***\n\n## Chapter 2\n\n> As said.\n"

    brought = read(source, "eel.md")

    assert brought.title == "The Eel"
    assert [(chapter.title, chapter.text.replace("\n", "")) for chapter in brought.chapters] == [
        ("Chapter 1: Low Water", "<p>It was <em>dark</em> and <s>cold</s>.</p><hr>"),
        ("Chapter 2", "<blockquote><p>As said.</p></blockquote>"),
    ]


def test_what_stands_before_a_text_in_markdown_fills_fields():
    brought = read("---\ntitle: The Eel\nfandom: Harbour Lights\nrating: NC-17\n---\n\nA text.\n", "eel.md")

    assert (brought.title, brought.tags, brought.chapters[0].text) == ("The Eel", {"fandom": ("Harbour Lights",)}, "<p>A text.</p>")
    assert [found.code for found in brought.proposals.ratings] == ["rating-explicit"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<style>.c1{font-style:italic}.c2{font-weight:700}</style></head><body><p><span class="c1">dark</span> <span class="c2">bold</span></p>',
         '<p><span class="c1"><em>dark</em></span> <span class="c2"><strong>bold</strong></span></p>'),
        ('</head><body><p style="text-align:center">* * *</p><p>One</p>', '<p style="text-align:center" align="center">* * *</p><p>One</p>'),
        ('</head><body><p>See <a href="#n">1</a> and <a href="https://lamps.example/">there</a></p>', '<p>See 1 and <a href="https://lamps.example/">there</a></p>'),
        ("</head><body><p>One</p><script>alert(1)</script><p>Two</p>", "<p>One</p><p>Two</p>"),
        ('</head><body><div class="passage" data-warning="Violence"><p>He fell.</p></div><p>On.</p>', '<div class="passage" data-warning="Violence"><p>He fell.</p></div><p>On.</p>'),
    ],
)  # fmt: skip
def test_html_of_any_kind_keeps_its_meaning(html, text):
    brought = read(f"<html lang='en'><head><title>The Eel</title>{html}</body></html>", "a.html")

    assert (brought.title, brought.language, brought.chapters[0].text) == ("The Eel", "en", text)


@pytest.mark.parametrize(
    ("written", "declared", "said"),
    [
        ("utf-8", "", None), ("cp1252", "", "cp1252"), ("utf-16", "", "utf-16"), ("cp1251", "windows-1251", "cp1251"),
        ("koi8_r", "KOI8-R", "koi8_r"), ("cp1251", "utf-7", "cp1252"), ("utf-8", "iso-8859-1", None),
    ],
)  # fmt: skip
def test_letters_are_read_as_they_are_declared_or_as_they_look(written, declared, said):
    words = "Маяк" if written in {"cp1251", "koi8_r"} else "“Phare é”"
    meta = f'<meta charset="{declared}">' if declared else ""

    brought = read(f"<html><head>{meta}</head><body><p>{words}</p></body></html>".encode(written), "a.html")

    assert (brought.decoded.encoding if brought.decoded else None) == said
    assert (words in brought.chapters[0].text) == (declared != "utf-7")


def test_an_old_story_is_read_with_its_header():
    brought = read(
        "Title: The Eel\nFandom: Harbour Lights\nRating: NC-17\nWarnings: character death\n\nThe lamp was lit.\n", "eel.txt"
    )

    assert (brought.title, brought.tags, brought.chapters[0].text.strip()) == (
        "The Eel",
        {"fandom": ("Harbour Lights",)},
        "The lamp was lit.",
    )
    assert "Warnings: character death" in brought.header


def test_a_header_can_be_left_in_the_text():
    brought = read("Title: The Eel\n\nThe lamp was lit.", "eel.txt", takes_header=False)

    assert (brought.title, brought.chapters[0].text) == ("", "Title: The Eel\n\nThe lamp was lit.")


def test_a_text_about_tags_is_text():
    assert read("<b>He wrote this.</b>", "a.txt").format == "Plain text"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{\\rtf1\\ansi A text.}", "save it as .docx or .odt"),
        (b"%PDF-1.7", "bring HTML, EPUB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
        (b"The_Eel".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 100, "convert the file to EPUB with calibre"),
    ],
)
def test_what_is_known_and_not_read_is_refused_with_a_way_on(content, sentence):
    with pytest.raises(NotThatKind, match=sentence):
        read(content, "a.file")


@pytest.mark.parametrize("name", ["cut off.docx", "cut off.ODT", "cut off.epub", "cut off.zip"])
def test_what_is_not_what_its_name_says_is_no_text_either(name):
    with pytest.raises(Unreadable, match="damaged, or is not what the end of its name says"):
        read("PK and what was left of it", name)


def test_a_picture_is_no_text():
    with pytest.raises(NotText):
        read(b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt")
