"""Files that do not say how their letters are written."""

import pytest

from archive.text.decoding import ENCODINGS, NotDecoded, NotText, decode

WESTERN = "“It’s dark,” she said – and left the café."
JAPANESE = "灯台守の話。それは夜のことだった。"


@pytest.mark.parametrize(
    ("text", "written", "encoding", "is_guess"),
    [
        (WESTERN, "utf-8", "utf-8", False),
        (WESTERN, "utf-8-sig", "utf-8", False),
        (WESTERN, "utf-16", "utf-16", False),
        ("It’s dark.", "cp1252", "cp1252", True),
        (WESTERN, "cp1252", "cp1252", True),
        (JAPANESE, "cp932", "cp932", True),
        (f"Title: A\r\n\r\n{JAPANESE}", "cp932", "cp932", True),
        ("", "utf-8", "utf-8", False),
    ],
)
def test_a_file_is_read_as_it_is_written(text, written, encoding, is_guess):
    decoded = decode(text.encode(written))

    assert (decoded.text, decoded.encoding, decoded.is_guess) == (text, encoding, is_guess)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_whoever_knows_the_encoding_can_say_it(encoding):
    text = "The lamp" if encoding not in {"cp1251", "koi8_r"} else "Маяк"

    assert decode(text.encode(encoding), encoding).text == text


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04abc", "a\x00b".encode("utf-16")])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(NotText):
        decode(raw)


@pytest.mark.parametrize(
    ("raw", "encoding"), [(b"\x81\x8d\x90", ""), (WESTERN.encode("cp1252"), "utf-8"), (b"a\xff\xfe", "euc_jp")]
)
def test_what_cannot_be_read_is_refused(raw, encoding):
    with pytest.raises(NotDecoded):
        decode(raw, encoding)


def test_the_end_marks_of_old_systems_are_no_part_of_a_text():
    assert decode(b"One.\x0cTwo.\x1a").text == "One.Two."
