"""Headers of old stories: each line is known for what it says, and no line of a story is ever lost."""

import time
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.old_stories import ratings
from archive.text.old_stories.phrases import says_no_warnings, warnings_in
from archive.text.old_stories.proposing import propose, read
from archive.text.old_stories.reading import evenly, pairs_in, part

STORIES = tomllib.loads((Path(__file__).parent.parent / "data/old_headers/stories.toml").read_text(encoding="utf-8"))["story"]
NAMED = {story["name"]: story for story in STORIES}
QUICK = 1.0  # seconds for 500,000 characters; they take a tenth of it


def listed(value):
    """Answer tuples as lists, as TOML has them."""
    return [listed(one) for one in value] if isinstance(value, (tuple, list)) else value


def proposed(story):
    return {name: listed(value) for name, value in asdict(story.proposals).items() if value}


@pytest.mark.parametrize("name", NAMED)
def test_an_old_header_proposes_what_it_says(name):
    story = read(NAMED[name]["written"])

    assert (proposed(story), story.text) == (NAMED[name]["proposes"], NAMED[name]["text"])


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: f"\ufeff{text}", lambda text: f"\n\n{text}"]
)
def test_line_ends_a_mark_and_blank_lines_before_it_change_nothing(name, change):
    story = read(change(NAMED[name]["written"]))

    assert (proposed(story), story.text.lstrip("\n")) == (NAMED[name]["proposes"], NAMED[name]["text"])


def test_there_are_headers_enough_to_tell():
    assert len(STORIES) >= 30


LINES = st.one_of(
    st.sampled_from([line for story in STORIES for line in story["written"].split("\n")]),
    st.sampled_from(
        ["", "", "***", "-----", "-- ", "> ", "Summary:", "A/N:", "  and more", "\t", "Chapter 1", "Part 2/3", "Note: x"]
    ),
    st.text(max_size=80),
)


@given(st.lists(LINES, max_size=40).map("\n".join))
def test_header_and_text_together_are_every_line(raw):
    parted = part(raw)

    lines = evenly(raw).split("\n")
    assert [*parted.header, *parted.text.split("\n")] in (lines, [*lines, ""])
    assert all(not pair.value or parted.header for pair in parted.pairs)


@given(st.lists(LINES, max_size=40).map("\n".join))
def test_what_was_taken_for_a_header_says_the_same_by_itself(raw):
    story = read(raw)

    assert propose(pairs_in(story.header)) == story.proposals


@pytest.mark.parametrize(
    "hostile",
    ["Ines went. " * 45_000, "Title: " * 70_000, "Rating: R\n" * 50_000, ("A" * 5_990 + ": x\n") * 80, ">" * 500_000,
     "<b>" * 160_000, ("Warnings: " + "death, " * 850 + "\n") * 80, "A/N: " + ("no " * 1_900 + "death\n") * 85, "*" * 500_000,
     ("[" * 5_000 + "\n") * 90, ("Title: x (" + "Aa " * 1_900 + "\n") * 85, ("(" * 2_000 + ")" * 2_000 + "\n") * 120,
     ("Pairing: " + "a/" * 2_900 + "\n") * 80, ("Pairing: " + "a & " * 1_400 + "\n") * 80, ("Rating: " + "PG " * 1_900 + "\n") * 80,
     "Subject: " + "[a" * 2_900 + "\n" + "x\n" * 200_000, ("\t" * 5_000 + "x\n") * 90, ("Warnings: " + "a" * 5_900 + "\n") * 80,
     ("no profit " * 90 + "\n\n") * 500, ("fic " * 1_400 + "by " * 100 + "\n") * 80],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_half_a_million_characters_are_read_at_once(hostile):
    began = time.process_time()
    read(hostile)

    assert time.process_time() - began < QUICK


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("G", ["general-audience"]), ("U", ["general-audience"]), ("K", ["general-audience"]), ("FRC", ["general-audience"]),
        ("PG", ["teen"]), ("PG-13", ["teen"]), ("K+", ["teen"]), ("T", ["teen"]), ("FRT", ["teen"]), ("12", ["teen"]),
        ("R", ["mature"]), ("hard R", ["mature"]), ("M", ["mature"]), ("FRM", ["mature"]), ("R-15", ["mature"]),
        ("NC-17", ["explicit"]), ("NC17", ["explicit"]), ("MA", ["explicit"]), ("FRAO", ["explicit"]), ("adult", ["explicit"]),
        ("FRMAO", ["explicit"]), ("XXX", ["explicit"]), ("18+", ["explicit"]), ("unrated", ["notrated"]),
        ("PG-13 to R", ["teen", "mature"]), ("R/NC-17", ["mature", "explicit"]), ("**NC-17**", ["explicit"]),
        ("R (for violence, not for children)", ["mature"]), ("whatever you like", []),
    ],
)  # fmt: skip
def test_a_rating_of_an_old_system_is_one_of_ours(words, codes):
    assert [code for code, _word in ratings.in_value(words)] == [f"rating-{code}" for code in codes]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("graphic violence, torture", [("violence", "graphic violence"), ("violence", "torture")]),
        ("non-con", [("noncon", "non-con")]),
        ("mentions of past rape", [("noncon", "mentions of past rape")]),
        ("dark, please heed", [("choosenotto", "dark, please heed")]),
        ("no character death", []),
        ("contains no rape, but gore", [("violence", "gore")]),
        ("not betaed; a death", [("death", "a death")]),
        ("fluff", []),
    ],
)
def test_a_phrase_leads_to_a_warning_with_the_words_round_it(words, found):
    assert [(code.removeprefix("warning-"), led) for code, led in warnings_in(words)] == found


@pytest.mark.parametrize("words", ["none", "None.", "n/a", "No warnings apply", "None that I can think of", "nothing at all"])
def test_no_warnings_is_said_in_many_ways(words):
    assert says_no_warnings(words)


@pytest.mark.parametrize("words", ["none, but please heed the rating", "no rape", "non-con", "nobody survives"])
def test_half_a_promise_is_none(words):
    assert not says_no_warnings(words)


@pytest.mark.parametrize(
    ("written", "fandoms"),
    [
        ("The Hook (TV)", ["The Hook (TV)"]),
        ("The Hook (TV 2004), Brine (Video Game)", ["The Hook (TV 2004)", "Brine (Video Game)"]),
        ("The Hook (the first season only)", ["The Hook"]),
        ("The Hook (not mine)", ["The Hook"]),
    ],
)
def test_a_bracket_that_tells_two_of_one_name_apart_stays_with_the_name(written, fandoms):
    story = read(f"Title: Ninth Lamp\nFandom: {written}\nRating: PG\n\nThe lamp went out at four.\n")

    assert list(story.proposals.fandoms) == fandoms
