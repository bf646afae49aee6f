"""Spellings of one name meet under one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pokémon", "pokemon"),
        ("Poke\u0301mon", "Pokémon"),
        ("  Steve   Rogers ", "steve rogers"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "ıstanbul"),
        ("Ａｄｍｉｎ", "admin"),
        ("miKe", "mi\u212ae"),
        ("Ёлка", "елка"),
        ("Άλφα", "αλφα"),
        ("ΟΔΟΣ", "οδος"),
        ("❤", "❤\ufe0f"),
        ("mi\u200cdway", "midway"),
        ("Z\u0336\u0353o\u0336e", "zoe"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("ハ", "パ"),
        ("कि", "क"),
        ("ก่", "ก"),
        ("שָׁלוֹם", "שלום"),
        ("o", "ø"),
        ("Steve/Tony", "Steve & Tony"),
    ],
)
def test_marks_that_carry_meaning_keep_names_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_a_key_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_outer_spaces_never_matter(text):
    assert fold(f"  {text}\t") == fold(text)
