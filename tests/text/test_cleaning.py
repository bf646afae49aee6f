"""Typed text becomes clean HTML, whoever typed it."""

import html
import time

import pytest
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archive.text import addresses, cleaning, costs
from archive.text.cleaning import CleanHTML, Profile
from archive.text.lines import one_line
from tests.text import hostile
from tests.text.allowed import ELEMENTS, off_the_list
from tests.text.rows import rows

SITE = "https://archive.example"
PROFILES = {
    "content": Profile.CHAPTER,
    "notes": Profile.NOTES,
    "summary": Profile.SUMMARY,
    "comment_content": Profile.GUEST,
}
CASES = [row for row in rows("formatting_cases") if row["field"] in PROFILES]
TITLES = [row for row in rows("formatting_cases") if row["field"] == "title"]
PAYLOADS = [row["payload"] for row in rows("xss_payloads")]
HOSTILE = hostile.TEXTS | hostile.MARKUP | hostile.TANGLES
REFUSED = {
    "nest_div_512": costs.TooDeep,
    "nest_div_2000": costs.TooDeep,
    "nest_div_10000": costs.TooDeep,
    "nest_div_100000": costs.TooDeep,
    "nest_li_2000": costs.TooDeep,
    "nest_li_20000": costs.TooDeep,
    "nest_b": costs.TooDeep,
    "nest_blockquote": costs.TooDeep,
    "end tags that cannot leave a table cell": costs.TooDeep,
    "inline end tags round an open block": costs.TooDeep,
    "paragraphs ended by rules": costs.TooDeep,
    "list items closed from a list within": costs.TooDeep,
    "end tags inside a comment": costs.TooDeep,
    "adoption_agency": costs.TooManyTags,
    "a_p_misnest": costs.TooManyTags,
    "br_flood": costs.TooManyTags,
    "empty_p_flood": costs.TooManyTags,
    "truncator_words": costs.TooManyTags,
    "formatting reopened in every paragraph": costs.TooManyTags,
    "formatting left open by its paragraph": costs.TooManyTags,
    "attrs_50k": costs.TooManyAttributes,
    "amp_flood": cleaning.GrewTooLong,
    "inline_span_newlines": cleaning.GrewTooLong,
}
# Far more than any of them takes: a guard against one that hangs, not a measurement.
HANGING = 10.0
LISTED = {row["name"] for row in rows("hostile_inputs") if row["kind"] in {"text", "html"}}


def clean(source: str, profile: Profile = Profile.CHAPTER) -> CleanHTML:
    """Clean for the tests' own site."""
    return cleaning.clean(source, profile=profile, site=SITE)


def unmet(checks: dict[str, object], made: str) -> list[object]:
    """The checks of a formatting case that its HTML does not meet."""
    tree = LexborHTMLParser(made)
    counts = {selector: len(tree.css(selector)) for selector in checks.get("count", {})}
    readable = made + html.unescape(made)
    return [
        *({selector: number} for selector, number in counts.items() if number != checks["count"][selector]),
        *(f"has not {one}" for one in checks.get("has", []) if one not in readable),
        *(f"has {one}" for one in checks.get("lacks", []) if one in made),
        *(["not gone"] if checks.get("gone") and made else []),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['behaviour']}")
def test_a_text_is_formatted_as_its_case_says(case):
    made = clean(case["input"], PROFILES[case["field"]])

    assert unmet(case["checks"], made) == []


@pytest.mark.parametrize("case", TITLES, ids=lambda case: f"{case['id']} {case['behaviour']}")
def test_a_title_keeps_its_angle_brackets_as_text(case):
    shown = escape(one_line(case["input"], longest=255))

    assert unmet(case["checks"], shown) == []
    assert html.unescape(shown) == case["input"]


@pytest.mark.parametrize("profile", Profile)
def test_no_attack_leaves_anything_off_the_allow_list(profile):
    left = {payload: off_the_list(clean(payload, profile), profile) for payload in PAYLOADS}

    assert {payload: found for payload, found in left.items() if found} == {}


def test_the_guard_of_the_attack_test_sees_what_it_should():
    attack = '<p id=x onclick=y><a href="&#1;java&#10;script:z">a</a><img src=http://x><b><svg></svg>'

    found = off_the_list(attack, Profile.CHAPTER)

    assert found == {"p@id", "p@onclick", "address: javascript:z", "address: http://x", "svg"}


def test_cleaning_an_attack_twice_changes_nothing():
    once = [clean(payload) for payload in PAYLOADS]

    assert [clean(made) for made in once] == once


def test_every_listed_text_and_markup_is_among_the_hostile_inputs():
    assert hostile.TEXTS.keys() | hostile.MARKUP.keys() == LISTED


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - REFUSED.keys()))
def test_a_hostile_input_within_the_limits_is_cleaned_in_good_time(name):
    source = HOSTILE[name]()
    begun = time.process_time()

    made = clean(source)

    assert time.process_time() - begun < HANGING
    assert len(made) <= cleaning.GROWTH * len(source) + cleaning.GROWTH_ALLOWANCE
    assert made.encode().decode() == made


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_cost_too_much_is_refused_by_name_in_good_time(name):
    source = HOSTILE[name]()
    begun = time.process_time()

    with pytest.raises(REFUSED[name]):
        clean(source)

    assert time.process_time() - begun < HANGING


def test_a_refusal_says_how_much_is_too_much():
    with pytest.raises(costs.TooDeep) as refusal:
        clean("<div>" * 257)

    assert "256" in str(refusal.value)


def test_a_text_as_deep_and_as_wide_as_allowed_is_kept():
    deep = "<div>" * 250 + "here" + "</div>" * 250
    wide = "<p " + " ".join(f'a{number}="1"' for number in range(64)) + ">there</p>"

    made = clean(deep + wide)

    assert "here" in made
    assert made.endswith("<p>there</p>")


@pytest.mark.parametrize("name", ["one_word", "cjk_max_urlencoded", "emoji_max_urlencoded", "max_plus_one"])
def test_a_long_text_in_any_script_is_kept_whole(name):
    source = hostile.TEXTS[name]()

    assert clean(source) == f"<p>{source}</p>"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("a\x00b\x1fc", "<p>abc</p>"),
        ("a&#1;b", "<p>ab</p>"),
        ("a\ud800b", "<p>ab</p>"),
        ("a\ufffe\U0010ffffb", "<p>ab</p>"),
        ("\x93Well\x85\x94", "<p>“Well…”</p>"),
        ("java&#1;script", "<p>javascript</p>"),
        ('<a href="java&#1;script:x">y</a>', '<p><a rel="nofollow noopener">y</a></p>'),
    ],
)
def test_characters_that_cannot_be_stored_are_removed_or_meant_quotes(source, made):
    assert clean(source) == made


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("so <!-- I said", "<p>so &lt;!-- I said</p>"),
        ('see <a href="/x>here</a> and on', '<p>see &lt;a href="/x&gt;here and on</p>'),
        ("2 < 3 and <3", "<p>2 &lt; 3 and &lt;3</p>"),
        ("<![CDATA[a < b]]>", "<p>a &lt; b</p>"),
        ("he <style>left", "<p>he left</p>"),
        ("<<b>b>", "<p>&lt;<b>b&gt;</b></p>"),
    ],
)
def test_broken_markup_swallows_none_of_the_text_behind_it(source, made):
    assert clean(source) == made


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("rainbow f-5", "rainbow f-5"),
        ("x btn btn-danger modal", "x"),
        ("Warning advisory-consent userstuff mine", "mine"),
        ("8ball -dash foo@bar ok_1", "ok_1"),
    ],
)
def test_a_class_is_kept_unless_the_site_or_css_would_mistake_it(written, kept):
    assert clean(f'<p class="{written}">x</p>') == f'<p class="{kept}">x</p>'


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://example.org/a.png", "https://example.org/a.png"),
        ("http://example.org:80/a.png", "https://example.org/a.png"),
        ("//example.org/a.png", "https://example.org/a.png"),
        ("/a.png", "https://archive.example/a.png"),
        ("a.png", "https://archive.example/a.png"),
        ("data:image/png;base64,AA", None),
        ("ftp://example.org/a.png", None),
        ("java\nscript:x", None),
        ("http://[", None),
        ("https://name:word@example.org/a.png", None),
        ("", None),
    ],
)
def test_an_image_has_a_secure_address_or_none(written, address):
    assert addresses.image_address(written, site=SITE) == address


def test_an_image_loads_late_and_tells_nobody_who_reads():
    made = clean('<img src="http://example.org/a.png" alt="a fox" onload="x">')

    (image,) = LexborHTMLParser(made).css("img")
    assert image.attributes == {
        "src": "https://example.org/a.png",
        "alt": "a fox",
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
    }


def test_an_image_without_words_is_marked_as_decoration():
    made = clean('<img src="https://example.org/a.png" class="x" onerror="y">')

    (image,) = LexborHTMLParser(made).css("img")
    assert image.attributes["alt"] == ""
    assert image.attributes["class"] == "x"


@pytest.mark.parametrize(
    ("profile", "made"),
    [
        (Profile.CHAPTER, '<p>A <img alt="fox" src="https://example.org/f" {}> B</p>'),
        (Profile.NOTES, '<p>A <img alt="fox" src="https://example.org/f" {}> B</p>'),
        (Profile.SUMMARY, "<p>A  B</p>"),
        (Profile.PROFILE, "<p>A  B</p>"),
        (Profile.GUEST, "<p>A fox [https://example.org/f] B</p>"),
    ],
)
def test_each_profile_shows_images_in_its_way(profile, made):
    shown = clean('A <img alt="fox" src="https://example.org/f"> B', profile)

    attributes = (
        'loading="lazy" referrerpolicy="no-referrer"',
        'referrerpolicy="no-referrer" loading="lazy"',
    )
    assert shown in {made.format(order) for order in attributes}


def test_an_image_that_cannot_be_shown_leaves_its_words():
    assert clean('A <img alt="fox & hen" src="data:x"> B') == "<p>A fox &amp; hen B</p>"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (
            '<iframe src="//www.youtube.com/embed/abc?start=1">no frames</iframe>',
            "https://www.youtube.com/embed/abc?start=1",
        ),
        (
            '<embed src="http://player.vimeo.com/video/1">',
            "https://player.vimeo.com/video/1",
        ),
        (
            '<audio controls><source src="https://archive.org/download/x/x.mp3">no</audio>',
            "https://archive.org/download/x/x.mp3",
        ),
        (
            '<video src="https://archive.org/download/x/x.mp4"></video>',
            "https://archive.org/download/x/x.mp4",
        ),
    ],
)
def test_a_known_player_becomes_a_link(source, address):
    assert clean(source) == f'<p><a href="{address}" rel="nofollow noopener">{address}</a></p>'


@pytest.mark.parametrize(
    ("source", "profile"),
    [
        ('<iframe src="https://youtube.com/embed/1"></iframe>', Profile.NOTES),
        ('<iframe src="https://evil.example/embed/1">x</iframe>', Profile.CHAPTER),
        (
            '<iframe src="https://youtube.com.evil.example/embed/1"></iframe>',
            Profile.CHAPTER,
        ),
        ('<iframe src="https://youtube.com/watch?v=1"></iframe>', Profile.CHAPTER),
        ('<iframe src="https://youtube.com/embed/../x"></iframe>', Profile.CHAPTER),
        (
            '<iframe src="javascript://youtube.com/embed/%0aalert(1)"></iframe>',
            Profile.CHAPTER,
        ),
        (
            '<iframe src="https://archive.org/download/x/x.mp3"></iframe>',
            Profile.CHAPTER,
        ),
        ('<iframe srcdoc="&lt;script&gt;"></iframe>', Profile.CHAPTER),
    ],
)
def test_any_other_embed_vanishes(source, profile):
    assert clean(source, profile) == ""


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/works/1", "/works/1"),
        ("#note1", "#note1"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:x", None),
        ("data:text/html,x", None),
        ("VBScript:x", None),
    ],
)
def test_a_link_leads_to_the_web_or_to_mail(href, kept):
    (link,) = LexborHTMLParser(clean(f'<a href="{href}" target=_blank name=forms>x</a>')).css("a")

    assert link.attributes == {"rel": "nofollow noopener"} | ({"href": kept} if kept else {})


def test_clean_html_glued_to_other_text_is_no_longer_clean():
    made = clean("a")

    assert type(made) is CleanHTML
    assert type(made + "<script>") is str
    assert type(made + made) is not CleanHTML


MARKUP_PIECES = [
    *(f"<{name}>" for name in sorted(ELEMENTS)),
    *(f"</{name}>" for name in sorted(ELEMENTS)),
    '<img src="a.png" alt="b">', '<a href="/x">', '<p class="x" title="<&quot;>">', "<iframe src=//youtube.com/embed/1>",
    "<script>", "</script>", "<!--", "-->", "<svg>", "</svg>", "<textarea>", "<![CDATA[", "]]>", "<select>", "<x-y/>",
    "a", "b c", " ", "\n", "\n\n", "\r\n", "\r", "***", "&amp;", "&#13;", "&nbsp;", "<", ">", '"', "'", "/", "&", "\x00",
]  # fmt: skip
soups = st.lists(st.sampled_from(MARKUP_PIECES) | st.text(max_size=4), max_size=40).map("".join)


@given(soups, st.sampled_from(Profile))
@settings(max_examples=300)
def test_any_text_is_cleaned_for_good_and_read_by_a_browser_as_it_is_written(source, profile):
    made = clean(source, profile)

    body = LexborHTMLParser(f"<!doctype html><body><section>{made}</section>").css_first("section")
    assert clean(made, profile) == made
    assert off_the_list(made, profile) == set()
    assert body.inner_html == made


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Write to <velvet@list.com>.", "Write to &lt;velvet@list.com&gt;."),
        ("Yes <g> no", "Yes &lt;g&gt; no"),
        ("<<Mulder?>> he sent.", "&lt;&lt;Mulder?&gt;&gt; he sent."),
        ("<Not now,> he thought.", "&lt;Not now,&gt; he thought."),
        ("so true </sarcasm>", "so true &lt;/sarcasm&gt;"),
        ("<o:p>Word's</o:p> <font>own</font>", "Word's own"),
    ],
)
def test_what_was_never_markup_stays_as_it_was_written(typed: str, shown: str):
    assert shown in clean(typed)
