"""What is packed comes out again to the letter, and small changes are small."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text import packing
from tests.text.test_comparing import TEXTS, long_text


@given(TEXTS)
def test_a_text_packed_whole_comes_out_to_the_letter(text):
    assert packing.unpack(packing.pack(text)) == text


@given(TEXTS, TEXTS)
def test_a_text_packed_as_changes_comes_out_to_the_letter(base, text):
    assert packing.unpack_changes(packing.pack_changes(text, base=base), base=base) == text


@given(st.text(max_size=50))
def test_line_ends_and_strange_characters_are_kept(text):
    text = f"{text}\r\n\t\u2028 \U0001f3f3\n\n"

    assert packing.unpack_changes(packing.pack_changes(text, base="\r\n"), base="\r\n") == text


def test_a_word_changed_in_a_long_text_takes_a_few_bytes():
    base = long_text(0)

    assert len(packing.pack_changes(base.replace("word17 ", "another ", 1), base=base)) < 60
