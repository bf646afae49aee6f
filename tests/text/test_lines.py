"""One-line fields take what can be read, and say what cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import lines
from archive.text.lines import one_line
from tests.text import hostile

LONGEST = 255


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  The   Long\tRoad\n", "The Long Road"),
        ("x\r\nBcc: victim@example.org", "x Bcc: victim@example.org"),
        ("Poke\u0301mon", "Pokémon"),
        ("a\u2028b\u00a0c\u3000d", "a b c d"),
        ("4 > 3 and 2 < 5 <3", "4 > 3 and 2 < 5 <3"),
        ("می\u200cروم", "می\u200cروم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀 flies", "👩\u200d🚀 flies"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", None),
        ("שלום\u200f!", None),
        ("e\u0301\u0323\u0302", None),
        ("©", "©"),
    ],
)
def test_a_readable_line_is_kept_with_its_spaces_squished(raw, line):
    made = one_line(raw, longest=LONGEST)

    assert line is None or made == line
    assert one_line(made, longest=LONGEST) == made


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", lines.Invisible),
        (" \u3000\t", lines.Invisible),
        (hostile.TEXTS["zero_width_name"](), lines.Invisible),
        (hostile.TEXTS["invisible_title"](), lines.Invisible),
        ("\u0301\u0302", lines.Invisible),
        (hostile.TEXTS["nul_in_title"](), lines.Unreadable),
        (hostile.TEXTS["c0_c1_controls"](), lines.Unreadable),
        (hostile.TEXTS["noncharacters"](), lines.Unreadable),
        (hostile.TEXTS["xml_forbidden"](), lines.Unreadable),
        ("a\ud800", lines.Unreadable),
        (hostile.TEXTS["bidi_override"](), lines.ReordersText),
        (hostile.TEXTS["rtl_mark_username"](), lines.HiddenCharacter),
        (hostile.TEXTS["tag_chars_flags"](), lines.HiddenCharacter),
        ("ad\u200bmin", lines.HiddenCharacter),
        ("ad\u200dmin", lines.HiddenCharacter),
        ("\u200dक", lines.HiddenCharacter),
        ("a\u3164b", lines.HiddenCharacter),
        ("a\u2800b", lines.HiddenCharacter),
        ("soft\u00adhyphen", lines.HiddenCharacter),
        ("a\U000e0067\U000e007f", lines.HiddenCharacter),
        (hostile.TEXTS["zalgo_1"](), lines.HiddenCharacter),
        ("Z" + "\u0336\u0353" * 20, lines.TooManyMarks),
        (hostile.TEXTS["zalgo_flood"](), lines.TooLong),
        ("x" * 256, lines.TooLong),
        ("x" * 1_000_000, lines.TooLong),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_by_name(raw, refusal):
    with pytest.raises(refusal) as refused:
        one_line(raw, longest=LONGEST)

    assert str(refused.value)


def test_a_refused_length_is_told_with_the_limit():
    with pytest.raises(lines.TooLong, match=r"256.*255"):
        one_line("x" * 256, longest=255)


def test_a_refused_character_is_named_by_its_code():
    with pytest.raises(lines.ReordersText, match="U\\+202E"):
        one_line("a\u202eb", longest=255)


@given(st.text(max_size=300))
def test_what_is_kept_stays_as_it_is_and_can_be_stored(raw):
    try:
        made = one_line(raw, longest=LONGEST)
    except lines.LineRefused:
        return

    assert one_line(made, longest=LONGEST) == made
    assert 0 < len(made) <= LONGEST
    assert made.isprintable() or made.encode()
    assert "\n" not in made
    assert "\0" not in made
