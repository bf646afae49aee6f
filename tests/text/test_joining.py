"""Lines that were broken at an edge are joined, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.old_stories.joining import joined

FULL = "The lamp was lit before the ship was seen, and it"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (f"{FULL}\nwas not\nput out.", f"{FULL} was not\nput out."),
        (f"{FULL}\n\n{FULL}\nburned.", f"{FULL}\n\n{FULL} burned."),
        (f"{FULL}\n*****\n{FULL}\nburned.", f"{FULL}\n*****\n{FULL} burned."),
        (f"{FULL}\n    burned.\nA", f"{FULL}\n    burned.\nA"),
        ("A short line,\nand another,\nas in a song.", "A short line,\nand another,\nas in a song."),
        (f"{FULL * 3}\nburned.\nA", f"{FULL * 3}\nburned.\nA"),
        ("", ""),
    ],
)
def test_a_full_line_goes_on_in_the_next(written, made):
    assert joined(written) == made


@given(st.lists(st.sampled_from([FULL, "was not", "", "***", "  in", "x" * 120, "灯", "\t"])).map("\n".join))
def test_joining_keeps_every_word_and_every_paragraph(text):
    assert joined(text).split() == text.split()
    assert joined(text).count("\n\n") == text.count("\n\n")
