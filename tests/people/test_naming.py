"""People have names that nobody else can pass for."""

import pytest

from archive.people import naming
from archive.text import lines


@pytest.mark.parametrize("name", ["abc", "Mithril_Owl", "x" * 40, "a1_2b", "007"])
def test_a_proper_user_name_is_kept_as_typed(name):
    assert naming.username(f" {name} ") == name


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", naming.TooShort),
        ("ab", naming.TooShort),
        ("x" * 41, lines.TooLong),
        ("_abc", naming.UnderscoreAtEnd),
        ("abc_", naming.UnderscoreAtEnd),
        ("a b", naming.OnlyPlainLetters),
        ("a-b-c", naming.OnlyPlainLetters),
        ("naïve", naming.OnlyPlainLetters),
        ("\u0430dmin", naming.OnlyPlainLetters),
        ("ａｄｍｉｎ", naming.OnlyPlainLetters),
        ("\u200fadmin", naming.OnlyPlainLetters),
        ("abc\x00", naming.OnlyPlainLetters),
        ("٣٣٣", naming.OnlyPlainLetters),
        ("admin", naming.Reserved),
        ("Orphan_Account", naming.Reserved),
        ("ANONYMOUS", naming.Reserved),
        ("mod_era_tor", naming.Reserved),
    ],
)
def test_an_improper_user_name_is_refused_by_name(raw, refusal):
    with pytest.raises(refusal) as refused:
        naming.username(raw)

    assert str(refused.value)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("x", "x"),
        ("  Mithril   Owl ", "Mithril Owl"),
        ("L'Étoile", "L'Étoile"),
        ("墨香銅臭", "墨香銅臭"),
        ("Анна", "Анна"),
        ("Анна Smith", "Анна Smith"),
        ("🦉 owl-ish_", "🦉 owl-ish_"),
        ("Ｏｗｌ", "Owl"),
        ("カゼ no tani", "カゼ no tani"),
    ],
)
def test_a_pseud_may_be_in_any_script(raw, name):
    assert naming.pseud_name(raw) == name
    assert naming.pseud_name(name) == name


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", lines.Invisible),
        ("\u3164", lines.Invisible),
        ("x" * 41, lines.TooLong),
        ("\ufdfa" * 40, lines.TooLong),
        ("a/b", naming.BreaksAddresses),
        ("a.b", naming.BreaksAddresses),
        ("what？", naming.BreaksAddresses),
        ("owl (admin)", naming.BreaksAddresses),
        ("a,b", naming.BreaksAddresses),
        ("p\u0430yp\u0430l", naming.MixedScripts),
        ("\u0430dmin", naming.MixedScripts),
        ("\u03bfwl", naming.MixedScripts),
        ("ad\u200dmin", lines.HiddenCharacter),
        ("a\u202eb", lines.ReordersText),
    ],
)
def test_an_improper_pseud_is_refused_by_name(raw, refusal):
    with pytest.raises(refusal) as refused:
        naming.pseud_name(raw)

    assert str(refused.value)
