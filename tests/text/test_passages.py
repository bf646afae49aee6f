"""Passages of a chapter keep their notes, whoever wrote them and however."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archive.errors import ArchiveError
from archive.text import cleaning, passage_lines, passages
from archive.text.cleaning import Profile
from archive.text.passages import Passage
from tests.text.allowed import off_the_list

SITE = "https://archive.example"


def clean(source: str, profile: Profile = Profile.CHAPTER) -> str:
    """Clean for the tests' own site."""
    return cleaning.clean(source, profile=profile, site=SITE)


BEGIN = '<div class="passage" data-{}>'


@pytest.mark.parametrize(
    ("typed", "begin"),
    [
        ('<div class="passage" data-warning="Major Character Death">', BEGIN.format('warning="Major Character Death"')),
        ("<div data-gist=c data-note=b class='passage mine' data-warning=a dir=rtl>",
         BEGIN.format('warning="a" data-note="b" data-gist="c" dir="rtl"')),
        ('<div class="passage" data-note="  a\n b ">', BEGIN.format('note="a b"')),
        ('<div class="passage" data-note="<b>&quot;5 < 6&quot;">', BEGIN.format('note="&lt;b&gt;&quot;5 &lt; 6&quot;"')),
        ('<div class="passage" data-warning="a, b,, a">', BEGIN.format('warning="a, b"')),
        ('<div class="passage">', "<div>"),
        ('<div class="passage mine" data-note="">', '<div class="mine">'),
        ('<div data-note="a" class="mine">', '<div class="mine">'),
        ('<div class="passage-note passage-end">', "<div>"),
    ],
)  # fmt: skip
def test_a_passage_is_kept_in_one_form_and_only_where_it_says_something(typed: str, begin: str):
    made = clean(f"{typed}x</div>")

    assert made == f"{begin}<p>x</p></div>"
    assert clean(made) == made


def test_only_a_div_is_a_passage():
    assert clean('<p class="passage" data-note="a">x</p>') == "<p>x</p>"


@pytest.mark.parametrize("profile", [profile for profile in Profile if profile is not Profile.CHAPTER])
def test_only_the_text_of_a_chapter_has_passages(profile: Profile):
    assert clean('<div class="passage" data-note="a">x</div>', profile) == "<div><p>x</p></div>"
    assert "[end note]" in clean("[note: a]\nx\n[end note]", profile)


@pytest.mark.parametrize(
    ("typed", "refusal", "named"),
    [
        ('<div class="passage" data-gist="a">x</div>', passages.SaysNothing, ""),
        (f'<div class="passage" data-note="{"a" * 201}">x</div>', passages.NoteRefused, "201"),
        ('<div class="passage" data-note="a\u202eb">x</div>', passages.NoteRefused, "U+202E"),
        ('<div class="passage" data-note="a" data-gist="\u200b">x</div>', passages.NoteRefused, ""),
        (f"{BEGIN.format('note=knife')}a{BEGIN.format('note=blood')}x</div></div>", passages.WithinAnother, "knife"),
        ('<h2><div class="passage" data-note="knife">x</div></h2>', passages.BadlyPlaced, "knife"),
        ('<li><a href="/x"><div class="passage" data-note="knife">x</div></a></li>', passages.BadlyPlaced, "knife"),
        ('<div class="passage" data-note="a">x</div>' * 501, passages.TooManyPassages, "500"),
    ],
)  # fmt: skip
def test_a_passage_that_could_not_be_told_or_skipped_is_refused_in_a_sentence(typed: str, refusal: type[ArchiveError], named: str):
    with pytest.raises(refusal) as refused:
        clean(typed)

    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("a\n[warning: knives]\nb\nc\n[end warning]\nd", "<p>a</p>{warning=knives}<p>b<br>c</p></div><p>d</p>"),
        ("[Warnings: A, B]\n\n[ note : c ]\n\n[What happens: d & e]\n\nx\n\n[END OF THE WARNING]",
         "{warning=A, B|note=c|gist=d &amp; e}<p>x</p></div>"),
        ("[note: c]\n***\n[/note]", "{note=c}<hr></div>"),
        ("<p>[note: c]</p><p>x</p><p><b>[end&nbsp;passage]</b></p>", "{note=c}<p>x</p></div>"),
        ("<blockquote>[note: c]<br>x<br>[end note]<br></blockquote>", "<blockquote>{note=c}<p>x</p></div></blockquote>"),
        ("<em>a\n[note: c]\nx\n[end note]\nb</em>", "<p><em>a</em></p>{note=c}<p><em>x</em></p></div><p><em>b</em></p>"),
        ("[note: c]\nx\n[end note]\n[note: d]\ny\n[end note]", "{note=c}<p>x</p></div>{note=d}<p>y</p></div>"),
    ],
)  # fmt: skip
def test_lines_of_their_own_mark_a_passage(typed: str, made: str):
    for said, value in re.findall(r"(\w+)=([^|}]+)", made):
        made = made.replace(f"{said}={value}", f'data-{said}="{value}"')
    made = made.replace("{", '<div class="passage" ').replace("|", " ").replace("}", ">")

    assert clean(typed) == made
    assert clean(made) == made


@pytest.mark.parametrize(
    "typed",
    [
        "[warning: knives]\nx",
        "x\n[end warning]",
        "a [warning: knives]\nx\n[end warning]",
        "[warning: knives]\nx [end warning] y",
        "<blockquote>[warning: knives]\nx</blockquote>\n[end warning]",
        "<pre>[note: c]\nx\n[end note]</pre>",
        "[what happens: c]\nx\n[end note]",
        "[note: ]\nx\n[end note]",
        "[Note: this was written in 1999]\nx\n[End]",
    ],
)
def test_a_line_without_its_other_half_stays_as_the_words_that_it_is(typed: str):
    made = clean(typed)

    assert passages.passages_in(made) == []
    assert made.count("[") == typed.count("[")


@pytest.mark.parametrize(
    "typed",
    [
        "[warning: knives]\nx",
        "x\n[end warning]",
        "[warning: a]\nx [end of warning] y",
        "[warning: a]\n[what happens: <i>b</i>]\nx\n[/warning]",
    ],
)
def test_half_a_pair_is_a_mistake_that_can_be_told(typed: str):
    with pytest.raises(passage_lines.Unended):
        passage_lines.refuse_unended(clean(typed))


@pytest.mark.parametrize(
    "typed", ["[Note: written in 1999]", "(warning: knives)", "WARNING: knives", "[end notes]", "She read [warning: x] on it. [1]"]
)
def test_what_only_looks_alike_is_no_mistake(typed: str):
    passage_lines.refuse_unended(clean(typed))


def test_passages_are_read_back_as_they_were_written():
    passage = Passage(("Rape/Non-Con", "Major Character Death"), 'a "quoted" & <odd> note', "What is done is done.")

    made = clean(f"{passage.tag()}<p>x</p><div><p>y</p></div></div><p>z</p>")

    assert passages.passages_in(made) == [passage]
    assert passages.rewritten(made, lambda number, one: (f"({number}", ")")) == "(1<p>x</p><div><p>y</p></div>)<p>z</p>"


MARKUP = """
    <div> </div> <br> <p> </p> <em> </em> <blockquote> </blockquote> <ul><li> </li></ul> <pre> </pre> <h2> <table><tr><td>
    </td></tr></table> <details> </details> </a> words *** &nbsp; < [ ] <div/class="passage"> [end/warning] [/note] <a/href=/x>
"""
PIECES = [
    *(piece.replace("<div/", "<div ").replace("[end/", "[end ").replace("<a/", "<a ") for piece in MARKUP.split()),
    BEGIN.format("note=a"), BEGIN.format('warning="A, B" data-gist="c &amp; &quot;d"'), " ", "\n", "\n\n",
    "[warning: a]", "[note: b]", "[what happens: c]",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
@settings(max_examples=400)
def test_whatever_is_marked_is_cleaned_for_good_and_lies_where_a_passage_can(source: str):
    try:
        made = clean(source)
    except passages.PassageRefused:
        return

    body = LexborHTMLParser(f"<!doctype html><body><section>{made}</section>").css_first("section")
    assert clean(made) == made
    assert body.inner_html == made
    assert off_the_list(made, Profile.CHAPTER) == set()
    assert (
        body.css(".passage .passage, h2 .passage, pre .passage, a .passage, p .passage, .passage:not([data-note], [data-warning])")
        == []
    )
    assert len(body.css(".passage")) == len(passages.passages_in(made))


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=200)
def test_any_words_in_a_note_stay_plain_text(warning: str, note: str, gist: str):
    typed = passages.written("div", {"class": "passage", "data-warning": warning, "data-note": note, "data-gist": gist})
    try:
        made = clean(f"{typed}<p>x</p></div>")
    except passages.PassageRefused:
        return

    assert clean(made) == made
    assert LexborHTMLParser(made).css("script, style, b, img") == []


def test_marks_by_the_thousand_are_read_in_good_time():
    source = "[warning: a]\n[note: b]\nx\n" * 15_000 + "[end warning]"
    begun = time.process_time()

    clean(source)

    assert time.process_time() - begun < 10
