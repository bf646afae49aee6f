"""Line ends become paragraphs, and drawn scene breaks become real ones."""

import pytest

from archive.text.cleaning import Profile, clean
from archive.text.paragraphs import GrewTooLong, is_scene_break, repair

ROOMY = 10_000


@pytest.mark.parametrize(
    "line",
    ["***", "* * *", "*  *  *", "~*~", "-----", "- - -", "~~~", "#", "# # #", "o0o", "oOo", "-o0o-", "~ oOo ~", "xXx",
     "x-x-x", "⁂", "•••", "———", "=====", "___", "+++", "-=-", "♥♥♥"],
)  # fmt: skip
def test_a_drawn_line_is_a_scene_break(line):
    assert is_scene_break(line)
    assert clean(f"before\n\n{line}\n\nafter", profile=Profile.CHAPTER, site="https://x.example") == (
        "<p>before</p><hr><p>after</p>"
    )


@pytest.mark.parametrize(
    "line",
    ["", "*", "**", "—", "...", "…", "?!?", "!!!", "-_-", "=_=", "^_^", "ooo", "000", "xxx", "oh", "OK", "100", "0",
     "* a *", "#1", "# Chapter", "*sigh*", "<3", "-" * 81, "1000", "No.", "o"],
)  # fmt: skip
def test_a_line_that_says_something_is_not_a_scene_break(line):
    assert not is_scene_break(line)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        ("a<br>***<br>b", "<p>a</p><hr><p>b</p>"),
        ("<center>***</center>", "<center><hr></center>"),
        ("a\n\n\n\n***\n\n\n\nb", "<p>a</p><hr><p>b</p>"),
        ("<i>a\n\n***\n\nb</i>", "<p><i>a</i></p><hr><p><i>b</i></p>"),
        ("a ***", "<p>a ***</p>"),
        ("<p>***</p>", "<p>***</p>"),
        ("<b>***</b>", "<p><b>***</b></p>"),
        ("<pre>***</pre>", "<pre>***</pre>"),
        ("***<i>a</i>", "<p>***<i>a</i></p>"),
    ],
)
def test_only_a_bare_line_of_its_own_is_a_scene_break(written, made):
    assert repair(written, longest=ROOMY) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("", ""),
        (" \n ", ""),
        ("a\nb", "<p>a<br>b</p>"),
        ("a \n b", "<p>a<br>b</p>"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("a\n \t\nb", "<p>a</p><p>b</p>"),
        ("a\n\n\nb", "<p>a</p><p>&nbsp;</p><p>b</p>"),
        ("a<br><br><br><br>b", "<p>a</p><p>&nbsp;</p><p>b</p>"),
        ("a\n\n<br>\n\nb", "<p>a</p><p>&nbsp;</p><p>b</p>"),
        ("a\n<br>\nb", "<p>a<br>b</p>"),
        ("<p>a</p><br><p>b</p>", "<p>a</p><p>b</p>"),
        ("a <i>b</i> c", "<p>a <i>b</i> c</p>"),
        ("a<i> </i>b", "<p>a<i> </i>b</p>"),
        ("<i></i>", ""),
        ("<i><div>a</div>b</i>", "<div><p><i>a</i></p></div><p><i>b</i></p>"),
        ("<i><ul><li>a</li></ul></i>", "<i><ul><li>a</li></ul></i>"),
        ('<p class="x">a\n\nb</p>', '<p class="x">a\n\nb</p>'),
        (
            "<ul><li>a<ul><li>b\n\nc</li></ul></li></ul>d",
            "<ul><li>a<ul><li>b\n\nc</li></ul></li></ul><p>d</p>",
        ),
        ("<a><p>a</p></a>", "<p><a>a</a></p>"),
        ("a<hr>b", "<p>a</p><hr><p>b</p>"),
    ],
)
def test_line_ends_make_paragraphs(written, made):
    assert repair(written, longest=ROOMY) == made


def test_growing_past_the_limit_is_refused_with_the_numbers():
    with pytest.raises(GrewTooLong) as refusal:
        repair("<i><b>" + "a\n\n" * 1000 + "</b></i>", longest=5000)

    assert "5000" in str(refusal.value)
