"""Markdown that says what it is becomes HTML; nothing else is taken for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import cleaning, costs, markdown
from archive.text.cleaning import Profile

SITE = "https://archive.example"


def clean(source):
    return str(cleaning.clean(source, profile=Profile.CHAPTER, site=SITE))


def test_a_signed_text_is_read_as_markdown():
    text = "## One\n\nA *soft* **loud** ~~gone~~ `code` [way](https://x.example) word.\n\n> Said.\n\n- a\n- b"

    assert clean(markdown.signed(text)).replace("\n", "") == (
        "<h2>One</h2><p>A <em>soft</em> <strong>loud</strong> <del>gone</del> <code>code</code> "
        '<a href="https://x.example" rel="nofollow noopener">way</a> word.</p>'
        "<blockquote><p>Said.</p></blockquote><ul><li>a</li><li>b</li></ul>"
    )


def test_a_text_without_the_sign_is_not():
    assert clean("A *soft* word.") == "<p>A *soft* word.</p>"


@pytest.mark.parametrize("drawn", ["***", "* * *", "---", "~*~", "~~~", "#", "o0o", "⁂"])
def test_a_scene_break_may_be_drawn_in_any_way(drawn):
    assert clean(markdown.signed(f"One.\n\n{drawn}\n\nTwo.")) == "<p>One.</p><hr><p>Two.</p>"


def test_what_stands_in_code_is_no_scene_break():
    assert "~*~" in clean(markdown.signed("```\n\n~*~\n\n```"))


def test_html_within_markdown_is_cleaned():
    assert clean(markdown.signed("A <script>x</script><b>b</b> [c](javascript:x)")) == "<p>A <b>b</b> <a>c</a></p>".replace(
        "<a>", '<a rel="nofollow noopener">'
    )


@pytest.mark.parametrize("sign", ["<!-- markdown -->", "\n<!--Markdown-->", "<!-- MARKDOWN -->\r\n"])
def test_the_sign_may_be_written_by_hand(sign):
    assert markdown.is_markdown(f"{sign}\nA *b*")
    assert markdown.signed(f"{sign}\nA") == f"{sign}\nA"


@given(st.text(alphabet="ab *_~`#>-+|[]()!<&\n\\0123.") | st.text())
def test_cleaning_markdown_twice_changes_nothing(text):
    try:
        once = clean(markdown.signed(text))
    except cleaning.Unsettled:
        return

    assert clean(once) == once


@pytest.mark.parametrize("text", ["*a " * 60_000, "[a" * 50_000, "![[" * 50_000, "**a *" * 50_000, "<a " * 50_000, "> " * 39 + "x"])
def test_a_tangle_is_read_in_good_time(text):
    begun = time.process_time()

    clean(markdown.signed(text))

    assert time.process_time() - begun < 5


@pytest.mark.parametrize("text", [">" * 5000 + " x", "- " * 500 + "x"])
def test_what_lies_too_deep_is_refused(text):
    with pytest.raises(costs.TooDeep):
        clean(markdown.signed(text))
