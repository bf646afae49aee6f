import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import merging
from archive.text.merging import Side

WAS = "The lamp was lit.\nThe ship was seen.\nThe keeper slept.\n"
texts = st.lists(st.sampled_from(["lamp ", "ship ", "keeper", ". ", "\n", "\n\n", "灯", " "]), max_size=30).map("".join)


def differing(found):
    return [passage for passage in found if not passage.is_same]


def merged(kept, yours, was=WAS, **chosen):
    return merging.put_together(merging.passages(kept, yours, was=was), {int(n[1:]): Side(side) for n, side in chosen.items()})


def test_what_each_changed_alone_is_taken_over_from_each():
    kept, yours = WAS.replace("lit", "trimmed"), WAS.replace("slept", "woke")

    assert merged(kept, yours) == "The lamp was trimmed.\nThe ship was seen.\nThe keeper woke.\n"


def test_who_changed_what_is_known():
    kept = WAS.replace("lit", "trimmed").replace("seen", "heard")
    yours = WAS.replace("lit", "dark").replace("slept", "woke")

    found = differing(merging.passages(kept, yours, was=WAS))

    assert [(passage.kept, passage.yours, passage.changed_by) for passage in found] == [
        ("trimmed", "dark", "both"), ("heard", "seen", "kept"), ("slept", "woke", "yours"),
    ]  # fmt: skip


def test_where_both_changed_and_nobody_chooses_both_stay():
    assert merged(WAS.replace("lit", "trimmed"), WAS.replace("lit", "dark")).startswith("The lamp was trimmed dark.")


@pytest.mark.parametrize(("side", "word"), [("kept", "trimmed"), ("yours", "dark"), ("both", "trimmed dark")])
def test_what_is_chosen_is_taken(side, word):
    assert merged(WAS.replace("lit", "trimmed"), WAS.replace("lit", "dark"), _0=side) == WAS.replace("lit", word)


def test_what_both_changed_alike_is_nothing_to_decide():
    changed = WAS.replace("lit", "trimmed")

    assert differing(merging.passages(changed, changed, was=WAS)) == []


def test_without_what_both_began_from_every_difference_is_open():
    found = differing(merging.passages(WAS.replace("lit", "trimmed"), WAS.replace("slept", "woke"), was=None))

    assert [(passage.kept, passage.yours, passage.changed_by) for passage in found] == [
        ("trimmed", "lit", "both"), ("slept", "woke", "both"),
    ]  # fmt: skip


def test_a_text_that_one_wrote_on_and_the_other_left_is_the_longer_one():
    assert merged(WAS, WAS + "And the sea came.\n") == WAS + "And the sea came.\n"


@given(was=texts | st.none(), kept=texts, yours=texts)
def test_either_side_chosen_throughout_gives_that_text_to_the_letter(was, kept, yours):
    found = merging.passages(kept, yours, was=was)
    count = len(differing(found))

    assert merging.put_together(found, dict.fromkeys(range(count), Side.KEPT)) == kept
    assert merging.put_together(found, dict.fromkeys(range(count), Side.YOURS)) == yours


@given(was=texts, changed=texts)
def test_what_only_one_changed_is_theirs_as_it_stands(was, changed):
    assert merged(changed, was, was=was) == changed
    assert merged(was, changed, was=was) == changed


@given(kept=texts, yours=texts)
def test_the_two_sides_of_a_passage_are_whole(kept, yours):
    for passage in merging.passages(kept, yours, was=None):
        left, right = merging.side_by_side(passage)

        assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (passage.kept, passage.yours)


def test_two_long_texts_with_many_changes_are_few_enough_to_decide_and_quick_to_find():
    dice = random.Random(1)
    words = [dice.choice(["the", "a", "sea", f"word{dice.randrange(5_000)}"]) + dice.choice(["", "", ".\n"]) for _ in range(85_000)]
    kept = ["kept" if n % 7 == 0 else word for n, word in enumerate(words)]
    yours = ["yours" if n % 11 == 0 else word for n, word in enumerate(words)]
    begun = time.process_time()

    found = merging.passages(" ".join(kept), " ".join(yours), was=" ".join(words))

    assert time.process_time() - begun < 10
    assert 0 < len(differing(found)) <= merging.MOST_PASSAGES
