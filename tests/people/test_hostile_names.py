"""Names that were made to break something, as username, pseud, address, password and note."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import UserFactory
from tests.people.signing_up import sign_up

pytestmark = pytest.mark.usefixtures("open_archive")

# One for each kind of text in the project's list of hostile inputs that can stand where a name is asked for.
HOSTILE = {
    "nul": "he\x00ron",
    "c0_c1_controls": "he\x01\x1b\x85\x9fron",
    "xml_forbidden": "he\ufffe\uffff\x0bron",
    "bidi_override": "he\u202enor\u202c",
    "bidi_isolate": "he\u2066ron\u2069",
    "zero_width_name": "\u200b\u200c\u200d\ufeff",
    "invisible_title": "\u2800\u3164\u115f",
    "zalgo": "he" + "\u0301\u0322\u0489" * 300 + "ron",
    "homograph_user": "hеrоn",
    "fullwidth_user": "ａｄｍｉｎ",
    "turkish_i": "ADMİN ı",
    "kelvin_sign": "\u212aing",
    "noncharacters": "he\ufdd0\U0001ffffron",
    "tag_characters": "he\U000e0068\U000e0065ron",
    "rtl_mark": "heron\u200f",
    "emoji_zwj_long": "👩‍👩‍👧‍👦" * 60,
    "crlf_header": "heron\r\nBcc: everybody@example.com",
    "path": "../../etc/passwd",
    "format_string": "{0.__class__} %s %(x)s {{ user }} {% debug %}",
    "csv_formula": "=cmd|'/c calc'!A1",
    "sql_like_wild": "%_%_%",
    "quote": "'; DROP TABLE archive_user; --",
    "regex_meta": "(((a+)+)+)+$",
    "markup": '"><script>alert(1)</script>',
    "long": "x" * 100_000,
    "one_dot": ".",
    "new": "new",
}
ANSWERED = {200, 302, 400, 422}
names = pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())


@names
def test_as_a_username(client: Client, name: str) -> None:
    assert sign_up(client, username=name).status_code in ANSWERED


@names
def test_as_an_address(client: Client, name: str) -> None:
    for email in (name, f"{name}@example.com", f"heron@{name}.example"):
        assert sign_up(client, email=email).status_code in ANSWERED
        assert client.post(reverse("account_reset_password"), {"email": email}).status_code in {*ANSWERED, 429}


@names
def test_as_a_log_in(client: Client, name: str) -> None:
    UserFactory(username="heron")

    assert client.post("/users/login", {"user[login]": name, "user[password]": name, "next": name}).status_code == 200


@names
def test_as_a_pseud_with_words_about_it(client: Client, name: str) -> None:
    client.force_login(UserFactory(username="heron"))

    made = client.post("/users/heron/new-pseud", {"name": name, "about_source": name[:500], "key": str(uuid.uuid4())})
    pages = [client.get("/users/heron/pseuds")]
    pages += [client.get(link) for link in _links(pages[0].content.decode()) if link.endswith(("/edit", "/delete"))]

    assert made.status_code in ANSWERED
    assert {page.status_code for page in pages} == {200}
    assert "<script>alert" not in pages[0].content.decode()


@names
def test_as_whom_an_invitation_is_for(client: Client, name: str) -> None:
    client.force_login(UserFactory(is_staff=True))

    assert client.post("/settings/invitations", {"note": name, "key": name}).status_code in ANSWERED


@pytest.mark.parametrize("body", [b"username=he%ED%A0%80ron", b"username=he%C0%AFron", b"username=%FF%FE", b"user\x00name=1"])
@pytest.mark.parametrize("path", ["/users/signup", "/users/login", "/users/password/reset"])
def test_as_bytes_that_are_no_text(client: Client, path: str, body: bytes) -> None:
    answer = client.post(path, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in ANSWERED


def _links(html: str) -> list[str]:
    return [part.split('"', 1)[0] for part in html.split('href="')[1:]]
