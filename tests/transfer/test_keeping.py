"""What a reader's device keeps: never a private page, and no word before its advisory."""

import json
import re

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.transfer.keeping import worker
from archive.warnings.models import WarningPreferences
from archive.works import deleting, revising, writing
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work

pytestmark = pytest.mark.django_db
CANARY = "zqxcanaryzqx"
TEXT = f"<p>The {CANARY} sings in the lamp room.</p>"
WARNED = {"rating": "Explicit", "warnings": ("Major Character Death",)}
PARTS = ("", "/text", "/about")


def part(client, work, name="", query=""):
    return client.get(f"{work.get_absolute_url()}/offline{name}{query}")


def versions(client, work):
    """Answer the version that each part of a work says it is of; None where it is not to be kept."""
    return [part(client, work, name).headers.get("Kept-Version") for name in PARTS]


def test_a_kept_work_has_its_advisory_its_words_and_what_is_said_of_it(client):
    work = make_work(by=UserFactory(username="heron"), title="Tide", text=TEXT, **WARNED)

    advisory, text = part(client, work).text, part(client, work, "/text", "?view_adult=true").text
    about = part(client, work, "/about").json()

    assert ("Major Character Death" in advisory, CANARY in advisory) == (True, False)
    assert text.index("Major Character Death") < text.index(CANARY)
    assert {name: value for name, value in about.items() if name != "version"} == {
        "title": "Tide", "byline": "heron", "facts": "Explicit · Major Character Death", "restricted": False,
    }  # fmt: skip


def test_before_consent_there_is_the_ordinary_advisory_which_is_not_kept(client):
    work = make_work(text=TEXT, **WARNED)

    answer = part(client, work, "/text")

    assert (answer.status_code, CANARY in answer.text, "Go on to the text" in answer.text) == (200, False, True)
    assert [version is not None for version in versions(client, work)] == [True, False, True]


def test_the_parts_are_of_one_version_and_another_after_an_edit(client):
    work = make_work(text=TEXT, expected_chapters=None)
    before = versions(client, work)
    chapter = work.chapters.get()
    entry = chapter_entry("<p>Other words.</p>")
    writing.edit_chapter(chapter, entry, version=revising.version_now(chapter), by=work.pseuds.get().user)
    after = versions(client, work)
    add_chapter(work)

    assert [len(set(found)) for found in (before, after)] == [1, 1]
    assert len({before[0], after[0], *versions(client, work)}) == 3


@pytest.mark.parametrize("name", PARTS)
def test_nothing_of_its_reader_is_in_a_kept_page(client, name):
    client.force_login(UserFactory(username="zqxreaderzqx"))
    work = make_work()

    answer = part(client, work, name)

    assert "zqxreaderzqx" not in answer.text
    assert "csrf" not in answer.text
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nothing_of_its_reader_is_in_the_list(client):
    client.force_login(UserFactory(username="zqxreaderzqx"))

    answer = client.get("/offline")

    assert ("zqxreaderzqx" in answer.text, "csrf" in answer.text, bool(answer.cookies)) == (False, False, False)


@pytest.mark.parametrize("name", PARTS)
def test_a_locked_work_is_locked_and_what_is_no_ones_is_not_there(client, name):
    author = UserFactory()
    locked, draft, gone = make_work(by=author, is_restricted=True), make_draft(by=author), make_work(by=author)
    deleting.delete(gone, by=author)

    as_guest = [part(client, work, name).status_code for work in (locked, draft, gone)]
    client.force_login(author)

    assert as_guest == [302, 404, 404]
    assert [part(client, work, name).status_code for work in (locked, draft, gone)] == [200, 404, 404]


def test_a_members_copy_says_that_it_is_restricted(client):
    client.force_login(UserFactory())

    assert part(client, make_work(is_restricted=True), "/about").json()["restricted"] is True


def test_a_draft_chapter_is_not_kept_by_its_author_either(client):
    work = make_work(expected_chapters=None)
    add_chapter(work, text=TEXT, posts=False)
    client.force_login(work.pseuds.get().user)

    assert CANARY not in part(client, work, "/text").text


def test_a_reader_who_hides_which_warnings_keeps_none_named(client):
    member = UserFactory()
    WarningPreferences.objects.create(user=member, hides_which=True)
    client.force_login(member)
    work = make_work(text=TEXT, **WARNED)

    texts = [part(client, work, name, "?view_adult=true").text for name in PARTS]

    assert ["Major Character Death" in text for text in texts] == [False] * 3
    assert ["This work has warnings" in text for text in texts] == [True] * 3


def test_an_image_is_a_link_that_says_what_it_shows(client):
    images = '<img src="https://x.test/a.png" alt="lamp &amp; sea"> <a href="/y"><img src="https://x.test/b.png"></a>'
    work = make_work(text=f"<p>Looking at {images} by night.</p>")

    page = LexborHTMLParser(part(client, work, "/text").content)

    assert page.css("img[src^=https]") == []
    assert [(link.attributes["href"], link.text()) for link in page.css("#chapters p a")] == [
        ("https://x.test/a.png", "[Image: lamp & sea]"), ("/y", "[Image]"),
    ]  # fmt: skip


@pytest.mark.parametrize("works", [1, 3])
def test_a_kept_text_asks_as_often_for_three_chapters_as_for_one(client, django_assert_num_queries, works):
    work = make_work(expected_chapters=None)
    for _ in range(works - 1):
        add_chapter(work)

    with django_assert_num_queries(6):
        part(client, work, "/text")


def test_the_worker_is_given_the_addresses_of_its_files_and_may_answer_for_everything(client):
    answer = client.get("/service-worker.js")

    shell = json.loads(answer.text.split("const SHELL = ", 1)[1].split(";\n", 1)[0])
    assert [name.startswith("/static/") for name in shell["files"]] == [True] * len(worker.FILES)
    assert (answer.headers["Service-Worker-Allowed"], answer.headers["Cache-Control"]) == ("/", "no-cache")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_the_worker_knows_where_members_leave():
    leaving = re.search(r"LEAVING = /(.*)/;", worker.SCRIPT)[1].replace("\\/", "/")
    ways = [reverse("account_logout"), reverse("account_delete", args=["heron"])]

    assert [bool(re.search(leaving, way)) for way in [*ways, "/users/login", "/users/heron/works"]] == [True, True, False, False]


def test_the_worker_stays_small():
    assert len(worker.SCRIPT.splitlines()) <= 100


def test_the_manifest_bears_the_archives_name(client):
    answer = client.get("/manifest.webmanifest")

    assert (answer.headers["Content-Type"], answer.json()["name"]) == ("application/manifest+json", "The Harbour Archive")
    assert Work.objects.count() == 0
