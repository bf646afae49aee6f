"""The words of a text come out without its markup."""

import time

import pytest

from archive.text.plain import plain_text

HANGING = 5.0


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one <em>two</em></p><p>three</p>", "one two\nthree"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<p>a</p><p>&nbsp;</p><hr><p>b</p>", "a\nb"),
        ("<p>fish &amp; chips &lt;3&nbsp;you</p>", "fish & chips <3 you"),
        (
            "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
            "a b\nc",
        ),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>wrapped\nby hand</p>", "wrapped by hand"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ('<p title="a &gt; b">x</p>', "x"),
    ],
)
def test_plain_text_has_a_line_for_each_paragraph(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize("html", ["<" * 500_000, "<br>" * 125_000, " " * 500_000, "&nbsp;\n " * 60_000])
def test_no_text_takes_long_to_strip(html):
    begun = time.process_time()

    plain_text(html)

    assert time.process_time() - begun < HANGING
