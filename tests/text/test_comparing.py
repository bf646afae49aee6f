"""What changed between two texts: nothing is left out or made up, words stay whole, and no text takes long."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import comparing
from archive.text.comparing import Kind

HANGING = 10.0
WORDS = st.lists(st.sampled_from(["lamp", "sea", "the", " ", "\n", ",", "don't", "字", "灯", "कि", "é", "🏳️‍🌈"]), max_size=60)
TEXTS = st.one_of(st.text(max_size=200), WORDS.map("".join))


def told(old, new):
    """Answer the pieces in short: what was removed in brackets, what was added in braces."""
    marks = {Kind.KEPT: "{}", Kind.REMOVED: "[{}]", Kind.ADDED: "<{}>"}
    return "".join(marks[kind].format(text) for kind, text in comparing.pieces(old, new))


def without(kind, pieces):
    return "".join(piece.text for piece in pieces if piece.kind is not kind)


@given(TEXTS, TEXTS)
def test_what_is_kept_and_removed_is_the_old_text_and_what_is_kept_and_added_the_new_one(old, new):
    pieces = list(comparing.pieces(old, new))

    assert (without(Kind.ADDED, pieces), without(Kind.REMOVED, pieces)) == (old, new)


@given(TEXTS)
def test_a_text_is_its_own_with_nothing_changed(text):
    assert comparing.spans(text, text, comparing.Budget()) == []


@given(TEXTS)
def test_tokens_leave_nothing_out(text):
    assert "".join(comparing.tokens_of(text)) == text


@given(TEXTS, TEXTS)
def test_every_word_stands_in_one_stretch_of_paragraphs(old, new):
    paragraphs = comparing.paragraphs(list(comparing.pieces(old, new)))

    stretches = comparing.stretches(paragraphs)

    assert [paragraph for stretch in stretches for paragraph in stretch.paragraphs] == paragraphs
    assert all(piece.kind is Kind.KEPT for stretch in stretches if stretch.is_same for line in stretch.paragraphs for piece in line)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The lamp was lit.", "The lamp was dark.", "The lamp was [lit]<dark>."),
        ("The lamp was lit.", "The lamp, was lit.", "The lamp<,> was lit."),
        ("I don't see the sea.", "I didn't see the sea.", "I [don't]<didn't> see the sea."),
        ("One.\nTwo.\n", "One.\nAnother.\nTwo.\n", "One.\n<Another.\n>Two.\n"),
        ("One.\nTwo.\nThree.\n", "One.\nThree.\n", "One.\n[Two.\n]Three.\n"),
        ("It rained. He left.", "It rained. She sang. He left.", "It rained.< She sang.> He left."),
        ("Calm sea.\n", "Calm, dark sea.\nFog came.\n", "Calm<, dark> sea.\n<Fog came.\n>"),
        ("海の灯台です", "海の古い灯台です", "海の<古い>灯台です"),
        ("All of it was one thing.", "Nothing here stayed alike!", "[All of it was one thing.]<Nothing here stayed alike!>"),
        ("Old red coats hung by the door.", "New blue coats hung by the door.", "[Old red]<New blue> coats hung by the door."),
        ("नाव किनारे पर थी", "नाव किनारों पर थी", "नाव [किनारे]<किनारों> पर थी"),
    ],
)  # fmt: skip
def test_changes_are_told_in_whole_words(old, new, expected):
    assert told(old, new) == expected


def test_a_paragraph_that_was_moved_leaves_the_others_alone():
    assert told("One.\nTwo.\nThree.\nFour.\n", "Two.\nThree.\nFour.\nOne.\n") == "[One.\n]Two.\nThree.\nFour.\n<One.\n>"


def test_a_break_between_paragraphs_is_shown_by_a_sign():
    joined = comparing.paragraphs(list(comparing.pieces("One lamp.\nTwo lamps.", "One lamp. Two lamps.")))

    assert [(piece.kind, piece.text) for piece in joined[0]][-1] == (Kind.REMOVED, comparing.BREAK)


def test_paragraphs_far_from_a_change_are_set_apart():
    old = "".join(f"Paragraph {number}.\n" for number in range(9))
    paragraphs = comparing.paragraphs(list(comparing.pieces(old, old.replace("4.", "four."))))

    shown = [(stretch.is_same, len(stretch.paragraphs)) for stretch in comparing.stretches(paragraphs)]

    assert shown == [(True, 3), (False, 3), (True, 3)]


def long_text(seed):
    dice = random.Random(seed)
    return " ".join(dice.choice(["the", "a", "sea", f"word{dice.randrange(5_000)}"]) for _ in range(85_000))[:500_000]


SHUFFLED = " ".join(random.Random(1).sample(long_text(0).split(), 80_000))
LONG_PAIRS = {
    "one word": (long_text(0), long_text(0).replace("word17 ", "another ", 1)),
    "every seventh word": (long_text(0), " ".join("x" if n % 7 == 0 else word for n, word in enumerate(long_text(0).split(" ")))),
    "another text": (long_text(0), long_text(1)),
    "the words in another order": (long_text(0), SHUFFLED),
    "lines of one letter": ("a\nb\n" * 125_000, "b\na\n" * 125_000),
    "chance": tuple("".join(random.Random(seed).choices("ab \n", k=500_000)) for seed in (1, 2)),
    "signs": tuple("".join(random.Random(seed).choices("灯台守海夜光船波", k=500_000)) for seed in (1, 2)),
}


@pytest.mark.parametrize("pair", LONG_PAIRS)
def test_no_texts_take_long_to_compare(pair):
    begun = time.process_time()

    for _piece in comparing.pieces(*LONG_PAIRS[pair]):
        pass

    assert time.process_time() - begun < HANGING
