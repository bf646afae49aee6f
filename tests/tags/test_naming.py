"""Tags have names that can be read, told apart and put into addresses."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.tags import naming
from archive.text import lines


@pytest.mark.parametrize(
    "name",
    [
        "Steve Rogers/Tony Stark",
        "M/M",
        "Dr. Who? & #1",
        "魔道祖师",
        "x" * 150,
        "don't",
        "<3"[1:],
    ],
)
def test_a_proper_name_is_kept(name):
    assert naming.tag_name(f"  {name} ") == name


@pytest.mark.parametrize("character", list(",，、*<>^{}=`\\%"))
def test_a_forbidden_character_is_named(character):
    with pytest.raises(naming.ForbiddenCharacter) as refusal:
        naming.tag_name(f"a{character}b")

    assert refusal.value.character == character
    assert character in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("x" * 151, lines.TooLong),
        ("\u200b", lines.Invisible),
        ("a\u202e", lines.ReordersText),
    ],
)
def test_a_name_follows_the_rules_of_one_line(raw, refusal):
    with pytest.raises(refusal):
        naming.tag_name(raw)


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("", []),
        (" , ,, ", []),
        ("Fluff, Angst", ["Fluff", "Angst"]),
        ("甲，乙、丙,丁", ["甲", "乙", "丙", "丁"]),
        ("Hurt  Comfort,hurt comfort,HURT COMFORT", ["Hurt Comfort"]),
        ("Pokémon, pokemon, Digimon", ["Pokémon", "Digimon"]),
        ("b, a, b", ["b", "a"]),
    ],
)
def test_a_field_is_split_into_names_in_order_without_repeats(raw, names):
    assert naming.split_names(raw) == names


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Steve/Tony", "Steve*s*Tony"),
        ("Q&A", "Q*a*A"),
        ("Dr. Who?", "Dr*d* Who*q*"),
        ("#1", "*h*1"),
        ("//", "*s**s*"),
        ("..", "*d**d*"),
    ],
)
def test_a_name_stands_in_an_address_with_the_known_escapes(name, part):
    assert naming.to_path(name) == part
    assert naming.from_path(part) == name


@given(st.text(alphabet=st.characters() | st.sampled_from("/&.?#sadqh "), max_size=150))
def test_every_name_comes_back_out_of_its_address(raw):
    try:
        name = naming.tag_name(raw)
    except ArchiveError:
        assume(False)

    part = naming.to_path(name)

    assert naming.from_path(part) == name
    assert not set(part) & set("/?#&.")
