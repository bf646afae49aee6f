"""XHTML for e-books: what no browser minds and a schema does."""

import html
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from archive.text.cleaning import Profile, clean
from archive.text.footnotes import link_footnotes
from archive.text.leaving import with_whole_addresses
from archive.text.xhtml import link_of, to_xhtml
from tests.text import hostile
from tests.text.rows import rows

SITE = "https://archive.example"


def made(source):
    return to_xhtml(clean(source, profile=Profile.CHAPTER, site=SITE), site=SITE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One<br>two&nbsp;three</p><hr>", "<p>One<br/>two\N{NO-BREAK SPACE}three</p><hr/>"),
        ("<center><big>Big</big></center>", '<div class="as-center"><p><span class="as-big">Big</span></p></div>'),
        ("<p align=center><tt>t</tt> <strike>s</strike></p>", '<p class="as-center"><code>t</code> <s>s</s></p>'),
        ("<ul>text<ul><li>x</li></ul></ul>", '<ul><li class="as-loose">text<ul><li>x</li></ul></li></ul>'),
        ("<dl><dd>x</dd><dt>y</dt></dl>", '<div class="as-dl"><div class="as-dd">x</div><div class="as-dt">y</div></div>'),
        ("<dl><dt>y</dt><dd>x</dd></dl>", "<dl><dt>y</dt><dd>x</dd></dl>"),
        ("<figcaption>f</figcaption>", '<div class="as-figcaption">f</div>'),
        ("<ruby>漢<rt>kan</rt></ruby>", "<p><ruby>漢<rt>kan</rt></ruby></p>"),
        ("<details><p>Hidden.</p></details>", "<details><summary>…</summary><p>Hidden.</p></details>"),
        ('<a href="#note">x</a>', '<p><span class="as-a">x</span></p>'),
        ('<p lang="en dir=" dir="sideways">x</p>', "<p>x</p>"),
        ('<ol start="3x" type="Q"><li>x</li></ol>', "<ol><li>x</li></ol>"),
    ],
)
def test_what_the_schema_does_not_want_becomes_something_it_does(source, expected):
    assert made(source) == expected


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("/works/1?a=b&c=d#e", f"{SITE}/works/1?a=b&c=d#e"),
        ("https://x.example/a b|c", "https://x.example/a%20b%7Cc"),
        ("https://x.example/100%", "https://x.example/100%25"),
        ("https://x.example/ä#a#b", "https://x.example/%C3%A4#a%23b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("mailto:ines@lamps.example", "mailto:ines@lamps.example"),
        ("mailto:", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("https://x.example:port/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_link_is_whole_and_well_formed_or_none(written, link):
    assert link_of(written, site=SITE) == link


@pytest.mark.parametrize("source", [*hostile.MARKUP.values()], ids=hostile.MARKUP)
def test_hostile_markup_becomes_well_formed(source):
    try:
        text = clean(source(), profile=Profile.CHAPTER, site=SITE)
    except Exception:  # noqa: BLE001 - what the cleaner refuses never gets here
        pytest.skip("refused")
    ET.fromstring(f"<div>{to_xhtml(text, site=SITE)}</div>")


def test_every_attack_and_every_case_becomes_well_formed_and_keeps_its_words():
    sources = [row["payload"] for row in rows("xss_payloads")] + [row["input"] for row in rows("formatting_cases")]
    for source in sources:
        text = clean(source, profile=Profile.CHAPTER, site=SITE)
        found = "".join(ET.fromstring(f"<div>{to_xhtml(text, site=SITE)}</div>").itertext())
        if "<img" not in text and "<details" not in text:  # of these, words are added
            wanted = html.unescape(re.sub(r"<[^>]*>", "", text))

            assert Counter("".join(found.split())) == Counter("".join(wanted.split())), source


def test_links_of_a_page_get_the_site_before_them():
    text = clean(
        '<p><a href="/works/1?a=1&amp;b=2">a</a> <a href="#b">b</a> <a href="mailto:c@d.example">c</a></p>',
        profile=Profile.CHAPTER,
        site=SITE,
    )
    found = with_whole_addresses(text, site=SITE)

    assert f'href="{SITE}/works/1?a=1&amp;b=2"' in found
    assert 'href="#b"' in found
    assert 'href="mailto:c@d.example"' in found


@pytest.mark.parametrize(
    "source",
    [
        "<p>x<sup>2</sup> and y<sup>2</sup></p>",  # squares
        "<p>x<sup>1</sup></p><p><sup>1</sup> a</p><p><sup>1</sup> b</p>",  # which of the two?
        "<p>x<sup>1</sup></p>",  # a mark without a note
        "<p><sup>1</sup> a</p><p><sup>1</sup> b</p>",  # two notes without a mark
    ],
)
def test_what_is_not_certainly_a_footnote_is_left_alone(source):
    text = clean(source, profile=Profile.CHAPTER, site=SITE)

    assert link_footnotes(text, clean("", profile=Profile.NOTES, site=SITE), name="note")[0] == text


def test_a_note_may_stand_among_the_notes_at_the_end():
    text, notes = (
        clean(source, profile=Profile.CHAPTER, site=SITE) for source in ("<p>x<sup>*</sup></p>", "<p><sup>*</sup> y</p>")
    )

    linked, noted = link_footnotes(text, notes, name="note")

    assert 'href="#note-1"' in linked
    assert 'id="note-1"' in noted
