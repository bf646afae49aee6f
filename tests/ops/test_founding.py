from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.urls import resolve, reverse
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.ops import founding
from archive.people.models import Pseud, User
from archive.tags.models import Tag
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "seven oars and a rope"


@pytest.fixture(autouse=True)
def unfounded(founded):  # to come after it
    Charter.objects.update(founded_at=None, name="Lamplight", sign_up="closed")
    Tag.objects.filter(kind__in=["rating", "warning"]).update(is_accepted=False)


@pytest.fixture
def address():
    return founding.setup_link().removeprefix(settings.SITE_ADDRESS)


def accepted():
    return set(Tag.objects.filter(kind__in=["rating", "warning"], is_accepted=True).values_list("code", flat=True))


def pk_of(code):
    return Tag.objects.get(code=code).pk


def answers(**changes):
    return {
        "name": "The  Harbour Archive",
        "sign_up": "open",
        "contact": "harbour@example.com",
        "policy": "Be kind.\n\n<script>alert(1)</script>",
        "ratings": [pk_of("rating-teen")],
        "warnings": [pk_of("warning-no"), pk_of("warning-choosenotto")],
        "refusal": "Not here, please.",
        "username": "keeper",
        "email": "Keeper@Example.com",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes


def test_nothing_is_chosen_beforehand(client, address):
    page = LexborHTMLParser(client.get(address).text)

    assert len(page.css("input[name=ratings]")) == 5
    assert len(page.css("input[name=warnings]")) == 6
    assert page.css("[checked], [selected]") == []
    assert [
        field.attributes.get("value") for field in page.css("#setup input:not([type=hidden], [type=checkbox], [type=radio])")
    ] == [None] * 6


def test_each_rating_and_warning_is_explained(client, address):
    page = LexborHTMLParser(client.get(address).text)

    shown = [node.text() for node in page.css(".choice-explanation")]

    tags = Tag.objects.filter(kind__in=["rating", "warning"]).order_by("kind", "position")
    assert shown == [tag.explanation for tag in tags]


def test_founding_makes_the_archive(client, address):
    response = client.post(address, answers())

    charter = Charter.objects.current()
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, reverse("home"))
    assert (charter.name, charter.sign_up, charter.contact) == ("The Harbour Archive", "open", "harbour@example.com")
    assert (charter.policy_source, charter.policy) == ("Be kind.\n\n<script>alert(1)</script>", "<p>Be kind.</p>")
    assert (charter.is_founded, charter.setup_digest, charter.refusal) == (True, "", "Not here, please.")


def test_exactly_what_is_ticked_is_accepted(client, address):
    client.post(address, answers())

    assert accepted() == {"rating-teen", "warning-no", "warning-choosenotto"}


def test_whoever_founds_is_logged_in_as_administrator(client, address):
    client.post(address, answers())

    user = get_user(client)
    assert (user.username, user.email, user.is_staff, user.is_superuser) == ("keeper", "keeper@example.com", True, True)
    assert Pseud.objects.get(user=user, is_default=True).name == "keeper"


def test_the_administrator_can_log_in_again_at_once(client, address):
    client.post(address, answers())
    client.logout()

    client.post(reverse("account_login"), {"user[login]": "keeper", "user[password]": PASSWORD})

    assert get_user(client).is_authenticated


@pytest.mark.parametrize("missing", ["name", "sign_up", "ratings", "warnings", "username", "email", "password1", "password2"])
def test_a_missing_answer_is_asked_for_beside_its_field(client, address, missing):
    sent = answers()
    del sent[missing]

    response = client.post(address, sent)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(response.context["form"].errors) == [missing]
    assert len(LexborHTMLParser(response.text).css(".field.has-errors .field-errors li")) == 1
    assert (Charter.objects.current().is_founded, User.objects.count(), accepted()) == (False, 0, set())


def test_what_was_typed_is_kept_but_for_passwords(client, address):
    page = LexborHTMLParser(client.post(address, answers(name="")).text)

    kept = {field.attributes["name"]: field.attributes.get("value") for field in page.css("input[id]:not([type=hidden])")}
    assert {name: kept[name] for name in ("contact", "username", "email", "password1", "password2")} == {
        "contact": "harbour@example.com", "username": "keeper", "email": "Keeper@Example.com", "password1": None, "password2": None,
    }  # fmt: skip
    assert len(page.css("input[name=warnings][checked]")) == 2
    assert PASSWORD not in page.html


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password1": "password", "password2": "password"}, "password1"),
        ({"password1": "keeper@example.com", "password2": "keeper@example.com"}, "password1"),
        ({"password2": "seven oars"}, "password2"),
        ({"username": "a b"}, "username"),
        ({"username": "Mariner"}, "username"),
        ({"email": "MARINER@example.com"}, "email"),
        ({"email": "nowhere"}, "email"),
        ({"name": "\u202e\u200b"}, "name"),
        ({"policy": "<b>" * 300}, "policy"),
        ({"ratings": ["0"]}, "ratings"),
        ({"sign_up": "everyone"}, "sign_up"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_field(client, address, changes, field):
    UserFactory(username="mariner", email="mariner@example.com")

    response = client.post(address, answers(**changes))

    assert (response.status_code, list(response.context["form"].errors)) == (HTTPStatus.UNPROCESSABLE_ENTITY, [field])
    assert not Charter.objects.current().is_founded


def test_a_link_works_once(client, address):
    client.post(address, answers())

    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(address, answers(username="second", email="second@example.com")).status_code == HTTPStatus.NOT_FOUND
    assert list(User.objects.values_list("username", flat=True)) == ["keeper"]


def test_a_newer_link_replaces_an_older_one(client, address):
    newer = founding.setup_link().removeprefix(settings.SITE_ADDRESS)

    assert [client.get(link).status_code for link in (address, newer)] == [HTTPStatus.NOT_FOUND, HTTPStatus.OK]


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize("token", ["x", "0" * 64, "é"])
def test_a_wrong_link_is_not_found(client, token):
    assert client.get(f"/setup/{token}").status_code == HTTPStatus.NOT_FOUND


def test_no_link_is_right_before_one_was_made(client):
    Charter.objects.update(setup_digest="")

    assert client.get("/setup/x").status_code == HTTPStatus.NOT_FOUND


def test_the_database_does_not_hold_the_link(address):
    token = resolve(address).kwargs["token"]

    assert token not in str(Charter.objects.values().get())
    assert Charter.objects.current().setup_digest == founding.digest(token)


def test_a_founded_archive_has_no_link(client, address):
    client.post(address, answers())

    assert founding.setup_link() is None


def test_no_other_page_learns_the_link(client, address):
    response = client.get(address)

    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


def test_the_form_passes_the_form_protection(client, address):
    client.handler.enforce_csrf_checks = True
    token = LexborHTMLParser(client.get(address).text).css_first("#setup input[name=csrfmiddlewaretoken]").attributes["value"]

    response = client.post(address, answers(csrfmiddlewaretoken=token), headers={"Origin": "http://testserver"})

    assert response.status_code == HTTPStatus.FOUND


def test_an_archive_that_could_take_no_work_is_refused_by_the_deed_too(address):
    token = resolve(address).kwargs["token"]
    terms = founding.Terms(name="Harbour", sign_up="open", accepted=[Tag.objects.get(code="rating-teen")])

    with pytest.raises(founding.NothingAccepted) as refusal:
        founding.found(terms, token=token, username="keeper", email="keeper@example.com", password=PASSWORD)

    assert refusal.value.kind == "warning"
    assert (User.objects.count(), accepted()) == (0, set())
