"""Titles stand in lists where readers look for them."""

import pytest

from archive.text.sorting import sort_title


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("The Long Road", "long road, the"),
        ("A Study", "study, a"),
        ("an Hour", "hour, an"),
        ("“The Quick Fox”", "quick fox”, the"),
        ("...and then", "and then"),
        ("…And Then", "and then"),
        ("'Tis", "tis"),
        ("12 Labours of 7 Kings", "00012 labours of 00007 kings"),
        ("1234567", "1234567"),
        ("The", "the"),
        ("Theatre", "theatre"),
        ("A", "a"),
        ("...", "..."),
        ("  The   Road ", "road, the"),
        ("The 3 Musketeers", "00003 musketeers, the"),
        ("٣", "0000٣"),
        ("長い道", "長い道"),
    ],
)
def test_a_title_is_sorted_by_its_first_telling_word(title, key):
    assert sort_title(title) == key
