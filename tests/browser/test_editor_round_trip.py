"""The editor writes back what it read: nothing that the archive allows is lost by opening and saving a text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.text import cleaning
from archive.text.cleaning import ATTRIBUTES, ELEMENTS, EVERYWHERE, FORCED, Profile
from tests.house.sources import STATIC
from tests.text.rows import rows

pytestmark = pytest.mark.browser

SITE = "https://archive.example"
OPEN_AND_SAVE = """async texts => {
  const { read } = await import("/static/js/editor/reading.js");
  const { write } = await import("/static/js/editor/writing.js");
  const kept = node => ["island", "islet"].includes(node.type.name);
  return texts.map(text => {
    const doc = read(text);
    doc.check();
    let islands = 0;
    doc.descendants(node => { islands += kept(node); });
    return [write(doc, ""), write(doc), islands];
  });
}"""
VOID = {"br", "hr", "img", "col"}
WORDS = st.sampled_from([
    "lamp", "the ship ", " ", "\n", "\n\n", "one\ntwo", "&nbsp;", "salt &amp; rope", "&lt;3", "<br>", "<hr>", "***", "灯台",
    '<img src="https://pictures.example/lamp.png" alt="A lamp">', "a  b", "\t", "مرحبا",
])  # fmt: skip
WORN = st.sampled_from([
    "", "", "", ' class="letter"', ' align="center"', ' dir="rtl" lang="ar"', ' title="a<b>&quot;"', ' href="https://lamps.example"',
    " open", ' start="3"', ' cite="/works/1"', ' colspan="2"',
])  # fmt: skip


def element(inside):
    return st.builds(
        lambda name, worn, parts: f"<{name}{worn}>{''.join(parts)}</{name}>",
        st.sampled_from(sorted(ELEMENTS - VOID)), WORN, st.lists(inside, max_size=4),
    )  # fmt: skip


MARKUP = st.lists(st.recursive(WORDS, element, max_leaves=14), max_size=6).map("".join)
# What authors write every day must be there to be written in, not kept as it is.
EVERYDAY = [
    "<p>A <em>b</em> <strong>c <em>d</em></strong><em><strong>e</strong></em><u>f</u><s>g</s></p>",
    "<p><em>a</em><em>b</em> <b>c</b><b class='x'>d</b> <i>e<i>f</i></i></p>",
    "<h2 align='center'>A</h2><p align='center' dir='rtl' lang='ar' title='b' class='c'>B</p><hr>",
    "<blockquote><p>A</p><blockquote><p>B</p></blockquote></blockquote><center><p>C</p></center>",
    "<div class='letter'><p>A</p><ul>\n<li>a\n<ol start='3'><li><p>b</p><p>c</p></li></ol></li>\n</ul></div>",
    "<dl><dt>A</dt><dd>B</dd></dl><address>C</address>",
    "<table border='1'><caption>A</caption><colgroup><col></colgroup><tr><td>C</td></tr></table>",
    "<table><thead><tr><th scope='col'>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>",
    "<details open><summary>A</summary><p>B</p></details><pre>a\n  b <b>c</b>\n</pre>",
    "<figure><img src='https://x.example/a.png'><figcaption>A</figcaption></figure>",
    "<p>H<sub>2</sub>O<sup>3</sup></p>",
    "<p><code>x</code> <kbd>y</kbd> <q cite='/a'>z</q> <small>a</small></p>",
    "<p>a<br>b\nc</p><p></p><p>&nbsp;</p><p><span lang='fr'>d</span> <a href='/works/1'>e</a> <abbr title='f'>g</abbr></p>",
]


def clean(source):
    return str(cleaning.clean(source, profile=Profile.CHAPTER, site=SITE))


@pytest.fixture
def save(page):
    """Open texts in the editor and save them: exactly, as written into the form, and how much of it is kept as it is."""
    page.goto("/about")
    return lambda texts: page.evaluate(OPEN_AND_SAVE, texts)


def survives(save, texts):
    for before, (exactly, written, _islands) in zip(texts, save(texts), strict=True):
        assert exactly == before
        assert clean(written) == before


def test_what_authors_write_every_day_can_be_written_in(save):
    texts = [clean(text) for text in EVERYDAY]

    assert {text: islands for text, (_, _, islands) in zip(texts, save(texts), strict=True) if islands} == {}
    survives(save, texts)


def test_every_formatting_case_and_attack_survives(save):
    sources = [row["input"] for row in rows("formatting_cases")] + [row["payload"] for row in rows("xss_payloads")]

    survives(save, [clean(source) for source in sources])


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(MARKUP, min_size=30, max_size=60))
def test_anything_that_the_archive_allows_survives(save, sources):
    texts = []
    for source in sources:
        try:
            texts.append(clean(source))
        except ArchiveError:
            continue

    survives(save, texts)


def test_the_editor_knows_the_elements_and_attributes_of_the_cleaner():
    script = (STATIC / "js/editor/elements.js").read_text()

    def names(text):
        return set(re.findall(r'"([\w-]+)"', text))

    sets = re.findall(r"new Set\(\[([^]]*)\]\)", script)
    cell = names(re.search(r"CELL = \[([^]]*)\]", script)[1])
    worn = {name: names(inside) for name, inside in re.findall(r"^  (\w+): \[([^]]*)\],", script, re.MULTILINE)}
    ours = {"div": {"data-gist", "data-note", "data-warning"}, "a": {"rel"}, "img": set(FORCED["img"])}

    assert names("".join(sets)) == ELEMENTS
    assert names(re.search(r"EVERYWHERE = \[([^]]*)\]", script)[1]) == EVERYWHERE | {"class"}
    assert worn | {"td": cell, "th": cell} == {
        name: set(ATTRIBUTES.get(name, set())) | ours.get(name, set()) for name in ATTRIBUTES.keys() | ours.keys()
    }
