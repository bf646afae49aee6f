"""Coming from old files: from a plain text to a filled form, where nothing is chosen that readers are warned by."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.tags import wrangling
from archive.tags.models import Tag
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

IMPORT = "/works/new?import=true"
STORY = """Title: Undertow
Fandom: Harbour Lights
Pairing: Ada x Bo
Characters: Ada, Bo
Rating: NC-17
Warnings: graphic violence, torture; non-con. Dark, please heed
Disclaimer: Not mine.
Genre: angst
Summary: Ada cannot swim.

This fic is AU.

***

Ines Calder came down to the water. Ines said nothing.

***

The tide was out.
"""
HEADER, TEXT = STORY.split("***\n\n", 1)


@pytest.fixture
def known(author):
    """A fandom and a character of it whom the archive knows, also under another name."""
    operator = UserFactory(is_staff=True, is_superuser=True)
    make_work(fandoms=("The Lighthouse Keepers (TV)",), tags={"character": ["Ines Calder", "Ines C"]})
    fandom, ines, other = (Tag.objects.get(name=name) for name in ("The Lighthouse Keepers (TV)", "Ines Calder", "Ines C"))
    wrangling.make_canonical(fandom, by=operator)
    wrangling.make_canonical(ines, by=operator)
    wrangling.change_parents(ines, add=[fandom], by=operator)
    wrangling.merge(other, into=ines, by=operator)
    return ines


def upload(client, content, **fields):
    raw = content if isinstance(content, bytes) else content.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile("story.txt", raw), **fields})


def values(response):
    """Answer what the fields of the page would send."""
    page = LexborHTMLParser(response.content.decode())
    sent = {
        node.attributes["name"]: node.attributes.get("value") or ""
        for node in page.css("#writing input[name]:not([type=radio], [type=checkbox])")
    }
    sent |= {
        node.attributes["name"]: node.text()[1:] if node.text()[:1] == "\n" else node.text()
        for node in page.css("#writing textarea[name]")
    }
    return sent


def led_to(response):
    """Answer what stands beside the fields: the name that is proposed, and the words that led to it."""
    page = LexborHTMLParser(response.content.decode())
    return [
        (node.css_first("strong").text() if node.css_first("strong") else "", node.css_first("q").text())
        for node in page.css(".found-words li:has(q)")
    ]


def test_the_page_is_where_it_is_on_ao3_and_the_form_leads_to_it(client, author):
    links = LexborHTMLParser(client.get(reverse("work_new")).content.decode()).css(".posting-way-in a")

    assert [link.attributes["href"] for link in links] == [IMPORT, reverse("files_import")]
    assert LexborHTMLParser(client.get(IMPORT).content.decode()).css_first("h1").text() == "Post an old story"


def test_the_header_fills_the_fields(client, author):
    sent = values(client.post(IMPORT, {"old_text": STORY}))

    names = (
        "title",
        "summary",
        "notes",
        "content_notes",
        "tags_fandom",
        "tags_relationship",
        "tags_character",
        "tags_freeform",
        "text",
    )
    assert [sent[name] for name in names] == [
        "Undertow", "Ada cannot swim.",
        "Disclaimer: Not mine.\n\nThis fic is AU.", "", "Harbour Lights", "Ada/Bo", "Ada, Bo", "", TEXT,
    ]  # fmt: skip


def test_nothing_is_ticked(client, author):
    page = LexborHTMLParser(client.post(IMPORT, {"old_text": STORY}).content.decode())

    ticked = [node.attributes["name"] for node in page.css("#writing [checked]")]
    assert ticked == ["pseuds"]


def test_rating_and_warnings_are_proposed_with_the_words_that_led_to_them(client, author):
    assert led_to(client.post(IMPORT, {"old_text": STORY})) == [
        ("Explicit", "NC-17"),
        ("Graphic Depictions Of Violence", "graphic violence; torture"),
        ("Rape/Non-Con", "non-con"),
        ("Creator Chose Not To Use Archive Warnings", "Dark, please heed"),
        ("", "graphic violence, torture; non-con. Dark, please heed"),
        ("", "angst"),
    ]


def test_the_lines_of_the_header_are_shown_and_nothing_is_kept(client, author):
    page = LexborHTMLParser(client.post(IMPORT, {"old_text": STORY}).content.decode())

    assert page.css_first(".found-lines").text().strip() == f"{HEADER}***".strip()
    assert not Work.objects.exists()


def test_the_header_can_be_put_back_into_the_text(client, author):
    sent = values(client.post(IMPORT, {"old_text": STORY}))

    response = client.post(reverse("work_new"), sent | {"action": "put_back", "title": "Changed by hand"})

    assert values(response)["text"] == STORY
    assert values(response)["title"] == "Changed by hand"
    assert not LexborHTMLParser(response.content.decode()).css(".found-lines")
    assert not Work.objects.exists()


def test_the_proposals_stay_beside_a_form_that_is_refused(client, author):
    first = client.post(IMPORT, {"old_text": STORY})

    refused = client.post(reverse("work_new"), values(first) | {"action": "post"})

    assert refused.status_code == 422
    assert led_to(refused) == led_to(first)


def test_what_comes_from_an_old_story_is_posted_as_any_work(client, author):
    sent = values(client.post(IMPORT, {"old_text": STORY}))
    chosen = {name: form_of(author)[name] for name in ("language", "pseuds", "tags_rating", "tags_warning")}

    client.post(reverse("work_new"), sent | chosen | {"action": "post"})

    work = Work.objects.get()
    assert (work.title, work.is_draft) == ("Undertow", False)
    assert "<hr>" in client.get(work.get_absolute_url(), {"view_adult": "true"}).content.decode()


def test_characters_whom_the_archive_knows_are_proposed_with_their_fandom(client, known):
    response = client.post(IMPORT, {"old_text": STORY})

    found = [(one.name, one.fandoms) for one in response.context["form"].known_characters()]
    assert found == [("Ines Calder", ("The Lighthouse Keepers (TV)",))]


def test_a_known_character_is_added_with_the_fandom(client, known):
    sent = values(client.post(IMPORT, {"old_text": STORY}))

    added = values(client.post(reverse("work_new"), sent | {"take_character": str(known.pk)}))

    assert added["tags_character"] == "Ada, Bo, Ines Calder"
    assert added["tags_fandom"] == "Harbour Lights, The Lighthouse Keepers (TV)"


@pytest.mark.parametrize("number", ["", "x", "0", "999999999999999999999", "1"])
def test_no_other_number_adds_a_thing(client, known, number):
    sent = values(client.post(IMPORT, {"old_text": STORY}))

    added = client.post(reverse("work_new"), sent | {"take_character": number})

    assert values(added)["tags_character"] == "Ada, Bo"


@pytest.mark.parametrize("names", [1, 3])
def test_characters_are_asked_for_once(client, author, django_assert_num_queries, names):
    for number in range(names):
        Tag.objects.create(name=f"Keeper{'ABC'[number]}", kind_id="character", is_canonical=True)
    form = client.post(IMPORT, {"old_text": "KeeperA, KeeperB, KeeperC."}).context["form"]

    with django_assert_num_queries(2):
        assert len(form.known_characters()) == names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("utf-8", "UTF-8 (Unicode)"),
        ("utf-8-sig", "UTF-8 (Unicode)"),
        ("utf-16", "UTF-16 (Unicode)"),
        ("cp1252", "Windows-1252 (Western)"),
    ],
)
def test_a_file_is_read_and_its_encoding_is_said(client, author, written, name):
    response = upload(client, "Title: Café\r\n\r\n“It’s dark,” she said.".encode(written))

    assert (values(response)["title"], values(response)["text"]) == ("Café", "“It’s dark,” she said.")
    assert name in response.content.decode()


def test_a_japanese_file_is_read(client, author):
    response = upload(client, "Title: 灯台\n\n夜が来た。それだけのことだった。".encode("cp932"))

    assert values(response)["title"] == "灯台"
    assert "Shift-JIS" in response.content.decode()


def test_who_knows_the_encoding_can_say_it(client, author):
    response = upload(client, "Title: Маяк\n\nСвет погас.".encode("koi8_r"), encoding="koi8_r")

    assert values(response)["title"] == "Маяк"


@pytest.mark.parametrize(
    ("content", "fields", "mistake"),
    [
        (b"", {}, ("file", "There is nothing in this file.")),
        (b" \r\n \n", {}, ("file", "There is nothing in this file.")),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {}, ("file", "This is no plain text.")),
        (b"a\x00b", {}, ("file", "This is no plain text.")),
        (b"\x81\x8d\x90", {}, ("file", "We cannot tell")),
        (b"caf\xe9", {"encoding": "utf-8"}, ("encoding", "not written in UTF-8")),
        (b"caf\xe9", {"encoding": "wrong"}, ("encoding", "Select a valid choice")),
        (b"a" * 500_001, {}, ("file", "500001 characters long, 1 more")),
        (b"a" * 2_100_000, {}, ("file", "This file is too long.")),
        (b"One.", {"old_text": "Two."}, ("file", "Give either a text or a file")),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(client, author, content, fields, mistake):
    response = upload(client, content, **fields)

    assert response.status_code == 422
    assert mistake[1] in response.context["form"].errors[mistake[0]][0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Paste your story"), (" \n ", "Paste your story"), ("a" * 500_001, "500001 characters long, 1 more"), ("a\x00b", "Null")],
)
def test_a_text_that_cannot_be_taken_is_refused_and_still_there(client, author, text, sentence):
    response = client.post(IMPORT, {"old_text": text})

    assert response.status_code == 422
    assert sentence in response.context["form"].errors["old_text"][0]
    assert response.context["form"]["old_text"].value() == text


@pytest.mark.parametrize("letter", ["字", "\N{FIRE}", "a"])
def test_a_text_of_full_length_is_taken_in_any_script(client, author, letter):
    response = client.post(IMPORT, {"old_text": (letter * 49 + "\n") * 10_000})

    assert response.status_code == 200
    assert len(response.context["form"]["text"].value()) == 500_000


def test_a_text_without_a_header_is_all_text(client, author):
    response = client.post(IMPORT, {"old_text": "The lamp went out.\n\n“Oh,” she said."})

    assert values(response)["text"] == "The lamp went out.\n\n“Oh,” she said."
    assert "none is taken for a header" in response.content.decode()


@pytest.mark.parametrize(("joins", "text"), [({}, "{0}\n{0}\nEnd.\n\n***"), ({"joins_lines": "on"}, "{0} {0} End.\n\n***")])
def test_lines_are_joined_only_where_that_is_asked(client, author, joins, text):
    line = "The lamp was lit before the ship was seen and after"

    response = client.post(IMPORT, {"old_text": f"Title: A\n\n{line}\n{line}\nEnd.\n\n***", **joins})

    assert values(response)["text"] == text.format(line)


def test_names_that_cannot_be_tags_are_not_filled_in(client, author):
    sent = values(
        client.post(IMPORT, {"old_text": f"Title: A\nFandom: B*C; Harbour Lights\nCharacters: {'x' * 151}, Ada\n\nText."})
    )

    assert (sent["tags_fandom"], sent["tags_character"]) == ("Harbour Lights", "Ada")


@pytest.mark.parametrize("header", ["\x00", "Title: " * 9_000, "\n" * 9_000, "Warnings: death\n" * 5_000, "<script>"])
def test_a_header_that_somebody_else_made_does_no_harm(client, author, header):
    response = client.post(reverse("work_new"), {"old_header": header, "text": "A text.", "action": "preview"})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_guests_are_sent_to_log_in_and_get_their_text_back(client):
    response = client.post(IMPORT, {"old_text": "Words that took a night. " * 20})

    assert (client.get(IMPORT).status_code, response.status_code) == (302, 401)
    assert "Words that took a night." in response.content.decode()
