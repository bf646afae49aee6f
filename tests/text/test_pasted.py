"""What word processors say in styles is said in elements, also for those who paste without the editor."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import cleaning
from archive.text.cleaning import Profile
from tests.text.rows import rows

SITE = "https://archive.example"
PASTED = rows("pasted")
STYLES = st.sampled_from([
    "font-style:italic", "font-weight:700", "font-weight:normal", "text-align:center", "text-decoration:underline line-through",
    "vertical-align:super", "font: italic 12px X", "color:red", "font-weight", ":", "font-weight:99999999999",
])  # fmt: skip
NAMES = st.sampled_from(["p", "span", "b", "i", "font", "div", "h2", "li", "ul", "a", "o:p", "td", "table", "center"])
WORDS = st.sampled_from(
    ["lamp ", "***", "&nbsp;", "<br>", "\n", "<hr>", ' style="x"', "<img src='https://x.example/a.png'>", "MsoNormal"]
)


def element(inside):
    return st.builds(
        lambda name, styles, worn, parts: f"<{name} style='{';'.join(styles)}'{worn}>{''.join(parts)}</{name}>",
        NAMES, st.lists(STYLES, max_size=3), st.sampled_from(["", " class=MsoNormal", " align=center", " lang=fr", " class=a"]),
        st.lists(inside, max_size=4),
    )  # fmt: skip


def clean(source, profile=Profile.CHAPTER):
    return str(cleaning.clean(source, profile=profile, site=SITE))


def squished(html):
    """The HTML with one kind of space, as readers see it."""
    return re.sub(r"\s+", " ", html).replace(" </p>", "</p>")


@pytest.mark.parametrize("row", PASTED, ids=lambda row: row["name"])
def test_what_was_copied_keeps_what_it_means_and_nothing_else(row):
    assert squished(clean(row["html"])) == squished(row["meant"])


def test_what_authors_write_by_hand_keeps_all_that_is_theirs():
    source = '<p class="epistle" lang="fr" style="text-align: right">A <span class="ink" style="font-style: italic">b</span></p>'

    assert clean(source) == '<p class="epistle" lang="fr" align="right">A <span class="ink"><em>b</em></span></p>'


def test_a_drawn_break_by_hand_stays_as_it_was_drawn():
    assert clean('<p align="center">***</p>') == '<p align="center">***</p>'


def test_no_class_of_a_word_processor_is_an_author_s():
    assert clean('<p class="ink MsoNormal">A</p>') == '<p class="ink">A</p>'


@given(st.lists(st.recursive(WORDS, element, max_leaves=12), max_size=5).map("".join), st.sampled_from(Profile))
def test_cleaning_what_was_pasted_twice_changes_nothing(source, profile):
    once = clean(source, profile)

    assert clean(once, profile) == once


@pytest.mark.parametrize(
    "source",
    ["<style" * 50_000, "<head" * 50_000, "<style>" + "a{b:c}" * 50_000, "<p style='" + "a:b;" * 50_000, "<style>/*" * 20_000,
     "<p style=x class='" + "a " * 50_000 + "'>", "<p style=''>" + "x:y;{" * 50_000,
     "<style>" + "a" * 300_000 + "</style>", "<style>" + "/*a" * 100_000 + "</style>", "<style</style" * 30_000,
     f"<style>{'.a,' * 50_000}.b{{{'font:x;' * 20_000}}}</style>"],
)  # fmt: skip
def test_styles_that_never_end_are_read_in_good_time(source):
    begun = time.process_time()

    clean(source)

    assert time.process_time() - begun < 5
