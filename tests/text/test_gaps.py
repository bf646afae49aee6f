"""Gaps in drawn pieces."""

from django.template import Context, Template

from archive.text.gaps import Gapped, gaps_named


def drawn(markup, *names):
    return Gapped.of(Template(markup).render(Context(gaps_named(names))))


def test_a_gap_is_filled_anew_each_time():
    piece = drawn('<a href="{{ way }}">{{ name }}</a>{{ name }}', "way", "name")

    filled = [piece.filled({"way": way, "name": name}) for way, name in (("/1", "One"), ("/2?a=b&c", "<Two>"))]

    assert filled == ['<a href="/1">One</a>One', '<a href="/2?a=b&amp;c">&lt;Two&gt;</a>&lt;Two&gt;']


def test_what_is_drawn_already_is_not_escaped_again():
    inner = drawn("<b>{{ name }}</b>", "name").filled({"name": "x & y"})

    assert drawn("<p>{{ inner }}</p>", "inner").filled({"inner": inner}) == "<p><b>x &amp; y</b></p>"


def test_a_gap_may_be_filled_with_a_gap():
    outer = gaps_named(["way"])["way"]
    inner = drawn("<b>{{ name }}</b>", "name").filled({"name": outer})

    assert Gapped.of(inner).filled({"way": "/1"}) == "<b>/1</b>"
