import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.tags.models import Tag
from archive.text.cleaning import Profile
from archive.works.entries import Words
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db


def words_of(response):
    """The words of a page, with its spaces squished."""
    return " ".join(LexborHTMLParser(response.text).css_first("div#main").text().split())


@pytest.fixture
def shelf():
    author = UserFactory()
    make_work(by=author, fandoms=("Kittiwake Light (TV)",))
    make_work(by=author, fandoms=("Kittiwake",))
    make_work(by=author, fandoms=("Swan & Ferrous (Comics)",), is_restricted=True)
    make_draft(by=author, fandoms=("Long Haul Orchard (Video Game)",))
    Tag.objects.filter(name="Kittiwake").update(synonym_of=Tag.objects.get(name="Kittiwake Light (TV)"))


@pytest.mark.usefixtures("shelf")
def test_a_guest_is_told_what_a_guest_could_find(client):
    assert "2 works in one fandom, and one member." in words_of(client.get(reverse("about")))


@pytest.mark.usefixtures("shelf")
def test_a_member_is_told_what_a_member_could_find(client):
    client.force_login(UserFactory())

    assert "3 works in 2 fandoms, and 2 members." in words_of(client.get(reverse("about")))


def test_what_is_accepted_is_named_and_explained(client):
    Tag.objects.filter(kind="rating").exclude(code="rating-teen").update(is_accepted=False)
    Tag.objects.filter(kind="warning").exclude(code="warning-no").update(is_accepted=False)

    page = LexborHTMLParser(client.get(reverse("about")).text)

    accepted = Tag.objects.filter(code__in=["rating-teen", "warning-no"]).order_by("kind")
    assert [node.text() for node in page.css("dt")] == [tag.name for tag in accepted]
    assert [node.text() for node in page.css("dd")] == [tag.explanation for tag in accepted]


def test_the_contact_is_a_link(client):
    Charter.objects.update(contact="harbour@example.com")

    page = LexborHTMLParser(client.get(reverse("about")).text)

    assert page.css_first("#main a[href^=mailto]").attributes["href"] == "mailto:harbour@example.com"


def test_the_version_is_that_of_the_list_of_changes(client):
    newest = re.search(r"^## ([\d.]+)$", (settings.BASE_DIR / "CHANGELOG.md").read_text(), re.MULTILINE)[1]

    assert f"Lamplight {newest}, free software" in words_of(client.get(reverse("about")))


def test_the_policy_is_shown_as_it_was_cleaned(client):
    Charter.objects.update(policy=Words.cleaned("Be <b>kind</b>.", Profile.PROFILE).html)

    assert "<p>Be <b>kind</b>.</p>" in client.get(reverse("policy")).text


def test_an_archive_without_a_policy_says_so(client):
    assert "have not written a policy yet" in words_of(client.get(reverse("policy")))


def test_a_well_archive_says_ok_without_a_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(reverse("health"))

    assert (response.status_code, response.content) == (HTTPStatus.OK, b"ok\n")
    assert ("Set-Cookie" in response, "no-store" in response["Cache-Control"]) == (False, True)


def test_an_archive_whose_database_does_not_answer_says_so(client):
    def stay_silent(*_arguments):
        raise OperationalError

    with connection.execute_wrapper(stay_silent):
        response = client.get(reverse("health"))

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
