"""Invariant 1, attacked through every address of the URLconf, as a guest and as a member who have agreed to nothing."""

import io
import re
import uuid
import zipfile

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from archive.community.models import Bookmark
from archive.reading import marking
from archive.tags.models import Tag
from archive.tags.naming import to_path
from archive.transfer.answering import limits
from archive.transfer.feeding import keys
from archive.transfer.feeding.models import FeedKey
from archive.transfer.taking import formats
from archive.warnings.readers import ONCE
from archive.works.series import Series
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work
from tests.people.app_passwords import bearer, secret_of

pytestmark = pytest.mark.django_db

CANARY = "zqxcanaryzqx"
TEXT = f"<p>The {CANARY} sings in the lamp room, and nobody was warned.</p>"
TAKE_APP_PASSWORDS = ("/api/", "/downloads/", "/opds")
PLACE = re.compile(r"(?:(?P<noun>\w+)/)?<(?:\w+:)?(?P<name>\w+)>")  # one to be filled in an address, and what it is a number of
QUERIES = ["", "?view_full_work=true", "?show_warnings=true", "?style=light", "?page=1", "?format=json"]


def every_address(patterns, prefix=""):
    """Yield each pattern of the URLconf as one string, Django's own admin included."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern


@pytest.fixture(autouse=True)
def _asks_often(monkeypatch):
    """Have whoever asks the API as often as here be answered all the same."""
    monkeypatch.setattr(limits, "GUESTS", 1_000_000)
    monkeypatch.setattr(limits, "MEMBERS", 1_000_000)


@pytest.fixture
def planted():
    """Works whose words must not be met unwarned, and everything that addresses can be filled with."""
    author = UserFactory(username="keeper")
    work = make_work(
        by=author, text=TEXT, rating="Explicit", warnings=("Major Character Death",), expected_chapters=None,
        series="The Lamp", tags={"character": ["Ines Calder"]},
    )  # fmt: skip
    add_chapter(work, text=TEXT)
    draft = make_draft(by=author, text=TEXT)
    keep(work, notes="Of lamps.")
    marking.mark_for_later(work, by=author)
    keys.renew(by=author)
    return author, work, draft


def fillings(author, work, draft):
    """Answer, for each name that addresses use, the values to try."""
    works = [work.pk, draft.pk]
    chapters = [*work.chapters.values_list("pk", flat=True), *draft.chapters.values_list("pk", flat=True)]
    series, bookmark = Series.objects.get().pk, Bookmark.objects.get().pk
    tag = to_path("Ines Calder")
    return {
        "works/pk": works,
        "chapters/pk": chapters,
        "series/pk": [series],
        "bookmarks/pk": [bookmark],
        "tags/pk": [Tag.objects.get(name="Ines Calder").pk],
        "pk": works,
        "work_pk": works,
        "username": [author.username],
        "name": [tag, author.username, to_path("The Lighthouse Keepers (TV)"), to_path("Uncategorized Fandoms")],
        "method": ["tag", "fandom"],
        "code": ["en"],
        "token": ["wrong"],
        "key": ["wrong", FeedKey.objects.get().key],
        "uidb36": ["1"],
        "object_id": works,
        "content_type_id": [1],
        "app_label": ["archive"],
        "url": ["x"],
        "section": ["works", "series"],
        "number": [0],
        "listing": ["works", "works/search", f"tags/{tag}", f"users/{author.username}", f"series/{series}"],
        "extension": list(formats.ALL),
    }


def said(answer):
    """Answer all that an answer says, what is packed in it unpacked."""
    return unpacked(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def unpacked(whole):
    """Answer all that is in a file, files in files, too."""
    if not whole.startswith(b"PK"):
        return whole
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        return b"".join(unpacked(packed.read(name)) for name in packed.namelist())


def filled(route, values):
    """Yield the addresses that a route makes with every combination of values; a work's number is tried where works are named."""
    if not (place := PLACE.search(route)):
        yield route
        return
    noun, name = place["noun"], place["name"]
    for value in values.get(f"{noun}/{name}", values.get(name, ["1"])):
        before = route[: place.start()] + (f"{noun}/" if noun else "")
        yield from filled(f"{before}{value}{route[place.end() :]}", values)


def addresses(author, work, draft):
    """Answer every address of the archive, filled with what is there."""
    values = fillings(author, work, draft)
    return [
        f"/{address}"
        for route, _pattern in every_address(get_resolver().url_patterns)
        if not (route.startswith(("^", "admin/")) and "(?P" in route)
        for address in filled(route, values)
    ]


def entered(client, who):
    """Have a client ask as somebody who has agreed to nothing: as a guest, a member, or a member's program."""
    if who == "member":
        client.force_login(UserFactory())
    return bearer(secret_of(UserFactory())) if who == "program" else {}


@pytest.mark.parametrize("who", ["guest", "member", "program"])
def test_no_address_gives_a_word_of_a_text_before_consent(client, planted, who):
    headers = entered(client, who)
    tried = [address for address in addresses(*planted) if who != "program" or address.startswith(TAKE_APP_PASSWORDS)]

    leaks = [
        address + query
        for address in tried
        for query in QUERIES
        if CANARY.encode() in said(client.get(address + query, follow=False, headers=headers))
    ]

    assert leaks == []
    assert len(tried) > (20 if who == "program" else 60)


@pytest.mark.parametrize("who", ["guest", "member"])
def test_no_form_gives_a_word_of_a_text_before_consent(client, planted, who):
    if who == "member":
        client.force_login(UserFactory())
    sent = {"next": "/works/1", "shown": "", "action": "preview", "key": str(uuid.uuid4()), "theme": "dark"}

    leaks = [
        address
        for address in addresses(*planted)
        if not address.endswith("/consent") and CANARY.encode() in said(client.post(address, sent))
    ]

    assert leaks == []


def test_the_canary_is_there_to_be_found_by_programs(client, planted):
    _, work, _ = planted

    texts = [client.get(f"/api/v1/works/{work.pk}/chapters/{one.pk}", {ONCE: "true"}) for one in work.chapters.all()]

    assert [CANARY.encode() in said(text) for text in texts] == [True, True]


def test_the_canary_is_there_to_be_found(client, planted):
    _, work, _ = planted

    answer = client.get(work.get_absolute_url(), {ONCE: "true", "view_full_work": "true"})

    assert answer.content.count(CANARY.encode()) == 2


@pytest.mark.parametrize("extension", [one.extension for one in formats.ALL.values() if not one.is_slow])
def test_the_canary_is_there_to_be_found_in_files(client, planted, extension):
    _, work, _ = planted

    series = Series.objects.get()
    files = [f"/downloads/{work.pk}/any.{extension}", f"/downloads/series/{series.pk}/any.{extension}.zip"]

    assert [said(client.get(file, {ONCE: "true"})).count(CANARY.encode()) for file in files] == [2, 2]
