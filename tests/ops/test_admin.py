from http import HTTPStatus

import pytest
from django.contrib import admin
from django.urls import reverse

from archive.models import Chapter, ChapterText, Tag, Work
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def tag(name, *, kind="fandom", **fields):
    return Tag.objects.create(kind_id=kind, name=name, **fields)


def test_guests_log_in_on_our_own_page(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(f"{reverse('account_login')}?next=")


@pytest.mark.parametrize("name", ["admin:index", "admin:login"])
def test_members_may_not_enter(client, name):
    client.force_login(UserFactory())

    assert client.get(reverse(name), follow=True).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("model", ["tag", "language", "user", "invitation"])
def test_each_list_can_be_opened(client, model):
    tag("Kittiwake Light (TV)")

    assert client.get(reverse(f"admin:archive_{model}_changelist")).status_code == HTTPStatus.OK


def test_it_holds_only_what_is_used_here(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    [archive] = [shown for shown in client.get(reverse("admin:index")).context["app_list"] if shown["app_label"] == "archive"]
    others = {shown["app_label"] for shown in client.get(reverse("admin:index")).context["app_list"]} - {"archive"}

    assert {model["object_name"] for model in archive["models"]} == {"Invitation", "Language", "Tag", "User"}
    assert others == {"account", "django_tasks_database"}


def test_texts_are_not_in_it():
    assert [model for model in (Work, Chapter, ChapterText) if admin.site.is_registered(model)] == []


def test_an_account_is_shown_without_its_password(client, administrator):
    response = client.get(reverse("admin:archive_user_change", args=[administrator.pk]))

    assert response.status_code == HTTPStatus.OK
    assert administrator.password not in response.text


@pytest.mark.usefixtures("administrator")
def test_a_type_of_media_can_be_added_for_fandoms_to_belong_to(client):
    client.post(reverse("admin:archive_tag_add"), {"name": "Radio", "position": 3})

    radio = Tag.objects.get(name="Radio")
    assert (radio.kind_id, radio.is_canonical, radio.position) == ("media", True, 3)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("name", ["kittiwake", "A, B", ""])
def test_a_name_that_cannot_be_is_refused(client, name):
    tag("Kittiwake")

    response = client.post(reverse("admin:archive_tag_add"), {"name": name, "position": 0})

    assert response.status_code == HTTPStatus.OK
    assert list(response.context["adminform"].form.errors) == ["name"]


@pytest.mark.usefixtures("administrator")
def test_what_wranglers_keep_is_not_changed_past_their_log(client):
    fandom = tag("Kittiwake Light (TV)")

    response = client.post(reverse("admin:archive_tag_change", args=[fandom.pk]), {"name": "Skarra", "position": 0})

    fandom.refresh_from_db()
    assert (response.status_code, fandom.name) == (HTTPStatus.FOUND, "Kittiwake Light (TV)")


@pytest.mark.usefixtures("administrator")
def test_types_of_media_are_found_whatever_the_accents(client):
    tag("Cinéma", kind="media")

    response = client.get(reverse("admin:archive_tag_changelist"), {"q": "CINEMA"})

    assert [found.name for found in response.context["cl"].result_list] == ["Cinéma"]
