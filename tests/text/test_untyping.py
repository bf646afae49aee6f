"""What was typed comes back as HTML, as far as the way of typing could say it."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import untyping
from archive.text.cleaning import Profile, clean
from archive.text.typed import markdown_of, marked, plain_of
from tests.text.rows import rows

SITE = "https://archive.example"
SIGNS = st.sampled_from("*_~`[]<>#-=|\\.1 !")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], max_codepoint=0x3100) | SIGNS, max_size=9)
ESCAPED = WORDS.map(lambda words: html.escape(words, quote=False))
MARKED = st.sampled_from(["em", "strong", "s", "u", "sup", "code", "i", "b", "kbd"])
LIKE_OURS = st.sampled_from(["---", "[warning: fog]", "[end warning]", "## Afterword", "Chapter 2<br>---------", "### Text", "```"])


def within(tag, *inside):
    return f"<{tag}>{''.join(inside)}</{tag.split(' ')[0]}>"


INLINE = st.recursive(
    ESCAPED | st.just("<br>") | LIKE_OURS,
    lambda inner: (
        st.builds(lambda tag, inside: within(tag, *inside), MARKED, st.lists(inner, max_size=3))
        | st.builds(lambda inside: within('a href="https://x.example/a_b"', inside), ESCAPED)
    ),
    max_leaves=6,
)
ONE_LINE = INLINE.map(lambda inside: inside.replace("<br>", ""))
BLOCKS = st.recursive(
    st.builds(lambda inside: within("p", *inside), st.lists(INLINE, min_size=1, max_size=4))
    | st.just("<hr>")
    | st.builds(lambda level, inside: within(f"h{level}", inside), st.integers(1, 4), ONE_LINE)
    | st.builds(lambda inside: within("pre", inside), ESCAPED | LIKE_OURS),
    lambda inner: (
        st.builds(lambda inside: within("blockquote", *inside), st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda inside: within("ul", within("li", *inside), "<li>b</li>"), st.lists(inner, min_size=1, max_size=2))
    ),
    max_leaves=5,
)
PASSAGE = st.builds(
    lambda note, inside: within(f'div class="passage" data-note="a{note}"', "<p>x</p>", inside),
    st.sampled_from(["*b*", "]", "_"]),
    BLOCKS,
)
TEXTS = st.lists(BLOCKS | PASSAGE, min_size=1, max_size=4).map("".join)


def cleaned(source):
    return str(clean(source, profile=Profile.CHAPTER, site=SITE))


def words_of(typed):
    """The lines of a typed text with a word in them, without the spaces that only lay them out."""
    return [words for line in typed.split("\n") if (words := " ".join(line.split()))]


@settings(max_examples=150)
@given(TEXTS)
def test_a_text_that_came_back_from_markdown_is_typed_alike(source):
    typed = markdown_of(cleaned(source), site=SITE)

    assert markdown_of(cleaned(untyping.of_markdown(typed)), site=SITE) == typed


@settings(max_examples=150)
@given(TEXTS)
def test_a_text_that_came_back_from_plain_text_is_typed_alike(source):
    typed = plain_of(cleaned(source), site=SITE)

    assert words_of(plain_of(cleaned(untyping.of_plain(typed)), site=SITE)) == words_of(typed)


@given(WORDS)
def test_a_marked_line_is_unmarked(words):
    line = " ".join(words.split())

    assert untyping.unmarked(marked(line)) == line


@pytest.mark.parametrize(("typed", "untyped"), [(markdown_of, untyping.of_markdown), (plain_of, untyping.of_plain)])
def test_no_word_of_a_hostile_text_is_lost_or_does_anything(typed, untyped):
    for row in [*rows("xss_payloads"), *rows("formatting_cases")]:
        text = cleaned(row.get("payload") or row["input"])
        brought = cleaned(untyped(typed(text, site=SITE)))

        assert words_of(typed(brought, site=SITE)) == words_of(typed(text, site=SITE)), row["id"]


@pytest.mark.parametrize(
    ("html_text", "expected"),
    [
        ("<p>_not_ *these* 2 * 3 * 4 snake_case_name</p>", "<p><em>not</em> <strong>these</strong> 2 * 3 * 4 snake_case_name</p>"),
        ("<p>A <em>lamp</em>, <strong>lit</strong>.</p><hr><p>他<em>停</em>了</p>", None),
        ('<div class="passage" data-warning="A, B" data-note="c" data-gist="d"><p>x</p><hr></div><p>y</p>', None),
    ],
)
def test_plain_text_brings_marks_breaks_and_passages_back(html_text, expected):
    text = cleaned(html_text)

    assert cleaned(untyping.of_plain(plain_of(text, site=SITE))).replace("\n", "") == (expected or text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>One <em>停！</em>她 a<em>b</em>c <strong>x</strong><em>y</em> <u>u</u> <s>s</s></p>",
        "<p>x<sup>2</sup> <kbd>k</kbd> <code>a|b</code> <code>*_</code></p>",
        "<h1>Chapter Notes</h1><h2>a</h2><h3>b #</h3><h4>c</h4><pre>## Afterword\n\n  ---</pre>",
        '<p>wow!<a href="https://x.example/a">y</a><br><br>1. z</p><blockquote><p>a</p><p>b</p></blockquote>',
        '<blockquote><div class="passage" data-note="a]*" data-gist="b"><p>x</p></div></blockquote><p>[warning: y]</p>',
        "<ul><li>a</li></ul><ul><li>b</li></ul><p>\u3000\u3000他说</p><p>&nbsp;</p><p>* * *</p><hr>",
    ],
)
def test_markdown_brings_all_back_that_it_can_say(text):
    found = cleaned(untyping.of_markdown(markdown_of(text, site=SITE)))

    assert found.replace("\n", "") == cleaned(text).replace("\n", "")


@pytest.mark.parametrize(
    "text",
    ["_*" * 250_000, "[warning: x]\n\n" * 30_000, "> " * 250_000, "- " * 200_000, "`" * 500_000, "*a " * 160_000, "[a](" * 125_000],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text):
    started = time.process_time()

    untyping.of_plain(text)
    untyping.of_markdown(text)

    assert time.process_time() - started < 2
