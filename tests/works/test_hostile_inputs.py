"""Hostile inputs where people and machines can really send them: never a 500, never a lost word, never a page out of shape.

What the cleaner and the line reader make of each is tested in tests/text; here they come through forms, addresses, headers
and bodies.
"""

import contextlib
import gzip
import re
import time
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import transaction
from django.urls import get_resolver, reverse
from selectolax.lexbor import LexborHTMLParser

from archive.works.models import TEXT_LENGTH, Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.house.test_no_text_before_its_warnings import every_address
from tests.text import hostile
from tests.text.rows import rows
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

FOUND, TAKEN, REFUSED = 200, 302, 422
URLENCODED = "application/x-www-form-urlencoded"  # as browsers send our forms; test clients send another kind
SECONDS = 10  # the rows say 2; a machine that runs everything at once is given five times that
LINES = ["title", "chapter_title", "series", "tags_freeform"]
LONGEST_LINE_TRIED = 20_000
NOTES = {"summary": 1_250, "notes": 5_000, "endnotes": 5_000, "content_notes": 5_000}

TEXTS = {name: make() for name, make in hostile.TEXTS.items()}
MARKUP = {name: make() for name, make in hostile.MARKUP.items()}
WORDS = TEXTS | MARKUP

# Refused in whatever line they stand, with a sentence beside it.
NO_LINES = {
    "nul_in_title", "c0_c1_controls", "xml_forbidden", "bidi_override", "zero_width_name", "invisible_title", "zalgo_1",
    "noncharacters", "tag_chars_flags", "rtl_mark_username", "emoji_zwj_long", "sql_like_wild",
}  # fmt: skip
# Good for a title, and refused as a tag: a character that tags cannot hold, or too long.
NO_TAGS = {"crlf_filename", "format_string", "csv_formula", "tsquery_syntax", "long_tag"}
# Refused as the text of a chapter: what no character is, or deeper, longer or with more attributes than a text may have.
NO_TEXTS = {
    "nul_in_title", "max_plus_one", "nest_div_512", "nest_div_2000", "nest_div_10000", "nest_div_100000", "nest_li_2000",
    "nest_li_20000", "attrs_50k",
}  # fmt: skip
# Refused at the length tried for what they are: too deep, or growing to several times what was typed.
NO_TEXTS_AT_LENGTH = {"nest_b", "nest_blockquote", "adoption_agency", "a_p_misnest", "amp_flood", "inline_span_newlines"}
# Tried at the full length of a chapter; the others at an eighth of it, since tests/text has them whole.
IN_FULL = {"one_word", "newline_flood", "lt_flood", "attrs_50k", "max_plus_one", "nest_div_100000"}
LENGTH_TRIED = 60_000
# What would break out of the place where it stands.
BREAKING_OUT = {
    "bidi_unclosed_body", "bidi_override", "textarea_close", "comment_unclosed", "cdata", "script_close_json", "class_hijack",
    "name_clobber", "format_string", "crlf_filename", "xml_forbidden", "noncharacters", "zalgo_1",
}  # fmt: skip
# What is made longer on its way into a column: a title with its numbers padded, or in lower case; a tag's key.
GROWING = {
    "numbers, each padded": ("title", "1 " * 127 + "1"),
    "letters that lower case doubles": ("title", "İ" * 255),
    "a sign that stands for a sentence": ("tags_freeform", "ﷺ" * 150),
    "a series of such signs": ("series", "ﷺ" * 255),
}


def page(response):
    return LexborHTMLParser(response.content.decode())


def is_in_shape(response):
    """Say whether a page has its colophon where it belongs, and its form for writing, if any, whole."""
    shown = page(response)
    forms = shown.css("form#writing")
    has_buttons = all(form.css_first("button[name=action][value=preview]") for form in forms)
    return len(shown.css("body > #outer > footer.colophon")) == 1 and len(forms) < 2 and has_buttons


def send(client, author, **typed):
    """Send the form for a new work with these things typed, as a browser does, and see that it is answered in time."""
    sent = form_of(author) | {"action": "save"} | typed
    began = time.monotonic()
    response = client.post(reverse("work_new"), urlencode(sent, doseq=True), content_type=URLENCODED)
    assert time.monotonic() - began < SECONDS
    return response


# What programs are told of a query that makes no sense, or that only members may ask, is among these.
FINE = {200, 302, 400, 401, 403, 404, 405, 422, 429}


def outcome(client, method, address, **sent):
    """Answer the status of an answer, or what went wrong on the way; the database is left as it was."""
    try:
        with transaction.atomic():
            answer = getattr(client, method)(address, **sent)
            status = answer.status_code
            list(answer if answer.streaming else ())  # a file is closed once it was read
            transaction.set_rollback(True)
    except Exception as mistake:  # noqa: BLE001 # whatever it is, a reader would have got a 500
        return f"{type(mistake).__name__}: {mistake}"
    return status


# Forms


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if len(text) <= LONGEST_LINE_TRIED])
def test_a_hostile_line_is_taken_or_refused_beside_its_field(client, author, name):
    refused = set(LINES) if name in NO_LINES else {"tags_freeform"} & ({"tags_freeform"} if name in NO_TAGS else set())
    if name == "many_tags":  # too many for a work only once they are counted together
        refused = set(LINES) - {"tags_freeform"}

    response = send(client, author, **dict.fromkeys(LINES, TEXTS[name]))

    assert response.status_code == (REFUSED if refused else TAKEN)
    if refused:
        assert set(response.context["form"].errors) == refused
        assert [response.context["form"][line].value() for line in LINES] == [TEXTS[name]] * len(LINES)
    else:
        assert not re.search(r"[\x00-\x1f]", Work.objects.get().title + Series.objects.get().title)


def test_2000_tags_are_more_than_a_work_may_have(client, author):
    response = send(client, author, tags_freeform=TEXTS["many_tags"])

    assert response.status_code == REFUSED
    assert "a work can have 75" in str(response.context["form"].errors)
    assert response.context["form"]["tags_freeform"].value() == TEXTS["many_tags"]


@pytest.mark.parametrize("name", GROWING)
def test_a_line_that_grows_on_its_way_is_kept_as_typed(client, author, name):
    field, line = GROWING[name]

    response = send(client, author, **{field: line})

    assert response.status_code == TAKEN


@pytest.mark.parametrize("name", WORDS)
def test_a_hostile_text_is_shown_or_refused_with_every_word_kept(client, author, name):
    longest = LENGTH_TRIED if name not in IN_FULL else TEXT_LENGTH + (name in NO_TEXTS)
    text = WORDS[name][:longest]
    refused = name in NO_TEXTS | NO_TEXTS_AT_LENGTH

    response = send(client, author, text=text, action="preview")

    assert response.status_code == (REFUSED if refused else FOUND), response.context["form"].errors
    assert list(response.context["form"].errors) == (["text"] if refused else [])
    assert response.context["form"]["text"].value() == text
    assert is_in_shape(response)


@pytest.mark.parametrize("name", ["cjk_max_urlencoded", "emoji_max_urlencoded"])
def test_a_text_of_full_length_is_kept_from_a_browsers_form(client, author, name):
    assert send(client, author, text=WORDS[name]).status_code == TAKEN


def test_one_character_too_many_is_told_with_the_count(client, author):
    response = send(client, author, text="x" * (TEXT_LENGTH + 1))

    assert response.status_code == REFUSED
    assert "500001 characters long, 1 more than" in response.context["form"].errors["text"][0]


@pytest.mark.parametrize("field", NOTES)
def test_notes_that_are_too_long_are_refused_beside_their_field(client, author, field):
    typed = "&lt;" * NOTES[field]

    response = send(client, author, **{field: typed})

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == typed


@pytest.mark.parametrize("name", sorted(BREAKING_OUT))
def test_nothing_breaks_out_of_the_place_where_it_stands(client, author, name):
    words = dict.fromkeys(["text", *NOTES], f"Before. {WORDS[name]} After the word.")
    work = client.get(send(client, author, **words).url)
    edit = client.get(reverse("work_edit", args=[Work.objects.get().pk]))

    assert is_in_shape(work)
    assert is_in_shape(edit)
    assert "After the word." in page(work).css_first("#chapters .userstuff").text()
    assert [edit.context["form"][field].value() for field in words] == [words["text"].replace("\r\n", "\n")] * len(words)
    assert not page(work).css(".userstuff :is([id]:not(#work), [name], .btn, .modal, script)")


def test_a_text_cannot_turn_the_direction_of_the_page(client, author):
    shown = page(client.get(send(client, author, text=MARKUP["bidi_unclosed_body"]).url))

    assert shown.css_first("#chapters .userstuff").attributes["dir"] == "ltr"
    assert "\u202e" not in shown.css_first("title").text() + shown.css_first("footer").text()


# Addresses and their queries

HUGE = [2**63, 10**30, int("9" * 4_000)]
ODD_PARTS = ["%00", "a%00b", "%ED%A0%80", "%C0%AF", "..%2f..%2fetc%2fpasswd", "%E2%80%AE", "%0d%0aX-Header:y", "x" * 3_000]
ODD_NUMBERS = ["0", "-1", "1e400", "%00", "99999999999999999999", "9" * 5_000, "²", "٣", "1.5", "", "NaN", "5000", "5001", "1'--"]
QUERIES = {
    "nul_percent_in_query": ["term=%00&view_full_work=%00&next=%00&show_warnings=%00&x%00=1", "term=a%00b&page=%00"],
    "huge_int_page": ["page=99999999999999999999"],
    "negative_page": ["page=-1"],
    "deep_offset": ["page=5000"],
    "floatformat": ["page=1e1000000"],
    "many_params": ["&".join(f"a{number}=1" for number in range(1_001))],
}


def addresses(work):
    """Yield each address of the archive that has no part to fill, and the listings and pages of one work."""
    for route, _pattern in every_address(get_resolver().url_patterns):
        if not route.startswith("admin/") and "<" not in route and "^" not in route:
            yield f"/{route}"
    person = work.pseuds.get().user.username
    yield from (work.get_absolute_url(), f"{work.get_absolute_url()}/navigate", Series.objects.get().get_absolute_url())
    yield from (f"/users/{person}", f"/users/{person}/works", f"/users/{person}/pseuds/{person}")
    yield from ("/tags/Fog/works", "/languages/en/works", "/autocomplete/tag", "/autocomplete/fandom")


@pytest.mark.parametrize("name", QUERIES)
def test_a_hostile_query_gets_an_answer_from_every_address(client, name):
    work = make_work(series="The Lamp", tags={"freeform": ["Fog"]})
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    tried = [(address, query) for address in addresses(work) for query in QUERIES[name]]
    asked = {f"{address}?{query[:60]}": outcome(client, "get", f"{address}?{query}") for address, query in tried}

    assert {address: status for address, status in asked.items() if status not in FINE} == {}
    assert len(asked) > 20


@pytest.mark.parametrize("number", ODD_NUMBERS)
@pytest.mark.parametrize("address", ["/works", "/tags/Fog/works"])
def test_a_page_that_is_no_number_of_a_page_is_not_there(client, address, number):
    make_work(tags={"freeform": ["Fog"]})

    said = {"%00": HTTPStatus.BAD_REQUEST, "": HTTPStatus.OK}.get(number, HTTPStatus.NOT_FOUND)  # an empty one names none
    assert client.get(f"{address}?page={number}").status_code == said


def test_a_thousand_parameters_are_refused(client):
    assert client.get(f"/works?{QUERIES['many_params'][0]}").status_code == 400


def filled():
    """Yield each address of the archive that has a part to fill, with the odd parts and the huge numbers in it."""
    for route, _pattern in every_address(get_resolver().url_patterns):
        if route.startswith("admin/") or "<" not in route or "(?P" in route:
            continue
        for part, number in [*((part, HUGE[0]) for part in ODD_PARTS), *(("x", number) for number in HUGE)]:
            yield "/" + re.sub(r"<(\w+:)?\w+>", part, re.sub(r"<int:\w+>", str(number), route))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["guest", "member"])
def test_an_address_filled_with_anything_gets_an_answer(client, who, method):
    if who == "member":
        client.force_login(UserFactory(is_staff=True, is_superuser=True))

    asked = {address[:90]: outcome(client, method, address) for address in set(filled())}

    assert {address: status for address, status in asked.items() if not isinstance(status, int) or status >= 500} == {}
    assert len(asked) > 100


def test_an_id_beyond_every_number_is_not_there(client):
    asked = [client.get(f"/works/{number}{rest}").status_code for number in HUGE for rest in ("", "/navigate", "/chapters/1")]

    assert set(asked) == {404}


@pytest.mark.parametrize("model", ["kind", "language"])
def test_the_administration_takes_no_nul_either(client, model):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert outcome(client, "get", f"/admin/archive/{model}/a%00b/change/") in {302, 400, 404}


# Headers and bodies

HEADERS = {
    "accept_language_flood": {"HTTP_ACCEPT_LANGUAGE": "en-" * 100_000 + ",de;q=0.1" * 50_000},
    "range_flood": {"HTTP_RANGE": "bytes=" + ",".join(f"{number}-" for number in range(20_000))},
    "host_header": {"HTTP_HOST": "evil.example"},
    "xfwd_host": {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"},
    "xff_spoof": {"HTTP_X_FORWARDED_FOR": "\x00, 999.1.1.1, <script>, " + "1.2.3.4, " * 5_000},
}
BYTES = {
    "invalid_utf8_body": [b"title=%FF%FE&text=%80", b"title=\xff\xfe\x80", b"\xff\xfe=1"],
    "overlong_utf8": [b"title=%C0%AF&text=%C0%80", b"title=\xc0\xaf"],
}
REQUESTS = {"gzip_bomb_body": gzip.compress(bytes(50_000_000))}


@pytest.mark.parametrize("name", ["accept_language_flood", "range_flood", "xfwd_host", "xff_spoof"])
@pytest.mark.parametrize("address", ["/works", "/static/css/archive.css", "/users/login"])
def test_a_header_that_nobody_asked_for_changes_no_answer(client, address, name):
    began, worked = time.monotonic(), time.process_time()
    with contextlib.closing(client.get(address, **HEADERS[name])) as answer:
        said = answer.getvalue() + str(answer.headers).encode()

    assert time.process_time() - worked < SECONDS / 5
    assert time.monotonic() - began < SECONDS
    assert answer.status_code in {200, 206, 416}
    assert b"evil.example" not in said


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8000@evil.example", "a b", "\x00", "x" * 5_000, "[::1", ""])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/works", HTTP_HOST=host).status_code == 400


def test_a_reset_mail_names_only_the_archives_own_address(client):
    person = UserFactory(email="heron@example.com")

    client.post(reverse("account_reset_password"), {"email": person.email}, **HEADERS["xfwd_host"])

    assert len(mail.outbox) == 1
    assert "evil.example" not in mail.outbox[0].body


READ_HEADERS = ["HTTP_REFERER", "HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_ACCEPT", "CONTENT_LENGTH", "CONTENT_TYPE"]
RUBBISH = ["\x00", "http://[", "x" * 9_000, "sessionid=\x00; consent=e30:1:x; choices=.; theme=\xff", "text/\xff"]


@pytest.mark.parametrize("header", READ_HEADERS)
def test_a_header_of_rubbish_is_no_mistake_of_ours(client, header):
    address = make_work(rating="Explicit").get_absolute_url()

    assert {outcome(client, "get", address, **{header: value}) for value in RUBBISH} <= {200, 400}


@pytest.mark.parametrize("name", BYTES)
def test_a_body_that_is_no_text_is_refused_or_read_as_far_as_it_goes(client, author, name):
    work = make_work(by=author)
    own = [f"{work.get_absolute_url()}/{rest}" for rest in ("edit", "chapters/new", "chapters/manage", "consent")]
    tried = [(address, body) for address in ["/works/new", "/theme", "/preferences/warnings", *own] for body in BYTES[name]]
    sent = {"content_type": URLENCODED, "headers": {"Sec-Fetch-Site": "same-origin"}}

    asked = {(address, body): outcome(client, "post", address, data=body, **sent) for address, body in tried}

    assert {key: status for key, status in asked.items() if status not in {200, 302, 400, 409, 422}} == {}


@pytest.mark.parametrize(
    "kind", [URLENCODED, "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/\x00"]
)
@pytest.mark.usefixtures("author")
def test_a_packed_body_is_not_unpacked(client, kind):
    sent = {"data": REQUESTS["gzip_bomb_body"], "content_type": kind, "HTTP_CONTENT_ENCODING": "gzip"}

    assert outcome(client, "post", "/works/new", **sent) in {200, 400, 415, 422}
    assert not Work.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"shown": ",".join(["9" * 18] * 300), "next": "//evil.example"},
        {"shown": "٣,²,-1,,1e9,%00", "next": "https://evil.example\\@127.0.0.1"},
        {"shown": "\x00", "next": "\x00", "remember": "\x00"},
        {"shown": "9" * 5_000, "next": "javascript:alert(1)", "remember": "1"},
    ],
)
@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_consent_made_of_anything_leads_to_the_work_alone(client, who, sent):
    work = make_work(rating="Explicit")
    if who == "member":
        client.force_login(UserFactory())

    response = client.post(reverse("work_consent", args=[work.pk]), sent)

    assert response.url == work.get_absolute_url()


HIDDEN = {
    "pseuds": ["9" * 30, "\x00", "-1", "x"], "language": ["\x00", "x" * 9_999],
    "tags_rating": ["\x00", "x"], "tags_warning": ["\x00"],
    "series_position": ["9" * 5_000, "-1", "1e9"], "expected_chapters": ["9" * 30, "٣"], "version": ["9" * 5_000, "x"],
    "text_version": ["9" * 30], "key": ["x", "\x00", "0" * 32], "action": ["\x00", "delete"], "is_restricted": ["\x00"],
}  # fmt: skip


@pytest.mark.parametrize("field", HIDDEN)
def test_a_choice_that_was_never_offered_is_refused_and_nothing_typed_is_lost(client, author, field):
    work = make_work(by=author)
    edit = reverse("work_edit", args=[work.pk])
    whole = form_of(author) | {"action": "save", "version": 1, "text_version": 1}
    sent = [whole | {field: value} for value in HIDDEN[field]]

    asked = [outcome(client, "post", address, data=one) for one in sent for address in (reverse("work_new"), edit)]

    assert set(asked) <= {TAKEN, 409, REFUSED}


def test_every_row_that_concerns_forms_addresses_headers_and_bodies_is_tried():
    listed = {row["name"]: row["kind"] for row in rows("hostile_inputs")}
    made = {"text": TEXTS, "html": MARKUP, "query": QUERIES, "header": HEADERS, "bytes": BYTES, "request": REQUESTS}
    tried = {(name, kind) for kind, names in made.items() for name in names} | {("huge_int_id", "path")}

    assert {(name, kind) for name, kind in listed.items() if kind not in {"file", "json", "list"}} == tried
