"""Words are counted as readers of this field expect."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.counting import count_words
from tests.text.rows import rows

CASES = rows("wordcount_cases")
VECTORS = [
    ("一个简单の栗子", 7),
    ("嘿|bob|说", 3),
    ("“嘿Bob,” Alice说，‘啊？！？’", 5),
    ("arm-rest is hyphenated", 3),
    ("<p>one</p>two<br/>three", 3),
    ("***\n~~~\n---\n___", 0),
    ("don't don’t rock ’n’ roll", 5),
    ("soft\u00adhyphen non\u2011breaking", 2),
    ("❤\ufe0f", 0),
    ("हिन्दी में", 2),
    ("<!-- never ends one two", 0),
]
HANGING = 5.0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_words_are_counted_as_the_case_says(case):
    piece, times = case.get("input_repeat", [case.get("input"), 1])

    assert count_words(piece * times) == case["expected"]


@pytest.mark.parametrize(("text", "words"), VECTORS)
def test_words_are_counted_as_known_tools_count_them(text, words):
    assert count_words(text) == words


@given(st.text(), st.text())
def test_more_text_never_has_fewer_words(first, second):
    first, second = first.replace("<", ""), second.replace("<", "")

    assert count_words(f"{first} {second}") >= max(count_words(first), count_words(second)) >= 0


@pytest.mark.parametrize(
    "text",
    ["<" * 500_000, "<!--" * 125_000, "&" * 500_000, "-" * 500_000, "漢" * 500_000],
)
def test_no_text_takes_long_to_count(text):
    begun = time.process_time()

    count_words(text)

    assert time.process_time() - begun < HANGING
